"""Staff see who needs which format by when, and say how far it is."""

from __future__ import annotations

from datetime import date

from flask import Response, current_app, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.correspondence import actions, queries
from consult.correspondence.models import AWAITED, FormatRequest
from consult.correspondence.routes import blueprint
from consult.domain import more_time
from consult.domain.errors import Rejected
from consult.domain.lifecycle import day_of
from consult.web.forms import Form, LongText, Radios
from consult.web.page import page, see_other
from consult.web.saving import saves

#: What staff call what was asked for.
WHATS = {
    "large_print": "Large print",
    "easy_read": "Easy Read",
    "braille": "Braille",
    "audio": "Audio",
    "bsl": "British Sign Language",
    "language": "Another language",
    "other": "Something else",
}
#: And how far it is.
STATES = {
    "asked": "Asked",
    "in_hand": "Being made",
    "sent": "Sent",
    "cannot": "Cannot be sent, and the person was told",
    "closed": "Closed",
}


class SettleForm(Form):
    """How far a request is."""

    state = Radios(
        "How far is it?",
        choices=STATES.items(),
        hint="Closing it deletes how to reach the person.",
        missing="Choose how far it is",
    )
    notes = LongText("Notes", longest=4_000, rows=4, optional=True)


@blueprint.get("/staff/formats")
@signed_in
def format_requests() -> Response:
    """All of them, the most urgent first."""
    authorise("see_format_requests", None)
    return page(
        requests=queries.format_requests(groups_for("see_format_requests")),
        whats=WHATS,
        states=STATES,
        today=day_of(clock.now()),
    )


@blueprint.get("/staff/formats/<int:number>")
@signed_in
def format_request(number: int) -> Response:
    """One of them."""
    wish = _found(number, "see_format_requests")
    return _request_page(wish, SettleForm(formdata=None, state=wish.state, notes=wish.notes))


@blueprint.post("/staff/formats/<int:number>")
@signed_in
@saves
def save_format_state(number: int) -> Response:
    """Keep how far it is."""
    wish, form = _found(number, "settle_format_request"), SettleForm()
    if form.validate_on_submit():
        try:
            actions.settle_format_request(
                wish, state=form.state.data or "", notes=form.notes.data or "", by=account(), now=clock.now()
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            if wish.state == "sent" and wish.more_time_until:
                return see_other(".format_request", number=wish.id)
            return see_other(".format_requests")
    return _request_page(wish, form, status=422)


def _found(number: int, verb: str) -> FormatRequest:
    wish = queries.format_request(number)
    authorise(verb, wish)
    return wish


def _request_page(wish: FormatRequest, form: SettleForm, status: int = 200) -> Response:
    return page(
        "format_request",
        status=status,
        form=form,
        wish=wish,
        whats=WHATS,
        states=STATES,
        link=_more_time_link(wish),
        sending_now=_if_sent_now(wish),
    )


def _more_time_link(wish: FormatRequest) -> str:
    """What the person is given so that they may begin later; empty where they have no more time than everybody."""
    if wish.consultation is None or wish.more_time_until is None:
        return ""
    settings = current_app.config["CONSULT"]
    code = more_time.code(current_app.config["SECRET_KEY"], wish.consultation.id, wish.more_time_until)
    path = url_for("answering.more_time", slug=wish.consultation.slug, code=code)
    return (settings.site_url or request.url_root).rstrip("/") + path


def _if_sent_now(wish: FormatRequest) -> date | None:
    """Until when the person would have more time if it were sent today."""
    if (
        not wish.in_time
        or wish.state not in AWAITED
        or wish.consultation is None
        or wish.consultation.closes_at is None
    ):
        return None
    closes_on = day_of(wish.consultation.closes_at)
    return more_time.until(due_on=wish.due_on, closes_on=closes_on, sent_on=day_of(clock.now()))
