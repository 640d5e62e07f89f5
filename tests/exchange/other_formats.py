"""What tests of formats in JSON share: reading a structure, finding questions in it, and what a report says."""

from __future__ import annotations

import json
import re
from typing import Any

from consult.domain.questionnaire import Question, Questionnaire, read
from consult.exchange.files import read_file
from consult.exchange.losses import Imported


def imported(data: Any, filename: str = "file.json") -> Imported:
    """A structure brought in as a file."""
    return read_file(json.dumps(data, ensure_ascii=False).encode(), filename)


def whole(made: Imported) -> Questionnaire:
    """What came in, as the site reads it."""
    return read(made.definition)


def question(made: Imported, key: str) -> Question:
    """One question that came in."""
    return whole(made).question_by_key[key]


def kinds(made: Imported) -> dict[str, str]:
    """The kind of each question by its key."""
    return {one.key: one.kind for one in whole(made).questions}


def options(made: Imported, key: str, language: str = "en") -> dict[str, str]:
    """The words of a question's options by their keys."""
    return {option.key: option.label.to(language).text for option in question(made, key).options}


def shown(made: Imported, key: str) -> Any:
    """When a question is shown, as JSON: its own condition, its section's and its page's."""
    for page in made.definition["pages"]:
        for part in page["questions"]:
            around = [part] if "section" in part else []
            for one in part["questions"] if around else [part]:
                if one["key"] == key:
                    return [there["show"] for there in (page, *around, one) if there.get("show")]
    raise KeyError(key)


def report(made: Imported) -> str:
    """Everything that a report says."""
    return "\n".join(f"{loss.severity} {loss.sheet} {loss.column} {loss.said} {loss.done}" for loss in made.losses)


def words_of(made: Imported) -> str:
    """Every word that was kept or told, in small letters, without marks and blanks."""
    kept = json.dumps(made.definition, ensure_ascii=False) + report(made)
    return bare(kept)


def bare(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", text.replace("\\n", " ").lower())


def spoken(data: Any, names: frozenset[str]) -> list[str]:
    """Every text that stands under one of these names anywhere in a structure; translations included."""
    found: list[str] = []

    def look(value: Any, named: bool) -> None:
        if isinstance(value, str):
            if named:
                found.append(value)
        elif isinstance(value, dict):
            for name, one in value.items():
                inside = name in names or (named and re.fullmatch(r"default|[a-z]{2,3}(-\w+)*", name) is not None)
                look(one, inside)
        elif isinstance(value, list):
            for one in value:
                look(one, named)

    look(data, False)
    return found
