"""Columns of our own in an XLSForm: what its own columns cannot say, believed while those still say what we wrote.

Beside a row stands JSON with the part of the definition it came from, without the words that its cells hold, and a
short sum of every cell. Words are always read from the cells; a cell that was changed since is read as any XLSForm is.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from consult.exchange.workbook import as_read

#: Headings; a long text goes on in "… 2", "… 3". Columns of choices become XML elements and may hold no colons.
SURVEY, CHOICES, SETTINGS = "consult::kept", "consult_kept", "consult::kept"
#: What one cell of a workbook may hold, less some room.
LONGEST = 30_000
VERSION = 1


def sum_of(text: str) -> str:
    """A short sum of a cell as it will be read back."""
    return f"{zlib.crc32(as_read(text).encode('utf-8', 'surrogatepass')):08x}"


def sums_of(cells: Mapping[str, str]) -> dict[str, str]:
    """Sums of the cells that hold something."""
    return {meaning: sum_of(text) for meaning, text in cells.items() if as_read(text)}


def cells_of(heading: str, kept: Mapping[str, Any]) -> dict[str, str]:
    """The JSON in as many cells as it needs."""
    # A dollar sign before a brace would be taken for a question's name.
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace("${", "\\u0024{")
    parts = [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]
    return {named(heading, at): f"|{part}|" for at, part in enumerate(parts, 1)}


def named(heading: str, at: int) -> str:
    """The heading of the first, second … part."""
    return heading if at == 1 else f"{heading}_{at}"


def read_kept(heading: str, cells: Mapping[str, str]) -> dict[str, Any] | None:
    """The JSON of a row's cells; None where there is none, or somebody changed it beyond reading."""
    text, at = "", 1
    while part := cells.get(named(heading, at)):
        text, at = text + part[1:-1], at + 1
    if not text:
        return None
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return kept if isinstance(kept, dict) else None


def headings(rows: Iterable[Mapping[str, str]], heading: str) -> list[str]:
    """The headings of ours that these rows need."""
    found = {name for row in rows for name in row if name == heading or name.startswith(f"{heading}_")}
    return sorted(found, key=lambda name: (len(name), name))
