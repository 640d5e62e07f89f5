"""When a box is opened, swept, swept for the last time, and destroyed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.answering.models import Box
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.lifecycle import Phase

#: An answer accepted in the last second of the grace may take this long to be in the box.
ON_ITS_WAY = timedelta(minutes=2)


class Due(StrEnum):
    """What is to be done with a box."""

    OPEN = "open"
    SWEEP = "sweep"
    LAST_SWEEP = "last sweep"
    REWRITE = "rewrite"
    DESTROY = "destroy"


@dataclass(frozen=True)
class Boxed:
    """A consultation as settling sees it."""

    id: int
    slug: str
    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    paused_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_answers: str | None
    #: none where there is no box yet
    stage: str | None
    #: whether ballots can be sealed to it
    takes: bool
    swept_on: date | None
    extended_until: datetime | None = None
    format_awaited: bool = False

    def over(self, now: datetime) -> bool:
        """Whether no more answers can arrive."""
        return lifecycle.answers_over(self, now)


def boxed(session: Session, *, slug: str | None = None) -> Iterator[Boxed]:
    """Every consultation that was published, with its box."""
    query = (
        select(
            Consultation.id,
            Consultation.slug,
            Consultation.state,
            Consultation.opens_at,
            Consultation.closes_at,
            Consultation.paused_at,
            Consultation.withdrawn_at,
            Consultation.withdrawn_answers,
            Box.stage,
            Box.generation_id.is_not(None).label("takes"),
            Box.swept_on,
            Consultation.extended_until,
            Consultation.format_awaited,
        )
        .outerjoin(Box, Box.consultation_id == Consultation.id)
        .where(Consultation.state.in_(("approved", "reported")))
        .order_by(Consultation.id)
    )
    if slug is not None:
        query = query.where(Consultation.slug == slug)
    for row in session.execute(query).all():
        yield Boxed(**row._mapping)


def due(box: Boxed, now: datetime, *, at: time, zone: ZoneInfo, paper_waits: bool = False) -> Due | None:
    """What is to be done with it at this moment, by the timetable.

    A box is opened as soon as its consultation is approved, and swept once a day: never because an answer arrived.
    While `paper_waits` to be keyed after closing, it goes on being swept once a day.
    """
    if box.withdrawn_answers == "destroyed" and box.withdrawn_at is not None:
        return Due.DESTROY if box.stage not in (None, "closed") else None
    if box.stage in ("settled", "rewritten"):
        return Due.REWRITE
    if box.over(now) and not (paper_waits and box.withdrawn_at is None and box.state != "reported"):
        end = lifecycle.answers_end_at(box)
        late_enough = box.withdrawn_at or end is None or now >= end + ON_ITS_WAY
        return Due.LAST_SWEEP if box.stage == "open" and late_enough else None
    if not box.takes and lifecycle.phase(box, now) is not Phase.CLOSED:
        return Due.OPEN
    here = now.astimezone(zone)
    swept_today = box.swept_on is not None and box.swept_on >= here.date()
    return Due.SWEEP if box.stage == "open" and not swept_today and here.time() >= at else None
