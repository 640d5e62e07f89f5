"""Exact reasoning about whole numbers in ranges that add up: which values one of them can still have."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import chain

Name = Hashable
#: How many branches are looked at before a value counts as impossible: erring to the side of protecting more.
BRANCHES = 2_000
#: How often ranges are narrowed before branching; narrowing alone may creep.
ROUNDS = 60


class Sums:
    """Whole numbers with ranges, and sums of them (each taken once, added or subtracted) with ranges."""

    def __init__(self) -> None:
        self.names: dict[Name, int] = {}
        self.low: list[int] = []
        self.high: list[int] = []
        self.sums: list[tuple[tuple[tuple[int, int], ...], int, int]] = []
        self._narrowed: tuple[list[int], list[int]] | None = None

    def number(self, name: Name, low: int, high: int) -> None:
        """Add a number, or narrow the range of one that is there."""
        self._narrowed = None
        at = self.names.get(name)
        if at is None:
            self.names[name] = len(self.low)
            self.low.append(low)
            self.high.append(high)
        else:
            self.low[at] = max(self.low[at], low)
            self.high[at] = min(self.high[at], high)

    def sum(self, plus: Iterable[Name], minus: Iterable[Name], low: int, high: int) -> None:
        """Say that these numbers minus those are within a range."""
        self._narrowed = None
        terms = chain(((1, name) for name in plus), ((-1, name) for name in minus))
        self.sums.append((tuple((sign, self.names[name]) for sign, name in terms), low, high))

    def possible(self) -> bool:
        """Whether there is any way at all."""
        narrowed = self._narrow_all()
        return narrowed is not None and (self._exact or self._search(*narrowed))

    def span(self, name: Name) -> range:
        """The values a number can have as far as narrowing tells: exact for a single sum, else perhaps too many."""
        narrowed = self._narrow_all()
        return range(narrowed[0][self.names[name]], narrowed[1][self.names[name]] + 1) if narrowed else range(0)

    def values(self, name: Name, enough: int | None = None) -> tuple[int, ...]:
        """The values a number can still have, in order; the search stops at `enough` of them."""
        narrowed = self._narrow_all()
        if narrowed is None:
            return ()
        low, high = narrowed
        at = self.names[name]
        found: list[int] = []
        for value in range(low[at], high[at] + 1):
            tried_low, tried_high = low.copy(), high.copy()
            tried_low[at] = tried_high[at] = value
            if self._exact or (self._narrow(tried_low, tried_high) and self._search(tried_low, tried_high)):
                found.append(value)
                if len(found) == enough:
                    break
        return tuple(found)

    @property
    def _exact(self) -> bool:
        """With a single sum narrowing is the whole truth: any value left can be completed."""
        return len(self.sums) <= 1

    def _narrow_all(self) -> tuple[list[int], list[int]] | None:
        if self._narrowed is None:
            low, high = self.low.copy(), self.high.copy()
            if not self._narrow(low, high):
                return None
            self._narrowed = low, high
        return self._narrowed

    def _narrow(self, low: list[int], high: list[int]) -> bool:
        """Narrow every range by every sum; False when one is empty."""
        if any(least > most for least, most in zip(low, high, strict=True)):
            return False
        for _ in range(ROUNDS):
            changed = False
            for terms, least, most in self.sums:
                bottom = sum(low[at] if sign > 0 else -high[at] for sign, at in terms)
                top = sum(high[at] if sign > 0 else -low[at] for sign, at in terms)
                if bottom > most or top < least:
                    return False
                for sign, at in terms:
                    own_bottom, own_top = (low[at], high[at]) if sign > 0 else (-high[at], -low[at])
                    new_bottom = max(own_bottom, least - (top - own_top))
                    new_top = min(own_top, most - (bottom - own_bottom))
                    if new_bottom > own_bottom or new_top < own_top:
                        changed = True
                        low[at], high[at] = (new_bottom, new_top) if sign > 0 else (-new_top, -new_bottom)
                        bottom += new_bottom - own_bottom
                        top += new_top - own_top
                    if low[at] > high[at]:
                        return False
            if not changed:
                return True
        return True

    def _search(self, low: list[int], high: list[int]) -> bool:
        """Whether these narrowed ranges hold a solution, by halving the smallest open range."""
        waiting = [(low, high)]
        for _ in range(BRANCHES):
            if not waiting:
                return False
            low, high = waiting.pop()
            at = min(
                (at for at in range(len(low)) if low[at] < high[at]), key=lambda at: high[at] - low[at], default=None
            )
            if at is None:
                return self._narrow(low, high)
            middle = (low[at] + high[at]) // 2
            for half in ((low[at], middle), (middle + 1, high[at])):
                half_low, half_high = low.copy(), high.copy()
                half_low[at], half_high[at] = half
                if self._narrow(half_low, half_high):
                    waiting.append((half_low, half_high))
        return False
