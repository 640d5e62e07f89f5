"""How figures are hidden and rounded before anybody outside sees them: the rule sets of publishers, and ours."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.findings import HIDDEN, Cell

#: What the largest cell of a table is rounded to when a hidden cell would otherwise be found out.
COARSER = (50, 20, 10)
#: The fewest people of a group of which answers crossed with equality answers are shown (DESIGN 5).
LEAST_CROSSED = 20


@dataclass(frozen=True)
class Profile:
    """A rule set: counts from 1 to `hidden_to` are hidden, larger ones rounded to the nearest `nearest`.

    A table of fewer than `least_base` people is withheld. `another` also hides the next lowest figure when one is
    hidden, as publishers do whose other figures are exact. `least_responses` is the fewest there are figures of at all.
    """

    name: str
    hidden_to: int
    nearest: int
    least_base: int
    another: bool = False
    least_responses: int = 10

    @property
    def protects(self) -> bool:
        """Whether it hides anything."""
        return self.hidden_to > 0

    def lowest_hidden(self, *, breakdown: bool) -> int:
        """The smallest count under the mark: in a breakdown zeros share it."""
        return 0 if breakdown else 1

    def cell(self, key: str, count: int, *, breakdown: bool = False) -> Cell:
        """The cell rule alone, for one figure."""
        if self.protects and self.lowest_hidden(breakdown=breakdown) <= count <= self.hidden_to:
            return Cell(key, HIDDEN)
        return rounded(key, count, self.nearest) if count else Cell(key, 0)

    def interval(self, cell: Cell, most: int, *, breakdown: bool = False) -> tuple[int, int]:
        """The counts a shown or hidden cell may stand for, seen alone: lowest and highest, never above `most`."""
        if not isinstance(cell.count, int):
            return self.lowest_hidden(breakdown=breakdown), min(most, self.hidden_to)
        if cell.nearest == 1:
            return cell.count, cell.count
        low, high = stands_for(cell.count, cell.nearest)
        return max(low, self.hidden_to + 1), min(high, most)


def rounded(key: str, count: int, nearest: int) -> Cell:
    """A count to a multiple of `nearest`, halves up."""
    return Cell(key, (2 * count + nearest) // (2 * nearest) * nearest, nearest)


def stands_for(count: int, nearest: int) -> tuple[int, int]:
    """The lowest and highest whole number a figure to the nearest `nearest` may be."""
    return count - nearest // 2, count + (nearest - 1) // 2


#: Sources of the rules: DOMAIN D1.
PROFILES = {
    profile.name: profile
    for profile in (
        # Ours: the rule NHS Digital has used for hospital figures since 2018, and the GP Patient Survey's least base.
        Profile("nhs-public", hidden_to=7, nearest=5, least_base=10),
        # NHS Digital HES and ECDS, sub-national: 1 to 7 hidden, otherwise to the nearest 5.
        Profile("hes7r5", hidden_to=7, nearest=5, least_base=0),
        # NHS England Friends and Family Test: 1 to 4 hidden, then the next lowest too; the rest exact.
        Profile("fft5", hidden_to=4, nearest=1, least_base=5, another=True),
        # GP Patient Survey: nothing under ten; 1 to 4 hidden, then the next lowest too; the rest exact.
        Profile("gpps10", hidden_to=4, nearest=1, least_base=10, another=True),
        # The threshold of ten of ONS research outputs, with rounding.
        Profile("strict10r5", hidden_to=9, nearest=5, least_base=10),
        # Exact figures for staff: never public.
        Profile("internal", hidden_to=0, nearest=1, least_base=0, least_responses=0),
    )
}
DEFAULT = "nhs-public"
