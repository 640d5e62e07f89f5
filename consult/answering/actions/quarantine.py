"""Answers set aside: they came with a reason to look first. Together they are counted later, or left out.

What a batch becomes when it is counted is worked out when it is settled, as everybody's answers are; only it is written
elsewhere. So what is known of each one in the quarantine is what would be known of them in the count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.answering.actions import tallies
from consult.answering.actions.grouping import Batch, shuffled
from consult.answering.actions.tallies import Rows
from consult.answering.models import Box, Quarantine, Quarantined
from consult.domain.errors import Missing, NotNow, Rejected
from consult.domain.questionnaire import Questionnaire
from consult.storage import random_key

BATCHES = Quarantine.__table__
ROWS = Quarantined.__table__
BOXES = Box.__table__
#: What can be decided, and from where.
DECISIONS = {"to_count": ("waiting", "left_out"), "left_out": ("waiting",)}


def set_aside(
    session: Session,
    batches: Iterable[Batch],
    *,
    consultation_id: int,
    questionnaires: Mapping[int, Questionnaire],
    day: date,
    equality: Mapping[int, Mapping[str, str]],
) -> None:
    """Keep these batches apart from the count, rows in the order of their random keys."""
    together: list[dict[str, Any]] = []
    each: list[dict[str, Any]] = []
    for batch in batches:
        rows = tallies.prepare(
            [batch], consultation_id=consultation_id, questionnaires=questionnaires, day=day, equality=equality
        )
        kept = as_kept(batch, rows, consultation_id=consultation_id, day=day)
        together.append(kept)
        each += of_each(rows, consultation_id=consultation_id, quarantine_id=kept["id"])
    if together:
        session.execute(insert(BATCHES), sorted(together, key=lambda row: row["id"]))
        session.execute(insert(ROWS), sorted(each, key=lambda row: row["id"]))


def as_kept(batch: Batch, rows: Rows, *, consultation_id: int, day: date) -> dict[str, Any]:
    """What is kept of a batch as a whole."""
    label = batch.label
    return {
        "id": random_key(),
        "consultation_id": consultation_id,
        "revision_id": label.revision,
        "language": label.language,
        "channel": label.channel,
        "segment": label.segment,
        "day": day,
        "reason": label.held,
        "people": len(batch.ballots),
        "stage": "waiting",
        "grounds": "",
        "adds": [[*place, count] for (_revision, place), count in sorted(rows.tallies.items())],
        "equality": [[*place, count] for place, count in sorted(rows.equality.items())],
        "apart": {
            "personal": shuffled([row["question"], row["answer"]] for row in rows.personal),
            "comments": shuffled(
                [row["question"], row["part"], row["text"]] for row in rows.comments if row["response_id"] is None
            ),
        },
    }


def of_each(rows: Rows, *, consultation_id: int, quarantine_id: int) -> list[dict[str, Any]]:
    """What is kept of each one: closed answers, and the words that may stay beside them."""
    words: dict[int, list[list[str]]] = {}
    for row in rows.comments:
        words.setdefault(row["response_id"], []).append([row["question"], row["part"], row["text"]])
    return [
        {
            "id": row["id"],
            "consultation_id": consultation_id,
            "quarantine_id": quarantine_id,
            "answers": row["answers"],
            "comments": words.get(row["id"], []),
        }
        for row in rows.responses
    ]


def decide(session: Session, ids: Iterable[int], *, consultation_id: int, decision: str, grounds: str) -> list[Any]:
    """Say what becomes of whole batches, and why; gives them. Counting is done by the worker, a batch at a time.

    Raises Rejected without grounds or batches, Missing for a batch of another consultation, and NotNow where it was
    decided otherwise before: what is counted stays counted.
    """
    if decision not in DECISIONS:
        raise Rejected("decision", "Choose what is to become of them")
    if not grounds.strip():
        raise Rejected("grounds", "Say why")
    wanted = sorted(set(ids))
    if not wanted:
        raise Rejected("batches", "Choose at least one batch")
    found = session.execute(
        select(BATCHES).where(BATCHES.c.id.in_(wanted), BATCHES.c.consultation_id == consultation_id).with_for_update()
    ).all()
    if len(found) != len(wanted):
        raise Missing("One of these batches is not there.")
    if any(batch.stage not in DECISIONS[decision] for batch in found):
        raise NotNow("Somebody has decided about one of these batches before. Look at the list again.")
    session.execute(update(BATCHES).where(BATCHES.c.id.in_(wanted)).values(stage=decision, grounds=grounds.strip()))
    return list(found)


def to_count(session: Session, consultation_id: int) -> list[int]:
    """The batches that somebody has decided to count, in the order of their random keys."""
    wanted = select(BATCHES.c.id).where(BATCHES.c.consultation_id == consultation_id, BATCHES.c.stage == "to_count")
    return list(session.execute(wanted.order_by(BATCHES.c.id)).scalars())


def counting(session: Session, quarantine_id: int, *, day: date) -> Rows | None:
    """Take one batch out of the quarantine: the rows and counts it becomes, with fresh keys; None if it is not to be.

    `day` is the day they are counted, the same for all of them.
    The rows of a box that was closed are written anew once more.
    """
    batch = session.execute(select(BATCHES).where(BATCHES.c.id == quarantine_id).with_for_update()).first()
    if batch is None or batch.stage != "to_count":
        return None
    rows = Rows(
        tallies=Counter({(batch.revision_id, (place[0], place[1], place[2])): place[3] for place in batch.adds}),
        equality=Counter({(place[0], place[1]): place[2] for place in batch.equality}),
    )
    of_it = select(ROWS.c.answers, ROWS.c.comments).where(ROWS.c.quarantine_id == quarantine_id)
    for kept in session.execute(of_it).all():
        response = {
            "id": random_key(),
            "consultation_id": batch.consultation_id,
            "revision_id": batch.revision_id,
            "language": batch.language,
            "channel": batch.channel,
            "segment": batch.segment,
            "day": day,
            "answers": kept.answers,
        }
        rows.responses.append(response)
        rows.comments += [comment(batch, words, response["id"]) for words in kept.comments]
    rows.comments += [comment(batch, words, None) for words in batch.apart["comments"]]
    rows.personal += [
        {"id": random_key(), "consultation_id": batch.consultation_id, "question": question, "answer": answer}
        for question, answer in batch.apart["personal"]
    ]
    session.execute(delete(ROWS).where(ROWS.c.quarantine_id == quarantine_id))
    session.execute(
        update(BATCHES)
        .where(BATCHES.c.id == quarantine_id)
        .values(stage="counted", adds=[], equality=[], apart={"personal": [], "comments": []})
    )
    session.execute(
        update(BOXES)
        .where(BOXES.c.consultation_id == batch.consultation_id, BOXES.c.stage.in_(("rewritten", "closed")))
        .values(stage="settled")
    )
    return rows


def comment(batch: Any, words: list[str], response_id: int | None) -> dict[str, Any]:
    """Written words as a row."""
    question, part, text = words
    return {
        "id": random_key(),
        "consultation_id": batch.consultation_id,
        "response_id": response_id,
        "question": question,
        "part": part,
        "text": text,
        "language": batch.language,
    }
