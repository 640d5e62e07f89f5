"""Words that somebody asked the team to read today: copied when answers are sent, decided by staff, deleted later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from consult.answering.models import UrgentComment
from consult.domain.answers import Value, Values, tidy
from consult.storage import random_key

URGENT = UrgentComment.__table__
#: Stands among packed answers for the questions whose words were copied; no question is called so.
COPIED = "!"


@dataclass(frozen=True)
class Urgent:
    """The written words in one answer, and the question they answer."""

    question: str
    text: str


def copied(urgent: Iterable[Urgent]) -> dict[str, Values]:
    """What is sealed beside the answers, so that settling cuts the words of these questions off.

    The same words among the comments would else lead from the copy to the other answers.
    """
    questions = sorted({one.question for one in urgent})
    return {COPIED: tuple(Value(choice=question) for question in questions)} if questions else {}


def copy(session: Session, urgent: Sequence[Urgent], *, consultation_id: int, day: date) -> None:
    """Keep the words alone, under random keys and in their order: nothing leads from them to the rest."""
    rows: list[dict[str, Any]] = [
        {
            "id": random_key(),
            "consultation_id": consultation_id,
            "text": tidy(one.text),
            "day": day,
            "lead_told": False,
            "outcome": "",
            "passed_on": "",
        }
        for one in urgent
    ]
    if rows:
        session.execute(insert(URGENT), sorted(rows, key=lambda row: row["id"]))


def forget(session: Session, *, before: date) -> int:
    """Delete decided ones that were sent before a day; what nobody has read yet stays. Gives how many went."""
    gone = session.execute(delete(URGENT).where(URGENT.c.day < before, URGENT.c.outcome != ""))
    return gone.rowcount  # type: ignore[attr-defined]
