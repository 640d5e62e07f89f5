"""Bringing in a questionnaire on the staff page, and the page that says what could not be brought in."""

from __future__ import annotations

import io
import json

import pytest

from consult.consultations.queries import by_slug
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import NOW, make_approved, make_definition, make_draft
from tests.engagement.factories import make_group
from tests.exchange.workbooks import workbook

IMPORT = "/staff/consultations/phones/import"
REPORT = f"{IMPORT}/report"
HOSTILE = "<script>alert('x')</script>"
SURVEY = [
    ["type", "name", "label", "relevant", "odd column"],
    ["text", "why", "Why?", "", ""],
    ["geopoint", HOSTILE, "Where?", "", ""],
    ["text", "more", "More?", "today() > 1", HOSTILE],
]


@pytest.fixture
def editor(database, clock):
    clock.set(NOW)
    return make_person("editor", make_group())


@pytest.fixture
def draft(editor):
    made = make_draft(by=editor)
    db.session.commit()
    return made


def upload(browser, content: bytes, name: str = "form.xlsx", **more):
    data = {"file": (io.BytesIO(content), name), "replace": "yes"}
    return browser.post(IMPORT, data=data, content_type="multipart/form-data", **more)


def test_a_form_becomes_the_draft_s_questionnaire_and_the_page_tells_the_rest(app, editor, draft):
    browser = sign_in(app, editor)
    assert browser.page(IMPORT).all("h1")[0].text == "Bring in a questionnaire"
    done = upload(browser, workbook(survey=SURVEY))
    assert (done.status_code, done.headers["Location"]) == (303, REPORT)
    assert list(by_slug("phones").questionnaire().question_by_key) == ["why", "more"]
    page = browser.page(REPORT)
    assert [one.text for one in page.all("h2") if one.text in ("Left out", "Asked differently", "Good to know")] == [
        "Left out",
        "Asked differently",
        "Good to know",
    ]
    assert "survey, row 3, type" in page.text and "survey, row 4, relevant" in page.text
    assert HOSTILE in page.text
    assert HOSTILE not in browser.get(REPORT).get_data(as_text=True)


def test_the_report_can_be_saved_and_is_linked_from_the_consultation(app, editor, draft):
    browser = sign_in(app, editor)
    browser.page(REPORT, status=404)
    upload(browser, workbook(survey=SURVEY))
    saved = browser.get(f"{REPORT}.json")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="phones-losses.json"'
    assert {loss["severity"] for loss in json.loads(saved.data)["losses"]} == {"lost", "changed", "note"}
    links = [one.get("href") for one in browser.page("/staff/consultations/phones").all("a")]
    assert IMPORT in links and REPORT in links


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"hello", "not a spreadsheet"),
        (workbook(other=[["a"]]), "survey"),
        (workbook(survey=[["type", "name", "label"], ["select_one x", "a", "A"]]), "row 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field_and_changes_nothing(app, editor, draft, content, told):
    before = by_slug("phones").definition
    browser = sign_in(app, editor)
    response = upload(browser, content)
    assert response.status_code == 422 and told in response.get_data(as_text=True)
    assert by_slug("phones").definition == before
    browser.page(REPORT, status=404)


def test_no_file_is_asked_for(app, editor, draft):
    response = sign_in(app, editor).post(IMPORT, data={}, content_type="multipart/form-data")
    assert response.status_code == 422 and "Choose a file" in response.get_data(as_text=True)


def test_our_own_questionnaire_comes_in_whole(app, editor, draft):
    browser = sign_in(app, editor)
    assert upload(browser, json.dumps(make_definition("en", "pl")).encode(), "own.json").status_code == 303
    assert "Everything in the file was brought in." in browser.page(REPORT).text


def test_only_a_draft_takes_a_questionnaire(app, editor):
    commissioner = make_person("commissioner", make_group())
    made = make_approved("en", by=editor, approver=commissioner)
    before = made.definition
    db.session.commit()
    response = upload(sign_in(app, editor), workbook(survey=SURVEY))
    assert response.status_code in (403, 409)
    assert by_slug("phones").definition == before


@pytest.mark.parametrize("role", ["promoter", "analyst"])
def test_others_may_not(app, draft, role):
    browser = sign_in(app, make_person(role, make_group()))
    assert browser.get(IMPORT).status_code == 403
    assert upload(browser, workbook(survey=SURVEY)).status_code == 403


def test_an_editor_of_another_group_may_not(app, draft):
    browser = sign_in(app, make_person("editor", make_group("weymouth", "Weymouth")))
    assert browser.get(IMPORT).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, draft):
    assert client.get(IMPORT).status_code == 302 or client.get(IMPORT).status_code == 303


def test_a_file_replaces_a_questionnaire_only_where_somebody_said_so(app, editor, draft):
    browser = sign_in(app, editor)
    before = by_slug("phones").definition
    data = {"file": (io.BytesIO(workbook(survey=SURVEY)), "form.xlsx")}
    asked = browser.post(IMPORT, data=data, content_type="multipart/form-data")
    assert asked.status_code == 422 and "Choose Yes to replace" in asked.get_data(as_text=True)
    assert before and by_slug("phones").definition == before
