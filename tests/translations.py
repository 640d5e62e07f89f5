"""Keeps the catalogues in step with the words in code and templates: `python -m tests.translations`.

Texts that are gone leave the catalogues, new ones come in empty, and a text that is not translated fails the house
test.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from consult.config import ROOT

FOLDER = ROOT / "translations"
KEYWORDS = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "say": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
}
#: The interface languages of the first release, English apart.
LANGUAGES = ("ar", "cy", "pl", "ro", "ur")
BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
UNCHECKED = "not yet checked by a speaker"


def extract() -> Catalog:
    """Every text that is said to the public, with where it stands."""
    catalogue = Catalog(project="Consult", charset="utf-8", fuzzy=False)
    for folder, method, options in (
        (ROOT / "consult", [("**.py", "python")], {}),
        (
            ROOT / "templates",
            [("**.html", "jinja2")],
            {"**.html": {"silent": "false", "trimmed": "false", "extensions": "jinja2.ext.do"}},
        ),
    ):
        for filename, _line, message, _comments, _context in extract_from_dir(
            str(folder), method, options, keywords=KEYWORDS, directory_filter=lambda path: "__pycache__" not in path
        ):
            if message and message != ("",):
                catalogue.add(message, locations=[(f"{folder.name}/{filename}", 0)])
    return catalogue


def path_of(language: str) -> Path:
    """Where a catalogue lies."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """One catalogue as it is."""
    with path_of(language).open("rb") as opened:
        return read_po(opened, locale=language)


def update(language: str, texts: Catalog) -> int:
    """Bring one catalogue in step; gives how many texts are still without words."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = read(language) if path.exists() else Catalog(locale=language)
    fresh = Catalog(locale=language, project="Consult", charset="utf-8", fuzzy=False)
    name = fresh.locale.english_name if fresh.locale else language
    fresh.header_comment = f"# Consult in {name}.\n# Translated by the team; {UNCHECKED}."
    if path.exists():
        fresh.header_comment = kept.header_comment
    # Fixed, so that an update changes only what changed.
    fresh.creation_date = fresh.revision_date = BEGUN
    lacking = 0
    for message in sorted((one for one in texts if one.id), key=lambda one: str(one.id)):
        old = kept.get(message.id)
        string = old.string if old is not None and "fuzzy" not in old.flags else None
        if string is None or not all((string,) if isinstance(string, str) else string):
            lacking += 1
        fresh.add(
            message.id,
            string,
            locations=[(name, None) for name in sorted({name for name, _line in message.locations})],
            flags=message.flags,
        )
    written = io.BytesIO()
    write_po(written, fresh, width=120, omit_header=False, include_lineno=False)
    path.write_bytes(written.getvalue())
    return lacking


def main() -> int:
    """Update every catalogue and say what is missing."""
    texts = extract()
    print(f"{len([one for one in texts if one.id])} texts")
    return sum(
        [
            print(f"{language}: {missing} without words") or missing
            for language in LANGUAGES
            for missing in [update(language, texts)]
        ]
    )


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
