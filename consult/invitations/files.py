"""Files of people as staff upload them: separated values or an Excel workbook, read as text and never kept."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl

from consult.domain.contacts import Refused, Table, Written
from consult.domain.contacts.reading import LARGEST, MEGABYTE, MOST_COLUMNS, MOST_ROWS, read_csv, table

#: How a packed file begins, and one of the old kind.
PACKED = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
LARGEST_UNPACKED = 200 * MEGABYTE
#: What a workbook holds beside its sheets is read whole, so it may be smaller.
LARGEST_WHOLE = 40 * MEGABYTE
#: After so many empty lines nothing else is looked for.
EMPTY_ROWS = 1_000


def read_people(content: bytes) -> Table:
    """The table in a file; raises Refused with a sentence."""
    if len(content) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // MEGABYTE} MB. Put the people into several lists.")
    if content.startswith(OLD):
        raise Refused("The file is an old Excel workbook, or locked. Save it as .xlsx without a password, or as CSV.")
    if not content.startswith(PACKED):
        return read_csv(content)
    try:
        _small_enough(content)
        return table(_lines(content), "Excel")
    except Refused:
        raise
    except Exception as error:  # a broken workbook fails in many ways inside the libraries that read it
        raise Refused(f"The file is broken and cannot be read as a workbook ({type(error).__name__}).") from None


def _small_enough(content: bytes) -> None:
    """Look at what it says it unpacks to, before anything is unpacked; zipfile holds it to its word."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Refused("The file is a packed file, but not an Excel workbook. Save the list as .xlsx or CSV.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED or any(
        entry.file_size > LARGEST_WHOLE and "/worksheets/" not in entry.filename for entry in entries
    ):
        raise Refused("The workbook unpacks to more than a list of people holds.")


def _lines(content: bytes) -> list[Written]:
    """The first sheet. Formulas stay text, so that whoever is listed stands in the file and is not worked out."""
    lines: list[Written] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        # What a sheet says about its own size is often wrong.
        sheet.reset_dimensions()
        empty = 0
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise Refused(f"Row {number} has more than {MOST_COLUMNS} columns.")
            empty = 0 if cells else empty + 1
            if cells:
                lines.append(Written(number, cells))
            if empty >= EMPTY_ROWS or len(lines) > MOST_ROWS + 1:
                break
        book.close()
    return lines


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
