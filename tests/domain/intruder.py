"""Somebody who tries everything: shares no code with the product and simply goes through all worlds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product

SMALL = range(1, 8)


def nearest(count: int, step: int) -> int:
    """As everybody rounds: halves up."""
    return math.floor(count / step + 0.5) * step


def stands_for(shown: int | None, step: int, most: int, *, zeros_hidden: bool = False) -> list[int]:
    """Every count that may be behind a figure: 1 to 7 if hidden, else within half a step, halves up."""
    if shown is None:
        return [count for count in range(most + 1) if count in SMALL or (zeros_hidden and count == 0)]
    if shown == 0 and step == 1:
        return [0]
    return [count for count in range(8, most + 1) if shown - step / 2 <= count < shown + step / 2]


def one_answer_worlds(
    cells: list[tuple[int | None, int]], responses: int, *, complete: bool, zeros_hidden: bool = False
) -> Iterator[tuple[int, ...]]:
    """Every way the cells of a one-answer question can be filled by at most (or exactly) so many people."""
    choices = [stands_for(shown, step, responses, zeros_hidden=zeros_hidden) for shown, step in cells]
    for world in product(*choices):
        total = sum(world)
        if total == responses if complete else total <= responses:
            yield world


def left_for(hidden: Iterable[int], worlds: Iterable[tuple[int, ...]]) -> dict[int, set[int]]:
    """The values each hidden cell has in these worlds."""
    left: dict[int, set[int]] = {at: set() for at in hidden}
    for world in worlds:
        for at, values in left.items():
            values.add(world[at])
    return left


def by_what_is_seen(
    worlds: Iterable[tuple[int, ...]], publish: Callable[[tuple[int, ...]], Hashable]
) -> dict[Hashable, list[tuple[int, ...]]]:
    """Worlds that look the same from outside: what remains for somebody who knows the whole method."""
    same: dict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for world in worlds:
        same[publish(world)].append(world)
    return same
