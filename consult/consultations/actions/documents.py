"""Documents are added to a consultation's page and taken away again."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from consult.accounts.actions.log import record
from consult.consultations.actions.changing import record_correction
from consult.consultations.actions.writing import wrote
from consult.consultations.models import Consultation, Document
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.domain.questionnaire import LANGUAGE
from consult.domain.wording import Wording
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

Texts = Mapping[str, str]
#: Larger files are hard on people with slow connections.
LARGEST = 20 * 1024 * 1024
#: The kinds of file people can be given, with their media types.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def add_file(
    consultation: Consultation,
    *,
    title: Texts,
    language: str,
    content: bytes,
    folder: Path,
    by: Account | None,
    now: datetime,
    reason: Texts | None = None,
) -> Document:
    """Keep a PDF, ODT or DOCX, known by its content; once published a public `reason` is needed."""
    kind = sniff(content)
    document = Document(kind=kind, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    _add(consultation, document, title=title, language=language, by=by, now=now, reason=reason)
    keep(content, folder)
    db.session.flush()
    return document


def add_link(
    consultation: Consultation,
    *,
    title: Texts,
    language: str,
    address: str,
    by: Account | None,
    now: datetime,
    reason: Texts | None = None,
) -> Document:
    """Point to a document elsewhere; only web addresses."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        usable = False
    if not usable or len(address) > 2_000 or any(character.isspace() for character in address):
        raise Rejected("address", "Enter a web address that begins with https://")
    document = Document(kind="web", address=address)
    _add(consultation, document, title=title, language=language, by=by, now=now, reason=reason)
    db.session.flush()
    return document


def remove_document(document: Document, *, by: Account | None, now: datetime, reason: Texts | None = None) -> None:
    """Take a document off the page; once published a public `reason` is needed."""
    consultation = document.consultation
    _editable(consultation, now)
    if document.removed_on is not None:
        raise NotNow("This document has already been removed.")
    record_correction(consultation, reason=reason or {}, by=by, now=now, part="document", before=document.title)
    document.removed_on = lifecycle.day_of(now)
    if consultation.state == "draft":
        wrote(consultation, by)
        record(by, "edit_consultation", consultation, now=now, note="document removed")
        consultation.documents.remove(document)
    db.session.flush()


def sniff(content: bytes) -> str:
    """`pdf`, `odt` or `docx` by what is inside; raises Rejected for everything else."""
    if not content:
        raise Rejected("file", "Choose a file that is not empty")
    if len(content) > LARGEST:
        raise Rejected("file", f"Choose a file smaller than {LARGEST // (1024 * 1024)} MB")
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        kind = _inside_zip(content)
        if kind:
            return kind
    raise Rejected("file", "Choose a PDF, ODT or DOCX file. This file is something else, whatever its name says")


def keep(content: bytes, folder: Path) -> str:
    """Write bytes under their sha256, whole or not at all; gives the name."""
    name = hashlib.sha256(content).hexdigest()
    path = folder / name
    if path.exists():
        return name
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".part-")
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    Path(temporary).replace(path)
    return name


def _inside_zip(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return None if any(name.endswith("vbaProject.bin") for name in names) else "docx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return "odt" if archive.read("mimetype").strip() == MEDIA_TYPES["odt"].encode() else None
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError, EOFError, KeyError):
        return None
    return None


def _add(
    consultation: Consultation,
    document: Document,
    *,
    title: Texts,
    language: str,
    by: Account | None,
    now: datetime,
    reason: Texts | None,
) -> None:
    _editable(consultation, now)
    words = Wording(title, consultation.language)
    if not words:
        raise Rejected("title", "Enter a title")
    if not LANGUAGE.fullmatch(language):
        raise Rejected("language", "Choose the language of the document")
    record_correction(consultation, reason=reason or {}, by=by, now=now, part="document")
    if consultation.state == "draft":
        wrote(consultation, by)
        record(by, "edit_consultation", consultation, now=now, note="document added")
    document.title, document.language, document.added_on = words.as_json(), language, lifecycle.day_of(now)
    consultation.documents.append(document)


def _editable(consultation: Consultation, now: datetime) -> None:
    if consultation.state == "in_review":
        raise NotNow("It is in review. Send it back to its authors first.")
    if lifecycle.phase(consultation, now) in (lifecycle.Phase.WITHDRAWN, lifecycle.Phase.REPORTED):
        raise NotNow("The documents of a consultation that is over stay as they are.")
