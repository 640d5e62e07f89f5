"""Answers about equality: sealed beside the ballot, kept only as counts."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.answering import seal
from consult.answering.actions import boxes
from consult.answering.models import Ballot
from consult.answering.receipt import kept_of
from consult.domain.equality import accepted

BALLOTS = Ballot.__table__


def add(session: Session, *, draft_key: bytes, answers: dict[str, str] | None) -> bool:
    """Say how somebody answered about equality, or that they did not wish to (None); the last time stands.

    False when the ballot is not in the box any more.
    """
    receipt = kept_of(draft_key)
    # A sweep seals a ballot anew under another key: hold the row, so that what we seal fits the key it is kept with. On
    # PostgreSQL a row that was replaced while we waited for it looks gone once; the second look finds its successor.
    for _look in range(2):
        generation = session.execute(
            select(BALLOTS.c.generation).where(BALLOTS.c.receipt == receipt).with_for_update()
        ).scalar()
        if generation is not None:
            sealed = seal.seal_equality(boxes.public_key(session, generation), accepted(answers or {}))
            session.execute(update(BALLOTS).where(BALLOTS.c.receipt == receipt).values(equality=sealed))
            return True
    return False
