"""A document as a Word file: real headings and lists, tables with heading rows, the language of every word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from consult.domain.wording import direction
from consult.publications.document import (
    Areas,
    Blank,
    Block,
    Document,
    Grid,
    Heading,
    Item,
    Line,
    Listing,
    Panel,
    Paragraph,
    Together,
)
from consult.publications.writers.html import SIGNS

FONT = "Arial"
QUIET = RGBColor(0x4C, 0x62, 0x72)
DARK = RGBColor(0x21, 0x2B, 0x32)
STYLES = {"bullets": "List Bullet", "numbers": "List Number"}
#: Word files say when they were made; ours say nothing of it.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def write_word(document: Document) -> bytes:
    """The bytes of a .docx."""
    writer = _Writer(document)
    writer.paragraph(document.title, "Title")
    writer.blocks(document.blocks)
    held = io.BytesIO()
    writer.file.save(held)
    return held.getvalue()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.language = document.language
        self.rtl = document.direction == "rtl"
        self.file = docx.Document()
        properties = self.file.core_properties
        properties.title, properties.author = document.title.text, document.author
        properties.language = document.language
        properties.comments, properties.last_modified_by = "", ""
        properties.created = properties.modified = EPOCH
        self.look()

    def look(self) -> None:
        """Styles for reading: large enough, not in colours, in the document's language and direction."""
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        if self.rtl:
            section._sectPr.append(OxmlElement("w:bidi"))
        for style in self.file.styles:
            if style.type != WD_STYLE_TYPE.PARAGRAPH or style.name is None:
                continue
            style.font.name = FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in list(fonts.attrib):
                if "Theme" in name:
                    del fonts.attrib[name]
            for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(name), FONT)
            if style.name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
                style.font.color.rgb = DARK
        sizes = {"Normal": 12, "Title": 22, "Heading 1": 17, "Heading 2": 14, "Heading 3": 13}
        for name, size in sizes.items():
            style = self.file.styles[name]
            style.font.size = Pt(size)
            properties = style.element.get_or_add_rPr()
            complex_size = OxmlElement("w:szCs")
            complex_size.set(qn("w:val"), str(size * 2))
            properties.append(complex_size)
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), self.language)
        tongue.set(qn("w:bidi"), self.language)
        self.file.styles["Normal"].element.get_or_add_rPr().append(tongue)

    def blocks(self, blocks: Sequence[Block], *, kept: bool = False) -> None:
        for at, block in enumerate(blocks):
            self.block(block, kept=kept and at < len(blocks) - 1)

    def block(self, block: Block, *, kept: bool = False) -> None:
        match block:
            case Heading():
                self.paragraph(block.line, f"Heading {block.level - 1}", kept=True)
            case Paragraph():
                self.spoken(block, kept=kept)
            case Listing():
                self.listing(block, kept=kept)
            case Blank():
                self.blank(block, kept=kept)
            case Grid():
                self.grid(block)
            case Together():
                self.blocks(block.blocks, kept=True)
            case Panel():
                self.blocks(block.blocks)
            case Areas():
                # Word has no outlines: the list under it says the same.
                self.paragraph(block.alt, "Normal", kept=kept)

    def spoken(self, block: Paragraph, *, kept: bool) -> None:
        made = self.paragraph(block.line, "Normal", kept=kept)
        for run in made.runs:
            if block.role == "hint":
                run.font.color.rgb = QUIET
            if block.role in ("route", "leads"):
                run.bold = True
        if block.role == "passage":
            made.paragraph_format.left_indent = Cm(0.8)

    def listing(self, listing: Listing, *, kept: bool) -> None:
        sign = SIGNS.get(listing.marks)
        for at, item in enumerate(listing.items):
            self.item(item, sign, listing, at, kept=kept or at < len(listing.items) - 1)

    def item(self, item: Item, sign: str | None, listing: Listing, at: int, *, kept: bool) -> None:
        number = f"{listing.start + at}. " if listing.marks == "numbers" else ""
        style = "Normal" if sign or number else STYLES["bullets"]
        made = self.paragraph(item.line, style, before=f"{sign}  " if sign else number, kept=kept)
        if sign or number:
            made.paragraph_format.left_indent = Cm(1)
            made.paragraph_format.first_line_indent = Cm(-0.6)
        if item.then:
            arrow = "←" if self.rtl else "→"
            self.words(made, item.then, before=f"  {arrow} ", bold=True)
        if item.hint:
            hint = self.paragraph(item.hint, "Normal", kept=kept)
            hint.paragraph_format.left_indent = Cm(1)
            for run in hint.runs:
                run.font.color.rgb = QUIET

    def blank(self, blank: Blank, *, kept: bool) -> None:
        if blank.lines == 1:
            made = self.paragraph(blank.label, "Normal", kept=kept)
            self.plain(made, (" " if blank.label else "") + "_" * 32)
            if blank.after:
                self.words(made, blank.after, before=" ")
            return
        if blank.label:
            self.paragraph(blank.label, "Normal", kept=True)
        made = self.paragraph(None, "Normal", kept=kept)
        for _line in range(blank.lines - 1):
            made.add_run().add_break()
        borders = OxmlElement("w:pBdr")
        for side in ("top", "left", "bottom", "right"):
            border = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "6"), ("space", "4"), ("color", "212B32")):
                border.set(qn(f"w:{name}"), value)
            borders.append(border)
        made._p.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
        )

    def grid(self, grid: Grid) -> None:
        self.paragraph(grid.caption, "Normal", kept=True)
        table = self.file.add_table(rows=1, cols=len(grid.columns) + 1, style="Table Grid")
        if self.rtl:
            table._tblPr.append(OxmlElement("w:bidiVisual"))
        head = table.rows[0]
        marked = OxmlElement("w:tblHeader")
        marked.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(marked)
        for cell, line in zip(head.cells[1:], grid.columns, strict=True):
            self.fill(cell, line, bold=True)
        for row in grid.rows:
            cells = table.add_row().cells
            self.fill(cells[0], row)
            for cell in cells[1:]:
                self.plain(cell.paragraphs[0], SIGNS.get(grid.marks, ""))
        self.file.add_paragraph()

    def fill(self, cell: Any, line: Line, *, bold: bool = False) -> None:
        self.turn(cell.paragraphs[0], line.direction)
        self.words(cell.paragraphs[0], line, bold=bold)

    def paragraph(self, line: Line | None, style: str, *, before: str = "", kept: bool = False) -> Any:
        made = self.file.add_paragraph(style=style)
        self.turn(made, direction(self.language))
        made.paragraph_format.keep_with_next = kept
        made.paragraph_format.space_after = Pt(6)
        if before:
            self.plain(made, before)
        if line:
            self.words(made, line)
        return made

    def turn(self, made: Any, way: str) -> None:
        """A paragraph that runs from the right."""
        if way == "rtl":
            following = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
            made._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *following)

    def plain(self, made: Any, text: str) -> None:
        self.run(made.add_run(clean(text)), self.language)

    def words(self, made: Any, line: Line, *, before: str = "", bold: bool = False) -> None:
        if before:
            self.plain(made, before)
            made.runs[-1].bold = bold
        for run in line.runs:
            if run.address:
                self.link(made, run.text, run.address, line.language)
                continue
            drawn = made.add_run(clean(run.text))
            drawn.bold = bold or run.strong or None
            drawn.italic = run.emphasis or None
            self.run(drawn, line.language)

    def link(self, made: Any, text: str, address: str, language: str) -> None:
        """Words that lead somewhere."""
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        linked = OxmlElement("w:hyperlink")
        linked.set(qn("r:id"), made.part.relate_to(address, kind, is_external=True))
        drawn = made.add_run(clean(text))
        drawn.font.underline = True
        self.run(drawn, language)
        linked.append(drawn._r)
        made._p.append(linked)

    def run(self, drawn: Any, language: str) -> None:
        """Say which language some words are in, and which way they run."""
        properties = drawn._r.get_or_add_rPr()
        if direction(language) == "rtl":
            properties.append(OxmlElement("w:rtl"))
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:bidi" if direction(language) == "rtl" else "w:val"), language)
        properties.append(tongue)


def clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(one for one in text if one in "\t\n" or (one >= " " and not 0xD800 <= ord(one) <= 0xDFFF))
