"""Conditions as data: `{"when": "q4", "is": "any_of", "of": ["poor", "bad"]}`, joined by all, any and not.

The left side is a question (`when`), one row of a grid (`when` and `row`) or how many options were chosen (`when` and
`"count": true`); the right side is constants or another question (`{"question": "q3"}`). In a constraint `when` may be
"." for the answer being checked. An unanswered left or right side makes `none_of` true and every other operator false;
a count is always a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.domain.answers import Answers, Value, Values

OPERATORS = ("answered", "any_of", "none_of", "all_of", "at_least", "at_most", "above", "below")
CONSTRAINT_OPERATORS = (*OPERATORS, "matches")
ITSELF = "."
LONGEST_PATTERN = 300
LONGEST_MATCHED = 1_000

Comparable = float | str


@dataclass(frozen=True)
class Test:
    """One comparison; `of` holds constants, `against` names a question instead."""

    __test__ = False  # not a test case: the name is the field's

    when: str
    operator: str
    of: tuple[Any, ...] = ()
    against: str | None = None
    row: str | None = None
    count: bool = False


@dataclass(frozen=True)
class Joined:
    """`all`, `any` or `not` over other conditions."""

    how: str
    parts: tuple[Condition, ...]


Condition = Test | Joined


class BadCondition(ValueError):
    """A condition that cannot be read; its text says why."""


def read(data: Any, *, constraint: bool = False) -> Condition:
    """A condition from its JSON form; raises BadCondition with a sentence."""
    if not isinstance(data, Mapping):
        raise BadCondition("a condition is an object with “when” or all, any or not")
    for how in ("all", "any"):
        if how in data:
            parts = data[how]
            if not isinstance(parts, list | tuple) or not parts:
                raise BadCondition(f"“{how}” needs a list of conditions")
            return Joined(how, tuple(read(part, constraint=constraint) for part in parts))
    if "not" in data:
        return Joined("not", (read(data["not"], constraint=constraint),))
    when, operator = data.get("when"), str(data.get("is"))
    if not isinstance(when, str) or not when:
        raise BadCondition("“when” names no question")
    if operator not in (CONSTRAINT_OPERATORS if constraint else OPERATORS):
        raise BadCondition(f"“{operator}” is not an operator")
    row = data.get("row")
    of = data.get("of")
    if isinstance(of, Mapping):
        against = of.get("question")
        if not isinstance(against, str) or operator in ("answered", "matches"):
            raise BadCondition("“of” names no question")
        return Test(when, operator, against=against, row=row, count=bool(data.get("count")))
    constants = () if of is None else tuple(of) if isinstance(of, list | tuple) else (of,)
    if operator != "answered" and not constants:
        raise BadCondition(f"“{operator}” has nothing to compare with")
    if operator in ("at_least", "at_most", "above", "below") and len(constants) != 1:
        raise BadCondition(f"“{operator}” compares with one value")
    if any(not isinstance(constant, str | int | float) or isinstance(constant, bool) for constant in constants):
        raise BadCondition("“of” holds texts and numbers only")
    if operator == "matches":
        check_pattern(str(constants[0]))
    return Test(when, operator, constants, row=row, count=bool(data.get("count")))


def check_pattern(pattern: str) -> None:
    """Refuse a regular expression that is broken or could take for ever (a repeat inside a repeat)."""
    if len(pattern) > LONGEST_PATTERN:
        raise BadCondition("the regular expression is too long")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadCondition(f"the regular expression is broken: {error}") from None
    if _repeats_within_repeats(pattern):
        raise BadCondition("the regular expression has a repeat inside a repeat, which could take for ever")


def _repeats_within_repeats(pattern: str) -> bool:
    stripped = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", pattern)
    depth_has_repeat = [False]
    for at, character in enumerate(stripped):
        following = stripped[at + 1 : at + 2]
        if character == "(":
            depth_has_repeat.append(False)
        elif character == ")" and len(depth_has_repeat) > 1:
            inner = depth_has_repeat.pop()
            repeats = following in ("*", "+") or bool(re.match(r"\{\d*,\d*\}", stripped[at + 1 :]))
            if repeats and (inner or "|" in stripped[:at].rpartition("(")[2]):
                return True
            depth_has_repeat[-1] = depth_has_repeat[-1] or inner or repeats
        elif character in "*+" or (character == "{" and re.match(r"\{\d*,\d*\}", stripped[at:])):
            depth_has_repeat[-1] = True
    return False


def as_json(condition: Condition) -> dict[str, Any]:
    """The inverse of `read`."""
    if isinstance(condition, Joined):
        if condition.how == "not":
            return {"not": as_json(condition.parts[0])}
        return {condition.how: [as_json(part) for part in condition.parts]}
    data: dict[str, Any] = {"when": condition.when, "is": condition.operator}
    if condition.row is not None:
        data["row"] = condition.row
    if condition.count:
        data["count"] = True
    if condition.against is not None:
        data["of"] = {"question": condition.against}
    elif condition.of:
        data["of"] = list(condition.of)
    return data


def tests(condition: Condition) -> Iterator[Test]:
    """Every comparison in it."""
    if isinstance(condition, Joined):
        for part in condition.parts:
            yield from tests(part)
    else:
        yield condition


def named(condition: Condition) -> Iterator[str]:
    """Every question it names, on either side."""
    for test in tests(condition):
        if test.when != ITSELF:
            yield test.when
        if test.against is not None and test.against != ITSELF:
            yield test.against


def holds(condition: Condition, answers: Answers, itself: Values = ()) -> bool:
    """Whether it is true of these answers; `itself` is the answer a constraint is about."""
    if isinstance(condition, Joined):
        if condition.how == "not":
            return not holds(condition.parts[0], answers, itself)
        joined: Callable[[Iterator[bool]], bool] = all if condition.how == "all" else any
        return joined(holds(part, answers, itself) for part in condition.parts)
    return _test(condition, answers, itself)


def _test(test: Test, answers: Answers, itself: Values) -> bool:
    left = _values(test.when, answers, itself)
    if test.row is not None:
        left = tuple(value for value in left if value.part == test.row)
    if test.count:
        chosen: list[Comparable] = [float(sum(value.choice is not None for value in left))]
    else:
        chosen = _comparables(left)
    if test.operator == "answered":
        return bool(left)
    right = list(test.of) if test.against is None else _comparables(_values(test.against, answers, itself))
    if not chosen or not right:
        return test.operator == "none_of"
    if test.operator == "matches":
        return all(re.fullmatch(str(right[0]), str(one)[:LONGEST_MATCHED]) for one in chosen if isinstance(one, str))
    if test.operator in ("any_of", "none_of"):
        found = any(_same(one, other) for one in chosen for other in right)
        return found if test.operator == "any_of" else not found
    if test.operator == "all_of":
        return all(any(_same(one, other) for one in chosen) for other in right)
    return any(_ordered(test.operator, one, right[0]) for one in chosen)


def _values(question: str, answers: Answers, itself: Values) -> Values:
    return itself if question == ITSELF else answers.get(question, ())


def _comparables(values: Values) -> list[Comparable]:
    return [comparable for value in values if (comparable := _comparable(value)) is not None]


def _comparable(value: Value) -> Comparable | None:
    if value.choice is not None:
        return value.choice
    if value.number is not None:
        return float(value.number)
    return value.text


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if number == number else None


def _same(one: Comparable, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    left, right = _number(one), _number(other)
    return left is not None and left == right


def _ordered(operator: str, one: Comparable, other: object) -> bool:
    left: Any = _number(one)
    right: Any = _number(other)
    if left is None or right is None:
        # Dates and times are kept so that their texts sort as they do.
        if not (isinstance(one, str) and isinstance(other, str)):
            return False
        left, right = one, other
    compared: dict[str, bool] = {
        "at_least": left >= right,
        "at_most": left <= right,
        "above": left > right,
        "below": left < right,
    }
    return compared[operator]
