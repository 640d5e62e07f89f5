"""Somebody with a private link sees the draft questions and says what they think of them: no account, no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consult import clock, limits
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Missing
from consult.domain.journey import Stop
from consult.domain.questionnaire import Page, Questionnaire
from consult.extensions import limiter
from consult.questions.base import said
from consult.studio.actions import link as links
from consult.studio.actions import remark as actions
from consult.studio.models import ReviewLink
from consult.studio.queries import links as queries
from consult.studio.queries import parts
from consult.studio.queries.parts import Part
from consult.studio.routes import blueprint
from consult.web.access import private
from consult.web.forms import LongText, PublicForm, Text
from consult.web.locale import catalogues, current_locale
from consult.web.page import page, see_other
from consult.web.questions import draw_groups, draw_page, drawn, page_form, plainly
from consult.web.saving import saves

#: The field that nobody sees; whatever fills it in is no person, and nothing of it is kept.
TRAP = "web-site"
#: How a box is named: this and the key of its question; no key of a question has a hyphen.
ON = "on-"
#: Boxes without a question: the page, and all of it.
PAGE, WHOLE = "page-remark", "whole-remark"


def unlisted(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that no search engine may list."""

    @wraps(view)
    def answered(*arguments: Any, **named: Any) -> Response:
        response = make_response(view(*arguments, **named))
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answered


@blueprint.get("/look/<code>")
@private
@limiter.limit(limits.INVITATION)
@unlisted
def look(code: str) -> Any:
    """What this is, the pages of questions, and a box for all of it."""
    link = found(code, "look")
    if not links.works(link, clock.now()):
        return over(link)
    return _overview(link, code, _form({WHOLE: _whole()})(formdata=None))


@blueprint.post("/look/<code>")
@private
@limiter.limit(limits.WRITE_TO_US)
@unlisted
@saves
def save_look(code: str) -> Any:
    """Keep a remark on the whole."""
    link = found(code, "look")
    if not links.works(link, clock.now()):
        return over(link)
    form = _form({WHOLE: _whole()})()
    if not form.validate_on_submit():
        return _overview(link, code, form, status=422)
    return _kept(link, code, form, {WHOLE: parts.part(link.consultation, "whole", "")}, at=0)


@blueprint.get("/look/<code>/<int:number>")
@private
@limiter.limit(limits.INVITATION)
@unlisted
def look_at_questions(code: str, number: int) -> Any:
    """One page of questions, all of it shown, with a box for each question."""
    link = found(code, "look")
    if not links.works(link, clock.now()):
        return over(link)
    questionnaire, asked = _asked(link.consultation, number)
    return _questions(link, code, questionnaire, asked, number, _form(_boxes(asked))(formdata=None))


@blueprint.post("/look/<code>/<int:number>")
@private
@limiter.limit(limits.WRITE_TO_US)
@unlisted
@saves
def save_look_at_questions(code: str, number: int) -> Any:
    """Keep what was said; words about a question that has gone meanwhile are kept with the whole."""
    link = found(code, "look")
    if not links.works(link, clock.now()):
        return over(link)
    questionnaire, asked = _asked(link.consultation, number)
    there = {(one.kind, one.name): one for one in parts.parts(link.consultation)}
    whole = there["whole", ""]
    gone = [name for name in request.form if name.startswith(ON) and name not in _boxes(asked)][: len(asked.questions)]
    form = _form(_boxes(asked) | {name: _box("") for name in gone})()
    if not form.validate_on_submit():
        return _questions(link, code, questionnaire, asked, number, form, status=422)
    about = {f"{ON}{one.key}": there["question", one.key] for one in asked.questions}
    about |= {PAGE: there["page", asked.key]} | {
        name: there.get(("question", name.removeprefix(ON)), whole) for name in gone
    }
    return _kept(link, code, form, about, at=number)


@blueprint.get("/look/<code>/thanks")
@private
@unlisted
def looked(code: str) -> Any:
    """We have it; on to the next page, if there is one."""
    link = found(code, "look")
    if not links.works(link, clock.now()):
        return over(link)
    at = request.args.get("after", 0, type=int)
    questionnaire = parts.questionnaire_of(link.consultation)
    more = questionnaire is not None and 0 <= at < len(questionnaire.pages)
    return page(consultation=link.consultation, code=code, onward=at + 1 if more else None, languages=())


def found(code: str, purpose: str) -> ReviewLink:
    """The link with this code, working or not; raises Missing."""
    link = queries.by_hash(links.hash_of(code), purpose)
    if link is None:
        raise Missing(_("If you typed the address, check that it is right."))
    return link


def over(link: ReviewLink) -> Response:
    """A plain page that says so."""
    is_public = lifecycle.phase(link.consultation, clock.now()) in lifecycle.PUBLIC
    return page("link_over", status=410, consultation=link.consultation if is_public else None, languages=())


def offered(consultation: Consultation) -> list[str]:
    """The languages of the draft that our own words are in."""
    return [one for one in catalogues() if one in consultation.languages]


def _asked(consultation: Consultation, number: int) -> tuple[Questionnaire, Page]:
    questionnaire = parts.questionnaire_of(consultation)
    if questionnaire is None or not 1 <= number <= len(questionnaire.pages):
        raise Missing(_("If you typed the address, check that it is right."))
    return questionnaire, questionnaire.pages[number - 1]


def _box(label: Any) -> LongText:
    return LongText(label, longest=actions.LONGEST_REMARK, rows=3, optional=True, marked=False)


def _whole() -> LongText:
    return _box(_l("What do you think of the questions as a whole?"))


def _boxes(asked: Page) -> dict[str, LongText]:
    """A box for each question of a page, and one for the page."""
    locale = current_locale()
    boxes = {
        f"{ON}{question.key}": _box(_("What do you think of this question? “%(question)s”", question=words))
        for question in asked.questions
        if (words := said(question.text, locale))
    }
    return boxes | {PAGE: _box(_l("Anything else about this page"))}


def _form(boxes: dict[str, LongText]) -> type[PublicForm]:
    """The boxes, a name if they like, and the trap."""
    name = Text(
        _l("Your name"),
        hint=_l("Only if you like. Those who write the questions see it."),
        longest=120,
        optional=True,
        autocomplete="name",
    )
    return type("LookForm", (PublicForm,), {**boxes, "your-name": name})


def _kept(link: ReviewLink, code: str, form: PublicForm, about: dict[str, Part], *, at: int) -> Any:
    if not request.form.get(TRAP, "").strip():
        for name, part in about.items():
            if name in form and form[name].data:
                actions.remark_with_link(
                    link, part, words=form[name].data, signed=form["your-name"].data or "", now=clock.now()
                )
    return see_other(".looked", code=code, after=at)


def _overview(link: ReviewLink, code: str, form: PublicForm, status: int = 200) -> Response:
    questionnaire, locale = parts.questionnaire_of(link.consultation), current_locale()
    return page(
        "look",
        status=status,
        form=form,
        fields=[form[WHOLE], form["your-name"]],
        consultation=link.consultation,
        code=code,
        trap=TRAP,
        titles=[plainly(one.title, locale) for one in questionnaire.pages] if questionnaire else [],
        languages=offered(link.consultation),
    )


def _questions(
    link: ReviewLink,
    code: str,
    questionnaire: Questionnaire,
    asked: Page,
    number: int,
    form: PublicForm,
    status: int = 200,
) -> Response:
    stop, locale = Stop(asked, asked.questions), current_locale()
    shown = page_form(stop, locale, answers={}, questionnaire=questionnaire)
    return page(
        "look_at_questions",
        status=status,
        form=form,
        fields=[field for field in form if field.name != "csrf_token"],
        consultation=link.consultation,
        code=code,
        trap=TRAP,
        asked_page=asked,
        number=number,
        count=len(questionnaire.pages),
        heading=drawn(asked.title, locale),
        title=said(asked.title, locale),
        text=drawn(asked.text, locale, block=True),
        groups=draw_groups(stop, draw_page(stop, shown, mark_optional=True), locale),
        onward=url_for(".look_at_questions", code=code, number=number + 1) if number < len(questionnaire.pages) else "",
        languages=offered(link.consultation) if request.method == "GET" else (),
    )
