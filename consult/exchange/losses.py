"""What an importer could not bring in, said with its place, so that nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from consult.domain.errors import ConsultError

#: How much a loss matters: something is not asked or not checked; something is asked differently; good to know.
LOST, CHANGED, NOTE = "lost", "changed", "note"
LONGEST_SAID = 300


class Refused(ConsultError):
    """A file that cannot be imported; the sentence names the place and nothing was changed."""


@dataclass(frozen=True)
class Loss:
    """One thing that was not kept as the file said it; `times` is how often it was found, first at this place."""

    severity: str
    sheet: str
    row: int | None
    column: str
    said: str
    done: str
    times: int = 1

    def as_json(self) -> dict[str, Any]:
        """The same for `consult import`."""
        return asdict(self)


@dataclass
class Losses:
    """Collects losses; those of one `together` are told once, with how often they were found."""

    found: list[Loss] = field(default_factory=list)
    _at: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(
        self,
        severity: str,
        *,
        sheet: str,
        row: int | None = None,
        column: str = "",
        said: str = "",
        done: str,
        together: str = "",
    ) -> None:
        """Remember one."""
        said = said if len(said) <= LONGEST_SAID else said[: LONGEST_SAID - 1] + "…"
        at = self._at.setdefault((severity, done, together), len(self.found)) if together else len(self.found)
        if at < len(self.found):
            self.found[at] = replace(self.found[at], times=self.found[at].times + 1)
        else:
            self.found.append(Loss(severity, sheet, row, column, said, done))


@dataclass(frozen=True)
class Imported:
    """What a file became: a definition that can be asked, and what could not be brought in."""

    definition: dict[str, Any]
    languages: tuple[str, ...]
    questions: int
    losses: tuple[Loss, ...]
    #: pictures that came with it, by the sum that the definition names them by
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def options(self) -> int:
        """How many answers to choose and rows of grids were kept."""
        return sum(len(question.get("options", ())) + len(question.get("rows", ())) for question in self._questions())

    @property
    def translations(self) -> dict[str, int]:
        """How many texts have words in each language."""
        found = dict.fromkeys(self.languages, 0)
        for words in _wordings(self.definition):
            for language in words:
                found[language] = found.get(language, 0) + 1
        return found

    def _questions(self) -> Iterator[dict[str, Any]]:
        for page in self.definition.get("pages", ()):
            for one in page.get("questions", ()):
                yield from one["questions"] if "section" in one else (one,)


#: Parts of a definition that hold words by language.
WORDED = frozenset(
    {
        "title", "text", "hint", "label", "required_message", "constraint_message", "low", "high", "unit", "note",
        "alt", "passage", "source", "background", "background_title",
    }
)  # fmt: skip


def _wordings(value: Any, name: str = "") -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if name in WORDED:
            yield {language: text for language, text in value.items() if isinstance(text, str) and text.strip()}
            return
        for inner, part in value.items():
            yield from _wordings(part, inner)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _wordings(part, name)
