"""The start page, beginning, and what to do when this browser has begun already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from consult import clock, limits
from consult.answering import asked, drafts
from consult.answering.asked import Asked, RevisionAsked
from consult.answering.holder import Gone, Holder, day_here, give_cookie, held_key, holder, load
from consult.answering.routes.blueprint import blueprint
from consult.answering.tickets import tickets
from consult.domain import lifecycle
from consult.domain.errors import Missing, NotNow
from consult.domain.journey import walk
from consult.extensions import db, limiter
from consult.web.access import cache_at_most, private, public
from consult.web.locale import current_language
from consult.web.page import page, see_other
from consult.web.saving import reading, saves


def revision_for(consultation: Asked) -> RevisionAsked:
    """The questionnaire that a new answer begins with."""
    found = asked.current_revision(reading(), consultation.id)
    if found is None:
        raise Missing
    return found


@blueprint.get("/consultations/<slug>/answer")
@public()
def begin(slug: str) -> Any:
    """How long it takes, how answers are used, what makes this anonymous and what does not, where to get help now."""
    consultation = load(slug)
    now = clock.now()
    phase = lifecycle.phase(consultation, now)
    cache_at_most(lifecycle.seconds_until_change([consultation], now))
    revision = revision_for(consultation)
    if phase is not lifecycle.Phase.OPEN:
        return page("not_open", consultation=consultation, phase=phase, languages=revision.languages)
    if consultation.invited_only:
        return page("invited_only", consultation=consultation, languages=revision.languages)
    return page(**about(consultation, revision), invites=tickets().invites(reading(), consultation.id))


def about(consultation: Asked, revision: RevisionAsked) -> dict[str, Any]:
    """What a start page tells before somebody begins."""
    return {
        "consultation": consultation,
        "questionnaire": revision.questionnaire,
        "minutes": revision.minutes,
        "any_required": revision.any_required,
        "personal": any(question.personal for question in revision.questionnaire.questions),
        "languages": revision.languages,
    }


@blueprint.post("/consultations/<slug>/answer")
@private
@limiter.limit(limits.BEGIN)
@saves
def start(slug: str) -> Any:
    """Begin: only now is there a draft and a cookie."""
    consultation = load(slug)
    if consultation.invited_only and request.form.get("again") == "1":
        found = holder(slug)
        if isinstance(found, Holder) and found.begun.token_hash is not None:
            return begin_here(consultation, segment=found.begun.segment, ticket=found.begun.token_hash)
    return begin_here(consultation, begun=lambda _found: see_other(".begun_already", slug=slug))


def begin_here(
    consultation: Asked,
    *,
    begun: Callable[[Holder], Any] | None = None,
    segment: str = "",
    ticket: str | None = None,
    until: datetime | None = None,
) -> Any:
    """Begin in this browser, for somebody invited with their part of the list and their ticket, or with more time.

    Where only the invited may answer, nobody begins without a ticket. Where answers are begun already, `begun` asks
    what is to become of them, unless that was asked (`again`).
    """
    now = clock.now()
    if consultation.invited_only and ticket is None:
        languages = revision_for(consultation).languages
        return page("invited_only", folder="answering", status=403, consultation=consultation, languages=languages)
    if begun is not None and held_key(consultation.id) is not None and request.form.get("again") != "1":
        found = holder(consultation.slug)
        if isinstance(found, Holder) and found.begun.answers:
            return begun(found)
    if not lifecycle.accepts_beginning(consultation, now, until=until):
        raise NotNow(_("This consultation is not open, so answers cannot be begun now."))
    revision = revision_for(consultation)
    earlier = held_key(consultation.id)
    if earlier is not None:
        drafts.delete(db.session, earlier, consultation.id)
    fresh = drafts.begin(
        db.session,
        consultation_id=consultation.id,
        revision=revision.id,
        language=answer_language(revision),
        segment=segment,
        token_hash=ticket,
        now=now,
        until=until,
    )
    step = see_other_step(consultation.slug, first_step(revision, day_here(now)))
    return give_cookie(step, consultation.id, fresh.key, ticket=ticket)


@blueprint.get("/consultations/<slug>/answer/begun")
@private
def begun_already(slug: str) -> Any:
    """Somebody began on this browser: carry on, or start again without their answers."""
    found = holder(slug)
    if isinstance(found, Gone):
        return see_other(".begin", slug=slug)
    return show_begun(found, again=url_for("answering.start", slug=slug))


def show_begun(found: Holder, *, again: str) -> Any:
    """Draw what to do with answers that are begun; `again` is where to start anew."""
    slug = found.asked.slug
    ahead = next((stop for stop in found.route.stops if stop.page.key not in found.begun.seen), None)
    carry_on = (
        url_for("answering.question_page", slug=slug, key=ahead.page.key)
        if ahead
        else url_for("answering.check", slug=slug)
    )
    return page(
        "begun_already",
        folder="answering",
        consultation=found.asked,
        carry_on=carry_on,
        again=again,
        languages=found.revision.languages,
    )


def answer_language(revision: RevisionAsked) -> str:
    """The language somebody answers in: the page's, if the questionnaire is offered in it, else its own."""
    language = current_language()
    return language if language in revision.languages else revision.questionnaire.language


def first_step(revision: RevisionAsked, today: date) -> str:
    """The first page there is something on."""
    stops = walk(revision.questionnaire, {}, today=today).stops
    return stops[0].page.key if stops else "check"


def see_other_step(slug: str, step: str, **values: Any) -> Any:
    """Redirect to a page of the questionnaire, or to check-your-answers."""
    if step == "check":
        return see_other("answering.check", slug=slug, **values)
    return see_other("answering.question_page", slug=slug, key=step, **values)
