"""What has changed in a consultation since somebody last looked at it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from consult.consultations.models import WORDED, Consultation
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire, read
from consult.domain.questionnaire.differences import Difference, questionnaires, texts
from consult.extensions import db
from consult.studio.models import LookedAt
from consult.studio.queries.parts import questionnaire_of


@dataclass(frozen=True)
class Changes:
    """The last look, and what differs since in texts and questions."""

    looked: LookedAt
    differences: tuple[Difference, ...]


def texts_of(consultation: Consultation) -> dict[str, dict[str, str]]:
    """The texts of its page that have words, by name and language."""
    return {name: words.as_json() for name in (*WORDED, "equality_purpose") if (words := consultation.wording(name))}


def last_looked(consultation: Consultation) -> LookedAt | None:
    """What was looked at last; None where nobody has."""
    return db.session.scalar(
        select(LookedAt).where(LookedAt.consultation_id == consultation.id).order_by(LookedAt.id.desc()).limit(1)
    )


def changes(consultation: Consultation) -> Changes | None:
    """What has changed since the last look; None where nobody has looked yet."""
    looked = last_looked(consultation)
    if looked is None:
        return None
    before = read(looked.definition) if looked.definition else None
    found = (
        *texts(looked.texts, texts_of(consultation)),
        *questionnaires(before, questionnaire_of(consultation)),
    )
    return Changes(looked, found)


def version(consultation: Consultation, number: int) -> tuple[Questionnaire, Questionnaire]:
    """The questionnaire of the version before this one, and its own; raises Missing where there are not both."""
    found = {one.number: one for one in consultation.revisions}
    if number not in found or number - 1 not in found:
        raise Missing("There is no such version, or none before it.")
    return found[number - 1].questionnaire(), found[number].questionnaire()
