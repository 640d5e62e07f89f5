"""The shapes results come in, the same for exact figures (staff) and released ones (everybody).

A shape holds tables of cells by option key; labels are looked up in the questionnaire when it is drawn, so that one
release serves every language. Charts, tables, PDF and exports know these shapes and no kind of question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import ClassVar

from consult.domain.statistics import percentage

#: What a hidden cell counts as in a total (DESIGN 8).
HIDDEN_COUNTS_AS = 5
#: The column of things that were given no place.
UNPLACED = "unplaced"


class Hidden(Enum):
    """A figure withheld to protect people; `[c]` for confidential is what the Government Analysis Function asks for."""

    HIDDEN = "c"


HIDDEN = Hidden.HIDDEN
Count = int | Hidden


@dataclass(frozen=True)
class Cell:
    """How many people, exact when `nearest` is 1; to the nearest 20 means from 10 fewer up to 9 more."""

    key: str
    count: Count
    nearest: int = 1

    @property
    def hidden(self) -> bool:
        """Whether the figure is withheld."""
        return self.count is HIDDEN

    @property
    def about(self) -> int:
        """The figure as totals use it: a hidden one counts as 5."""
        return self.count if isinstance(self.count, int) else HIDDEN_COUNTS_AS


@dataclass(frozen=True)
class Total:
    """A sum of people; `about` says that it was added up from rounded or hidden cells."""

    count: int
    about: bool = False


@dataclass(frozen=True)
class Table:
    """One set of people in cells.

    Without `unticked` everybody who answered is in exactly one cell. With it (several answers allowed) each cell has a
    twin of those who answered and did not tick it. `part` is the row of a grid or a group of people. `asked` is how
    many were shown it, None where that is not known or not published. What an attacker knows of the question is kept
    with it: `exclusive` options are ticked alone, `everyone` was asked, `complete` means that every response has an
    answer, `breakdown` that it is about some of the people, or something sensitive, where no zero is shown.
    """

    question: str
    cells: tuple[Cell, ...]
    base: Total
    asked: int | None = None
    part: str = ""
    unticked: tuple[Cell, ...] = ()
    exclusive: tuple[str, ...] = ()
    everyone: bool = False
    complete: bool = False
    breakdown: bool = False

    @property
    def key(self) -> str:
        """Its name within a release."""
        return f"{self.question}/{self.part}" if self.part else self.question

    @cached_property
    def cell_by_key(self) -> dict[str, Cell]:
        """The cells by option key."""
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def unticked_by_key(self) -> dict[str, Cell]:
        """The did-not-tick cells by option key."""
        return {cell.key: cell for cell in self.unticked}

    @property
    def hides(self) -> bool:
        """Whether any figure in it is withheld."""
        return any(cell.hidden for cell in (*self.cells, *self.unticked))

    def percentage(self, key: str) -> int | None:
        """The whole per cent of those who answered, from the cells as shown; None for a hidden cell."""
        return self.percentage_of((key,))

    def percentage_of(self, keys: Iterable[str]) -> int | None:
        """The whole per cent in several cells together (a top-two, one side of a net); None if any is hidden."""
        chosen = [self.cell_by_key[key] for key in keys if key in self.cell_by_key]
        if not chosen or any(cell.hidden for cell in chosen):
            return None
        whole = sum(cell.about for cell in self.cells)
        if self.unticked:
            if len(chosen) > 1:
                return None
            whole = chosen[0].about + self.unticked_by_key[chosen[0].key].about
        return percentage(sum(cell.about for cell in chosen), whole)

    def recount(self) -> Total:
        """How many answered, from nothing but the cells as shown."""
        sums = [sum(cell.about for cell in self.cells)]
        cells = self.cells
        if self.unticked:
            pairs = list(zip(self.cells, self.unticked, strict=True))
            open_pairs = [pair for pair in pairs if not any(cell.hidden for cell in pair)] or pairs
            sums = sorted(ticked.about + unticked.about for ticked, unticked in open_pairs)
            cells = tuple(cell for pair in open_pairs for cell in pair)
        middle = sums[len(sums) // 2] if sums else 0
        return Total(middle, about=any(cell.hidden or cell.nearest > 1 for cell in cells))


@dataclass(frozen=True)
class _OneTable:
    """What the shapes with a single table share."""

    shape: ClassVar[str]
    table: Table

    @property
    def question(self) -> str:
        """The key of its question."""
        return self.table.question

    @property
    def tables(self) -> tuple[Table, ...]:
        """What disclosure control sees."""
        return (self.table,)

    @property
    def base(self) -> Total:
        """People who answered."""
        return self.table.base

    @property
    def asked(self) -> int | None:
        """People who were shown it."""
        return self.table.asked

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells in the questionnaire's order."""
        return self.table.cells


@dataclass(frozen=True)
class Bars(_OneTable):
    """Options without an order between them: one answer each, or several."""

    shape = "bars"

    @property
    def several(self) -> bool:
        """Whether people could tick more than one, so that percentages do not add up to 100."""
        return bool(self.table.unticked)


@dataclass(frozen=True)
class Scale(_OneTable):
    """Options in order from one pole to the other; those in `apart` (don't know) stand outside the scale."""

    shape = "scale"
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbers(_OneTable):
    """Numbers in declared bands; keys as `statistics.Band.key`, never a smallest or largest answer."""

    shape = "numbers"


@dataclass(frozen=True)
class Excerpts(_OneTable):
    """Written words: only how many wrote some; the words themselves come from reading and redaction."""

    shape = "excerpts"


@dataclass(frozen=True)
class _Rows:
    """What the shapes with a table for each row share; `withheld` names rows with too few people to show."""

    shape: ClassVar[str]
    question: str
    tables: tuple[Table, ...]
    withheld: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The option keys over the columns."""
        return tuple(dict.fromkeys(cell.key for table in self.tables for cell in table.cells))

    @property
    def base(self) -> Total:
        """People who answered the row that most answered."""
        return max((table.base for table in self.tables), key=lambda total: total.count, default=Total(0))

    @property
    def asked(self) -> int | None:
        """People who were shown the row that most were shown; None when unknown for any."""
        asked = [table.asked for table in self.tables]
        return None if None in asked else max((one for one in asked if one is not None), default=None)


@dataclass(frozen=True)
class Shared:
    """That everybody had the same `total` to share out over the rows of a grid, `exactly` or at most.

    `alike` says that nothing hid a row from anybody. Known of exact figures only: a release does not carry it.
    """

    total: int
    exactly: bool
    alike: bool = True


@dataclass(frozen=True)
class Grid(_Rows):
    """Rows of a matrix, each answered by one option or several; or one question cut by groups of people."""

    shape = "grid"
    shared: Shared | None = None

    @property
    def together(self) -> bool:
        """Whether its rows say so much about each other that none is shown without the others."""
        return self.shared is not None


@dataclass(frozen=True)
class Ranks(_Rows):
    """One row for each thing ranked, one column for each place ("1", "2", …), and UNPLACED where one may be left out.

    `full` says that everybody who answered gave every place; known of exact figures only.
    """

    shape = "ranks"
    full: bool = False
    together: ClassVar[bool] = True

    @property
    def places(self) -> tuple[str, ...]:
        """The places in order."""
        return tuple(column for column in self.columns if column != UNPLACED)


@dataclass(frozen=True)
class TooFew:
    """Too few people answered to show anything, or nothing could be shown safely; the page says the first for both."""

    shape: ClassVar[str] = "too_few"
    question: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """Nothing to see."""
        return ()


Finding = Bars | Scale | Numbers | Excerpts | Grid | Ranks | TooFew


def with_tables(finding: Finding, tables: Mapping[str, Table]) -> Finding:
    """The same finding with these tables by key for its own; a missing one is withheld, all missing is TooFew."""
    kept = tuple(tables[table.key] for table in finding.tables if table.key in tables)
    if not kept:
        return TooFew(finding.question)
    if isinstance(finding, Grid | Ranks):
        gone = tuple(table.part for table in finding.tables if table.key not in tables)
        return type(finding)(finding.question, kept, (*finding.withheld, *gone))
    if isinstance(finding, Scale):
        return Scale(kept[0], finding.apart)
    return finding if isinstance(finding, TooFew) else type(finding)(kept[0])
