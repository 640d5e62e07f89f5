"""Telephone numbers in authored words, to be called by a press."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from flask import Flask
from markupsafe import Markup, escape

from consult.domain.wording import Wording
from consult.web.locale import current_language

#: Digits of any script, in groups; nothing like 24/7, 9am, 3.5 or the service called 999 BSL.
NUMBER = re.compile(r"(?<![\w.,/])(\+?\d(?:[\d\u00a0 ()-]*\d)?)(?![\w/]|[.,]\w|\s*BSL)")
YEAR = re.compile(r"(?:19|20)\d\d")
#: Short numbers that take text messages: five digits of Ofcom's range for them.
SHORT_CODE = re.compile(r"[678]\d{4}")
#: Options of a menu and ages have fewer digits.
LEAST = 3


def dialled(wording: Wording | Mapping[str, str] | None) -> Markup:
    """Words in the reader's language, with each telephone number as a link, marked where they fell back."""
    if not wording:
        return Markup("")
    worded = (wording if isinstance(wording, Wording) else Wording(wording)).to(current_language())
    pieces = NUMBER.split(worded.plain)
    text = Markup("").join(_number(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces))
    if worded.language == current_language():
        return text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(worded.language, worded.direction, text)


def _number(piece: str) -> Markup:
    digits = "".join(str(unicodedata.digit(one)) for one in piece if one.isdigit())
    if len(digits) < LEAST or (YEAR.fullmatch(digits) and piece == piece.strip() and len(piece) == len(digits)):
        return escape(piece)
    scheme = "sms" if SHORT_CODE.fullmatch(digits) else "tel"
    address = ("+" if piece.startswith("+") else "") + digits
    whole = piece.replace(" ", "\u00a0")
    return Markup('<a href="{}:{}"><bdi dir="ltr">{}</bdi></a>').format(scheme, address, whole)


def register(app: Flask) -> None:
    """Let templates print them."""
    app.jinja_env.globals["dialled"] = dialled
