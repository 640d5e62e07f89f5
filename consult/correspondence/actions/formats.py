"""A format is asked for, staff say what becomes of the wish, and a late one gives the person more time to answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import exists, select

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.correspondence.models import AWAITED, STATES, WHATS, FormatRequest
from consult.domain import lifecycle, more_time
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import Phase, day_of, working_days_after
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: How many working days somebody waits at most, unless the settings say otherwise.
WITHIN = 10
#: Asked in one of these phases, the last count waits until the person has it.
IN_TIME = frozenset({Phase.COMING, Phase.OPEN, Phase.PAUSED})


def ask_for_format(
    *,
    what: str,
    details: str,
    reach: str,
    consultation: Consultation | None,
    now: datetime,
    within: int = WITHIN,
) -> FormatRequest:
    """Somebody asks for another format or language; it is due `within` so many working days."""
    if what not in WHATS:
        raise Rejected("what", _("Choose what you need"))
    if what in ("language", "other") and not details.strip():
        raise Rejected("details", _("Say which language or format you need"))
    if not reach.strip():
        raise Rejected("reach", _("Say how we can reach you"))
    today = day_of(now)
    request = FormatRequest(
        what=what,
        details=details.strip(),
        reach=reach.strip(),
        consultation=consultation,
        asked_on=today,
        due_on=working_days_after(today, within),
        in_time=consultation is not None and lifecycle.phase(consultation, now) in IN_TIME,
    )
    db.session.add(request)
    db.session.flush()
    if consultation is not None:
        _wait_or_not(consultation)
    return request


def settle_format_request(request: FormatRequest, *, state: str, notes: str, by: Account | None, now: datetime) -> None:
    """Staff say how far it is; sent late it gives the person more time, and closing it forgets how to reach them."""
    if state not in STATES:
        raise Rejected("state", "Choose how far this is")
    if request.state == "closed":
        raise NotNow("This request is closed: we no longer know how to reach the person.")
    if state == "closed" and request.in_time and request.state in AWAITED:
        raise Rejected("state", "Say first that it was sent, or cannot be sent: a late one gives the person more time")
    was, request.state, request.notes = request.state, state, notes.strip()
    consultation = request.consultation
    if consultation is not None and was not in AWAITED and lifecycle.answers_over(consultation, now):
        # The last answers may be counted already: waiting again would hold back what is known to everybody.
        request.in_time = False
    if state == "sent" and was in AWAITED:
        request.sent_on = day_of(now)
        request.more_time_until = _give_more_time(request, now) or request.more_time_until
    if state == "closed":
        request.reach = ""
        request.closed_on = day_of(now)
    db.session.flush()
    if consultation is not None:
        _wait_or_not(consultation)
    more = f", more time until {request.more_time_until:%d %B %Y}" if request.more_time_until else ""
    record(by, "settle_format_request", request, now=now, note=state + (more if state == "sent" else ""))


def _give_more_time(request: FormatRequest, now: datetime) -> date | None:
    """Until when the person may begin, kept at the consultation alone as the last such day."""
    consultation = request.consultation
    if consultation is None or consultation.closes_at is None or not request.in_time:
        return None
    # Both: a withdrawn one takes nothing more, and of one that is over the box may be empty for good.
    if lifecycle.answers_over(consultation, now) or request.sent_on is None:
        return None
    day = more_time.until(due_on=request.due_on, closes_on=day_of(consultation.closes_at), sent_on=request.sent_on)
    if day is None:
        return None
    moment = more_time.moment(day)
    if consultation.extended_until is None or consultation.extended_until < moment:
        consultation.extended_until = moment
    return day


def _wait_or_not(consultation: Consultation) -> None:
    """Say at the consultation whether somebody still waits, so that the last count waits too."""
    waiting = select(
        exists().where(
            FormatRequest.consultation_id == consultation.id,
            FormatRequest.in_time.is_(True),
            FormatRequest.state.in_(AWAITED),
        )
    )
    consultation.format_awaited = bool(db.session.scalar(waiting))
    db.session.flush()
