"""What a SurveyJS expression means as a condition's JSON, as far as conditions go."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consult.exchange.assembly import Asked
from consult.exchange.conditions import Unsupported, joined, opposite
from consult.exchange.structure import number_of, text_of
from consult.exchange.surveyjs.expressions import Call, Constant, Name, Several, Test, parse

ORDERED = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
FLIPPED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
NUMBERS = frozenset({"number", "money", "percentage", "duration"})
DAYS = frozenset({"date", "partial_date"})
#: Functions that give the day of answering.
TODAY = frozenset({"today", "currentdate", "getdate"})
#: Days of a year, on average.
YEAR = 365.2425
Made = dict[str, Any] | bool


@dataclass(frozen=True)
class Meaning:
    """Turns expressions into conditions: `place` knows the questions and raises Unsupported for others."""

    place: Callable[[str], Asked]

    def of(self, text: str) -> Made:
        """The condition, or True or False where it does not depend on answers; raises Broken and Unsupported."""
        return self._of(parse(text))

    def _of(self, node: Any) -> Made:
        if isinstance(node, Several):
            parts = [self._of(part) for part in node.parts]
            return opposite(parts[0]) if node.how == "not" else joined(node.how, parts)
        if isinstance(node, Test):
            return self._test(node)
        if isinstance(node, Name):
            return _true(self.place(node.name))
        if isinstance(node, Constant):
            return bool(node.value) and text_of(node.value).lower() not in ("false", "0", "no")
        raise Unsupported(f"{node.name}()")

    def _test(self, test: Test) -> Made:
        left, operator, right = test.left, test.operator, test.right
        if operator in FLIPPED and not isinstance(left, Name | Call) and isinstance(right, Name | Call):
            left, operator, right = right, FLIPPED[operator], left
        if isinstance(left, Constant):
            if isinstance(right, Constant):
                return _settled(left.value, operator, right.value)
            raise Unsupported("a constant that is asked about")
        if isinstance(left, Several | Test):
            return self._truth(left, operator, right)
        if isinstance(left, Call):
            return self._of_function(left, operator, right)
        asked = self.place(left.name)
        if operator in ("empty", "notempty"):
            return _answered(asked, operator == "notempty")
        if isinstance(right, Name):
            return self._against(asked, operator, self.place(right.name))
        if isinstance(right, Call):
            return _day(asked, operator, _today(right))
        if not isinstance(right, Constant):
            raise Unsupported("a comparison that cannot be read")
        if right.value is None or right.value == "" or right.value == []:
            if operator in ("=", "!="):
                return _answered(asked, operator == "!=")
            raise Unsupported("a comparison with nothing")
        return _compared(asked, operator, right.value)

    def _truth(self, node: Any, operator: str, right: Any) -> Made:
        if operator not in ("=", "!=") or not isinstance(right, Constant) or not isinstance(right.value, bool):
            raise Unsupported("a comparison of a comparison")
        made = self._of(node)
        return made if right.value is (operator == "=") else opposite(made)

    def _against(self, asked: Asked, operator: str, other: Asked) -> Made:
        if other.row is not None:
            raise Unsupported("a comparison with one row of a grid")
        if operator in ("contains", "notcontains"):
            operator = "=" if operator == "contains" else "!="
        if operator not in FLIPPED:
            raise Unsupported(f"“{operator}” with another question")
        test = {"=": "any_of", "!=": "none_of", **ORDERED}[operator]
        return asked.test(test, {"question": other.key})

    def _of_function(self, call: Call, operator: str, right: Any) -> Made:
        name = call.name.lower()
        asked = self.place(call.arguments[0].name) if _names_one(call) else None
        if name == "age" and asked is not None and isinstance(right, Constant):
            return _aged(asked, operator, right.value)
        if name in ("countinarray", "length") and asked is not None and asked.several and isinstance(right, Constant):
            number = number_of(right.value)
            if operator in FLIPPED and number is not None:
                return asked.test({"=": "any_of", "!=": "none_of", **ORDERED}[operator], [number], count=True)
        raise Unsupported(f"{call.name}()")


def _names_one(call: Call) -> bool:
    return len(call.arguments) == 1 and isinstance(call.arguments[0], Name)


def _true(asked: Asked) -> Made:
    """A question alone is true when it has an answer that is neither false nor 0."""
    if asked.kind == "yes_no":
        return asked.test("any_of", ["yes"])
    if asked.kind in NUMBERS:
        return joined("all", [asked.test("answered"), asked.test("none_of", [0])])
    if "true" in asked.options:
        return asked.test("any_of", [asked.options["true"]])
    return asked.test("answered")


def _answered(asked: Asked, given: bool) -> Made:
    return asked.test("answered") if given else {"not": asked.test("answered")}


def _compared(asked: Asked, operator: str, value: Any) -> Made:
    values = value if isinstance(value, list) else [value]
    if operator in ORDERED:
        if isinstance(value, list | bool):
            raise Unsupported("an order of what has none")
        if asked.kind in DAYS:
            return _day(asked, operator, text_of(value)[:10])
        number = number_of(value)
        if number is None or (asked.choices and any(number_of(one) is None for one in asked.options)):
            raise Unsupported(f"“{operator}” on answers that are no numbers")
        return asked.test(ORDERED[operator], [number])
    constants = [_constant(asked, one) for one in values]
    if operator in ("contains", "notcontains"):
        if not asked.choices:
            raise Unsupported("a search in words that are typed")
        made: Made = asked.test("all_of" if len(constants) > 1 else "any_of", constants)
        return made if operator == "contains" else opposite(made)
    if operator in ("anyof", "allof", "noneof"):
        return asked.test({"anyof": "any_of", "allof": "all_of", "noneof": "none_of"}[operator], constants)
    if asked.several:
        exactly = joined(
            "all",
            [
                asked.test("all_of", constants),
                asked.test("at_most", [len(constants)], count=True),
            ],
        )
        return exactly if operator == "=" else opposite(exactly)
    if asked.kind == "ranking":
        raise Unsupported("a whole order of choices")
    return asked.test("any_of" if operator == "=" else "none_of", constants)


def _constant(asked: Asked, value: Any) -> Any:
    """A value of the file as answers of this question are kept."""
    said = text_of(value)
    if asked.options:
        if said not in asked.options:
            lower = {name.lower(): key for name, key in asked.options.items()}
            return lower.get(said.lower(), said or "?")
        return asked.options[said]
    if asked.kind in NUMBERS or asked.kind == "rating":
        number = number_of(value)
        return said if number is None else number
    if asked.kind in DAYS:
        return said[:10]
    return said


def _day(asked: Asked, operator: str, day: str | dict[str, int]) -> Made:
    if asked.kind not in DAYS or operator not in FLIPPED:
        raise Unsupported("a day compared with what is no date")
    if isinstance(day, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise Unsupported(f"“{day}”, which is no day")
    test = {"=": "any_of", "!=": "none_of", **ORDERED}[operator]
    return asked.test(test, day if isinstance(day, dict) else [day])


def _today(call: Call) -> dict[str, int]:
    days = [argument.value for argument in call.arguments if isinstance(argument, Constant)]
    if call.name.lower() not in TODAY or len(days) != len(call.arguments) or len(days) > 1:
        raise Unsupported(f"{call.name}()")
    number = number_of(days[0]) if days else 0
    if not isinstance(number, int) or abs(number) > 50_000:
        raise Unsupported(f"{call.name}()")
    return {"today": number}


def _aged(asked: Asked, operator: str, value: Any) -> Made:
    """So many years after a date of birth, counted in days."""
    years = number_of(value)
    if asked.kind not in DAYS or operator not in ORDERED or not isinstance(years, int) or not 0 <= years <= 130:
        raise Unsupported("age()")
    years += operator in (">", "<=")
    made = asked.test("at_most", {"today": -int(years * YEAR)})
    if operator in (">=", ">"):
        return made
    return {"all": [asked.test("answered"), {"not": made}]}


def _settled(left: Any, operator: str, right: Any) -> bool:
    if operator in ("=", "!="):
        return (text_of(left) == text_of(right)) is (operator == "=")
    low, high = number_of(left), number_of(right)
    if low is None or high is None or operator not in ORDERED:
        return False
    return {"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[operator]
