"""Settling: ballots become responses that nobody can lead back to whoever sent them.

Each function here is one step, within one transaction; `consult.answering.jobs` puts them in order. A step that was
killed is found again in the rows by the next sweep, so that nothing is lost and nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from consult.answering import asked, keys, seal
from consult.answering.actions import boxes, crossing, quarantine, tallies
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Batch, Opened
from consult.answering.actions.tallies import Rows
from consult.answering.models import Ballot, Box, Comment, Counted, Draft, Generation, PersonalAnswer, Response
from consult.answering.paper import paper
from consult.storage import random_key

BALLOTS = Ballot.__table__
BOXES = Box.__table__
COUNTED = Counted.__table__
DRAFTS = Draft.__table__
GENERATIONS = Generation.__table__
#: Ballots read at once, and names in one IN list.
PORTION = 500

#: Is told the name of each step when it is done; tests kill the sweep there.
Step = Callable[[str], None]


@dataclass
class Contents:
    """What was found in the box."""

    opened: list[Opened] = field(default_factory=list)
    private_keys: dict[int, X25519PrivateKey] = field(default_factory=dict)
    #: generations whose key file is not on this machine
    lost: list[int] = field(default_factory=list)
    #: how many ballots did not fit their key
    damaged: int = 0


def swap(session: Session, folder: Path, *, consultation_id: int, last: bool, step: Step) -> None:
    """From now on ballots are sealed to a new key, or after closing to none; waits for those just being dropped."""
    box = session.execute(
        select(BOXES.c.generation_id, BOXES.c.stage).where(BOXES.c.consultation_id == consultation_id).with_for_update()
    ).first()
    if box is None or box.generation_id is None:
        return
    waiting = session.execute(select(BALLOTS.c.id).where(BALLOTS.c.generation == box.generation_id).limit(1)).first()
    if not last and waiting is None:
        return
    new = None if last else boxes.new_generation(session, folder, consultation_id)
    step("key written")
    session.execute(update(BOXES).where(BOXES.c.consultation_id == consultation_id).values(generation_id=new))


def old_generations(session: Session, consultation_id: int) -> list[int]:
    """Every generation nothing is sealed to any more."""
    current = select(BOXES.c.generation_id).where(BOXES.c.consultation_id == consultation_id)
    found = session.execute(select(GENERATIONS.c.id).where(GENERATIONS.c.consultation_id == consultation_id)).scalars()
    now = session.execute(current).scalar()
    return sorted(generation for generation in found if generation != now)


def open_box(session: Session, folder: Path, generations: Iterable[int]) -> Contents:
    """Open every ballot of these generations in memory."""
    contents = Contents()
    for generation in generations:
        try:
            contents.private_keys[generation] = keys.load(folder, generation)
        except keys.KeyLost:
            contents.lost.append(generation)
    wanted = select(BALLOTS).where(BALLOTS.c.generation.in_(list(contents.private_keys)))
    for row in session.execute(wanted.execution_options(yield_per=PORTION)):
        try:
            contents.opened.append(opened(contents.private_keys[row.generation], row))
        except (seal.DoesNotOpen, ValueError, KeyError):
            contents.damaged += 1
    return contents


def opened(private_key: X25519PrivateKey, row: Any) -> Opened:
    """One ballot, opened; raises DoesNotOpen, ValueError or KeyError when it is damaged."""
    data = seal.open_ballot(private_key, row.sealed)
    label = Label(int(data["r"]), str(data["l"]), str(data["c"]), str(data["s"]), str(data.get("h", "")))
    day = date.fromisoformat(data["d"]) if "d" in data else None
    return Opened(row.id, row.generation, row.receipt, label, data["a"], row.equality is not None, day)


def settle(
    session: Session,
    batches: Sequence[Batch],
    *,
    consultation_id: int,
    day: date,
    private_keys: Mapping[int, X25519PrivateKey],
    least: int,
    closing_key: X25519PrivateKey | None = None,
) -> tuple[int, list[Opened]]:
    """Turn some batches into rows and counts; gives how many, and those that have to stay after all.

    Batches that are to be looked at first are set aside, and are never in the closing array, which `closing_key` opens.

    Somebody may have taken theirs back, or answered about equality, since the box was opened: the ballots are held and
    read again. A batch that has become too small stays whole.
    """
    held = {
        row.id: row
        for row in holding(
            session, [ballot.ballot for batch in batches for ballot in batch.ballots], BALLOTS.c.equality
        )
    }
    going: list[Batch] = []
    staying: list[Opened] = []
    for batch in batches:
        there = Batch(batch.label, [ballot for ballot in batch.ballots if ballot.ballot in held])
        if len(there.ballots) == len(batch.ballots) or len(there.ballots) >= least:
            going.append(there)
        else:
            staying += there.ballots
    equality = {
        ballot.ballot: seal.open_equality(private_keys[ballot.generation], held[ballot.ballot].equality)
        for batch in going
        for ballot in batch.ballots
        if held[ballot.ballot].equality is not None
    }
    questionnaires = {
        revision: asked.revision(session, revision).questionnaire
        for revision in {batch.label.revision for batch in going}
    }
    rows = tallies.prepare(
        [batch for batch in going if not batch.label.held],
        consultation_id=consultation_id,
        questionnaires=questionnaires,
        day=day,
        equality=equality,
    )
    settled = [ballot for batch in going for ballot in batch.ballots]
    for some in portions([ballot.ballot for ballot in settled]):
        session.execute(delete(BALLOTS).where(BALLOTS.c.id.in_(some)))
    write(session, rows, consultation_id=consultation_id)
    if closing_key is not None:
        crossing.add(session, rows.both, consultation_id=consultation_id, closing_key=closing_key)
    quarantine.set_aside(
        session,
        [batch for batch in going if batch.label.held],
        consultation_id=consultation_id,
        questionnaires=questionnaires,
        day=day,
        equality=equality,
    )
    paper().settled(session, consultation_id, [ballot.answers for ballot in settled])
    insert_all(session, COUNTED, [{"receipt": ballot.receipt} for ballot in settled], key="receipt")
    return len(settled), staying


def write(session: Session, rows: Rows, *, consultation_id: int) -> None:
    """Insert the rows, each table in the order of its own random keys, and add the counts."""
    insert_all(session, Response.__table__, rows.responses)
    insert_all(session, Comment.__table__, rows.comments)
    insert_all(session, PersonalAnswer.__table__, rows.personal)
    tallies.add(session, rows, consultation_id=consultation_id)


def seal_again(
    session: Session, ballots: Sequence[Opened], *, consultation_id: int, private_keys: Mapping[int, X25519PrivateKey]
) -> None:
    """Seal what stays to the new key under new ids; who has not passed the equality page is taken next time without."""
    generation = boxes.current_generation(session, consultation_id)
    if generation is None:
        return
    public_key = boxes.public_key(session, generation)
    held = {row.id: row for row in holding(session, [ballot.ballot for ballot in ballots], BALLOTS.c.equality)}
    there = [ballot for ballot in ballots if ballot.ballot in held]
    rows = []
    for ballot in there:
        equality = held[ballot.ballot].equality
        given = None if equality is None else seal.open_equality(private_keys[ballot.generation], equality)
        rows.append(
            {
                "id": random_key(),
                "generation": generation,
                "receipt": ballot.receipt,
                "sealed": seal.seal_ballot(public_key, ballot.label.payload(ballot.answers, ballot.sent_on)),
                "equality": seal.seal_equality(public_key, given),
            }
        )
    for some in portions([ballot.ballot for ballot in there]):
        session.execute(delete(BALLOTS).where(BALLOTS.c.id.in_(some)))
    insert_all(session, BALLOTS, rows)


def emptied(session: Session, generation: int) -> bool:
    """Whether nothing is sealed to this generation any more."""
    return session.execute(select(BALLOTS.c.id).where(BALLOTS.c.generation == generation).limit(1)).first() is None


def forget(session: Session, generation: int) -> None:
    """Remove a generation whose key is destroyed."""
    session.execute(delete(GENERATIONS).where(GENERATIONS.c.id == generation))


def finish(session: Session, *, consultation_id: int, day: date, last: bool) -> None:
    """Note the day of the sweep; after the last one drafts are of no use any more.

    Ballots that had to stay even then, because they are too few to be told from each other, keep the box from closing.
    """
    values: dict[str, Any] = {"swept_on": day}
    if last:
        mine = select(GENERATIONS.c.id).where(GENERATIONS.c.consultation_id == consultation_id)
        left = session.execute(select(BALLOTS.c.id).where(BALLOTS.c.generation.in_(mine)).limit(1)).first()
        values["stage"] = "settled" if left is None else "held"
        session.execute(delete(DRAFTS).where(DRAFTS.c.consultation_id == consultation_id))
        paper().forget(session, consultation_id)
    session.execute(update(BOXES).where(BOXES.c.consultation_id == consultation_id).values(**values))


def holding(session: Session, ballots: Sequence[int], *columns: Any) -> Iterator[Any]:
    """The rows of these ballots that are still there, held until the end of the transaction."""
    for some in portions(sorted(ballots)):
        yield from session.execute(select(BALLOTS.c.id, *columns).where(BALLOTS.c.id.in_(some)).with_for_update())


def insert_all(session: Session, table: Table, rows: list[dict[str, Any]], *, key: str = "id") -> None:
    """Insert rows in the order of their keys: even a random key betrays, by its place in the page, when it came."""
    if rows:
        session.execute(insert(table), in_key_order(rows, key))


def in_key_order(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Sorted by their keys."""
    return sorted(rows, key=lambda row: row[key])


def portions(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """In portions that fit an IN list."""
    return (things[at : at + PORTION] for at in range(0, len(things), PORTION))
