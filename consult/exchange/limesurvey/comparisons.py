"""What LimeSurvey compares, as tests of ours: answers with constants, how many of several, dates and times."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

from consult.exchange.conditions import Unsupported, joined, opposite
from consult.exchange.limesurvey.expressions import Constant
from consult.exchange.limesurvey.known import Known

ORDERED = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
TESTS = {"==": "any_of", "!=": "none_of", **ORDERED}
#: Ways to choose some of several answers that one condition may list.
MOST_WAYS = 60


def true(known: Known) -> dict[str, Any]:
    """A variable alone is true when it has an answer other than 0."""
    if known.kind == "number":
        made = joined("all", [known.given, {**known.left, "is": "none_of", "of": [0]}])
        assert isinstance(made, dict)
        return made
    return known.given


def against(known: Known, operator: str, constant: Constant, strange: list[str]) -> dict[str, Any] | bool:
    said = text_of(constant)
    if said == "" or (said.isspace() and operator in ("==", "!=")):
        if operator not in ("==", "!="):
            raise Unsupported("a comparison with nothing")
        return known.given if operator == "!=" else opposite(known.given)
    if known.kind in ("option", "other"):
        return _ticked(known, operator, said)
    if known.kind == "rank":
        return _placed(known, operator, said, strange)
    if known.kind == "one":
        return _chosen(known, operator, said, strange)
    number = number_of(constant)
    if operator in ORDERED:
        if known.kind in ("date", "time"):
            return {**known.left, "is": ORDERED[operator], "of": [moment(said)]}
        if isinstance(number, str):
            raise Unsupported(f"a comparison with “{said}”, which is no number")
        return {**known.left, "is": ORDERED[operator], "of": [number]}
    if known.kind == "number":
        if isinstance(number, str):
            raise Unsupported(f"a comparison of a number with “{said}”")
        return {**known.left, "is": TESTS[operator], "of": [number]}
    return {**known.left, "is": TESTS[operator], "of": [moment(said) if known.kind in ("date", "time") else said]}


def _ticked(known: Known, operator: str, said: str) -> dict[str, Any]:
    """A box that is ticked is “Y” to LimeSurvey; one in a grid is 1."""
    if said in ("Y", "1", "-oth-") and operator in ("==", "!="):
        made = known.given
        return made if operator == "==" else {"not": made}
    if (operator, said) in ((">", "0"), (">=", "1"), ("!=", "0"), ("!=", "N")):
        return known.given
    if (operator, said) in (("==", "0"), ("<", "1"), ("==", "N")):
        return {"not": known.given}
    if known.kind == "other":
        raise Unsupported("the words in the box behind “other”")
    raise Unsupported(f"“{said}”, which a box that is ticked never is")


def _placed(known: Known, operator: str, said: str, strange: list[str]) -> dict[str, Any]:
    """What stands in a place of an order, as the place in which it stands."""
    if operator in ORDERED:
        raise Unsupported("which of two answers in words is larger")
    if said not in known.codes:
        strange.append(said)
    made = {"when": known.key, "row": known.codes.get(said, said), "is": "any_of", "of": [known.place]}
    return made if operator == "==" else {"not": made}


def _chosen(known: Known, operator: str, said: str, strange: list[str]) -> dict[str, Any]:
    key = known.codes.get(said)
    if key is None:
        number = number_of(Constant(said))
        if isinstance(number, int | float):
            key = next((one for code, one in known.codes.items() if number_of(Constant(code)) == number), None)
    if operator in ORDERED:
        numbers = [number_of(Constant(one)) for one in known.codes.values() if one != "other"]
        if any(isinstance(one, str) for one in numbers) or isinstance(number_of(Constant(said)), str):
            raise Unsupported("which of two answers in words is larger")
        return {**known.left, "is": ORDERED[operator], "of": [number_of(Constant(said))]}
    if key is None:
        strange.append(said)
        key = "_".join(said.split())
    return {**known.left, "is": TESTS[operator], "of": [key]}


def counted(knowns: list[Known], operator: str, number: int) -> dict[str, Any] | bool:
    """How many of these are answered, or ticked."""
    first = knowns[0] if knowns else None
    if first and {one.key for one in knowns} == {first.key} and len(set(map(id, knowns))) == first.siblings:
        count: object = True if first.kind in ("option", "other") else "rows"
        return {"when": first.key, "count": count, "is": TESTS[operator], "of": [number]}
    return so_many([known.given for known in knowns], operator, number)


def so_many(parts: list[dict[str, Any] | bool], operator: str, number: int) -> dict[str, Any] | bool:
    """So many of these hold, as every way in which they can."""

    def at_least(least: int) -> dict[str, Any] | bool:
        if least <= 0:
            return True
        if least > len(parts):
            return False
        if comb(len(parts), least) > MOST_WAYS:
            raise Unsupported(f"counting to {least} of {len(parts)} answers")
        return joined("any", [joined("all", [*some]) for some in combinations(parts, least)])

    if operator == ">=":
        return at_least(number)
    if operator == ">":
        return at_least(number + 1)
    if operator == "<":
        return opposite(at_least(number))
    if operator == "<=":
        return opposite(at_least(number + 1))
    just = joined("all", [at_least(number), opposite(at_least(number + 1))])
    return just if operator == "==" else opposite(just)


def moment(said: str) -> str:
    """A date or time as it is kept; raises Unsupported for one that is neither."""
    text = said.strip()
    day = text.partition(" ")[0]
    if len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdigit():
        return day
    if ":" in text and text.replace(":", "").isdigit():
        return text[:5]
    raise Unsupported(f"a comparison of a date with “{said}”")


def text_of(constant: Constant) -> str:
    """A constant as text: 1.0 is 1."""
    value = constant.value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value


def number_of(constant: Constant) -> float | int | str:
    """A constant as a number, where it is one."""
    try:
        number = float(constant.value)
    except ValueError:
        return text_of(constant)
    if number != number or abs(number) > 1e15:
        return text_of(constant)
    return int(number) if number.is_integer() else number


def settled(left: Constant, operator: str, right: Constant) -> bool:
    one, other = number_of(left), number_of(right)
    if isinstance(one, str) != isinstance(other, str):
        one, other = text_of(left), text_of(right)
    if operator in ("==", "!="):
        return (one == other) is (operator == "==")
    low: Any = one
    high: Any = other
    return bool({"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[operator])
