"""Spreadsheets as XLSX: text is text, so that nothing anybody wrote is taken for a formula."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from consult.publications.downloads.sheet import MOST_ROWS, Book, Link, Sheet, fit, is_mark, widths
from consult.publications.downloads.tables import Table
from consult.results.sheets import Cell

WIDTH = 24
#: Points that the line of the title is high; the number of A4 among papers.
TITLE_HEIGHT, A4 = 24, 9
#: Where a workbook says what it is about; its language has to be put there, since the writer knows none.
CORE = "docProps/core.xml"
END_OF_CORE = b"</cp:coreProperties>"


def write_book(book: Book) -> bytes:
    """A workbook as the government's guidance asks for it: a table a sheet, marked as such, nothing merged."""
    written = io.BytesIO()
    with _workbook(written, flat=False) as drawn:
        properties: dict[str, Any] = {"title": book.title, "author": book.author, "comments": book.description}
        if book.written_on is not None:
            properties["created"] = datetime.combine(book.written_on, time(12), tzinfo=UTC).replace(tzinfo=None)
        drawn.set_properties(properties)
        common: dict[str, Any] = {"valign": "top", "reading_order": 2 if book.direction == "rtl" else 1}
        looks = {
            "title": drawn.add_format({**common, "bold": True, "font_size": 16}),
            "note": drawn.add_format(common),
            "cell": drawn.add_format({**common, "text_wrap": True}),
            "mark": drawn.add_format({"align": "right", "valign": "top"}),
            "link": drawn.add_format({**common, "text_wrap": True, "font_color": "#005eb8", "underline": 1}),
        }
        for sheet in book.sheets:
            _draw(drawn.add_worksheet(sheet.name), sheet, looks, right_to_left=book.direction == "rtl")
    return _in_language(written.getvalue(), book.language)


def write_rows(table: Table, output: Path) -> None:
    """One sheet of rows, written as they come, so that many need little memory."""
    with _workbook(output, flat=True) as book:
        drawn = book.add_worksheet(table.name)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        drawn.set_column(0, max(0, len(table.columns) - 1), WIDTH)
        _write(drawn, 0, [column.name for column in table.columns], {"cell": bold, "mark": bold})
        for at, cells in enumerate(table.cells(), 1):
            if at > MOST_ROWS:
                raise ValueError("more rows than a sheet holds")
            _write(drawn, at, cells, {"cell": wrapped, "mark": wrapped})


def _draw(drawn: Any, sheet: Sheet, looks: dict[str, Any], *, right_to_left: bool) -> None:
    rows = list(sheet.rows)
    if right_to_left:
        drawn.right_to_left()
    for at, width in enumerate(widths(sheet.headings, rows)):
        drawn.set_column(at, at, width)
    if sheet.title:
        drawn.set_row(0, TITLE_HEIGHT)
    drawn.set_paper(A4)
    drawn.set_landscape()
    drawn.fit_to_pages(1, 0)
    for at, line in enumerate([*filter(None, [sheet.title]), *sheet.notes]):
        drawn.write_string(at, 0, line, looks["title" if sheet.title and not at else "note"])
    # A table needs a row besides its headings.
    drawn.add_table(
        sheet.above,
        0,
        sheet.above + max(1, len(rows)),
        len(sheet.headings) - 1,
        {
            "name": sheet.called,
            "columns": [{"header": heading, "header_format": looks["cell"]} for heading in sheet.headings],
            "autofilter": False,
            "style": "Table Style Light 1",
        },
    )
    for at, row in enumerate(rows, sheet.above + 1):
        _write(drawn, at, row, looks)


def _write(drawn: Any, at: int, row: Sequence[Cell | Link], looks: dict[str, Any]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Link):
            drawn.write_url(at, column, f"internal:'{cell.sheet}'!A1", looks["link"], cell.text)
        elif isinstance(cell, str) and cell:
            drawn.write_string(at, column, fit(cell), looks["mark" if is_mark(cell, column) else "cell"])
        elif isinstance(cell, int | float):
            drawn.write_number(at, column, cell, looks["mark"])


def _workbook(output: Path | io.BytesIO, *, flat: bool) -> Any:
    options = {
        "constant_memory": flat,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    return xlsxwriter.Workbook(output if isinstance(output, io.BytesIO) else str(output), options)


def _in_language(content: bytes, language: str) -> bytes:
    """The same file, saying in which language it is."""
    written = io.BytesIO()
    said = f"<dc:language>{escape(language)}</dc:language>".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = old.read(entry)
            new.writestr(entry, body.replace(END_OF_CORE, said + END_OF_CORE) if entry.filename == CORE else body)
    return written.getvalue()
