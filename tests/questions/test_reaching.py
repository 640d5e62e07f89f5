"""What kinds say may come back covers what people really answer, and the route checker works with every kind."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from consult.domain import possible
from consult.domain.questionnaire import as_json, read
from consult.questions import kind, kinds
from consult.questions.reaching import report, seconds, typical
from tests.questions.test_every_kind import question_of

TODAY = date(2026, 11, 23)


@pytest.fixture(params=sorted(kinds()))
def kind_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def admits(one, value) -> bool:
    """Whether a part's room has this value."""
    if isinstance(one, possible.Choices):
        return value.choice in one.keys
    if isinstance(one, possible.Amount):
        within = (one.least is None or value.number >= one.least) and (one.most is None or value.number <= one.most)
        return within and (not one.whole or value.number == int(value.number))
    if isinstance(one, possible.Day):
        return (one.earliest or date.min) <= date.fromisoformat(value.text) <= (one.latest or date.max)
    return True


def test_what_people_answer_is_possible(kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    rooms = asked.possible(question)
    for seed in range(60):
        for value in asked.invent(question, Random(seed)):
            fitting = [one for one in rooms if one.part == value.part or isinstance(one, possible.Words)]
            assert fitting, value
            assert any(admits(one, value) for one in fitting), value


def test_every_part_of_choices_holds_as_many_as_people_choose(kind_name):
    question, asked = question_of(kind_name), kinds()[kind_name]
    for room in asked.possible(question):
        if isinstance(room, possible.Choices):
            for seed in range(60):
                chosen = [value for value in asked.invent(question, Random(seed)) if value.part == room.part]
                assert len(chosen) <= room.most


def test_every_kind_can_stand_in_a_questionnaire_that_is_checked(kind_name):
    asked = as_json(
        read({"title": "T", "pages": [{"key": "p1", "questions": [{"key": "q", "kind": "yes_no", "text": "Q"}]}]})
    )
    asked["pages"].append(
        {
            "key": "p2",
            "questions": [
                {
                    **as_json_question(kind_name),
                    "show": {"when": "q", "is": "any_of", "of": ["yes"]},
                }
            ],
        }
    )
    questionnaire = read(asked)
    found = report(questionnaire, today=TODAY)
    assert not found.findings
    once = int(kind(kind_name).asks)
    assert (found.lengths.shortest.questions, found.lengths.longest.questions) == (1, 1 + once)


def as_json_question(kind_name: str) -> dict:
    question = question_of(kind_name)
    return as_json(read({"title": "T", "pages": [{"key": "p1", "questions": [raw(question)]}]}))["pages"][0][
        "questions"
    ][0]


def raw(question) -> dict:
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text.as_json(),
        "options": [
            {"key": one.key, "label": one.label.as_json(), "exclusive": one.exclusive, "other": one.other}
            for one in question.options
        ],
        "rows": [{"key": one.key, "label": one.label.as_json()} for one in question.rows],
        "settings": {
            name: value.as_json() if hasattr(value, "as_json") else value for name, value in question.settings.items()
        },
    }


def test_the_typical_way_is_between_the_shortest_and_the_longest_and_always_the_same():
    questionnaire = read(
        {
            "title": "T",
            "pages": [
                {"key": "p1", "questions": [{"key": "q", "kind": "yes_no", "text": "Q", "required": True}]},
                {
                    "key": "p2",
                    "show": {"when": "q", "is": "any_of", "of": ["yes"]},
                    "questions": [{"key": f"w{at}", "kind": "long_text", "text": "Why?"} for at in range(8)],
                },
            ],
        }
    )
    found = report(questionnaire, today=TODAY).lengths
    assert found.shortest.seconds <= found.typical_seconds <= found.longest.seconds
    assert typical(questionnaire) == typical(questionnaire)
    assert seconds(questionnaire.question_by_key["w1"]) > seconds(questionnaire.question_by_key["q"])
