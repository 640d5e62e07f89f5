"""Authored words in several languages, kept together so that a revision is whole in itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.domain import markup

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "ha-arab", "he", "khw", "ks", "ps", "prs", "sd", "ug", "ur", "yi"}
)


def direction(locale: str) -> str:
    """`rtl` or `ltr`: the reading direction of a language code such as `ur` or `en-x-easyread`."""
    return "rtl" if locale.lower() in RIGHT_TO_LEFT or locale.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Worded:
    """A text and the language it is really in."""

    text: str
    language: str

    @property
    def plain(self) -> str:
        """Its words without their markup; an earlier answer that it would say is said as its fallback."""
        return markup.plain(self.text) if markup.has_markup(self.text) else self.text

    @property
    def direction(self) -> str:
        """Its reading direction: `rtl` or `ltr`."""
        return direction(self.language)

    def __str__(self) -> str:
        return self.text


class Wording(Mapping[str, str]):
    """One text in several languages: `{"en": "Yes", "pl": "Tak"}`.

    `source` is the language it was written in; a missing language falls back to it, then to any that has words.
    """

    __slots__ = ("_texts", "source")

    def __init__(self, texts: Mapping[str, str] | str | None = None, source: str = "en") -> None:
        if texts is None:
            texts = {}
        if isinstance(texts, str):
            texts = {source: texts}
        self._texts = {language: text for language, text in texts.items() if isinstance(text, str) and text.strip()}
        self.source = source

    def to(self, locale: str) -> Worded:
        """The text for a reader of `locale`, with the language it is really in; empty text when there is none."""
        for language in (locale, locale.split("-")[0], self.source):
            if language in self._texts:
                return Worded(self._texts[language], language)
        for language, text in self._texts.items():
            return Worded(text, language)
        return Worded("", self.source)

    def missing(self, languages: Mapping[str, Any] | list[str] | tuple[str, ...]) -> list[str]:
        """Those of `languages` that have no words here, although some language has."""
        return [language for language in languages if self._texts and language not in self._texts]

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __bool__(self) -> bool:
        return bool(self._texts)

    def __hash__(self) -> int:
        return hash((tuple(self._texts.items()), self.source))

    def __repr__(self) -> str:
        return f"Wording({self._texts!r})"

    def as_json(self) -> dict[str, str]:
        """The plain form kept in definitions."""
        return dict(self._texts)
