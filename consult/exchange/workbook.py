"""Spreadsheets as text with places: .xlsx and .xls by their content, whatever their names say."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from consult.exchange.losses import Refused

#: Bytes of a file, bytes it may unpack to, and cells that are read.
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_CELLS = 2_000_000
MOST_ROWS = 60_000
MOST_COLUMNS = 400
#: Empty rows after which nothing more is expected: formatting often reaches to the end of a sheet.
EMPTY_ROWS = 1_000


@dataclass(frozen=True)
class Row:
    """A line of a sheet: its number as the spreadsheet shows it, and its texts by column name."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The text in a column, or ""."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet with a line of headings and lines below."""

    name: str
    headings: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


def read_sheets(content: bytes, filename: str) -> dict[str, Sheet]:
    """Every sheet by its name in small letters; raises Refused with a sentence."""
    if len(content) > LARGEST_FILE:
        raise Refused(f"“{filename}” is larger than {LARGEST_FILE // 1024 // 1024} MB, which no questionnaire is.")
    if not content:
        raise Refused(f"“{filename}” is empty.")
    if content[:4] == b"PK\x03\x04":
        grids = _xlsx(content, filename)
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        grids = _xls(content, filename)
    else:
        raise Refused(f"“{filename}” is not a spreadsheet: it should be an .xlsx or .xls workbook.")
    sheets: dict[str, Sheet] = {}
    for name, grid in grids:
        sheets.setdefault(name.strip().lower(), _sheet(name.strip(), grid))
    return sheets


def _sheet(name: str, grid: list[tuple[int, list[str]]]) -> Sheet:
    if not grid:
        return Sheet(name, ())
    headings = [" ".join(cell.split()) for cell in grid[0][1]]
    rows = []
    for number, cells in grid[1:]:
        named: dict[str, str] = {}
        for heading, cell in zip(headings, cells, strict=False):
            if heading and cell and heading not in named:
                named[heading] = cell
        if named:
            rows.append(Row(number, named))
    return Sheet(name, tuple(heading for heading in headings if heading), rows)


def _xlsx(content: bytes, filename: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                raise Refused(f"“{filename}” unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB, which no questionnaire does.")
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused(f"“{filename}” is a packed file, but not a spreadsheet.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            grids, left = [], MOST_CELLS
            for sheet in book.worksheets:
                grid, left = _grid(sheet.iter_rows(values_only=True), sheet.title, left)
                grids.append((sheet.title, grid))
            book.close()
            return grids
    except Refused:
        raise
    except Exception as error:  # a broken workbook fails in many ways inside the library that reads it
        raise Refused(f"“{filename}” is broken and cannot be read as a spreadsheet ({type(error).__name__}).") from None


def _xls(content: bytes, filename: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
        grids, left = [], MOST_CELLS
        for sheet in book.sheets():

            def rows(sheet: Any = sheet) -> Any:
                for number in range(sheet.nrows):
                    yield [_xls_value(book, cell) for cell in sheet.row(number)]

            grid, left = _grid(rows(), sheet.name, left)
            grids.append((sheet.name, grid))
        return grids
    except Refused:
        raise
    except Exception as error:  # as above
        raise Refused(f"“{filename}” is broken and cannot be read as a spreadsheet ({type(error).__name__}).") from None


def _xls_value(book: Any, cell: Any) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR) else cell.value


def _grid(rows: Any, name: str, left: int) -> tuple[list[tuple[int, list[str]]], int]:
    """The lines that hold something, with their numbers; bounded in lines and cells."""
    grid: list[tuple[int, list[str]]] = []
    empty = 0
    for number, values in enumerate(rows, 1):
        cells = [_text(value) for value in values[:MOST_COLUMNS]]
        left -= len(cells)
        if any(cells):
            grid.append((number, cells))
            empty = 0
        else:
            empty += 1
        if len(grid) > MOST_ROWS or left < 0:
            raise Refused(f"Sheet “{name}”, row {number}: this is more than a questionnaire can hold.")
        if empty >= EMPTY_ROWS:
            break
    return grid, left


def _text(value: Any) -> str:
    """A cell as somebody sees it: 1.0 is 1, true is TRUE, a date is written year first."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return "".join(one for one in str(value).replace("\r\n", "\n") if one >= " " or one in "\n\t").strip()
