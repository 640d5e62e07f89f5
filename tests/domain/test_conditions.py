"""Conditions mean what DESIGN 6 says they mean."""

from __future__ import annotations

from datetime import date

import pytest

from consult.domain import conditions
from consult.domain.answers import Value
from consult.domain.conditions import BadCondition, holds, read

CHOSEN = {"q": (Value(choice="a"), Value(choice="b"))}
NUMBER = {"q": (Value(number=5),), "r": (Value(number=7),)}
DAY = {"q": (Value(text="2026-03-05"),)}
PARTLY = {"q": (Value(text="2026-03"),)}
YEAR = {"q": (Value(text="2026"),)}
SEVERAL = {"q": (Value(part="r1", choice="a"), Value(part="r1", choice="b"), Value(part="r2", choice="a"))}
RANKS = {"q": (Value(part="bus", number=1), Value(part="car", number=2))}
RANGE = {"q": (Value(part="from", text="2026-03-01"), Value(part="to", text="2026-04-30"))}
CLOCK = {"q": (Value(text="09:30"),)}
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
        (SEVERAL, when("at_least", 2, count="rows"), True),
        (SEVERAL, when("at_least", 3, count="rows"), False),
        (SEVERAL, when("at_least", 3, count=True), True),
        (SEVERAL, when("at_least", 2, count=True, row="r1"), True),
        (SEVERAL, when("all_of", ["a", "b"], row="r2"), False),
        (RANKS, when("at_most", 1, row="bus"), True),
        (RANKS, when("at_most", 1, row="car"), False),
        (RANKS, when("any_of", [2]), True),
        (RANGE, when("below", "2026-04-01", row="from"), True),
        (RANGE, when("below", "2026-04-01", row="to"), False),
        (CLOCK, when("at_least", "09:05"), True),
        (CLOCK, when("at_least", "14:00"), False),
        (PARTLY, when("at_least", "2026-03-01"), True),
        (PARTLY, when("above", "2026-03-01"), False),
        (PARTLY, when("at_most", "2026-03-31"), True),
        (PARTLY, when("at_most", "2026-03-30"), False),
        (PARTLY, when("below", "2026-04"), True),
        (PARTLY, when("at_least", "2026"), True),
        (PARTLY, when("any_of", ["2026"]), False),
        (YEAR, when("above", "2025-12-31"), True),
        (YEAR, when("above", "2025"), True),
        (YEAR, when("at_most", "2026-11-23"), False),
    ],
)
def test_operators(answers, condition, expected):
    assert holds(condition, answers) is expected


@pytest.mark.parametrize("operator", ["any_of", "all_of", "at_least", "at_most", "above", "below"])
def test_an_unanswered_question_makes_only_none_of_true(operator):
    assert not holds(when(operator, [1]), {})
    assert holds(when("none_of", [1]), {})
    assert not holds(when("answered"), {})


def test_today_is_the_day_on_which_somebody_answers():
    fifth, sixth = date(2026, 3, 5), date(2026, 3, 6)
    assert holds(when("at_least", {"today": 0}), DAY, today=fifth)
    assert not holds(when("at_least", {"today": 0}), DAY, today=sixth)
    assert holds(when("at_least", {"today": -1}), DAY, today=sixth)
    assert holds(when("any_of", ["2026-01-01", {"today": -1}]), DAY, today=sixth)
    assert holds(when("none_of", {"today": 0}), DAY, today=sixth)
    assert not holds(when("at_least", {"today": 0}), {}, today=sixth)


@pytest.mark.parametrize("operator", ["any_of", "none_of", "all_of", "at_least", "at_most", "above", "below"])
def test_without_a_day_every_comparison_with_it_is_false(operator):
    assert not holds(when(operator, {"today": 0}), DAY)


@pytest.mark.parametrize(
    "data",
    [
        {"when": "q", "is": "below", "of": {"today": -28}},
        {"when": "q", "is": "any_of", "of": ["2026-01-01", {"today": 0}]},
        {"when": "q", "is": "at_least", "of": [2], "count": "rows"},
        {"when": "q", "is": "answered", "row": "from"},
        {"not": {"any": [{"when": "q", "is": "above", "of": {"question": "r"}, "row": "r1", "count": True}]}},
    ],
)
def test_a_condition_is_written_as_it_was_read(data):
    assert conditions.as_json(read(data)) == data


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
