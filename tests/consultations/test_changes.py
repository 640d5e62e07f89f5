"""What may be done to a published consultation, and that a second person looks at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from consult.consultations import actions, queries
from consult.consultations.models import Correction
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.domain.lifecycle import Phase, phase
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
)

WHILE_OPEN = OPENS + timedelta(days=1)
WHY = {"en": "There was snow."}


@pytest.fixture
def published(database, editor, commissioner):
    return make_approved(by=editor, approver=commissioner)


def test_it_is_extended_with_a_public_reason_and_never_shortened(published, editor):
    with pytest.raises(Rejected):
        actions.extend(published, closes_at=CLOSES - timedelta(minutes=1), reason=WHY, by=editor, now=WHILE_OPEN)
    with pytest.raises(Rejected):
        actions.extend(published, closes_at=CLOSES + timedelta(days=7), reason={}, by=editor, now=WHILE_OPEN)
    assert published.closes_at == CLOSES and not published.corrections
    change = actions.extend(published, closes_at=CLOSES + timedelta(days=7), reason=WHY, by=editor, now=WHILE_OPEN)
    assert published.closes_at == CLOSES + timedelta(days=7)
    assert change.details["before"] == CLOSES.isoformat() and published.corrections == [change]


def test_a_change_is_due_for_a_second_person_at_the_end_of_the_second_working_day(published, editor):
    friday = datetime(2026, 11, 27, 10, tzinfo=UTC)
    change = actions.pause(published, reason=WHY, by=editor, now=friday)
    assert change.second_due_at == datetime(2026, 12, 1, 23, 59, tzinfo=UTC)
    assert queries.waiting_for_second() == [change]


def test_the_person_who_made_a_change_cannot_be_its_second(published, editor, commissioner):
    change = actions.pause(published, reason=WHY, by=editor, now=WHILE_OPEN)
    with pytest.raises(NotAllowed):
        actions.second(change, by=editor, now=WHILE_OPEN)
    actions.second(change, by=commissioner, now=WHILE_OPEN)
    assert queries.waiting_for_second() == []
    with pytest.raises(NotNow):
        actions.second(change, by=commissioner, now=WHILE_OPEN)
    with pytest.raises(IntegrityError):
        db.session.execute(update(Correction).values(seconded_by=editor.id))


def test_a_pause_stops_answers_and_reopening_lets_them_in_again(published, editor):
    actions.pause(published, reason=WHY, by=editor, now=WHILE_OPEN)
    assert phase(published, WHILE_OPEN) is Phase.PAUSED and published.paused_reason == WHY
    actions.reopen(published, reason=WHY, by=editor, now=WHILE_OPEN)
    assert phase(published, WHILE_OPEN) is Phase.OPEN and published.paused_reason == {}


def test_after_an_outage_it_is_reopened_with_a_later_closing_date(published, editor):
    after = CLOSES + timedelta(hours=2)
    with pytest.raises(Rejected):
        actions.reopen(published, reason=WHY, by=editor, now=after)
    actions.reopen(published, reason=WHY, by=editor, now=after, closes_at=after + timedelta(days=3))
    assert phase(published, after) is Phase.OPEN


def test_a_withdrawn_one_stays_and_says_what_happens_to_answers(published, editor):
    with pytest.raises(Rejected):
        actions.withdraw(published, reason=WHY, answers="sold", by=editor, now=WHILE_OPEN)
    actions.withdraw(published, reason=WHY, answers="kept", by=editor, now=WHILE_OPEN)
    assert queries.public_by_slug(published.slug, WHILE_OPEN) is published
    with pytest.raises(NotNow):
        actions.reopen(published, reason=WHY, by=editor, now=WHILE_OPEN)


@pytest.mark.parametrize("act", [actions.pause, actions.reopen])
def test_a_draft_cannot_be_paused_or_reopened(database, editor, act):
    with pytest.raises(NotNow):
        act(make_draft(by=editor), reason=WHY, by=editor, now=WHILE_OPEN)


def test_words_are_corrected_but_dates_languages_and_kind_stay_as_announced(published, editor):
    text = replace(
        make_text(),
        summary={"en": "Better"},
        closes_at=OPENS + timedelta(hours=1),
        activity="inform",
        languages=("en", "pl"),
    )
    change = actions.correct_page(published, text=text, reason=WHY, by=editor, now=WHILE_OPEN)
    assert published.summary == {"en": "Better"}
    assert (published.closes_at, published.activity, published.languages) == (CLOSES, "engage", ["en"])
    assert change.details["before"] == {"summary": {"en": "The summary of phones"}}


def test_a_published_text_cannot_be_emptied(published, editor):
    with pytest.raises(Rejected):
        actions.correct_page(published, text=replace(make_text(), why={}), reason=WHY, by=editor, now=WHILE_OPEN)


def test_a_spelling_in_the_questionnaire_makes_a_new_version_and_leaves_the_old_one(published, editor):
    corrected = make_definition()
    corrected["pages"][0]["questions"][0]["options"][1]["label"] = "Difficult"
    revision = actions.correct_questionnaire(published, definition=corrected, reason=WHY, by=editor, now=WHILE_OPEN)
    labels = [one.questionnaire().question_by_key["how"].options[1].label["en"] for one in published.revisions]
    assert revision.number == 2 and labels == ["Hard", "Difficult"]


@pytest.mark.parametrize("what", ["option", "question", "condition", "key", "kind", "setting"])
def test_anything_but_words_in_a_published_questionnaire_is_refused(published, editor, what):
    changed = make_definition()
    question = changed["pages"][0]["questions"][0]
    if what == "option":
        question["options"].append({"key": "middling", "label": "Middling"})
    elif what == "question":
        changed["pages"][0]["questions"].append({"key": "new", "kind": "yes_no", "text": "New?"})
    elif what == "condition":
        changed["pages"][1]["show"]["of"] = ["easy"]
    elif what == "setting":
        changed["pages"][1]["questions"][0]["settings"] = {"longest": 5}
    elif what == "key":
        changed["pages"][1]["questions"][0]["key"] = "because"
    else:
        changed["pages"][1]["questions"][0]["kind"] = "short_text"
    with pytest.raises(Rejected):
        actions.correct_questionnaire(published, definition=changed, reason=WHY, by=editor, now=WHILE_OPEN)
    assert len(published.revisions) == 1 and not published.corrections


def test_a_correction_that_loses_a_published_language_is_refused(database, editor, commissioner):
    published = make_approved("en", "pl", by=editor, approver=commissioner)
    with pytest.raises(Rejected, match="pl"):
        actions.correct_questionnaire(published, definition=make_definition(), reason=WHY, by=editor, now=WHILE_OPEN)


def test_a_document_added_while_open_is_listed_as_a_change_and_needs_a_reason(published, editor):
    add = {
        "title": {"en": "Map"},
        "language": "en",
        "address": "https://example.org/map",
        "by": editor,
        "now": WHILE_OPEN,
    }
    with pytest.raises(Rejected):
        actions.add_link(published, **add)
    document = actions.add_link(published, reason=WHY, **add)
    actions.remove_document(document, by=editor, now=WHILE_OPEN, reason=WHY)
    assert [one.kind for one in published.corrections] == ["corrected", "corrected"]
    assert published.shown_documents == [] and published.documents == [document]


def test_reported_is_final(published, editor):
    later = CLOSES + timedelta(hours=2)
    with pytest.raises(NotNow):
        actions.report(published, by=editor, now=CLOSES)
    actions.report(published, by=editor, now=later)
    for act in (
        lambda: actions.withdraw(published, reason=WHY, answers="kept", by=editor, now=later),
        lambda: actions.extend(published, closes_at=later + timedelta(days=1), reason=WHY, by=editor, now=later),
        lambda: actions.correct_page(published, text=make_text(), reason=WHY, by=editor, now=later),
    ):
        with pytest.raises(NotNow):
            act()


def test_every_change_is_one_that_needs_now(published, editor):
    assert NOW < OPENS
    with pytest.raises(NotNow):
        actions.pause(published, reason=WHY, by=editor, now=NOW)


def test_words_among_the_settings_are_words_too(database, editor, commissioner):
    draft = make_draft(by=editor)
    definition = make_definition()
    definition["pages"][1]["questions"][0]["settings"] = {"longest": 500, "note": {"en": "Becuase"}}
    actions.save_definition(draft, definition=definition, by=editor, now=NOW)
    send(draft, by=editor, now=NOW)
    actions.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    definition["pages"][1]["questions"][0]["settings"]["note"] = {"en": "Because"}
    assert (
        actions.correct_questionnaire(draft, definition=definition, reason=WHY, by=editor, now=WHILE_OPEN).number == 2
    )
    definition["pages"][1]["questions"][0]["settings"]["longest"] = 400
    with pytest.raises(Rejected):
        actions.correct_questionnaire(draft, definition=definition, reason=WHY, by=editor, now=WHILE_OPEN)
