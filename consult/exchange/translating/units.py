"""What is translated: every authored text of a consultation in its own language, beside what there is in another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from consult.consultations.models import WORDED, Consultation
from consult.domain.wording import Wording

#: What the texts of the page are, for the translator.
ABOUT = {
    "title": "The title of the page",
    "summary": "The summary of the page",
    "why": "Why this is needed",
    "decided": "What is already decided",
    "still_open": "What people can still change",
    "what_next": "What happens next",
    "equality_purpose": "Why the equality questions are asked",
}


@dataclass(frozen=True)
class Unit:
    """One text: the name of its place, its words, those in the other language (or nothing), and a note."""

    place: str
    source: str
    target: str = ""
    note: str = ""


@dataclass(frozen=True)
class Bundle:
    """All texts of one consultation for one language."""

    consultation: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...] = field(default=())

    @property
    def done(self) -> int:
        """How many have words in the other language."""
        return sum(bool(unit.target) for unit in self.units)


def bundle(consultation: Consultation, language: str) -> Bundle:
    """The texts of a consultation with their words in `language`; places that nobody has written in are left out."""
    own = consultation.language
    told = {place: note for tell in _telling.values() for place, note in tell(consultation).items()}
    units = (
        Unit(place, wording.get(own, ""), wording.get(language, ""), _together(note, told.get(place, "")))
        for place, wording, note in places(consultation)
        if wording.get(own, "").strip()
    )
    return Bundle(consultation.slug, own, language, tuple(units))


def _together(*notes: str) -> str:
    return "\n".join(note for note in notes if note)


#: Who has notes for translators, as docs/decisions/0007 has it.
_telling: dict[str, Callable[[Consultation], Mapping[str, str]]] = {}


def add_notes(tell: Callable[[Consultation], Mapping[str, str]]) -> None:
    """A room above has notes for translators about texts, by place; they go into the files."""
    _telling[f"{tell.__module__}.{tell.__qualname__}"] = tell


def places(consultation: Consultation) -> Iterator[tuple[str, Wording, str]]:
    """Every place that has words, with a note for the translator: the page first, then the questionnaire in order."""
    for name in (*WORDED, "equality_purpose"):
        yield f"page text: {name}", consultation.wording(name), ABOUT[name]
    for document in consultation.shown_documents:
        yield f"document {document.id}: title", Wording(document.title, document.language), "The title of a document"
    questionnaire = consultation.draft()
    if questionnaire is None:
        return
    notes = {question.key: question.note.to(consultation.language).text for question in questionnaire.questions}
    for place, wording in questionnaire.wordings():
        key = place.removeprefix("question ").partition(":")[0].partition(",")[0]
        yield place, wording, notes.get(key, "") if place.startswith("question ") else ""
