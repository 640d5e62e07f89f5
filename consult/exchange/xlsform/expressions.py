"""XLSForm's expressions as trees.

A question is `${name}`, a path that ends in its name, or `.` for the answer itself. What the language allows but
conditions cannot hold is Unsupported; what is no expression at all is Broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consult.exchange.conditions import Broken, Unsupported

LONGEST = 20_000
DEEPEST = 60
TOKENS = re.compile(
    r"""\s*(?:
    (?P<question>\$\{\s*[^}]+?\s*\})
  | (?P<string>'[^']*'|"[^"]*")
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?![\w.]))
  | (?P<path>(?:\.\.?/|/)[\w./*-]*)
  | (?P<name>[^\W\d][\w:.-]*(?:::[\w ()-]+)?)
  | (?P<itself>\.(?![\w./]))
  | (?P<operator>!=|<=|>=|=|<|>|\(|\)|,|\+|-|\*|\||\[|\]|@)
    )""",
    re.X,
)
FLIPPED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
RECKONING = {"+", "-", "*", "|", "[", "]", "@"}
#: Word processors turn quotation marks round.
STRAIGHT: dict[int, str] = {
    ord(turned): straight for turned, straight in zip("’‘´`“”„\u00a0", "''''\"\"\" ", strict=True)
}


@dataclass(frozen=True)
class Asked:
    """A question by its name, or the answer itself (".")."""

    name: str


@dataclass(frozen=True)
class Bare:
    """A name alone: in a choice filter a column of the choices, elsewhere nothing we know."""

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
    """Several parts joined by and ("all") or or ("any")."""

    how: str
    parts: tuple[Any, ...]


def parse(text: str) -> Any:
    """The expression as a tree of the classes above; raises Broken and Unsupported."""
    return _Parser(text).whole()


def parts_of(node: Any) -> Iterator[Any]:
    """Every node of a tree."""
    yield node
    inside: tuple[Any, ...] = ()
    if isinstance(node, Called):
        inside = node.arguments
    elif isinstance(node, Compared):
        inside = (node.left, node.right)
    elif isinstance(node, Joined):
        inside = node.parts
    for part in inside:
        yield from parts_of(part)


def names_in(text: str) -> set[str]:
    """Every `${name}` in a text, whether or not the rest can be read."""
    return {name.strip() for name in re.findall(r"\$\{([^}]+)\}", text)}


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Unsupported("an expression of more than 20 000 characters")
        self.text = text.translate(STRAIGHT).rstrip()
        self.tokens = list(self._tokens())
        self.at = 0
        self.depth = 0

    def _tokens(self) -> Iterator[tuple[str, str]]:
        at = 0
        while at < len(self.text):
            found = TOKENS.match(self.text, at)
            if not found or found.end() == at:
                raise Broken(f"“{self.text[at : at + 20].strip()}” cannot be read")
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
            raise Broken(f"“{self.peek()[1]}” stands where nothing was expected")
        return node

    def either(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsupported(f"brackets more than {DEEPEST} deep")
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
        node = self.value()
        kind, operator = self.peek()
        if kind == "operator" and operator in FLIPPED:
            self.take()
            node = Compared(node, operator, self.value())
        return node

    def value(self) -> Any:
        node = self._days(self.alone(*self.take()))
        kind, following = self.peek()
        if (kind == "operator" and following in RECKONING) or (kind == "name" and following in ("mod", "div")):
            raise Unsupported(f"reckoning with “{following}”")
        if kind == "path":
            raise Unsupported(f"the path “{following}”")
        return node

    def _days(self, node: Any) -> Any:
        """today() with so many days added or taken away."""
        if node != Called("today", ()) or self.peek() not in (("operator", "+"), ("operator", "-")):
            return node
        sign = self.take()[1]
        if self.peek()[0] != "number":
            raise Unsupported(f"reckoning with “{sign}”")
        days = float(self.take()[1])
        return Called("today", (Constant(-days if sign == "-" else days),))

    def alone(self, kind: str, value: str) -> Any:
        if kind == "question":
            return Asked(value[2:-1].strip())
        if kind == "string":
            return Constant(value[1:-1])
        if kind == "number":
            return Constant(float(value))
        if kind == "itself":
            return Asked(".")
        if kind == "path":
            last = value.rstrip("/").rpartition("/")[2]
            if not last or last in (".", "..", "*"):
                raise Unsupported(f"the path “{value}”")
            return Asked(last)
        if (kind, value) == ("operator", "("):
            node = self.either()
            self.take(")")
            return node
        if (kind, value) == ("operator", "-") and self.peek()[0] == "number":
            return Constant(-float(self.take()[1]))
        if kind == "operator" and value in RECKONING and self.peek()[0] != "end":
            raise Unsupported(f"reckoning with “{value}”")
        if kind != "name":
            raise Broken(f"“{value}” stands where a value was expected")
        if value in ("and", "or"):
            raise Broken(f"“{value}” joins nothing")
        return self.called(value) if self.peek()[1] == "(" else Bare(value)

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
