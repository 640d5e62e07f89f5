"""The life of a consultation: what is stored, what the clock makes of it, and what may be done when.

Stored are the state (draft, in review, approved, reported) and four moments (opening, closing, paused, withdrawn).
Coming, open and closed are computed, so that nothing has to run for a consultation to open or to close.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from consult.domain import bank_holidays
from consult.domain.errors import NotAllowed, NotNow, Rejected

LONDON = ZoneInfo("Europe/London")
#: An answer begun before closing may be sent this long after it.
GRACE = timedelta(minutes=60)
#: What a closing day without a time means.
END_OF_DAY = time(23, 59)
#: How soon a second person looks at what one person changed in public.
SECOND_LOOK = 2
#: A consultation is answered within twelve weeks of its closing (Cabinet Office Consultation Principles 2018).
TWELVE_WEEKS = timedelta(weeks=12)


class State(StrEnum):
    """What is stored."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REPORTED = "reported"


class Phase(StrEnum):
    """What somebody sees at a given moment."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    COMING = "coming"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


#: The phases in which everybody may read the consultation's page.
PUBLIC = frozenset({Phase.COMING, Phase.OPEN, Phase.PAUSED, Phase.CLOSED, Phase.REPORTED, Phase.WITHDRAWN})


class Life(Protocol):
    """What the rules need to know: a consultation's row, a query's row and `Facts` all have it."""

    @property
    def state(self) -> str: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def extended_until(self) -> datetime | None: ...
    @property
    def format_awaited(self) -> bool: ...


@dataclass(frozen=True)
class Facts:
    """The stored facts; every act below returns what they are afterwards."""

    state: str = State.DRAFT
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    paused_at: datetime | None = None
    withdrawn_at: datetime | None = None
    extended_until: datetime | None = None
    format_awaited: bool = False


def facts(life: Life) -> Facts:
    """A copy of the stored facts of anything that has them."""
    return Facts(
        life.state,
        life.opens_at,
        life.closes_at,
        life.paused_at,
        life.withdrawn_at,
        life.extended_until,
        life.format_awaited,
    )


# What the clock makes of it


def phase(life: Life, now: datetime) -> Phase:
    """The phase at an aware `now`: open from the opening moment up to, not including, the closing moment.

    A pause ends with the closing moment; taking down outlasts everything.
    """
    _aware(now)
    if life.withdrawn_at is not None:
        return Phase.WITHDRAWN
    if life.state != State.APPROVED:
        return Phase(life.state)
    if life.opens_at is None or life.closes_at is None:
        return Phase.COMING
    if now >= life.closes_at:
        return Phase.CLOSED
    if life.paused_at is not None:
        return Phase.PAUSED
    return Phase.OPEN if now >= life.opens_at else Phase.COMING


def accepts_beginning(life: Life, now: datetime, *, until: datetime | None = None) -> bool:
    """Whether somebody may begin to answer: while open, and with more time (`until`) also after closing."""
    return phase(life, now) is Phase.OPEN or (_has_more_time(life, now, until) and until is not None and now < until)


def accepts_submission(life: Life, now: datetime, *, begun_before_close: bool, until: datetime | None = None) -> bool:
    """Whether an answer may be saved or sent: while open, and for `GRACE` after closing if it was begun before.

    Whoever was given more time has it until then, and `GRACE`. A pause stops answers at once, also in the grace: it is
    the brake. Drafts stay, and can be sent after reopening.
    """
    if accepts_beginning(life, now, until=until):
        return True
    if life.closes_at is None or phase(life, now) is not Phase.CLOSED or life.paused_at is not None:
        return False
    if _has_more_time(life, now, until) and until is not None and now < final_settling_at(until):
        return True
    return begun_before_close and now < final_settling_at(life.closes_at)


def _has_more_time(life: Life, now: datetime, until: datetime | None) -> bool:
    """Whether `until` was really given to somebody, so that the box is kept open for it."""
    given = life.extended_until
    return (
        until is not None
        and given is not None
        and until <= given
        and life.paused_at is None
        and phase(life, now) is Phase.CLOSED
    )


def final_settling_at(closes_at: datetime) -> datetime:
    """When no more answers can arrive of those who had until `closes_at`."""
    return _aware(closes_at) + GRACE


def answers_end_at(life: Life) -> datetime | None:
    """When no more answers can arrive at all, with the last of those who were given more time; None without dates."""
    if life.closes_at is None:
        return None
    return final_settling_at(max(life.closes_at, life.extended_until or life.closes_at))


def answers_over(life: Life, now: datetime) -> bool:
    """Whether it has closed and no more answers can arrive, so that the last of them may be counted.

    As long as somebody waits who asked for another format in time, they may still be given more time.
    """
    if life.withdrawn_at is not None or life.state == State.REPORTED:
        return True
    end = answers_end_at(life)
    return phase(life, now) is Phase.CLOSED and end is not None and now >= end and not life.format_awaited


def next_change(life: Life, now: datetime) -> datetime | None:
    """The next moment at which the clock alone changes the phase; None if it never will."""
    if (
        phase(life, now) not in (Phase.COMING, Phase.OPEN, Phase.PAUSED)
        or life.opens_at is None
        or life.closes_at is None
    ):
        return None
    still_coming = phase(life, now) is Phase.COMING
    return min(life.opens_at, life.closes_at) if still_coming else life.closes_at


def seconds_until_change(lives: Iterable[Life], now: datetime, *, most: int = 60) -> int:
    """How long a page about these may be cached: whole seconds, at most `most`, never past an opening or a closing."""
    left = [(change - now) // timedelta(seconds=1) for life in lives if (change := next_change(life, now)) is not None]
    return max(0, min([most, *left]))


# What may be done


def submit_for_review(life: Life, now: datetime) -> Facts:
    """A draft with sensible dates goes to a second person."""
    _only(life, now, {Phase.DRAFT}, "Only a draft can be sent for review.")
    _check_dates(life, now)
    return replace(facts(life), state=State.IN_REVIEW)


def approve(life: Life, now: datetime, *, authors: Iterable[Hashable], approver: Hashable) -> Facts:
    """Approval by somebody who is not among its authors; it opens at its opening moment, at once if that has passed."""
    _only(life, now, {Phase.IN_REVIEW}, "Only a consultation that is in review can be approved.")
    if approver in set(authors):
        raise NotAllowed("You wrote part of this consultation, so somebody else has to approve it.")
    opens_at, _closes_at = _check_dates(life, now)
    return replace(facts(life), state=State.APPROVED, opens_at=max(opens_at, now))


def return_to_editor(life: Life, now: datetime) -> Facts:
    """Back to a draft, from review or after approval as long as nobody could answer yet."""
    _only(
        life,
        now,
        {Phase.IN_REVIEW, Phase.COMING},
        "Only a consultation that is in review, or approved and not open yet, can go back to being a draft.",
    )
    return replace(facts(life), state=State.DRAFT)


def extend(life: Life, now: datetime, *, closes_at: datetime) -> Facts:
    """A later closing moment, before it has closed; never an earlier one."""
    _only(
        life, now, {Phase.COMING, Phase.OPEN, Phase.PAUSED}, "Only a consultation that has not closed can be extended."
    )
    _later(life, closes_at)
    return replace(facts(life), closes_at=closes_at)


def pause(life: Life, now: datetime) -> Facts:
    """No answers from this moment until it is reopened or its closing moment passes."""
    _only(life, now, {Phase.OPEN}, "Only an open consultation can be paused.")
    return replace(facts(life), paused_at=now)


def reopen(life: Life, now: datetime, *, closes_at: datetime | None = None) -> Facts:
    """On again after a pause or, with a later closing moment, after it closed; never once it has been reported."""
    was = phase(life, now)
    _only(life, now, {Phase.PAUSED, Phase.CLOSED}, "Only a paused or closed consultation can be reopened.")
    if closes_at is None and was is Phase.CLOSED:
        raise Rejected("closes_at", "Enter a new closing date, because the old one has passed")
    if closes_at is not None:
        if closes_at <= now:
            raise Rejected("closes_at", "The closing date must be in the future")
        if closes_at != life.closes_at:
            _later(life, closes_at)
    return replace(facts(life), paused_at=None, closes_at=closes_at or life.closes_at)


def withdraw(life: Life, now: datetime) -> Facts:
    """Taken down for good: the page stays and says so, no answer is accepted any more."""
    _only(
        life,
        now,
        {Phase.COMING, Phase.OPEN, Phase.PAUSED, Phase.CLOSED},
        "Only a published consultation without published results can be withdrawn.",
    )
    return replace(facts(life), withdrawn_at=now)


def report(life: Life, now: datetime) -> Facts:
    """Closed, counted and told: from now on it can neither be reopened nor withdrawn."""
    _only(life, now, {Phase.CLOSED}, "Only a closed consultation can be marked as reported.")
    if life.format_awaited:
        raise NotNow("Somebody who asked in time still waits for another format, and may be given more time to answer.")
    end = answers_end_at(life)
    if end is not None and now < end:
        if life.extended_until is not None and life.closes_at is not None and life.extended_until > life.closes_at:
            raise NotNow("Somebody was given more time, because another format came late. Their answers can arrive.")
        raise NotNow("Answers begun before closing can still arrive. Try again an hour after closing.")
    return replace(facts(life), state=State.REPORTED)


# London time


def london(day: date, at: time, zone: ZoneInfo = LONDON) -> datetime:
    """A date and time on the wall in London as an aware moment in UTC.

    On the days the clocks change: a time that happens twice means the second, so that nobody loses an hour before
    closing; a time that does not happen means one hour later on the wall. `london_remark` says so in words.
    """
    # Of a doubled hour the second reading is the later; of a missing hour the first is, and lies after the gap.
    return max(_folds(day, at, zone))


def london_remark(day: date, at: time, zone: ZoneInfo = LONDON) -> str | None:
    """What was chosen where a time on the wall is not exactly one moment; None on ordinary days."""
    first, second = _folds(day, at, zone)
    if first == second:
        return None
    if first < second:
        return f"The clocks go back that night, so {at:%H:%M} happens twice. We use the second."
    chosen = london(day, at, zone).astimezone(zone)
    return f"The clocks go forward that night, so {at:%H:%M} does not happen. We use {chosen:%H:%M}."


def closing_of(day: date, zone: ZoneInfo = LONDON) -> datetime:
    """The closing moment of a day given without a time: 23:59 in London, in UTC."""
    return london(day, END_OF_DAY, zone)


def day_of(moment: datetime, zone: ZoneInfo = LONDON) -> date:
    """The date in London at an aware moment."""
    return _aware(moment).astimezone(zone).date()


def working_days_after(day: date, days: int) -> date:
    """The date so many working days later: Saturdays, Sundays and bank holidays in England do not count."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and not bank_holidays.is_one(day)
    return day


def second_look_due(done_at: datetime, zone: ZoneInfo = LONDON) -> datetime:
    """When a second person must have looked at a change one person made: the end of the second working day after it."""
    return closing_of(working_days_after(day_of(done_at, zone), SECOND_LOOK), zone)


def twelve_weeks_after(closes_at: datetime, zone: ZoneInfo = LONDON) -> date:
    """The date by which people should be told what happened: twelve weeks after closing, in London."""
    return day_of(closes_at, zone) + TWELVE_WEEKS


def _folds(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    wall = datetime.combine(day, at, tzinfo=zone)
    return wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def _only(life: Life, now: datetime, phases: set[Phase], sentence: str) -> None:
    is_in = phase(life, now)
    if is_in not in phases:
        raise NotNow(f"{sentence} This one is {_IN_WORDS[is_in]}.")


def _check_dates(life: Life, now: datetime) -> tuple[datetime, datetime]:
    if life.opens_at is None:
        raise Rejected("opens_at", "Enter an opening date")
    if life.closes_at is None:
        raise Rejected("closes_at", "Enter a closing date")
    if life.closes_at <= now:
        raise Rejected("closes_at", "The closing date must be in the future")
    if life.closes_at <= life.opens_at:
        raise Rejected("closes_at", "The closing date must be after the opening date")
    return life.opens_at, life.closes_at


def _later(life: Life, closes_at: datetime) -> None:
    if life.closes_at is not None and _aware(closes_at) <= life.closes_at:
        raise Rejected("closes_at", "The new closing date must be later than the one already announced")


_IN_WORDS = {
    Phase.DRAFT: "a draft",
    Phase.IN_REVIEW: "in review",
    Phase.COMING: "approved but not open yet",
    Phase.OPEN: "open",
    Phase.PAUSED: "paused",
    Phase.CLOSED: "closed",
    Phase.REPORTED: "reported",
    Phase.WITHDRAWN: "withdrawn",
}
