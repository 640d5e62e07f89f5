"""After closing: every row is written anew in key order, then the database is scrubbed of what it remembers."""

from __future__ import annotations

from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from consult.answering.models import (
    Ballot,
    Box,
    Comment,
    Counted,
    Draft,
    Generation,
    PersonalAnswer,
    Quarantine,
    Quarantined,
    Response,
    Spent,
    UrgentComment,
)
from consult.answering.paper import paper

BOXES = Box.__table__
#: Tables of a consultation whose rows came batch by batch.
WRITTEN = (
    Response.__table__,
    Comment.__table__,
    PersonalAnswer.__table__,
    UrgentComment.__table__,
    Quarantined.__table__,
)
SCRUBBED = (
    *WRITTEN,
    Ballot.__table__,
    Draft.__table__,
    Counted.__table__,
    Generation.__table__,
    Spent.__table__,
    Quarantine.__table__,
)
PORTION = 5_000
#: How long scrubbing waits for readers before it leaves the table for the next time (PostgreSQL).
PATIENCE = "5s"


def rewrite(session: Session, table: Table, *, consultation_id: int, after: int) -> int | None:
    """Take out the next rows in key order and put them back; gives the last key, None when there are no more.

    Keys are random, so a portion of them says nothing about a batch. Doing it twice does no harm.
    """
    rows = (
        session.execute(
            select(table)
            .where(table.c.consultation_id == consultation_id, table.c.id > after)
            .order_by(table.c.id)
            .limit(PORTION)
        )
        .mappings()
        .all()
    )
    if not rows:
        return None
    last: int = rows[-1]["id"]
    session.execute(
        delete(table).where(table.c.consultation_id == consultation_id, table.c.id > after, table.c.id <= last)
    )
    session.execute(insert(table), [dict(row) for row in rows])
    return last


def mark(session: Session, *, consultation_id: int, stage: str) -> None:
    """Note how far the box has come."""
    session.execute(update(BOXES).where(BOXES.c.consultation_id == consultation_id).values(stage=stage))


def scrub(engine: Engine) -> None:
    """Let the database forget deleted rows: `VACUUM FULL` on PostgreSQL, `VACUUM` and an empty WAL on SQLite.

    The promise does not rest on this: what was deleted was sealed to keys that are destroyed.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))
            for table in (*SCRUBBED, *paper().tables):
                connection.execute(text(f"VACUUM FULL {table.name}"))
            connection.execute(text("RESET lock_timeout"))
        return
    # Past SQLAlchemy, which would begin a transaction.
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.close()
    finally:
        raw.close()
