"""Signing in and out, and one's own password."""

from __future__ import annotations

from flask import Response, current_app, redirect, request

from consult import clock
from consult.accounts import actions, queries
from consult.accounts import sign_in as signing
from consult.accounts.access import account, current_account, safe_next, signed_in
from consult.accounts.passwords import DEMONSTRATION_PASSWORD, is_password
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import PasswordForm, PlainForm, SignInForm
from consult.domain.errors import Rejected
from consult.extensions import limiter
from consult.web.access import private
from consult.web.page import page, see_other
from consult.web.saving import saves

#: One sentence for everything that may be wrong, so that nobody learns who has an account.
NO_MATCH = "We do not know this email address and password together. Check both and try again."
TRIES_FROM_ONE_PLACE = "10 per minute; 60 per hour"
TRIES_AT_ONE_ACCOUNT = "10 per 15 minutes; 30 per hour"


def _asked_account() -> str:
    return f"account {request.form.get('email', '').strip().lower()[:254]}"


def _failed(response: Response) -> bool:
    return response.status_code == 422


@blueprint.get("/staff/sign-in")
@private
def sign_in() -> Response:
    """Ask who it is."""
    if current_account() is not None:
        return see_other(".my_work")
    return _sign_in_page(SignInForm(formdata=None))


@blueprint.post("/staff/sign-in")
@private
@limiter.limit(TRIES_FROM_ONE_PLACE, deduct_when=_failed)
@limiter.limit(TRIES_AT_ONE_ACCOUNT, key_func=_asked_account, deduct_when=_failed)
def save_sign_in() -> Response:
    """Let them in, or say the one neutral sentence."""
    form = SignInForm()
    if form.validate_on_submit():
        who = signing.find(form.email.data)
        if is_password(who, form.password.data) and who is not None and who.active:
            signing.enter(who)
            return redirect(safe_next(request.args.get("next")) or signing.STAFF + "/", 303)  # type: ignore[return-value]
        form.reject(Rejected("email", NO_MATCH))
    return _sign_in_page(form, status=422)


@blueprint.post("/staff/sign-out")
@signed_in
def sign_out() -> Response:
    """End the session."""
    PlainForm().validate()
    signing.leave()
    return see_other(".sign_in")


@blueprint.get("/staff/password")
@signed_in
def change_password() -> Response:
    """Ask for a new password."""
    return page(form=PasswordForm(formdata=None), borrowed=account().password_is_borrowed)


@blueprint.post("/staff/password")
@signed_in
@saves
def save_password() -> Response:
    """Keep it; everywhere else they are signed out."""
    form, who = PasswordForm(), account()
    if form.validate_on_submit():
        try:
            actions.change_password(who, old=form.old.data, new=form.new.data, now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            signing.enter(who)
            return see_other(".my_work")
    return page("change_password", status=422, form=form, borrowed=who.password_is_borrowed)


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    live = current_app.config["CONSULT"].production
    return page(
        "sign_in",
        status=status,
        form=form,
        next=safe_next(request.args.get("next")),
        demonstration=() if live else queries.demonstration_accounts(),
        password=DEMONSTRATION_PASSWORD,
    )
