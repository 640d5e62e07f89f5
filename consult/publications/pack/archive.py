"""The zip itself: the same files always give the same bytes, and nothing is taken from one that was tampered with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

#: No pack has more files, a larger file or more bytes; nothing in it is compressed, so it cannot swell either.
MOST_FILES = 400
MOST_BYTES = 256 * 1024 * 1024
#: The names that files of a pack have: no folder above, no drive, nothing hidden, no other way to say the same.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*(/[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*){0,2}")
LONGEST_NAME = 120
#: The first moment that a zip can name: when it was packed says nothing.
MOMENT = (1980, 1, 1, 0, 0, 0)
UNIX, READABLE = 3, 0o100644 << 16


class BadPack(Exception):
    """A file that is no pack, or cannot be read safely; the sentence says why."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files in the order of their names, not compressed, so that every machine makes the same."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            if not _good(name):
                raise ValueError(f"{name} cannot be the name of a file in a pack")
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system, entry.external_attr = UNIX, READABLE
            archive.writestr(entry, files[name])
    return written.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a pack, in memory only; raises BadPack for what is no zip, is cut short or plays a trick."""
    if len(content) > MOST_BYTES:
        raise BadPack("The file is too large for a pack.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            _refuse_tricks(listed)
            return {entry.filename: archive.read(entry) for entry in listed}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError):
        raise BadPack("The file is not a zip, or it is damaged or cut short.") from None


def _refuse_tricks(listed: list[zipfile.ZipInfo]) -> None:
    if len(listed) > MOST_FILES or sum(entry.file_size for entry in listed) > MOST_BYTES:
        raise BadPack("There is more in the zip than in any pack.")
    names: set[str] = set()
    for entry in listed:
        # `orig_filename` is what stands in the zip; the other stops at a zero byte.
        if not _good(entry.orig_filename) or entry.filename != entry.orig_filename:
            raise BadPack("A file in the zip has a name that no file of a pack has, as if to be written elsewhere.")
        if entry.filename.casefold() in names:
            raise BadPack(f"{entry.filename} is in the zip twice.")
        names.add(entry.filename.casefold())
        if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size or entry.flag_bits & 1:
            raise BadPack(
                "The zip was packed again: its files are compressed or locked, which those of a pack are not. "
                "Ask for the pack as it was published."
            )


def _good(name: str) -> bool:
    return len(name) <= LONGEST_NAME and NAME.fullmatch(name) is not None
