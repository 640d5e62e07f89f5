"""Rows as text, piece by piece, so that any number of them needs the same memory: CSV, and JSON with a row a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from consult.publications.downloads.tables import Table
from consult.results.personal import Cells
from consult.results.sheets import END, csv_line

#: Rows that are sent at once.
AT_ONCE = 2_000


def csv_pieces(table: Table) -> Iterator[bytes]:
    """The file: a line of headings, then the rows."""
    yield (csv_line(column.name for column in table.columns) + END).encode()
    lines = (",".join(row) for row in table.rows(lambda _at, cells: csv_line(cells)))
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


def _objects(table: Table, names: Sequence[str]) -> Iterator[str]:
    """Each row as the text of an object."""
    quoted = iter([json.dumps(name, ensure_ascii=False) for name in names])
    groups = [list(islice(quoted, size)) for size in table.groups]

    def members(at: int, cells: Cells) -> str:
        return ", ".join(
            f"{name}: {json.dumps(cell, ensure_ascii=False)}" for name, cell in zip(groups[at], cells, strict=True)
        )

    return ("{" + ", ".join(filter(None, row)) + "}" for row in table.rows(members))
