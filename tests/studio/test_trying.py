"""A draft is answered on trial as it would be asked; the answers are kept apart, never counted, and deleted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from consult.answering.models import Ballot, Draft, Response
from consult.consultations import actions as consultations
from consult.extensions import db
from consult.studio.actions import link as actions
from consult.studio.actions.try_out import delete_trials
from consult.studio.jobs import sweep_trials
from consult.studio.models import ReviewLink, TrialAnswers
from tests.accounts.factories import sign_in
from tests.consultations.factories import CATALOGUES, NOW, OPENS, make_definition, make_draft, send

STAFF = "/staff/consultations/phones"


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    made = make_draft("en", "pl", by=editor)
    definition = make_definition("en", "pl")
    definition["pages"][0]["questions"][0]["required"] = True
    definition["pages"][1]["questions"].append(
        {"key": "name", "kind": "short_text", "text": {"en": "Your name?", "pl": "Imię?"}, "personal": True}
    )
    consultations.save_definition(made, definition=definition, by=editor, now=NOW)
    return made


@pytest.fixture
def code(draft, editor):
    _link, made = actions.make_link(draft, purpose="try", label="", days=21, by=editor, now=NOW)
    db.session.commit()
    return made


def carried(answer):
    """The hidden fields of a page."""
    return {name: re.search(f'name="{name}" value="([^"]*)"', answer.text)[1] for name in ("so-far", "at-page")}


def trials():
    return list(db.session.scalars(db.select(TrialAnswers)))


def try_it(client, code, how="hard", **end):
    page = client.post(f"/try/{code}")
    page = client.post(f"/try/{code}", {**carried(page), "how": how})
    if how == "hard":
        page = client.post(f"/try/{code}", {**carried(page), "why": "Busy", "name": "Ada"})
    assert "what do you think?" in page.text
    return client.post(f"/try/{code}/send", {**carried(page), **end})


def test_pages_come_as_the_answers_lead_and_nothing_is_kept_before_the_end(draft, code, client):
    start = client.get(f"/try/{code}")
    assert start.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in start.headers
    first = client.post(f"/try/{code}")
    assert "How easy is it to phone us?" in first.text
    missing = client.post(f"/try/{code}", carried(first))
    assert missing.status_code == 422 and "There is a problem" in missing.text
    second = client.post(f"/try/{code}", {**carried(missing), "how": "hard"})
    assert "What makes it hard?" in second.text
    back = client.post(f"/try/{code}", {**carried(second), "why": "Busy", "go-back": "1"})
    assert re.search('value="hard"[^>]* checked', back.text), "what was said is still there"
    end = client.post(f"/try/{code}", {**carried(back), "how": "easy"})
    assert "what do you think?" in end.text, "the second page is asked of nobody who finds it easy"
    polish = client.post(f"/pl/try/{code}", {**carried(first), "how": "hard", "same-page": "1"})
    assert "(pl)" in polish.text and re.search('value="hard"[^>]* checked', polish.text)
    assert trials() == []


def test_answers_are_kept_apart_without_names_and_without_a_clock(draft, code, client, clock):
    page = client.post(f"/try/{code}")
    page = client.post(f"/try/{code}", {**carried(page), "how": "hard"})
    clock.set(NOW + timedelta(minutes=7))
    page = client.post(f"/try/{code}", {**carried(page), "why": "Busy", "name": "Ada"})
    assert 'value="7"' in page.text, "the minutes since it was begun stand in the box"
    wrong = client.post(f"/try/{code}/send", {**carried(page), "minutes": "seven"})
    assert wrong.status_code == 422 and "such as 12" in wrong.text
    sent = client.post(f"/try/{code}/send", {**carried(wrong), "minutes": "9", "remark": "Hard <b>"})
    assert sent.status_code == 303 and client.get(sent.location).status_code == 200
    (kept,) = trials()
    assert kept.answers == {"how": [["", "hard"]], "why": [["", None, None, "Busy"]]}
    assert (kept.minutes, kept.remark, kept.day, kept.language) == (9, "Hard <b>", NOW.date(), "en")
    for model in (Draft, Ballot, Response):
        assert db.session.scalar(db.select(db.func.count()).select_from(model)) == 0


def test_staff_see_counts_and_each_trial(app, draft, editor, code, client):
    try_it(client, code, minutes="3", remark="Hm")
    try_it(client, code, how="easy", minutes="5")
    shown = sign_in(app, editor).page(f"{STAFF}/trials").text
    assert "Tried out by 2" in shown and "Asked of 2, answered by 2." in shown and "Asked of 1, answered by 1." in shown
    assert "Easy: 1" in shown and "Hard: 1" in shown and "Busy" in shown and "from 3 to 5" in shown


def test_a_form_that_was_changed_or_belongs_to_another_link_is_refused(draft, editor, code, client):
    sealed = carried(client.post(f"/try/{code}"))
    _link, other = actions.make_link(draft, purpose="try", label="", days=1, by=editor, now=NOW)
    db.session.commit()
    for path, so_far in ((f"/try/{code}", "x"), (f"/try/{code}", "é"), (f"/try/{other}", sealed["so-far"])):
        assert client.post(path, {**sealed, "so-far": so_far, "how": "easy"}).status_code == 409
        assert client.post(f"{path}/send", {"so-far": so_far}).status_code == 409
    assert try_it(client, code, **{"web-site": "https://example.org"}).status_code == 303
    assert trials() == []


def test_they_are_deleted_when_it_opens(app, draft, editor, commissioner, code, client, clock):
    try_it(client, code)
    send(draft, by=editor)
    consultations.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    db.session.commit()
    clock.set(OPENS - timedelta(seconds=1))
    assert sweep_trials() == 0 and len(trials()) == 1
    clock.set(OPENS)
    assert client.post(f"/try/{code}").status_code == 410
    assert "Nobody has tried it out" in sign_in(app, editor).get(f"{STAFF}/trials").text
    assert sweep_trials() == 1 and trials() == []


def test_they_are_deleted_when_the_link_is_ended_and_long_after_it_expired(draft, editor, code, client):
    try_it(client, code)
    link = db.session.scalars(db.select(ReviewLink)).one()
    assert delete_trials(link.expires_at + timedelta(days=89)) == 0
    assert delete_trials(link.expires_at + timedelta(days=90)) == 1
    db.session.rollback()
    actions.end_link(link, by=editor, now=NOW)
    assert trials() == []


def test_a_page_that_was_removed_while_somebody_tried_leads_on(draft, editor, code, client):
    page = client.post(f"/try/{code}")
    page = client.post(f"/try/{code}", {**carried(page), "how": "hard"})
    definition = make_definition("en", "pl")
    del definition["pages"][1]
    consultations.save_definition(draft, definition=definition, by=editor, now=NOW)
    db.session.commit()
    again = client.post(f"/try/{code}", {**carried(page), "why": "Busy"})
    assert again.status_code == 200 and "How easy is it" in again.text
