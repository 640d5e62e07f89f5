"""People and machines who send, what became of them, and somebody who decides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from consult.answering import queries
from consult.answering.actions import quarantine
from consult.answering.actions.drop import Label
from consult.answering.models import Quarantine, Quarantined, Response
from consult.extensions import db
from consult.jobs import saving
from tests.answering.crowd import Crowd, Sender


def sums(crowd: Crowd) -> tuple[int, int, int]:
    """Counted responses by rows and by tally, and what is set aside."""
    db.session.rollback()
    responses = db.session.scalar(select(func.count()).select_from(Response))
    aside = db.session.scalar(select(func.count()).select_from(Quarantined))
    return responses, queries.responses(db.session, crowd.consultation_id), aside


def send(crowd: Crowd, count: int, *, held: str = "", language: str = "en", **more: Any) -> list[Sender]:
    """So many send, flagged or not."""
    with saving():
        label = Label(crowd.revision, language, held=held)
        return [crowd.send_one(label, **more) for _ in range(count)]


def decide(crowd: Crowd, decision: str) -> None:
    """Somebody decides about everything that waits."""
    with saving():
        ids = db.session.scalars(select(Quarantine.id).where(Quarantine.stage == "waiting")).all()
        quarantine.decide(
            db.session, ids, consultation_id=crowd.consultation_id, decision=decision, grounds="They are people"
        )
