"""Archives of whole surveys (.lsa): the survey inside is read, what people answered and who was invited never is."""

from __future__ import annotations

import io
import zipfile
import zlib

from consult.exchange.limesurvey.documents import LARGEST, MEGABYTE
from consult.exchange.limesurvey.source import Other
from consult.exchange.losses import Refused

PACKED = b"PK\x03\x04"
MOST_FILES = 2_000
#: What reading a broken archive fails with; a locked one is a RuntimeError.
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError)


def holds_survey(content: bytes) -> bool:
    """Whether a packed file has a LimeSurvey survey in it."""
    try:
        return any(name.lower().endswith(".lss") for name in _names(content))
    except BROKEN:
        return False


def unpack(content: bytes, filename: str) -> tuple[bytes, list[Other]]:
    """The survey in an archive, and what stands beside it unread."""
    try:
        names = _names(content)
        surveys = [name for name in names if name.lower().endswith(".lss")]
        if not surveys:
            there = ", ".join(f"“{name}”" for name in names[:5]) or "nothing"
            raise Refused(f"“{filename}” has no survey (.lss) in it, only {there}.")
        survey = _unpacked(content, surveys[0], filename)
    except BROKEN as error:
        raise Refused(f"“{filename}” is broken and cannot be unpacked ({type(error).__name__}).") from None
    return survey, [Other(name, None, "", name, _what(name)) for name in names if name != surveys[0]]


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise ValueError("too many files")
    return [entry.filename for entry in entries]


def _unpacked(content: bytes, name: str, filename: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(name) as packed:
        survey = packed.read(LARGEST + 1)
    if len(survey) > LARGEST:
        most = LARGEST // MEGABYTE
        raise Refused(f"“{filename}”: “{name}” unpacks to more than {most} MB, which no questionnaire does.")
    return survey


def _what(name: str) -> str:
    ending = name.lower().rpartition(".")[2]
    return {"lsr": "responses", "lst": "participants", "lsi": "timings"}.get(ending, "packed file")
