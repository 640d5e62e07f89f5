"""Exact reasoning about whole numbers in ranges that add up: which values one of them can still have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import z3

Name = Hashable
#: What the solver may spend on one value before it counts as impossible: erring to the side of protecting more.
EFFORT = 20_000_000
#: How often each sum may narrow its numbers, on average; narrowing alone may creep.
ROUNDS = 60


class Sums:
    """Whole numbers with ranges, and sums of them (each so many times, added or subtracted) with ranges."""

    def __init__(self) -> None:
        self.names: dict[Name, int] = {}
        self.low: list[int] = []
        self.high: list[int] = []
        self.sums: list[tuple[tuple[tuple[int, int], ...], int, int]] = []
        #: the sums each number is in
        self._within: list[list[int]] = []
        #: values that some solution found so far gives to each number
        self._seen: list[set[int]] = []
        self._narrowed: tuple[list[int], list[int]] | None = None
        self._solver: tuple[z3.Solver, list[z3.ArithRef]] | None = None

    def number(self, name: Name, low: int, high: int) -> None:
        """Add a number, or narrow the range of one that is there."""
        self._forget()
        at = self.names.get(name)
        if at is None:
            self.names[name] = len(self.low)
            self.low.append(low)
            self.high.append(high)
            self._within.append([])
        else:
            self.low[at] = max(self.low[at], low)
            self.high[at] = min(self.high[at], high)

    def sum(self, plus: Iterable[Name], minus: Iterable[Name], low: int, high: int) -> None:
        """Say that these numbers minus those are within a range; one named twice counts twice."""
        times = Counter(plus)
        times.subtract(Counter(minus))
        self.weighed(times, low, high)

    def weighed(self, times: Mapping[Name, int], low: int, high: int) -> None:
        """Say that these numbers, each so many times (below nought: subtracted), add up to something in a range."""
        self._forget()
        terms = tuple((weight, self.names[name]) for name, weight in times.items() if weight)
        for _weight, at in terms:
            self._within[at].append(len(self.sums))
        self.sums.append((terms, low, high))

    def possible(self) -> bool:
        """Whether there is any way at all."""
        narrowed = self._narrow_all()
        return narrowed is not None and (self._exact or self._solvable())

    def span(self, name: Name) -> range:
        """The values a number can have as far as narrowing tells: exact for a single sum, else perhaps too many."""
        narrowed = self._narrow_all()
        return range(narrowed[0][self.names[name]], narrowed[1][self.names[name]] + 1) if narrowed else range(0)

    def values(self, name: Name, enough: int | None = None) -> tuple[int, ...]:
        """The values a number can still have, in order; the search stops when there are `enough` of them."""
        narrowed = self._narrow_all()
        if narrowed is None:
            return ()
        low, high = narrowed
        at = self.names[name]
        found = set() if self._exact else set(self._seen[at])
        for value in range(low[at], high[at] + 1):
            if enough is not None and len(found) >= enough:
                break
            if value in found:
                continue
            if self._exact or self._solvable(at, value):
                found.add(value)
                found |= set() if self._exact else self._seen[at]
        return tuple(sorted(found)[:enough])

    @property
    def _exact(self) -> bool:
        """With a single sum of numbers that count once, narrowing is the whole truth: any value can be completed."""
        return not self.sums or (len(self.sums) == 1 and all(abs(weight) == 1 for weight, _at in self.sums[0][0]))

    def _forget(self) -> None:
        self._narrowed = None
        self._solver = None
        self._seen = []

    def _narrow_all(self) -> tuple[list[int], list[int]] | None:
        if self._narrowed is None:
            low, high = self.low.copy(), self.high.copy()
            self._seen = [set() for _ in low]
            if any(least > most for least, most in zip(low, high, strict=True)) or not self._narrow(low, high):
                return None
            self._narrowed = low, high
        return self._narrowed

    def _narrow(self, low: list[int], high: list[int]) -> bool:
        """Narrow every range by the sums it is in; False when one is empty."""
        waiting = dict.fromkeys(range(len(self.sums)))
        left = ROUNDS * len(self.sums)
        while waiting and left:
            left -= 1
            number = next(iter(waiting))
            del waiting[number]
            narrower = self._narrow_by(number, low, high)
            if narrower is None:
                return False
            for at in narrower:
                waiting.update(dict.fromkeys(self._within[at]))
        return True

    def _narrow_by(self, number: int, low: list[int], high: list[int]) -> list[int] | None:
        """The numbers whose ranges one sum narrows; None when it cannot be."""
        terms, least, most = self.sums[number]
        bottom = sum(weight * (low[at] if weight > 0 else high[at]) for weight, at in terms)
        top = sum(weight * (high[at] if weight > 0 else low[at]) for weight, at in terms)
        if bottom > most or top < least:
            return None
        if bottom >= least and top <= most:
            return []
        narrower = []
        for weight, at in terms:
            own_low, own_high = low[at], high[at]
            if own_low == own_high:
                continue
            own_bottom, own_top = (
                (weight * own_low, weight * own_high) if weight > 0 else (weight * own_high, weight * own_low)
            )
            # weight × number lies between these two.
            from_below, from_above = least - (top - own_top), most - (bottom - own_bottom)
            if weight > 0:
                new_low, new_high = -(-from_below // weight), from_above // weight
            else:
                new_low, new_high = -(from_above // -weight), -from_below // -weight
            if new_low <= own_low and new_high >= own_high:
                continue
            low[at], high[at] = max(own_low, new_low), min(own_high, new_high)
            if low[at] > high[at]:
                return None
            narrower.append(at)
            if weight > 0:
                bottom += weight * low[at] - own_bottom
                top += weight * high[at] - own_top
            else:
                bottom += weight * high[at] - own_bottom
                top += weight * low[at] - own_top
        return narrower

    def _solvable(self, at: int | None = None, value: int | None = None) -> bool:
        """Whether there is a solution (in which one number is `value`); what it gives all others is remembered."""
        if self._solver is None:
            self._solver = self._begin()
        solver, numbers = self._solver
        solver.set("rlimit", EFFORT)
        asked = [] if at is None else [numbers[at] == value]
        if solver.check(*asked) != z3.sat:
            return False
        model = solver.model()
        for seen, number in zip(self._seen, numbers, strict=True):
            seen.add(model.eval(number, model_completion=True).as_long())
        return True

    def _begin(self) -> tuple[z3.Solver, list[z3.ArithRef]]:
        low, high = self._narrow_all() or (self.low, self.high)
        solver = z3.SimpleSolver()
        numbers = [z3.Int(f"n{at}") for at in range(len(low))]
        for number, least, most in zip(numbers, low, high, strict=True):
            solver.add(number >= least, number <= most)
        for terms, least, most in self.sums:
            total = z3.Sum([weight * numbers[at] for weight, at in terms])
            solver.add(total >= least, total <= most)
        return solver, numbers
