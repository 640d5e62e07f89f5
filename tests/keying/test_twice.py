"""A batch keyed by two people: compared answer by answer, decided where they differ, the errors counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from consult.answering.models import Ballot, Comment, Response
from consult.domain.answers import Value, unpack
from consult.domain.equality import asked
from consult.extensions import db
from consult.keying import queries
from consult.keying.actions import forms
from consult.keying.models import Batch, KeyedForm
from tests.accounts.factories import sign_in
from tests.keying.factories import FORM, type_form, values_of
from tests.keying.test_keying import counted


@pytest.fixture
def both(app, office):
    """A batch of three that is keyed twice, and the browsers of the two."""
    batch = office.count(3, twice=True)
    return batch, sign_in(app, office.keyer), sign_in(app, office.second)


def form(number=1):
    db.session.rollback()
    return db.session.scalar(select(KeyedForm).where(KeyedForm.number == number))


def decide(browser, batch, number=1, **chosen):
    address = f"/staff/batches/{batch.id}/differences/{number}"
    return browser.post(address, {**values_of(browser.page(address)), **chosen})


def choices(**chosen):
    return {f"choose--{key}": value for key, value in chosen.items()}


def test_two_entries_alike_go_into_the_box_and_are_wiped(both, office):
    batch, first, second = both
    assert type_form(first, batch, **FORM).status_code == 303
    assert (form().stage, form().second) == ("once", None)
    assert forms.opened(batch, 1, form().first).answers["how"] == (Value(choice="hard"),)
    assert b"Too long" not in form().first
    assert not db.session.scalars(select(Ballot)).all()
    assert type_form(second, batch, **FORM).status_code == 303
    assert (form().stage, form().first, form().second) == ("counted", None, None)
    assert len(counted(office)) == 1
    one = queries.batch(batch.id)
    assert (one.compared, one.mismatches) == (1, {})


def test_whoever_comes_first_may_be_the_second_person(both):
    batch, first, second = both
    type_form(second, batch, **FORM)
    assert (form().first, form().stage) == (None, "once")
    type_form(first, batch, **FORM)
    assert form().stage == "counted"


def test_a_mismatch_is_listed_decided_and_counted(both, office):
    batch, first, second = both
    type_form(first, batch, **FORM)
    type_form(second, batch, **{**FORM, "days": "8", "why": "To long", "grid--r1": "2"})
    assert form().stage == "differs"
    listed = first.page(f"/staff/batches/{batch.id}/differences")
    assert "Form 1" in listed.text
    page = first.page(f"/staff/batches/{batch.id}/differences/1")
    assert {one.get("name") for one in page.all("input") if one.get("type") == "radio"} == set(
        choices(days="", grid="", why="")
    )
    assert "Too long" in page.text and "To long" in page.text
    undecided = decide(first, batch, **choices(days="first"))
    assert undecided.status_code == 422 and "Choose what the form says" in undecided.get_data(as_text=True)
    done = decide(first, batch, **choices(days="other", grid="second", why="first"), days="5")
    assert done.status_code == 303
    assert (form().stage, form().first, form().second) == ("counted", None, None)
    (response,) = counted(office)
    answers = unpack(response.answers)
    assert answers["days"][0].number == 5
    assert [(value.part, value.choice) for value in answers["grid"]] == [("r1", "bad"), ("r2", "bad")]
    assert [one.text for one in db.session.scalars(select(Comment))] == ["Too long"]
    one = queries.batch(batch.id)
    assert (one.compared, one.mismatches) == (1, {"days": 1, "grid": 1, "why": 1})
    answers = 6 + len(asked(None))
    assert f"3 of {answers} compared ({round(300 / answers, 1):g}%)" in sign_in_page(first, batch).text


def sign_in_page(browser, batch):
    return browser.page(f"/staff/batches/{batch.id}")


def test_an_answer_chosen_is_checked_like_one_typed(both, office):
    batch, first, second = both
    type_form(first, batch, **FORM)
    type_form(second, batch, **{**FORM, "days": "8"})
    wrong = decide(first, batch, **choices(days="other"), days="99")
    assert wrong.status_code == 422 and "Question 2:" in wrong.get_data(as_text=True)
    assert form().stage == "differs"


def test_where_another_way_is_chosen_what_it_asks_is_asked(app, database, clock):
    from tests.answering.factories import NOW, options, say
    from tests.keying.factories import make_office

    clock.set(NOW)
    gate = {"key": "gate", "kind": "single_choice", "text": say("Gate?"), "options": options("a", "b", "c")}
    then = {"key": "then", "kind": "yes_no", "text": say("Then?"), "required": True}
    definition = {
        "title": say("Two"),
        "languages": ["en", "pl", "ar"],
        "pages": [
            {"key": "p1", "title": say("One"), "questions": [gate]},
            {
                "key": "p2",
                "title": say("Two"),
                "show": {"when": "gate", "is": "any_of", "of": ["c"]},
                "questions": [then],
            },
        ],
    }
    office = make_office(definition=definition, slug="two", equality=False)
    batch = office.count(1, twice=True)
    first, second = sign_in(app, office.keyer), sign_in(app, office.second)
    type_form(first, batch, gate="1")
    type_form(second, batch, gate="2")
    address = f"/staff/batches/{batch.id}/differences/1"
    sent = {**values_of(first.page(address)), **choices(gate="other"), "gate": "3"}
    lacking = first.post(address, sent)
    assert lacking.status_code == 422 and "Question 2:" in lacking.get_data(as_text=True)
    done = first.post(address, {**sent, "more": "then", "then": "1"})
    assert done.status_code == 303
    (response,) = counted(office)
    assert {key: values[0].choice for key, values in unpack(response.answers).items()} == {"gate": "c", "then": "yes"}


def test_the_language_of_what_is_written_can_differ_too(both, office):
    batch, first, second = both
    type_form(first, batch, **FORM)
    type_form(second, batch, **FORM, language="pl")
    assert decide(first, batch, **choices(language="second")).status_code == 303
    assert [one.language for one in counted(office)] == ["pl"]


def test_empty_answers_agreed_on_stay_empty_and_unclear_ones_unclear(both, office):
    batch, first, second = both
    type_form(first, batch, how="?", days="3", what="-")
    type_form(second, batch, how="?", days="4", what="")
    assert decide(first, batch, **choices(days="second")).status_code == 303
    (response,) = counted(office)
    assert set(unpack(response.answers)) == {"days"}


def test_a_press_that_is_repeated_changes_nothing(both):
    batch, first, second = both
    address = f"/staff/batches/{batch.id}/key"
    for browser in (first, second):
        sent = {**values_of(browser.page(address)), **FORM}
        assert [browser.post(address, sent).status_code for _twice in range(3)] == [303] * 3
    assert len(db.session.scalars(select(Ballot)).all()) == 1
    type_form(first, batch, **FORM)
    type_form(second, batch, **{**FORM, "how": "1", "why": ""})
    decision = f"/staff/batches/{batch.id}/differences/2"
    sent = {**values_of(first.page(decision)), **choices(how="first", why="first")}
    assert [first.post(decision, sent).status_code for _twice in range(3)] == [303] * 3
    assert len(db.session.scalars(select(Ballot)).all()) == 2
    other = {**sent, "press": values_of(first.page(address))["press"]}
    assert first.post(decision, other).status_code == 409


def test_nobody_keys_a_batch_both_times(office, app):
    from consult.domain.errors import Rejected
    from consult.keying.actions import batches
    from tests.answering.factories import NOW

    batch = office.count(3, twice=True)
    people = {"first": [office.keyer.id], "second": [office.keyer.id]}
    with pytest.raises(Rejected):
        batches.choose_keyers(batch, **people, by=office.editor, now=NOW)
    type_form(sign_in(app, office.keyer), batch, **FORM)
    db.session.rollback()
    batch = db.session.get(Batch, batch.id)
    with pytest.raises(Rejected, match="begun to key it"):
        batches.choose_keyers(batch, first=[office.second.id], second=[office.keyer.id], by=office.editor, now=NOW)


def test_one_person_s_form_cannot_be_called_unreadable_by_the_other_but_by_an_editor(both, app, office):
    batch, first, second = both
    type_form(first, batch, **FORM)
    address = f"/staff/batches/{batch.id}/unreadable"
    assert second.post(address, {"unreadable": "1", "reason": "blank"}).status_code == 422
    assert form().stage == "once"
    assert sign_in(app, office.editor).post(address, {"unreadable": "1", "reason": "blank"}).status_code == 303
    assert (form().stage, form().first) == ("unreadable", None)


def test_the_page_of_a_batch_shows_no_answer_that_waits(both):
    batch, first, second = both
    type_form(first, batch, **{**FORM, "why": "Zebra crossing"})
    assert "Zebra" not in sign_in_page(first, batch).text + sign_in_page(second, batch).text
    page = second.page(f"/staff/batches/{batch.id}/key")
    assert "Zebra" not in page.text, "the second person does not see what the first keyed"
    assert not db.session.scalars(select(Response)).all()


def test_when_the_site_s_secret_changes_what_waits_is_keyed_again(app, both):
    batch, first, second = both
    type_form(first, batch, **FORM)
    type_form(first, batch, **FORM)
    type_form(second, batch, **{**FORM, "days": "9"})
    before = app.config["CONSULT"]
    app.config["CONSULT"] = replace(before, secret_key="another")
    address = f"/staff/batches/{batch.id}/differences/1"
    refused = first.get(address)
    assert refused.status_code == 409 and "can no longer be read" in refused.get_data(as_text=True)
    assert type_form(second, batch, **FORM, number="2").status_code == 303
    assert form(2).stage == "once" and form(2).first is None
    assert type_form(first, batch, **FORM, number="2").status_code == 303
    assert form(2).stage == "counted"
