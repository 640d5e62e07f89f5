"""Names of columns for programs that know no slashes, and to which Q1 and q1 are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Words that SPSS keeps for itself.
KEPT = frozenset({"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"})
LONGEST = 64


def apart(names: Iterable[str]) -> list[str]:
    """The same names, numbered where only capitals tell them apart."""
    taken: set[str] = set()
    found = []
    for name in names:
        one, number = name, 1
        while one.casefold() in taken:
            number += 1
            one = f"{name}_{number}"
        taken.add(one.casefold())
        found.append(one)
    return found


def for_spss(names: Iterable[str]) -> list[str]:
    """Letters, digits and underscores, at most 64 bytes, each name once: `q5/o1` is `q5_o1`."""
    plain = []
    for name in names:
        one = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_") or "v"
        one = one if one[0].isalpha() and one.upper() not in KEPT else f"v_{one}"
        plain.append(one[: LONGEST - 6].rstrip("_"))
    return apart(plain)
