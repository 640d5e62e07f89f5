"""Rows as Parquet, for programs that read columns; DuckDB writes it from the rows as text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from consult.publications.downloads.names import apart
from consult.publications.downloads.tables import Table
from consult.publications.downloads.text import json_lines
from consult.questions.variables import Holds, Variable
from consult.results.columns.writing import connected, quoted

TYPES = {Holds.TICK: "TINYINT", Holds.DAY: "DATE", Holds.CHOICE: "VARCHAR", Holds.TEXT: "VARCHAR"}
#: The longest a row may be as text: a comment of every length fits.
LONGEST_ROW = 16_777_216


def write_rows(table: Table, output: Path) -> None:
    """The columns with their types; no answer is null. While it is made the rows lie beside it, as private."""
    with tempfile.TemporaryDirectory(prefix=".consult-", dir=output.parent) as name:
        folder = Path(name)
        lines = folder / "rows.jsonl"
        with lines.open("wb") as opened:
            for piece in json_lines(table, [f"c{at}" for at, _ in enumerate(table.columns)]):
                opened.write(piece)
        described = ", ".join(f"'c{at}': '{_type(one)}'" for at, one in enumerate(table.columns))
        names = enumerate(apart(one.name for one in table.columns))
        chosen = ", ".join(f"c{at} AS {_name(name)}" for at, name in names)
        with connected(folder) as database:
            database.execute("SET preserve_insertion_order = true")
            database.execute(
                f"COPY (SELECT {chosen} FROM read_json({quoted(lines)}, format='newline_delimited', "
                f"maximum_object_size={LONGEST_ROW}, columns={{{described}}})) "
                f"TO {quoted(output)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
            )


def _type(variable: Variable) -> str:
    return TYPES.get(variable.holds) or ("BIGINT" if variable.whole else "DOUBLE")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
