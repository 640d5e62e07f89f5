"""The pages of a questionnaire: every Continue saves."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from wtforms.form import BaseForm

from consult import limits
from consult.answering.holder import Gone, Holder, holder
from consult.answering.routes.begin import see_other_step
from consult.answering.routes.blueprint import blueprint
from consult.answering.routes.help import help_on
from consult.domain.answers import Values
from consult.domain.journey import Route, Stop
from consult.extensions import limiter
from consult.questions import kind
from consult.questions.base import AnswerField, said
from consult.questions.piping import piping
from consult.web.access import private
from consult.web.locale import autonym, current_language, current_locale
from consult.web.page import page, see_other
from consult.web.questions import draw_groups, draw_page, drawn, page_form, page_title
from consult.web.saving import saves


@blueprint.get("/consultations/<slug>/answer/<key>")
@private
def question_page(slug: str, key: str) -> Any:
    """One page of questions with the answers so far."""
    found = holder(slug)
    if isinstance(found, Gone):
        return gone(found)
    route = found.route
    stop = route.stop(key)
    if stop is None:
        return see_other_step(slug, nearest(route, key))
    form = form_of(found, route, stop)
    for field in form:
        put_back(field, found.begun.typed.get(field.name))
    return show(found, route, stop, form)


@blueprint.post("/consultations/<slug>/answer/<key>")
@private
@limiter.limit(limits.PAGE)
@saves
def save_page(slug: str, key: str) -> Any:
    """Save the page and go on: to the next page, to check-your-answers, or to another language."""
    found = holder(slug)
    if isinstance(found, Gone):
        return gone(found)
    found.check_token()
    found.check_open()
    before = found.route
    stop = before.stop(key)
    if stop is None:
        return see_other_step(slug, nearest(before, key))
    form = form_of(found, before, stop, formdata=request.form)
    language = request.form.get("language", "")
    leaves = language in found.revision.languages
    if not form.validate() and not leaves and "finish" not in request.form and "later" not in request.form:
        return show(found, before, stop, form, status=422)
    found = keep(found, stop, form, language=language if leaves else "")
    route = found.route
    if leaves:
        return in_language(language, url_for(".question_page", slug=slug, key=key, **coming_from()))
    if "later" in request.form:
        return see_other(".save_for_later", slug=slug)
    if "finish" in request.form:
        return see_other_step(slug, "check")
    return see_other_step(slug, *onward(before, route, key))


def form_of(found: Holder, route: Route, stop: Stop, formdata: Any = None) -> BaseForm:
    """The form of a page, its words with the answers so far."""
    return page_form(
        stop,
        current_locale(),
        answers=route.answers,
        formdata=formdata,
        questionnaire=found.revision.questionnaire,
        today=found.today,
        shuffle=found.shuffle,
    )


def keep(found: Holder, stop: Stop, form: BaseForm, *, language: str = "") -> Holder:
    """Put the page's answers into the draft; what could not be accepted is kept as typed."""
    answers: dict[str, Values] = dict(found.begun.answers)
    typed = dict(found.begun.typed)
    for field in form:
        answers.pop(field.name, None)
        typed.pop(field.name, None)
        if field.part_errors and any(any(one for one in texts) for texts in field.data.values()):
            typed[field.name] = {suffix: list(texts) for suffix, texts in field.data.items()}
        elif values := field.values:
            answers[field.name] = values
    # An answer that is hidden now stays in the draft: it comes back when the way leads there again.
    begun = found.begun.with_answers(answers, typed)
    seen = begun.seen if stop.page.key in begun.seen else (*begun.seen, stop.page.key)
    from dataclasses import replace

    return found.save(replace(begun, seen=seen, language=language or answering_language(found)))


def answering_language(found: Holder) -> str:
    """The language of the page they are on, if the questionnaire is offered in it."""
    language = current_language()
    return language if language in found.revision.languages else found.begun.language


def onward(before: Route, after: Route, key: str) -> tuple[str, ...]:
    """The next step; from check-your-answers back to it, unless the change opened new questions."""
    if request.args.get("from") == "check":
        opened = [
            stop.page.key
            for stop in after.stops
            if any(question.key not in before.by_question and kind(question.kind).asks for question in stop.questions)
        ]
        return (opened[0] if opened else "check",)
    following = after.after(key)
    return (following.page.key if following else "check",)


def coming_from() -> dict[str, Any]:
    """Keeps "from check" in an address."""
    return {"from": "check"} if request.args.get("from") == "check" else {}


def nearest(route: Route, key: str) -> str:
    """Where to go from a page that is not on somebody's way: the next that is, else check-your-answers."""
    following = route.after(key)
    return following.page.key if following else "check"


def in_language(language: str, address: str) -> Any:
    """Redirect to the same step in another language."""
    from flask import current_app, make_response, redirect

    site = current_app.config["BABEL_DEFAULT_LOCALE"]
    path = address.removeprefix(request.script_root)
    return make_response(redirect(path if language == site else f"/{language}{path}", 303))


def put_back(field: AnswerField, typed: dict[str, list[str]] | None) -> None:
    """What was typed but not accepted stands in the field again, with its message."""
    if typed:
        field.data = typed
        field.validate(None)


def show(found: Holder, route: Route, stop: Stop, form: BaseForm, *, status: int = 200) -> Any:
    """Draw a page of questions."""
    questionnaire, revision = found.revision.questionnaire, found.revision
    locale = piping(current_locale(), questionnaire, route.answers)
    title, heading, titled = page_title(stop, questionnaire)
    questions = draw_page(stop, form, revision=revision.token, heading=heading, mark_optional=revision.any_required)
    earlier = route.before(stop.page.key)
    if request.args.get("from") == "check":
        back = url_for(".check", slug=found.asked.slug)
    elif earlier is None:
        back = url_for(".begin", slug=found.asked.slug)
    else:
        back = url_for(".question_page", slug=found.asked.slug, key=earlier.page.key)
    return page(
        "question_page",
        status=status,
        consultation=found.asked,
        title=said(title, locale),
        heading=None if heading else drawn(title, locale),
        text=drawn(stop.page.text, locale, block=True),
        groups=draw_groups(stop, questions, locale, titled=titled),
        form=form,
        help=help_on(route, stop, revision),
        token=found.token,
        action=url_for(".save_page", slug=found.asked.slug, key=stop.page.key, **coming_from()),
        back=back,
        answer_languages=[(one, autonym(one)) for one in found.revision.languages if one != current_language()],
    )


def gone(found: Gone) -> Any:
    """Without an open draft: to done when the answers were sent, else say what may have happened."""
    if found.state is not None:
        return see_other(".done", slug=found.asked.slug)
    return page("lost", status=409 if request.method == "POST" else 404, consultation=found.asked)
