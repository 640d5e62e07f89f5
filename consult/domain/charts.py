"""Where the parts of a chart lie, from whole per cents that are given out already: nothing else is known here.

A chart is therefore never more exact than the table beside it. Lengths and places are per cents of the width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: More parts of one bar can be told apart neither by eye nor by number.
MOST_PARTS = 7
#: A part narrower than this has no room for its number.
ROOM = 7.0


@dataclass(frozen=True)
class Piece:
    """A part of a bar: its number in the legend, where it begins, how wide it is, and its shade (0 to 6)."""

    number: int
    begins: float
    width: float
    shade: int
    percent: int

    @property
    def roomy(self) -> bool:
        """Whether its figure can be written in it."""
        return self.width >= ROOM

    @property
    def middle(self) -> float:
        """Where its figure stands."""
        return round(self.begins + self.width / 2, 2)

    def mirrored(self) -> Piece:
        """The same for those who read from right to left."""
        return Piece(self.number, round(100 - self.begins - self.width, 2), self.width, self.shade, self.percent)


def shades(parts: int, *, good_first: bool = False) -> tuple[int, ...]:
    """The shade of each part in order: two colours that grow stronger towards the ends, grey in the middle.

    0 to 2 are one half from its end inwards, 3 the middle, 4 to 6 the other half outwards; the second colour stands
    for what is good, on whichever side that is.
    """
    first = {0: (), 1: (1,), 2: (0, 2)}.get(parts // 2, (0, 1, 2))
    found = (*first, *((3,) if parts % 2 else ()), *(6 - shade for shade in reversed(first)))
    return tuple(6 - shade for shade in found) if good_first else found


def stacked(percents: Sequence[int], *, good_first: bool = False) -> list[Piece]:
    """One bar of parts that are together the whole, in their order; empty for parts that nobody chose."""
    whole = sum(percents)
    if not whole or len(percents) > MOST_PARTS:
        return []
    pieces, begins, tones = [], 0.0, shades(len(percents), good_first=good_first)
    for number, percent in enumerate(percents, 1):
        width = percent / whole * 100
        if percent:
            pieces.append(Piece(number, round(begins, 2), round(width, 2), tones[number - 1], percent))
        begins += width
    return pieces


def diverging(rows: Sequence[Sequence[int]], *, good_first: bool = False) -> list[list[Piece]]:
    """A bar for each row, its first half left of the middle and its second half right of it, all to one measure.

    A part in the middle of the scale lies half on either side.
    """
    if not rows or any(len(row) > MOST_PARTS or len(row) < 2 for row in rows):
        return []
    longest = max(side for row in rows for side in _sides(row))
    if not longest:
        return []
    unit = 50 / longest
    drawn = []
    for row in rows:
        tones = shades(len(row), good_first=good_first)
        begins, pieces = 50 - _sides(row)[0] * unit, []
        for number, percent in enumerate(row, 1):
            if percent:
                width = percent * unit
                pieces.append(Piece(number, round(begins, 2), round(width, 2), tones[number - 1], percent))
                begins += width
        drawn.append(pieces)
    return drawn


def columns(percents: Sequence[int | None]) -> list[tuple[float, float, float] | None]:
    """A column for each band: where it begins, how wide it is, and its height; None for one that is not given out."""
    highest = max((one for one in percents if one is not None), default=0)
    if not highest:
        return []
    width = 100 / len(percents)
    return [
        None if one is None else (round(at * width, 2), round(width, 2), round(one / highest * 100, 2))
        for at, one in enumerate(percents)
    ]


def _sides(row: Sequence[int]) -> tuple[float, float]:
    half = len(row) // 2
    middle = row[half] / 2 if len(row) % 2 else 0
    return sum(row[:half]) + middle, sum(row[len(row) - half :]) + middle
