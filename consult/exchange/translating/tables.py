"""Texts as a table: one line each, with its place, the original, the translation and a note."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook

from consult.domain.wording import direction
from consult.exchange.losses import Refused
from consult.exchange.translating.units import Bundle, Unit

HEADINGS = ("Place", "Original", "Translation", "Note")
#: The line that says what the file belongs to; its words are the address and the two languages.
FIRST = "Do not change this line"
MOST_LINES = 20_000
#: Spreadsheet programs take a cell that begins so for a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def lines_of(bundle: Bundle) -> Iterator[tuple[str, str, str, str]]:
    """The lines of the table, the headings first."""
    yield HEADINGS
    yield (FIRST, f"{bundle.consultation} {bundle.source_language}", bundle.target_language, "")
    for unit in bundle.units:
        yield unit.place, unit.source, unit.target, unit.note


def bundle_of(lines: Iterable[Sequence[str]], filename: str) -> Bundle:
    """The texts of a table; raises Refused when it has not our columns."""
    rows = iter(lines)
    heading = next((row for row in rows if any(cell.strip() for cell in row)), ())
    named = {name.strip().lower(): at for at, name in enumerate(heading)}
    if not {"place", "translation"} <= named.keys():
        wanted = "“Place”, “Original” and “Translation”"
        raise Refused(f"“{filename}” has no columns called {wanted}: it is not a file of translations from here.")
    own = other = consultation = ""
    units = []
    for number, row in enumerate(rows):
        if number > MOST_LINES:
            raise Refused(f"“{filename}” has more than {MOST_LINES:,} lines.")
        place, source, target, note = (_cell(row, named.get(name.lower())) for name in HEADINGS)
        if place == FIRST:
            consultation, _, own = source.strip().rpartition(" ")
            other = target.strip()
        elif place:
            units.append(Unit(place, source, target, note))
    return Bundle(consultation, own, other, tuple(units))


def _cell(row: Sequence[str], at: int | None) -> str:
    text = row[at] if at is not None and at < len(row) else ""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def guarded(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def write_csv(bundle: Bundle) -> bytes:
    """UTF-8 with a mark at the start, which Excel needs to see it."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows([guarded(cell) for cell in line] for line in lines_of(bundle))
    return made.getvalue().encode("utf-8-sig")


def read_csv(content: bytes, filename: str) -> Bundle:
    """Commas, semicolons or tabs; UTF-8 or what older Excel writes."""
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused(f"“{filename}” is not text.")
    if "\0" in text:
        raise Refused(f"“{filename}” is not text.")
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    try:
        return bundle_of(csv.reader(io.StringIO(text, newline=""), delimiter=mark), filename)
    except csv.Error as error:
        raise Refused(f"“{filename}” is broken: {error}.") from None


def write_xlsx(bundle: Bundle) -> bytes:
    """A sheet to be filled in from top to bottom; the original wraps, the translation reads in its own direction."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = bundle.target_language[:31] or "translation"
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", (28, 60, 60, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    order = 2 if direction(bundle.target_language) == "rtl" else 1
    for number, line in enumerate(lines_of(bundle), 1):
        for at, text in enumerate(line, 1):
            cell = sheet.cell(number, at)
            cell.value, cell.data_type = text, "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=order if at == 3 else 0)
            if number == 1:
                cell.font = Font(bold=True)
            elif at == 3 and not text:
                cell.fill = PatternFill("solid", fgColor="FFF8E1")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read_xlsx(content: bytes, filename: str) -> Bundle:
    """The first sheet."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [["" if cell is None else str(cell) for cell in row[:12]] for row in sheet.iter_rows(values_only=True)]
    except Exception:
        # openpyxl raises whatever its parts do; none of it tells a person more than this.
        raise Refused(f"“{filename}” cannot be read as a workbook.") from None
    return bundle_of(lines, filename)
