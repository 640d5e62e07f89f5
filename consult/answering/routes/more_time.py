"""Somebody who got another format late may begin after closing, by a link that is the same for all with that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _

from consult import clock
from consult.answering.asked import Asked
from consult.answering.holder import Holder, holder, load
from consult.answering.routes.begin import about, begin_here, revision_for, show_begun
from consult.answering.routes.blueprint import blueprint
from consult.domain import lifecycle
from consult.domain import more_time as extension
from consult.domain.errors import Missing
from consult.extensions import limiter
from consult.web.access import private
from consult.web.page import page
from consult.web.saving import saves


def day_given(consultation: Asked, code: str) -> date:
    """Until when the holder of this link has; raises Missing for a link that is not ours."""
    day = extension.read(current_app.config["SECRET_KEY"], consultation.id, code)
    if day is None:
        raise Missing(_("If you typed the address, check that it is right."))
    return day


def held(consultation: Asked) -> tuple[str, datetime | None]:
    """The code in this request and until when it gives time; nothing of either where there is none of ours."""
    code = request.args.get("more_time", "")[:40]
    day = extension.read(current_app.config["SECRET_KEY"], consultation.id, code)
    return (code, extension.moment(day)) if day else ("", None)


@blueprint.get("/consultations/<slug>/more-time/<code>")
@private
@limiter.limit("60/minute")
def more_time(slug: str, code: str) -> Any:
    """Until when they have, and where to begin."""
    consultation = load(slug)
    day, now = day_given(consultation, code), clock.now()
    revision, phase = revision_for(consultation), lifecycle.phase(consultation, now)
    if not lifecycle.accepts_beginning(consultation, now, until=extension.moment(day)):
        return page("not_open", consultation=consultation, phase=phase, languages=revision.languages)
    return page(**about(consultation, revision), code=code, until=day)


@blueprint.post("/consultations/<slug>/more-time/<code>")
@private
@limiter.limit("30/minute;300/hour")
@saves
def start_with_more_time(slug: str, code: str) -> Any:
    """Begin, or give answers that are begun already the time to be sent."""
    consultation = load(slug)
    until, now = extension.moment(day_given(consultation, code)), clock.now()
    found = holder(slug)
    if isinstance(found, Holder) and lifecycle.accepts_beginning(consultation, now, until=until):
        found = found.save(replace(found.begun, until=until))
    invited = found.begun if isinstance(found, Holder) else None
    return begin_here(
        consultation,
        begun=lambda held: show_begun(held, again=url_for(".start_with_more_time", slug=slug, code=code)),
        segment=invited.segment if invited else "",
        ticket=invited.token_hash if invited else None,
        until=until,
    )
