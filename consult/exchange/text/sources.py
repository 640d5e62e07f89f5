"""Word and OpenDocument files as plain lines: `# ` before headings, `- ` before items, `|` round cells of tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from consult.exchange.losses import Refused
from consult.exchange.workbook import COMPOUND, PACKED

MEGABYTE = 1024 * 1024
LARGEST_FILE, LARGEST_UNPACKED, LARGEST_PART = 20 * MEGABYTE, 200 * MEGABYTE, 24 * MEGABYTE
MOST_PARTS = 5_000
#: Characters and lines that a questionnaire can have.
LONGEST, MOST_LINES = 300_000, 8_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
WORD_PART, ODT_PART = "word/document.xml", "content.xml"
BROKEN = "is broken and cannot be read as a document"


def is_document(content: bytes, filename: str) -> bool:
    """Whether a file is a document for people rather than a questionnaire of a program."""
    name = filename.lower()
    if content.startswith(b"%PDF") or name.endswith((".pdf", ".doc", ".docx", ".odt", ".rtf")):
        return True
    if not content.startswith(PACKED):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:MOST_PARTS])
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return WORD_PART in names or (ODT_PART in names and _kind_of_odf(content) == "text")


def _kind_of_odf(content: bytes) -> str:
    found = re.search(rb"application/vnd\.oasis\.opendocument\.(\w+)", content[:200])
    return found[1].decode() if found else ""


def text_of(content: bytes, filename: str) -> str:
    """The lines of a document; raises Refused with a sentence."""
    if len(content) > LARGEST_FILE:
        raise Refused(f"“{filename}” is larger than {LARGEST_FILE // MEGABYTE} MB, which no questionnaire is.")
    if content.startswith(b"%PDF"):
        raise Refused(
            f"“{filename}” is a PDF, which keeps no questions. Open the document it was made from, "
            "or copy its text and paste it here."
        )
    if content.startswith((COMPOUND, b"{\\rtf")):
        raise Refused(f"“{filename}” is an older kind of document. Save it as .docx or .odt and try again.")
    packed = content.startswith(PACKED)
    lines = _packed(content, filename) if packed else _plain(content, filename).split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    check(text, filename)
    return text


def check(text: str, filename: str) -> None:
    """Refuse what no questionnaire is."""
    if not text.strip():
        raise Refused(f"“{filename}” has no words in it.")
    if len(text) > LONGEST or text.count("\n") > MOST_LINES:
        raise Refused(f"“{filename}” has more words than a questionnaire can.")


def _plain(content: bytes, filename: str) -> str:
    if b"\x00" in content[:2000]:
        raise Refused(f"“{filename}” is neither a document (.docx, .odt) nor plain text.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _packed(content: bytes, filename: str) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise Refused(f"“{filename}” unpacks to more than a questionnaire can be.")
            names = {entry.filename for entry in entries}
            if WORD_PART in names:
                numbering = _part(archive, "word/numbering.xml", filename) if "word/numbering.xml" in names else None
                styles = _part(archive, "word/styles.xml", filename) if "word/styles.xml" in names else None
                return list(_Word(numbering, styles).lines(_part(archive, WORD_PART, filename)))
            if ODT_PART in names:
                return list(_Open(_part(archive, ODT_PART, filename)).lines())
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError, OSError, ValueError):
        raise Refused(f"“{filename}” {BROKEN}.") from None
    raise Refused(f"“{filename}” is a packed file, but not a document.")


def _part(archive: zipfile.ZipFile, name: str, filename: str) -> Any:
    with archive.open(name) as opened:
        raw = opened.read(LARGEST_PART + 1)
    if len(raw) > LARGEST_PART:
        raise Refused(f"“{filename}” holds more text than a questionnaire can ({name}).")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(raw, parser)


class _Word:
    """The body of a .docx, paragraph by paragraph."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.formats: dict[tuple[str, str], str] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styled: dict[str, tuple[str, str]] = {}
        self.named: dict[str, str] = {}
        if numbering is not None:
            self._numbering(numbering)
        for style in styles.iter(f"{W}style") if styles is not None else ():
            name = style.find(f"{W}name")
            key = style.get(f"{W}styleId", "")
            self.named[key] = name.get(f"{W}val", "") if name is not None else ""
            numbered = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if numbered is not None:
                level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
                depth = level.get(f"{W}val", "0") if level is not None else "0"
                self.styled[key] = (numbered.get(f"{W}val", ""), depth)

    def _numbering(self, numbering: Any) -> None:
        abstract: dict[str, dict[str, str]] = {}
        for one in numbering.iter(f"{W}abstractNum"):
            levels = abstract[one.get(f"{W}abstractNumId", "")] = {}
            for level in one.iter(f"{W}lvl"):
                form = level.find(f"{W}numFmt")
                levels[level.get(f"{W}ilvl", "0")] = form.get(f"{W}val", "") if form is not None else ""
        for number in numbering.iter(f"{W}num"):
            of = number.find(f"{W}abstractNumId")
            for level, form in abstract.get(of.get(f"{W}val", "") if of is not None else "", {}).items():
                self.formats[number.get(f"{W}numId", ""), level] = form

    def lines(self, document: Any) -> Iterator[str]:
        body = document.find(f"{W}body")
        yield from self._blocks(body if body is not None else document)

    def _blocks(self, parent: Any) -> Iterator[str]:
        for block in parent:
            if block.tag == f"{W}p":
                yield from self._paragraph(block)
            elif block.tag == f"{W}tbl":
                yield from self._table(block)
            elif block.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
                yield from self._blocks(block)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        text = self._text(paragraph)
        if not text.strip():
            yield ""
            return
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        key = style.get(f"{W}val", "") if style is not None else ""
        name = self.named.get(key, key).lower()
        heading = re.fullmatch(r"(?:heading|überschrift|titre|nagłówek)\s*(\d)", name)
        if name == "title" or heading:
            yield f"{'#' * (int(heading[1]) + 1 if heading else 1)} {' '.join(text.split())}"
            return
        yield from (self._numbered(paragraph, key) + text).split("\n")

    def _numbered(self, paragraph: Any, style: str) -> str:
        found = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
        number = found.get(f"{W}val", "") if found is not None else self.styled.get(style, ("", ""))[0]
        depth = level.get(f"{W}val", "0") if level is not None else self.styled.get(style, ("", "0"))[1]
        if not number or number == "0":
            return ""
        form = self.formats.get((number, depth), "bullet")
        at = int(depth) if depth.isdigit() else 0
        self.counts = {key: count for key, count in self.counts.items() if key[0] != number or key[1] <= at}
        count = self.counts[number, at] = self.counts.get((number, at), 0) + 1
        if form == "decimal" and at == 0:
            return f"{count}. "
        if form in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (count - 1) % 26)
            return f"{letter}) "
        return "- "

    def _text(self, paragraph: Any) -> str:
        parts: list[str] = []
        for node in paragraph.iter():
            if node.tag == f"{W}t" and not _deleted(node):
                parts.append(node.text or "")
            elif node.tag == f"{W}tab" and node.getparent().tag == f"{W}r":
                parts.append("    ")
            elif node.tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif node.tag == f"{W}sym":
                parts.append("☐" if node.get(f"{W}font", "").lower().startswith(("wingdings", "webdings")) else "")
            elif node.tag == f"{W}checkBox":
                parts.append("☐ ")
        return "".join(parts)

    def _table(self, table: Any) -> Iterator[str]:
        yield ""
        for row in table.findall(f"{W}tr"):
            cells = []
            for cell in row.findall(f"{W}tc"):
                texts = [self._text(paragraph) for paragraph in cell.iter(f"{W}p")]
                cells.append(" ".join(" ".join(texts).split()).replace("|", "/"))
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = span.get(f"{W}val", "1") if span is not None else "1"
                cells += [""] * (min(int(width), 60) - 1 if width.isdigit() else 0)
            yield f"| {' | '.join(cells)} |"
        yield ""


def _deleted(node: Any) -> bool:
    """Whether tracked changes took it out."""
    return any(parent.tag in (f"{W}del", f"{W}moveFrom") for parent in node.iterancestors())


class _Open:
    """The body of an .odt."""

    def __init__(self, content: Any) -> None:
        left_out = (f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}note", f"{TEXT}sequence-decls")
        etree.strip_elements(content, *left_out, with_tail=False)
        self.body = content.find(f"{OFFICE}body/{OFFICE}text")
        self.numbered: dict[str, dict[str, bool]] = {}
        for style in content.iter(f"{TEXT}list-style"):
            levels = {one.get(f"{TEXT}level", "1"): one.tag == f"{TEXT}list-level-style-number" for one in style}
            self.numbered[style.get(f"{STYLE}name", "")] = levels
        self.counts: dict[str, int] = {}

    def lines(self) -> Iterator[str]:
        yield from self._blocks(self.body if self.body is not None else ())

    def _blocks(self, parent: Any) -> Iterator[str]:
        for block in parent:
            if block.tag == f"{TEXT}h":
                level = block.get(f"{TEXT}outline-level", "1")
                yield f"{'#' * (min(int(level), 4) + 1 if level.isdigit() else 2)} {' '.join(_said(block).split())}"
            elif block.tag == f"{TEXT}p":
                title = block.get(f"{TEXT}style-name", "").lower() == "title"
                yield from (f"# {_said(block)}" if title else _said(block)).split("\n")
            elif block.tag == f"{TEXT}list":
                yield from self._list(block, 1, block.get(f"{TEXT}style-name", ""))
            elif block.tag == f"{TABLE}table":
                yield from self._table(block)
            elif block.tag in (f"{TEXT}section", f"{TEXT}soft-page-break"):
                yield from self._blocks(block)

    def _list(self, block: Any, level: int, style: str) -> Iterator[str]:
        counted = self.numbered.get(style, {}).get(str(level), False)
        if block.get(f"{TEXT}continue-numbering") != "true" and level == 1 and not block.get(f"{TEXT}continue-list"):
            self.counts[style] = 0
        for item in block.findall(f"{TEXT}list-item"):
            first = True
            for inner in item:
                if inner.tag == f"{TEXT}list":
                    yield from self._list(inner, level + 1, inner.get(f"{TEXT}style-name", "") or style)
                    continue
                mark = "" if not first else "- "
                if first and counted and level == 1:
                    self.counts[style] = self.counts.get(style, 0) + 1
                    mark = f"{self.counts[style]}. "
                first = False
                yield mark + _said(inner)

    def _table(self, table: Any) -> Iterator[str]:
        yield ""
        for row in table.iter(f"{TABLE}table-row"):
            cells: list[str] = []
            for cell in row:
                if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                    text = " ".join(" ".join(_said(one) for one in cell.iter(f"{TEXT}p")).split()).replace("|", "/")
                    repeated = cell.get(f"{TABLE}number-columns-repeated", "1")
                    cells += [text] * (min(int(repeated), 60) if repeated.isdigit() else 1)
            yield f"| {' | '.join(cells)} |"
        yield ""


def _said(node: Any) -> str:
    parts: list[str] = []
    for one in node.iter():
        if one is not node and one.tag in (f"{TEXT}tab",):
            parts.append("    ")
        if one.tag == f"{TEXT}s":
            count = one.get(f"{TEXT}c", "1")
            parts.append(" " * (min(int(count), 200) if count.isdigit() else 1))
        if one.tag == f"{TEXT}line-break":
            parts.append("\n")
        parts.append(one.text or "")
        if one is not node:
            parts.append(one.tail or "")
    return "".join(parts)
