"""Conditions as JSON, joined while a file is read, and names made into keys: what readers of every format share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


class Unsupported(Exception):
    """What a condition of a file says that ours cannot hold; the text says which."""


class Broken(Exception):
    """A condition of a file that is none; the text says where it breaks."""


def joined(how: str, parts: list[dict[str, Any] | bool]) -> dict[str, Any] | bool:
    """Parts under all or any; those that are always true or false decide or fall away, and the same is said once."""
    deciding = how == "any"
    if any(part is deciding for part in parts):
        return deciding
    left: list[dict[str, Any]] = []
    for part in parts:
        if not isinstance(part, bool) and part not in left:
            left.append(part)
    if not left:
        return not deciding
    return left[0] if len(left) == 1 else {how: left}


def opposite(made: dict[str, Any] | bool) -> dict[str, Any] | bool:
    """What holds when it does not."""
    if isinstance(made, bool):
        return not made
    return made["not"] if set(made) == {"not"} else {"not": made}


def both(*conditions: dict[str, Any] | None) -> dict[str, Any] | None:
    """All of several conditions, those that are there, each once."""
    kept: list[dict[str, Any]] = []
    for condition in conditions:
        for one in condition["all"] if condition and set(condition) == {"all"} else [condition]:
            if one and one not in kept:
                kept.append(one)
    return None if not kept else kept[0] if len(kept) == 1 else {"all": kept}


def looked_at(condition: Any) -> set[str]:
    """The keys of the questions a condition's JSON names."""
    if not isinstance(condition, dict):
        return set()
    found = {condition["when"]} if "when" in condition else set()
    if isinstance(condition.get("of"), dict):
        found.add(condition["of"].get("question", ""))
    for one in (*condition.get("all", ()), *condition.get("any", ()), condition.get("not")):
        found |= looked_at(one)
    return found - {"."}


def usable(name: str) -> str:
    """A name as a key: letters, digits and single underscores, a letter first."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") or "question"
    return (plain if plain[0].isalpha() else f"q_{plain}")[:56]


@dataclass
class Keys:
    """The keys given so far, with how often each was wanted."""

    taken: dict[str, int] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """A usable key made of a name, like no other."""
        plain = key = usable(name)
        while key in self.taken:
            self.taken[plain] += 1
            key = f"{plain}_{self.taken[plain]}"
        self.taken[key] = 1
        return key


def option_key(name: str) -> str:
    """A choice's name as the key of an option: itself where it is one word, else its words with underscores."""
    if name and len(name) <= 64 and not any(one.isspace() for one in name):
        return name
    return "_".join(re.findall(r"\w+", name))[:60].strip("_") or "option"


def option_keys(names: Iterable[str]) -> dict[str, str]:
    """The keys of a list of choices by their names, no two alike."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in keys:
            continue
        plain = key = option_key(name)
        number = 2
        while key in taken:
            key, number = f"{plain}_{number}", number + 1
        taken.add(key)
        keys[name] = key
    return keys
