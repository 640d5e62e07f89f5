"""Any file an engagement team has, read by what it is: an XLSForm workbook or our own JSON."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from consult import questions
from consult.domain.questionnaire import BadDefinition, as_json, read
from consult.exchange.losses import NOTE, Imported, Loss, Refused
from consult.exchange.xlsform import read_xlsform

LARGEST_JSON = 8 * 1024 * 1024
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
    if content.lstrip()[:1] == b"{" or filename.lower().endswith(".json"):
        return read_json(content, filename)
    imported = read_xlsform(content, filename)
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


def read_json(content: bytes, filename: str) -> Imported:
    """Our own definition; it is kept whole or refused."""
    if len(content) > LARGEST_JSON:
        raise Refused(f"“{filename}” is larger than {LARGEST_JSON // 1024 // 1024} MB, which no questionnaire is.")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError):
        raise Refused(f"“{filename}” is not JSON in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refused(f"“{filename}” is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    try:
        questionnaire = read(data)
    except BadDefinition as refusal:
        first = refusal.problems[0]
        more = f" There are {len(refusal.problems) - 1} more problems." if len(refusal.problems) > 1 else ""
        raise Refused(f"“{filename}”, {first.where}: {first.sentence}.{more}") from None
    problems = questions.check(questionnaire)
    if problems:
        raise Refused(f"“{filename}”, {problems[0].where}: {problems[0].sentence}.")
    asked = sum(questions.kind(one.kind).asks for one in questionnaire.questions)
    return Imported(as_json(questionnaire), questionnaire.languages, asked, ())
