"""The dates of a consultation: what opens, closes, is decided and is to be answered, and what is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.domain.lifecycle import Life, Phase, day_of, phase, twelve_weeks_after


class What(StrEnum):
    """What happens on a date."""

    OPENS = "opens"
    CLOSES = "closes"
    DECIDED = "decided"
    #: an answer is expected within twelve weeks of closing (Cabinet Office Consultation Principles 2018)
    ANSWER = "answer"


@dataclass(frozen=True)
class Date:
    """One date; `planned` while nothing is approved, `late` when it has passed and nothing has happened."""

    day: date
    what: What
    planned: bool = False
    late: bool = False


def dates_of(life: Life, now: datetime, *, decision_on: date | None = None) -> Iterator[Date]:
    """The dates of one consultation, in no order; nothing for one that was taken down."""
    stage, today = phase(life, now), day_of(now)
    if stage is Phase.WITHDRAWN:
        return
    planned = stage in (Phase.DRAFT, Phase.IN_REVIEW)
    if life.opens_at is not None:
        opens = day_of(life.opens_at)
        yield Date(opens, What.OPENS, planned=planned, late=planned and opens < today)
    if life.closes_at is None:
        return
    yield Date(day_of(life.closes_at), What.CLOSES, planned=planned)
    if decision_on is not None:
        yield Date(decision_on, What.DECIDED, planned=planned)
    due = twelve_weeks_after(life.closes_at)
    if stage is not Phase.REPORTED:
        yield Date(due, What.ANSWER, planned=planned, late=due < today)
