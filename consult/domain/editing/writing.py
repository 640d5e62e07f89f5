"""Pages and questions are added and their words changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consult.domain import conditions
from consult.domain.editing.places import PAGE, QUESTION, Definition, copied, find, fresh_key, questions_before
from consult.domain.errors import Rejected

LONGEST_TEXT = 4_000


def start(*, language: str, title: Mapping[str, str]) -> Definition:
    """A questionnaire without pages yet."""
    return {"consult": 1, "language": language, "languages": [language], "title": dict(title), "pages": []}


def add_page(definition: Mapping[str, Any], *, title: str) -> tuple[Definition, str]:
    """A new last page; gives its key too."""
    made = copied(definition)
    key = fresh_key(made, PAGE, title or "page")
    page: dict[str, Any] = {"key": key, "questions": []}
    if title.strip():
        page["title"] = {made["language"]: title.strip()}
    made.setdefault("pages", []).append(page)
    return made, key


def add_question(
    definition: Mapping[str, Any], *, page: str, kind: str, text: str, after: str = ""
) -> tuple[Definition, str]:
    """A new question on a page, behind another or at its end; gives its key too. Raises Rejected without words."""
    if not text.strip():
        raise Rejected("text", "Enter the question")
    made = copied(definition)
    place = find(made, PAGE, page)
    key = fresh_key(made, QUESTION, text)
    question = {"key": key, "kind": kind, "text": {made["language"]: text.strip()}}
    if after:
        before = find(made, QUESTION, after)
        before.among.insert(before.at + 1, question)
    else:
        place.data.setdefault("questions", []).append(question)
    return made, key


def change(
    definition: Mapping[str, Any],
    kind: str,
    key: str,
    *,
    words: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Definition:
    """New words in its own language, and other values; what is None or empty is left out. Translations stay."""
    made = copied(definition)
    data = find(made, kind, key).data
    for name, text in (words or {}).items():
        there = data.get(name) or {}
        texts = {made["language"]: there} if isinstance(there, str) else dict(there)
        if text.strip():
            texts[made["language"]] = text.strip()
        else:
            texts = {}
        _put(data, name, texts)
    for name, value in (values or {}).items():
        _put(data, name, value)
    return made


def set_show(definition: Mapping[str, Any], kind: str, key: str, condition: Any | None) -> Definition:
    """When it is shown: a condition in JSON that looks at earlier pages, or None for always. Raises Rejected."""
    made = copied(definition)
    thing = find(made, kind, key)
    if condition is not None:
        try:
            looked = set(conditions.named(conditions.read(condition)))
        except conditions.BadCondition as error:
            raise Rejected("when", f"This cannot be a condition: {error}") from None
        if looked - {one["key"] for one in questions_before(made, str(thing.page["key"]))}:
            raise Rejected("when", "Choose a question of an earlier page")
    _put(thing.data, "show", condition)
    return made


def _put(data: dict[str, Any], name: str, value: Any) -> None:
    if value in (None, "", {}, [], False):
        data.pop(name, None)
    else:
        data[name] = value
