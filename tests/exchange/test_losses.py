"""What could not be brought in is kept, told in every form, and accepted by somebody before anything is published."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select

from consult.accounts.models import StaffEvent
from consult.consultations import actions
from consult.consultations.queries import by_slug
from consult.domain.errors import NotNow
from consult.exchange import actions as bringing
from consult.exchange import queries
from consult.exchange.xlsform import read_xlsform
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import CATALOGUES, NOW, make_draft, send
from tests.engagement.factories import make_group
from tests.exchange.workbooks import workbook

REPORT = "/staff/consultations/phones/import/report"
ACCEPT = "/staff/consultations/phones/import/accept"
LOSSY = [["type", "name", "label"], ["text", "why", "Why?"], ["geopoint", "@where", "Where?"]]
WHOLE = [["type", "name", "label"], ["integer", "many", "How many?"]]
SENTENCE = "Nobody has accepted yet what could not be brought in from “form.xlsx”."


@pytest.fixture
def editor(database, clock):
    clock.set(NOW)
    return make_person("editor", make_group())


@pytest.fixture
def draft(editor):
    made = make_draft(by=editor)
    db.session.commit()
    return made


def bring(draft, editor, survey):
    imported = read_xlsform(workbook(survey=survey, settings=[["form_title"], ["Form"]]), "form.xlsx")
    folder = Path(current_app.config["CONSULT"].files)
    return bringing.bring_in(draft, imported=imported, filename="form.xlsx", folder=folder, by=editor, now=NOW)


def lacking(draft):
    return actions.lacking(draft, now=NOW, catalogues=CATALOGUES)


def test_losses_that_nobody_accepted_keep_a_consultation_from_review_and_approval(draft, editor):
    assert lacking(draft) == []
    brought = bring(draft, editor, LOSSY)
    assert lacking(draft) == [SENTENCE]
    with pytest.raises(NotNow, match="Nobody has accepted"):
        send(draft, by=editor, now=NOW)
    bringing.accept(brought, by=editor, now=NOW)
    assert lacking(draft) == []
    send(draft, by=editor, now=NOW)


def test_what_is_only_good_to_know_needs_nobody(draft, editor):
    brought = bring(draft, editor, WHOLE)
    assert {loss["severity"] for loss in brought.losses} <= {"note"}
    assert lacking(draft) == []
    with pytest.raises(NotNow):
        bringing.accept(brought, by=editor, now=NOW)


def test_bringing_in_another_file_asks_again(draft, editor):
    bringing.accept(bring(draft, editor, LOSSY), by=editor, now=NOW)
    bring(draft, editor, LOSSY)
    assert lacking(draft) == [SENTENCE]


def test_one_button_accepts_them_and_the_log_says_who_and_when(app, draft, editor):
    bring(draft, editor, LOSSY)
    db.session.commit()
    browser = sign_in(app, editor)
    page = browser.page(REPORT)
    assert "cannot be approved until somebody has read this" in page.text
    assert SENTENCE in browser.page("/staff/consultations/phones/review").text
    done = browser.post(ACCEPT)
    assert (done.status_code, done.headers["Location"]) == (303, REPORT)
    event = db.session.scalars(select(StaffEvent).where(StaffEvent.verb == "accept_losses")).one()
    assert (event.account_id, event.happened_at, event.note) == (editor.id, NOW, "1 from form.xlsx")
    told = browser.page(REPORT).text
    assert f"Accepted by {editor.name}" in told and "cannot be approved" not in told
    assert browser.post(ACCEPT).status_code == 409


@pytest.mark.parametrize("role", ["analyst", "promoter"])
def test_nobody_else_can_accept_them(app, draft, editor, role):
    bring(draft, editor, LOSSY)
    other = make_person(role, draft.group)
    db.session.commit()
    assert sign_in(app, other).post(ACCEPT).status_code == 403
    assert queries.latest(by_slug("phones")).accepted_at is None


def test_the_report_is_a_file_for_spreadsheets_and_for_programs(app, draft, editor):
    bring(draft, editor, LOSSY)
    db.session.commit()
    browser = sign_in(app, editor)
    saved = browser.get(f"{REPORT}.csv")
    rows = list(csv.DictReader(io.StringIO(saved.get_data(as_text=True))))
    lost = next(row for row in rows if row["severity"] == "lost")
    assert (lost["sheet or part"], lost["row"], lost["column"]) == ("survey", "3", "type")
    assert "@where" in lost["what the file says"] and not any(cell.startswith("@") for cell in lost.values())
    told = json.loads(browser.get(f"{REPORT}.json").data)
    assert [one["severity"] for one in told["losses"]] == [row["severity"] for row in rows]
    browser.page(f"{REPORT}.doc", status=404)


def test_a_cell_that_begins_like_a_formula_is_only_text(app, draft, editor):
    survey = [["type", "name", "label", "odd"], ["text", "why", "Why?", "@SUM(1)"], ["geopoint", "w", "Where?", ""]]
    bring(draft, editor, survey)
    db.session.commit()
    saved = sign_in(app, editor).get(f"{REPORT}.csv").get_data(as_text=True)
    assert "'@SUM(1)" in saved
