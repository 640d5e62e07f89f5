"""The route checker with what the kinds know: what can be answered, how long it takes, how people go through."""

from __future__ import annotations

from datetime import date
from random import Random
from statistics import median

from consult.domain import reach
from consult.domain.answers import Values
from consult.domain.journey import Route, walk
from consult.domain.questionnaire import Question, Questionnaire
from consult.questions import kind

#: Invented people who walk through to find the typical length.
WALKERS = 41
#: Words somebody reads in a minute without haste, for long questions and statements.
READING = 200


def seconds(question: Question) -> int:
    """About how long one question takes to read and answer."""
    asked = kind(question.kind)
    read = sum(len(words.to(words.source).text.split()) for words in (question.text, question.hint)) * 60 // READING
    return read + asked.seconds * max(1, len(question.rows))


def typical(questionnaire: Questionnaire, *, today: date | None = None) -> int:
    """The seconds that half of invented people need at most; always the same for the same questionnaire."""
    random = Random("typical")
    return int(median(_seconds(_walked(questionnaire, random, today)) for _ in range(WALKERS)))


def report(questionnaire: Questionnaire, *, today: date) -> reach.Report:
    """What the route checker finds; a thousand questions take some seconds."""
    return reach.check(
        questionnaire,
        possible=lambda question: kind(question.kind).possible(question),
        seconds=seconds,
        typical=typical(questionnaire, today=today),
        today=today,
    )


def _walked(questionnaire: Questionnaire, random: Random, today: date | None) -> Route:
    answers: dict[str, Values] = {}
    for page in questionnaire.pages:
        for question in page.questions:
            answers[question.key] = kind(question.kind).invent(question, random)
    return walk(questionnaire, answers, today=today)


def _seconds(route: Route) -> int:
    return sum(seconds(question) for question in route.by_question.values())
