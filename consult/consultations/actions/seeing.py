"""What somebody sees of a consultation when they review it, as a mark that changes with any of it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import inspect, select

from consult.consultations.actions.checking import preparation
from consult.consultations.models import CheckReason, Consultation
from consult.domain.questionnaire import BadDefinition, as_json
from consult.extensions import db

#: Where it stands and who dealt with it: no part of what is published.
ABOUT_IT = frozenset(
    {
        "id",
        "state",
        "authors",
        "submitted_by",
        "submitted_at",
        "approved_by",
        "approved_at",
        "returned_because",
        "created_at",
        "format_awaited",
        "extended_until",
        "definition",
    }
)


def mark_of(consultation: Consultation) -> str:
    """The mark of all that would be published, and of what its authors say for it; 32 letters and digits."""
    rows: list[Any] = [consultation, *consultation.shown_documents, preparation(consultation), *_reasons(consultation)]
    seen = [_definition(consultation), *(_columns(row) for row in rows)]
    return hashlib.sha256(json.dumps(seen, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _definition(consultation: Consultation) -> Any:
    try:
        questionnaire = consultation.questionnaire()
    except BadDefinition:
        return consultation.definition
    return as_json(questionnaire) if questionnaire else None


def _reasons(consultation: Consultation) -> list[CheckReason]:
    found = select(CheckReason).where(CheckReason.consultation_id == consultation.id).order_by(CheckReason.mark)
    return list(db.session.scalars(found))


def _columns(row: Any) -> dict[str, Any]:
    names = (column.key for column in inspect(row).mapper.column_attrs)
    return {name: getattr(row, name) for name in names if not (isinstance(row, Consultation) and name in ABOUT_IT)}
