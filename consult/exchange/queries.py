"""What was brought in, as the pages ask for it."""

from __future__ import annotations

from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.exchange.models import Import
from consult.extensions import db


def latest(consultation: Consultation) -> Import | None:
    """The last import into a consultation, if there was one."""
    query = select(Import).where(Import.consultation_id == consultation.id).order_by(Import.id.desc()).limit(1)
    return db.session.scalar(query)


def lacking(consultation: Consultation) -> list[str]:
    """What keeps a consultation from being approved: losses that nobody has accepted."""
    brought = latest(consultation)
    if brought is None or not brought.waits:
        return []
    return [f"Nobody has accepted yet what could not be brought in from “{brought.file}”."]
