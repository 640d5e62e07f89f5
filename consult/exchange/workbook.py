"""Spreadsheets as text with places: .xlsx and .xls by their content, whatever their names say."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from consult.exchange.losses import Refused

MEGABYTE = 1024 * 1024
#: Bytes of a file, bytes it may unpack to, and bytes of the parts that are held in memory whole.
LARGEST_FILE = 10 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
LARGEST_WHOLE = 30 * MEGABYTE
#: Cells that are looked at, and cells with something in them.
MOST_CELLS = 4_000_000
MOST_FILLED = 500_000
MOST_ROWS = 60_000
MOST_COLUMNS = 400
#: What a spreadsheet program lets one cell hold.
LONGEST_CELL = 32_767
#: Empty rows after which nothing more is expected: formatting often reaches to the end of a sheet.
EMPTY_ROWS = 1_000

PACKED = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")


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
    #: the line of the headings
    head: int = 1
    #: (row, column letter or heading, text) of cells whose column has no heading, or one that was there before
    astray: tuple[tuple[int, str, str], ...] = ()


Grid = list[tuple[int, list[str]]]


def read_sheets(content: bytes, filename: str) -> dict[str, Sheet]:
    """Every sheet by its name in small letters; raises Refused with a sentence."""
    if len(content) > LARGEST_FILE:
        raise Refused(f"“{filename}” is larger than {LARGEST_FILE // MEGABYTE} MB, which no questionnaire is.")
    if not content:
        raise Refused(f"“{filename}” is empty.")
    if content.startswith(PACKED):
        grids = _opened(_xlsx, content, filename)
    elif content.startswith(COMPOUND):
        if LOCKED in content:
            raise Refused(f"“{filename}” is locked with a password. Save it without one and try again.")
        grids = _opened(_xls, content, filename)
    else:
        raise Refused(f"“{filename}” is not a spreadsheet: it should be an .xlsx or .xls workbook.")
    sheets: dict[str, Sheet] = {}
    for name, grid in grids:
        sheets.setdefault(name.strip().lower(), _sheet(name.strip(), grid))
    return sheets


def _opened(reader: Any, content: bytes, filename: str) -> list[tuple[str, Grid]]:
    try:
        return list(reader(content, filename))
    except Refused:
        raise
    except Exception as error:  # a broken workbook fails in many ways inside the libraries that read it
        kind = type(error).__name__
        raise Refused(f"“{filename}” is broken and cannot be read as a spreadsheet ({kind}).") from None


def _sheet(name: str, grid: Grid) -> Sheet:
    if not grid:
        return Sheet(name, ())
    head, first = grid[0]
    headings = [" ".join(cell.split()) for cell in first]
    astray, rows = [], []
    for number, cells in grid[1:]:
        named: dict[str, str] = {}
        for at, cell in enumerate(cells):
            heading = headings[at] if at < len(headings) else ""
            if not cell:
                continue
            if not heading or heading in named or headings.index(heading) != at:
                astray.append((number, heading or f"column {_letters(at)}", cell))
            else:
                named[heading] = cell
        if named:
            rows.append(Row(number, named))
    return Sheet(name, tuple(dict.fromkeys(one for one in headings if one)), rows, head, tuple(astray))


def _letters(at: int) -> str:
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _xlsx(content: bytes, filename: str) -> Iterator[tuple[str, Grid]]:
    import openpyxl

    _small_enough(content, filename)
    left = Budget()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # What a sheet says about its own size is often wrong.
            sheet.reset_dimensions()
            yield sheet.title, _grid(sheet.iter_rows(values_only=True), sheet.title, left)
        book.close()


def _small_enough(content: bytes, filename: str) -> None:
    """Refuse a packed file by what it says it unpacks to, before anything is unpacked; zipfile holds it to its word."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        most = LARGEST_UNPACKED // MEGABYTE
        raise Refused(f"“{filename}” unpacks to more than {most} MB, which no questionnaire does.")
    for entry in entries:
        if entry.file_size > LARGEST_WHOLE and "/worksheets/" not in entry.filename:
            raise Refused(f"“{filename}” holds more text or formatting than a questionnaire can ({entry.filename}).")
    names = {entry.filename for entry in entries}
    if "content.xml" in names and "mimetype" in names:
        raise Refused(f"“{filename}” is an OpenDocument file. Save it as .xlsx and try again.")
    if "xl/workbook.xml" not in names:
        raise Refused(f"“{filename}” is a packed file, but not a spreadsheet.")


def _xls(content: bytes, filename: str) -> Iterator[tuple[str, Grid]]:
    import xlrd

    left = Budget()
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    for at, name in enumerate(book.sheet_names()):
        sheet = book.sheet_by_index(at)
        rows = ([_xls_value(book, cell) for cell in sheet.row(number)] for number in range(sheet.nrows))
        yield name, _grid(rows, name, left)
        book.unload_sheet(at)


def _xls_value(book: Any, cell: Any) -> Any:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return None if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR) else cell.value


@dataclass
class Budget:
    """How much more of a workbook may be read."""

    cells: int = MOST_CELLS
    filled: int = MOST_FILLED

    def spend(self, cells: list[str], width: int) -> bool:
        """Whether there was enough for this line."""
        self.cells -= max(width, 1)
        self.filled -= sum(map(bool, cells))
        return self.cells >= 0 and self.filled >= 0


def _grid(rows: Iterable[Any], name: str, left: Budget) -> Grid:
    """The lines that hold something, with their numbers; bounded in lines and cells."""
    grid: Grid = []
    empty = 0
    for number, values in enumerate(rows, 1):
        cells = [_text(value) for value in values[:MOST_COLUMNS]]
        for at, cell in enumerate(cells):
            if len(cell) > LONGEST_CELL:
                raise Refused(f"Sheet “{name}”, row {number}, column {_letters(at)}: the text is too long.")
        if any(cells):
            grid.append((number, cells))
            empty = 0
        else:
            empty += 1
        if len(grid) > MOST_ROWS or not left.spend(cells, len(values)):
            raise Refused(f"Sheet “{name}”, row {number}: this is more than a questionnaire can hold.")
        if empty >= EMPTY_ROWS:
            break
    return grid


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
    return as_read(str(value))


def as_read(text: str) -> str:
    """A text as it is read from a cell, whatever was written into it."""
    # Private characters mean something of their own where questions are drawn.
    kept = (
        one for one in text.replace("\r\n", "\n") if (one >= " " and not "\ue000" <= one <= "\uf8ff") or one in "\n\t"
    )
    return "".join(kept).strip()
