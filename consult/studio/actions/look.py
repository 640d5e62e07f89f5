"""What a reviewer looked at is kept, for the next review."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from consult.consultations.models import Consultation
from consult.domain.questionnaire import as_json
from consult.extensions import db
from consult.studio.models import LookedAt
from consult.studio.queries.changes import texts_of
from consult.studio.queries.parts import questionnaire_of

if TYPE_CHECKING:
    from consult.accounts.models import Account


def keep_looked_at(consultation: Consultation, outcome: str, by: Account, now: datetime) -> None:
    """Keep the words and questions that were returned or approved."""
    questionnaire = questionnaire_of(consultation)
    db.session.add(
        LookedAt(
            consultation_id=consultation.id,
            outcome=outcome,
            definition=as_json(questionnaire) if questionnaire else None,
            texts=texts_of(consultation),
            seen_by=by.id,
            seen_at=now,
        )
    )
    db.session.flush()
