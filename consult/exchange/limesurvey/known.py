"""What a variable of an equation is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Known:
    """What a variable is here.

    `kind`: one (of options), option (ticked or not), other (the box behind “other”), rank, number, text, date or time.
    """

    key: str
    kind: str = "text"
    row: str | None = None
    option: str = ""
    #: which place of an order it is; 0 where it is none
    place: int = 0
    #: what LimeSurvey calls the options, with their keys here
    codes: Mapping[str, str] = field(default_factory=dict)
    #: what decides whether the question is asked at all
    show: dict[str, Any] | None = None
    #: whether its answers may stand in later words
    closed: bool = True
    #: how many parts its question has that count as answers; 0 where it is no such part
    siblings: int = 0

    @property
    def left(self) -> dict[str, Any]:
        """It on the left of a test."""
        return {"when": self.key} if self.row is None else {"when": self.key, "row": self.row}

    @property
    def given(self) -> dict[str, Any]:
        """That there is an answer."""
        if self.kind in ("option", "other"):
            return {**self.left, "is": "any_of", "of": [self.option]}
        if self.kind == "rank":
            return {"when": self.key, "count": "rows", "is": "at_least", "of": [self.place]}
        return {**self.left, "is": "answered"}
