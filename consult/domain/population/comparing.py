"""Who answered beside who lives there: shares, their difference in percentage points, and who was not heard from.

From the figures as they are shown, so that a comparison says nothing that they do not. Who would rather not say is left
out of the shares and shown apart (DOMAIN H4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.findings import Table, Total
from consult.domain.statistics import LEAST_FOR_PERCENTAGES, percentage

#: Nobody is said to be heard more or less than others under this difference, or under this many people (DOMAIN H4).
POINTS_TO_FLAG = 5
LEAST_TO_FLAG = 50


@dataclass(frozen=True)
class Group:
    """One group: whole per cents of those who answered and of the population; None where too few people say."""

    key: str
    hidden: bool
    answered: int | None
    population: int
    #: of ten thousand people, for a group under one per cent
    of_ten_thousand: int

    @property
    def points(self) -> int | None:
        """By how many percentage points more of those who answered belong to it."""
        return None if self.answered is None else self.answered - self.population


@dataclass(frozen=True)
class Compared:
    """One question: its groups, how many said which they belong to, and what stands out."""

    question: str
    groups: tuple[Group, ...]
    base: Total

    def _far(self, sign: int) -> tuple[str, ...]:
        if self.base.count < LEAST_TO_FLAG:
            return ()
        return tuple(one.key for one in self.groups if one.points is not None and one.points * sign > POINTS_TO_FLAG)

    @property
    def fewer(self) -> tuple[str, ...]:
        """Groups of which clearly fewer answered than live there."""
        return self._far(-1)

    @property
    def more(self) -> tuple[str, ...]:
        """Groups of which clearly more answered than live there."""
        return self._far(1)

    @property
    def not_heard(self) -> tuple[str, ...]:
        """Groups of which few or nobody answered: hidden or none, though people of them live there."""
        return tuple(one.key for one in self.groups if (one.hidden or one.answered == 0) and one.of_ten_thousand)


def compared(table: Table, population: Mapping[str, int], *, responses: int, without: str = "") -> Compared | None:
    """A table of who answered beside the counts of a population; None where they share fewer than two groups.

    Hidden cells count as 5, but not so that more people than the `responses` would be in it. `without` is the key of
    those who would rather not say. A group the population does not have is left out on both sides.
    """
    cells = [cell for cell in table.cells if cell.key != without and cell.key in population]
    people = sum(population[cell.key] for cell in cells)
    if len(cells) < 2 or people <= 0:
        return None
    apart = sum(cell.about for cell in table.cells if cell.key == without)
    shown = sum(cell.about for cell in cells if not cell.hidden)
    whole = max(shown, min(sum(cell.about for cell in cells), responses - apart))
    groups = []
    for cell in cells:
        lives = population[cell.key]
        enough = whole >= LEAST_FOR_PERCENTAGES and not cell.hidden
        groups.append(
            Group(
                cell.key,
                cell.hidden,
                percentage(cell.about, whole) if enough else None,
                percentage(lives, people) or 0,
                round(10_000 * lives / people),
            )
        )
    about = any(cell.hidden or cell.nearest > 1 for cell in cells)
    return Compared(table.question, tuple(groups), Total(whole, about))
