"""Whoever got another format late has more time; nobody else does, nothing is told before, and nothing names them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from consult.answering import jobs, queries
from consult.answering.actions import drop
from consult.answering.models import Box, Draft
from consult.answering.timetable import Due, boxed, due
from consult.consultations.models import Consultation
from consult.correspondence import actions
from consult.domain import lifecycle, more_time
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.results import actions as results
from consult.results import export
from tests.accounts.factories import sign_in
from tests.answering.crowd import make_crowd
from tests.answering.factories import CLOSES, NOW, make_open
from tests.answering.test_answering import fill, send
from tests.client import StrictClient
from tests.invitations.guests import invite

SECRET = "only for tests"
CLOSING = lifecycle.day_of(CLOSES)
HOUR = timedelta(hours=1)


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def asked(consultation: Consultation, now: datetime = NOW):
    return actions.ask_for_format(what="braille", details="", reach="me", consultation=consultation, now=now)


def sent(request, now: datetime):
    actions.settle_format_request(request, state="sent", notes="", by=None, now=now)
    db.session.commit()


@pytest.fixture
def phones(database, clock):
    clock.set(NOW)
    return make_open(equality=False)


# By how much


@pytest.mark.parametrize(
    ("due_on", "sent_on", "expected"),
    [
        (CLOSING - timedelta(days=10), CLOSING - timedelta(days=10), None),
        (CLOSING - timedelta(days=10), CLOSING - timedelta(days=7), CLOSING + timedelta(days=3)),
        (CLOSING - timedelta(days=10), CLOSING + timedelta(days=2), CLOSING + timedelta(days=14)),
        (CLOSING + timedelta(days=9), CLOSING, None),
        (CLOSING + timedelta(days=9), CLOSING + timedelta(days=4), CLOSING + timedelta(days=8)),
        (CLOSING, CLOSING + timedelta(days=99), CLOSING + timedelta(days=99) + more_time.MOST),
    ],
)
def test_a_late_format_gives_as_many_days_as_it_was_late(due_on, sent_on, expected):
    assert more_time.until(due_on=due_on, closes_on=CLOSING, sent_on=sent_on) == expected


def test_a_code_is_the_same_for_all_with_that_day_and_good_for_nothing_else():
    code = more_time.code(SECRET, 7, CLOSING)
    assert code == more_time.code(SECRET, 7, CLOSING)
    assert more_time.read(SECRET, 7, code) == CLOSING == more_time.read(SECRET, 7, f" {code.upper()} ")
    later = f"{CLOSING + timedelta(days=30):%Y%m%d}{code[8:]}"
    for consultation, secret, given in (
        (8, SECRET, code),
        (7, "another", code),
        (7, SECRET, later),
        (7, SECRET, code[:-1]),
        (7, SECRET, "20261399-aaaa-aaaa-aaaa"),
        (7, SECRET, "99999999999-aaaa"),
        (7, SECRET, "٢٠٢٦١٢٢٣-aaaa-aaaa-aaaa"),
        (7, SECRET, ""),
    ):
        assert more_time.read(secret, consultation, given) is None


# What the last count waits for


def test_the_last_count_waits_for_whoever_asked_in_time_until_it_is_sent_or_cannot_be(phones):
    request, after = asked(phones), CLOSES + timedelta(days=20)
    assert phones.format_awaited and not lifecycle.answers_over(phones, after)
    actions.settle_format_request(request, state="in_hand", notes="", by=None, now=after)
    assert not lifecycle.answers_over(phones, after)
    with pytest.raises(Rejected):
        actions.settle_format_request(request, state="closed", notes="", by=None, now=after)
    actions.settle_format_request(request, state="cannot", notes="", by=None, now=after)
    assert lifecycle.answers_over(phones, after) and phones.extended_until is None


def test_whoever_asks_after_closing_holds_nothing_back(phones):
    request = asked(phones, CLOSES + timedelta(minutes=1))
    assert not phones.format_awaited
    sent(request, CLOSES + timedelta(days=40))
    assert (request.more_time_until, phones.extended_until) == (None, None)


def test_one_of_two_that_is_sent_does_not_end_the_waiting_for_the_other(phones):
    first, second = asked(phones), asked(phones)
    sent(first, NOW)
    assert phones.format_awaited and first.more_time_until is None
    sent(second, NOW)
    assert not phones.format_awaited


def test_the_latest_day_given_stands_whatever_is_given_after_it(phones):
    first, second = asked(phones), asked(phones, CLOSES - timedelta(hours=3))
    sent(first, CLOSES + timedelta(days=3))
    latest = phones.extended_until
    assert latest == more_time.moment(first.more_time_until)
    sent(second, CLOSES + timedelta(days=4))
    assert second.more_time_until < first.more_time_until and phones.extended_until == latest


def test_nobody_gets_more_time_once_the_last_answers_may_be_counted(phones):
    request, after = asked(phones), CLOSES + timedelta(days=2)
    actions.settle_format_request(request, state="cannot", notes="", by=None, now=after)
    actions.settle_format_request(request, state="in_hand", notes="", by=None, now=after)
    assert not phones.format_awaited
    sent(request, after + timedelta(days=30))
    assert phones.extended_until is None and lifecycle.answers_over(phones, after)


def test_one_that_was_marked_sent_by_mistake_is_still_late_when_it_is_sent(phones):
    request = asked(phones)
    sent(request, NOW)
    actions.settle_format_request(request, state="in_hand", notes="", by=None, now=NOW)
    assert phones.format_awaited
    sent(request, CLOSES + timedelta(days=1))
    assert request.more_time_until is not None


def test_a_withdrawn_one_gives_nobody_more_time(phones):
    request = asked(phones)
    phones.withdrawn_at, phones.withdrawn_answers = NOW, "kept"
    sent(request, CLOSES + timedelta(days=5))
    assert phones.extended_until is None


def the_box(session):
    (found,) = boxed(session)
    return found


def test_the_box_is_swept_daily_and_never_for_good_before_the_last_extension_has_passed(phones, clock):
    clock.set(NOW)
    jobs.settle_what_is_due()
    request = asked(phones)
    db.session.commit()
    options = {"at": time(3), "zone": ZoneInfo("Europe/London")}
    late = CLOSES + timedelta(days=3)
    assert due(the_box(db.session), late, **options) is Due.SWEEP
    sent(request, late)
    end = lifecycle.final_settling_at(more_time.moment(request.more_time_until))
    box = the_box(db.session)
    assert not box.over(end - timedelta(seconds=1)) and box.over(end)
    assert due(box, end - timedelta(hours=2), **options) is Due.SWEEP
    assert due(box, end + timedelta(minutes=1), **options) is None
    assert due(box, end + timedelta(minutes=3), **options) is Due.LAST_SWEEP


def test_nothing_is_published_exported_or_reported_before_it_has_passed(database, clock):
    crowd = make_crowd()
    clock.set(NOW)
    jobs.settle_what_is_due()
    crowd.send(30)
    consultation = db.session.get_one(Consultation, crowd.consultation_id)
    request = asked(consultation)
    db.session.commit()

    def refused(now: datetime) -> None:
        clock.set(now)
        jobs.settle_what_is_due()
        db.session.expire_all()
        assert db.session.scalar(select(Box.stage)) == "open"
        with pytest.raises(NotNow):
            results.publish(consultation, by=None, now=now)
        with pytest.raises(NotNow):
            lifecycle.report(consultation, now)
        with pytest.raises(NotNow):
            export.refuse_raw(consultation, now=now, least=10, production=True)

    refused(CLOSES + timedelta(hours=5))
    refused(CLOSES + timedelta(days=2))
    sent(request, CLOSES + timedelta(days=2))
    until = more_time.moment(request.more_time_until)
    refused(until - HOUR)
    refused(until + HOUR / 2)
    over = until + 2 * HOUR
    clock.set(over)
    jobs.settle_what_is_due()
    consultation = db.session.get_one(Consultation, crowd.consultation_id)
    assert queries.responses(db.session, consultation.id) == 30
    export.refuse_raw(consultation, now=over, least=10, production=True)
    assert lifecycle.report(consultation, over).state == "reported"
    assert results.publish(consultation, by=None, now=over).number == 1


# Who may begin


def link(consultation: Consultation, day: date) -> str:
    return f"/consultations/{consultation.slug}/more-time/{more_time.code(SECRET, consultation.id, day)}"


@pytest.fixture
def late(phones, clock):
    """Closed two days ago; somebody was sent their format today."""
    request = asked(phones)
    clock.set(CLOSES + timedelta(days=2))
    sent(request, CLOSES + timedelta(days=2))
    return link(phones, request.more_time_until), request.more_time_until


def drafts() -> int:
    return len(db.session.scalars(select(Draft.id)).all())


def test_with_the_link_somebody_begins_after_closing_and_without_it_nobody_does(app, late):
    address, _day = late
    stranger = StrictClient(app)
    assert "closed" in stranger.page("/consultations/phones/answer").text
    assert stranger.post("/consultations/phones/answer").status_code == 409
    assert drafts() == 0
    holder = StrictClient(app)
    page = holder.page(address)
    assert "You have more time" in page.text and page.all("form")[-1].get("action") == address
    assert holder.post(address).status_code == 303
    assert drafts() == 1


def test_a_made_up_link_is_not_found_and_one_for_a_day_nobody_was_given_lets_nobody_in(app, phones, late):
    address, day = late
    client = StrictClient(app)
    wrong = address[:-1] + ("a" if address[-1] != "a" else "b")
    assert client.get(wrong).status_code == 404 and client.post(wrong).status_code == 404
    beyond = link(phones, day + timedelta(days=1))
    assert "You have more time" not in client.page(beyond).text
    assert client.post(beyond).status_code == 409
    assert drafts() == 0


def test_after_its_last_day_the_link_lets_nobody_begin_but_what_is_begun_has_its_hour(app, late, clock):
    address, day = late
    begun, tardy = StrictClient(app), StrictClient(app)
    clock.set(more_time.moment(day) - timedelta(seconds=1))
    first = begun.post(address).headers["Location"]
    clock.set(more_time.moment(day))
    assert tardy.post(address).status_code == 409
    form = begun.page(first).all("form")[0]
    token = next(one.get("value") for one in form.all("input") if one.get("name") == "token")
    clock.set(more_time.moment(day) + timedelta(minutes=59))
    assert begun.post(first, {"token": token, "how": "easy"}).status_code == 303
    clock.set(more_time.moment(day) + timedelta(minutes=60))
    assert begun.post(first, {"token": token, "how": "easy"}).status_code == 409


def test_answers_begun_before_closing_by_somebody_else_end_with_the_usual_hour(app, phones, clock):
    request = asked(phones)
    db.session.commit()
    client = StrictClient(app)
    first = client.post("/consultations/phones/answer").headers["Location"]
    form = client.page(first).all("form")[0]
    token = next(one.get("value") for one in form.all("input") if one.get("name") == "token")
    sent(request, CLOSES + timedelta(days=2))
    clock.set(CLOSES + timedelta(days=2))
    assert client.post(first, {"token": token, "how": "easy"}).status_code == 409
    held = client.post(link(phones, request.more_time_until), {})
    assert held.status_code in (200, 303)
    if held.status_code == 303:
        first = held.headers["Location"]
        form = client.page(first).all("form")[0]
        token = next(one.get("value") for one in form.all("input") if one.get("name") == "token")
    assert client.post(first, {"token": token, "how": "easy"}).status_code == 303


def test_what_was_begun_before_closing_is_given_the_time_and_keeps_its_answers(app, phones, clock):
    request = asked(phones)
    db.session.commit()
    client = StrictClient(app)
    first = client.post("/consultations/phones/answer").headers["Location"]
    form = client.page(first).all("form")[0]
    token = next(one.get("value") for one in form.all("input") if one.get("name") == "token")
    assert client.post(first, {"token": token, "how": "easy"}).status_code == 303
    sent(request, CLOSES + timedelta(days=2))
    clock.set(CLOSES + timedelta(days=2))
    page = client.post(link(phones, request.more_time_until), {})
    assert page.status_code == 200 and "already started" in page.get_data(as_text=True)
    assert client.post(first, {"token": token, "how": "hard"}).status_code == 303
    assert drafts() == 1


def test_a_pause_and_a_withdrawal_stop_those_with_more_time_as_well(app, phones, late):
    address, _day = late
    for change in ({"paused_at": NOW}, {"paused_at": None, "withdrawn_at": NOW, "withdrawn_answers": "kept"}):
        for name, value in change.items():
            setattr(phones, name, value)
        db.session.commit()
        client = StrictClient(app)
        assert client.get(address).status_code == 200
        assert client.post(address).status_code == 409
    assert drafts() == 0


def test_an_invitation_is_still_needed_where_only_invited_people_answer(app, phones, late):
    address, _day = late
    phones.invited_only = True
    db.session.commit()
    client = StrictClient(app)
    assert client.post(address).status_code == 403
    page = client.page(address)
    assert "Only people we invited can answer" in page.text and page.all("form")[-1].get("action") == "/i"
    assert drafts() == 0


def test_whoever_is_invited_and_was_given_more_time_needs_both(app, phones, late):
    address, _day = late
    phones.invited_only = True
    db.session.commit()
    guest = invite(phones.id, parts=("North",))[0]
    code = address.rpartition("/")[2]
    client = StrictClient(app)
    assert "closed" in client.page(guest.link).text and client.post(guest.link).status_code == 409
    assert client.post(f"{guest.link}?more_time={code[:-1]}x").status_code == 409
    to = client.get("/i", query_string={"link": f"http://localhost{guest.link}", "more_time": code})
    assert (to.status_code, to.headers["Location"]) == (303, f"{guest.link}?more_time={code}")
    form = client.page(to.headers["Location"]).all("form")[-1]
    assert form.get("action") == f"{guest.link}?more_time={code}"
    assert client.post(form.get("action")).status_code == 303 and drafts() == 1
    for nonsense in ("", "nothing", "x" * 600, "/i/../staff", "https://example.org/"):
        assert client.get("/i", query_string={"link": nonsense, "more_time": code}).status_code == 404


def test_nothing_of_it_reaches_the_ballot(app, late, monkeypatch):
    address, day = late
    sealed: list[str] = []
    real = drop.seal.seal_ballot

    def seal_ballot(key: bytes, payload: object) -> bytes:
        sealed.append(repr(payload))
        return real(key, payload)

    jobs.settle_what_is_due()
    monkeypatch.setattr(drop.seal, "seal_ballot", seal_ballot)
    client = StrictClient(app)
    assert client.post(address).status_code == 303
    fill(client, "p1", how="easy")
    fill(client, "p3", what="a")
    assert send(client).status_code == 303 and drafts() == 0
    (said,) = sealed
    assert "easy" in said and str(day.year) not in said and "more" not in said


def test_the_link_names_nobody_and_is_kept_by_no_cache(app, late):
    response = StrictClient(app).get(late[0])
    assert "no-store" in response.headers["Cache-Control"] and "Set-Cookie" not in response.headers


@pytest.mark.parametrize("language", ["pl", "ar", "ro", "cy", "ur"])
def test_it_is_said_in_every_language(app, late, language):
    page = StrictClient(app).page(f"/{language}{late[0]}")
    assert "You have more time" not in page.text and "Everybody who has until" not in page.text


def test_staff_are_given_the_link_when_they_say_that_it_was_sent(app, phones, clock, editor):
    editor.memberships[0].group_id = phones.group_id
    request = asked(phones)
    now = CLOSES + timedelta(days=2)
    clock.set(now)
    client = sign_in(app, editor)
    path = f"/staff/formats/{request.id}"
    assert "This is late" in client.page(path).text
    response = client.post(path, {"state": "sent", "notes": ""})
    assert (response.status_code, response.headers["Location"]) == (303, path)
    db.session.refresh(request)
    assert link(phones, request.more_time_until) in client.page(path).text
