"""Take sent answers back, until they are counted."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult.answering.models import Ballot
from consult.answering.receipt import kept, shown

__all__ = ["shown", "take_back"]

BALLOTS = Ballot.__table__


def take_back(session: Session, receipt: str) -> bool:
    """Delete the answers unopened; False when they are counted already or there are none."""
    done = session.execute(delete(BALLOTS).where(BALLOTS.c.receipt == kept(receipt)))
    return done.rowcount == 1  # type: ignore[attr-defined]
