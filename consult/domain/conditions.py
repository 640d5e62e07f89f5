"""Conditions as data: `{"when": "q4", "is": "any_of", "of": ["poor", "bad"]}`, joined by all, any and not.

The left side is a question (`when`), one row of it (`row`), how many options were chosen (`"count": true`) or how many
rows were answered (`"count": "rows"`); the right side is constants, today and so many days (`{"today": -28}`), or
another question (`{"question": "q3"}`). In a constraint `when` may be "." for the answer being checked. An unanswered
left or right side makes `none_of` true and every other operator false; a count is always a number; without a `today`
every comparison with it is false.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from consult.domain.answers import Answers, Value, Values

OPERATORS = ("answered", "any_of", "none_of", "all_of", "at_least", "at_most", "above", "below")
CONSTRAINT_OPERATORS = (*OPERATORS, "matches")
ITSELF = "."
LONGEST_PATTERN = 300
LONGEST_MATCHED = 1_000
#: How far from today a date may be, in days: about 200 years.
FURTHEST_DAYS = 73_000
#: A date of which day and month may be left out, as dates are kept.
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

Comparable = float | str


@dataclass(frozen=True)
class Today:
    """The day on which somebody answers, and so many days later (earlier, below nought)."""

    days: int = 0


@dataclass(frozen=True)
class Test:
    """One comparison; `of` holds constants (texts, numbers, `Today`), `against` names a question instead."""

    __test__ = False  # not a test case: the name is the field's

    when: str
    operator: str
    of: tuple[Any, ...] = ()
    against: str | None = None
    row: str | None = None
    #: compare how many options were chosen (True) or how many rows were answered instead of what they are
    count: bool | Literal["rows"] = False


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
    if row is not None and not (isinstance(row, str) and row):
        raise BadCondition("“row” names no row")
    count = data.get("count") or False
    if count not in (True, False, "rows"):
        raise BadCondition("“count” is true, to count what was chosen, or “rows”")
    of = data.get("of")
    if isinstance(of, Mapping) and "today" not in of:
        against = of.get("question")
        if not isinstance(against, str) or operator in ("answered", "matches"):
            raise BadCondition("“of” names no question")
        return Test(when, operator, against=against, row=row, count=count)
    constants = () if of is None else tuple(of) if isinstance(of, list | tuple) else (of,)
    if operator == "answered":
        constants = ()
    elif not constants:
        raise BadCondition(f"“{operator}” has nothing to compare with")
    if operator in ("at_least", "at_most", "above", "below", "matches") and len(constants) != 1:
        raise BadCondition(f"“{operator}” compares with one value")
    constants = tuple(_constant(constant) for constant in constants)
    if operator == "matches":
        check_pattern(str(constants[0]))
    return Test(when, operator, constants, row=row, count=count)


def _constant(data: Any) -> Any:
    if isinstance(data, Mapping) and set(data) == {"today"}:
        days = data["today"]
        if isinstance(days, bool) or not isinstance(days, int) or abs(days) > FURTHEST_DAYS:
            raise BadCondition(f"“today” is a whole number of days, not more than {FURTHEST_DAYS} away")
        return Today(days)
    if isinstance(data, bool) or not isinstance(data, str | int | float) or data != data:
        raise BadCondition("“of” holds texts, numbers and {“today”: days} only")
    return data


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
        data["count"] = condition.count
    if condition.against is not None:
        data["of"] = {"question": condition.against}
    elif len(condition.of) == 1 and isinstance(condition.of[0], Today):
        data["of"] = {"today": condition.of[0].days}
    elif condition.of:
        data["of"] = [{"today": one.days} if isinstance(one, Today) else one for one in condition.of]
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


def holds(condition: Condition, answers: Answers, itself: Values = (), *, today: date | None = None) -> bool:
    """Whether it is true of these answers; `itself` is the answer a constraint is about, `today` where they are."""
    if isinstance(condition, Joined):
        if condition.how == "not":
            return not holds(condition.parts[0], answers, itself, today=today)
        joined: Callable[[Iterator[bool]], bool] = all if condition.how == "all" else any
        return joined(holds(part, answers, itself, today=today) for part in condition.parts)
    return _test(condition, answers, itself, today)


def _test(test: Test, answers: Answers, itself: Values, today: date | None) -> bool:
    left = _values(test.when, answers, itself)
    if test.row is not None:
        left = tuple(value for value in left if value.part == test.row)
    if test.operator == "answered":
        return bool(left)
    chosen = [_count(test, left)] if test.count else _comparables(left)
    right: list[Any] = list(test.of) if test.against is None else _comparables(_values(test.against, answers, itself))
    if any(isinstance(one, Today) for one in right):
        if today is None:
            return False
        right = [(today + timedelta(one.days)).isoformat() if isinstance(one, Today) else one for one in right]
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


def _count(test: Test, values: Values) -> Comparable:
    if test.count == "rows":
        return float(len({value.part for value in values}))
    return float(sum(value.choice is not None for value in values))


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
        # Times are kept so that their texts sort as they do.
        if not (isinstance(one, str) and isinstance(other, str)):
            return False
        (earliest, latest), (first, last) = _days(one), _days(other)
        left, right = (earliest, first) if operator == "at_least" else (latest, last)
        if operator in ("above", "below"):
            left, right = (earliest, last) if operator == "above" else (latest, first)
    compared: dict[str, bool] = {
        "at_least": left >= right,
        "at_most": left <= right,
        "above": left > right,
        "below": left < right,
    }
    return compared[operator]


def _days(text: str) -> tuple[str, str]:
    """The first and the last day that a date with or without its day and month may be; other texts as they are."""
    found = DATE.fullmatch(text)
    if not found or found[3]:
        return text, text
    year, month = int(found[1]), int(found[2] or 0)
    if not month:
        return f"{text}-01-01", f"{text}-12-31"
    if not (year and 1 <= month <= 12):
        return text, text
    return f"{text}-01", f"{text}-{monthrange(year, month)[1]:02}"
