"""Earlier answers said again in later words: `[[how|the way you travel]]`.

They come from closed answers alone, and are said as text: whatever they hold is neither markup nor HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from consult.domain import markup
from consult.domain.answers import Answers, Value
from consult.domain.markup import Pipe
from consult.domain.questionnaire import Problem, Question, Questionnaire
from consult.domain.questionnaire.checking import piped
from consult.domain.wording import Worded, direction
from consult.questions.base import Locale, said

WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def piping(locale: Locale, questionnaire: Questionnaire, answers: Answers) -> Locale:
    """The reader's language with the earlier answers that words may say: those of a route, so none that is hidden."""

    def say(pipe: Pipe, as_html: bool) -> str:
        worded = earlier_answer(pipe, locale, questionnaire, answers)
        if not worded:
            return html.escape(pipe.fallback) if as_html else pipe.fallback
        return locale.listed([_isolated(one) if as_html else one.text for one in worded])

    return replace(locale, piped=say)


def earlier_answer(pipe: Pipe, locale: Locale, questionnaire: Questionnaire, answers: Answers) -> list[Worded]:
    """The answer in words, one for each thing chosen; empty when there is none, or none that may be repeated."""
    question = questionnaire.question_by_key.get(pipe.key)
    if question is None or unrepeatable(question):
        return []
    from consult.questions import kind

    values = kind(question.kind).closed(question, answers.get(pipe.key, ()))
    if pipe.row:
        values = tuple(value for value in values if value.part == pipe.row)
    # Its own words may say answers of still earlier pages; these end at the first page.
    told = piping(locale, questionnaire, answers)
    if not pipe.row and any(value.part for value in values):
        found = [Worded(line, locale.language) for line in kind(question.kind).words(question, values, told)]
    else:
        found = [one for value in values for one in _said(question, value, told)]
    return [one for one in found if one.text.strip()]


def _said(question: Question, value: Value, locale: Locale) -> list[Worded]:
    """One thing that was answered, without the name of its row."""
    from consult.questions import kind

    option = question.option_by_key.get(value.choice or "")
    if option is not None:
        return [Worded(said(option.label, locale), option.label.to(locale.language).language)]
    if value.part and value.number is not None:
        return [Worded(locale.number(value.number), locale.language)]
    if value.part and value.text and WHOLE_DATE.fullmatch(value.text):
        return [Worded(locale.date(value.text), locale.language)]
    return [Worded(line, locale.language) for line in kind(question.kind).words(question, (value,), locale)]


def _isolated(worded: Worded) -> str:
    language = html.escape(worded.language)
    return f'<bdi lang="{language}" dir="{direction(worded.language)}">{html.escape(worded.text)}</bdi>'


def unrepeatable(question: Question) -> str:
    """Why its answer is never said again, as the end of a sentence; empty when it may be."""
    from consult.questions import kinds

    asked = kinds().get(question.kind)
    if asked is None or not asked.asks:
        return "has no answer"
    if question.personal or asked.personal:
        return "is personal and is never repeated"
    return "is answered in people’s own words, which are never repeated" if asked.free else ""


def problems(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Words that say an answer which may not be repeated."""
    for one in piped(questionnaire):
        if one.question is None or one.question.personal:
            continue  # reading refuses these
        if reason := unrepeatable(one.question):
            yield Problem(one.where, f"its words say the answer to “{one.pipe.key}”, which {reason}")


def repeated(question: Question, locale: Locale) -> tuple[str, ...]:
    """The earlier answers its words say, as they are said now: a kept drawing is good for these alone."""
    say = locale.piped
    return () if say is None else tuple(say(pipe, True) for pipe in pipes(question))


def pipes(question: Question) -> tuple[Pipe, ...]:
    """The earlier answers its words say; a question never changes, so they are found once and kept with it."""
    kept: tuple[Pipe, ...] | None = question.__dict__.get("_pipes")
    if kept is None:
        texts = (text for _place, wording in question.wordings() for text in wording.values() if "[[" in text)
        kept = question.__dict__["_pipes"] = tuple(dict.fromkeys(pipe for text in texts for pipe in markup.pipes(text)))
    return kept
