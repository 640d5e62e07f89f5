"""Reads small QR codes from our pictures, by ISO/IEC 18004, without the library that draws them."""

from __future__ import annotations

import re
import struct
import zlib

Modules = list[list[bool]]

#: (version, level): how many equal blocks, and data codewords in each.
BLOCKS = {
    (1, "L"): (1, 19), (1, "M"): (1, 16), (1, "Q"): (1, 13), (1, "H"): (1, 9),
    (2, "L"): (1, 34), (2, "M"): (1, 28), (2, "Q"): (1, 22), (2, "H"): (1, 16),
    (3, "L"): (1, 55), (3, "M"): (1, 44), (3, "Q"): (2, 17), (3, "H"): (2, 13),
    (4, "L"): (1, 80), (4, "M"): (2, 32), (4, "Q"): (2, 24), (4, "H"): (4, 9),
}  # fmt: skip
LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
MASKS = [
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
]


def from_svg(picture: str) -> Modules:
    """The modules of a picture whose dark ones are one path of strokes, a module high."""
    side = max(int(one) for one in re.findall(r"h(\d+)v\1h-\1z", picture))
    path = max(re.findall(r' d="([^"]+)"', picture), key=len)
    modules = [[False] * side for _ in range(side)]
    column, row = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            column, row = values
        elif command == "m":
            column, row = column + values[0], row + values[1]
        else:
            for at in range(int(values[0])):
                modules[int(row)][int(column) + at] = True
            column += values[0]
    return _without_quiet(modules)


def from_png(picture: bytes, *, scale: int) -> Modules:
    """The modules of a picture of one bit a pixel, dark as 0."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    at, data = 8, b""
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (1, 0)
        if kind == b"IDAT":
            data += body
        at += 12 + length
    line = 1 + (width + 7) // 8
    rows = zlib.decompress(data)
    found, bits = [], bytes(line - 1)
    for y in range(height):
        above, how, bits = bits, rows[y * line], rows[y * line + 1 : (y + 1) * line]
        assert how in (0, 2), "a filter that we do not read"
        if how == 2:
            bits = bytes((one + over) % 256 for one, over in zip(bits, above, strict=True))
        if y % scale == scale // 2:
            found.append([not bits[x // 8] >> (7 - x % 8) & 1 for x in range(scale // 2, width, scale)])
    return _without_quiet(found)


def read(modules: Modules) -> str:
    """The text of a code of versions 1 to 4 in bytes."""
    size = len(modules)
    version = (size - 17) // 4
    places = [*((8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)), *((r, 8) for r in (7, 5, 4, 3, 2, 1, 0))]
    form = _number(modules[r][c] for r, c in places) ^ 0b101010000010010
    mask = MASKS[form >> 10 & 7]
    bits = [modules[r][c] ^ mask(r, c) for r, c in _data_places(size, version)]
    codewords = [_number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]
    blocks, each = BLOCKS[version, LEVELS[form >> 13]]
    data = [codewords[at * blocks + block] for block in range(blocks) for at in range(each)]
    stream = "".join(f"{one:08b}" for one in data)
    assert stream[:4] == "0100", "not in bytes"
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode()


def _data_places(size: int, version: int) -> list[tuple[int, int]]:
    """Where the bits lie, in order: pairs of columns from the right, up and down by turns."""

    def fixed(r: int, c: int) -> bool:
        corner = (r < 9 and c < 9) or (r < 9 and c >= size - 8) or (r >= size - 8 and c < 9)
        aligned = version > 1 and abs(r - (size - 7)) <= 2 and abs(c - (size - 7)) <= 2
        return corner or aligned or r == 6 or c == 6

    places = []
    right, up = size - 1, True
    while right > 0:
        right -= right == 6
        for r in range(size - 1, -1, -1) if up else range(size):
            places += [(r, c) for c in (right, right - 1) if not fixed(r, c)]
        right, up = right - 2, not up
    return places


def _number(bits: object) -> int:
    return int("".join("1" if one else "0" for one in bits), 2)  # type: ignore[attr-defined]


def _without_quiet(modules: Modules) -> Modules:
    """Refuses a code with less white round it than four modules."""
    quiet = min(row.index(True) for row in modules if True in row)
    assert quiet >= 4 and not any(any(row) for row in modules[:4] + modules[-4:])
    return [row[quiet : len(row) - quiet] for row in modules[quiet : len(modules) - quiet]]
