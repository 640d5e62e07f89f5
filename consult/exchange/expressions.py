"""The subset of XLSForm's expressions that conditions can hold, parsed by us.

Comparisons, selected(), count-selected(), regex(), string-length(), and, or, not() and brackets; a question is `${name}`, a
path that ends in its name, or `.` for the answer itself. What goes further is said as Unsupported, with what it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 20_000
DEEPEST = 60
TOKENS = re.compile(
    r"""\s*(?:
    (?P<question>\$\{\s*[^}]+?\s*\})
  | (?P<string>'[^']*'|"[^"]*")
  | (?P<number>\d+(?:\.\d+)?(?![\w.]))
  | (?P<path>(?:\.\.?/|/)[\w./*-]*)
  | (?P<name>[A-Za-z_][\w:.-]*(?:::[\w ()-]+)?)
  | (?P<itself>\.(?![\w./]))
  | (?P<operator>!=|<=|>=|=|<|>|\(|\)|,|\+|-|\*|\||\[|\])
    )""",
    re.X,
)
FLIPPED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
ORDERED = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}


class Unsupported(Exception):
    """An expression, or a part of it, that a condition cannot hold; the text says which."""


class Broken(Exception):
    """An expression that is not one; the text says where it breaks."""


@dataclass(frozen=True)
class Asked:
    """A question by its name, or the answer itself (".")."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A text or a number."""

    value: str | float


@dataclass(frozen=True)
class Called:
    """A function with its arguments."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Compared:
    """left operator right."""

    left: Any
    operator: str
    right: Any


@dataclass(frozen=True)
class Joined:
    """Several parts joined by and, or."""

    how: str
    parts: tuple[Any, ...]


def parse(text: str, *, columns: Mapping[str, str] | None = None) -> Any:
    """The expression as a tree; bare names are columns of a choice (choice filters) or unsupported. Raises Broken, Unsupported."""
    return _Parser(text, columns).whole()


def named(node: Any) -> Iterator[str]:
    """Every question an expression names."""
    if isinstance(node, Asked):
        yield node.name
    elif isinstance(node, Called):
        for argument in node.arguments:
            yield from named(argument)
    elif isinstance(node, Compared):
        yield from named(node.left)
        yield from named(node.right)
    elif isinstance(node, Joined):
        for part in node.parts:
            yield from named(part)


def names_in(text: str) -> set[str]:
    """Every `${name}` in a text, whether or not the rest can be read."""
    return {name.strip() for name in re.findall(r"\$\{([^}]+)\}", text)}


class _Parser:
    def __init__(self, text: str, columns: Mapping[str, str] | None) -> None:
        if len(text) > LONGEST:
            raise Unsupported("an expression of more than 20 000 characters")
        # Word processors turn quotation marks round.
        self.text = text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "}))
        self.columns = columns
        self.tokens = list(self._tokens())
        self.at = 0
        self.depth = 0

    def _tokens(self) -> Iterator[tuple[str, str]]:
        at = 0
        text = self.text.rstrip()
        while at < len(text):
            found = TOKENS.match(text, at)
            if not found or found.end() == at:
                raise Broken(f"“{text[at : at + 20].strip()}” cannot be read")
            yield str(found.lastgroup), found[str(found.lastgroup)]
            at = found.end()

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, value: str | None = None) -> tuple[str, str]:
        token = self.peek()
        if token[0] == "end":
            raise Broken("it ends too early")
        if value is not None and token[1] != value:
            raise Broken(f"“{value}” is missing before “{token[1]}”")
        self.at += 1
        return token

    def whole(self) -> Any:
        node = self.either()
        if self.peek()[0] != "end":
            kind, value = self.peek()
            if kind == "operator" and value in "+-*|[]":
                raise Unsupported(f"reckoning with “{value}”")
            if kind == "name" and value in ("mod", "div"):
                raise Unsupported(f"reckoning with “{value}”")
            raise Broken(f"“{value}” stands where nothing was expected")
        return node

    def either(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsupported("brackets more than 60 deep")
        parts = [self.both()]
        while self.peek() == ("name", "or"):
            self.take()
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Joined("any", tuple(parts))

    def both(self) -> Any:
        parts = [self.comparison()]
        while self.peek() == ("name", "and"):
            self.take()
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Joined("all", tuple(parts))

    def comparison(self) -> Any:
        left = self.value()
        kind, operator = self.peek()
        if kind == "operator" and operator in FLIPPED:
            self.take()
            return Compared(left, operator, self.value())
        return left

    def value(self) -> Any:
        kind, value = self.take()
        if kind == "question":
            node: Any = Asked(value[2:-1].strip())
        elif kind == "string":
            node = Constant(value[1:-1])
        elif kind == "number":
            node = Constant(float(value))
        elif kind == "itself":
            node = Asked(".")
        elif kind == "path":
            last = value.rstrip("/").rpartition("/")[2]
            if not last or last in (".", "..", "*"):
                raise Unsupported(f"the path “{value}”")
            node = Asked(last)
        elif kind == "operator" and value == "(":
            node = self.either()
            self.take(")")
        elif kind == "operator" and value == "-" and self.peek()[0] == "number":
            node = Constant(-float(self.take()[1]))
        elif kind == "name" and value in ("and", "or"):
            raise Broken(f"“{value}” joins nothing")
        elif kind == "name":
            node = self.called(value) if self.peek()[1] == "(" else self.column(value)
        else:
            raise Broken(f"“{value}” stands where a value was expected")
        kind, operator = self.peek()
        if (kind == "operator" and operator in "+-*|[") or (kind == "name" and operator in ("mod", "div")):
            raise Unsupported(f"reckoning with “{operator}”")
        return node

    def column(self, name: str) -> Any:
        if self.columns is None:
            if name.lower() in ("true", "false"):
                return Called(name.lower(), ())
            raise Unsupported(f"the bare name “{name}”")
        return Constant(self.columns.get(name, ""))

    def called(self, name: str) -> Any:
        self.take("(")
        arguments = []
        if self.peek()[1] != ")":
            arguments.append(self.either())
            while self.peek()[1] == ",":
                self.take()
                arguments.append(self.either())
        self.take(")")
        return Called(name, tuple(arguments))


#: What a question in an expression becomes: its key, and its row where it is part of a grid; raises Unsupported.
Place = Callable[[str], tuple[str, str | None]]


def condition(node: Any, place: Place, *, constraint: bool = False) -> dict[str, Any] | bool:
    """A tree as a condition's JSON, or True or False where it does not depend on answers; raises Unsupported."""
    if isinstance(node, Joined):
        return _joined(node.how, [condition(part, place, constraint=constraint) for part in node.parts])
    if isinstance(node, Compared):
        return _compared(node, place)
    if isinstance(node, Called):
        return _called(node, place, constraint)
    if isinstance(node, Asked):
        raise Unsupported(f"“${{{node.name}}}” alone, without a comparison")
    if isinstance(node, Constant) and str(node.value).lower() in ("yes", "true", "1", "1.0"):
        return True
    raise Unsupported(f"“{getattr(node, 'value', node)}” alone")


def _joined(how: str, parts: list[dict[str, Any] | bool]) -> dict[str, Any] | bool:
    deciding = how == "any"
    if any(part is deciding for part in parts):
        return deciding
    left = [part for part in parts if not isinstance(part, bool)]
    if not left:
        return not deciding
    return left[0] if len(left) == 1 else {how: left}


def _left(node: Asked, place: Place) -> dict[str, Any]:
    if node.name == ".":
        return {"when": "."}
    key, row = place(node.name)
    return {"when": key} if row is None else {"when": key, "row": row}


def _called(node: Called, place: Place, constraint: bool) -> dict[str, Any] | bool:
    name, arguments = node.name, node.arguments
    if name in ("true", "false") and not arguments:
        return name == "true"
    if name == "not" and len(arguments) == 1:
        inner = condition(arguments[0], place, constraint=constraint)
        return not inner if isinstance(inner, bool) else {"not": inner}
    if name == "selected" and len(arguments) == 2:
        asked, chosen = _plain(arguments[0]), arguments[1]
        if isinstance(asked, Asked) and isinstance(chosen, Constant):
            return {**_left(asked, place), "is": "any_of", "of": [_text(chosen)]}
        if isinstance(asked, Asked) and isinstance(_plain(chosen), Asked) and _plain(chosen).name != ".":
            key, row = place(_plain(chosen).name)
            if row is None:
                return {**_left(asked, place), "is": "any_of", "of": {"question": key}}
    if name == "regex" and len(arguments) == 2:
        asked, pattern = _plain(arguments[0]), arguments[1]
        if isinstance(asked, Asked) and isinstance(pattern, Constant):
            if not constraint:
                raise Unsupported("regex() in a condition: it is for checking an answer only")
            return {**_left(asked, place), "is": "matches", "of": [_anchored(_text(pattern))]}
    raise Unsupported(f"{name}()")


def _anchored(pattern: str) -> str:
    """XLSForm patterns match the whole answer; marks at either end are not needed."""
    return pattern.removeprefix("^").removesuffix("$") if not pattern.endswith("\\$") else pattern.removeprefix("^")


def _plain(node: Any) -> Any:
    """A question inside number(), int(), string(), coalesce(x, '') and the like is the question."""
    while isinstance(node, Called) and node.name in ("number", "int", "string", "round", "coalesce", "decimal-date-time", "date", "once"):
        if len(node.arguments) == 1 and isinstance(node.arguments[0], Asked | Called) or node.name == "coalesce" and node.arguments:
            node = node.arguments[0]
        else:
            break
    return node


def _constant(node: Any) -> Constant | None:
    if isinstance(node, Constant):
        return node
    if isinstance(node, Called) and node.name in ("date", "date-time", "number", "string") and len(node.arguments) == 1:
        return _constant(node.arguments[0])
    return None


def _compared(node: Compared, place: Place) -> dict[str, Any] | bool:
    left, operator, right = _plain(node.left), node.operator, _plain(node.right)
    if _constant(left) is not None:
        left, operator, right = right, FLIPPED[operator], left
    constant = _constant(right)
    if (left_constant := _constant(left)) is not None and constant is not None:
        return _settled(left_constant, operator, constant)
    count = False
    if isinstance(left, Called) and left.name == "count-selected" and len(left.arguments) == 1:
        left, count = _plain(left.arguments[0]), True
    if isinstance(left, Called):
        raise Unsupported(f"{left.name}()")
    if isinstance(right, Called) and constant is None:
        raise Unsupported(f"{right.name}()")
    if not isinstance(left, Asked):
        raise Unsupported("a comparison without a question")
    test = {**_left(left, place), **({"count": True} if count else {})}
    if constant is None:
        if not isinstance(right, Asked) or right.name == ".":
            if isinstance(right, Asked) and left.name != ".":
                return _compared(Compared(right, FLIPPED[operator], left), place)
            raise Unsupported("a comparison that cannot be read")
        key, row = place(right.name)
        if row is not None:
            raise Unsupported("a comparison with one row of a grid")
        against: Any = {"question": key}
    else:
        if constant.value == "":
            if operator == "=":
                return {"not": {**test, "is": "answered"}}
            if operator == "!=":
                return {**test, "is": "answered"}
            raise Unsupported("a comparison with nothing")
        against = [_number(constant) if count or operator in ORDERED else _text(constant)]
    if operator == "=":
        return {**test, "is": "any_of", "of": against}
    if operator == "!=":
        return {**test, "is": "none_of", "of": against}
    return {**test, "is": ORDERED[operator], "of": against}


def _text(constant: Constant) -> str:
    value = constant.value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value


def _number(constant: Constant) -> float | int | str:
    try:
        number = float(constant.value)
    except ValueError:
        return _text(constant)
    return int(number) if number.is_integer() else number


def _settled(left: Constant, operator: str, right: Constant) -> bool:
    one, other = _text(left), _text(right)
    if operator in ("=", "!="):
        return (one == other) is (operator == "=")
    try:
        low, high = float(one), float(other)
    except ValueError:
        return False
    return {"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[operator]
