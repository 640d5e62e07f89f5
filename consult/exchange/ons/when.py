"""What “when” means in an ONS file as a condition's JSON: both ways of writing it that its schemas had."""

from __future__ import annotations

import re
from typing import Any

from consult.exchange.assembly import Asked
from consult.exchange.conditions import Broken, Unsupported, joined, opposite
from consult.exchange.ons.reading import SOURCES, Reading
from consult.exchange.structure import number_of, text_of

ORDERED = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
FLIPPED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
#: The older way: {"id": answer, "condition": …, "value": …}.
OLDER = {
    "equals": "==", "not equals": "!=", "contains": "in", "not contains": "not in", "equals any": "in",
    "not equals any": "not in", "contains any": "any-in", "contains all": "all-in", "set": "set", "not set": "not set",
    "greater than": ">", "greater than or equal to": ">=", "less than": "<", "less than or equal to": "<=",
}  # fmt: skip
NUMBERS = frozenset({"number", "money", "percentage", "duration"})
DEEPEST = 40
Made = dict[str, Any] | bool


def meaning(reading: Reading, value: Any, depth: int = 0) -> Made:
    """The condition; raises Unsupported and Broken."""
    if depth > DEEPEST:
        raise Unsupported(f"brackets more than {DEEPEST} deep")
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return joined("all", [_older(reading, one, depth) for one in value])
    if not isinstance(value, dict) or len(value) != 1:
        if isinstance(value, dict) and "condition" in value:
            return _older(reading, value, depth)
        raise Broken("an object with one operator is needed")
    operator, operands = next(iter(value.items()))
    if operator == "when":
        return meaning(reading, operands, depth + 1)
    if operator in ("and", "or", "not"):
        parts = [meaning(reading, one, depth + 1) for one in (operands if isinstance(operands, list) else [operands])]
        if not parts:
            raise Broken(f"“{operator}” joins nothing")
        return opposite(parts[0]) if operator == "not" else joined("all" if operator == "and" else "any", parts)
    if not isinstance(operands, list) or len(operands) != 2:
        raise Unsupported(f"“{operator}”")
    return _compared(reading, operator, *operands)


def _older(reading: Reading, value: Any, depth: int) -> Made:
    if not isinstance(value, dict):
        raise Broken("an object with “id” and “condition” is needed")
    if "condition" not in value:
        return meaning(reading, value, depth + 1)
    operator = OLDER.get(text_of(value["condition"]).lower())
    if operator is None:
        raise Unsupported(f"“{text_of(value['condition'])}”")
    if "id" not in value:
        known = next((source for source in ("meta", "list", "comparison") if source in value), "")
        raise Unsupported(SOURCES.get({"meta": "metadata"}.get(known, known), "something other than an answer"))
    asked = reading.asked(text_of(value["id"]))
    if operator in ("set", "not set"):
        return _given(asked, operator == "set")
    against = value.get("values", value.get("value"))
    turned = operator.removeprefix("not ")
    made = _test(asked, turned, against)
    return made if turned == operator else opposite(made)


def _compared(reading: Reading, operator: str, left: Any, right: Any) -> Made:
    if operator in ("any-in", "all-in"):
        left, right = right, left
    if not isinstance(left, dict) and isinstance(right, dict) and "source" in right:
        left, right, operator = right, left, FLIPPED.get(operator, operator)
    if isinstance(left, dict) and "date" in left and isinstance(left["date"], list) and left["date"]:
        if len(left["date"]) > 1:
            raise Unsupported("a day so long before or after an answer")
        left = left["date"][0]
    if not isinstance(left, dict) or "source" not in left:
        raise Unsupported(f"“{operator}” without an answer")
    if left["source"] != "answers":
        raise Unsupported(SOURCES.get(text_of(left["source"]), f"“{text_of(left['source'])}”"))
    asked = reading.asked(text_of(left.get("identifier")))
    if isinstance(right, dict):
        return _against(reading, asked, operator, right)
    return _test(asked, operator, right)


def _against(reading: Reading, asked: Asked, operator: str, right: dict[str, Any]) -> Made:
    """A comparison with another answer, or with a day."""
    if right.get("source") == "answers" and operator in ("==", "!=", *ORDERED):
        other = reading.asked(text_of(right.get("identifier")))
        if other.row is not None:
            raise Unsupported("a comparison with one row of a grid")
        return asked.test({"==": "any_of", "!=": "none_of", **ORDERED}[operator], {"question": other.key})
    days = right.get("date")
    if isinstance(days, list) and days and operator in ("==", "!=", *ORDERED):
        return asked.test({"==": "any_of", "!=": "none_of", **ORDERED}[operator], _day(days))
    raise Unsupported(SOURCES.get(text_of(right.get("source")), f"“{operator}” with something worked out"))


def _day(days: list[Any]) -> Any:
    """A day: written out, or so long before or after today."""
    offset = days[1] if len(days) > 1 and isinstance(days[1], dict) else {}
    if days[0] != "now":
        if isinstance(days[0], str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", days[0]) and not offset:
            return [days[0]]
        raise Unsupported("a day that is worked out")
    return {"today": days_of(offset)}


def days_of(offset: dict[str, Any]) -> int:
    """An offset of days, months and years in days."""
    total = 0.0
    for unit, length in (("days", 1.0), ("weeks", 7.0), ("months", 30.436875), ("years", 365.2425)):
        number = number_of(offset.get(unit, 0))
        if number is None or abs(number) > 1_000:
            raise Unsupported("a day that is worked out")
        total += number * length
    return int(total)


def _test(asked: Asked, operator: str, right: Any) -> Made:
    if operator in ("==", "!=") and right is None:
        return _given(asked, operator == "!=")
    values = right if isinstance(right, list) else [right]
    if not values or any(isinstance(one, dict | list) for one in values):
        raise Unsupported(f"“{operator}” with something worked out")
    if operator in ORDERED:
        return asked.test(ORDERED[operator], [_constant(asked, values[0])])
    constants = [_constant(asked, one) for one in values]
    if operator in ("==", "in", "any-in"):
        return asked.test("any_of", constants)
    if operator == "!=":
        return asked.test("none_of", constants)
    if operator == "all-in":
        return asked.test("all_of", constants)
    raise Unsupported(f"“{operator}”")


def _constant(asked: Asked, value: Any) -> Any:
    said = text_of(value)
    if asked.options:
        return asked.options.get(said, "_".join(said.split()) or "?")
    number = number_of(value)
    return number if asked.kind in NUMBERS and number is not None else said


def _given(asked: Asked, given: bool) -> Made:
    return asked.test("answered") if given else {"not": asked.test("answered")}
