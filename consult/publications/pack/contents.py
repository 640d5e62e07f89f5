"""Every file of a pack, made from what was published with the code that makes the files of the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.consultations.models import Consultation
from consult.publications import downloads
from consult.publications.downloads import csvw, released
from consult.publications.pack import archive, codebook, method, readme, signing
from consult.publications.pack.published import FORM, Published
from consult.publications.pack.speaking import speaking
from consult.results import export, sheets
from consult.results.models import Release
from consult.web.page import plain

RELEASE, MANIFEST, SIGNATURE, PUBLIC_KEY = "release.json", "manifest.json", "signature.ed25519", "public-key.pem"
#: Those of the tables' folder.
TABLES = "tables/"


def signed(published: Published, key: Ed25519PrivateKey) -> bytes:
    """The pack, whole: the same of the same release, the same key and the same program."""
    public = key.public_key()
    files = {**sources(published), **made(published), PUBLIC_KEY: signing.pem(public)}
    manifest = manifest_of(published, files)
    return archive.pack({**files, MANIFEST: manifest, SIGNATURE: key.sign(manifest)})


def sources(published: Published) -> dict[str, bytes]:
    """What everything else is made from: the release, and the questionnaires as people were asked them."""
    return {
        RELEASE: _json(published.to_json()),
        **{one.file: _json(one.definition) for one in published.asked},
    }


def made(published: Published) -> dict[str, bytes]:
    """What is made from it: tables, code book, notes on the method, and what to read first."""
    return {
        **tables(published),
        "codebook.xml": codebook.written(published),
        **notes(published),
        "README.txt": readme.text(published).encode(),
    }


def tables(published: Published) -> dict[str, bytes]:
    """The tables as the site offers them for download, in every language that it has."""
    found = {}
    consultation = Consultation(slug=published.consultation, title=dict(published.title), language=published.language)
    release = Release(number=published.number, published_on=published.published_on, left_out=dict(published.left_out))
    for language in published.languages:
        with speaking(language):
            data = export.released(consultation, published.questionnaire, published.figures, release)
            publisher = plain(published.worded_publisher)
            described = csvw.released(data, file="results.csv", publisher=publisher, titles=released.headings)
            folder = f"{TABLES}{language}/results"
            for form in ("csv", "json"):
                found[f"{folder}.{form}"] = downloads.RELEASED[form](data, author=publisher)
            found[f"{folder}.csv{csvw.SUFFIX}"] = sheets.json_text(described).encode()
    return found


def notes(published: Published) -> dict[str, bytes]:
    """How the figures were made, to read and to print, in every language."""
    found = {}
    for language in published.languages:
        with speaking(language):
            note = method.note(published)
            found[f"method/{language}.html"] = method.as_html(note)
            found[f"method/{language}.txt"] = method.as_text(note)
    return found


def manifest_of(published: Published, files: Mapping[str, bytes]) -> bytes:
    """What is signed: of which release it is, and the SHA-256 of every other file."""
    return _json(
        {
            "pack": FORM,
            "consultation": published.consultation,
            "release": published.number,
            "published_on": published.published_on.isoformat(),
            "publisher": published.worded_publisher.to("en").plain,
            "software": dict(published.software),
            "files": {
                name: {"bytes": len(files[name]), "sha256": hashlib.sha256(files[name]).hexdigest()}
                for name in sorted(files)
            },
        }
    )


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
