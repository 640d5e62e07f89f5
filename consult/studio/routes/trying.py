"""Somebody with a private link answers a draft as it would be asked; what they said so far travels sealed in the form.

Nothing of it is kept before they send it at the end: no cookie, no row.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.form import BaseForm

from consult import clock, limits
from consult.answering.seal import DoesNotOpen, derived, open_bytes, padded, seal_bytes, unpadded
from consult.domain.answers import Values, pack, unpack
from consult.domain.errors import Missing, NotNow, Rejected
from consult.domain.journey import Route, Stop, walk
from consult.domain.lifecycle import day_of
from consult.domain.questionnaire import Questionnaire
from consult.extensions import limiter
from consult.questions.base import said
from consult.questions.piping import piping
from consult.studio.actions import link as links
from consult.studio.actions import try_out as actions
from consult.studio.models import ReviewLink
from consult.studio.queries import parts
from consult.studio.routes import blueprint
from consult.studio.routes.looking import TRAP, found, offered, over, unlisted
from consult.web.access import private
from consult.web.forms import LongText, PublicForm, Text
from consult.web.locale import autonym, catalogues, current_language, current_locale
from consult.web.page import page, see_other
from consult.web.questions import draw_groups, draw_page, drawn, page_form, page_title
from consult.web.saving import saves

#: Sealed forms come in few lengths, so that a proxy learns little of what was answered.
SIZES = (2_048, 8_192, 32_768)
#: The fields of a page that are ours; no key of a question has a hyphen.
SO_FAR, AT, BACK, STAY = "so-far", "at-page", "go-back", "same-page"
#: Stands for the page after the last.
END = "-"


@dataclass(frozen=True)
class SoFar:
    """What was answered, and when it was begun."""

    answers: dict[str, Values]
    began: datetime


class EndForm(PublicForm):
    """What they say of it at the end."""

    remark = LongText(
        _l("What was hard to understand or to answer? What was missing?"),
        longest=actions.LONGEST_REMARK,
        rows=5,
        optional=True,
    )
    minutes = Text(
        _l("How many minutes did it take you?"),
        hint=_l("We have put in the time since you began. Change it if you did something else in between."),
        longest=20,
        width=4,
        optional=True,
    )


@blueprint.get("/try/<code>")
@private
@limiter.limit(limits.INVITATION)
@unlisted
def try_out(code: str) -> Any:
    """What this is, and where it begins."""
    link = found(code, "try")
    if not links.works(link, clock.now()):
        return over(link)
    return page(consultation=link.consultation, code=code, languages=offered(link.consultation))


@blueprint.post("/try/<code>")
@private
@limiter.limit(limits.PAGE)
@unlisted
def answer_on_trial(code: str) -> Any:
    """Begin, go on, or go back: the page that comes, with all that was said so far in it."""
    link = found(code, "try")
    if not links.works(link, clock.now()):
        return over(link)
    questionnaire = _draft(link)
    if SO_FAR not in request.form:
        so_far = SoFar({}, clock.now())
        return _show(link, code, questionnaire, so_far, _first(_route(questionnaire, so_far)))
    so_far = _opened(link, request.form[SO_FAR])
    at = request.form.get(AT, "")
    if at == END:
        return _from_the_end(link, code, questionnaire, so_far)
    route = _route(questionnaire, so_far)
    stop = route.stop(at)
    if stop is None:
        return _show(link, code, questionnaire, so_far, route.after(at))
    form = _page_form(questionnaire, route, stop, formdata=request.form)
    if STAY in request.form:
        return _show(link, code, questionnaire, so_far, stop, form=form)
    if not form.validate() and BACK not in request.form:
        return _show(link, code, questionnaire, so_far, stop, form=form, status=422)
    so_far = _with(so_far, form)
    route = _route(questionnaire, so_far)
    following = route.before(at) or stop if BACK in request.form else route.after(at)
    return _show(link, code, questionnaire, so_far, following)


@blueprint.post("/try/<code>/send")
@private
@limiter.limit(limits.SEND)
@unlisted
@saves
def send_trial(code: str) -> Any:
    """Keep the answers of the trial and what was said about it."""
    link = found(code, "try")
    if not links.works(link, clock.now()):
        return over(link)
    questionnaire = _draft(link)
    so_far = _opened(link, request.form.get(SO_FAR, ""))
    form = EndForm()
    if form.validate_on_submit():
        try:
            if not request.form.get(TRAP, "").strip():
                actions.keep_trial(
                    link,
                    questionnaire,
                    answers=dict(_route(questionnaire, so_far).kept),
                    remark=form.remark.data or "",
                    minutes=form.minutes.data or "",
                    language=current_language(),
                    now=clock.now(),
                )
        except Rejected as rejected:
            form.reject(Rejected(rejected.field, _("Enter the minutes as a number, such as 12")))
        except NotNow:
            raise NotNow(_("Enough people have tried this out. Thank you for being ready to.")) from None
        else:
            return see_other(".tried", code=code)
    return _end(link, code, so_far, form=form, status=422)


@blueprint.get("/try/<code>/thanks")
@private
@unlisted
def tried(code: str) -> Any:
    """Thank you."""
    link = found(code, "try")
    return page(consultation=link.consultation, languages=()) if links.works(link, clock.now()) else over(link)


def _draft(link: ReviewLink) -> Questionnaire:
    questionnaire = parts.questionnaire_of(link.consultation)
    if questionnaire is None:
        raise Missing(_("If you typed the address, check that it is right."))
    return questionnaire


def _route(questionnaire: Questionnaire, so_far: SoFar) -> Route:
    return walk(questionnaire, so_far.answers, today=day_of(clock.now()))


def _first(route: Route) -> Stop | None:
    return route.stops[0] if route.stops else None


def _with(so_far: SoFar, form: BaseForm) -> SoFar:
    """With the good answers of a page; one that was emptied is gone."""
    answers = dict(so_far.answers)
    for field in form:
        answers.pop(field.name, None)
        if not field.part_errors and field.values:
            answers[field.name] = field.values
    return replace(so_far, answers=answers)


def _from_the_end(link: ReviewLink, code: str, questionnaire: Questionnaire, so_far: SoFar) -> Response:
    stops = _route(questionnaire, so_far).stops
    if BACK in request.form and stops:
        return _show(link, code, questionnaire, so_far, stops[-1])
    return _end(link, code, so_far, form=EndForm())


def _page_form(questionnaire: Questionnaire, route: Route, stop: Stop, formdata: Any = None) -> BaseForm:
    return page_form(
        stop,
        current_locale(),
        answers=route.answers,
        formdata=formdata,
        questionnaire=questionnaire,
        today=day_of(clock.now()),
    )


def _show(
    link: ReviewLink,
    code: str,
    questionnaire: Questionnaire,
    so_far: SoFar,
    stop: Stop | None,
    *,
    form: BaseForm | None = None,
    status: int = 200,
) -> Response:
    """A page of questions, or the end where no page follows."""
    if stop is None:
        return _end(link, code, so_far)
    route = _route(questionnaire, so_far)
    form = form if form is not None else _page_form(questionnaire, route, stop)
    locale = piping(current_locale(), questionnaire, route.answers)
    title, heading, titled = page_title(stop, questionnaire)
    any_required = any(question.required for question in questionnaire.questions)
    return page(
        "answer_on_trial",
        status=status,
        form=form if status == 422 else None,
        consultation=link.consultation,
        code=code,
        title=said(title, locale),
        heading=None if heading else drawn(title, locale),
        text=drawn(stop.page.text, locale, block=True),
        groups=draw_groups(
            stop, draw_page(stop, form, heading=heading, mark_optional=any_required), locale, titled=titled
        ),
        so_far=_sealed(link, so_far),
        at=stop.page.key,
        earlier=route.before(stop.page.key) is not None,
        languages=(),
        elsewhere=_elsewhere(link),
    )


def _end(link: ReviewLink, code: str, so_far: SoFar, *, form: EndForm | None = None, status: int = 200) -> Response:
    if form is None:
        minutes = max(1, round((clock.now() - so_far.began).total_seconds() / 60))
        form = EndForm(formdata=None, data={"minutes": str(min(minutes, actions.MOST_MINUTES))})
    return page(
        "end_trial",
        status=status,
        form=form,
        consultation=link.consultation,
        code=code,
        so_far=_sealed(link, so_far),
        trap=TRAP,
        languages=(),
        elsewhere=_elsewhere(link),
    )


def _elsewhere(link: ReviewLink) -> list[tuple[str, str, str]]:
    """The same page in other languages: (language, its name, where its form goes)."""
    site = current_app.config["BABEL_DEFAULT_LOCALE"]
    path = request.path.removesuffix("/send")
    others = [one for one in catalogues() if one in offered(link.consultation) and one != current_language()]
    return [(one, autonym(one), path if one == site else f"/{one}{path}") for one in others]


def _sealed(link: ReviewLink, so_far: SoFar) -> str:
    """What was said so far, as only this site reads it, and only for this link."""
    data = json.dumps({"answers": pack(so_far.answers), "began": so_far.began.isoformat(timespec="minutes")})
    return base64.urlsafe_b64encode(seal_bytes(_key(link), padded(data.encode(), SIZES))).decode()


def _opened(link: ReviewLink, sealed: str) -> SoFar:
    try:
        data = json.loads(unpadded(open_bytes(_key(link), base64.urlsafe_b64decode(sealed.encode()))))
    except (DoesNotOpen, ValueError):
        raise NotNow(_("We could not read what you answered so far. Please begin again from the link.")) from None
    return SoFar(unpack(data["answers"]), datetime.fromisoformat(data["began"]))


def _key(link: ReviewLink) -> bytes:
    return derived(current_app.config["SECRET_KEY"].encode(), f"trial {link.code_hash}".encode())
