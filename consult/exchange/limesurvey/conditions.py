"""What an equation means as a condition's JSON: comparisons, is_empty(), count(), countif(), strlen(), regexMatch().

Where LimeSurvey's meaning and ours differ, its meaning wins: an equation that names a question without NAOK is false
where that question was not asked, so what decides whether it is asked becomes a part of the condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.conditions import Unsupported, joined, opposite
from consult.exchange.limesurvey.comparisons import TESTS, against, counted, number_of, settled, so_many, text_of, true
from consult.exchange.limesurvey.expressions import (
    FLIPPED,
    PLAIN,
    Called,
    Compared,
    Constant,
    Joined,
    Reckoned,
    Variable,
)
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.patterns import as_long_as, whole_pattern

#: Functions that give an answer as it is.
TRANSPARENT = frozenset({"trim", "intval", "floatval", "strtolower", "strtoupper"})
CASES = frozenset({"strtolower", "strtoupper"})
#: The question of a variable's name; raises Unsupported for one that is not kept, or not asked before.
Place = Callable[[str], Known]
#: All parts of a question, by its code.
Parts = Callable[[str], list[Known]]


@dataclass
class Reader:
    """Turns trees into conditions: `place` and `parts` know the questions, `itself` is what is checked."""

    place: Place
    parts: Parts
    itself: list[Known] = field(default_factory=list)
    #: what decides whether questions are asked that are named without NAOK
    guards: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: constants that are compared with choices and name none of them
    strange: list[str] = field(default_factory=list)

    def read(self, tree: Any) -> dict[str, Any] | bool:
        """The condition, or True or False where it does not depend on answers; raises Unsupported."""
        made = self.condition(tree)
        needed = [show for key, show in self.guards.items() if may_hold_without(made, key)]
        return joined("all", [*needed, made]) if needed else made

    def condition(self, node: Any) -> dict[str, Any] | bool:
        """The same without what decides whether questions are asked."""
        if isinstance(node, Joined):
            return joined(node.how, [self.condition(part) for part in node.parts])
        if isinstance(node, Compared):
            return self._compared(node.left, node.operator, node.right)
        if isinstance(node, Called):
            return self._called(node)
        if isinstance(node, Variable):
            return joined("any", [true(known) for known in self._all(node)])
        if isinstance(node, Constant):
            return text_of(node) not in ("", "0")
        raise Unsupported(f"reckoning with “{node.operator}”")

    def _all(self, node: Variable) -> list[Known]:
        """Every answer that a variable stands for: several for self and that."""
        others = [one for one in node.properties if one not in PLAIN]
        if node.name in ("self", "this"):
            if not self.itself:
                raise Unsupported(f"“{node.name}”, an answer of the same question")
            return self._some(self.itself, others)
        if node.name == "that":
            if not others:
                raise Unsupported("“that” without a question")
            return self._some(self.parts(others[0]), others[1:])
        if others:
            raise Unsupported(f"“.{others[0]}” of “{node.name}”")
        known = self.place(node.name)
        if not node.naok and known.show is not None:
            self.guards[known.key] = known.show
        return [known]

    def _some(self, parts: list[Known], properties: list[str]) -> list[Known]:
        """Those parts that properties such as `sq_A` leave."""
        if not properties:
            return parts
        if len(properties) == 1 and properties[0].startswith("sq_") and all(part.row or part.option for part in parts):
            wanted = properties[0].removeprefix("sq_")
            found = [part for part in parts if wanted in ((part.row or ""), part.option)]
            if found:
                return found
        raise Unsupported(f"“.{properties[0]}”")

    def _one(self, node: Variable) -> Known:
        found = self._all(node)
        if len(found) > 1:
            raise Unsupported("a comparison with several answers at once")
        return found[0]

    def _called(self, node: Called) -> dict[str, Any] | bool:
        name, arguments = node.name, node.arguments
        if name == "!" and len(arguments) == 1:
            return opposite(self.condition(arguments[0]))
        if name == "is_empty" and len(arguments) == 1:
            return opposite(joined("any", [known.given for known in self._answers(arguments)]))
        if name == "if" and len(arguments) == 3:
            test = self.condition(arguments[0])
            first = joined("all", [test, self.condition(arguments[1])])
            return joined("any", [first, joined("all", [opposite(test), self.condition(arguments[2])])])
        if name in ("in_array", "in") and len(arguments) > 1:
            return joined("any", [self._compared(arguments[0], "==", one) for one in arguments[1:]])
        if name == "regexMatch" and len(arguments) == 2:
            return self._matches(*arguments)
        if name in ("count", "countif", "strlen"):
            return self._of_function(node, ">", Constant(0.0))
        if name in TRANSPARENT and len(arguments) == 1:
            return self.condition(arguments[0])
        raise Unsupported(f"{name}()")

    def _answers(self, arguments: Iterable[Any]) -> list[Known]:
        found: list[Known] = []
        for one in arguments:
            node = self._plain(one)
            if not isinstance(node, Variable):
                raise Unsupported("a function of something that is no answer")
            found += self._all(node)
        return found

    def _plain(self, node: Any) -> Any:
        """Without functions that change nothing."""
        while isinstance(node, Called) and node.name in TRANSPARENT and len(node.arguments) == 1:
            if node.name in CASES:
                raise Unsupported(f"{node.name}()")
            node = node.arguments[0]
        return node

    def _compared(self, left: Any, operator: str, right: Any) -> dict[str, Any] | bool:
        left, right = self._plain(left), self._plain(right)
        if isinstance(left, Constant) and isinstance(right, Constant):
            return settled(left, operator, right)
        if isinstance(left, Constant) or (isinstance(right, Called) and not isinstance(left, Called)):
            left, operator, right = right, FLIPPED[operator], left
        if isinstance(right, Variable) and right.name in ("self", "this"):
            left, operator, right = right, FLIPPED[operator], left
        if isinstance(left, Called):
            return self._of_function(left, operator, right)
        if isinstance(left, Variable) and isinstance(right, Constant):
            known = self._one(left)
            return against(known, operator, right, self.strange)
        if isinstance(left, Variable) and isinstance(right, Variable):
            known, other = self._one(left), self._one(right)
            if other.row is not None or {other.kind, known.kind} & {"option", "other", "rank"}:
                raise Unsupported("a comparison with one part of an answer")
            if other in self.itself:
                raise Unsupported("a comparison of an answer with itself")
            return {**known.left, "is": TESTS[operator], "of": {"question": other.key}}
        if isinstance(left, Compared | Joined) and isinstance(right, Constant) and operator in ("==", "!="):
            made = self.condition(left)
            return made if (text_of(right) not in ("", "0")) is (operator == "==") else opposite(made)
        reckoned = next((one for one in (left, right) if isinstance(one, Reckoned)), None)
        raise Unsupported(f"reckoning with “{reckoned.operator}”" if reckoned else "a comparison that cannot be read")

    def _of_function(self, called: Called, operator: str, right: Any) -> dict[str, Any] | bool:
        name, arguments = called.name, called.arguments
        if name in ("is_empty", "!", "regexMatch", "in_array") and isinstance(right, Constant):
            made = self._called(called)
            if operator in ("==", "!="):
                return made if (text_of(right) not in ("", "0")) is (operator == "==") else opposite(made)
        number = number_of(right) if isinstance(right, Constant) else ""
        if name == "count" and arguments and isinstance(number, int):
            return counted(self._answers(arguments), operator, number)
        if name == "countif" and len(arguments) > 1 and isinstance(number, int) and isinstance(arguments[0], Constant):
            knowns = self._answers(arguments[1:])
            wanted = [against(known, "==", arguments[0], self.strange) for known in knowns]
            return so_many(wanted, operator, number)
        if name == "strlen" and len(arguments) == 1 and isinstance(number, int):
            return self._length(arguments[0], operator, number)
        raise Unsupported(f"{name}()")

    def _length(self, argument: Any, operator: str, number: int) -> dict[str, Any] | bool:
        node = self._plain(argument)
        if not isinstance(node, Variable):
            raise Unsupported("strlen()")
        known = self._one(node)
        if known in self.itself and known.kind == "text":
            pattern, same = as_long_as(operator, number)
            made = {**known.left, "is": "matches", "of": [pattern]}
            return made if same else {"not": made}
        if (operator, number) in ((">", 0), (">=", 1), ("!=", 0)):
            return known.given
        if (operator, number) in (("==", 0), ("<", 1), ("<=", 0)):
            return opposite(known.given)
        raise Unsupported("strlen()")

    def _matches(self, one: Any, other: Any) -> dict[str, Any]:
        one, other = self._plain(one), self._plain(other)
        if isinstance(one, Variable):
            one, other = other, one
        if not isinstance(one, Constant) or not isinstance(other, Variable):
            raise Unsupported("regexMatch() with a pattern that is no text")
        known = self._one(other)
        if known not in self.itself:
            raise Unsupported("regexMatch(), which can only check an answer as it is given")
        if known.kind != "text":
            raise Unsupported("a pattern for an answer that is not a text")
        return {**known.left, "is": "matches", "of": [whole_pattern(text_of(one))]}


def may_hold_without(made: dict[str, Any] | bool, key: str) -> bool:
    """Whether a condition may hold while a question has no answer."""
    return True in _outcomes(made, key)


def _outcomes(made: dict[str, Any] | bool, key: str) -> set[bool]:
    if isinstance(made, bool):
        return {made}
    if "not" in made:
        return {not one for one in _outcomes(made["not"], key)}
    if "all" in made or "any" in made:
        parts = [_outcomes(part, key) for part in made.get("all", made.get("any", ()))]
        deciding = "any" in made
        found = {deciding} if any(deciding in part for part in parts) else set()
        return found | ({not deciding} if all((not deciding) in part for part in parts) else set())
    against = made["of"].get("question") if isinstance(made.get("of"), dict) else None
    if key not in (made["when"], against):
        return {True, False}
    if made.get("count"):
        least, number = made["is"], made["of"][0]
        return {{"at_least": number <= 0, "at_most": number >= 0, "above": number < 0, "below": number > 0,
                 "any_of": number == 0, "none_of": number != 0}.get(least, False)}  # fmt: skip
    return {made["is"] == "none_of"}
