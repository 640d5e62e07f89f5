"""A format is asked for, and staff say what becomes of the wish."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.correspondence.models import STATES, WHATS, FormatRequest
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import day_of, working_days_after
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: How many working days somebody waits at most.
WITHIN = 10


def ask_for_format(
    *, what: str, details: str, reach: str, consultation: Consultation | None, now: datetime
) -> FormatRequest:
    """Somebody asks for another format or language; it is due within ten working days."""
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
        due_on=working_days_after(today, WITHIN),
    )
    db.session.add(request)
    db.session.flush()
    return request


def settle_format_request(request: FormatRequest, *, state: str, notes: str, by: Account | None, now: datetime) -> None:
    """Staff say how far it is; closing it forgets how to reach the person."""
    if state not in STATES:
        raise Rejected("state", "Choose how far this is")
    if request.state == "closed":
        raise NotNow("This request is closed: we no longer know how to reach the person.")
    request.state, request.notes = state, notes.strip()
    if state == "closed":
        request.reach = ""
        request.closed_on = day_of(now)
    record(by, "settle_format_request", request, now=now, note=state)
