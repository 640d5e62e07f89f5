"""A link in a letter: choose a password, for somebody invited or somebody who forgot theirs."""

from __future__ import annotations

import time
from typing import Any

from flask import Response, current_app, request

from consult import clock
from consult.accounts import actions
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import ChooseForm, EmailForm, InvitedForm
from consult.domain.errors import Rejected
from consult.extensions import limiter
from consult.jobs import saving
from consult.jobs.post import post_of
from consult.web.access import private
from consult.web.page import page, see_other
from consult.web.saving import saves

LETTERS_FROM_ONE_PLACE = "5 per 15 minutes; 20 per hour"
#: Counted for every address alike, whether anybody has it or not.
LETTERS_TO_ONE_ADDRESS = "3 per 15 minutes; 6 per hour"
#: How long the answer takes, in seconds: longer than writing a letter, so that nobody learns who has an account.
ANSWERED_AFTER = 0.3


def _asked_address() -> str:
    return f"letter {request.form.get('email', '').strip().lower()[:254]}"


@blueprint.get("/staff/forgotten")
@private
def forgotten() -> Response:
    """Ask where to write to."""
    return page(form=EmailForm(formdata=None), sends=post_of(current_app.config["CONSULT"]) is not None)


@blueprint.post("/staff/forgotten")
@private
@limiter.limit(LETTERS_FROM_ONE_PLACE)
@limiter.limit(LETTERS_TO_ONE_ADDRESS, key_func=_asked_address)
def write_letter() -> Response:
    """A letter waits to be sent, if anybody has this address; the answer is the same for all, and so is its time."""
    form, begun = EmailForm(), time.monotonic()
    if form.validate_on_submit():
        with saving():
            actions.ask_for_password(form.email.data or "", now=clock.now())
        time.sleep(max(0.0, begun + ANSWERED_AFTER - time.monotonic()))
        return see_other(".letter_written")
    return page("forgotten", status=422, form=form, sends=post_of(current_app.config["CONSULT"]) is not None)


@blueprint.get("/staff/forgotten/sent")
@private
def letter_written() -> Response:
    """What to do now."""
    return page()


@blueprint.get("/staff/choose-password/<secret>")
@private
def choose_password(secret: str) -> Response:
    """Ask for it."""
    letter = actions.opened(secret, now=clock.now())
    form = _form(letter.kind)(formdata=None)
    return page(form=form, secret=secret, kind=letter.kind, email=actions.whose(letter).email)


@blueprint.post("/staff/choose-password/<secret>")
@private
@limiter.limit(LETTERS_FROM_ONE_PLACE)
@saves
def save_chosen_password(secret: str) -> Response:
    """Keep it; they sign in with it next."""
    letter = actions.opened(secret, now=clock.now())
    form: Any = _form(letter.kind)()
    if form.validate_on_submit():
        name = form.name.data if "name" in form else ""
        try:
            actions.choose_password(letter, name=name or "", password=form.password.data, now=clock.now())
        except Rejected as rejected:
            rejected.field = "password" if rejected.field == "new" else rejected.field
            form.reject(rejected)
        else:
            return see_other(".sign_in")
    return page(
        "choose_password",
        status=422,
        form=form,
        secret=secret,
        kind=letter.kind,
        email=actions.whose(letter).email,
    )


def _form(kind: str) -> type[ChooseForm]:
    return InvitedForm if kind == "invitation" else ChooseForm
