"""One page of a questionnaire as people would see it while it is written: any language, any state, any width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from flask import Response, g, request
from flask_babel import force_locale
from markupsafe import Markup

from consult.accounts.access import signed_in
from consult.consultations.models import Consultation
from consult.domain.answers import Answers
from consult.domain.errors import Missing
from consult.domain.journey import Stop
from consult.domain.questionnaire import Page, Problem, Question, Questionnaire, grouped
from consult.domain.questionnaire.reading import read_unfinished
from consult.questions import kinds, settings
from consult.questions.base import said
from consult.studio.actions import edit as acts
from consult.studio.routes import blueprint
from consult.studio.routes.writing import drafted
from consult.web.locale import locale_of
from consult.web.page import page
from consult.web.questions import draw_page, drawn, page_form

#: How wide a page is shown: as a name in the address, and in words.
WIDTHS = {"wide": "As wide as here", "tablet": "As on a tablet", "phone": "As on a phone"}


@dataclass(frozen=True)
class Shown:
    """Questions under one heading, each as it looks, or with what still has to be mended before it can be shown."""

    title: Markup
    text: Markup
    questions: list[tuple[str, Markup | None, list[str]]]


@blueprint.get("/staff/consultations/<slug>/write/preview/<key>")
@signed_in
def preview_page(slug: str, key: str) -> Response:
    """One page, with every part of it that may be hidden; with invented answers where they are asked for."""
    consultation = drafted(slug)
    number = request.args.get("state", type=int)
    definition = acts.earlier(consultation, number).definition if number else acts.state(consultation).definition
    questionnaire, _problems = read_unfinished(definition)
    asked = questionnaire.page_by_key.get(key)
    if asked is None:
        raise Missing("There is no such page in the questionnaire.")
    languages = list(dict.fromkeys((*questionnaire.languages, *consultation.languages)))
    language = request.args.get("language", "")
    language = g.language = language if language in languages else questionnaire.language
    draw = request.args.get("invented", 0, type=int) or 0
    width = request.args.get("width", "")
    keys = [one.key for one in questionnaire.pages]
    at = keys.index(key)
    with force_locale(language.replace("-", "_")):
        locale = locale_of(language)
        return page(
            consultation=consultation,
            asked=asked,
            number=at + 1,
            count=len(keys),
            earlier=keys[at - 1] if at else None,
            later=keys[at + 1] if at + 1 < len(keys) else None,
            language=language,
            others=[one for one in languages if one != language],
            languages=(),
            state=number,
            invented=draw,
            width=width if width in WIDTHS else "wide",
            widths=WIDTHS,
            title=said(asked.title, locale),
            heading=drawn(asked.title, locale),
            text=drawn(asked.text, locale, block=True),
            groups=_groups(consultation, questionnaire, asked, definition, language, draw),
        )


def _groups(
    consultation: Consultation,
    questionnaire: Questionnaire,
    asked: Page,
    definition: acts.Definition,
    language: str,
    draw: int,
) -> list[Shown]:
    problems = read_unfinished(definition)[1]
    wrong = {one.key: found for one in questionnaire.questions if (found := _wrong(one, problems))}
    locale = locale_of(language)
    shown: list[Shown] = []
    answers = _invented(questionnaire, asked, wrong, f"{consultation.slug} {draw}") if draw else {}
    for section, questions in grouped(asked.questions):
        good = tuple(one for one in questions if one.key not in wrong)
        stop = Stop(asked, good)
        form = page_form(stop, locale, answers=answers, questionnaire=questionnaire)
        looks = dict(zip((one.key for one in good), draw_page(stop, form, mark_optional=True), strict=True))
        shown.append(
            Shown(
                drawn(section.title, locale) if section else Markup(),
                drawn(section.text, locale, block=True) if section else Markup(),
                [(said(one.text, locale) or one.key, looks.get(one.key), wrong.get(one.key, [])) for one in questions],
            )
        )
    return shown


def _invented(questionnaire: Questionnaire, until: Page, wrong: dict[str, list[str]], seed: str) -> Answers:
    """Answers to this page and those before it, the same each time for a seed."""
    random, found = Random(seed), {}
    for one in questionnaire.pages:
        for question in one.questions:
            if question.key not in wrong and kinds()[question.kind].asks:
                found[question.key] = tuple(kinds()[question.kind].invent(question, random))
        if one.key == until.key:
            break
    return found


def _wrong(question: Question, problems: Sequence[Problem]) -> list[str]:
    """Why it cannot be shown yet."""
    where = f"question {question.key}"
    found = [one.sentence for one in problems if one.where == where or one.where.startswith((f"{where},", f"{where}:"))]
    if question.kind not in kinds():
        return [*found, f"“{question.kind}” is not a kind of question"]
    asked = kinds()[question.kind]
    return found + asked.problems(question) + list(settings.problems(asked, question))
