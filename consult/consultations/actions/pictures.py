"""Pictures beside the options of a question: taken in, described, carried along, and taken away.

Every picture is drawn anew from its pixels: what a camera or a phone wrote into the file (place, time, name) goes, and
nothing but a picture can come out. It is known by its content, like documents are.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from consult.consultations.actions.documents import keep
from consult.consultations.actions.writing import save_definition
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, Rejected
from consult.domain.questionnaire import Option, Questionnaire, as_json

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: Larger files are hard on people with slow connections; what is kept is smaller still.
LARGEST = 8 * 1024 * 1024
#: More would fill the memory when it is unpacked.
MOST_PIXELS = 40_000_000
#: The longer side of what is kept, in pixels: sharp on any telephone.
LONGEST_SIDE = 1_000
#: What a kept file begins with, and its media type.
SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))
NAME = re.compile(r"[0-9a-f]{64}")
Files = Mapping[str, Mapping[str, str]]


def folder_of(files: Path) -> Path:
    """The pictures in the folder of files."""
    return files / "pictures"


def redrawn(content: bytes) -> bytes:
    """A PNG, JPEG or WebP picture drawn anew and no larger than needed; raises Rejected with what to do."""
    if not content:
        raise Rejected("file", "Choose a file that is not empty")
    if len(content) > LARGEST:
        raise Rejected("file", f"Choose a picture smaller than {LARGEST // (1024 * 1024)} MB")
    if re.match(rb"\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)", content[:200].removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE):
        raise Rejected(
            "file", "This is an SVG drawing, which can hold programs. Save it as a PNG picture and choose that"
        )
    try:
        with _whole_pictures_only(), Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Rejected("file", f"Choose a picture with fewer than {MOST_PIXELS // 1_000_000} million pixels")
            return _drawn_anew(opened)
    except Image.DecompressionBombError:
        raise Rejected("file", f"Choose a picture with fewer than {MOST_PIXELS // 1_000_000} million pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError):
        raise Rejected("file", "Choose a PNG, JPEG or WebP picture. This file is something else, or broken") from None


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Pillow fills a picture that was cut short with grey where WeasyPrint was loaded, which lets it for everybody."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _drawn_anew(opened: Image.Image) -> bytes:
    kind = str(opened.format)
    opened.seek(0)
    turned = ImageOps.exif_transpose(opened)
    clear = "A" in turned.getbands() or "transparency" in turned.info
    pixels = turned.convert("RGB" if kind == "JPEG" or not clear else "RGBA")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels.info.clear()
    written = io.BytesIO()
    pixels.save(written, format=kind, **({"optimize": True} if kind == "PNG" else {"quality": 85}))
    return written.getvalue()


def media_type(content: bytes) -> str | None:
    """What kind of picture it is by its first bytes; None for anything else."""
    return next((name for start, name in SIGNATURES if content.startswith(start)), None)


def set_picture(
    consultation: Consultation,
    *,
    question: str,
    number: int,
    content: bytes | None,
    alt: Mapping[str, str],
    folder: Path,
    by: Account | None,
    now: datetime,
) -> None:
    """Put a picture beside the option with this number (from 0); without `content`, say in new words what it shows."""
    option = option_of(consultation, question, number)
    words = {language: " ".join(text.split()) for language, text in alt.items() if text.strip()}
    if consultation.language not in words:
        raise Rejected(f"alt_{consultation.language}", "Say what the picture shows, for people who cannot see it")
    if content is None and option.picture is None:
        raise Rejected("file", "Choose a picture")
    file = keep(redrawn(content), folder) if content is not None else option.picture.file  # type: ignore[union-attr]
    before = option.picture.alt.as_json() if option.picture else {}
    others = {language: text for language, text in before.items() if language not in consultation.languages}
    _put(consultation, question, number, {"file": file, "alt": {**others, **words}}, by=by, now=now)


def remove_picture(
    consultation: Consultation, *, question: str, number: int, by: Account | None, now: datetime
) -> None:
    """Take the picture of an option away; its file may stand beside others and stays."""
    option_of(consultation, question, number)
    _put(consultation, question, number, None, by=by, now=now)


def option_of(consultation: Consultation, question: str, number: int) -> Option:
    """The option with this number (from 0) of a question that is chosen from; raises Missing."""
    questionnaire = consultation.draft()
    asked = questionnaire.question_by_key.get(question) if questionnaire else None
    if asked is None or not 0 <= number < len(asked.options):
        raise Missing("There is no such option. The questionnaire may have changed.")
    return asked.options[number]


def _put(
    consultation: Consultation,
    question: str,
    number: int,
    picture: Mapping[str, Any] | None,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    questionnaire = consultation.draft()
    definition = as_json(questionnaire) if questionnaire else {}
    asked = next(one for one in _questions(definition) if one["key"] == question)
    if picture is None:
        asked["options"][number].pop("picture", None)
    else:
        asked["options"][number]["picture"] = picture
    save_definition(consultation, definition=definition, by=by, now=now)


def _questions(definition: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for page in definition.get("pages", ()):
        for one in page["questions"]:
            yield from one["questions"] if "section" in one else [one]


def used_in(questionnaire: Questionnaire) -> list[str]:
    """The files of every picture in it, each once."""
    options = (option for question in questionnaire.questions for option in question.options)
    return list(dict.fromkeys(option.picture.file for option in options if option.picture))


def absent(consultation: Consultation, folder: Path) -> list[str]:
    """What is still to do before it is published: pictures whose files are not here."""
    questionnaire = consultation.questionnaire()
    gone = [one for one in used_in(questionnaire) if not _readable(one, folder)] if questionnaire else []
    return [f"Pictures: the files of {len(gone)} are not here. Add them again."] if gone else []


def carried(questionnaire: Questionnaire, folder: Path) -> dict[str, dict[str, str]]:
    """Every picture of a questionnaire as `files` in our own JSON: {sha256: {"type": …, "data": base64}}."""
    found = {}
    for name in used_in(questionnaire):
        content = (folder / name).read_bytes() if _readable(name, folder) else b""
        if kind := media_type(content):
            found[name] = {"type": kind, "data": base64.b64encode(content).decode("ascii")}
    return found


def taken_in(definition: dict[str, Any], files: Files, folder: Path) -> list[str]:
    """Keep the pictures that came with a definition in our own JSON; sentences about those that could not be kept.

    They are drawn anew like any other; the definition then names the files as they are now.
    """
    problems, names = [], {}
    for name, file in files.items():
        try:
            content = base64.b64decode(str(file["data"]), validate=True)
            if hashlib.sha256(content).hexdigest() != name:
                raise Rejected("file", "it is not the file that the definition names")
            names[name] = keep(redrawn(content), folder)
        except (binascii.Error, KeyError, TypeError, ValueError):
            problems.append(f"The picture {str(name)[:12]}… cannot be read.")
        except Rejected as rejected:
            problems.append(f"The picture {str(name)[:12]}… was left out: {rejected.message}.")
    for question in _questions(definition):
        for option in question.get("options", ()):
            picture = option.get("picture")
            if picture and picture["file"] in names:
                option["picture"] = {**picture, "file": names[picture["file"]]}
            elif picture and not _readable(picture["file"], folder):
                problems.append(f"The picture of “{option['key']}” in question {question['key']} did not come with it.")
    return problems


def _readable(name: str, folder: Path) -> bool:
    return bool(NAME.fullmatch(name)) and (folder / name).is_file()
