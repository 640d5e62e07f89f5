"""Questions on a page: the form of one stop, and its drawing, kept and filled.

The NHS macros cost 3–4 ms a question. A published question looks the same until a choice, a message or its hidden parts
change, so each look is drawn once with slots where typed text goes, kept, and filled for each request. Filled and drawn
directly are the same by construction: docs/decisions/0003-drawings-kept-by-their-state.md.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

from markupsafe import Markup, escape
from wtforms.form import BaseForm

from consult.domain.answers import Answers
from consult.domain.journey import Stop
from consult.domain.questionnaire import Question
from consult.questions import kind
from consult.questions.base import AnswerField, Locale
from consult.web.nhsuk import nhsuk

SLOT = re.compile("\ue000([^\ue001]*)\ue001")
MOST_KEPT = 4_096

Drawn = tuple[str, ...]
_kept: OrderedDict[tuple[Any, ...], Drawn] = OrderedDict()


def page_form(stop: Stop, locale: Locale, *, answers: Answers, formdata: Any = None) -> BaseForm:
    """The form of one page, with what was typed or else what was kept."""
    form = BaseForm({question.key: kind(question.kind).field(question, locale) for question in stop.questions})
    form.process(formdata, data=answers)
    for field in form:
        field.earlier = answers
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
    if revision is None:
        component = field.component(heading=heading, mark_optional=mark_optional)
        return nhsuk(component.name, **component.params)
    key = (revision, field.question.key, field.locale.language, heading, mark_optional, field.state())
    drawn = _kept.get(key)
    if drawn is None:
        component = field.component(heading=heading, mark_optional=mark_optional, typed=_slot)
        drawn = tuple(SLOT.split(nhsuk(component.name, **component.params)))
        _kept[key] = drawn
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(key)
    if len(drawn) == 1:
        return Markup(drawn[0])
    return Markup("".join(escape(field.typed(part)) if at % 2 else part for at, part in enumerate(drawn)))


def _slot(suffix: str) -> str:
    return f"\ue000{suffix}\ue001"


def asks_alone(stop: Stop) -> Question | None:
    """The one question of a page that has just one, whose words are then the page's heading."""
    return stop.questions[0] if len(stop.questions) == 1 else None
