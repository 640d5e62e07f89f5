"""Conditions mean what DESIGN 6 says they mean."""

from __future__ import annotations

import pytest

from consult.domain import conditions
from consult.domain.answers import Value
from consult.domain.conditions import BadCondition, holds, read

CHOSEN = {"q": (Value(choice="a"), Value(choice="b"))}
NUMBER = {"q": (Value(number=5),), "r": (Value(number=7),)}
DAY = {"q": (Value(text="2026-03-05"),)}
GRID = {"q": (Value(part="r1", choice="good"), Value(part="r2", choice="bad"))}


def when(operator: str, of: object = None, **more: object) -> conditions.Condition:
    return read({"when": "q", "is": operator, **({} if of is None else {"of": of}), **more})


@pytest.mark.parametrize(
    ("answers", "condition", "expected"),
    [
        (CHOSEN, when("any_of", ["b", "c"]), True),
        (CHOSEN, when("any_of", ["c"]), False),
        (CHOSEN, when("none_of", ["c"]), True),
        (CHOSEN, when("none_of", ["a"]), False),
        (CHOSEN, when("all_of", ["a", "b"]), True),
        (CHOSEN, when("all_of", ["a", "c"]), False),
        (CHOSEN, when("answered"), True),
        (CHOSEN, when("at_least", 2, count=True), True),
        (CHOSEN, when("above", 2, count=True), False),
        (NUMBER, when("at_least", 5), True),
        (NUMBER, when("above", 5), False),
        (NUMBER, when("at_most", 5), True),
        (NUMBER, when("below", 5), False),
        (NUMBER, when("any_of", [5]), True),
        (NUMBER, when("any_of", ["5"]), True),
        (NUMBER, when("below", {"question": "r"}), True),
        (NUMBER, when("below", {"question": "nobody"}), False),
        (NUMBER, when("none_of", {"question": "nobody"}), True),
        (DAY, when("at_least", "2026-03-05"), True),
        (DAY, when("below", "2026-03-05"), False),
        (GRID, when("any_of", ["bad"], row="r2"), True),
        (GRID, when("any_of", ["bad"], row="r1"), False),
        (GRID, when("answered", row="r9"), False),
    ],
)
def test_operators(answers, condition, expected):
    assert holds(condition, answers) is expected


@pytest.mark.parametrize("operator", ["any_of", "all_of", "at_least", "at_most", "above", "below"])
def test_an_unanswered_question_makes_only_none_of_true(operator):
    assert not holds(when(operator, [1]), {})
    assert holds(when("none_of", [1]), {})
    assert not holds(when("answered"), {})


def test_a_count_of_nothing_is_nought():
    assert holds(when("below", 1, count=True), {})
    assert not holds(when("at_least", 1, count=True), {})


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        {},
        {"when": "q"},
        {"when": "q", "is": "like", "of": ["a"]},
        {"when": "q", "is": "any_of"},
        {"when": "", "is": "answered"},
        {"when": "q", "is": "above", "of": [1, 2]},
        {"when": "q", "is": "any_of", "of": [{"a": 1}]},
        {"when": "q", "is": "any_of", "of": [True]},
        {"when": "q", "is": "matches", "of": ["a+"]},
        {"all": []},
        {"not": None},
    ],
)
def test_what_cannot_be_read_is_refused(broken):
    with pytest.raises(BadCondition):
        read(broken)


@pytest.mark.parametrize("pattern", ["(a+)+", "(a*)*b", "(a|a)*", "([a-z]+)*", "(", "(?P<x", "((ab)+c){2,}", "a" * 400])
def test_a_pattern_that_could_take_for_ever_is_refused(pattern):
    with pytest.raises(BadCondition):
        read({"when": ".", "is": "matches", "of": [pattern]}, constraint=True)


@pytest.mark.parametrize("pattern", [r"[A-Z]{2}\d{4}", r"^\d+$", r"(Mr|Mrs) \w+", r"\(\d+\)", r"a{2,3}b+"])
def test_a_plain_pattern_is_kept(pattern):
    assert conditions.as_json(read({"when": ".", "is": "matches", "of": [pattern]}, constraint=True))["of"] == [pattern]
