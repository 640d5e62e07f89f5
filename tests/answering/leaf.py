"""Reads an SQLite file page by page, for what SQL does not tell: where in its page each row lies."""

from __future__ import annotations

import struct
from pathlib import Path

LEAF, INTERIOR = 0x0D, 0x05


def cells(file: Path, root: int) -> dict[int, tuple[int, int]]:
    """Of every row of a table, by its rowid: the page, and how far from the page's end its cell begins.

    SQLite fills a page from its end, so that the distance grows with each insertion until the page is tidied.
    """
    data = file.read_bytes()
    size = struct.unpack(">H", data[16:18])[0] or 65_536
    found: dict[int, tuple[int, int]] = {}
    pages = [root]
    while pages:
        number = pages.pop()
        start = (number - 1) * size
        header = start + (100 if number == 1 else 0)
        kind = data[header]
        count = struct.unpack(">H", data[header + 3 : header + 5])[0]
        array = header + (12 if kind == INTERIOR else 8)
        places = [struct.unpack(">H", data[array + 2 * at : array + 2 * at + 2])[0] for at in range(count)]
        if kind == INTERIOR:
            pages.append(struct.unpack(">I", data[header + 8 : header + 12])[0])
            pages += [struct.unpack(">I", data[start + place : start + place + 4])[0] for place in places]
            continue
        assert kind == LEAF, f"page {number} is no table page"
        for place in places:
            _length, after = varint(data, start + place)
            rowid, _after = varint(data, after)
            found[rowid] = (number, size - place)
    return found


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for step in range(9):
        byte = data[at + step]
        if step == 8:
            return (value << 8 | byte), at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise AssertionError
