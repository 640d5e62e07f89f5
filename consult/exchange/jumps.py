"""Ways past what follows: “if yes, go to 12” as a condition of everything that is jumped over.

Something is reached when nothing that was reached before it jumps over it; and since answers to what was not reached
count as not given, a jump that asks for an answer asks by itself whether its question was reached.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.conditions import joined, opposite

Made = dict[str, Any] | bool
#: Characters of a condition's JSON; a longer way is not followed.
LONGEST = 8_000


def turned(made: Made) -> Made:
    """What holds when it does not, said without “not” where it can be."""
    if isinstance(made, dict) and made.get("is") == "any_of":
        return {**made, "is": "none_of"}
    if isinstance(made, dict) and set(made) == {"any"}:
        return joined("all", [turned(part) for part in made["any"]])
    return opposite(made)


@dataclass
class Jumps:
    """Every jump so far: when it is taken, from where, and up to where (which is reached again)."""

    taken: list[tuple[Made, int, int]] = field(default_factory=list)

    def add(self, condition: Made, start: int, target: int) -> None:
        """Remember one."""
        if target > start + 1 and condition is not False:
            self.taken.append((condition, start, target))

    def reached(self, at: int) -> Made:
        """When a place is reached: False where something always jumps over it."""
        return joined("all", [turned(condition) for condition, start, target in self.taken if start < at < target])


def too_long(made: Made) -> bool:
    """Whether a condition is longer than anybody could follow."""
    return len(json.dumps(made)) > LONGEST


def simpler(made: Made, single: Mapping[str, Collection[str]], known: frozenset[str] = frozenset()) -> Made:
    """The same condition, shorter: `single` are the options of questions with one answer, `known` what is true here."""
    if isinstance(made, bool):
        return made
    if json.dumps(made, sort_keys=True) in known:
        return True
    if "not" in made:
        return turned(simpler(made["not"], single, known))
    how = "all" if "all" in made else "any" if "any" in made else ""
    if not how:
        return made
    parts = _flat(how, [simpler(part, single, known) for part in made[how]])
    if how == "all":
        for at, part in enumerate(parts):
            others = {json.dumps(one, sort_keys=True) for number, one in enumerate(parts) if number != at}
            parts[at] = simpler(part, single, known | others)
        parts = _flat(how, parts)
    return joined(how, _merged(how, parts, single))


def _flat(how: str, parts: Iterable[Made]) -> list[Made]:
    """Parts that are joined in the same way, each once."""
    found: list[Made] = []
    for part in parts:
        for one in part[how] if isinstance(part, dict) and how in part else [part]:
            if one not in found:
                found.append(one)
    return found


def _merged(how: str, parts: list[Made], single: Mapping[str, Collection[str]]) -> list[Made]:
    """Tests of one question with one answer as one test."""
    by_key: dict[str, list[dict[str, Any]]] = {}
    kept: list[Made] = []
    for part in parts:
        if _plain(part, single) and (how == "all" or part["is"] == "any_of"):  # type: ignore[index]
            by_key.setdefault(part["when"], []).append(part)  # type: ignore[index, arg-type]
        else:
            kept.append(part)
    for key, tests in by_key.items():
        sets = [test["of"] for test in tests if test["is"] == "any_of"]
        if how == "any":
            kept.append({"when": key, "is": "any_of", "of": list(dict.fromkeys(one for of in sets for one in of))})
            continue
        gone = dict.fromkeys(one for test in tests if test["is"] == "none_of" for one in test["of"])
        answered = any(test["is"] == "answered" for test in tests)
        if gone and (sets or answered):
            sets = sets or [list(single[key])]
        if sets:
            left = [one for one in sets[0] if one not in gone and all(one in of for of in sets)]
            kept.append({"when": key, "is": "any_of", "of": left} if left else False)
        else:
            kept.append({"when": key, "is": "none_of", "of": list(gone)} if gone else tests[0])
    return kept


def _plain(part: Made, single: Mapping[str, Collection[str]]) -> bool:
    """Whether it is a test of a question with one answer against constants."""
    if not isinstance(part, dict) or part.get("when") not in single or part.get("row") or part.get("count"):
        return False
    return part.get("is") == "answered" or (
        part.get("is") in ("any_of", "none_of") and isinstance(part.get("of"), list)
    )
