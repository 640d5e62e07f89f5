"""A reviewer sees what changed since the last look, and decides only about what they saw."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consult.consultations import actions as consultations
from consult.extensions import db
from consult.studio.models import LookedAt
from consult.studio.queries.changes import changes
from tests.accounts.factories import sign_in
from tests.consultations.factories import CATALOGUES, NOW, make_definition, make_draft, make_text, send

STAFF = "/staff/consultations/phones"
WHY = "Shorter, please."


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    made = make_draft("en", "pl", by=editor)
    send(made, by=editor)
    return made


def rewrite(draft, editor):
    """Another word in the question, another text, and no second page."""
    definition = make_definition("en", "pl")
    definition["pages"][0]["questions"][0]["text"]["en"] = "How easy is it to reach us?"
    del definition["pages"][1]
    consultations.save_definition(draft, definition=definition, by=editor, now=NOW)
    text = replace(make_text("en", "pl"), why={"en": "The why of <telephones>", "pl": "The why of phones (pl)"})
    consultations.edit_page(draft, text=text, by=editor, now=NOW)


def test_before_the_first_look_there_is_nothing_to_compare(app, draft, editor):
    assert changes(draft) is None
    assert "Nobody has reviewed it yet" in sign_in(app, editor).get(f"{STAFF}/changes").text


def test_what_changed_after_it_was_sent_back_is_marked_word_by_word(app, draft, editor, commissioner):
    consultations.return_to_draft(draft, reasons=WHY, by=commissioner, now=NOW)
    client = sign_in(app, commissioner)
    assert "Nothing has changed" in client.get(f"{STAFF}/review").text
    rewrite(draft, editor)
    found = changes(draft)
    assert [(one.part, one.key, one.how) for one in found.differences] == [
        ("text", "why", "changed"),
        ("question", "how", "changed"),
        ("page", "reason", "removed"),
        ("question", "why", "removed"),
    ]
    client = sign_in(app, commissioner)
    shown = client.page(f"{STAFF}/changes")
    assert "[Removed: phone ]" in shown.text and "[Added: reach ]" in shown.text
    assert "&lt;telephones&gt;" in client.get(f"{STAFF}/changes").text
    assert "Removed: Question 2 as it was" in shown.text and "Polish" in shown.text
    marked = client.page(f"{STAFF}/remarks")
    assert [one.get("href") for one in marked.all("a") if "Changed since" in one.text] == [
        f"{STAFF}/changes#text-why",
        f"{STAFF}/changes#question-how",
    ]
    assert "4 parts changed" in client.get(f"{STAFF}/review").text


def test_what_was_approved_is_what_the_next_review_is_compared_with(draft, editor, commissioner):
    consultations.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    consultations.return_to_draft(draft, reasons=WHY, by=editor, now=NOW)
    assert [one.outcome for one in db.session.scalars(db.select(LookedAt).order_by(LookedAt.id))] == [
        "approved",
        "returned",
    ]
    assert changes(draft).differences == ()


def test_a_review_of_what_has_moved_on_decides_nothing(app, draft, editor, commissioner):
    seen = {"seen": consultations.mark_of(draft)}
    consultations.return_to_draft(draft, reasons=WHY, by=editor, now=NOW)
    rewrite(draft, editor)
    send(draft, by=editor)
    client = sign_in(app, commissioner)
    for path, data in (("approve", seen), ("approve", {}), ("return", {**seen, "reasons": "Too long"})):
        answer = client.post(f"{STAFF}/{path}", data)
        assert answer.status_code == 409 and "changed after you opened the page" in answer.text
        assert consultations.mark_of(draft) in answer.text
    assert "Too long" in answer.text, "what was typed is kept"
    db.session.expire_all()
    assert draft.state == "in_review" and draft.revisions == []
    assert client.post(f"{STAFF}/approve", {"seen": consultations.mark_of(draft)}).status_code == 303


@pytest.mark.parametrize("what", ["preparation", "reason", "document", "date", "practice"])
def test_the_mark_changes_with_all_that_a_reviewer_sees(draft, editor, what):
    before = consultations.mark_of(draft)
    if what == "preparation":
        consultations.preparation(draft).who_decides = "Somebody else"
    elif what == "reason":
        from consult.consultations.models import CheckReason

        db.session.add(
            CheckReason(consultation_id=draft.id, mark="x", reason="Because", given_by=editor.id, given_at=NOW)
        )
    elif what == "document":
        consultations.return_to_draft(draft, reasons=WHY, by=editor, now=NOW)
        consultations.add_link(
            draft, title={"en": "Map"}, language="en", address="https://example.org/map", by=editor, now=NOW
        )
    elif what == "date":
        draft.closes_at = draft.closes_at.replace(minute=1)
    else:
        draft.definition = {**draft.definition, "title": {"en": "Other"}}
    db.session.flush()
    assert consultations.mark_of(draft) != before


def test_the_mark_stays_when_it_is_only_handed_on(draft, editor):
    before = consultations.mark_of(draft)
    consultations.return_to_draft(draft, reasons=WHY, by=editor, now=NOW)
    assert consultations.mark_of(draft) == before


def test_a_second_person_sees_what_changed_from_version_to_version(app, draft, editor, commissioner):
    consultations.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    corrected = make_definition("en", "pl")
    corrected["pages"][0]["questions"][0]["options"][1]["label"]["en"] = "Difficult"
    consultations.correct_questionnaire(
        draft, definition=corrected, reason={"en": "Plainer"}, by=editor, now=NOW + timedelta(days=2)
    )
    client = sign_in(app, commissioner)
    assert f"{STAFF}/versions/2/changes" in client.get(STAFF).text
    shown = client.page(f"{STAFF}/versions/2/changes").text
    assert "[Removed: Hard ]" in shown and "[Added: Difficult ]" in shown
    for number in (1, 3):
        assert client.get(f"{STAFF}/versions/{number}/changes").status_code == 404


def test_my_work_tells_whoever_approves_how_much_has_changed_since(app, draft, editor, commissioner):
    assert "since its last review" not in sign_in(app, commissioner).page("/staff/").text
    consultations.return_to_draft(draft, reasons=WHY, by=commissioner, now=NOW)
    rewrite(draft, editor)
    send(draft, by=editor)
    assert "since its last review: 4 parts have changed" in sign_in(app, commissioner).page("/staff/").text
    assert "since its last review" not in sign_in(app, editor).page("/staff/").text
