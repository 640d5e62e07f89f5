"""What the answering path and the rooms above ask of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from consult.answering.models import Ballot, Box, Counted, EqualityCount, Quarantine, Quarantined, Tally
from consult.answering.receipt import kept_of
from consult.domain.statistics import ASKED, Place

#: The place that counts the settled responses of a revision.
RESPONSES: Place = ("", "", ASKED)


def insert_unless(session: Session, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of the database in use, for its `on_conflict_do_…`."""
    return postgresql.insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(table)


# Built once: putting a statement together costs more than running it.
_WAITING = select(Ballot.id).where(Ballot.receipt == bindparam("receipt"))
_COUNTED = select(Counted.receipt).where(Counted.receipt == bindparam("receipt"))
_WITHOUT_EQUALITY = _WAITING.where(Ballot.equality.is_(None))


def ballot_state(session: Session | Connection, draft_key: bytes) -> str | None:
    """What became of sent answers: "waiting", "counted", or None when there are none."""
    return receipt_state(session, kept_of(draft_key))


def receipt_state(session: Session | Connection, receipt: bytes) -> str | None:
    """The same for a receipt as the database keeps it."""
    if session.execute(_WAITING, {"receipt": receipt}).first():
        return "waiting"
    if session.execute(_COUNTED, {"receipt": receipt}).first():
        return "counted"
    return None


def responses(session: Session, consultation_id: int) -> int:
    """How many responses are settled; costs the same at fifty and at five million."""
    found = session.execute(
        select(func.sum(Tally.count)).where(Tally.consultation_id == consultation_id, Tally.question == "")
    ).scalar()
    return int(found or 0)


def tally(session: Session, consultation_id: int, *, revision_id: int | None = None) -> Counter[Place]:
    """The counts of settled responses by place, of one revision or of all together."""
    query = select(Tally.question, Tally.part, Tally.atom, Tally.count).where(
        Tally.consultation_id == consultation_id, Tally.question != ""
    )
    if revision_id is not None:
        query = query.where(Tally.revision_id == revision_id)
    found: Counter[Place] = Counter()
    for question, part, atom, count in session.execute(query):
        found[question, part, atom] += count
    return found


def equality_counts(session: Session, consultation_id: int) -> dict[str, Counter[str]]:
    """How many gave each answer about equality: {question: {option: people}}."""
    found: dict[str, Counter[str]] = {}
    query = select(EqualityCount.question, EqualityCount.option, EqualityCount.count)
    for question, option, count in session.execute(query.where(EqualityCount.consultation_id == consultation_id)):
        found.setdefault(question, Counter())[option] += count
    return found


def set_aside(session: Session, consultation_id: int) -> Sequence[Any]:
    """The batches set aside, the newest first: their columns without what each would add."""
    columns = [column for column in Quarantine.__table__.c if column.name not in ("adds", "equality", "apart")]
    query = select(*columns).where(Quarantine.consultation_id == consultation_id)
    return session.execute(query.order_by(Quarantine.day.desc(), Quarantine.id)).all()


def undecided(session: Session, consultation_id: int | None = None) -> frozenset[int]:
    """The consultations (or this one) of which something set aside is neither counted nor left out yet."""
    query = select(Quarantine.consultation_id).where(Quarantine.stage.in_(("waiting", "to_count"))).distinct()
    if consultation_id is not None:
        query = query.where(Quarantine.consultation_id == consultation_id)
    return frozenset(session.execute(query).scalars())


def added_by(session: Session, numbers: Sequence[int]) -> Counter[Place]:
    """What batches that were set aside would add to the counts, by place; nothing once they are counted."""
    found: Counter[Place] = Counter()
    for adds in session.execute(select(Quarantine.adds).where(Quarantine.id.in_(numbers))).scalars():
        for question, part, atom, count in adds:
            found[question, part, atom] += count
    return found


def words_set_aside(session: Session, numbers: Sequence[int]) -> Counter[tuple[str, str]]:
    """How often the same words were written in some batches, by question and words; nothing leads to other answers."""
    found: Counter[tuple[str, str]] = Counter()
    query = select(Quarantined.comments).where(Quarantined.quarantine_id.in_(numbers))
    for comments in session.execute(query.execution_options(yield_per=1_000)).scalars():
        found.update((question, text) for question, _part, text in comments)
    return found


def left_out(session: Session, consultation_id: int) -> dict[str, int]:
    """How many answers were left out, by reason."""
    query = select(Quarantine.reason, func.sum(Quarantine.people)).where(
        Quarantine.consultation_id == consultation_id, Quarantine.stage == "left_out"
    )
    return {reason: int(people) for reason, people in session.execute(query.group_by(Quarantine.reason))}


def swept_on(session: Session, consultation_id: int) -> date | None:
    """The day of the last sweep."""
    return session.execute(select(Box.swept_on).where(Box.consultation_id == consultation_id)).scalar()


def all_settled(session: Session, consultation_id: int) -> bool:
    """Whether every answer is in the count for good."""
    stage = session.execute(select(Box.stage).where(Box.consultation_id == consultation_id)).scalar()
    return stage is not None and stage != "open"


def awaits_equality(session: Session, draft_key: bytes) -> bool:
    """Whether sent answers wait in the box and the page about equality was not passed yet."""
    return session.execute(_WITHOUT_EQUALITY, {"receipt": kept_of(draft_key)}).first() is not None
