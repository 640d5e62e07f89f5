"""Sections are made and taken apart on pages."""

from __future__ import annotations

import pytest

from consult.studio.actions import edit as acts
from tests.accounts.factories import sign_in
from tests.consultations.factories import NOW, make_draft

pytestmark = pytest.mark.sqlite
WRITE = "/staff/consultations/phones/write"


def questions(draft) -> list[dict]:
    return acts.state(draft).definition["pages"][0]["questions"]


def test_a_section_is_made_filled_and_taken_apart(app, database, editor, clock):
    clock.set(NOW)
    draft = make_draft(by=editor)
    staff = sign_in(app, editor)
    added = {"text": "And online?", "kind": "yes_no", "seen": "0"}
    assert staff.post(f"{WRITE}/page/phone/question", added).status_code == 303
    assert staff.get(f"{WRITE}/page/phone/section").status_code == 200
    refused = staff.post(f"{WRITE}/page/phone/section", {"title": "Ways", "seen": "2"})
    assert refused.status_code == 422 and "Choose at least one question" in refused.text
    made = staff.post(f"{WRITE}/page/phone/section", {"title": "Ways", "questions": ["how"], "seen": "2"})
    assert made.status_code == 303 and made.location.endswith("#section-ways")
    members = f"{WRITE}/section/ways/questions"
    assert staff.get(members).text.count(" checked") == 1
    assert staff.post(members, {"questions": ["how", "and_online"], "seen": "3"}).status_code == 303
    database.expire_all()
    assert [one["key"] for one in questions(draft)[0]["questions"]] == ["how", "and_online"]
    assert "Section: Ways" in staff.get(WRITE).text
    assert staff.post(members, {"questions": ["nothing"], "seen": "4"}).status_code == 422
    assert staff.post(f"{WRITE}/section/ways/dissolve", {"seen": "4"}).status_code == 303
    database.expire_all()
    assert [one.get("key") for one in questions(draft)] == ["how", "and_online"]
    assert staff.get(members).status_code == 404
