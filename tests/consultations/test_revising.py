"""Questions are changed in substance while people answer: with a note for all, never under a key that was answered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from consult.consultations import actions
from consult.consultations.models import CheckReport
from consult.domain.crossing import Declared, Named
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.extensions import db
from tests.accounts.factories import make_person, sign_in
from tests.consultations.factories import CLOSES, NOW, OPENS, make_approved, make_definition
from tests.engagement.factories import make_group

WHILE_OPEN = OPENS + timedelta(days=1)
WHY = {"en": "An option was missing."}
PAGE = "/staff/consultations/phones/questionnaire/revise"


@pytest.fixture
def published(database, editor, commissioner):
    return make_approved(by=editor, approver=commissioner)


def changed(key="how_now", *, keep_why=True):
    """The first question with another option under another key."""
    definition = make_definition()
    question = definition["pages"][0]["questions"][0]
    question["key"] = key
    question["options"].append({"key": "middling", "label": {"en": "Middling"}})
    if keep_why:
        definition["pages"][1]["show"]["when"] = key
    else:
        del definition["pages"][1]
    return definition


def revise(published, editor, definition=None, *, now=WHILE_OPEN, same_meaning=False, reason=WHY):
    return actions.revise(
        published,
        definition=definition or changed(),
        reason=reason,
        same_meaning=same_meaning,
        by=editor,
        now=now,
    )


def test_a_changed_question_under_a_new_key_makes_a_version_with_a_public_note(published, editor, commissioner):
    revision = revise(published, editor)
    assert revision.number == 2 and published.current is revision
    assert [one.questionnaire().pages[0].questions[0].key for one in published.revisions] == ["how", "how_now"]
    change = published.corrections[0]
    assert (change.kind, change.reason, change.details["before"], change.details["after"]) == ("revised", WHY, 1, 2)
    assert db.session.get(CheckReport, revision.id) is not None
    with pytest.raises(NotAllowed):
        actions.second(change, by=editor, now=WHILE_OPEN)
    actions.second(change, by=commissioner, now=WHILE_OPEN)


def test_a_key_that_was_answered_stands_for_nothing_else_in_any_later_version(published, editor):
    with pytest.raises(Rejected, match="how"):
        revise(published, editor, changed("how"))
    revise(published, editor)
    third = changed("how", keep_why=True)
    with pytest.raises(Rejected, match="how"):
        revise(published, editor, third)
    assert len(published.revisions) == 2 and published.current.questionnaire().question_by_key.keys() == {
        "how_now",
        "why",
    }


def test_a_key_with_other_words_needs_somebody_to_say_that_it_means_the_same(published, editor):
    definition = changed()
    definition["pages"][1]["questions"][0]["text"] = {"en": "What makes it so hard?"}
    with pytest.raises(Rejected, match="why") as refused:
        revise(published, editor, definition)
    assert refused.value.field == "same_meaning"
    assert revise(published, editor, definition, same_meaning=True).number == 2


@pytest.mark.parametrize("what", ["words", "language", "reason", "unreachable", "coming", "closed"])
def test_what_cannot_be_asked_now_is_refused(published, editor, what):
    definition, now, reason = changed(), WHILE_OPEN, WHY
    if what == "words":
        definition = make_definition()
        definition["title"] = {"en": "Telephones"}
    elif what == "language":
        definition["pages"][0]["questions"][0]["options"][2]["label"] = {"pl": "Średnio"}
        definition["languages"] = ["en", "pl"]
    elif what == "reason":
        reason = {}
    elif what == "unreachable":
        impossible = {"when": ".", "is": "above", "of": 10}
        number = {"key": "n", "kind": "number", "text": {"en": "How many?"}, "settings": {"maximum": 10}}
        definition["pages"][0]["questions"].append({**number, "required": True, "constraint": impossible})
    elif what == "coming":
        now = NOW
    else:
        now = CLOSES + timedelta(hours=2)
    with pytest.raises(NotNow if what in ("coming", "closed") else Rejected):
        revise(published, editor, definition, now=now, reason=reason)
    assert len(published.revisions) == 1 and published.corrections == []
    assert published.questionnaire() == published.current.questionnaire()


def test_what_people_were_told_is_crossed_has_to_stay(database, editor, commissioner):
    published = make_approved(by=editor, approver=commissioner)
    published.revisions[0].crossings = Declared((Named("how", {"en": "To see"}, False),)).to_json()
    with pytest.raises(Rejected, match="crossed"):
        revise(published, editor)


def test_words_are_still_corrected_after_it_and_the_new_version_is_what_they_are_held_against(published, editor):
    revise(published, editor)
    definition = changed()
    definition["pages"][0]["questions"][0]["options"][2]["label"] = {"en": "So so"}
    assert (
        actions.correct_questionnaire(published, definition=definition, reason=WHY, by=editor, now=WHILE_OPEN).number
        == 3
    )


def test_it_is_done_on_a_page_and_everybody_reads_the_note(app, published, editor, client, clock):
    clock.set(WHILE_OPEN)
    stranger = sign_in(app, make_person("analyst", make_group()))
    assert stranger.get(PAGE).status_code == 403 and stranger.post(PAGE, {}).status_code == 403
    writer = sign_in(app, editor)
    assert "Change questions while it is open" in writer.get("/staff/consultations/phones").text
    assert writer.get(PAGE).status_code == 200
    given = {"definition": json.dumps(changed("how")), "reason_en": "An option was missing."}
    refused = writer.post(PAGE, given)
    assert refused.status_code == 422 and "Give each a new key" in refused.text and "An option was" in refused.text
    assert writer.post(PAGE, {"definition": "{}", "reason_en": "x"}).status_code == 422
    assert writer.post(PAGE, {**given, "definition": json.dumps(changed())}).status_code == 303
    shown = client.get("/consultations/phones").text
    assert "Questions were changed while it was open" in shown and "An option was missing." in shown
    clock.set(CLOSES + timedelta(hours=2))
    assert writer.get(PAGE).status_code == 409
