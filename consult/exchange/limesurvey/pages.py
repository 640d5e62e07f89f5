"""What has been asked so far, as equations name it: by code, by old code, by part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from consult.exchange.assembly import Assembly, Part
from consult.exchange.conditions import Unsupported, both
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.source import Asked, Source

OLD = re.compile(r"(\d+)X(\d+)X(\d+)(.*)")
#: Names that stand for no question.
SAID_BY_SYSTEM = {
    "LANG": "the language of the page", "SEED": "a random number", "SAVEDID": "the number of the response",
    "SID": "the number of the survey", "TOKEN": "the participant list", "SURVEYNAME": "the survey's name",
}  # fmt: skip


@dataclass
class Layout:
    """The pages so far, and what has been asked on them."""

    source: Source
    assembly: Assembly
    #: what stands for each variable, by code and suffix
    known: dict[str, dict[str, Known]] = field(default_factory=dict)
    #: codes of questions that are not asked, with why
    dropped: dict[str, str] = field(default_factory=dict)
    _show: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self._codes = {asked.code: asked for asked in self.source.questions}
        self._numbers = {asked.number: asked for asked in self.source.questions}

    def begin(self, part: Part) -> None:
        """A group begins: its title on every page of it, its words on the first."""
        self._show = part.show
        self.assembly.turn(part)

    def key(self, name: str) -> str:
        """A usable key made of a code, like no other."""
        return self.assembly.keys.key(name)

    def add(self, question: dict[str, Any], *, code: str, names: Mapping[str, Known]) -> None:
        """Put a question on the page, or on a new one if it looks at this one or this one is full."""
        self.assembly.add(question)
        show = both(self._show, question.get("show"))
        for suffix, known in names.items():
            self.known.setdefault(code, {})[suffix] = replace(known, show=show)

    def place(self, name: str) -> Known:
        """What a variable is; raises Unsupported for one that is not kept, or not asked before."""
        code, suffix = self.parted(name)
        known = self.known.get(code, {})
        if suffix in known:
            return known[suffix]
        if code in self.dropped:
            raise Unsupported(f"“{name}”, which is {self.dropped[code]}")
        if code in self._codes and not known:
            raise Unsupported(f"“{name}”, which is not asked before it")
        if code in self._codes:
            raise Unsupported(f"“{name}”, which is no part of “{code}” that is kept")
        what = SAID_BY_SYSTEM.get(name.partition(":")[0])
        raise Unsupported(f"{what} (“{name}”)" if what else f"“{name}”, which is not in the survey")

    def parts(self, code: str) -> list[Known]:
        """Every answer of a question, for “that”; the question itself where it has one."""
        self.place_of(code)
        found = [known for suffix, known in self.known[code].items() if known.siblings]
        return found or [self.place(code)]

    def place_of(self, code: str) -> None:
        """Make sure that a question was asked; raises Unsupported."""
        if code not in self.known:
            self.place(code)

    def parted(self, name: str) -> tuple[str, str]:
        """A variable's name as the code of its question and what follows it."""
        old = OLD.fullmatch(name)
        if old:
            return self._old(old, name)
        found = [code for code in self._codes if name == code or name.startswith(f"{code}_")]
        code = max(found, key=len, default="")
        return (code, name[len(code) + 1 :]) if code else (name, "")

    def _old(self, old: re.Match[str], name: str) -> tuple[str, str]:
        """An old code: the question's number, and without a gap the code of its part."""
        digits, rest = old[3], old[4]
        for end in range(len(digits), 0, -1):
            asked = self._numbers.get(digits[:end])
            if asked is not None and asked.group in ("", old[2]):
                return asked.code, (digits[end:] + rest).replace("#", "_")
        return name, ""

    def asked(self, code: str) -> Asked | None:
        """A question of the file by its code."""
        return self._codes.get(code)
