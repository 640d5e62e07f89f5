"""Questions on a page: the form of one stop, and its drawing, kept and filled.

The NHS macros cost 3–4 ms a question. A published question looks the same until a choice, a message or its hidden parts
change, so each look is drawn once with slots where typed text goes, kept, and filled for each request. Filled and drawn
directly are the same by construction: docs/decisions/0003-drawings-kept-by-their-state.md.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape
from wtforms.form import BaseForm

from consult.domain.answers import Answers
from consult.domain.journey import Stop
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.wording import Wording
from consult.questions import kind
from consult.questions.base import AnswerField, Component, Locale, hinted, spoken
from consult.questions.order import Shuffle
from consult.questions.piping import piping, repeated
from consult.web.drawn import Drawn, filled, taken_apart
from consult.web.nhsuk import nhsuk

MOST_KEPT = 4_096

_kept: OrderedDict[tuple[Any, ...], Drawn] = OrderedDict()
#: rows of grids, by everything that is drawn of them
_kept_rows: OrderedDict[str, Markup] = OrderedDict()


def page_form(
    stop: Stop,
    locale: Locale,
    *,
    answers: Answers,
    formdata: Any = None,
    questionnaire: Questionnaire | None = None,
    today: date | None = None,
    shuffle: Shuffle | None = None,
) -> BaseForm:
    """The form of one page, with what was typed or else what was kept; words may repeat earlier `answers`.

    `shuffle` gives everybody their own order where it is to be random; without it all stands as written.
    """
    if questionnaire is not None:
        locale = piping(locale, questionnaire, answers)
    form = BaseForm({question.key: kind(question.kind).field(question, locale) for question in stop.questions})
    kept = {question.key: values for question in stop.questions if (values := answers.get(question.key))}
    form.process(formdata, data=kept)
    for field in form:
        field.earlier, field.today, field.repeated = answers, today, repeated(field.question, locale)
        field.shuffle = shuffle
    return form


def draw_page(
    stop: Stop, form: BaseForm, *, revision: object = None, heading: bool = False, mark_optional: bool = False
) -> list[Markup]:
    """Every question of the page; drawings are kept only for a `revision`, which never changes."""
    return [
        draw_question(form[question.key], revision=revision, heading=heading, mark_optional=mark_optional)
        for question in stop.questions
    ]


def draw_question(
    field: AnswerField, *, revision: object = None, heading: bool = False, mark_optional: bool = False
) -> Markup:
    """One question as it stands now."""
    if revision is None or not field.keepable:
        component = field.component(heading=heading, mark_optional=mark_optional)
        return nhsuk(component.name, **component.params)
    key = (revision, field.question.key, field.locale.language, heading, mark_optional, field.state())
    drawn = _kept.get(key)
    if drawn is None:
        component = field.component(heading=heading, mark_optional=mark_optional, typed=_slot)
        drawn = taken_apart(_of_rows(component) if component.name == "grid" else _drawn(component))
        if component.name != "grid" or not (field.data or field.part_errors):
            _keep(_kept, key, drawn)
    else:
        _kept.move_to_end(key)
    return filled(drawn, field)


def _of_rows(grid: Component) -> Markup:
    """A grid of rows that are kept one by one: hardly two people answer all of them alike."""
    rows = [_row(one) if isinstance(one, Component) else one for one in grid.params["rows"]]
    return nhsuk(grid.name, **grid.params | {"rows": rows})


def _row(component: Component) -> Markup:
    key = repr(component)
    drawn = _kept_rows.get(key)
    if drawn is None:
        drawn = _drawn(component)
        _keep(_kept_rows, key, drawn)
    else:
        _kept_rows.move_to_end(key)
    return drawn


def _drawn(component: Component) -> Markup:
    return nhsuk(component.name, **component.params)


def _keep(kept: OrderedDict[Any, Any], key: Any, drawn: Any) -> None:
    kept[key] = drawn
    if len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _slot(suffix: str) -> str:
    return f"\ue000{suffix}\ue001"


@dataclass(frozen=True)
class Group:
    """Questions as they stand on the page, under the heading of their section if they have one."""

    questions: Sequence[Markup]
    key: str = ""
    title: Markup = Markup("")
    text: Markup = Markup("")


def draw_groups(stop: Stop, questions: Sequence[Markup], locale: Locale, *, titled: bool = False) -> list[Group]:
    """The drawn questions of the page by section; `titled`: the section's title is the page's own already."""
    groups, at = [], 0
    for section, asked in stop.groups:
        some = questions[at : at + len(asked)]
        at += len(asked)
        if section is None:
            groups.append(Group(some))
            continue
        title = Markup("") if titled else drawn(section.title, locale)
        groups.append(Group(some, section.key, title, drawn(section.text, locale, block=True)))
    return groups


def page_title(stop: Stop, questionnaire: Questionnaire) -> tuple[Wording, bool, bool]:
    """The words of the page's heading, and whether these are its only question's, or its only section's."""
    if stop.page.title:
        return stop.page.title, False, False
    section = stop.groups[0][0] if len(stop.groups) == 1 else None
    if section is not None and section.title:
        return section.title, False, True
    alone = asks_alone(stop)
    if alone is None or stop.page.text or (section is not None and section.text):
        return questionnaire.title, False, False
    return alone.text, True, False


def drawn(wording: Wording, locale: Locale, *, block: bool = False) -> Markup:
    """Authored words with their markup and earlier answers, marked with their language where they fell back."""
    words = hinted(wording, locale) if block else spoken(wording, locale, links=True)
    text = Markup(words["html"]) if "html" in words else escape(words["text"])
    if block and text and not text.startswith(("<p>", "<ul", "<ol")):
        text = Markup("<p>{}</p>").format(text)
    return _marked("div" if block else "span", words, text)


def plainly(wording: Wording, locale: Locale) -> Markup:
    """Authored words without their markup, marked with their language where they fell back."""
    words = spoken(wording, locale)
    return _marked("span", words, escape(words["text"]))


def _marked(tag: str, words: dict[str, Any], text: Markup) -> Markup:
    attributes = words.get("attributes")
    if not attributes or not text:
        return text
    return Markup('<{0} lang="{1[lang]}" dir="{1[dir]}">{2}</{0}>').format(tag, attributes, text)


def asks_alone(stop: Stop) -> Question | None:
    """The one question of a page that has just one, whose words are then the page's heading."""
    return stop.questions[0] if len(stop.questions) == 1 else None
