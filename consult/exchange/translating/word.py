"""Texts as a Word document for translators without tools: number, original, translation and note in columns."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm

from consult.domain.wording import direction
from consult.exchange.losses import Refused
from consult.exchange.translating.tables import FIRST, HEADINGS, bundle_of, lines_of
from consult.exchange.translating.units import Bundle

WIDTHS = (4.5, 8.0, 8.0, 5.0)


def write(bundle: Bundle) -> bytes:
    """A table on sideways pages whose headings are repeated."""
    made = Document()
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    made.core_properties.title = f"{bundle.consultation}: {bundle.source_language} to {bundle.target_language}"
    made.core_properties.author = ""
    made.add_heading(made.core_properties.title, level=1)
    made.add_paragraph(
        "Write in the third column. Keep what stands in double brackets, such as [[how|…]], and translate only the "
        "words after the bar. Do not change the first column."
    )
    lines = list(lines_of(bundle))
    table = made.add_table(rows=len(lines), cols=len(HEADINGS))
    table.style = "Table Grid"
    table.autofit = False
    rightwards = direction(bundle.target_language) == "rtl"
    for at, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        for number, (cell, text, width) in enumerate(zip(row.cells, line, WIDTHS, strict=True)):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold = at == 0
            if number == 2 and rightwards and at > 1:
                paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        if at == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes, filename: str) -> Bundle:
    """The first table that has our columns."""
    try:
        document = Document(io.BytesIO(content))
        tables = [[[_words(cell) for cell in row.cells] for row in table.rows] for table in document.tables]
    except Exception:
        # python-docx raises whatever its parts do; none of it tells a person more than this.
        raise Refused(f"“{filename}” cannot be read as a Word document.") from None
    for lines in tables:
        if lines and [cell.strip().lower() for cell in lines[0][:3]] == [name.lower() for name in HEADINGS[:3]]:
            return bundle_of(lines, filename)
    raise Refused(f"“{filename}” has no table with the columns {', '.join(HEADINGS[:3])}, nor the line “{FIRST}”.")


def _words(cell: object) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs)  # type: ignore[attr-defined]
