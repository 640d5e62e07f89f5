"""A consultation opens and closes by the clock, and nobody shortens the time people were promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import lifecycle
from consult.domain.errors import ConsultError, NotAllowed, NotNow, Rejected
from consult.domain.lifecycle import GRACE, Facts, Phase, State, phase

OPENS = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 12, 14, 23, 59, tzinfo=UTC)
BEFORE, DURING, AFTER = OPENS - timedelta(days=1), OPENS + timedelta(days=1), CLOSES + timedelta(days=1)
SECOND = timedelta(seconds=1)

approved = Facts(State.APPROVED, OPENS, CLOSES)
draft = replace(approved, state=State.DRAFT)
in_review = replace(approved, state=State.IN_REVIEW)
paused = replace(approved, paused_at=DURING)
withdrawn = replace(approved, withdrawn_at=DURING)
reported = replace(approved, state=State.REPORTED)

moments = st.integers(0, 2 * 365 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
lives = st.builds(
    Facts,
    st.sampled_from(list(State)),
    moments,
    moments,
    st.none() | moments,
    st.none() | moments,
)


@pytest.mark.parametrize(
    ("life", "now", "expected"),
    [
        (approved, OPENS - SECOND, Phase.COMING),
        (approved, OPENS, Phase.OPEN),
        (approved, CLOSES - SECOND, Phase.OPEN),
        (approved, CLOSES, Phase.CLOSED),
        (paused, DURING, Phase.PAUSED),
        (paused, CLOSES, Phase.CLOSED),
        (withdrawn, BEFORE, Phase.WITHDRAWN),
        (withdrawn, AFTER, Phase.WITHDRAWN),
        (draft, DURING, Phase.DRAFT),
        (in_review, AFTER, Phase.IN_REVIEW),
        (reported, AFTER, Phase.REPORTED),
        (Facts(State.APPROVED), DURING, Phase.COMING),
    ],
)
def test_the_clock_makes_the_phase(life: Facts, now: datetime, expected: Phase) -> None:
    assert phase(life, now) is expected


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        phase(approved, DURING.replace(tzinfo=None))


def test_an_answer_begun_before_closing_has_sixty_minutes() -> None:
    def sent(now: datetime, begun: bool) -> bool:
        return lifecycle.accepts_submission(approved, now, begun_before_close=begun)

    assert sent(CLOSES - SECOND, begun=False)
    assert sent(CLOSES + GRACE - SECOND, begun=True)
    assert not sent(CLOSES + GRACE - SECOND, begun=False)
    assert not sent(CLOSES + GRACE, begun=True)
    assert not sent(OPENS - SECOND, begun=True)
    assert lifecycle.final_settling_at(CLOSES) == CLOSES + timedelta(minutes=60)


def test_a_pause_stops_answers_at_once_and_in_the_grace_too() -> None:
    assert not lifecycle.accepts_beginning(paused, DURING)
    assert not lifecycle.accepts_submission(paused, DURING, begun_before_close=True)
    assert not lifecycle.accepts_submission(paused, CLOSES, begun_before_close=True)
    assert not lifecycle.accepts_submission(withdrawn, DURING, begun_before_close=True)


@given(lives, moments)
def test_whoever_may_begin_may_also_send(life: Facts, now: datetime) -> None:
    if lifecycle.accepts_beginning(life, now):
        assert lifecycle.accepts_submission(life, now, begun_before_close=True)


@given(st.lists(lives, max_size=4), moments, st.integers(0, 3600), st.floats(0, 1, exclude_max=True))
def test_a_cached_page_never_outlives_an_opening_or_a_closing(
    several: list[Facts], now: datetime, most: int, share: float
) -> None:
    seconds = lifecycle.seconds_until_change(several, now, most=most)
    assert 0 <= seconds <= most
    later = now + timedelta(seconds=seconds * share)
    assert [phase(life, later) for life in several] == [phase(life, now) for life in several]


@given(lives, moments)
def test_the_next_change_is_the_moment_the_phase_changes(life: Facts, now: datetime) -> None:
    change = lifecycle.next_change(life, now)
    if change is None:
        assert phase(life, now + timedelta(days=3650)) is phase(life, now)
    else:
        assert change > now
        assert phase(life, change - timedelta(microseconds=1)) is phase(life, now)
        assert phase(life, change) is not phase(life, now)


def test_the_whole_way_from_draft_to_reported() -> None:
    life = lifecycle.submit_for_review(draft, BEFORE)
    life = lifecycle.approve(life, BEFORE, authors=[1], approver=2)
    assert phase(life, DURING) is Phase.OPEN
    assert phase(lifecycle.report(life, AFTER), AFTER) is Phase.REPORTED


def test_an_author_cannot_approve() -> None:
    with pytest.raises(NotAllowed, match="somebody else"):
        lifecycle.approve(in_review, BEFORE, authors=[1, 2], approver=2)


def test_approval_after_the_opening_moment_opens_now_and_not_earlier() -> None:
    life = lifecycle.approve(in_review, DURING, authors=[1], approver=2)
    assert life.opens_at == DURING
    assert phase(life, DURING) is Phase.OPEN


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "field"),
    [
        (None, CLOSES, "opens_at"),
        (OPENS, None, "closes_at"),
        (OPENS, OPENS, "closes_at"),
        (OPENS, BEFORE - SECOND, "closes_at"),
    ],
)
def test_dates_that_make_no_sense_are_refused_before_review_and_before_approval(
    opens_at: datetime | None, closes_at: datetime | None, field: str
) -> None:
    for act in (
        lambda life: lifecycle.submit_for_review(replace(life, state=State.DRAFT), BEFORE),
        lambda life: lifecycle.approve(life, BEFORE, authors=[], approver=1),
    ):
        with pytest.raises(Rejected) as refusal:
            act(Facts(State.IN_REVIEW, opens_at, closes_at))
        assert refusal.value.field == field


def test_return_is_possible_until_somebody_could_answer() -> None:
    assert lifecycle.return_to_editor(in_review, BEFORE).state == State.DRAFT
    assert lifecycle.return_to_editor(approved, BEFORE).state == State.DRAFT
    with pytest.raises(NotNow, match=r"This one is open\."):
        lifecycle.return_to_editor(approved, DURING)


def test_a_pause_ends_with_reopening() -> None:
    life = lifecycle.pause(approved, DURING)
    assert phase(life, DURING) is Phase.PAUSED
    again = lifecycle.reopen(life, DURING + SECOND)
    assert phase(again, DURING + SECOND) is Phase.OPEN
    assert again.closes_at == CLOSES


def test_reopening_after_closing_needs_a_later_closing_date() -> None:
    with pytest.raises(Rejected, match="passed"):
        lifecycle.reopen(approved, AFTER)
    with pytest.raises(Rejected, match="future"):
        lifecycle.reopen(approved, AFTER, closes_at=AFTER)
    with pytest.raises(Rejected, match="later"):
        lifecycle.reopen(paused, DURING, closes_at=CLOSES - SECOND)
    life = lifecycle.reopen(approved, AFTER, closes_at=AFTER + timedelta(days=7))
    assert phase(life, AFTER) is Phase.OPEN


def test_a_reported_consultation_is_final() -> None:
    for act in (
        lambda: lifecycle.reopen(reported, AFTER, closes_at=AFTER + GRACE),
        lambda: lifecycle.withdraw(reported, AFTER),
        lambda: lifecycle.extend(reported, AFTER, closes_at=AFTER + GRACE),
    ):
        with pytest.raises(NotNow):
            act()


def test_nothing_is_reported_while_answers_can_still_arrive() -> None:
    with pytest.raises(NotNow, match="still arrive"):
        lifecycle.report(approved, CLOSES + GRACE - SECOND)
    assert lifecycle.report(approved, CLOSES + GRACE).state == State.REPORTED


ACTS: list[Callable[[Facts, datetime, datetime], Facts]] = [
    lambda life, now, _: lifecycle.submit_for_review(life, now),
    lambda life, now, _: lifecycle.approve(life, now, authors=["a"], approver="b"),
    lambda life, now, _: lifecycle.return_to_editor(life, now),
    lambda life, now, until: lifecycle.extend(life, now, closes_at=until),
    lambda life, now, _: lifecycle.pause(life, now),
    lambda life, now, until: lifecycle.reopen(life, now, closes_at=until),
    lambda life, now, _: lifecycle.reopen(life, now),
    lambda life, now, _: lifecycle.withdraw(life, now),
    lambda life, now, _: lifecycle.report(life, now),
]


@given(lives, st.sampled_from(ACTS), moments, moments)
def test_no_act_ever_brings_a_closing_forward_and_every_refusal_says_why(
    life: Facts, act: Callable[[Facts, datetime, datetime], Facts], now: datetime, until: datetime
) -> None:
    try:
        after = act(life, now, until)
    except ConsultError as error:
        refusal = error.message
    else:
        refusal = ""
    if refusal:
        assert refusal[0].isupper()
        return
    assert life.closes_at is not None
    assert after.closes_at is not None
    assert after.closes_at >= life.closes_at
    assert (after.withdrawn_at is None) or phase(after, now) is Phase.WITHDRAWN


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2026, 7, 1), time(23, 59), datetime(2026, 7, 1, 22, 59, tzinfo=UTC)),
        (date(2026, 12, 1), time(23, 59), datetime(2026, 12, 1, 23, 59, tzinfo=UTC)),
        # Clocks go forward on 29 March 2026 at 01:00 and back on 25 October 2026 at 02:00.
        (date(2026, 3, 29), time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(0, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_london_time_is_right_on_the_days_the_clocks_change(day: date, at: time, expected: datetime) -> None:
    moment = lifecycle.london(day, at)
    assert moment == expected
    assert moment.tzinfo is UTC


def test_what_was_chosen_on_those_days_is_said() -> None:
    assert "We use 02:30" in str(lifecycle.london_remark(date(2026, 3, 29), time(1, 30)))
    assert "We use the second" in str(lifecycle.london_remark(date(2026, 10, 25), time(1, 30)))
    assert lifecycle.london_remark(date(2026, 10, 25), time(2, 0)) is None


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times())
def test_a_time_that_happens_reads_back_as_the_same_time(day: date, at: time) -> None:
    back = lifecycle.london(day, at).astimezone(lifecycle.LONDON)
    gap = lifecycle.london_remark(day, at) or ""
    assert (back.date(), back.time()) == (day, at) or "does not happen" in gap


def test_a_closing_day_ends_at_one_minute_to_midnight_in_london() -> None:
    assert lifecycle.closing_of(date(2026, 7, 1)) == datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    assert lifecycle.closing_of(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("done_at", "due"),
    [
        (datetime(2026, 11, 16, 10, tzinfo=UTC), date(2026, 11, 18)),  # Monday → Wednesday
        (datetime(2026, 11, 19, 10, tzinfo=UTC), date(2026, 11, 23)),  # Thursday → Monday
        (datetime(2026, 11, 21, 10, tzinfo=UTC), date(2026, 11, 24)),  # Saturday → Tuesday
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), date(2026, 7, 7)),  # already Saturday in London
    ],
)
def test_the_second_look_is_due_within_two_working_days(done_at: datetime, due: date) -> None:
    assert lifecycle.second_look_due(done_at) == lifecycle.closing_of(due)


def test_people_are_told_within_twelve_weeks_of_closing() -> None:
    assert lifecycle.twelve_weeks_after(datetime(2026, 7, 1, 22, 59, tzinfo=UTC)) == date(2026, 9, 23)
    assert lifecycle.twelve_weeks_after(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 9, 24)
