"""What display logic, skip logic and branches of Qualtrics mean as a condition's JSON, as far as conditions go."""

from __future__ import annotations

import re
from typing import Any

from consult.exchange.assembly import Asked
from consult.exchange.conditions import Unsupported, joined, opposite
from consult.exchange.qualtrics.reading import Reading
from consult.exchange.structure import number_of, text_of

ORDERED = {
    "GreaterThan": "above", "GreaterThanOrEqual": "at_least", "LessThan": "below", "LessThanOrEqual": "at_most",
}  # fmt: skip
LOCATOR = re.compile(r"q://(QID\w+)/(\w+)(?:/(\w+))?(?:/(\w+))?")
#: What logic may ask about besides answers, as people would say it.
OTHERWISE = {
    "DeviceType": "the kind of device", "GeoIP": "where somebody is", "EmbeddedField": "what the survey notes down",
    "PanelData": "what the sender knows of each person", "Quota": "a quota", "Contact": "what the sender knows",
    "Loop": "a part that is asked again and again", "Survey": "another survey",
}  # fmt: skip
NUMBERS = frozenset({"number", "money", "percentage"})
DEEPEST = 12
Made = dict[str, Any] | bool


def meaning(reading: Reading, logic: Any) -> Made:
    """The condition of a BooleanExpression; raises Unsupported."""
    if not isinstance(logic, dict):
        raise Unsupported("logic that cannot be read")
    sets = _numbered(logic)
    if not sets:
        raise Unsupported("logic without a test")
    joins = [text_of(one.get("Type")) for one in sets[1:]]
    return _joined(joins, [lambda one=one: _set(reading, one) for one in sets])


def _numbered(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Its numbered parts, in order."""
    found = sorted((int(name), one) for name, one in value.items() if name.isdigit() and len(name) < 6)
    if not all(isinstance(one, dict) for _number, one in found):
        raise Unsupported("logic that cannot be read")
    return [one for _number, one in found]


def _set(reading: Reading, value: dict[str, Any]) -> Made:
    tests = _numbered(value)
    if not tests:
        raise Unsupported("logic without a test")
    joins = [text_of(one.get("Conjuction") or one.get("Conjunction")) for one in tests[1:]]
    return _joined(joins, [lambda one=one: test(reading, one) for one in tests])


def _joined(joins: list[str], parts: list[Any]) -> Made:
    """Parts joined by “and” and “or”, of which “and” binds closer; a part that cannot be kept may not matter."""
    either: list[list[Any]] = [[parts[0]]]
    for join, part in zip(joins, parts[1:], strict=True):
        if join.lower().startswith("and") or join == "":
            either[-1].append(part)
        elif join.lower().startswith(("or", "else")):
            either.append([part])
        else:
            raise Unsupported(f"“{join}”")
    return _as_far("any", [lambda one=one: _as_far("all", one) for one in either])


def _as_far(how: str, parts: list[Any]) -> Made:
    made: list[Made] = []
    unsupported: Unsupported | None = None
    for part in parts:
        try:
            made.append(part())
        except Unsupported as reason:
            unsupported = unsupported or reason
    if any(one is (how == "any") for one in made):
        return how == "any"
    if unsupported is not None:
        raise unsupported
    return joined(how, made)


def test(reading: Reading, value: dict[str, Any]) -> Made:
    """One test; raises Unsupported."""
    kind = text_of(value.get("LogicType"))
    if kind != "Question":
        raise Unsupported(OTHERWISE.get(kind, f"“{kind}”"))
    locator = text_of(value.get("LeftOperand") or value.get("ChoiceLocator"))
    return located(reading, locator, text_of(value.get("Operator")), value.get("RightOperand"))


def located(reading: Reading, locator: str, operator: str, right: Any) -> Made:
    """What a test of one place says; raises Unsupported."""
    found = LOCATOR.fullmatch(locator)
    if found is None:
        raise Unsupported(f"“{locator or operator}”")
    question, what, first, second = found.groups()
    if operator in ("Displayed", "NotDisplayed"):
        if question not in reading.seen_by_all:
            raise Unsupported("whether something was shown")
        return operator == "Displayed"
    if operator in ("Selected", "NotSelected"):
        made = _selected(reading, question, what, first, second)
        return made if operator == "Selected" else opposite(made)
    asked = reading.assembly.place(question)
    if what == "SelectedChoicesCount":
        number = number_of(right)
        test = {"EqualTo": "any_of", "NotEqualTo": "none_of", **ORDERED}.get(operator)
        if test is None or number is None:
            raise Unsupported(f"“{operator}”")
        return asked.test(test, [number], count=True)
    if what in ("ChoiceTextEntryValue", "ChoiceNumericEntryValue"):
        if first is not None:
            asked = _row(reading, question, first, asked)
        return _compared(asked, operator, right)
    raise Unsupported(f"“{what}”")


def _row(reading: Reading, question: str, number: str, asked: Asked) -> Asked:
    row = reading.assembly.asked.get(f"{question}/{number}")
    if row is None and (asked.choices or asked.kind.startswith("matrix")):
        raise Unsupported("what was written beside a choice")
    return row or asked


def _selected(reading: Reading, question: str, what: str, first: str | None, second: str | None) -> Made:
    asked = reading.assembly.place(question)
    if second is not None and first is not None:
        row = reading.assembly.place(f"{question}/{first}")
        if second not in row.options:
            raise Unsupported("an answer that is not in the file")
        return row.test("any_of", [row.options[second]])
    if not what.startswith("Selectable") or first is None or asked.kind.startswith("matrix"):
        raise Unsupported(f"“{what}” of a grid" if asked.kind.startswith("matrix") else f"“{what}”")
    if asked.kind == "rating" and first not in asked.options:
        number = number_of(first)
        if number is None:
            raise Unsupported("a choice that is not in the file")
        return asked.test("any_of", [number])
    if first not in asked.options:
        raise Unsupported("a choice that is not in the file")
    return asked.test("any_of", [asked.options[first]])


def _compared(asked: Asked, operator: str, right: Any) -> Made:
    if operator in ("Empty", "NotEmpty"):
        return asked.test("answered") if operator == "NotEmpty" else {"not": asked.test("answered")}
    number = number_of(right)
    if operator in ORDERED and number is not None and (asked.kind in NUMBERS or asked.kind == "rating"):
        return asked.test(ORDERED[operator], [number])
    if operator in ("EqualTo", "NotEqualTo", "Is", "IsNot"):
        constant = number if asked.kind in (*NUMBERS, "rating") and number is not None else text_of(right)
        if constant == "":
            raise Unsupported("a comparison with nothing")
        return asked.test("none_of" if "Not" in operator else "any_of", [constant])
    raise Unsupported(f"“{operator}” on what is typed")
