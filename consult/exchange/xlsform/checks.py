"""What an XLSForm says about good answers: when one is needed, and rules as far as they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from consult.domain.conditions import BadCondition, read
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.xlsform.conditions import NUMBERS, TEXTS, Known, Place, Reader, joined
from consult.exchange.xlsform.expressions import (
    FLIPPED,
    Asked,
    Broken,
    Called,
    Compared,
    Constant,
    Joined,
    Unsupported,
    parse,
)
from consult.exchange.xlsform.reading import Reading
from consult.exchange.xlsform.workbook import Row

YES = {"yes", "true", "true()", "1", "required", "x", "y", "vrai", "oui", "si", "ja"}
NO = {"", "no", "false", "false()", "0", "optional", "n"}
ITSELF = Asked(".")
#: Digits of the longest number that can be typed.
MOST_DIGITS = 15


def required(reading: Reading, row: Row) -> bool:
    """Whether an answer is needed; one needed only sometimes is not."""
    said = reading.get(row, "required").strip().lower()
    if said in YES:
        return True
    if said not in NO:
        done = "An answer that is needed only sometimes cannot be kept as such; it may be left out."
        reading.lose(CHANGED, row, "required", done)
    return False


def relevance(reading: Reading, row: Row, what: str) -> tuple[dict[str, Any] | bool | None, bool]:
    """When a row is shown: a condition, None for always, False for never; and whether what it says was not kept."""
    said = reading.get(row, "relevant")
    if not said.strip():
        return None, False
    reader = Reader(reading.layout.place)
    try:
        made = reader.condition(parse(said))
    except Unsupported as reason:
        reading.lose(CHANGED, row, "relevant", f"{what} is shown to everyone: its condition needs {reason}.")
        return None, True
    except Broken as reason:
        raise reading.refused(row, "relevant", f"the condition cannot be read: {reason}") from None
    told_strange(reading, row, "relevant", reader)
    if made is False:
        reading.lose(LOST, row, "relevant", f"{what} is never shown by this condition and is left out.")
    return (None if made is True else made), False


def told_strange(reading: Reading, row: Row, meaning: str, reader: Reader) -> None:
    """Report constants that name no choice: what was compared can never be chosen, in the form and here."""
    for constant in dict.fromkeys(reader.strange):
        done = f"Kept, but “{constant}” is not one of the choices it is compared with, so nobody can give that answer."
        reading.lose(NOTE, row, meaning, done)


@dataclass
class Rules:
    """What a constraint became: settings of the question, a condition, and the choice that goes with no other."""

    settings: dict[str, Any] = field(default_factory=dict)
    conditions: list[dict[str, Any] | bool] = field(default_factory=list)
    alone: str | None = None

    @property
    def constraint(self) -> dict[str, Any] | None:
        """All conditions as one, if there is any."""
        made = joined("all", self.conditions)
        return None if isinstance(made, bool) else made


def constraint(reading: Reading, row: Row, name: str, itself: Known) -> Rules:
    """A rule for good answers; what is joined by “and” is kept part by part, and what cannot be kept is reported."""
    said = reading.get(row, "constraint")
    rules = Rules()
    if not said or said.strip().lower() in ("true", "true()", "yes"):
        return rules
    place: Place = lambda asked: itself if asked == name else reading.layout.place(asked)  # noqa: E731
    reader = Reader(place, itself)
    try:
        tree = parse(said)
    except Unsupported as reason:
        _unchecked(reading, row, f"{reason} cannot be kept")
        return rules
    except Broken as reason:
        raise reading.refused(row, "constraint", f"the rule cannot be read: {reason}") from None
    parts = list(_flat(tree))
    for part in parts:
        try:
            _rule(rules, part, reader, itself)
        except Unsupported as reason:
            _unchecked(reading, row, f"{reason} cannot be kept", part=len(parts) > 1)
        except BadCondition as reason:
            _unchecked(reading, row, str(reason), part=len(parts) > 1)
    told_strange(reading, row, "constraint", reader)
    return rules


def _flat(tree: Any) -> Iterator[Any]:
    if isinstance(tree, Joined) and tree.how == "all":
        for part in tree.parts:
            yield from _flat(part)
    else:
        yield tree


def _unchecked(reading: Reading, row: Row, reason: str, *, part: bool = False) -> None:
    what = "a part of this rule" if part else "this rule"
    reading.lose(CHANGED, row, "constraint", f"Answers are not checked by {what}: {reason}.")


def _rule(rules: Rules, part: Any, reader: Reader, itself: Known) -> None:
    alone = _alone(part, itself)
    if alone is not None:
        rules.alone = alone
        return
    if isinstance(part, Compared) and _bounded(rules, part, itself):
        return
    made = reader.condition(part)
    if not isinstance(made, bool):
        read(made, constraint=True)
    rules.conditions.append(made)


def _bounded(rules: Rules, part: Compared, itself: Known) -> bool:
    """Keep a comparison of the answer, or of its length, with a constant as a setting; whether that was all of it."""
    left, operator, right = part.left, part.operator, part.right
    if isinstance(left, Constant) or right == ITSELF:
        left, operator, right = right, FLIPPED[operator], left
    if left == Called("string-length", (ITSELF,)):
        return _length(rules, operator, right, itself)
    if left != ITSELF or operator in ("=", "!="):
        return False
    if itself.kind == "date":
        return _days(rules, operator, right)
    number = _as_number(right)
    if number is None or itself.kind not in NUMBERS:
        return False
    if operator in (">", "<") and itself.kind == "whole" and number.is_integer():
        number += 1 if operator == ">" else -1
        operator += "="
    _narrow(rules.settings, "minimum" if operator in (">", ">=") else "maximum", number)
    # The bound itself is refused by a condition: a smallest number is always accepted.
    return operator in (">=", "<=")


def _narrow(settings: dict[str, Any], name: str, number: float) -> None:
    if name in settings:
        number = max(number, settings[name]) if name == "minimum" else min(number, settings[name])
    settings[name] = int(number) if float(number).is_integer() else number


def _days(rules: Rules, operator: str, right: Any) -> bool:
    if isinstance(right, Called) and right.name in ("date", "date-time") and len(right.arguments) == 1:
        right = right.arguments[0]
    try:
        day = date.fromisoformat(str(right.value)[:10]) if isinstance(right, Constant) else None
    except ValueError:
        day = None
    if day is None:
        return False
    day += timedelta(days={">": 1, "<": -1}.get(operator, 0))
    rules.settings["earliest" if operator in (">", ">=") else "latest"] = day.isoformat()
    return True


def _length(rules: Rules, operator: str, right: Any, itself: Known) -> bool:
    number = _as_number(right)
    if number is None or not number.is_integer() or operator == "!=":
        return False
    at = int(number)
    least = {">": at + 1, ">=": at, "=": at}.get(operator)
    most = {"<": at - 1, "<=": at, "=": at}.get(operator)
    if itself.kind in TEXTS:
        if most is not None:
            rules.settings["longest"] = max(1, min(most, rules.settings.get("longest", most)))
        # More than a smallest length is a condition.
        return least is None or least <= 1
    if itself.kind != "whole" or (least or 0) > MOST_DIGITS or (most is not None and most < 1):
        return False
    if most is not None and most <= MOST_DIGITS:
        _narrow(rules.settings, "maximum", 10**most - 1)
    if least is not None and least > 1:
        _narrow(rules.settings, "minimum", 10 ** (least - 1))
    elif most is not None:
        # A minus sign counts as a character.
        _narrow(rules.settings, "minimum", -(10 ** (most - 1)) + 1)
    return True


def _alone(part: Any, itself: Known) -> str | None:
    """The choice of `not(selected(., 'none') and count-selected(.) > 1)`: it goes with no other."""
    if itself.kind != "many" or not isinstance(part, Called) or part.name != "not" or len(part.arguments) != 1:
        return None
    inner = part.arguments[0]
    if not isinstance(inner, Joined) or inner.how != "all" or len(inner.parts) != 2:
        return None
    chosen = next((one for one in inner.parts if isinstance(one, Called) and one.name == "selected"), None)
    counted = next((one for one in inner.parts if isinstance(one, Compared)), None)
    if chosen is None or counted is None or len(chosen.arguments) != 2 or chosen.arguments[0] != ITSELF:
        return None
    several = (counted.left, counted.operator, _as_number(counted.right)) in (
        (Called("count-selected", (ITSELF,)), ">", 1.0),
        (Called("count-selected", (ITSELF,)), ">=", 2.0),
    )
    constant = chosen.arguments[1]
    if not several or not isinstance(constant, Constant) or not itself.has(constant):
        return None
    return str(itself.constants(constant)[0])


def _as_number(node: Any) -> float | None:
    if not isinstance(node, Constant):
        return None
    try:
        return float(node.value)
    except ValueError:
        return None


def possible(settings: dict[str, Any]) -> bool:
    """Whether any answer can be within the bounds."""
    for least, most in (("minimum", "maximum"), ("earliest", "latest")):
        if least in settings and most in settings and settings[least] > settings[most]:
            return False
    return True


def stepped(text: str) -> dict[str, str]:
    """The parameters of a range: `start=0 end=10 step=1`, with commas or semicolons or not."""
    return dict(re.findall(r"([\w-]+)\s*=\s*([^\s,;]+)", text))
