"""Versions of a questionnaire that people answered one after the other: what may differ, and how all are told of.

A key stands for one question with one meaning in all versions, so that answers to different questions can never be
counted together: docs/decisions/0038.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from consult.domain.conditions import Condition
from consult.domain.questionnaire.definition import Page, Question, Questionnaire
from consult.domain.wording import Wording

#: Why not everybody was asked a question: only earlier versions had it, or only later ones, or on other conditions.
EARLIER, LATER, OTHERWISE = "earlier", "later", "otherwise"


def clashes(versions: Sequence[Questionnaire], new: Questionnaire) -> list[str]:
    """The keys of questions that would stand for something else than in an earlier version."""
    before = _newest(versions)
    return [
        question.key
        for question in new.questions
        if question.key in before and meaning(before[question.key]) != meaning(question)
    ]


def reworded_questions(versions: Sequence[Questionnaire], new: Questionnaire) -> list[str]:
    """The keys of questions that keep their key and say something else in the language they were written in."""
    before, language = _newest(versions), new.language

    def said(question: Question) -> dict[str, str]:
        return {place: wording.get(language, "") for place, wording in question.wordings()}

    return [
        question.key
        for question in new.questions
        if question.key in before and said(before[question.key]) != said(question)
    ]


def meaning(question: Question) -> tuple[Any, ...]:
    """What answers to a question depend on, without its words and without who is asked."""
    options = tuple(
        (one.key, one.exclusive, one.other, one.unknown, one.score, one.picture.file if one.picture else "")
        for one in question.options
    )
    rows = tuple(row.key for row in question.rows)
    settings = _without_words(question.settings)
    return question.kind, options, rows, settings, question.constraint, question.personal, question.about_you


def together(versions: Sequence[Questionnaire]) -> Questionnaire:
    """The newest version with the questions that only earlier ones asked after its own, as results tell of them all."""
    *earlier, newest = versions
    if not earlier:
        return newest
    there = newest.question_by_key
    pages, keys = list(newest.pages), set(newest.page_by_key)
    gone: set[str] = set()
    for version in reversed(earlier):
        for page in version.pages:
            old = tuple(one for one in page.questions if one.key not in there and one.key not in gone)
            if old:
                gone |= {one.key for one in old}
                key = _free(page.key, keys)
                keys.add(key)
                pages.append(Page(key, tuple(replace(one, section=None) for one in old), page.title))
    sometimes = dict.fromkeys(gone, EARLIER)
    for key in there:
        if not all(key in version.question_by_key for version in earlier):
            sometimes[key] = LATER
        elif len({_asked_when(version, key) for version in versions}) > 1:
            sometimes[key] = OTHERWISE
    return replace(newest, pages=tuple(pages), sometimes=sometimes)


def _newest(versions: Sequence[Questionnaire]) -> dict[str, Question]:
    return {question.key: question for version in versions for question in version.questions}


def _asked_when(version: Questionnaire, key: str) -> tuple[Any, ...]:
    question = version.question_by_key[key]
    parts: list[Condition | None] = [option.show for option in question.options]
    parts += [row.show for row in question.rows]
    return tuple(version.shown_when(question)), tuple(parts)


def _without_words(value: Any) -> Any:
    if isinstance(value, Wording):
        return "words"
    if isinstance(value, Mapping):
        return tuple(sorted((name, _without_words(one)) for name, one in value.items()))
    if isinstance(value, list | tuple):
        return tuple(_without_words(one) for one in value)
    return value


def _free(key: str, taken: set[str]) -> str:
    """A key for a page that is only told of."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    return free
