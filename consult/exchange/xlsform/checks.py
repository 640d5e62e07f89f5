"""What an XLSForm says about good answers: when one is needed, and rules as far as they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from consult.domain.answers import Value
from consult.domain.conditions import BadCondition, holds, read
from consult.exchange.conditions import Broken, Unsupported, joined, looked_at
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.workbook import Row
from consult.exchange.xlsform.conditions import NUMBERS, TEXTS, Known, Place, Reader
from consult.exchange.xlsform.expressions import FLIPPED, Asked, Called, Compared, Constant, Joined, parse
from consult.exchange.xlsform.reading import Reading

YES = {"yes", "true", "true()", "1", "required", "x", "y", "vrai", "oui", "si", "ja"}
NO = {"", "no", "false", "false()", "0", "optional", "n"}
ITSELF = Asked(".")
#: Digits of the longest number that can be typed.
MOST_DIGITS = 15
#: Choices whose pairs are tried against a rule.
MOST_TRIED = 60


def required(reading: Reading, row: Row) -> bool:
    """Whether an answer is needed; one needed only sometimes is not."""
    said = reading.get(row, "required").strip().lower()
    if said in YES:
        return True
    if said not in NO:
        done = "An answer that is needed only sometimes cannot be kept as such; it may be left out."
        reading.lose(CHANGED, row, "required", done)
    return False


def relevance(
    reading: Reading, row: Row, what: str, *, left: str = "it is left out"
) -> tuple[dict[str, Any] | bool | None, bool]:
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
        reading.lose(LOST, row, "relevant", f"{what} is never shown by this condition; {left}.")
    return (None if made is True else made), False


def told_strange(reading: Reading, row: Row, meaning: str, reader: Reader) -> None:
    """Report constants that name no choice: what was compared can never be chosen, in the form and here."""
    for constant in dict.fromkeys(reader.strange):
        done = f"Kept, but “{constant}” is not one of the choices it is compared with, so nobody can give that answer."
        reading.lose(NOTE, row, meaning, done)


@dataclass
class Rules:
    """What a constraint became: settings of the question, a condition, and the choices that go with no other."""

    settings: dict[str, Any] = field(default_factory=dict)
    conditions: list[dict[str, Any] | bool] = field(default_factory=list)
    alone: set[str] = field(default_factory=set)
    #: only an email address is accepted
    email: bool = False
    #: only so many digits are accepted; 0 where that is not the rule
    digits: int = 0

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
        _unchecked(reading, row, f"it needs {reason}")
        return rules
    except Broken as reason:
        raise reading.refused(row, "constraint", f"the rule cannot be read: {reason}") from None
    parts = list(_flat(tree))
    for part in parts:
        try:
            _rule(rules, part, reader, itself)
        except Unsupported as reason:
            _unchecked(reading, row, f"it needs {reason}", part=len(parts) > 1)
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
    if isinstance(part, Compared) and _bounded(rules, part, itself):
        return
    made = reader.condition(part)
    if isinstance(made, bool):
        rules.conditions.append(made)
        return
    read(made, constraint=True)
    rules.email = rules.email or _email(made)
    rules.digits = rules.digits or _digits(made)
    alone = _alone(made, itself)
    rules.alone |= alone
    if not alone or not _nothing_else(made, itself, alone):
        rules.conditions.append(made)


def _bounded(rules: Rules, part: Compared, itself: Known) -> bool:
    """Keep a comparison of the answer, or of its length, with a constant as a setting; whether that was all of it."""
    left, operator, right = part.left, part.operator, part.right
    if isinstance(left, Constant) or right == ITSELF:
        left, operator, right = right, FLIPPED[operator], left
    if left == Called("count-selected", (ITSELF,)) and itself.kind == "many":
        return _chosen(rules, operator, right)
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


def _chosen(rules: Rules, operator: str, right: Any) -> bool:
    """How many choices may be ticked, as settings."""
    number = _as_number(right)
    if number is None or not number.is_integer() or operator not in (">", ">=", "<", "<="):
        return False
    at = int(number) + {">": 1, "<": -1}.get(operator, 0)
    name = "least" if operator in (">", ">=") else "most"
    if at < 1:
        return False
    rules.settings[name] = (max if name == "least" else min)(at, rules.settings.get(name, at))
    return True


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


def _alone(made: dict[str, Any], itself: Known) -> set[str]:
    """The choices of a question with several answers that a rule lets stand only by themselves: “none of these”."""
    keys = sorted({key for several in itself.keys.values() for key in several})
    if itself.kind != "many" or not 2 <= len(keys) <= MOST_TRIED or looked_at(made):
        return set()
    rule = read(made, constraint=True)

    def allowed(*chosen: str) -> bool:
        return holds(rule, {}, tuple(Value(choice=key) for key in chosen))

    found = {key for key in keys if allowed(key) and not any(allowed(key, other) for other in keys if other != key)}
    # Where every choice stands by itself the rule is how many may be chosen.
    return found if len(found) < len(keys) else set()


def _nothing_else(made: dict[str, Any], itself: Known, alone: set[str]) -> bool:
    """Whether a rule says no more than that these choices stand by themselves."""
    rule = read(made, constraint=True)
    others = sorted({key for several in itself.keys.values() for key in several} - alone)
    sets = [*combinations(others, 1), *combinations(others, 2), tuple(others)]
    return all(holds(rule, {}, tuple(Value(choice=key) for key in chosen)) for chosen in sets if chosen)


def _email(made: dict[str, Any]) -> bool:
    """Whether a rule accepts an email address and no plain word."""
    if made.get("is") != "matches" or made.get("when") != ".":
        return False
    rule = read(made, constraint=True)
    accepts = [holds(rule, {}, (Value(text=text),)) for text in ("someone@example.org", "someone", "123456")]
    return accepts == [True, False, False]


def _digits(made: dict[str, Any]) -> int:
    """How many digits a rule asks for, where it accepts digits only; the most of several; 0 otherwise."""
    if made.get("is") != "matches" or made.get("when") != ".":
        return 0
    rule = read(made, constraint=True)

    def accepts(text: str) -> bool:
        return holds(rule, {}, (Value(text=text),))

    if any(accepts(text) for text in ("a", "A1", "1 1", "-1", "1.1", "1" * (MOST_DIGITS + 1))):
        return 0
    return max((n for n in range(1, MOST_DIGITS + 1) if all(accepts(one * n) for one in "1590")), default=0)


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
