"""Texts as a PO file: the place is the context, the note a comment."""

from __future__ import annotations

import polib

from consult.exchange.losses import Refused
from consult.exchange.translating.units import Bundle, Unit

CONSULTATION = "X-Consultation"
SOURCE = "X-Source-Language"


def write(bundle: Bundle) -> bytes:
    """A catalogue with one entry for each place."""
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Project-Id-Version": bundle.consultation,
        "Language": bundle.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        CONSULTATION: bundle.consultation,
        SOURCE: bundle.source_language,
    }
    for unit in bundle.units:
        made.append(polib.POEntry(msgctxt=unit.place, msgid=unit.source, msgstr=unit.target, comment=unit.note))
    return str(made).encode()


def read(content: bytes, filename: str) -> Bundle:
    """Its entries that have a place; what a tool marked as fuzzy comes without words."""
    try:
        catalogue = polib.pofile(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        place = str(error).partition("(")[2].rstrip(")") if "line" in str(error) else ""
        raise Refused(f"“{filename}” is not a PO file that can be read{f' ({place})' if place else ''}.") from None
    units = [
        Unit(entry.msgctxt, entry.msgid, "" if entry.fuzzy else entry.msgstr, entry.comment)
        for entry in catalogue
        if entry.msgctxt and not entry.obsolete
    ]
    meta = catalogue.metadata
    if not units:
        raise Refused(f"“{filename}” has no entry with a place (msgctxt): it is not a file of translations from here.")
    return Bundle(meta.get(CONSULTATION, ""), meta.get(SOURCE, ""), meta.get("Language", ""), tuple(units))
