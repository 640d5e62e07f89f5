"""Anybody can ask for another format, it falls due, and nothing leads from it to an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from consult import create_app, limits
from consult.correspondence import actions, queries
from consult.correspondence.models import FormatRequest
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from tests.client import StrictClient
from tests.conftest import settings_for
from tests.consultations.factories import OPENS, make_approved

FRIDAY = datetime(2026, 11, 27, 18, 30, 59, tzinfo=UTC)
GOOD = {"what": "braille", "details": "Grade 2", "reach": "12 High Street, Wareham"}


def kept(database):
    return database.query(FormatRequest).all()


def test_anybody_can_ask_from_any_page_without_an_account(client, clock, database):
    clock.set(FRIDAY)
    address = "/formats"
    assert address in [one.get("href") for one in client.page("/").all("footer")[0].all("a")]
    response = client.post(address, GOOD)
    assert (response.status_code, response.headers["Location"]) == (303, "/formats/thanks")
    assert client.get("/formats/thanks").status_code == 200
    (wish,) = kept(database)
    assert (wish.what, wish.reach, wish.state, wish.consultation_id) == ("braille", GOOD["reach"], "asked", None)
    assert "Set-Cookie" not in response.headers


def test_it_is_due_ten_working_days_later(client, clock, database):
    clock.set(FRIDAY)
    client.post("/formats", GOOD)
    assert kept(database)[0].due_on == date(2026, 12, 11)


def test_it_remembers_the_consultation_it_is_about(client, clock, database, editor, commissioner):
    consultation = make_approved(by=editor, approver=commissioner)
    db.session.commit()
    clock.set(OPENS)
    address = "/formats?consultation=phones"
    assert address in [one.get("href") for one in client.page("/consultations/phones").all("a")]
    page = client.page(address)
    assert "The title of phones" in page.text
    assert page.all("form")[0].get("action") == address
    client.post(address, GOOD)
    assert kept(database)[0].consultation_id == consultation.id


@pytest.mark.parametrize("slug", ["nothing", "", "x" * 900, "%00", "../.."])
def test_an_unknown_consultation_is_no_reason_to_refuse(client, clock, database, slug):
    clock.set(FRIDAY)
    assert client.get(f"/formats?consultation={slug}").status_code == 200
    assert client.post(f"/formats?consultation={slug}", GOOD).status_code == 303
    assert kept(database)[0].consultation_id is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what": ""}, "Choose what you need"),
        ({"what": "telepathy"}, "Choose from the answers shown"),
        ({"reach": "  "}, "Say how we can reach you"),
        ({"what": "language", "details": ""}, "Say which language or format you need"),
        ({"what": "other", "details": "\x00\x01"}, "Say which language or format you need"),
        ({"details": "x" * 2_001}, "Shorten this"),
        ({"reach": "x" * 501}, "Shorten this"),
    ],
)
def test_what_cannot_be_used_is_shown_again_with_a_message_and_nothing_lost(client, clock, database, change, words):
    clock.set(FRIDAY)
    response = client.post("/formats", {**GOOD, **change})
    text = response.get_data(as_text=True)
    assert response.status_code == 422 and words in text and "<title>Error:" in text
    if "reach" not in change:
        assert GOOD["reach"] in text
    assert kept(database) == []


def test_odd_characters_do_no_harm(client, clock, database):
    clock.set(FRIDAY)
    assert (
        client.post("/formats", {**GOOD, "reach": "a\x00b\ud800<script>".encode("utf-8", "surrogatepass")}).status_code
        < 500
    )
    assert client.post("/formats", {"what": "braille", "reach": "x" * 3_000_000}).status_code in (413, 422)


def test_it_knows_a_day_and_a_random_number_and_nothing_that_an_answer_knows():
    columns = {one.name: one for one in FormatRequest.__table__.columns}
    assert {name for name, one in columns.items() if "date" in str(one.type).lower()} == {
        "asked_on",
        "due_on",
        "closed_on",
        "sent_on",
        "more_time_until",
    }
    assert all("TIME" not in str(one.type).upper() for one in columns.values())
    assert [str(key.target_fullname) for key in FormatRequest.__table__.foreign_keys] == ["consultations.id"]


def test_numbers_say_nothing_about_order(database):
    made = [
        actions.ask_for_format(what="audio", details="", reach=str(number), consultation=None, now=FRIDAY).id
        for number in range(20)
    ]
    assert made != sorted(made) and min(made) > 20


def test_closing_it_forgets_how_to_reach_the_person(database):
    wish = actions.ask_for_format(what="audio", details="", reach="me@example.org", consultation=None, now=FRIDAY)
    actions.settle_format_request(wish, state="sent", notes="Posted.", by=None, now=FRIDAY)
    assert wish.reach == "me@example.org"
    actions.settle_format_request(wish, state="closed", notes="Arrived.", by=None, now=FRIDAY)
    assert (wish.reach, wish.closed_on, wish.notes) == ("", FRIDAY.date(), "Arrived.")
    with pytest.raises(NotNow):
        actions.settle_format_request(wish, state="asked", notes="", by=None, now=FRIDAY)


def test_states_are_the_four_and_numbers_that_do_not_exist_are_missing(database):
    wish = actions.ask_for_format(what="audio", details="", reach="x", consultation=None, now=FRIDAY)
    with pytest.raises(Rejected):
        actions.settle_format_request(wish, state="lost", notes="", by=None, now=FRIDAY)
    for number in (0, 1, 2**63, 10**40):
        with pytest.raises(Missing):
            queries.format_request(number)


def test_open_requests_stand_first_by_due_date(database):
    late = actions.ask_for_format(what="audio", details="", reach="x", consultation=None, now=FRIDAY)
    early = actions.ask_for_format(
        what="audio", details="", reach="x", consultation=None, now=datetime(2026, 11, 1, tzinfo=UTC)
    )
    done = actions.ask_for_format(
        what="audio", details="", reach="x", consultation=None, now=datetime(2026, 10, 1, tzinfo=UTC)
    )
    actions.settle_format_request(done, state="closed", notes="", by=None, now=FRIDAY)
    assert queries.format_requests(None) == [early, late, done]
    assert queries.unsettled() == [early, late]


def test_a_flood_from_one_place_is_stopped_and_others_still_get_through(app, clock):
    clock.set(FRIDAY)
    ours = app.config["CONSULT"]
    limited = create_app(settings_for(ours.instance, CONSULT_RATE_LIMITS="on", CONSULT_DATABASE_URL=ours.database_url))
    client = StrictClient(limited)
    here = {"REMOTE_ADDR": "192.0.2.7"}
    allowed = int(limits.WRITE_TO_US.partition("/")[0])
    statuses = [client.post("/formats", GOOD, environ_base=here).status_code for _ in range(allowed + 1)]
    assert statuses == [303] * allowed + [429]
    assert client.post("/formats", GOOD, environ_base={"REMOTE_ADDR": "192.0.2.8"}).status_code == 303


def test_another_website_cannot_send_it(client, clock, database):
    clock.set(FRIDAY)
    assert client.post("/formats", GOOD, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert kept(database) == []
