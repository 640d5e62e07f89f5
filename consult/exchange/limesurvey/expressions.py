"""LimeSurvey's equations as trees.

A variable is a code (`Q1`, `Q1_SQ2`), an old code (`123X45X678SQ2`), `self`, `this` or `that.Q1`, with properties
behind a point (`.NAOK`, `.shown`). What the language allows but conditions cannot hold is Unsupported; what is no
equation at all is Broken.
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
    (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<special>(?:INSERTANS|TOKEN|TOKENS|ASSESSMENT)[:_][\w\#-]+)
  | (?P<name>\d+X\d+X\d+[\w\#]*(?:\.\w+)*|[^\W\d]\w*(?:[.\#]\w+)*)
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+))
  | (?P<operator>===|!==|==|!=|<>|<=|>=|&&|\|\||<|>|=|!|\(|\)|,|\+|-|\*|/|%|\||&)
    )""",
    re.X,
)
#: Operators with words of their own.
SPELT = {
    "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "===": "==", "!==": "!=", "<>": "!=",
}  # fmt: skip
COMPARISONS = {"==", "!=", "<", "<=", ">", ">="}
FLIPPED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
RECKONING = {"+", "-", "*", "/", "%"}
#: Properties behind a point that change nothing about the answer itself.
PLAIN = frozenset({"NAOK", "code", "valueNAOK", "value"})
PROPERTIES = PLAIN | {
    "shown", "question", "relevance", "relevanceStatus", "gid", "grelevance", "gseq", "jsName", "mandatory", "qid",
    "qseq", "sgqa", "type", "rowdivid", "comments", "sq_", "nocomments", "hidden",
}  # fmt: skip
#: Word processors turn quotation marks round.
STRAIGHT: dict[int, str] = {
    ord(turned): straight for turned, straight in zip("’‘´`“”„\u00a0", "''''\"\"\" ", strict=True)
}


@dataclass(frozen=True)
class Variable:
    """A question, one of its parts, or the answer itself; `naok` is whether it may be hidden without hiding all."""

    name: str
    properties: tuple[str, ...] = ()

    @property
    def naok(self) -> bool:
        """Whether the equation goes on where this was not asked."""
        return "NAOK" in self.properties or "valueNAOK" in self.properties


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


@dataclass(frozen=True)
class Reckoned:
    """A sum of some kind, which no condition holds."""

    operator: str
    parts: tuple[Any, ...]


def parse(text: str) -> Any:
    """The equation as a tree of the classes above; raises Broken and Unsupported."""
    return _Parser(text).whole()


def parts_of(node: Any) -> Iterator[Any]:
    """Every node of a tree."""
    yield node
    inside: tuple[Any, ...] = ()
    if isinstance(node, Called):
        inside = node.arguments
    elif isinstance(node, Compared):
        inside = (node.left, node.right)
    elif isinstance(node, Joined | Reckoned):
        inside = node.parts
    for part in inside:
        yield from parts_of(part)


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Unsupported(f"an equation of more than {LONGEST:,} characters")
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
            kind, value = str(found.lastgroup), found[str(found.lastgroup)]
            lower = value.lower()
            if kind == "name" and lower in ("and", "or", "not", "xor"):
                yield "operator", {"and": "&&", "or": "||", "not": "!", "xor": "xor"}[lower]
            elif (kind == "name" and lower in SPELT) or value in SPELT:
                yield "operator", SPELT[lower if kind == "name" else value]
            else:
                yield kind, value
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
            if self.peek()[1] in ("=", "xor", "|", "&"):
                raise Unsupported("“=”, which sets a value" if self.peek()[1] == "=" else f"“{self.peek()[1]}”")
            raise Broken(f"“{self.peek()[1]}” stands where nothing was expected")
        return node

    def either(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsupported(f"brackets more than {DEEPEST} deep")
        parts = [self.both()]
        while self.peek() == ("operator", "||"):
            self.take()
            parts.append(self.both())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Joined("any", tuple(parts))

    def both(self) -> Any:
        parts = [self.comparison()]
        while self.peek() == ("operator", "&&"):
            self.take()
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Joined("all", tuple(parts))

    def comparison(self) -> Any:
        node = self.sum()
        while self.peek()[0] == "operator" and self.peek()[1] in COMPARISONS:
            operator = self.take()[1]
            node = Compared(node, operator, self.sum())
        if self.peek() == ("name", "in"):
            self.take()
            return Called("in_array", (node, *self.arguments()))
        return node

    def sum(self) -> Any:
        parts, operator = [self.value()], ""
        while self.peek()[0] == "operator" and self.peek()[1] in RECKONING:
            operator = operator or self.peek()[1]
            self.take()
            parts.append(self.value())
        return parts[0] if len(parts) == 1 else Reckoned(operator, tuple(parts))

    def value(self) -> Any:
        kind, value = self.take()
        if kind == "string":
            return Constant(re.sub(r"\\(.)", _unescaped, value[1:-1], flags=re.S))
        if kind == "number":
            return Constant(float(value))
        if kind == "special":
            what, _, name = value.partition(":" if ":" in value else "_")
            return Variable(name) if what == "INSERTANS" else Variable(f"{what}:{name}")
        if (kind, value) == ("operator", "!"):
            return Called("!", (self.inverted(),))
        if (kind, value) == ("operator", "-"):
            inner = self.inverted()
            number = isinstance(inner, Constant) and isinstance(inner.value, float)
            return Constant(-inner.value) if number else Reckoned("-", (inner,))
        if (kind, value) == ("operator", "+"):
            return self.inverted()
        if (kind, value) == ("operator", "("):
            node = self.either()
            if self.peek()[1] == "=":
                raise Unsupported("“=”, which sets a value")
            self.take(")")
            return node
        if kind != "name":
            raise Broken(f"“{value}” stands where a value was expected")
        if self.peek() == ("operator", "("):
            return Called(value, self.arguments())
        first, *behind = value.split(".")
        return Variable(first, tuple(behind))

    def inverted(self) -> Any:
        """What stands behind “!” or a sign, which bind more closely than comparing does."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsupported(f"more than {DEEPEST} signs in a row")
        node = self.value()
        self.depth -= 1
        return node

    def arguments(self) -> tuple[Any, ...]:
        self.take("(")
        found = []
        if self.peek()[1] != ")":
            found.append(self.either())
            while self.peek()[1] == ",":
                self.take()
                found.append(self.either())
        if self.peek()[1] == "=":
            raise Unsupported("“=”, which sets a value")
        self.take(")")
        return tuple(found)


def _unescaped(found: re.Match[str]) -> str:
    """A quotation mark or backslash behind a backslash; anything else keeps it, as patterns need."""
    return found[1] if found[1] in "'\"" else found[0]
