"""What may come back from a question: the room its answers have, for checking routes without asking anybody.

A kind of question says this with `QuestionType.possible`. Where a kind cannot say exactly, it says more rather than
less: then a route may be thought possible that is not, and never the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Choices:
    """Some of these keys in one part; answered means at least `least` and at most `most` of them."""

    keys: tuple[str, ...]
    part: str = ""
    least: int = 1
    most: int = 1
    exclusive: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Amount:
    """A number in one part, between both ends where they are given."""

    part: str = ""
    least: float | None = None
    most: float | None = None
    whole: bool = False


@dataclass(frozen=True)
class Day:
    """A whole date in one part, as YYYY-MM-DD."""

    part: str = ""
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Words:
    """Anything else in one part: its comparisons may turn out either way."""

    part: str = ""


Possible = Choices | Amount | Day | Words
