"""The codes that printing and keying share."""

from __future__ import annotations

from random import Random

import pytest

from consult.domain.possible import Choices
from consult.domain.questionnaire import read
from consult.questions import codes, kind, kinds


def question(**given):
    definition = {
        "title": {"en": "A title"},
        "pages": [{"key": "p1", "title": {"en": "One"}, "questions": [{"key": "q", "text": {"en": "Q?"}, **given}]}],
    }
    return read(definition).question_by_key["q"]


def options(*keys):
    return [{"key": key, "label": {"en": key}} for key in keys]


def test_a_code_is_the_place_of_the_option_in_the_definition():
    asked = question(kind="single_choice", options=options("bus", "train", "other"))
    assert codes.choice_codes(asked) == {"bus": "1", "train": "2", "other": "3"}
    assert codes.line_codes(asked) == {}


def test_kinds_with_answers_of_their_own_are_coded_too():
    assert codes.choice_codes(question(kind="yes_no", settings={"not_sure": True})) == {
        "yes": "1",
        "no": "2",
        "not_sure": "3",
    }
    assert list(codes.choice_codes(question(kind="publish_consent")).values()) == ["1", "2", "3"]


@pytest.mark.parametrize(("first", "coded"), [(1, "1"), (0, "0")])
def test_a_scale_of_numbers_is_coded_by_its_numbers(first, coded):
    asked = question(kind="rating", settings={"points": 5, "first": first})
    assert codes.choice_codes(asked) == {key: key for key in kind("rating").keys(asked)}
    assert next(iter(codes.choice_codes(asked))) == coded


def test_a_scale_with_words_is_coded_by_place_and_what_stands_outside_it_comes_last():
    asked = question(kind="rating", options=[*options("bad", "good"), {**options("unsure")[0], "unknown": True}])
    assert codes.choice_codes(asked) == {"bad": "1", "good": "2", "unsure": "3"}


def test_rows_have_letters_and_the_same_codes_in_each():
    rows = [{"key": f"r{at}", "label": {"en": str(at)}} for at in range(28)]
    asked = question(kind="matrix", rows=rows, options=options("yes", "no"))
    assert list(codes.line_codes(asked).values())[:3] == ["a", "b", "c"]
    assert list(codes.line_codes(asked).values())[25:] == ["z", "aa", "ab"]
    assert codes.choice_codes(asked) == {"yes": "1", "no": "2"}


@pytest.mark.parametrize("name", ["ranking", "points"])
def test_options_that_get_a_place_or_a_number_have_letters_and_nothing_is_ticked(name):
    asked = question(kind=name, options=options("one", "two"))
    assert codes.line_codes(asked) == {"one": "a", "two": "b"}
    assert codes.choice_codes(asked) == {}


def test_a_hidden_option_keeps_the_codes_of_those_behind_it():
    shown = [*options("bus", "train", "car")]
    shown[1]["show"] = {"when": "before", "is": "any_of", "of": ["yes"]}
    definition = {
        "title": {"en": "A title"},
        "pages": [
            {"key": "p0", "questions": [{"key": "before", "kind": "yes_no", "text": {"en": "B?"}}]},
            {
                "key": "p1",
                "questions": [{"key": "q", "kind": "single_choice", "text": {"en": "Q?"}, "options": shown}],
            },
        ],
    }
    asked = read(definition).question_by_key["q"]
    assert codes.choice_codes(asked)["car"] == "3"


def test_statements_have_no_number():
    definition = {
        "title": {"en": "A title"},
        "pages": [
            {
                "key": "p",
                "title": {"en": "One"},
                "questions": [
                    {"key": "a", "kind": "yes_no", "text": {"en": "A?"}},
                    {"key": "s", "kind": "statement", "text": {"en": "Read this."}},
                    {"key": "b", "kind": "yes_no", "text": {"en": "B?"}},
                ],
            }
        ],
    }
    assert codes.numbers(read(definition)) == {"a": 1, "b": 2}


def test_every_kind_that_is_ticked_has_a_code_for_whatever_it_may_invent():
    random = Random(4)
    for name, asked_kind in kinds().items():
        asked = question(kind=name, options=options("one", "two"), rows=options("r1", "r2"))
        if any(isinstance(one, Choices) for one in asked_kind.possible(asked)):
            assert {value.choice for value in asked_kind.invent(asked, random)} <= codes.choice_codes(asked).keys()
