"""Check your answers, send, and the page at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _

from consult import limits
from consult.answering import queries
from consult.answering.actions import drop, equality, flood, receipts
from consult.answering.actions.urgent import Urgent
from consult.answering.holder import Gone, Holder, held_key, held_ticket, holder, load, take_cookie
from consult.answering.routes.blueprint import blueprint
from consult.answering.routes.pages import answering_language, gone, in_language
from consult.answering.telling import Worry, telling, worries
from consult.domain.journey import Route, walk
from consult.domain.questionnaire import Question
from consult.extensions import db, limiter
from consult.questions import kind
from consult.questions.base import said
from consult.questions.piping import piping
from consult.web.access import private
from consult.web.locale import autonym, current_language, current_locale
from consult.web.page import page, see_other
from consult.web.questions import plainly
from consult.web.saving import reading, saves


@blueprint.get("/consultations/<slug>/answer/check")
@private
def check(slug: str) -> Any:
    """Everything answered so far, with a way to change each answer."""
    found = holder(slug)
    if isinstance(found, Gone):
        return gone(found)
    return show_check(found, found.route)


@blueprint.post("/consultations/<slug>/answer/check")
@private
@limiter.limit(limits.SEND)
@saves
def send(slug: str) -> Any:
    """Send: the draft goes and the ballot comes in one transaction."""
    found = holder(slug)
    if isinstance(found, Gone):
        return gone(found)
    language = request.form.get("language", "")
    if language in found.revision.languages:
        keep_ticks(found)
        return in_language(language, url_for(".check", slug=slug))
    found.check_token()
    found.check_open()
    route = found.route
    if otherwise_on(request.form.get("day", ""), found, route):
        return show_check(found, route, status=422, another_day=True)
    if missing(route) or any(key in route.by_question for key in found.begun.typed):
        return show_check(found, route, status=422)
    answers = dict(route.answers)
    try:
        drop.submit(
            db.session,
            consultation_id=found.asked.id,
            draft_key=found.begun.key,
            label=drop.Label(
                revision=found.revision.id,
                language=answering_language(found),
                channel=found.begun.channel,
                segment=found.begun.segment,
                held=held(found, len(answers)),
            ),
            answers=answers,
            token_hash=found.begun.token_hash,
            day=found.today if found.revision.questionnaire.looks_at_today else None,
            read_today=urgent(route),
            today=found.today,
        )
    except drop.AlreadyAnswered:
        return page("already_answered", status=409, consultation=found.asked, token=found.token, sent_here=False)
    if not found.asked.equality:
        equality.add(db.session, draft_key=found.begun.key, answers=None)
        return see_other(".done", slug=slug)
    return see_other(".equality_gate", slug=slug)


def held(found: Holder, answered: int) -> str:
    """Why these answers are to be looked at before they are counted; load tests, which know no limits, are people."""
    settings = current_app.config["CONSULT"]
    if not settings.rate_limits:
        return ""
    return flood.reason(
        found.begun,
        answered=answered,
        trap=request.form.get(flood.TRAP_FIELD, ""),
        proof=request.form.get(flood.PROOF_FIELD, "") if settings.proof_of_work else None,
        token=found.token,
        now=found.now,
    )


def worried_by(route: Route) -> list[Worry]:
    """Words that the team may be asked to read today."""
    return worries(route.by_question.values(), route.answers)


def read_today() -> list[str]:
    """The words that are to be read today, by the names the form gives them."""
    return request.form.getlist("read_today")


def keep_ticks(found: Holder) -> None:
    """Keep in the draft what was ticked, while the page is read in another language."""
    ticked = tuple(one.name for one in worried_by(found.route) if one.name in read_today())
    if ticked != found.begun.read_today:
        found.check_token()
        found.check_open()
        found.save(replace(found.begun, read_today=ticked))


def urgent(route: Route) -> list[Urgent]:
    """The words that somebody asked to be read today, out of those that were offered."""
    chosen = read_today()
    return [Urgent(one.question, one.text) for one in worried_by(route) if one.name in chosen] if chosen else []


def otherwise_on(day: str, found: Holder, route: Route) -> bool:
    """Whether the page was drawn on another day, on which other questions were asked or other answers were dropped."""
    if day == found.today.isoformat() or not found.revision.questionnaire.looks_at_today:
        return False
    try:
        shown = walk(found.revision.questionnaire, found.begun.answers, today=date.fromisoformat(day))
    except ValueError:
        return False
    return shown.answers != route.answers or shown.by_question.keys() != route.by_question.keys()


def missing(route: Route) -> list[tuple[str, Question]]:
    """Needed answers that are not there, with their pages."""
    found = []
    for stop in route.stops:
        for question in stop.questions:
            asked_kind = kind(question.kind)
            if asked_kind.asks and asked_kind.errors(
                question, asked_kind.data(question, route.answers.get(question.key, ())), current_locale()
            ):
                found.append((stop.page.key, question))
    return found


def show_check(found: Holder, route: Route, *, status: int = 200, another_day: bool = False) -> Any:
    """Draw check-your-answers; `another_day`: since it was last drawn, the date has changed what is asked."""
    questionnaire = found.revision.questionnaire
    locale = piping(current_locale(), questionnaire, route.answers)
    slug = found.asked.slug
    rows: list[dict[str, Any]] = []
    for stop in route.stops:
        address = f"{url_for('.question_page', slug=slug, key=stop.page.key)}?from=check"
        for question in stop.questions:
            asked_kind = kind(question.kind)
            if not asked_kind.asks:
                continue
            inputs = asked_kind.inputs(question)
            anchor = f"{question.key}--{inputs[0]}" if inputs and inputs[0] else question.key
            rows.append(
                {
                    "key": question.key,
                    "text": plainly(question.text, locale),
                    "lines": asked_kind.words_to_check(question, route.answers.get(question.key, ()), locale),
                    "change": f"{address}#{anchor}",
                    "broken": question.key in found.begun.typed,
                }
            )
    lacking = [
        {
            "text": _("Answer this question before you send: %(question)s", question=said(question.text, locale)),
            "href": next(row["change"] for row in rows if row["key"] == question.key),
        }
        for _page, question in missing(route)
        if question.key not in found.begun.typed
    ]
    lacking += [
        {
            "text": _("Check this answer before you send: %(question)s", question=row["text"].striptags()),
            "href": row["change"],
        }
        for row in rows
        if row["broken"]
    ]
    lost = [questionnaire.question_by_key[key] for key in route.dropped if key in questionnaire.question_by_key]
    changed = _(
        "The date has changed since you last saw this page, and with it what we ask you. "
        "Check your answers again, then send them."
    )
    return page(
        "check",
        status=status,
        consultation=found.asked,
        rows=rows,
        problems=[{"text": changed, "href": "#answers"}] if another_day else lacking if status == 422 else [],
        unfinished=bool(lacking),
        telling=[
            {
                "called": _(one.called),
                "piece": one.piece,
                "row": next(row for row in rows if row["key"] == one.question),
            }
            for one in telling(route)
        ],
        worries=[
            {
                "name": one.name,
                "text": one.text,
                "chosen": one.name in (read_today() if request.method == "POST" else found.begun.read_today),
                "question": next(row["text"] for row in rows if row["key"] == one.question),
            }
            for one in worried_by(route)
        ],
        dropped=[plainly(one.text, locale) for one in lost if one.key not in route.by_question],
        partly=[plainly(one.text, locale) for one in lost if one.key in route.by_question],
        day=found.today,
        token=found.token,
        trap=flood.TRAP_FIELD,
        proof=flood.PROOF_FIELD if current_app.config["CONSULT"].proof_of_work else "",
        proof_bits=flood.PROOF_BITS,
        invited=found.begun.token_hash is not None,
        back=url_for(".question_page", slug=slug, key=route.stops[-1].page.key)
        if route.stops
        else url_for(".begin", slug=slug),
        answer_languages=[(one, autonym(one)) for one in found.revision.languages if one != current_language()],
        page_name="check",
    )


@blueprint.get("/consultations/<slug>/answer/done")
@private
def done(slug: str) -> Any:
    """What happens next; tell me what happened; answer for someone else; a receipt."""
    consultation = load(slug)
    key = held_key(consultation.id)
    state = queries.ballot_state(reading(), key) if key else None
    if key is None or state is None:
        return see_other(".begin", slug=slug)
    return page(consultation=consultation, state=state, receipt=receipts.shown(key), page_name="done")


@blueprint.post("/consultations/<slug>/answer/done")
@private
@limiter.limit(limits.TAKE_BACK)
@saves
def take_back(slug: str) -> Any:
    """Take the answers back while they wait to be counted, or let this browser forget them."""
    consultation = load(slug)
    key = held_key(consultation.id)
    if key is None:
        return see_other(".begin", slug=slug)
    if request.form.get("forget"):
        return take_cookie(see_other("consultations.show", slug=slug), consultation.id)
    ticket, freed = held_ticket(consultation.id), False
    if ticket is None:
        taken = receipts.take_back(db.session, receipts.shown(key))
    else:
        taken, freed = receipts.take_back_invited(
            db.session, receipts.shown(key), consultation_id=consultation.id, ticket=ticket
        )
    answer = page("taken_back", status=200 if taken else 409, consultation=consultation, taken=taken, freed=freed)
    return take_cookie(answer, consultation.id) if taken else answer
