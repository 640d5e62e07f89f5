"""Letters with a link while the post is slow or refuses, and what must not outlive a change of hands."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from consult import clock as site_clock
from consult.accounts import actions, jobs
from consult.accounts.models import Account, AccountLetter, StaffEvent
from consult.accounts.routes import letters
from consult.extensions import db
from consult.jobs.failures import Refused
from consult.storage import writing
from tests.accounts.factories import make_person, sign_in
from tests.accounts.test_second_factor import sent
from tests.accounts.test_signing_in import token

pytestmark = pytest.mark.sqlite


def invited(by: Account | None = None) -> Account:
    person = make_person("editor")
    actions.invite(person, by=by or make_person("administrator"), now=site_clock.now())
    db.session.commit()
    return person


def test_nobody_waits_for_the_post(app, database, clock, monkeypatch):
    invited()

    class Slow:
        def send(self, **_words: str) -> None:
            with writing(), db.engine.connect() as another:
                another.execute(text("PRAGMA busy_timeout=100"))
                another.execute(text("UPDATE accounts SET name = name"))
                another.commit()

    monkeypatch.setattr(jobs, "post_of", lambda _settings: Slow())
    assert jobs.send_letters() == 1 and jobs.send_letters() == 0


def test_a_letter_that_came_back_is_told_in_the_log_and_tried_no_more(app, database, clock, monkeypatch):
    person = invited()

    class Refusing:
        def send(self, **_words: str) -> None:
            raise Refused("no such mailbox")

    monkeypatch.setattr(jobs, "post_of", lambda _settings: Refusing())
    assert jobs.send_letters() == 0 and not db.session.query(AccountLetter).count()
    [told] = db.session.query(StaffEvent).filter(StaffEvent.note.contains("came back")).all()
    assert told.account_id is None and person.email in told.thing


def test_an_invitation_is_shown_sent_again_and_withdrawn(app, client, database, clock, capsys):
    chief = make_person("administrator")
    person, browser = invited(chief), sign_in(app, chief)
    page = f"/staff/accounts/{person.id}"
    assert "waits to be sent" in browser.page(page).text
    jobs.send_letters()
    first = sent(capsys)
    assert "A link was sent" in browser.page(page).text
    assert browser.post(f"{page}/invite").status_code == 303 and client.get(first).status_code == 404
    jobs.send_letters()
    second = sent(capsys)
    assert client.get(second).status_code == 200
    assert browser.post(f"{page}/invite/withdraw").status_code == 303 and client.get(second).status_code == 404
    assert browser.post(f"{page}/invite/withdraw").status_code == 409
    assert sign_in(app, make_person("editor")).post(f"{page}/invite/withdraw").status_code == 403


@pytest.mark.parametrize("act", [actions.lend_password, actions.disable_account])
def test_no_link_from_before_outlives_a_lent_password_or_a_disabled_account(app, database, clock, act):
    chief = make_person("administrator")
    person = invited(chief)
    act(person, by=chief, now=site_clock.now())
    assert not db.session.query(AccountLetter).count()


def test_asking_for_a_password_takes_the_same_time_for_everybody(client, database, clock, monkeypatch):
    make_person("editor", email="eva@example.org")
    db.session.commit()
    monkeypatch.setattr(letters, "ANSWERED_AFTER", 0.15)
    for email in ("eva@example.org", "nobody@example.org"):
        given = {"csrf_token": token(client), "email": email}
        begun = time.monotonic()
        assert client.post("/staff/forgotten", given).status_code == 303
        assert time.monotonic() - begun >= 0.15


# Handing over and the log


@pytest.mark.parametrize(
    ("leaving", "going_on", "both"),
    [(("ar",), ("pl",), ["ar", "pl"]), ((), ("pl",), None), (("ar",), (), None)],
)
def test_a_translator_s_languages_go_to_a_successor_who_translates_already(database, clock, leaving, going_on, both):
    leaver, successor = (make_person("translator", languages=one) for one in (leaving, going_on))
    actions.hand_over(leaver, successor, by=make_person("administrator"), now=site_clock.now())
    assert [one.languages for one in successor.memberships] == [both]


@pytest.mark.parametrize("asked", ["until=9999-12-31", "since=9999-12-31", "since=0001-01-01", "until=0001-01-01"])
def test_no_day_of_the_calendar_breaks_the_log(app, database, clock, asked):
    chief = sign_in(app, make_person("administrator"))
    assert [chief.get(f"/staff/log{end}?{asked}").status_code for end in ("", ".csv")] == [200, 200]


def test_a_day_of_twenty_five_hours_is_shown_to_its_end_and_wide_signs_are_no_formula(app, database, clock):
    chief = sign_in(app, make_person("administrator"))
    last_hour = datetime(2026, 10, 25, 23, 30, tzinfo=UTC)
    for moment, note in ((last_hour, "＝1+1"), (last_hour + timedelta(hours=1), "the day after")):
        actions.record(None, "make_backup", "everything", now=moment, note=note)
    db.session.commit()
    lines = chief.get("/staff/log.csv?since=2026-10-25&until=2026-10-25").text.splitlines()
    assert len(lines) == 2 and lines[1].endswith(",'＝1+1")
