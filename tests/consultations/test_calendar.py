"""What has a date is in the calendar, and a feed has nothing that is not public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from consult.consultations import actions
from consult.consultations.models import Consultation
from consult.domain.agenda import Date, What, dates_of
from consult.domain.lifecycle import Facts, State
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import CLOSES, NOW, OPENS, answer_check, make_approved, make_draft
from tests.engagement.factories import make_group

TITLE = "The title of phones"


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


def test_a_consultation_has_its_dates_and_the_day_by_which_it_is_answered():
    life = Facts(State.APPROVED, OPENS, CLOSES)
    assert list(dates_of(life, NOW, decision_on=date(2027, 2, 1))) == [
        Date(OPENS.date(), What.OPENS),
        Date(CLOSES.date(), What.CLOSES),
        Date(date(2027, 2, 1), What.DECIDED),
        Date(CLOSES.date() + timedelta(weeks=12), What.ANSWER),
    ]


def test_what_was_not_answered_in_time_is_late_until_it_is():
    after = CLOSES + timedelta(weeks=13)
    assert [one.late for one in dates_of(Facts(State.APPROVED, OPENS, CLOSES), after)] == [False, False, True]
    assert [one.what for one in dates_of(Facts(State.REPORTED, OPENS, CLOSES), after)] == [What.OPENS, What.CLOSES]


def test_a_draft_whose_day_has_passed_is_late_and_one_taken_down_has_no_dates():
    assert next(one.late for one in dates_of(Facts(State.DRAFT, OPENS, CLOSES), OPENS + timedelta(days=2)))
    assert not list(dates_of(Facts(State.APPROVED, OPENS, CLOSES, withdrawn_at=NOW), NOW))


def entries(client, path):
    response = client.get(path)
    assert response.mimetype == "text/calendar"
    return Calendar.from_ical(response.get_data()).walk("VEVENT")


def test_a_feed_has_what_is_public_and_nothing_of_drafts(client, editor, commissioner):
    make_approved("en", "pl", by=editor, approver=commissioner)
    answer_check(make_draft(by=editor, slug="secret"), by=editor)
    db.session.commit()
    found = entries(client, "/calendar.ics")
    assert [(str(one["summary"]), one["dtstart"].dt) for one in found] == [
        (f"{TITLE}: opens", OPENS.date()),
        (f"{TITLE}: closes", CLOSES.date()),
        (f"{TITLE}: answer due", CLOSES.date() + timedelta(weeks=12)),
    ]
    assert all("secret" not in str(one["uid"]) for one in found)
    assert len(entries(client, "/groups/purbeck/calendar.ics")) == 3
    assert f"{TITLE} (pl): koniec" in [str(one["summary"]) for one in entries(client, "/pl/calendar.ics")]
    assert client.get("/groups/nowhere/calendar.ics").status_code == 404


def test_a_feed_stays_the_same_while_nothing_changes(client, clock, editor, commissioner):
    make_approved(by=editor, approver=commissioner)
    db.session.commit()
    before = client.get("/calendar.ics").get_data()
    clock.set(NOW + timedelta(hours=3))
    assert client.get("/calendar.ics").get_data() == before


def test_staff_see_plans_decisions_and_what_is_late(app, clock, editor):
    draft = make_draft(by=editor)
    answer_check(draft, by=editor)
    said = actions.preparation(draft)
    assert said.decision_on is not None
    db.session.commit()
    shown = sign_in(app, editor).page("/staff/calendar").text
    assert "opens (planned)" in shown and "is decided" in shown and "Late" not in shown
    clock.set(OPENS + timedelta(days=2))
    assert "Late" in sign_in(app, editor).page("/staff/calendar").text


def test_everybody_sees_the_groups_they_work_for_alone(app, editor):
    make_draft(by=editor)
    stranger = make_person("editor", make_group("weymouth"))
    db.session.commit()
    assert TITLE not in sign_in(app, stranger).page("/staff/calendar").text
    assert TITLE not in sign_in(app, stranger).page("/staff/calendar?group=purbeck").text
    assert sign_in(app, make_person("promoter", make_group())).get("/staff/calendar").status_code == 403
    assert db.session.query(Consultation).count() == 1
