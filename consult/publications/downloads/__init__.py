"""Files of results: the released tables for everybody, and rows of responses for staff, in every format.

What stands in them is decided below (`consult.results.export` and `.personal`); here it is only written down. A format
is a file: `text`, `excel`, `opendocument`, `parquet`, `spss`; `csvw` describes the columns of CSV for programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consult.publications.downloads import excel, opendocument, parquet, released, sheet, spss, text
from consult.publications.downloads.tables import Table
from consult.results import export


@dataclass(frozen=True)
class Format:
    """A kind of file: `pieces` gives it as it is made, `write` needs a place for it."""

    name: str
    title: str
    mimetype: str
    pieces: Callable[[Table], Iterator[bytes]] | None = None
    write: Callable[[Table, Path], None] | None = None
    most_rows: int | None = None

    def write_rows(self, table: Table, output: Path) -> int:
        """Put the rows into a file; gives how many there are."""
        if self.write is not None:
            self.write(table, output)
        elif self.pieces is not None:
            with output.open("wb") as opened:
                opened.writelines(self.pieces(table))
        return table.count


#: Of rows of responses, and of what people wrote.
ROWS = {
    one.name: one
    for one in (
        Format("csv", "Table (CSV)", "text/csv", pieces=text.csv_pieces),
        Format("sav", "SPSS and PSPP (SAV)", "application/x-spss-sav", write=spss.write_rows),
        Format("parquet", "Columns for programs (Parquet)", "application/vnd.apache.parquet", write=parquet.write_rows),
        Format(
            "xlsx",
            "Spreadsheet (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write=excel.write_rows,
            most_rows=sheet.MOST_ROWS,
        ),
        Format(
            "ods",
            "Spreadsheet (ODS)",
            opendocument.MIMETYPE,
            write=opendocument.write_rows,
            most_rows=sheet.MOST_ROWS,
        ),
        Format("jsonl", "For programs, a row a line (JSON Lines)", "application/x-ndjson", pieces=text.json_lines),
        Format("json", "For programs (JSON)", "application/json", pieces=text.json_pieces),
    )
}


def released_workbook(data: Mapping[str, Any], *, author: str) -> bytes:
    """The released tables as XLSX."""
    return excel.write_book(released.book(data, author=author))


def released_spreadsheet(data: Mapping[str, Any], *, author: str) -> bytes:
    """The released tables as ODS."""
    return opendocument.write_book(released.book(data, author=author))


#: Of the released tables: the data of `consult.results.export.released`, and who published it.
RELEASED: dict[str, Callable[..., bytes]] = {
    "csv": lambda data, author: export.released_csv(data),
    "xlsx": released_workbook,
    "ods": released_spreadsheet,
    "json": lambda data, author: export.released_json(data),
}
