"""Staff settle requests of their own groups, and of nobody's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.accounts.work import steps
from consult.correspondence import actions
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_approved
from tests.engagement.factories import make_group


@pytest.fixture
def wish(clock, editor, commissioner):
    clock.set(NOW)
    consultation = make_approved(by=editor, approver=commissioner)
    made = actions.ask_for_format(
        what="braille", details="<b>Grade 2", reach="12 High Street", consultation=consultation, now=NOW
    )
    db.session.commit()
    return made


def test_the_list_says_what_is_due_and_what_is_late(app, clock, wish, editor):
    client = sign_in(app, editor)
    assert "overdue" not in client.page("/staff/formats").text
    clock.set(NOW + timedelta(days=30))
    assert "overdue" in client.page("/staff/formats").text


def test_editors_settle_commissioners_look_and_strangers_do_neither(app, wish, editor, commissioner):
    stranger = make_person("editor", make_group("mid", "Mid Dorset"))
    db.session.commit()
    path = f"/staff/formats/{wish.id}"
    for person, see, settle in ((stranger, 403, 403), (commissioner, 200, 403), (editor, 200, 303)):
        client = sign_in(app, person)
        assert client.get(path).status_code == see
        assert client.post(path, {"state": "in_hand", "notes": "Ordered."}).status_code == settle
    assert client.post(path, {"state": "lost"}).status_code == 422
    db.session.expire_all()
    assert (wish.state, wish.notes) == ("in_hand", "Ordered.")
    client = sign_in(app, stranger)
    assert "Braille" not in client.page("/staff/formats").text


def test_one_that_names_no_consultation_is_everybodys(app, clock, database):
    clock.set(NOW)
    made = actions.ask_for_format(what="audio", details="", reach="x", consultation=None, now=NOW)
    stranger = make_person("editor", make_group("mid", "Mid Dorset"))
    db.session.commit()
    client = sign_in(app, stranger)
    assert "Audio" in client.page("/staff/formats").text
    assert client.post(f"/staff/formats/{made.id}", {"state": "closed"}).status_code == 303
    assert "Deleted when the request was closed" in client.page(f"/staff/formats/{made.id}").text


def test_my_work_lists_it_by_its_due_date_for_those_who_may_settle_it(app, wish, editor, commissioner):
    with app.test_request_context("/staff/"):
        assert [(step.kind, step.due) for step in steps(editor, NOW)] == [("format", wish.due_on)]
        assert steps(commissioner, NOW) == []


def test_the_respondent_is_asked_to_sign_in(client, wish):
    for path in ("/staff/formats", f"/staff/formats/{wish.id}"):
        assert client.get(path).status_code == 303
