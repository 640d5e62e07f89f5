"""SurveyJS expressions as trees: `{age} >= 18 and {colours} contains 'red'`.

What the language allows but conditions cannot hold is Unsupported; what is no expression at all is Broken.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consult.exchange.conditions import Broken, Unsupported

LONGEST = 20_000
DEEPEST = 60
TOKENS = re.compile(
    r"""\s*(?:
    \{(?P<question>[^{}]*)\}
  | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?(?![\w.]))
  | (?P<operator>!==|===|!=|<>|<=|>=|==|=|<|>|&&|\|\||!|\*=|\(|\)|\[|\]|,|\+|-|\*|/|%|\^)
  | (?P<name>[^\W\d]\w*)
    )""",
    re.X,
)
#: Every way of writing a comparison, by one of them.
COMPARISONS = {
    "=": "=", "==": "=", "===": "=", "equal": "=", "equals": "=",
    "!=": "!=", "!==": "!=", "<>": "!=", "notequal": "!=", "notequals": "!=",
    ">": ">", "greater": ">", "<": "<", "less": "<",
    ">=": ">=", "greaterorequal": ">=", "<=": "<=", "lessorequal": "<=",
    "contains": "contains", "contain": "contains", "*=": "contains",
    "notcontains": "notcontains", "notcontain": "notcontains",
    "anyof": "anyof", "allof": "allof", "noneof": "noneof",
}  # fmt: skip
#: Words and marks that stand after what they ask about.
AFTER = {"empty", "notempty"}
RECKONING = {"+", "-", "*", "/", "%", "^", "power", "mod"}


@dataclass(frozen=True)
class Name:
    """A question, one row or item of one, or something worked out."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A text, a number, true or false, None, or a list of them."""

    value: Any


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Test:
    """left operator right."""

    __test__ = False  # not a test case

    left: Any
    operator: str
    right: Any = None


@dataclass(frozen=True)
class Several:
    """Parts joined by and ("all") or or ("any"), or the opposite of one ("not")."""

    how: str
    parts: tuple[Any, ...]


def parse(text: str) -> Any:
    """The expression as a tree of the classes above; raises Broken and Unsupported."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Unsupported("an expression of more than 20 000 characters")
        self.text = text.rstrip()
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

    def word(self) -> str:
        """The next token in small letters, where it is a word or a mark."""
        kind, value = self.peek()
        return value.lower() if kind in ("name", "operator") else ""

    def whole(self) -> Any:
        node = self.either()
        if self.peek()[0] != "end":
            raise Broken(f"“{self.peek()[1]}” stands where nothing was expected")
        return node

    def either(self) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unsupported(f"brackets more than {DEEPEST} deep")
        node = self._joined("any", ("or", "||"), lambda: self._joined("all", ("and", "&&"), self.opposed))
        self.depth -= 1
        return node

    def _joined(self, how: str, words: tuple[str, ...], part: Any) -> Any:
        parts = [part()]
        while self.word() in words:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else Several(how, tuple(parts))

    def opposed(self) -> Any:
        opposites = 0
        while self.word() in ("!", "not", "negate"):
            self.take()
            opposites += 1
        node = self.compared()
        return Several("not", (node,)) if opposites % 2 else node

    def compared(self) -> Any:
        node = self.value()
        word = self.word()
        if word in AFTER:
            self.take()
            return Test(node, word)
        if word in COMPARISONS:
            self.take()
            return Test(node, COMPARISONS[word], self.value())
        return node

    def value(self) -> Any:
        node = self.alone(*self.take())
        if self.word() in RECKONING:
            raise Unsupported(f"reckoning with “{self.peek()[1]}”")
        return node

    def alone(self, kind: str, value: str) -> Any:
        if kind == "question":
            return Name(value.strip())
        if kind == "string":
            return Constant(re.sub(r"\\(.)", r"\1", value[1:-1]))
        if kind == "number":
            number = float(value)
            if math.isinf(number):
                raise Unsupported("a number without end")
            return Constant(int(number) if number.is_integer() else number)
        if (kind, value) == ("operator", "("):
            node = self.either()
            self.take(")")
            return node
        if (kind, value) == ("operator", "["):
            return self.listed()
        if (kind, value) == ("operator", "-") and self.peek()[0] == "number":
            return Constant(-self.alone(*self.take()).value)
        if kind != "name":
            raise Broken(f"“{value}” stands where a value was expected")
        return self.called(value) if self.peek()[1] == "(" else self.bare(value)

    def bare(self, value: str) -> Any:
        word = value.lower()
        if word in ("true", "false"):
            return Constant(word == "true")
        if word in ("undefined", "null"):
            return Constant(None)
        if word in ("and", "or", *COMPARISONS, *AFTER):
            raise Broken(f"“{value}” joins nothing")
        return Constant(value)

    def listed(self) -> Constant:
        found = []
        while self.peek()[1] != "]":
            node = self.value()
            if not isinstance(node, Constant):
                raise Unsupported("a list of anything but constants")
            found.append(node.value)
            if self.peek()[1] != "]":
                self.take(",")
        self.take("]")
        return Constant(found)

    def called(self, name: str) -> Call:
        self.take("(")
        arguments = []
        while self.peek()[1] != ")":
            arguments.append(self.either())
            if self.peek()[1] != ")":
                self.take(",")
        self.take(")")
        return Call(name, tuple(arguments))
