"""Packs that were signed once are kept as they are: a title that is put right later does not change what was signed."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path

from consult.config import Settings
from consult.consultations.models import Consultation
from consult.publications.pack import contents, signing
from consult.publications.pack.published import published
from consult.results.models import Release


def kept(consultation: Consultation, release: Release, settings: Settings) -> bytes:
    """The pack of a release: as it was first signed, or signed now. Raises BadKey."""
    file = place(consultation, release, settings)
    if not file.exists():
        key = signing.signing_key(settings.signing_key)
        _keep(file, contents.signed(published(consultation, release), key))
    return file.read_bytes()


def place(consultation: Consultation, release: Release, settings: Settings) -> Path:
    """Where it is kept: beside uploaded files, and so in every backup. Other figures are another file."""
    figures = hashlib.sha256(json.dumps(release.figures, sort_keys=True).encode()).hexdigest()[:16]
    return settings.files / "packs" / f"{consultation.slug}-{release.number}-{figures}.zip"


def _keep(file: Path, content: bytes) -> None:
    """Write it whole or not at all; of several who write it at once, the first stands."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{secrets.token_hex(8)}")
    with partial.open("xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(partial, file)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
