"""Lays questions out on pages: conditions may only look back, so a page ends where the next question looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.expressions import Unsupported

#: Questions on one page.
MOST = 10


@dataclass(frozen=True)
class Asked:
    """Where a row of the form went: the question's key, its row in a grid, and its page."""

    key: str
    row: str | None
    page: int


@dataclass
class Layout:
    """The pages so far, and what has been asked on them."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    #: names of rows that are not kept, with why
    dropped: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    title: dict[str, str] = field(default_factory=dict)
    _turned: bool = True

    def place(self, name: str) -> tuple[str, str | None]:
        """The question a condition names; raises Unsupported for one that is not kept, or comes later."""
        found = self.asked.get(name)
        if found is not None:
            return found.key, found.row
        if name in self.dropped:
            raise Unsupported(f"“{name}”, which is {self.dropped[name]}")
        raise Unsupported(f"“{name}”, which is not asked before it")

    def turn(self, title: dict[str, str] | None = None) -> None:
        """End the page here; the next one has this title."""
        self._turned = True
        if title is not None:
            self.title = title

    def add(self, question: dict[str, Any], *, looks_at: Iterable[str], names: dict[str, str | None]) -> None:
        """Put a question on the page, or on a new one if it looks at this one or this one is full."""
        here = {found.key for found in self.asked.values() if found.page == len(self.pages)}
        if self._turned or not self.pages or here & set(looks_at) or len(self.pages[-1]["questions"]) >= MOST:
            self.pages.append({"key": f"p{len(self.pages) + 1}", "title": dict(self.title), "questions": []})
            self._turned = False
        self.pages[-1]["questions"].append(question)
        for name, row in names.items():
            self.asked[name] = Asked(question["key"], row, len(self.pages))

    def key(self, name: str) -> str:
        """A usable key made of a row's name, like no other."""
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_") or "question"
        plain = re.sub(r"_{2,}", "_", plain)
        if not plain[0].isalpha():
            plain = f"q_{plain}"
        plain = plain[:56]
        key, number = plain, 1
        while key in self.keys:
            number += 1
            key = f"{plain}_{number}"
        self.keys.add(key)
        return key


def looked_at(condition: Any) -> set[str]:
    """The keys of the questions a condition's JSON names."""
    if isinstance(condition, dict):
        found = {condition["when"]} if "when" in condition else set()
        if isinstance(condition.get("of"), dict):
            found.add(condition["of"].get("question", ""))
        for part in ("all", "any"):
            for one in condition.get(part, ()):
                found |= looked_at(one)
        if "not" in condition:
            found |= looked_at(condition["not"])
        return found - {"."}
    return set()


def both(*conditions: dict[str, Any] | None) -> dict[str, Any] | None:
    """All of several conditions, those that are there."""
    kept = [one for one in conditions if one]
    return None if not kept else kept[0] if len(kept) == 1 else {"all": kept}
