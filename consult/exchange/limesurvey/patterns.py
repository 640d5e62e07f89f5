"""LimeSurvey's regular expressions (`/^…$/i`, found anywhere) as ours, which an answer has to match as a whole."""

from __future__ import annotations

import re

from consult.domain.answers import Value
from consult.domain.conditions import BadCondition, holds, read
from consult.exchange.conditions import Unsupported

DELIMITED = re.compile(r"^\s*([/#~!@%|])(.*)\1([a-zA-Z]*)\s*$", re.S)
#: Digits of the longest code that is asked with digits.
MOST_DIGITS = 15


def whole_pattern(said: str) -> str:
    """The pattern as one for the whole answer; raises Unsupported for what cannot be kept."""
    found = DELIMITED.match(said)
    inner, flags = (found[2], found[3]) if found else (said.strip(), "")
    if found and found[1] == "/":
        inner = inner.replace("\\/", "/")
    if set(flags) - set("imsuUD"):
        raise Unsupported(f"the pattern's flags “{flags}”")
    if "[[:" in inner or re.search(r"\\[pPXRK]|\(\?[^:=!i]|[*+?}]\+", inner):
        raise Unsupported("a pattern in PHP’s own language")
    # Where anything may stand before or behind, the whole answer is that, the pattern, and that.
    begins, ends = inner.startswith("^"), inner.endswith("$") and not inner.endswith("\\$")
    if begins and ends and "|" not in _outside(inner[1:-1]):
        made = inner[1:-1]
    elif "|" not in _outside(inner):
        made = (
            ("" if begins else r"[\s\S]*") + inner[int(begins) : len(inner) - int(ends)] + ("" if ends else r"[\s\S]*")
        )
    else:
        made = rf"[\s\S]*(?:{inner})[\s\S]*"
    made = f"(?i){made}" if "i" in flags else made
    try:
        read({"when": ".", "is": "matches", "of": [made]}, constraint=True)
    except BadCondition as reason:
        raise Unsupported(f"a pattern that cannot be kept ({reason})") from None
    return made


def _outside(pattern: str) -> str:
    """A pattern without what stands in brackets or behind a backslash."""
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", pattern, flags=re.S)
    before = None
    while before != bare:
        before, bare = bare, re.sub(r"\([^()]*\)", "", bare)
    return bare


def as_long_as(operator: str, number: int) -> tuple[str, bool]:
    """A pattern for a text of so many characters, and whether it has to match or must not."""
    if not 0 <= number < 10_000:
        raise Unsupported("a length that no answer has")
    least, most = {
        "==": (number, number),
        "!=": (number, number),
        ">": (number + 1, None),
        ">=": (number, None),
        "<": (0, number - 1),
        "<=": (0, number),
    }[operator]
    if most is not None and most < 0:
        raise Unsupported("a length under nothing")
    return rf"[\s\S]{{{least},{'' if most is None else most}}}", operator != "!="


def only_addresses(pattern: str) -> bool:
    """Whether a pattern accepts an email address and no plain word."""
    return [_accepts(pattern, text) for text in ("someone@example.org", "someone", "123456")] == [True, False, False]


def digits(pattern: str) -> int:
    """How many digits a pattern asks for, where it accepts digits only; the most of several; 0 otherwise."""
    if any(_accepts(pattern, text) for text in ("a", "A1", "1 1", "-1", "1.1", "1" * (MOST_DIGITS + 1))):
        return 0
    return max((n for n in range(1, MOST_DIGITS + 1) if all(_accepts(pattern, one * n) for one in "1590")), default=0)


def lengths(said: str) -> list[int]:
    """How many digits a pattern accepts, where it accepts digits only and no length between is left out."""
    try:
        pattern = whole_pattern(said)
    except Unsupported:
        return []
    most = digits(pattern)
    found = [n for n in range(1, most + 1) if all(_accepts(pattern, one * n) for one in "159")]
    return found if found and found == list(range(found[0], most + 1)) else []


def _accepts(pattern: str, text: str) -> bool:
    rule = read({"when": ".", "is": "matches", "of": [pattern]}, constraint=True)
    return holds(rule, {}, (Value(text=text),))
