"""Staff see who needs which format by when, and say how far it is."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.correspondence import actions, queries
from consult.correspondence.models import FormatRequest
from consult.correspondence.routes import blueprint
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
STATES = {"asked": "Asked", "in_hand": "In hand", "sent": "Sent", "closed": "Closed"}


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
            return see_other(".format_requests")
    return _request_page(wish, form, status=422)


def _found(number: int, verb: str) -> FormatRequest:
    wish = queries.format_request(number)
    authorise(verb, wish)
    return wish


def _request_page(wish: FormatRequest, form: SettleForm, status: int = 200) -> Response:
    return page("format_request", status=status, form=form, wish=wish, whats=WHATS, states=STATES)
