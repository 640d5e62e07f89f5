"""A consultation's words for translators: out as files that their tools read, and back with what was not taken."""

from consult.exchange.translating.files import FORMATS, Unreadable, read, write
from consult.exchange.translating.taking import Report, Untaken, fits, take, wrong
from consult.exchange.translating.units import Bundle, Unit, add_notes, bundle, places

__all__ = [
    "FORMATS",
    "Bundle",
    "Report",
    "Unit",
    "Unreadable",
    "Untaken",
    "add_notes",
    "bundle",
    "fits",
    "places",
    "read",
    "take",
    "write",
    "wrong",
]
