"""The shapes results come in, the same for exact figures (staff) and released ones (everybody).

A shape holds tables of cells by option key; labels are looked up in the questionnaire when it is drawn, so that one
release serves every language. Charts, tables, PDF and exports know these shapes and no kind of question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import ClassVar

from consult.domain.questionnaire import Question, Questionnaire, Row
from consult.domain.statistics import ANSWERED, ASKED, Tally, percentage

#: What a hidden cell counts as in a total (DESIGN 8).
HIDDEN_COUNTS_AS = 5


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
class Grid(_Rows):
    """Rows of a matrix, each answered by one option; or one question cut by groups of people."""

    shape = "grid"


@dataclass(frozen=True)
class Ranks(_Rows):
    """One row for each thing ranked, one column for each place ("1", "2", …)."""

    shape = "ranks"


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


# From tallies


def asked_of_everybody(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether no condition of its page, its section, its own or of all its options or rows can hide it from anybody."""
    shows = [[option.show for option in question.options], [row.show for row in question.rows]]
    remains = all(not conditions or None in conditions for conditions in shows)
    return not questionnaire.shown_when(question) and remains


def table(
    question: Question,
    tally: Tally,
    keys: Sequence[str],
    *,
    row: Row | None = None,
    several: bool = False,
    everyone: bool = True,
) -> Table:
    """The exact table of one question or one row; `everyone` says that neither it nor its page has a condition."""
    part = row.key if row else ""

    def count(atom: str) -> int:
        return int(tally.get((question.key, part, atom), 0))

    answered, asked = count(ANSWERED), count(ASKED)
    cells = tuple(Cell(key, count(key)) for key in keys)
    everyone = everyone and not (row and row.show)
    required = question.required or bool(row and row.required)
    return Table(
        question.key,
        cells,
        Total(answered),
        asked,
        part,
        tuple(Cell(cell.key, answered - cell.about) for cell in cells) if several else (),
        tuple(option.key for option in question.options if option.exclusive) if several else (),
        everyone,
        everyone and required and answered == asked,
    )


def bars(
    question: Question, tally: Tally, keys: Sequence[str] | None = None, *, several: bool = False, everyone: bool = True
) -> Bars:
    """One answer or several from `keys`, by default the question's options."""
    keys = [option.key for option in question.options] if keys is None else keys
    return Bars(table(question, tally, keys, several=several, everyone=everyone))


def scale(
    question: Question, tally: Tally, keys: Sequence[str], *, apart: Sequence[str] = (), everyone: bool = True
) -> Scale:
    """One answer from `keys` in order; `apart` are those outside the order."""
    return Scale(table(question, tally, keys, everyone=everyone), tuple(apart))


def numbers(question: Question, tally: Tally, keys: Sequence[str], *, everyone: bool = True) -> Numbers:
    """Numbers counted in bands with these keys."""
    return Numbers(table(question, tally, keys, everyone=everyone))


def grid(question: Question, tally: Tally, *, everyone: bool = True) -> Grid:
    """A table for each row of a matrix, over its options."""
    keys = [option.key for option in question.options]
    rows = tuple(table(question, tally, keys, row=row, everyone=everyone) for row in question.rows)
    return Grid(question.key, rows)


def excerpts(question: Question, tally: Tally, *, everyone: bool = True) -> Excerpts:
    """How many wrote something."""
    return Excerpts(table(question, tally, [ANSWERED], everyone=everyone))


def sensitive(question: str, counts: Mapping[str, int], keys: Sequence[str] | None = None) -> Bars:
    """Counts of something sensitive, such as an equality question: released without zeros."""
    cells = tuple(Cell(key, counts.get(key, 0)) for key in (counts if keys is None else keys))
    return Bars(Table(question, cells, Total(sum(cell.about for cell in cells)), breakdown=True))
