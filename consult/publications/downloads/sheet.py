"""What a spreadsheet is made of, whichever program it is for: each sheet one table, with title and notes above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from consult.results.sheets import Cell

#: What one sheet holds, without its heading, and what one cell holds.
MOST_ROWS = 1_048_575
LONGEST_CELL = 32_767
#: Characters that a column is wide at least, and at most.
NARROWEST, WIDEST = 12, 50
CUT = " [cut short here: the CSV file has all of it]"


@dataclass(frozen=True)
class Link:
    """A cell that leads to another sheet of the same file."""

    text: str
    sheet: str


@dataclass(frozen=True)
class Sheet:
    """A table with one row of headings and a name for programs; `title` and `notes` stand above it, a line each."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell | Link]]
    title: str = ""
    notes: Sequence[str] = ()
    #: what programs call the table: letters and digits
    table: str = ""

    @property
    def above(self) -> int:
        """How many lines stand above the headings."""
        return bool(self.title) + len(self.notes)

    @property
    def called(self) -> str:
        """The name of its table."""
        return self.table or self.name


@dataclass(frozen=True)
class Book:
    """A whole spreadsheet: who wrote it, when, in which language and in which direction it is read."""

    title: str
    sheets: Sequence[Sheet]
    language: str = "en"
    direction: str = "ltr"
    author: str = ""
    written_on: date | None = None
    description: str = ""
    keywords: Sequence[str] = field(default_factory=tuple)


def widths(headings: Sequence[str], rows: Sequence[Sequence[Cell | Link]]) -> list[int]:
    """How many characters wide each column is to be, so that words are read without being dragged open."""
    found = []
    for at, heading in enumerate(headings):
        longest = max((len(_said(row[at])) for row in rows), default=0)
        found.append(min(WIDEST, max(NARROWEST, len(heading) + 2, longest + 2)))
    return found


def is_mark(cell: Cell | Link, column: int) -> bool:
    """Whether it stands for a figure, such as [c], and so where figures stand."""
    return column > 0 and isinstance(cell, str) and len(cell) == 3 and cell[0] == "[" and cell[2] == "]"


def _said(cell: Cell | Link) -> str:
    return cell.text if isinstance(cell, Link) else str(cell or "")


def fit(cell: Cell) -> Cell:
    """A cell that fits into a spreadsheet; where words are cut, it says so."""
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return cell[: LONGEST_CELL - len(CUT)] + CUT
    return cell
