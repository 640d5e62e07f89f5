"""Open a box, and seal to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.answering import keys, queries
from consult.answering.actions import crossing
from consult.answering.models import Box, Generation
from consult.storage import random_key

BOXES = Box.__table__
GENERATIONS = Generation.__table__
#: Public keys by generation: they never change, and a submission should not read them twice.
_public_keys: dict[int, bytes] = {}
MOST_KEPT = 1_000


def open_box(session: Session, folder: Path, *, consultation_id: int, today: date, again: bool = False) -> int | None:
    """Make the box ready to take ballots and give its generation; one that is ready stays as it is.

    The key is written and fsynced before the database knows of it. A box that was emptied after closing is opened
    `again` only when asked: then its consultation was reopened. None when it stays shut.
    """
    session.execute(
        queries.insert_unless(session, BOXES)
        .values(consultation_id=consultation_id, stage="open", swept_on=today)
        .on_conflict_do_nothing(index_elements=["consultation_id"])
    )
    box = session.execute(
        select(Box.generation_id, Box.stage).where(Box.consultation_id == consultation_id).with_for_update()
    ).one()
    if box.generation_id is not None:
        return int(box.generation_id)
    if box.stage != "open" and not again:
        return None
    generation = new_generation(session, folder, consultation_id)
    crossing.begin(session, folder, consultation_id)
    session.execute(
        update(BOXES)
        .where(BOXES.c.consultation_id == consultation_id)
        .values(generation_id=generation, stage="open", swept_on=today)
    )
    return generation


def new_generation(session: Session, folder: Path, consultation_id: int) -> int:
    """A fresh key pair; its private half is on the disk before its public half is in the database."""
    generation = random_key()
    public_key = keys.make(folder, generation)
    session.execute(insert(GENERATIONS).values(id=generation, consultation_id=consultation_id, public_key=public_key))
    return generation


def current_generation(session: Session, consultation_id: int) -> int | None:
    """What ballots are sealed to now, held until the end of the transaction so that a sweep waits for us."""
    found = session.execute(
        select(Box.generation_id).where(Box.consultation_id == consultation_id).with_for_update(read=True)
    ).scalar()
    return None if found is None else int(found)


def public_key(session: Session, generation: int) -> bytes:
    """The public half of a generation's key."""
    known = _public_keys.get(generation)
    if known is None:
        known = session.execute(select(Generation.public_key).where(Generation.id == generation)).scalar_one()
        if len(_public_keys) >= MOST_KEPT:
            _public_keys.clear()
        _public_keys[generation] = known
    return known
