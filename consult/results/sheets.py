"""Cells as text: CSV that runs no formula in a spreadsheet, and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

Cell = str | int | float | None

#: What a spreadsheet takes for a formula at the start of a cell, in their wide forms too (OWASP, CSV injection).
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
#: A number does no harm, and keys such as “-99” are common in imported forms.
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
#: What a field of CSV must be quoted for, and what it must be looked at for at all.
QUOTED = re.compile(r'[",\r\n]')
SPECIAL = re.compile(r'[",\r\n\t]|^\s*[=+\-@＝＋－＠]')
END = "\r\n"


def guarded(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return "" if value is None else value


def csv_field(cell: Cell) -> str:
    """A cell as it stands in a CSV file: guarded, and quoted where it must be."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    if not SPECIAL.search(cell):
        return cell
    text = str(guarded(cell))
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def csv_line(cells: Iterable[Cell]) -> str:
    """One line of a CSV file, without its end."""
    return ",".join([csv_field(cell) for cell in cells])


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A whole CSV file."""
    return "".join(csv_line(row) + END for row in (headings, *rows))


def json_text(data: Any) -> str:
    """Plain data as readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
