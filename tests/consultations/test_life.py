"""From draft to published: what has to be there, who may do it, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from consult.consultations import actions
from consult.consultations.models import Consultation, FrozenRevision, Revision
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.domain.questionnaire import BadDefinition
from consult.extensions import db
from tests.consultations.factories import (
    CATALOGUES,
    CLOSES,
    NOW,
    OPENS,
    make_approved,
    make_definition,
    make_draft,
    make_text,
    send,
    sign_off,
)


def submit(consultation, by, now=NOW):
    send(consultation, by=by, now=now)


def approve(consultation, by, now=NOW):
    return actions.approve(consultation, by=by, now=now, catalogues=CATALOGUES)


def test_a_complete_draft_lacks_nothing(database, editor):
    draft = make_draft("en", "pl", by=editor)
    (unsigned,) = actions.lacking(draft, now=NOW, catalogues=CATALOGUES)
    assert unsigned.startswith("Polish:") and "not signed off by a second person" in unsigned
    sign_off(draft)
    assert actions.lacking(draft, now=NOW, catalogues=CATALOGUES) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"why": {}}, "does not say why"),
        ({"decided": {}}, "already decided"),
        ({"still_open": {}}, "still open"),
        ({"what_next": {}}, "what happens next"),
        ({"contact_email": ""}, "whom to contact"),
        ({"equality": True}, "equality questions have no purpose"),
        ({"opens_at": None}, "no opening date"),
        ({"closes_at": None}, "no closing date"),
        ({"languages": ("en", "pl")}, "The questionnaire is not complete in Polish"),
        ({"languages": ("en", "pl")}, "The title of the page is missing in Polish"),
        ({"languages": ("en", "sw")}, "not translated into Swahili"),
    ],
)
def test_each_missing_thing_is_named_and_stops_publication(database, editor, commissioner, change, words):
    draft = make_draft(by=editor, **change)
    assert any(words in sentence for sentence in actions.lacking(draft, now=NOW, catalogues=CATALOGUES))
    with pytest.raises((NotNow, Rejected)):
        submit(draft, editor)
    assert draft.state == "draft" and not draft.revisions


def test_people_who_are_only_informed_need_no_questionnaire_and_nothing_to_change(database, editor, commissioner):
    draft = make_draft(by=editor, activity="inform", decided={}, still_open={})
    draft.definition = None
    submit(draft, editor)
    assert approve(draft, commissioner) is None
    assert draft.state == "approved" and draft.revisions == []


def test_a_document_without_a_title_in_an_offered_language_stops_publication(database, editor):
    draft = make_draft("en", "pl", by=editor)
    actions.add_link(draft, title={"en": "Plan"}, language="en", address="https://example.org/plan", by=editor, now=NOW)
    assert any("title of the document “Plan”" in one for one in actions.lacking(draft, now=NOW, catalogues=CATALOGUES))


def test_approving_freezes_the_questionnaire_in_all_its_languages(database, editor, commissioner):
    draft = make_draft("en", "pl", by=editor)
    submit(draft, editor)
    revision = approve(draft, commissioner)
    assert (revision.number, revision.languages, revision.created_on) == (1, ["en", "pl"], NOW.date())
    assert revision.questionnaire().question_by_key["how"].text["pl"] == "How easy is it to phone us? (pl)"
    with pytest.raises(NotNow):
        actions.save_definition(draft, definition=make_definition(), by=editor, now=NOW)


def test_a_frozen_questionnaire_cannot_be_changed(database, editor, commissioner):
    revision = make_approved(by=editor, approver=commissioner).current
    assert revision is not None
    db.session.commit()
    revision.definition = {**revision.definition, "title": {"en": "Other"}}
    with pytest.raises(FrozenRevision):
        db.session.flush()


def test_nobody_who_wrote_any_of_it_can_approve_it(database, editor, commissioner):
    draft = make_draft(by=editor)
    actions.edit_page(draft, text=make_text(), by=commissioner, now=NOW)
    submit(draft, editor)
    for author in (editor, commissioner):
        with pytest.raises(NotAllowed):
            approve(draft, author)
    assert draft.state == "in_review"


def test_who_sent_it_for_review_cannot_approve_it_even_if_it_came_from_the_command_line(database, editor):
    draft = make_draft(by=None)
    submit(draft, editor)
    with pytest.raises(NotAllowed):
        approve(draft, editor)


def test_the_database_refuses_one_person_in_both_places(database, editor):
    make_draft(by=editor)
    with pytest.raises(IntegrityError, match="two_people"):
        db.session.execute(update(Consultation).values(submitted_by=editor.id, approved_by=editor.id))


def test_nothing_in_review_can_be_edited_until_it_comes_back_with_reasons(database, editor, commissioner):
    draft = make_draft(by=editor)
    submit(draft, editor)
    for act in (
        lambda: actions.edit_page(draft, text=make_text(), by=editor, now=NOW),
        lambda: actions.save_definition(draft, definition=make_definition(), by=editor, now=NOW),
        lambda: actions.add_link(
            draft, title={"en": "x"}, language="en", address="https://a.example", by=editor, now=NOW
        ),
    ):
        with pytest.raises(NotNow):
            act()
    with pytest.raises(Rejected):
        actions.return_to_draft(draft, reasons="  ", by=commissioner, now=NOW)
    actions.return_to_draft(draft, reasons="Say it shorter.", by=commissioner, now=NOW)
    actions.edit_page(draft, text=make_text(), by=editor, now=NOW)
    assert draft.returned_because == "Say it shorter."


def test_one_that_came_back_before_opening_is_published_again_as_a_new_version(database, editor, commissioner):
    consultation = make_approved(by=editor, approver=commissioner)
    actions.return_to_draft(consultation, reasons="A date is wrong.", by=commissioner, now=NOW)
    submit(consultation, editor)
    assert approve(consultation, commissioner).number == 2


def test_an_open_one_cannot_go_back_to_being_a_draft(database, editor, commissioner):
    consultation = make_approved(by=editor, approver=commissioner)
    with pytest.raises(NotNow):
        actions.return_to_draft(consultation, reasons="Oh.", by=commissioner, now=OPENS)


def test_approval_after_the_closing_date_is_refused(database, editor, commissioner):
    draft = make_draft(by=editor)
    submit(draft, editor)
    with pytest.raises(Rejected):
        approve(draft, commissioner, now=CLOSES)


def test_one_that_is_approved_late_opens_at_its_approval(database, editor, commissioner):
    draft = make_draft(by=editor)
    submit(draft, editor)
    late = OPENS + timedelta(hours=3)
    approve(draft, commissioner, now=late)
    assert draft.opens_at == late


def test_a_definition_with_problems_is_refused_with_all_of_them_and_changes_nothing(database, editor):
    draft = make_draft(by=editor)
    before = draft.definition
    broken = make_definition()
    broken["pages"][0]["questions"][0]["kind"] = "telepathy"
    with pytest.raises(BadDefinition, match="telepathy"):
        actions.save_definition(draft, definition=broken, by=editor, now=NOW)
    with pytest.raises(BadDefinition) as refused:
        actions.save_definition(draft, definition={"pages": [{"key": "1 x", "questions": []}]}, by=editor, now=NOW)
    assert len(refused.value.problems) >= 2 and draft.definition == before


@pytest.mark.parametrize("slug", ["Phones", "a b", "-a", "a--b", "ä", "x" * 81, "../etc"])
def test_an_address_that_could_be_mistaken_is_refused(database, editor, slug):
    with pytest.raises(Rejected) as refused:
        make_draft(by=editor, slug=slug)
    assert refused.value.field == "slug"


def test_an_address_is_given_once_and_made_from_the_title_otherwise(database, editor):
    make_draft(by=editor)
    with pytest.raises(Rejected):
        make_draft(by=editor)
    group = make_draft(by=editor, slug="other").group
    titles = ["Phones", "Łódź & Ärzte!", "日本"]
    made = [actions.create(group=group, title=title, by=editor, now=NOW).slug for title in titles]
    assert made == ["phones-2", "odz-arzte", "consultation"]


def test_opening_at_once_offers_what_is_complete_and_needs_no_page(database):
    draft = make_draft("en", "pl", slug="at-once", by=None)
    revision = actions.open_at_once(draft, now=NOW, closes_at=CLOSES, catalogues=("en", "pl", "ar"), production=False)
    assert revision.languages == ["en", "pl"] and draft.opens_at == NOW and draft.state == "approved"


def test_opening_at_once_is_refused_on_the_live_site(database):
    draft = make_draft(by=None)
    with pytest.raises(NotAllowed):
        actions.open_at_once(draft, now=NOW, closes_at=CLOSES, catalogues=CATALOGUES, production=True)
    assert draft.state == "draft" and not draft.revisions


def test_dates_in_the_wrong_order_are_refused_beside_their_field(database, editor):
    draft = make_draft(by=editor)
    with pytest.raises(Rejected) as refused:
        actions.edit_page(draft, text=replace(make_text(), closes_at=OPENS), by=editor, now=NOW)
    assert refused.value.field == "closes_at"


def test_a_database_row_cannot_be_approved_without_dates(database, editor):
    make_draft(by=editor, closes_at=None)
    with pytest.raises(IntegrityError):
        db.session.execute(text("update consultations set state = 'approved'"))


def test_a_version_number_is_given_once(database, editor, commissioner):
    consultation = make_approved(by=editor, approver=commissioner)
    db.session.add(
        Revision(
            consultation_id=consultation.id,
            number=1,
            definition={},
            languages=["en"],
            created_on=datetime.now(UTC).date(),
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
