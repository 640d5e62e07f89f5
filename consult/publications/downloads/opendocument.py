"""Spreadsheets as OpenDocument (ODS), written piece by piece: text is text, tables have names and rows of headings.

Written here rather than by a library: odfpy holds every cell of a file as objects and knows no ranges (decision 29).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from consult.domain.wording import direction
from consult.publications.downloads.sheet import (
    MOST_ROWS,
    NARROWEST,
    WIDEST,
    Book,
    Link,
    Sheet,
    fit,
    is_mark,
    widths,
)
from consult.publications.downloads.tables import Table
from consult.results.sheets import Cell

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
AT_ONCE = 500
#: Characters that XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r" {2,}|^ | $")
#: One date for every entry, so that the same figures are the same file.
STILL = (1980, 1, 1, 0, 0, 0)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{where}:1.0"'
    for name, where in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
    }.items()
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
MANIFEST = f"""{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""  # noqa: E501
#: Centimetres that a character takes, and characters of a column whose words nobody looked at before.
CHARACTER, USUAL = 0.21, 24
#: For every script: letters such as Arabic have a weight and a size of their own.
BOLD = 'fo:font-weight="bold" style:font-weight-complex="bold" style:font-weight-asian="bold"'
CELL = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'


def write_book(book: Book) -> bytes:
    """A spreadsheet as the government's guidance asks for it: one table a sheet, named and marked as such."""
    written = io.BytesIO()
    _write(written, book)
    return written.getvalue()


def write_rows(table: Table, output: Path) -> None:
    """One sheet of rows, written as they come."""
    sheet = Sheet(table.name, [column.name for column in table.columns], table.cells())
    with output.open("wb") as opened:
        _write(opened, Book(table.title, [sheet]))


def _write(output: IO[bytes], book: Book) -> None:
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_entry("mimetype", stored=True), MIMETYPE)
        packed.writestr(_entry("META-INF/manifest.xml"), MANIFEST)
        packed.writestr(_entry("meta.xml"), _meta(book))
        packed.writestr(_entry("styles.xml"), _styles(book))
        with packed.open(_entry("content.xml"), "w", force_zip64=True) as content:
            pieces = _content(book)
            while portion := list(islice(pieces, AT_ONCE)):
                content.write("".join(portion).encode())


def _entry(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STILL)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


def _meta(book: Book) -> str:
    said = [f"<dc:title>{_words(book.title)}</dc:title>", f"<dc:language>{escape(book.language)}</dc:language>"]
    said += [f"<dc:description>{_words(book.description)}</dc:description>"] if book.description else []
    said += [f"<dc:creator>{_words(book.author)}</dc:creator>"] if book.author else []
    said += [f"<dc:date>{book.written_on.isoformat()}T12:00:00</dc:date>"] if book.written_on else []
    inside = "".join(said)
    return f"{HEAD}<office:document-meta {NAMES}><office:meta>{inside}</office:meta></office:document-meta>"


def _styles(book: Book) -> str:
    language, _, country = book.language.partition("-")
    where = f'fo:language={quoteattr(language)} fo:country="{country.upper() if len(country) == 2 else "none"}"'
    where += f" style:language-complex={quoteattr(language)}" if direction(book.language) == "rtl" else ""
    return (
        f'{HEAD}<office:document-styles {NAMES}><office:styles><style:default-style style:family="table-cell">'
        f"<style:text-properties {where} {_size(11)}/></style:default-style></office:styles>"
        '<office:automatic-styles><style:page-layout style:name="wide"><style:page-layout-properties '
        'style:print-orientation="landscape" fo:page-width="29.7cm" fo:page-height="21cm" '
        'style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="wide" style:page-layout-name="wide"/>'
        "</office:master-styles></office:document-styles>"
    )


def _content(book: Book) -> Iterator[str]:
    mode = "rl-tb" if book.direction == "rtl" else "lr-tb"
    said = f'<style:paragraph-properties style:writing-mode="{mode}"/>'
    yield f"{HEAD}<office:document-content {NAMES}><office:automatic-styles>"
    for width in range(NARROWEST, WIDEST + 1):
        yield f'<style:style style:name="column{width}" style:family="table-column">'
        yield f'<style:table-column-properties style:column-width="{width * CHARACTER:.2f}cm"/></style:style>'
    yield '<style:style style:name="sheet" style:family="table" style:master-page-name="wide">'
    yield f'<style:table-properties style:writing-mode="{mode}"/></style:style>'
    yield f'<style:style style:name="cell" style:family="table-cell">{CELL}{said}</style:style>'
    yield f'<style:style style:name="note" style:family="table-cell">{said}</style:style>'
    yield f'<style:style style:name="mark" style:family="table-cell">{CELL}'
    yield '<style:paragraph-properties fo:text-align="end"/></style:style>'
    for name, size in (("heading", 11), ("title", 16)):
        yield f'<style:style style:name="{name}" style:family="table-cell">{CELL if name == "heading" else ""}{said}'
        yield f"<style:text-properties {BOLD} {_size(size)}/></style:style>"
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    ranges = []
    for sheet in book.sheets:
        rows = yield from _table(sheet)
        corner = f"{_column(len(sheet.headings))}{sheet.above + 1 + rows}"
        place = f"'{_quoted(sheet.name)}'.A{sheet.above + 1}:'{_quoted(sheet.name)}'.{corner}"
        ranges.append(
            f"<table:database-range table:name={quoteattr(sheet.called)} "
            f'table:target-range-address={quoteattr(place)} table:contains-header="true"/>'
        )
    yield f"<table:database-ranges>{''.join(ranges)}</table:database-ranges>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _table(sheet: Sheet) -> Generator[str, None, int]:
    """The sheet as XML; gives how many rows its table has below the headings."""
    yield f'<table:table table:name={quoteattr(_clean(sheet.name))} table:style-name="sheet">'
    rows = sheet.rows
    for width in widths(sheet.headings, rows) if isinstance(rows, Sequence) else [USUAL for _ in sheet.headings]:
        yield f'<table:table-column table:style-name="column{width}"/>'
    for at, line in enumerate([*filter(None, [sheet.title]), *sheet.notes]):
        style = "title" if sheet.title and not at else "note"
        cell = f'<table:table-cell table:style-name="{style}" {_text(line)}</table:table-cell>'
        yield f"<table:table-row>{cell}</table:table-row>"
    yield f"<table:table-header-rows>{_row(sheet.headings, 'heading')}</table:table-header-rows>"
    written = 0
    for row in sheet.rows:
        written += 1
        if written > MOST_ROWS:
            raise ValueError("more rows than a sheet holds")
        yield _row(row, "cell")
    yield "</table:table>"
    return written


def _row(cells: Iterable[Cell | Link] | Sequence[str], style: str) -> str:
    drawn = []
    for at, cell in enumerate(cells):
        if cell is None or cell == "":
            drawn.append("<table:table-cell/>")
        elif isinstance(cell, int | float):
            drawn.append(
                f'<table:table-cell table:style-name="mark" office:value-type="float" office:value="{cell}">'
                f"<text:p>{cell}</text:p></table:table-cell>"
            )
        elif isinstance(cell, Link):
            where = quoteattr(f"#'{_quoted(cell.sheet)}'.A1")
            link = f'<text:a xlink:type="simple" xlink:href={where}>{_words(cell.text)}</text:a>'
            drawn.append(
                f'<table:table-cell table:style-name="{style}" office:value-type="string">'
                f"<text:p>{link}</text:p></table:table-cell>"
            )
        else:
            look = "mark" if is_mark(cell, at) else style
            drawn.append(f'<table:table-cell table:style-name="{look}" {_text(str(fit(cell)))}</table:table-cell>')
    return f"<table:table-row>{''.join(drawn)}</table:table-row>"


def _text(text: str) -> str:
    """The rest of a cell with words, paragraph by paragraph."""
    lines = _clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return 'office:value-type="string">' + "".join(f"<text:p>{_spaced(line)}</text:p>" for line in lines)


def _spaced(line: str) -> str:
    """Escaped words; spaces beside each other would be one."""
    said = SPACES.sub(lambda found: "\x00" * len(found[0]), line)
    return escape(said).replace("\t", "<text:tab/>").replace("\x00", "<text:s/>")


def _words(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _quoted(name: str) -> str:
    return _clean(name).replace("'", "''")


def _size(points: int) -> str:
    return f'fo:font-size="{points}pt" style:font-size-complex="{points}pt" style:font-size-asian="{points}pt"'


def _column(number: int) -> str:
    """The letters of a column counted from 1."""
    found = ""
    while number:
        number, at = divmod(number - 1, 26)
        found = chr(65 + at) + found
    return found
