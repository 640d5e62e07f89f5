"""The texts of a consultation in each language, with what is kept about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select

from consult.consultations.actions import called
from consult.consultations.models import Consultation
from consult.domain import translating
from consult.domain.questionnaire import BadDefinition
from consult.domain.translating import MISSING, STALE, Progress
from consult.exchange.translating.units import places
from consult.extensions import db
from consult.studio.models import Translation, TranslatorsNote


@dataclass(frozen=True)
class Text:
    """One text in one language: its place, its original, the translation, and what is kept about it."""

    place: str
    source: str
    target: str
    kept: Translation | None
    #: what its place is, in a sentence of ours or of the questionnaire's authors
    about: str = ""
    #: what its authors wrote at the desk for translators
    note: str = ""

    @property
    def state(self) -> str:
        """Missing, stale, draft or signed."""
        return translating.state(self.source, self.target, self.kept)

    @property
    def was(self) -> str:
        """The original from which a stale translation was made."""
        return self.kept.source if self.kept is not None and self.state == STALE else ""

    @property
    def mark(self) -> str:
        """Names what somebody saw: the original and the translation as they are now."""
        return translating.mark(self.source, self.target)

    @property
    def told(self) -> Translation | None:
        """What is kept, where it is about these words."""
        return self.kept if self.state != MISSING and translating.speaks_of(self.kept, self.target) else None


def texts(consultation: Consultation, languages: Collection[str]) -> dict[str, list[Text]]:
    """Every text that has an original, by language, in the order of the pages."""
    found: dict[str, list[Text]] = {language: [] for language in languages}
    if not found:
        return found
    kept = rows(consultation)
    notes = notes_for_translators(consultation)
    for place, wording, about in places(consultation):
        source = wording.get(consultation.language, "")
        if source.strip():
            for language, listed in found.items():
                row = kept.get((language, place))
                listed.append(Text(place, source, wording.get(language, ""), row, about, notes.get(place, "")))
    return found


def progress(consultation: Consultation, languages: Collection[str]) -> dict[str, Progress]:
    """How far each language is."""
    return {language: count(listed) for language, listed in texts(consultation, languages).items()}


def count(listed: Iterable[Text]) -> Progress:
    """How many of these texts are in each state."""
    return translating.progress(text.state for text in listed)


def rows(consultation: Consultation) -> dict[tuple[str, str], Translation]:
    """What is kept about the translations of a consultation, by language and place."""
    found = db.session.scalars(select(Translation).where(Translation.consultation_id == consultation.id))
    return {(row.language, row.place): row for row in found}


def notes_for_translators(consultation: Consultation) -> dict[str, str]:
    """What was written at the desk for translators to know, by place."""
    found = db.session.scalars(select(TranslatorsNote).where(TranslatorsNote.consultation_id == consultation.id))
    return {note.place: note.words for note in found}


def lacking(consultation: Consultation) -> list[str]:
    """What keeps a consultation from being published: a sentence for each language that is not signed off."""
    languages = [language for language in consultation.languages if language != consultation.language]
    try:
        counted = progress(consultation, languages)
    except BadDefinition:
        return []
    sentences = (translating.sentence(called(language), one) for language, one in counted.items())
    return [sentence for sentence in sentences if sentence]
