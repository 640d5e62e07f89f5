"""Answers to questions that were changed while people answered are told apart, and told of all."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from flask import current_app

from consult.consultations import actions
from consult.domain.questionnaire import read, together
from consult.domain.questionnaire.versions import EARLIER, LATER, OTHERWISE
from consult.results import queries
from consult.results.drawn import everything
from tests.accounts.factories import make_person
from tests.answering.factories import OPENS, make_open
from tests.consultations.factories import make_definition
from tests.results.factories import answer, count


def version(**keys):
    """The usual definition with other keys for its questions."""
    definition = make_definition()
    for page in definition["pages"]:
        for question in page["questions"]:
            question["key"] = keys.get(question["key"], question["key"])
    if "how" in keys:
        definition["pages"][1]["show"]["when"] = keys["how"]
    return definition


def test_what_only_earlier_versions_asked_stands_after_the_newest():
    first, second = read(version()), read(version(how="how_now"))
    both = together([first, second])
    assert [one.key for one in both.questions] == ["how_now", "why", "how"]
    assert both.sometimes == {"how": EARLIER, "how_now": LATER, "why": OTHERWISE}
    assert together([first]) is first and together([first, first]).sometimes == {}
    assert len({page.key for page in both.pages}) == 3


def test_a_question_gone_twice_is_told_of_once_in_its_newest_words():
    first, second, third = version(), version(), version(how="how_now")
    second["pages"][0]["questions"][0]["text"] = {"en": "Newer words"}
    both = together([read(one) for one in (first, second, third)])
    assert [one.key for one in both.questions] == ["how_now", "why", "how"]
    assert both.question_by_key["how"].text["en"] == "Newer words"


@pytest.fixture
def revised(app, database):
    """Thirty people answered the first version, twenty the second, in which an option was added under a new key."""
    editor = make_person("editor")
    consultation = make_open()
    before = deepcopy(consultation.current.definition)
    question = before["pages"][0]["questions"][0]
    key = question["key"]
    count(consultation, [answer(**{key: question["options"][0]["key"]}) for _ in range(30)])
    after = deepcopy(before)
    renamed = after["pages"][0]["questions"][0]
    renamed["key"] = "how_now"
    renamed["options"].append({"key": "middling", "label": dict.fromkeys(after["languages"], "Middling")})
    text = json.dumps(after).replace(f'"when": "{key}"', '"when": "how_now"')
    actions.revise(
        consultation,
        definition=json.loads(text),
        reason={"en": "An option was missing"},
        same_meaning=False,
        by=editor,
        now=OPENS + timedelta(days=1),
    )
    count(consultation, [answer(how_now="middling") for _ in range(20)])
    return consultation, key


def test_answers_to_different_questions_are_never_counted_together(revised):
    consultation, key = revised
    exact = queries.exact(consultation)
    found = {finding.question: finding for finding in exact.findings}
    assert exact.responses == 50
    assert (found[key].table.base.count, found[key].table.asked) == (30, 30)
    assert (found["how_now"].table.base.count, found["how_now"].table.asked) == (20, 20)
    assert not found[key].table.everyone and not found["how_now"].table.everyone
    assert not found["how_now"].table.complete
    with current_app.test_request_context("/"):
        said = {one.anchor: one.version for one in everything(exact.questionnaire, exact.findings)}
    assert "only until" in said[f"result-{key}"] and "only after" in said["result-how_now"]
