"""Small workbooks made here, so that each rule has a form of its own."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from consult.exchange.losses import Imported
from consult.exchange.xlsform import read_xlsform

Cells = list[list[Any]]


def workbook(**sheets: Cells) -> bytes:
    """The bytes of an .xlsx with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


YES_NO: Cells = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def form(*rows: list[Any], head: list[str] | None = None, choices: Cells | None = None, **sheets: Cells) -> Imported:
    """A form with these survey rows, imported."""
    survey = [
        head or ["type", "name", "label", "relevant", "constraint", "required", "appearance", "choice_filter"],
        *rows,
    ]
    return read_xlsform(workbook(survey=survey, choices=choices or YES_NO, **sheets), "form.xlsx")


def questions(imported: Imported) -> dict[str, dict[str, Any]]:
    """Every question by its key."""
    return {one["key"]: one for page in imported.definition["pages"] for one in page["questions"]}


def pages(imported: Imported) -> list[list[str]]:
    """The keys on each page."""
    return [[one["key"] for one in page["questions"]] for page in imported.definition["pages"]]


def said(imported: Imported) -> str:
    """Everything the report says, as one text."""
    return "\n".join(
        f"{one.severity} {one.sheet} {one.row} {one.column} {one.said} {one.done}" for one in imported.losses
    )
