"""The JSON definition of a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consult.domain import conditions
from consult.domain.conditions import Condition
from consult.domain.questionnaire.definition import Option, Page, Question, Questionnaire, Row, Section, grouped
from consult.domain.wording import Wording


def as_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """The definition again: `read(as_json(q)) == q`; empty parts are left out."""
    return {
        "consult": 1,
        "language": questionnaire.language,
        "languages": list(questionnaire.languages),
        "title": questionnaire.title.as_json(),
        "pages": [_page(page) for page in questionnaire.pages],
    }


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in data.items()
        if value is not None and value is not False and value not in ("", {}, [], ())
    }


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    return None if condition is None else conditions.as_json(condition)


def _page(page: Page) -> dict[str, Any]:
    asked: list[dict[str, Any]] = []
    for section, questions in grouped(page.questions):
        written = [_question(question) for question in questions]
        asked += written if section is None else [_section(section, written)]
    return _kept(
        {
            "key": page.key,
            "title": page.title.as_json(),
            "text": page.text.as_json(),
            "show": _condition(page.show),
            "questions": asked,
        }
    )


def _section(section: Section, questions: list[dict[str, Any]]) -> dict[str, Any]:
    return _kept(
        {
            "section": section.key,
            "title": section.title.as_json(),
            "text": section.text.as_json(),
            "show": _condition(section.show),
            "questions": questions,
        }
    )


def _question(question: Question) -> dict[str, Any]:
    return _kept(
        {
            "key": question.key,
            "kind": question.kind,
            "text": question.text.as_json(),
            "hint": question.hint.as_json(),
            "note": question.note.as_json(),
            "required": question.required,
            "required_message": question.required_message.as_json(),
            "show": _condition(question.show),
            "options": [_option(option) for option in question.options],
            "rows": [_row(row) for row in question.rows],
            "settings": plain_settings(question.settings),
            "constraint": _condition(question.constraint),
            "constraint_message": question.constraint_message.as_json(),
            "personal": question.personal,
            "about_you": question.about_you,
        }
    )


def _option(option: Option) -> dict[str, Any]:
    picture = option.picture
    return _kept(
        {
            "key": option.key,
            "label": option.label.as_json(),
            "hint": option.hint.as_json(),
            "show": _condition(option.show),
            "exclusive": option.exclusive,
            "other": option.other,
            "last": option.last,
            "unknown": option.unknown,
            "picture": None if picture is None else {"file": picture.file, "alt": picture.alt.as_json()},
            "score": option.score,
        }
    )


def _row(row: Row) -> dict[str, Any]:
    return _kept({"key": row.key, "label": row.label.as_json(), "show": _condition(row.show), "required": row.required})


def plain_settings(value: Any) -> Any:
    """Settings as plain JSON, words as texts by language."""
    if isinstance(value, Wording):
        return value.as_json()
    if isinstance(value, Mapping):
        return {str(name): plain_settings(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain_settings(one) for one in value]
    return value
