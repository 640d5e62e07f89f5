"""Take sent answers back, until they are counted."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult.answering.actions import boxes
from consult.answering.models import Ballot
from consult.answering.receipt import kept, shown
from consult.answering.tickets import tickets

__all__ = ["shown", "take_back", "take_back_invited"]

BALLOTS = Ballot.__table__


def take_back(session: Session, receipt: str) -> bool:
    """Delete the answers unopened; False when they are counted already or there are none."""
    done = session.execute(delete(BALLOTS).where(BALLOTS.c.receipt == kept(receipt)))
    return done.rowcount == 1  # type: ignore[attr-defined]


def take_back_invited(session: Session, receipt: str, *, consultation_id: int, ticket: str) -> tuple[bool, bool]:
    """The same for answers that spent a ticket: whether they were deleted, and whether it may be spent again.

    The box is held meanwhile, so that no sweep marks the ticket while we give it back. The ballot is deleted unopened:
    that this ticket was spent with it is known to the browser alone (`consult.answering.holder`).
    """
    boxes.current_generation(session, consultation_id)
    taken = take_back(session, receipt)
    return taken, taken and tickets().free(session, ticket)
