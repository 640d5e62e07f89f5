"""LimeSurvey's XML as tables of rows with lines: no entities, no DTD, no network, and no more than a survey needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from consult.exchange.losses import Refused

MEGABYTE = 1024 * 1024
LARGEST = 16 * MEGABYTE
MOST_ROWS = 300_000
#: The beginning of a document type, in any encoding of 8 or 16 bits.
DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.I)
ROOT = re.compile(rb"<\x00?[A-Za-z]")


@dataclass(frozen=True)
class Row:
    """One row of a section: its line in the file and its texts by field."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """The text of a field, or ""."""
        return self.cells.get(name, "")

    def number(self, name: str) -> int:
        """The text of a field as a whole number, 0 where it is none."""
        try:
            return int(self.cells.get(name, "") or 0)
        except ValueError:
            return 0


@dataclass
class Document:
    """The sections of one file."""

    kind: str
    version: str
    languages: list[str]
    sections: dict[str, list[Row]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        """The rows of a section; none where there is no such section."""
        return self.sections.get(name, [])


def read_document(content: bytes, filename: str) -> Document:
    """The file as sections of rows; raises Refused with a sentence naming the line."""
    if len(content) > LARGEST:
        raise Refused(f"“{filename}” is larger than {LARGEST // MEGABYTE} MB, which no questionnaire is.")
    if not content.strip():
        raise Refused(f"“{filename}” is empty.")
    begins = ROOT.search(content)
    if DOCTYPE.search(content[: begins.start() if begins else len(content)]):
        raise Refused(f"“{filename}” declares a document type of its own, which LimeSurvey never does; it is not read.")
    root = _root(content, filename)
    if root.getroottree().docinfo.doctype:
        raise Refused(f"“{filename}” declares a document type of its own, which LimeSurvey never does; it is not read.")
    kind = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or not kind:
        what = f"it begins with <{str(root.tag)[:40]}>, line {root.sourceline}"
        raise Refused(f"“{filename}” is XML, but not from LimeSurvey: {what}.")
    languages = [(one.text or "").strip() for one in root.iterfind("languages/language")]
    document = Document(kind, (root.findtext("DBVersion") or "").strip(), [one for one in languages if one])
    for section in root:
        if isinstance(section.tag, str) and section.tag not in ("LimeSurveyDocType", "DBVersion", "languages"):
            document.sections.setdefault(section.tag, []).extend(_rows(section))
            document.lines.setdefault(section.tag, section.sourceline or 0)
    if sum(map(len, document.sections.values())) > MOST_ROWS:
        raise Refused(f"“{filename}” has more than {MOST_ROWS:,} rows, which is more than a questionnaire can hold.")
    return document


def _root(content: bytes, filename: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        why = (error.msg or "").split(", line ")[0] or "it cannot be read"
        raise Refused(f"“{filename}” is broken XML at line {line}, column {column}: {why}.") from None


def _rows(section: etree._Element) -> Iterator[Row]:
    """The rows of a section; text that stands where LimeSurvey writes none makes a row of its own."""
    rows = section.find("rows")
    if rows is None:
        said = " ".join("".join(section.itertext()).split())
        if said and section.find("fields") is None:
            yield Row(section.sourceline or 0, {"": said})
        return
    for row in rows:
        cells = {str(cell.tag): "".join(cell.itertext()) for cell in row if isinstance(cell.tag, str)}
        yield Row(row.sourceline or 0, cells)
