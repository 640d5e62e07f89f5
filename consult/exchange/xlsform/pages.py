"""Lays questions out on pages: conditions may only look back, so a page ends where the next question looks at it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.conditions import Keys, Unsupported
from consult.exchange.xlsform.conditions import Known

PIPED = re.compile(r"\[\[([A-Za-z]\w*)")
#: Kinds whose answers are never said again.
OPEN = frozenset({"text", "long text", "personal"})
#: Questions on one page.
MOST = 10


@dataclass
class Layout:
    """The pages so far, and what has been asked on them."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    #: names of rows, with the question each became and its page
    asked: dict[str, tuple[Known, int]] = field(default_factory=dict)
    #: names of rows that are not kept, with why
    dropped: dict[str, str] = field(default_factory=dict)
    #: every name in the form
    names: set[str] = field(default_factory=set)
    keys: Keys = field(default_factory=Keys)
    title: dict[str, str] = field(default_factory=dict)
    #: headings that wait for a question under them, with what they look at
    waiting: list[tuple[dict[str, Any], set[str]]] = field(default_factory=list)
    _twins: set[str] = field(default_factory=set)
    _turned: bool = True

    def place(self, name: str) -> Known:
        """The question a condition names; raises Unsupported for one that is not kept, or comes later."""
        if name in self._twins:
            raise Unsupported(f"“{name}”, which is the name of two questions")
        if name in self.asked:
            return self.asked[name][0]
        if name in self.dropped:
            raise Unsupported(f"“{name}”, which is {self.dropped[name]}")
        if name in self.names:
            raise Unsupported(f"“{name}”, which is not asked before it")
        raise Unsupported(f"“{name}”, which is not in the form")

    def said(self, name: str) -> str:
        """An earlier answer as words say it; "" where it is not a closed one of an earlier question."""
        known = self.asked[name][0] if name in self.asked and name not in self._twins else None
        if known is None or known.kind in OPEN:
            return ""
        return f"[[{known.key}{f'.{known.row}' if known.row else ''}|…]]"

    def turn(self, title: dict[str, str]) -> None:
        """End the page here; the next one has this title."""
        self._turned = True
        self.title = title

    def heading(self, statement: dict[str, Any], *, looks_at: set[str]) -> None:
        """Words over the questions that follow; without one they are not shown."""
        self.waiting.append((statement, looks_at))

    def forget(self, key: str) -> bool:
        """Drop a heading that still waits; whether it did."""
        before = len(self.waiting)
        self.waiting = [one for one in self.waiting if one[0]["key"] != key]
        return len(self.waiting) < before

    def add(self, question: dict[str, Any], *, looks_at: Iterable[str], names: Mapping[str, Known]) -> None:
        """Put a question on the page, or on a new one if it looks at this one or this one is full."""
        headings, self.waiting = self.waiting, []
        looks = set(looks_at).union(*(looks for _heading, looks in headings))
        looks |= set(PIPED.findall(json.dumps([question, *(heading for heading, _looks in headings)])))
        here = {known.key for known, page in self.asked.values() if page == len(self.pages)}
        full = self.pages and len(self.pages[-1]["questions"]) + len(headings) >= MOST
        if self._turned or not self.pages or here & looks or full:
            self.pages.append({"key": f"p{len(self.pages) + 1}", "title": dict(self.title), "questions": []})
            self._turned = False
        self.pages[-1]["questions"] += [heading for heading, _looks in headings] + [question]
        for name, known in names.items():
            if name in self.asked:
                self._twins.add(name)
            self.asked[name] = (known, len(self.pages))

    def key(self, name: str) -> str:
        """A usable key made of a row's name, like no other."""
        return self.keys.key(name)
