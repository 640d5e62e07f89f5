"""A list of ours is filled in when a questionnaire is shown and frozen, and stays what people were asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.consultations import actions
from consult.domain.errors import NotNow, Rejected
from consult.engagement.models import Practice
from consult.extensions import db
from tests.consultations.factories import CATALOGUES, NOW, OPENS, make_definition, make_draft, send

WHILE_OPEN = OPENS + timedelta(days=1)
WHY = {"en": "A slip of the pen."}


def definition(text="Which town?"):
    made = make_definition()
    made["pages"][0]["questions"].append(
        {
            "key": "town",
            "kind": "place",
            "text": {"en": text},
            "settings": {"list": "towns"},
            "options": [{"key": "other", "label": {"en": "Somewhere else"}, "other": True}],
        }
    )
    return made


def open_practice(group, code, town):
    group.practices.append(Practice(code=code, name=f"{town} Surgery", town=town))
    db.session.flush()


def towns(questionnaire):
    return [option.key for option in questionnaire.question_by_key["town"].options]


@pytest.fixture
def draft(database, editor):
    made = make_draft(by=editor)
    actions.save_definition(made, definition=definition(), by=editor, now=NOW)
    open_practice(made.group, "J1", "Wareham")
    open_practice(made.group, "J2", "St. Aldhelm’s")
    open_practice(made.group, "J3", "St Aldhelm’s")
    return made


@pytest.fixture
def published(draft, editor, commissioner):
    send(draft, by=editor, now=NOW)
    actions.approve(draft, by=commissioner, now=NOW, catalogues=CATALOGUES)
    return draft


def test_a_draft_shows_the_list_as_it_is_now_and_keeps_none_of_it(draft):
    assert towns(draft.questionnaire()) == ["st_aldhelm_s", "wareham", "other"]
    open_practice(draft.group, "J4", "Corfe")
    assert towns(draft.questionnaire()) == ["corfe", "st_aldhelm_s", "wareham", "other"]
    assert towns(draft.draft()) == ["other"]


def test_what_people_are_asked_does_not_change_with_the_list(published):
    open_practice(published.group, "J4", "Corfe")
    assert towns(published.current.questionnaire()) == ["st_aldhelm_s", "wareham", "other"]


@pytest.mark.parametrize("taken_from", ["draft", "what was published"])
def test_words_may_be_corrected_after_the_list_has_changed(published, editor, taken_from):
    open_practice(published.group, "J4", "Corfe")
    corrected = definition("Which village?") if taken_from == "draft" else published.current.definition
    corrected["pages"][0]["questions"][1]["text"] = {"en": "Which village?"}
    for number in (2, 3):
        revision = actions.correct_questionnaire(published, definition=corrected, reason=WHY, by=editor, now=WHILE_OPEN)
        asked = revision.questionnaire()
        assert revision.number == number and asked.question_by_key["town"].text["en"] == "Which village?"
        assert towns(asked) == ["st_aldhelm_s", "wareham", "other"]


def test_another_list_is_no_correction(published, editor):
    other = definition()
    other["pages"][0]["questions"][1]["settings"]["list"] = "practices"
    with pytest.raises(Rejected):
        actions.correct_questionnaire(published, definition=other, reason=WHY, by=editor, now=WHILE_OPEN)


def test_a_question_whose_list_is_empty_is_not_published(database, editor):
    empty, only = make_draft(by=editor), definition()
    del only["pages"][0]["questions"][1]["options"]
    actions.save_definition(empty, definition=only, by=editor, now=NOW)
    with pytest.raises(NotNow, match="our list of towns: it is empty"):
        send(empty, by=editor, now=NOW)
