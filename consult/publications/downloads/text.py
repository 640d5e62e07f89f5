"""Rows as text, piece by piece, so that any number of them needs the same memory: CSV, and JSON with a row a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from consult.publications.downloads.tables import Table
from consult.results.personal import Cells
from consult.results.sheets import END, Cell, csv_line

#: Rows that are sent at once, and groups of cells whose text is remembered.
AT_ONCE = 2_000
MOST_KNOWN = 50_000


def csv_pieces(table: Table) -> Iterator[bytes]:
    """The file: a line of headings, then the rows."""
    yield (csv_line(column.name for column in table.columns) + END).encode()
    if not table.alike:
        lines = (csv_line(cells) for cells in table.cells())
    else:
        said = Remembered(csv_line)
        lines = (",".join([said[cells] for cells in row]) for row in table.rows())
    while portion := list(islice(lines, AT_ONCE)):
        yield (END.join(portion) + END).encode()


def json_lines(table: Table, names: Sequence[str] | None = None) -> Iterator[bytes]:
    """An object a line, and nothing around them; `names` may stand for those of the columns."""
    lines = _objects(table, names or [one.name for one in table.columns])
    while portion := list(islice(lines, AT_ONCE)):
        yield ("\n".join(portion) + "\n").encode()


def json_pieces(table: Table) -> Iterator[bytes]:
    """One array, with an object a line."""
    yield b"["
    before, lines = "\n", _objects(table, [one.name for one in table.columns])
    while portion := list(islice(lines, AT_ONCE)):
        yield (before + ",\n".join(portion)).encode()
        before = ",\n"
    yield b"\n]\n"


class Remembered(dict[Cells, str]):
    """The text of cells, made once for as many as are worth remembering."""

    def __init__(self, said: Callable[[Cells], str]) -> None:
        super().__init__()
        self.said = said

    def __missing__(self, cells: Cells) -> str:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[cells] = self.said(cells)
        return found


def _objects(table: Table, names: Sequence[str]) -> Iterator[str]:
    """Each row as the text of an object; groups are told apart by place, since their names differ."""
    named: list[Remembered] = []
    at = 0
    for row in table.rows():
        if not named:
            for cells in row:
                named.append(_members(names[at : at + len(cells)]))
                at += len(cells)
        if table.alike:
            members = [said[cells] for said, cells in zip(named, row, strict=True)]
        else:
            members = [said.said(cells) for said, cells in zip(named, row, strict=True)]
        yield "{" + ", ".join(filter(None, members)) + "}"


def _members(columns: Sequence[str]) -> Remembered:
    names = [json.dumps(column, ensure_ascii=False) for column in columns]

    def said(cells: Sequence[Cell]) -> str:
        return ", ".join(
            f"{name}: {json.dumps(cell, ensure_ascii=False)}" for name, cell in zip(names, cells, strict=True)
        )

    return Remembered(said)
