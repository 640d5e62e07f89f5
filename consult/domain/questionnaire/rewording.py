"""A questionnaire with other words in the same places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from consult.domain.questionnaire.definition import Option, Page, Question, Questionnaire, Section
from consult.domain.wording import Wording

#: Gives the wording for a place, named as `Questionnaire.wordings` names it.
Change = Callable[[str, Wording], Wording]


def reworded(questionnaire: Questionnaire, change: Change) -> Questionnaire:
    """The same questionnaire with each of its texts passed through `change(place, wording)`."""
    sections: dict[str, Section] = {}
    pages = tuple(_page(page, change, sections) for page in questionnaire.pages)
    return replace(questionnaire, title=change("title", questionnaire.title), pages=pages)


def _page(page: Page, change: Change, sections: dict[str, Section]) -> Page:
    return replace(
        page,
        title=change(f"page {page.key}: title", page.title),
        text=change(f"page {page.key}: introduction", page.text),
        questions=tuple(_question(question, change, sections) for question in page.questions),
    )


def _section(section: Section | None, change: Change, sections: dict[str, Section]) -> Section | None:
    """The section once reworded: its questions share it."""
    if section is None:
        return None
    if section.key not in sections:
        sections[section.key] = replace(
            section,
            title=change(f"section {section.key}: title", section.title),
            text=change(f"section {section.key}: introduction", section.text),
        )
    return sections[section.key]


def _question(question: Question, change: Change, sections: dict[str, Section]) -> Question:
    where = f"question {question.key}"
    return replace(
        question,
        text=change(where, question.text),
        hint=change(f"{where}: hint", question.hint),
        required_message=change(f"{where}: message when not answered", question.required_message),
        constraint_message=change(f"{where}: message when not accepted", question.constraint_message),
        options=tuple(_option(option, where, change) for option in question.options),
        rows=tuple(replace(row, label=change(f"{where}, row {row.key}", row.label)) for row in question.rows),
        settings=_settings(question.settings, f"{where}: ", change),
        section=_section(question.section, change, sections),
    )


def _option(option: Option, where: str, change: Change) -> Option:
    place = f"{where}, option {option.key}"
    picture = option.picture
    if picture is not None:
        picture = replace(picture, alt=change(f"{place}: picture in words", picture.alt))
    return replace(
        option, label=change(place, option.label), hint=change(f"{place}: hint", option.hint), picture=picture
    )


def _settings(value: Any, where: str, change: Change) -> Any:
    if isinstance(value, Wording):
        return change(where, value)
    if isinstance(value, Mapping):
        return {
            name: _settings(one, f"{where}{name}" if where.endswith(": ") else f"{where} {name}", change)
            for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return type(value)(_settings(one, f"{where} {at}", change) for at, one in enumerate(value, 1))
    return value
