"""Every change of a questionnaire is kept; any state can be brought back, and nobody overwrites anybody unseen."""

from __future__ import annotations

import copy

import pytest

from consult.consultations import actions as consultations
from consult.domain import editing
from consult.domain.editing import PAGE, QUESTION
from consult.domain.errors import Missing, NotNow
from consult.studio.actions import edit as actions
from tests.accounts.factories import make_person
from tests.consultations.factories import NOW, make_definition, make_draft, send


@pytest.fixture
def draft(database, editor, clock):
    clock.set(NOW)
    return make_draft(by=editor)


@pytest.fixture
def colleague(draft):
    return make_person("editor", draft.group)


def says(key, text):
    return lambda made: editing.change(made, QUESTION, key, words={"text": text})


def change(draft, by, text, key="how", seen=None):
    number = actions.state(draft).number if seen is None else seen
    return actions.edit(
        draft, says(key, text), said=f"Changed {key}", thing=(QUESTION, key), seen=number, by=by, now=NOW
    )


def text_of(draft, key="how"):
    return editing.find(actions.state(draft).definition, QUESTION, key).data["text"]["en"]


def test_each_change_is_a_state_and_undo_is_one_too(draft, editor):
    before = text_of(draft)
    change(draft, editor, "One?")
    change(draft, editor, "Two?")
    assert [one.number for one in actions.history(draft)] == [3, 2, 1]
    for said in ("One?", before):
        actions.undo(draft, seen=actions.state(draft).number, by=editor, now=NOW)
        assert text_of(draft) == said
    with pytest.raises(NotNow, match="nothing to undo"):
        actions.undo(draft, seen=5, by=editor, now=NOW)
    actions.bring_back(draft, 3, by=editor, now=NOW)
    assert text_of(draft) == "Two?" and draft.questionnaire().question_by_key["how"].text["en"] == "Two?"
    assert len(actions.history(draft)) == 6
    with pytest.raises(Missing):
        actions.bring_back(draft, 99, by=editor, now=NOW)


def test_what_is_not_finished_is_kept_beside_what_could_be_asked_and_stops_the_review(draft, editor):
    asked = copy.deepcopy(draft.definition)
    actions.edit(
        draft,
        lambda made: editing.add_page(made, title="More")[0],
        said="Added",
        seen=0,
        by=editor,
        now=NOW,
    )
    stands = actions.state(draft)
    assert draft.definition == asked and stands.definition["pages"][-1]["key"] == "more"
    assert [one.sentence for one in stands.problems] == ["a page needs a question"]
    with pytest.raises(NotNow, match="not finished"):
        send(draft, by=editor)
    actions.edit(draft, lambda made: editing.remove(made, PAGE, "more"), said="Out", seen=2, by=editor, now=NOW)
    assert not actions.lacking(draft)
    send(draft, by=editor)
    with pytest.raises(NotNow, match="Only a draft"):
        change(draft, editor, "Late?")


def test_the_later_of_two_who_change_one_question_is_told_and_other_questions_go_through(draft, editor, colleague):
    change(draft, editor, "Mine?", seen=0)
    change(draft, colleague, "Why so?", key="why", seen=0)
    with pytest.raises(actions.ChangedMeanwhile) as refused:
        change(draft, colleague, "Theirs?", seen=0)
    assert refused.value.edit.made_by == editor.id
    change(draft, editor, "Mine again?", seen=0)
    change(draft, colleague, "Theirs?", seen=4)
    assert text_of(draft) == "Theirs?" and text_of(draft, "why") == "Why so?"


def test_nobody_undoes_what_they_have_not_seen(draft, editor, colleague):
    change(draft, editor, "Mine?")
    seen = actions.state(draft).number
    change(draft, colleague, "Theirs?")
    with pytest.raises(NotNow, match="meanwhile"):
        actions.undo(draft, seen=seen, by=editor, now=NOW)


def test_what_is_saved_elsewhere_is_a_state_and_the_editor_notes_nothing_twice(draft, editor):
    change(draft, editor, "One?")
    definition = make_definition()
    definition["pages"].pop()
    consultations.save_definition(draft, definition=definition, by=editor, now=NOW)
    assert [one.said for one in actions.history(draft)] == [actions.OUTSIDE, "Changed how", "As it was before"]
    assert len(actions.state(draft).definition["pages"]) == 1


def test_a_translation_leaves_unfinished_work_as_it_is(draft, editor, colleague):
    change(draft, editor, "One?")
    actions.edit(
        draft,
        lambda made: editing.add_page(made, title="More")[0],
        said="Added",
        seen=2,
        by=editor,
        now=NOW,
    )
    for words in ("Raz?", "Dwa?"):
        definition = copy.deepcopy(draft.definition)
        definition["languages"] = ["en", "pl"]
        definition["pages"][0]["questions"][0]["text"]["pl"] = words
        consultations.save_definition(draft, definition=definition, by=colleague, now=NOW)
    stands = actions.state(draft)
    assert stands.definition["pages"][-1]["key"] == "more", "the page that nobody finished is still there"
    assert editing.find(stands.definition, QUESTION, "how").data["text"] == {"en": "One?", "pl": "Dwa?"}
    actions.edit(draft, lambda made: editing.remove(made, PAGE, "more"), said="Out", seen=0, by=editor, now=NOW)
    many = len(actions.history(draft))
    for words in ("Trzy?", "Cztery?"):
        definition = copy.deepcopy(draft.definition)
        definition["pages"][0]["questions"][0]["text"]["pl"] = words
        consultations.save_definition(draft, definition=definition, by=colleague, now=NOW)
    assert len(actions.history(draft)) == many + 1, "translations in a row are one state"
    change(draft, editor, "Two?", seen=many)
