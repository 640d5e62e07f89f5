"""Rows into files: CSV, JSON and spreadsheets that run no formula, however many rows there are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter

Cell = str | int | float | None

#: What a spreadsheet takes for a formula at the start of a cell, in their wide forms too (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: A number does no harm, and keys such as “-99” are common in imported forms.
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
#: What one sheet of a workbook holds, without its heading.
MOST_ROWS = 1_048_575
#: What one cell of a workbook holds.
LONGEST_CELL = 32_767
CUT = " [cut short here: the CSV file has all of it]"
WIDTH = 24


@dataclass(frozen=True)
class Sheet:
    """A name, one row of headings, and rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def guarded(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and (value.startswith(FORMULA) or value.lstrip().startswith(FORMULA)):
        return value if NUMBER.fullmatch(value) else f"'{value}"
    return "" if value is None else value


def csv_rows(opened: TextIO, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows as they come; gives how many."""
    writer = csv.writer(opened, lineterminator="\r\n")
    writer.writerow([guarded(heading) for heading in headings])
    written = 0
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        written += 1
    return written


def json_text(data: Any) -> str:
    """Plain data as readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_rows(output: Path, form: str, sheet: Sheet) -> int:
    """Write one sheet as csv, json or xlsx with flat memory; gives how many rows there were."""
    if form == "csv":
        with output.open("w", encoding="utf-8", newline="") as opened:
            return csv_rows(opened, sheet.headings, sheet.rows)
    if form == "json":
        return _json_rows(output, sheet)
    with _workbook(output, flat=True) as book:
        return _write_sheet(book, sheet)


def write_workbook(output: Path | io.BytesIO, title: str, sheets: Sequence[Sheet]) -> None:
    """A workbook as the government's guidance for spreadsheets asks for it: each sheet one table, marked as such."""
    with _workbook(output, flat=False) as book:
        book.set_properties({"title": title, "comments": "Made by Consult from published results"})
        for sheet in sheets:
            rows = [[_fit(cell) for cell in row] for row in sheet.rows]
            drawn = book.add_worksheet(sheet.name)
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            drawn.set_column(0, len(sheet.headings) - 1, WIDTH, wrapped)
            drawn.freeze_panes(1, 0)
            columns = [{"header": heading, "format": wrapped} for heading in sheet.headings]
            # A table needs a row besides its headings.
            drawn.add_table(
                0,
                0,
                max(1, len(rows)),
                len(sheet.headings) - 1,
                {"name": sheet.name, "columns": columns, "autofilter": False, "style": "Table Style Light 1"},
            )
            for at, row in enumerate(rows, 1):
                _write_row(drawn, at, row, wrapped)


def _json_rows(output: Path, sheet: Sheet) -> int:
    written = 0
    with output.open("w", encoding="utf-8") as opened:
        opened.write("[")
        for row in sheet.rows:
            opened.write(",\n" if written else "\n")
            opened.write(json.dumps(dict(zip(sheet.headings, row, strict=True)), ensure_ascii=False))
            written += 1
        opened.write("\n]\n")
    return written


def _workbook(output: Path | io.BytesIO, *, flat: bool) -> Any:
    options = {
        "constant_memory": flat,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    return xlsxwriter.Workbook(output if isinstance(output, io.BytesIO) else str(output), options)


def _write_sheet(book: Any, sheet: Sheet) -> int:
    drawn = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    drawn.set_column(0, max(0, len(sheet.headings) - 1), WIDTH)
    drawn.freeze_panes(1, 0)
    _write_row(drawn, 0, sheet.headings, bold)
    written = 0
    for row in sheet.rows:
        written += 1
        if written > MOST_ROWS:
            raise ValueError("more rows than a sheet holds")
        _write_row(drawn, written, [_fit(cell) for cell in row], wrapped)
    return written


def _write_row(drawn: Any, at: int, row: Sequence[Cell], look: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str) and cell:
            drawn.write_string(at, column, cell, look)
        elif isinstance(cell, int | float):
            drawn.write_number(at, column, cell, look)


def _fit(cell: Cell) -> Cell:
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return cell[: LONGEST_CELL - len(CUT)] + CUT
    return cell
