"""The files that translators and their agencies work with, by name; what a file is, is seen from its content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from consult.exchange.losses import Refused
from consult.exchange.translating import gettext, tables, word, xliff
from consult.exchange.translating.units import Bundle

#: Translations are words: a larger file is something else, and one that unpacks to more is a trap.
LARGEST = 8 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"

Unreadable = Refused


@dataclass(frozen=True)
class Format:
    """A kind of file: its name for people, its ending, what it is sent as, and how it is written."""

    name: str
    ending: str
    mimetype: str
    write: Callable[[Bundle], bytes]


FORMATS = {
    "docx": Format("Word, in columns", "docx", f"{OFFICE}.wordprocessingml.document", word.write),
    "xlsx": Format("Excel", "xlsx", f"{OFFICE}.spreadsheetml.sheet", tables.write_xlsx),
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8", tables.write_csv),
    "xliff": Format("XLIFF 1.2", "xlf", "application/xliff+xml", xliff.write_12),
    "xliff2": Format("XLIFF 2.1", "xlf", "application/xliff+xml", xliff.write_21),
    "po": Format("PO (gettext)", "po", "text/x-gettext-translation; charset=utf-8", gettext.write),
}


def write(bundle: Bundle, form: str) -> bytes:
    """The texts as a file of one of FORMATS."""
    return FORMATS[form].write(bundle)


def read(content: bytes, filename: str) -> Bundle:
    """The texts in a file, whatever it is called; raises Unreadable with a sentence."""
    if not content.strip():
        raise Refused(f"“{filename}” is empty.")
    if len(content) > LARGEST:
        raise Refused(f"“{filename}” is larger than {LARGEST // 1024 // 1024} MB.")
    if content.startswith(b"PK\x03\x04"):
        return (
            word.read(content, filename)
            if "word/document.xml" in _members(content, filename)
            else _table(content, filename)
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return xliff.read(content, filename)
    if b"msgid" in content and b"msgstr" in content:
        return gettext.read(content, filename)
    return tables.read_csv(content, filename)


def _table(content: bytes, filename: str) -> Bundle:
    return tables.read_xlsx(content, filename)


def _members(content: bytes, filename: str) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > LARGEST_UNPACKED:
                raise Refused(f"“{filename}” unpacks to more than a file of translations can be.")
            return packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refused(f"“{filename}” is damaged: it cannot be unpacked.") from None
