"""What an expression means as a condition's JSON: comparisons, selected(), count-selected(), regex(), and, or, not().

What XLSForm compares is kept as exactly as conditions allow: a question with several answers equals one of them only if
that is its one answer, and a constant is turned into the key of the choice it names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.conditions import Unsupported, joined, opposite
from consult.exchange.xlsform.expressions import FLIPPED, Asked, Bare, Called, Compared, Constant, Joined

ORDERED = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
#: Functions that give a question's answer as it is.
TRANSPARENT = frozenset({"number", "string", "once", "date"})
NUMBERS = frozenset({"whole", "decimal", "range", "percentage"})
TEXTS = frozenset({"text", "long text", "personal"})


@dataclass(frozen=True)
class Known:
    """A question that a condition may name: its key and row here, its kind, and its choices' names with their keys."""

    key: str
    row: str | None = None
    kind: str = "text"
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def left(self) -> dict[str, Any]:
        """It on the left of a test."""
        return {"when": self.key} if self.row is None else {"when": self.key, "row": self.row}

    def constants(self, constant: Constant) -> list[str | float | int]:
        """A constant as this question's answers are kept: one, or several where choices share a name."""
        said = text_of(constant)
        if self.kind in ("one", "many"):
            return [*self._choices(said)]
        if self.kind in NUMBERS:
            return [number_of(constant)]
        return [said[:10] if self.kind in ("date", "moment") else said]

    def has(self, constant: Constant) -> bool:
        """Whether a constant names choices of it, and nothing else."""
        said = text_of(constant)
        return all(self._choices(one) in self.keys.values() for one in self.names(said))

    def names(self, said: str) -> list[str]:
        """The names of choices in a constant: several answers are written with spaces between."""
        return said.split() if self.kind == "many" and said not in self.keys and said.strip() else [said]

    def _choices(self, said: str) -> tuple[str, ...]:
        if said in self.keys:
            return self.keys[said]
        try:
            number = float(said)
        except ValueError:
            return ("_".join(said.split()),)
        return next((keys for name, keys in self.keys.items() if _is_number(name, number)), (said,))


#: The question of a name; raises Unsupported for one that is not kept, or not asked before.
Place = Callable[[str], Known]


@dataclass(frozen=True)
class Reader:
    """Turns trees into conditions: `place` knows the questions, `itself` the one a rule checks, `columns` a choice."""

    place: Place
    itself: Known | None = None
    columns: Mapping[str, str] | None = None
    #: constants that are compared with choices and name none of them
    strange: list[str] = field(default_factory=list)

    def condition(self, node: Any) -> dict[str, Any] | bool:
        """The condition, or True or False where it does not depend on answers; raises Unsupported."""
        if isinstance(node, Joined):
            return joined(node.how, [self.condition(part) for part in node.parts])
        if isinstance(node, Compared):
            return self._compared(node.left, node.operator, node.right)
        if isinstance(node, Called):
            return self._called(node)
        if isinstance(node, Asked):
            return _given(self._known(node))
        node = self._valued(node)
        said = text_of(node)
        if said.lower() in ("yes", "true", "1", "no", "false", "0", ""):
            return said.lower() in ("yes", "true", "1")
        raise Unsupported(f"“{said}” alone")

    def _known(self, node: Asked) -> Known:
        if node.name != ".":
            return self.place(node.name)
        if self.itself is None:
            raise Unsupported("“.” where there is no answer")
        return self.itself

    def _valued(self, node: Any) -> Any:
        """Without functions that change nothing; a column of a choice as what stands in it."""
        while isinstance(node, Called):
            first = node.arguments[0] if node.arguments else None
            empty = node.name == "coalesce" and len(node.arguments) == 2 and node.arguments[1] == Constant("")
            plain = len(node.arguments) == 1 and (node.name in TRANSPARENT or node.name == "date-time")
            if first is None or not (empty or plain):
                break
            node = first
        if isinstance(node, Bare):
            if self.columns is None:
                if node.name.lower() in ("true", "false", "yes", "no"):
                    return Constant(node.name.lower())
                raise Unsupported(f"the bare name “{node.name}”")
            return Constant(self.columns.get(node.name, ""))
        return node

    def _called(self, node: Called) -> dict[str, Any] | bool:
        name, arguments = node.name, node.arguments
        if name in ("true", "false") and not arguments:
            return name == "true"
        if name == "not" and len(arguments) == 1:
            return opposite(self.condition(arguments[0]))
        if name == "if" and len(arguments) == 3:
            return self._either(*arguments)
        if name == "boolean" and len(arguments) == 1:
            return self.condition(arguments[0])
        if name in ("selected", "regex") and len(arguments) == 2:
            asked, against = self._valued(arguments[0]), self._valued(arguments[1])
            if isinstance(asked, Asked) and isinstance(against, Constant):
                return self._regex(asked, against) if name == "regex" else self._selected(asked, against)
            if name == "selected" and isinstance(asked, Asked) and isinstance(against, Asked) and against.name != ".":
                return {**self._known(asked).left, "is": "any_of", "of": self._other(against)}
        if self._valued(node) is not node:
            return self.condition(self._valued(node))
        raise Unsupported(f"{name}()")

    def _either(self, test: Any, then: Any, otherwise: Any) -> dict[str, Any] | bool:
        """if(test, then, otherwise) of things that are true or false."""
        made = self.condition(test)
        first = joined("all", [made, self.condition(then)])
        return joined("any", [first, joined("all", [opposite(made), self.condition(otherwise)])])

    def _selected(self, asked: Asked, chosen: Constant) -> dict[str, Any]:
        known = self._known(asked)
        self._look_up(known, chosen)
        return {**known.left, "is": "any_of", "of": known.constants(chosen)}

    def _look_up(self, known: Known, constant: Constant) -> None:
        if known.kind in ("one", "many") and constant.value != "" and not known.has(constant):
            self.strange.append(text_of(constant))

    def _regex(self, asked: Asked, pattern: Constant) -> dict[str, Any]:
        known = self._known(asked)
        if self.itself is None or known is not self.itself:
            raise Unsupported("regex(), which can only check an answer as it is given")
        if known.kind not in TEXTS:
            raise Unsupported("regex() on an answer that is not a text")
        if "[[:" in text_of(pattern):
            raise Unsupported("a named class of letters in regex()")
        return {**known.left, "is": "matches", "of": [text_of(pattern)]}

    def _other(self, node: Asked) -> dict[str, str]:
        other = self._known(node)
        if other.row is not None:
            raise Unsupported("a comparison with one row of a grid")
        return {"question": other.key}

    def _compared(self, left: Any, operator: str, right: Any) -> dict[str, Any] | bool:
        left, right = self._valued(left), self._valued(right)
        if isinstance(left, Constant) and isinstance(right, Constant):
            return _settled(left, operator, right)
        if _today(left) is not None:
            left, operator, right = right, FLIPPED[operator], left
        days = _today(right)
        if days is not None and isinstance(left, Asked):
            known = self._known(left)
            test = {"=": "any_of", "!=": "none_of", **ORDERED}[operator]
            return {**known.left, "is": test, "of": {"today": days}}
        turned = isinstance(right, Called) and not isinstance(left, Called)
        if isinstance(left, Constant) or right == Asked(".") or turned:
            left, operator, right = right, FLIPPED[operator], left
        if isinstance(left, Called):
            return self._of_function(left, operator, right)
        if not isinstance(left, Asked):
            raise Unsupported("a comparison without a question")
        known = self._known(left)
        if isinstance(right, Constant):
            self._look_up(known, right)
            return _against(known, operator, right)
        if isinstance(right, Asked):
            test = {"=": "any_of", "!=": "none_of", **ORDERED}[operator]
            return {**known.left, "is": test, "of": self._other(right)}
        raise Unsupported("a comparison that cannot be read")

    def _of_function(self, called: Called, operator: str, right: Any) -> dict[str, Any] | bool:
        asked = self._valued(called.arguments[0]) if len(called.arguments) == 1 else None
        truth = _truth(right) if operator in ("=", "!=") else None
        if truth is not None and called.name in ("selected", "not", "regex", "boolean", "true", "false"):
            made = self._called(called)
            return made if truth is (operator == "=") else opposite(made)
        if not isinstance(asked, Asked) or not isinstance(right, Constant):
            raise Unsupported(f"{called.name}()")
        known = self._known(asked)
        if called.name == "count-selected":
            test = {"=": "any_of", "!=": "none_of", **ORDERED}[operator]
            return {**known.left, "count": True, "is": test, "of": [number_of(right)]}
        if called.name == "string-length":
            number = number_of(right)
            if known is self.itself and known.kind in TEXTS:
                return _as_long_as(known, operator, number)
            if (operator, number) in ((">", 0), (">=", 1), ("!=", 0)):
                return {**known.left, "is": "answered"}
            if (operator, number) in (("=", 0), ("<", 1), ("<=", 0)):
                return {"not": {**known.left, "is": "answered"}}
        raise Unsupported(f"{called.name}()")


def _today(node: Any) -> int | None:
    """How many days from today a node is; None where it is something else."""
    if not isinstance(node, Called) or node.name != "today" or len(node.arguments) > 1:
        return None
    days = node.arguments[0].value if node.arguments else 0.0
    return int(days) if isinstance(days, float) and days.is_integer() else None


def _given(known: Known) -> dict[str, Any]:
    """A question alone is true when it has an answer other than 0."""
    answered = {**known.left, "is": "answered"}
    if known.kind in NUMBERS:
        return {"all": [answered, {**known.left, "is": "none_of", "of": [0]}]}
    return answered


def _against(known: Known, operator: str, constant: Constant) -> dict[str, Any]:
    answered = {**known.left, "is": "answered"}
    if constant.value == "":
        if operator == "=":
            return {"not": answered}
        if operator == "!=":
            return answered
        raise Unsupported("a comparison with nothing")
    if operator in ORDERED:
        against = known.constants(constant) if known.kind in ("date", "moment", "time") else [number_of(constant)]
        return {**known.left, "is": ORDERED[operator], "of": against}
    if known.kind == "many":
        only = _exactly(known, known.names(text_of(constant)))
        return only if operator == "=" else {"not": only}
    return {**known.left, "is": "any_of" if operator == "=" else "none_of", "of": known.constants(constant)}


def _as_long_as(known: Known, operator: str, number: float | int | str) -> dict[str, Any]:
    """A text of so many characters."""
    if not isinstance(number, int) or not 0 <= number < 10_000:
        raise Unsupported("a length that is no whole number")
    least, most = {
        "=": (number, number),
        "!=": (number, number),
        ">": (number + 1, None),
        ">=": (number, None),
        "<": (0, number - 1),
        "<=": (0, number),
    }[operator]
    if most is not None and most < 0:
        raise Unsupported("a length under nothing")
    made = {**known.left, "is": "matches", "of": [rf"[\s\S]{{{least},{'' if most is None else most}}}"]}
    return {"not": made} if operator == "!=" else made


def _exactly(known: Known, names: list[str]) -> dict[str, Any]:
    """Several answers that are just these."""
    chosen: list[dict[str, Any] | bool] = [
        {**known.left, "is": "any_of", "of": known.constants(Constant(name))} for name in names
    ]
    made = joined("all", [*chosen, {**known.left, "count": True, "is": "at_most", "of": [len(names)]}])
    assert isinstance(made, dict)
    return made


def text_of(constant: Constant) -> str:
    """A constant as text: 1.0 is 1."""
    value = constant.value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value


def number_of(constant: Constant) -> float | int | str:
    """A constant as a number, where it is one."""
    try:
        number = float(constant.value)
    except ValueError:
        return text_of(constant)
    return int(number) if number.is_integer() else number


def _is_number(text: str, number: float) -> bool:
    try:
        return float(text) == number
    except ValueError:
        return False


def _truth(node: Any) -> bool | None:
    if isinstance(node, Called) and node.name in ("true", "false") and not node.arguments:
        return node.name == "true"
    return None


def _settled(left: Constant, operator: str, right: Constant) -> bool:
    one, other = text_of(left), text_of(right)
    if operator in ("=", "!="):
        return (one == other) is (operator == "=")
    try:
        low, high = float(one), float(other)
    except ValueError:
        return False
    return {"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[operator]
