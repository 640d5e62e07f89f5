"""The check before publishing: nothing it finds is passed over in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.accounts.models import StaffEvent
from consult.consultations import actions
from consult.consultations.models import CheckReport, ElectionTime, Preparation
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import CATALOGUES, CLOSES, NOW, answer_check, make_draft, send
from tests.engagement.factories import make_group

STAFF = "/staff/consultations/phones"
SAID = {
    "who_decides": "The committee",
    "decision_on-day": "1",
    "decision_on-month": "3",
    "decision_on-year": "2027",
    "significant": "yes",
    "alternatives": "yes",
    "impacts": "yes",
    "equality_assessment": "Recorded on 1 November",
    "privacy_assessment": "Recorded on 1 November",
    "audience": "5,000",
    "formats": ["paper", "large_print"],
}


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(NOW)


@pytest.fixture
def draft(editor):
    made = make_draft(by=editor)
    db.session.commit()
    return made


@pytest.fixture
def promoter(database):
    return make_person("promoter", make_group())


@pytest.fixture
def administrator(database):
    return make_person("administrator", None)


def said(draft) -> Preparation:
    return db.session.get_one(Preparation, draft.id)


def marks(draft, key):
    return [one.finding.mark for one in actions.check(draft) if one.finding.rule.key == key]


def test_a_draft_that_nobody_prepared_is_not_sent(draft, editor):
    with pytest.raises(NotNow, match="The check before publishing found"):
        actions.submit_for_review(draft, by=editor, now=NOW, catalogues=CATALOGUES)
    assert draft.state == "draft"


def test_a_reason_lets_it_pass_until_the_words_change(draft, editor):
    answer_check(draft, by=editor)
    assert actions.standing(draft) == []
    draft.closes_at = draft.opens_at + timedelta(days=3)
    assert actions.standing(draft) == [
        "The check before publishing found 1 thing that must be changed or given a reason."
    ]
    (mark,) = marks(draft, "short")
    actions.give_reason(draft, mark=mark, reason="It repeats last month’s.", by=editor, now=NOW)
    assert actions.standing(draft) == []
    draft.closes_at = draft.opens_at + timedelta(days=2)
    assert actions.standing(draft) != []


def test_what_stops_cannot_be_explained_away(draft, editor):
    answer_check(draft, by=editor)
    said(draft).audience = 9
    (mark,) = marks(draft, "tiny")
    with pytest.raises(NotNow, match="has to be changed"):
        actions.give_reason(draft, mark=mark, reason="We promise to be careful.", by=editor, now=NOW)
    assert actions.standing(draft) == ["The check before publishing found 1 thing that must be changed."]
    with pytest.raises(NotNow):
        actions.submit_for_review(draft, by=editor, now=NOW, catalogues=CATALOGUES)


def test_a_reason_needs_words_and_something_to_be_about(draft, editor):
    (mark,) = marks(draft, "who_decides")
    with pytest.raises(Rejected):
        actions.give_reason(draft, mark=mark, reason="  ", by=editor, now=NOW)
    with pytest.raises(Missing):
        actions.give_reason(draft, mark="0" * 32, reason="So it is.", by=editor, now=NOW)


def test_whoever_gave_a_reason_cannot_approve(draft, editor, commissioner):
    answer_check(draft, by=editor)
    draft.authors = []
    (mark,) = marks(draft, "easy_read") or [actions.check(draft)[0].finding.mark]
    actions.give_reason(draft, mark=mark, reason="It is being made.", by=commissioner, now=NOW)
    assert commissioner.id in draft.authors


def test_the_report_stays_with_the_version(draft, editor, commissioner):
    send(draft, by=editor)
    revision = actions.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    assert revision is not None
    report = db.session.get_one(CheckReport, revision.id)
    assert {one["level"] for one in report.findings} <= {"reason", "hint"}
    assert all(one["reason"] for one in report.findings if one["level"] == "reason")
    with pytest.raises(NotNow, match="published"):
        answer_check(draft, by=editor)


def test_on_the_pages_from_finding_to_approval(app, draft, editor, commissioner):
    client = sign_in(app, editor)
    assert "Send it for review" not in client.page(STAFF).text
    assert client.post(f"{STAFF}/submit").status_code == 409
    assert "Nobody has said who decides." in client.page(f"{STAFF}/check").text
    assert client.post(f"{STAFF}/preparation", {**SAID, "audience": "many"}).status_code == 422
    assert client.post(f"{STAFF}/preparation", SAID).status_code == 303
    assert said(draft).audience == 5_000
    assert "Nobody has said who decides." not in client.page(f"{STAFF}/check").text
    for one in actions.check(draft):
        if one.stands:
            address = f"{STAFF}/check/reason/{one.finding.mark}"
            assert client.post(address, {"reason": ""}).status_code == 422
            assert client.post(address, {"reason": "It is meant so."}).status_code == 303
    assert "Send it for review" in client.page(STAFF).text
    assert client.post(f"{STAFF}/submit").status_code == 303
    client = sign_in(app, commissioner)
    shown = client.page(f"{STAFF}/check").text
    assert "The reason: It is meant so." in shown
    assert "Give a reason" not in shown
    assert client.post(f"{STAFF}/approve", {"seen": actions.mark_of(draft)}).status_code == 303
    assert "It is meant so." in client.page(f"{STAFF}/check/version-1").text
    assert client.get(f"{STAFF}/check/version-2").status_code == 404


def test_only_authors_of_the_group_prepare_and_give_reasons(app, draft, editor, commissioner, promoter):
    (mark,) = marks(draft, "who_decides")
    for person, reads in ((commissioner, 200), (promoter, 403)):
        client = sign_in(app, person)
        assert client.get(f"{STAFF}/check").status_code == reads
        assert client.post(f"{STAFF}/preparation", SAID).status_code == 403
        assert client.post(f"{STAFF}/check/reason/{mark}", {"reason": "So it is."}).status_code == 403
    assert db.session.get(Preparation, draft.id) is None


def test_an_election_is_entered_found_and_removed(app, draft, editor, administrator):
    client = sign_in(app, administrator)
    days = {"starts_on-day": "1", "starts_on-month": "11", "starts_on-year": "2026"}
    ends = {"ends_on-day": "17", "ends_on-month": "12", "ends_on-year": "2026"}
    assert client.post("/staff/elections", {"name": "a by-election", **ends, **days}).status_code == 303
    assert marks(draft, "election")
    wrong = {key.replace("ends", "starts"): value for key, value in ends.items()}
    wrong |= {key.replace("starts", "ends"): value for key, value in days.items()}
    assert client.post("/staff/elections", {"name": "backwards", **wrong}).status_code == 422
    (kept,) = db.session.query(ElectionTime)
    assert client.post(f"/staff/elections/{kept.id}/remove").status_code == 303
    db.session.expire_all()
    assert not marks(draft, "election")
    assert sign_in(app, editor).get("/staff/elections").status_code == 403
    assert {"add_election", "remove_election"} <= {event.verb for event in db.session.query(StaffEvent)}


def test_a_questionnaire_that_cannot_be_read_is_no_reason_to_fall_over(draft, editor):
    draft.definition = {"consult": 1, "title": {"en": "Broken"}}
    assert isinstance(actions.check(draft), list)


def test_closing_before_the_decision_is_what_is_looked_at(draft, editor):
    answer_check(draft, by=editor)
    said(draft).decision_on = CLOSES.date()
    assert marks(draft, "decision_before_close")
    said(draft).decision_on = CLOSES.date() + timedelta(days=20)
    assert not marks(draft, "decision_before_close")
