"""The codes of a printed sheet: what stands beside a tick box, and what is typed when paper is keyed.

Printing and keying both ask here, so that a 3 on the paper is a 3 on the keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.equality import PREFER_NOT, EqualityQuestion
from consult.domain.possible import Choices
from consult.domain.questionnaire import Option, Question, Questionnaire, Row
from consult.questions import kind

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def numbers(questionnaire: Questionnaire) -> dict[str, int]:
    """The number of every question that asks something, by its key: 1, 2, 3… through the whole questionnaire."""
    asking = (question for question in questionnaire.questions if kind(question.kind).asks)
    return {question.key: number for number, question in enumerate(asking, 1)}


def choice_codes(question: Question) -> dict[str, str]:
    """The code of every answer that can be ticked, by its key; empty where nothing is ticked.

    Codes go by the place in the definition, from 1, whatever a route hides; a scale without words of its own that
    begins at 0 is coded from 0, so that its codes are the numbers people see.
    """
    asked = kind(question.kind)
    keys = next((one.keys for one in asked.possible(question) if isinstance(one, Choices)), ())
    first = 0 if keys and keys[0] == "0" and "0" not in question.option_by_key else 1
    return {key: str(code) for code, key in enumerate(keys, first)}


def lines(question: Question) -> Sequence[Row | Option]:
    """What is answered line by line: the rows of a grid, or options that each get a place or a number."""
    if question.rows:
        return question.rows
    return question.options if set(kind(question.kind).inputs(question)) == question.option_by_key.keys() else ()


def line_codes(question: Question) -> dict[str, str]:
    """The letters of those lines, by key: a to z, then aa, ab…"""
    return {line.key: letters(place) for place, line in enumerate(lines(question))}


def letters(place: int) -> str:
    """The letters of a place counted from 0."""
    found = ""
    while place >= 0:
        found = LETTERS[place % len(LETTERS)] + found
        place = place // len(LETTERS) - 1
    return found


def equality_codes(question: EqualityQuestion) -> dict[str, str]:
    """The code of every answer to a question about equality: by its place, "prefer not to say" last."""
    keys = [*(key for key, _words in question.options), PREFER_NOT]
    return {key: str(code) for code, key in enumerate(keys, 1)}
