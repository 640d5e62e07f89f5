"""Any file an engagement team has, read by what it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from consult import questions
from consult.domain.questionnaire import read
from consult.exchange.formats import read_content
from consult.exchange.losses import NOTE, Imported, Loss, Refused

#: More of a file is never looked at.
LARGEST = 16 * 1024 * 1024


def read_path(path: Path, *, offered: Collection[str] = ()) -> Imported:
    """The same for a file on this machine; no more of it is read than a questionnaire can be."""
    with path.open("rb") as opened:
        return read_file(opened.read(LARGEST + 1), path.name, offered=offered)


def read_file(content: bytes, filename: str, *, offered: Collection[str] = ()) -> Imported:
    """The questionnaire in a file, and what could not be brought in; raises Refused with a sentence.

    `offered` are the languages that the site itself speaks; the others of a form are kept and reported.
    """
    imported = read_content(content, filename)
    problems = questions.check(read(imported.definition))
    if problems:
        raise Refused(f"“{filename}” cannot be asked: {problems[0].where}: {problems[0].sentence}.")
    if not offered:
        return imported
    silent = [language for language in imported.languages[1:] if language not in offered]
    return replace(imported, losses=(*imported.losses, *map(_not_offered, silent)))


def _not_offered(language: str) -> Loss:
    done = "The words are kept, but the site itself does not speak this language yet, so people cannot choose it."
    return Loss(NOTE, "survey", None, "label", language, done)
