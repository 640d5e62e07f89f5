"""The closing array: closed questions crossed with answers about equality, added up sealed, and opened once.

Its key lies beside the box keys from the opening of the box until everything is counted. The settling job alone opens
it, in memory, to add to it; whoever has only the database has one ciphertext of one length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.answering import asked, keys, seal
from consult.answering.models import ClosingArray, ReleasedCrossing
from consult.consultations.models import Revision
from consult.domain.crossing import Declared, Shape, increased, shape_of, zeros
from consult.domain.statistics import Place
from consult.questions.crossing import axes
from consult.storage import random_key

ARRAYS = ClosingArray.__table__
RELEASED = ReleasedCrossing.__table__


def begin(session: Session, folder: Path, consultation_id: int) -> None:
    """Make the array and its key where crossings were declared; not again once one was made or opened."""
    revision = session.execute(
        select(Revision.id, Revision.crossings)
        .where(Revision.consultation_id == consultation_id)
        .order_by(Revision.number.desc())
        .limit(1)
    ).first()
    if revision is None or not revision.crossings:
        return
    known = select(ARRAYS.c.consultation_id).where(ARRAYS.c.consultation_id == consultation_id)
    opened = select(RELEASED.c.consultation_id).where(RELEASED.c.consultation_id == consultation_id)
    if session.execute(known.union_all(opened)).first() is not None:
        return
    shape = shape_in(session, revision.id)
    if not shape.position:
        return
    number = random_key()
    public_key = keys.make(folder, number)
    session.execute(
        insert(ARRAYS).values(
            consultation_id=consultation_id,
            revision_id=revision.id,
            closing_key=number,
            public_key=public_key,
            sealed=seal.seal_array(public_key, zeros(shape)),
        )
    )


def shape_in(session: Session, revision_id: int) -> Shape:
    """What the array of a revision is of."""
    declared = session.execute(select(Revision.crossings).where(Revision.id == revision_id)).scalar()
    return shape_of(Declared.from_json(declared), axes(asked.revision(session, revision_id).questionnaire))


def key_of(session: Session, folder: Path, consultation_id: int) -> X25519PrivateKey | None:
    """The closing key; None where nothing is crossed, and where its file is lost: then counting goes on without it."""
    wanted = select(ARRAYS.c.closing_key).where(ARRAYS.c.consultation_id == consultation_id)
    number = session.execute(wanted.where(ARRAYS.c.sealed.is_not(None))).scalar()
    if number is None:
        return None
    try:
        return keys.load(folder, number)
    except keys.KeyLost:
        structlog.get_logger().error("the closing key is missing on this machine", keys=[f"{number:016x}"])
        return None


def add(
    session: Session,
    people: Iterable[tuple[Iterable[Place], Mapping[str, str]]],
    *,
    consultation_id: int,
    closing_key: X25519PrivateKey,
) -> None:
    """Count these people too, in the transaction that settles them, and seal the array anew even if nobody is added."""
    row = session.execute(select(ARRAYS).where(ARRAYS.c.consultation_id == consultation_id).with_for_update()).first()
    if row is None or row.sealed is None:
        return
    array = increased(seal.open_array(closing_key, row.sealed), shape_in(session, row.revision_id), people)
    session.execute(
        update(ARRAYS)
        .where(ARRAYS.c.consultation_id == consultation_id)
        .values(sealed=seal.seal_array(row.public_key, array))
    )


def opened(session: Session, folder: Path, consultation_id: int) -> tuple[Shape, bytes] | None:
    """What was counted, with its shape, for disclosure control alone; None where there is nothing to open.

    Raises KeyLost without its key.
    """
    row = session.execute(select(ARRAYS).where(ARRAYS.c.consultation_id == consultation_id).with_for_update()).first()
    if row is None or row.sealed is None:
        return None
    return shape_in(session, row.revision_id), seal.open_array(keys.load(folder, row.closing_key), row.sealed)


def abandon(session: Session, consultation_id: int) -> None:
    """Throw the array away; its key is destroyed next."""
    session.execute(update(ARRAYS).where(ARRAYS.c.consultation_id == consultation_id).values(sealed=None))


def to_destroy(session: Session, consultation_id: int) -> int | None:
    """The key of an array that was opened or thrown away; None where there is no such array."""
    wanted = select(ARRAYS.c.closing_key).where(ARRAYS.c.consultation_id == consultation_id)
    return session.execute(wanted.where(ARRAYS.c.sealed.is_(None))).scalar()


def forget(session: Session, consultation_id: int) -> None:
    """Remove an array whose key is destroyed."""
    session.execute(delete(ARRAYS).where(ARRAYS.c.consultation_id == consultation_id))


def release(session: Session, consultation_id: int, *, grids: list[dict[str, Any]], day: date) -> None:
    """Keep what may be shown and throw the array away, in one transaction; its key is destroyed next."""
    session.execute(insert(RELEASED).values(consultation_id=consultation_id, opened_on=day, grids=grids))
    abandon(session, consultation_id)


def sealed(session: Session, consultation_id: int) -> bool:
    """Whether something is counted sealed and was not opened yet."""
    wanted = select(ARRAYS.c.consultation_id).where(ARRAYS.c.consultation_id == consultation_id)
    return session.execute(wanted.where(ARRAYS.c.sealed.is_not(None))).first() is not None


def waiting(session: Session) -> list[int]:
    """The consultations that have an array, or its key still to destroy."""
    return list(session.execute(select(ARRAYS.c.consultation_id).order_by(ARRAYS.c.consultation_id)).scalars())
