"""The form of a page of the translation desk: the fields of each text on it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from consult.domain import translating
from consult.domain.wording import direction
from consult.exchange.translating.units import ABOUT
from consult.questions.base import Component
from consult.studio.actions.translate import LONGEST_NOTE, Typed
from consult.studio.queries.desk import Text
from consult.web.forms import Checkboxes, Form, LongText

#: What the fields of one text are called; each stands before the mark of its place.
WORDS, SEEN, ORIGINAL, STILL, NOTE, CONTEXT = "words-", "seen-", "original-", "still-", "note-", "context-"


class Words(LongText):
    """The words of one text in its language, written in that language's direction."""

    def __init__(self, label: Any = "", *, language: str, **more: Any) -> None:
        super().__init__(label, **more)
        self.language = language

    def component(self) -> Component:
        """An NHS text area that knows its language."""
        drawn = super().component()
        return Component(
            drawn.name,
            {
                **drawn.params,
                "attributes": {"lang": self.language, "dir": direction(self.language)},
                "spellcheck": True,
            },
        )


class Still(Checkboxes):
    """One box, under a legend no larger than the labels beside it."""

    def component(self) -> Component:
        """NHS checkboxes."""
        drawn = super().component()
        return Component(drawn.name, {**drawn.params, "fieldset": {"legend": self._words("s")}})


class DeskForm(Form):
    """The texts of one page; made anew for them by `desk_form`."""

    def typed(self, texts: Sequence[Text]) -> dict[str, Typed]:
        """What was left in the fields, by place."""
        return {text.place: self._typed(key(text.place)) for text in texts}

    def context(self, texts: Sequence[Text]) -> dict[str, str]:
        """The notes for translators that are not as they were, by place."""
        found = {text: self[CONTEXT + key(text.place)].data for text in texts if CONTEXT + key(text.place) in self}
        return {text.place: words for text, words in found.items() if words != text.note}

    def _typed(self, one: str) -> Typed:
        return Typed(
            words=self[WORDS + one].data or "",
            seen=self[SEEN + one].data or "",
            seen_source=self[ORIGINAL + one].data or "",
            note=self[NOTE + one].data or "",
            still=bool(self[STILL + one].data),
        )

    def look_again(self, text: Text, why: str) -> None:
        """Say why the words of a text are not saved; what is there now has been seen when it is saved next."""
        one = key(text.place)
        field = self[WORDS + one]
        field.errors = [*field.errors, why]
        self[SEEN + one].data = text.mark
        self[ORIGINAL + one].data = translating.mark(text.source)


def key(place: str) -> str:
    """A short name for a place, for names of fields and anchors."""
    return hashlib.sha256(place.encode()).hexdigest()[:12]


def named(place: str) -> str:
    """A place as its people call it."""
    kind, _, name = place.partition(": ")
    if kind == "page text":
        return ABOUT.get(name, name)
    return place[:1].upper() + place[1:]


def desk_form(texts: Sequence[Text], language: str, name: str, *, with_context: bool, fresh: bool = True) -> DeskForm:
    """The form for these texts, filled with what is kept (`fresh`) or with what was sent."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for text in texts:
        one = key(text.place)
        rows = min(12, 2 + len(text.source) // 60 + text.source.count("\n"))
        label = f"{named(text.place)} in {name}"
        fields[WORDS + one] = Words(label, language=language, rows=rows, optional=True, marked=False)
        fields[SEEN + one], fields[ORIGINAL + one] = HiddenField(), HiddenField()
        fields[STILL + one] = Still(
            "If you leave it as it is", choices=[("1", "It is still right")], optional=True, marked=False
        )
        fields[NOTE + one] = LongText("Note from the translator", rows=2, longest=LONGEST_NOTE, optional=True)
        if with_context:
            fields[CONTEXT + one] = LongText("Note for translators", rows=2, longest=LONGEST_NOTE, optional=True)
        data |= {
            WORDS + one: text.target,
            SEEN + one: text.mark,
            ORIGINAL + one: translating.mark(text.source),
            NOTE + one: text.kept.note if text.kept else "",
            CONTEXT + one: text.note,
        }
    made = type("TextsForm", (DeskForm,), fields)
    form: DeskForm = made(formdata=None, data=data) if fresh else made()
    return form
