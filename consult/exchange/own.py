"""Our own definition, as `consult questionnaire --format json` writes it: kept whole or refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from consult import questions
from consult.consultations.actions import pictures
from consult.domain.questionnaire import BadDefinition, Questionnaire, as_json, read
from consult.exchange.losses import Imported, Refused


def looks_like_ours(data: Any) -> bool:
    """Whether JSON says that it is ours, or has our pages with questions on them."""
    if not isinstance(data, dict):
        return False
    pages = data.get("pages")
    return "consult" in data or (
        isinstance(pages, list)
        and any(isinstance(page, dict) and "questions" in page and "key" in page for page in pages)
    )


def read_own(data: Any, filename: str, raw: bytes = b"") -> Imported:
    """The definition, with its pictures from the file as it is; raises Refused with the place of the first problem."""
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
    return Imported(as_json(questionnaire), questionnaire.languages, asked, (), _files(raw) if "files" in data else {})


def _files(raw: bytes) -> dict[str, dict[str, str]]:
    """The pictures in a file: longer texts than any other."""
    found = json.loads(raw.decode("utf-8-sig")).get("files")
    if not isinstance(found, dict):
        return {}
    return {str(name): one for name, one in found.items() if isinstance(one, dict)}


def write_own(questionnaire: Questionnaire, folder: Path) -> bytes:
    """Everything, with its pictures: what is read again is the same."""
    files = pictures.carried(questionnaire, pictures.folder_of(folder))
    written = as_json(questionnaire) | ({"files": files} if files else {})
    return json.dumps(written, ensure_ascii=False, indent=1).encode()
