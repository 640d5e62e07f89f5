"""When something is asked and what is accepted: equations, old conditions and rules, as far as they go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from consult.domain.conditions import BadCondition, read
from consult.exchange.conditions import Broken, Unsupported, joined
from consult.exchange.limesurvey import patterns
from consult.exchange.limesurvey.comparisons import number_of
from consult.exchange.limesurvey.conditions import Reader
from consult.exchange.limesurvey.expressions import (
    FLIPPED,
    Called,
    Compared,
    Constant,
    Joined,
    Variable,
    parse,
)
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.reading import Place, Reading
from consult.exchange.limesurvey.source import Asked, Old
from consult.exchange.losses import CHANGED, LOST, NOTE

ALWAYS = ("", "1")
NUMBERS = ("number", "money", "percentage")


@dataclass(frozen=True)
class Shown:
    """When something is shown: a condition, None for always, False for never; and whether what it says was lost."""

    when: dict[str, Any] | bool | None = None
    lost: bool = False


def relevance(
    reading: Reading, said: str, place: Place, what: str, *, left: str = "it is left out", together: str = ""
) -> Shown:
    """An equation as a condition; one that cannot be kept shows its question to everyone."""
    if said.strip() in ALWAYS:
        return Shown()
    reader = Reader(reading.layout.place, reading.layout.parts)
    try:
        made = reader.read(parse(said))
    except Unsupported as reason:
        reading.lose(
            CHANGED, place, f"{what} is shown to everyone: its condition needs {reason}.", said=said, together=together
        )
        return Shown(lost=True)
    except Broken as reason:
        done = f"{what} is shown to everyone: its condition cannot be read: {reason}."
        reading.lose(CHANGED, place, done, said=said)
        return Shown(lost=True)
    tell_strange(reading, place, said, reader)
    if made is False:
        reading.lose(LOST, place, f"{what} is never shown by this condition; {left}.", said=said)
    return Shown(None if made is True else made)


def tell_strange(reading: Reading, place: Place, said: str, reader: Reader) -> None:
    """Report constants that name no answer: what was compared can never be chosen, there and here."""
    for constant in dict.fromkeys(reader.strange):
        done = f"Kept, but “{constant}” is not one of the answers it is compared with, so nobody can give that answer."
        reading.lose(NOTE, place, done, said=said)


def shown(reading: Reading, asked: Asked) -> Shown:
    """When a question is asked: by its equation, or by old conditions where there is none."""
    place = reading.place(asked, "relevance")
    olds = [old for old in reading.source.conditions if old.number == asked.number]
    if asked.relevance.strip() in ALWAYS and olds:
        return _by_old(reading, asked, olds)
    made = relevance(reading, asked.relevance, place, "This question")
    if olds and not made.lost:
        again = _quietly(reading, olds)
        if not _alike(again, made.when):
            done = "There are old conditions besides the equation. LimeSurvey goes by the equation, and so does this."
            said = "; ".join(_spelt(old) for old in olds)
            reading.lose(NOTE, Place("section conditions", olds[0].line), done, said=f"{asked.code}: {said}")
    return made


def _by_old(reading: Reading, asked: Asked, olds: list[Old]) -> Shown:
    place = Place(f"question {asked.code}", olds[0].line, "conditions")
    said = "; ".join(_spelt(old) for old in olds)
    reader = Reader(reading.layout.place, reading.layout.parts)
    try:
        made = reader.read(old_tree(reading, olds))
    except Unsupported as reason:
        done = f"This question is shown to everyone: its conditions need {reason}."
        reading.lose(CHANGED, place, done, said=said)
        return Shown(lost=True)
    tell_strange(reading, place, said, reader)
    if made is False:
        reading.lose(LOST, place, "This question is never shown by its conditions; it is left out.", said=said)
    return Shown(None if made is True else made)


def _quietly(reading: Reading, olds: list[Old]) -> Any:
    reader = Reader(reading.layout.place, reading.layout.parts)
    try:
        return reader.read(old_tree(reading, olds))
    except Unsupported:
        return None


def _alike(one: Any, other: Any) -> bool:
    """Whether two conditions say the same in any order."""
    return _sorted(one) == _sorted(other)


def _sorted(made: Any) -> Any:
    if isinstance(made, dict):
        return {name: _sorted(value) for name, value in made.items()}
    if isinstance(made, list):
        return sorted((_sorted(one) for one in made), key=repr)
    return made


def old_tree(reading: Reading, olds: list[Old]) -> Any:
    """Old conditions: scenarios are alternatives, and in one of them so are the values of one question."""
    scenarios: dict[str, dict[str, list[Any]]] = {}
    for old in olds:
        scenario = scenarios.setdefault(old.scenario, {})
        scenario.setdefault(old.asked if old.method == "==" else f"{old.asked} {old.method} {old.line}", []).append(
            _old_test(reading, old)
        )
    alternatives = []
    for scenario in scenarios.values():
        tests = [several[0] if len(several) == 1 else Joined("any", tuple(several)) for several in scenario.values()]
        alternatives.append(tests[0] if len(tests) == 1 else Joined("all", tuple(tests)))
    return alternatives[0] if len(alternatives) == 1 else Joined("any", tuple(alternatives))


def _old_test(reading: Reading, old: Old) -> Any:
    value, field_name = old.value, old.field.strip().lstrip("+")
    if field_name.startswith("{"):
        raise Unsupported("what a participant list knows about a person")
    if value.startswith("{TOKEN"):
        raise Unsupported("what a participant list knows about a person")
    if old.method == "RX":
        raise Unsupported("a pattern, which can only check an answer as it is given")
    if old.method not in FLIPPED:
        raise Unsupported(f"the comparison “{old.method}”")
    if value.startswith("@") and value.endswith("@") and len(value) > 2:
        return Compared(Variable(field_name, ("NAOK",)), old.method, Variable(value[1:-1], ("NAOK",)))
    code = reading.layout.parted(field_name)[0]
    asked = reading.layout.asked(code)
    several = asked is not None and asked.kind in ("M", "P")
    if several and not old.field.startswith("+") and reading.layout.parted(field_name)[1] == "" and value.strip():
        # A box of several is named by its code as the value.
        return Compared(Variable(f"{code}_{value}", ("NAOK",)), old.method, Constant("Y"))
    return Compared(Variable(field_name, ("NAOK",)), old.method, Constant("" if value == " " else value))


def _spelt(old: Old) -> str:
    return f"{old.field} {old.method} {old.value}".strip()


@dataclass
class Rules:
    """What rules for good answers became: settings of the question, a condition, and whether an answer is needed."""

    settings: dict[str, Any] = field(default_factory=dict)
    conditions: list[dict[str, Any] | bool] = field(default_factory=list)
    needed: bool = False
    #: only an email address is accepted
    email: bool = False
    #: only so many digits are accepted; 0 where that is not the rule
    digits: int = 0
    #: a rule that was lost although its author tells people about it
    lost: bool = False

    @property
    def constraint(self) -> dict[str, Any] | None:
        """All conditions as one, if there is any."""
        made = joined("all", self.conditions)
        return None if isinstance(made, bool) else made


def rules(reading: Reading, asked: Asked, itself: list[Known], kind: str) -> Rules:
    """The validation equation and pattern of a question; what is joined by “and” is kept part by part."""
    found = Rules()
    _by_pattern(reading, asked, itself, found)
    said = asked.get("em_validation_q")
    if not said:
        return found
    place = reading.place(asked, "em_validation_q").at("em_validation_q", asked.attributes["em_validation_q"].line)
    reader = Reader(_own_or(reading, asked, itself), reading.layout.parts, itself)
    try:
        parts = list(_flat(parse(said)))
    except (Unsupported, Broken) as reason:
        found.lost = True
        needs = "needs" if isinstance(reason, Unsupported) else "cannot be read:"
        reading.lose(CHANGED, place, f"Answers are not checked by this rule: it {needs} {reason}.", said=said)
        return found
    for part in parts:
        try:
            _rule(found, part, reader, itself, kind)
        except (Unsupported, BadCondition) as reason:
            found.lost = True
            what = "a part of this rule" if len(parts) > 1 else "this rule"
            needs = f"it needs {reason}" if isinstance(reason, Unsupported) else str(reason)
            reading.lose(CHANGED, place, f"Answers are not checked by {what}: {needs}.", said=said)
    tell_strange(reading, place, said, reader)
    return found


def _own_or(reading: Reading, asked: Asked, itself: list[Known]) -> Any:
    """Names of the question's own parts first: a rule may compare them with values."""
    own = {f"{asked.code}_{known.row or known.option}": known for known in itself if known.row or known.option}
    if len(itself) == 1:
        own[asked.code] = itself[0]

    def place(name: str) -> Known:
        code, suffix = reading.layout.parted(name)
        named = f"{code}_{suffix}" if suffix else code
        return own[named] if named in own else reading.layout.place(name)

    return place


def _by_pattern(reading: Reading, asked: Asked, itself: list[Known], found: Rules) -> None:
    said = asked.pattern.strip()
    if not said:
        return
    place = reading.place(asked, "preg")
    if len(itself) == 1 and itself[0].kind == "number" and patterns.lengths(said):
        shortest, most = patterns.lengths(said)[0], patterns.lengths(said)[-1]
        narrow(found.settings, "least", 10 ** (shortest - 1) if shortest > 1 else 0)
        narrow(found.settings, "most", 10**most - 1)
        return
    if len(itself) != 1 or itself[0].kind != "text":
        done = "Answers are not checked by this pattern: it is kept for single written answers only."
        reading.lose(CHANGED, place, done, said=said)
        found.lost = True
        return
    try:
        pattern = patterns.whole_pattern(said)
    except Unsupported as reason:
        reading.lose(CHANGED, place, f"Answers are not checked by this pattern: it needs {reason}.", said=said)
        found.lost = True
        return
    _keep_pattern(found, {"when": ".", "is": "matches", "of": [pattern]})


def _keep_pattern(found: Rules, made: dict[str, Any]) -> None:
    pattern = str(made["of"][0])
    found.email = found.email or patterns.only_addresses(pattern)
    found.digits = found.digits or patterns.digits(pattern)
    found.conditions.append(made)


def _flat(tree: Any) -> Iterator[Any]:
    if isinstance(tree, Joined) and tree.how == "all":
        for part in tree.parts:
            yield from _flat(part)
    else:
        yield tree


def _rule(found: Rules, part: Any, reader: Reader, itself: list[Known], kind: str) -> None:
    if len(itself) == 1 and _needs_one(part):
        found.needed = True
        return
    if len(itself) == 1 and isinstance(part, Compared) and _bounded(found, part, itself[0], kind):
        return
    made = reader.read(part)
    if isinstance(made, bool):
        found.conditions.append(made)
        return
    read(made, constraint=True)
    if made.get("is") == "matches":
        _keep_pattern(found, made)
    else:
        found.conditions.append(made)


def _needs_one(part: Any) -> bool:
    """Whether a rule only says that there has to be an answer."""
    if isinstance(part, Compared) and part.operator == "!=":
        return _itself(part.left) and part.right == Constant("")
    inner = part.arguments[0] if isinstance(part, Called) and part.name == "!" and len(part.arguments) == 1 else None
    return (
        isinstance(inner, Called)
        and inner.name == "is_empty"
        and len(inner.arguments) == 1
        and _itself(inner.arguments[0])
    )


def _itself(node: Any) -> bool:
    return isinstance(node, Variable) and node.name in ("self", "this") and set(node.properties) <= {"NAOK"}


def _bounded(found: Rules, part: Compared, itself: Known, kind: str) -> bool:
    """Keep a comparison of a number with a constant as a setting; whether that was all of it."""
    left, operator, right = part.left, part.operator, part.right
    if isinstance(left, Constant):
        left, operator, right = right, FLIPPED[operator], left
    if not _itself(left) or kind not in NUMBERS or operator not in (">=", "<=") or not isinstance(right, Constant):
        return False
    number = number_of(right)
    if isinstance(number, str):
        return False
    narrow(found.settings, "least" if operator == ">=" else "most", number)
    return True


def narrow(settings: dict[str, Any], name: str, number: float | int) -> None:
    """A bound, where it is narrower than the one before."""
    if name in settings:
        number = max(number, settings[name]) if name == "least" else min(number, settings[name])
    settings[name] = number


def number_said(said: str) -> int | float | None:
    """A setting that is a number; None for one that is empty or an equation."""
    text = said.strip().strip("{}").strip().replace(",", ".")
    if not text:
        return None
    number = number_of(Constant(text))
    return None if isinstance(number, str) else number
