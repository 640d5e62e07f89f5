"""Signing in and out, and one's own password."""

from __future__ import annotations

from flask import Response, current_app, redirect, request

from consult import clock
from consult.accounts import actions, queries, sessions
from consult.accounts import sign_in as signing
from consult.accounts.access import account, current_account, safe_next, signed_in
from consult.accounts.actions import second_factor
from consult.accounts.models import Account
from consult.accounts.passwords import DEMONSTRATION_PASSWORD, is_password
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import CodeForm, PasswordForm, PlainForm, SignInForm
from consult.domain.errors import Rejected
from consult.extensions import db, limiter
from consult.jobs import saving
from consult.web.access import private
from consult.web.page import page, see_other
from consult.web.saving import saves

#: One sentence for everything that may be wrong, so that nobody learns who has an account.
NO_MATCH = "We do not know this email address and password together. Check both and try again."
TRIES_FROM_ONE_PLACE = "10 per minute; 60 per hour"
TRIES_AT_ONE_ACCOUNT = "10 per 15 minutes; 30 per hour"
#: Of a million codes three are right at any time.
CODES_OF_ONE_ACCOUNT = "5 per 15 minutes; 10 per hour"


def _asked_account() -> str:
    return f"account {request.form.get('email', '').strip().lower()[:254]}"


def _waiting_account() -> str:
    who = signing.waiting(now=clock.now())
    return f"code {who.id if who is not None else 0}"


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
            if who.totp is not None:
                signing.wait_for_code(who, now=clock.now())
                return see_other(".second_step", next=safe_next(request.args.get("next")))
            return _entered(who)
        form.reject(Rejected("email", NO_MATCH))
    return _sign_in_page(form, status=422)


@blueprint.get("/staff/sign-in/code")
@private
def second_step() -> Response:
    """Ask for the code of whoever has given their password."""
    if signing.waiting(now=clock.now()) is None:
        return see_other(".sign_in")
    return page(form=CodeForm(formdata=None), next=safe_next(request.args.get("next")))


@blueprint.post("/staff/sign-in/code")
@private
@limiter.limit(TRIES_FROM_ONE_PLACE, deduct_when=_failed)
@limiter.limit(CODES_OF_ONE_ACCOUNT, key_func=_waiting_account, deduct_when=_failed)
def save_second_step() -> Response:
    """Let them in by it; every code works once."""
    form, who = CodeForm(), signing.waiting(now=clock.now())
    if who is None:
        return see_other(".sign_in")
    if form.validate_on_submit():
        with saving():
            # Locked, so that a code given twice at once is used once.
            here = db.session.get_one(Account, who.id, populate_existing=True, with_for_update=True)
            right = second_factor.passes(here, form.code.data, now=clock.now())
        if right:
            return _entered(here)
        form.reject(Rejected("code", "This is not the code that the app shows now, or it has been used already."))
    return page("second_step", status=422, form=form, next=safe_next(request.args.get("next")))


@blueprint.post("/staff/sign-out")
@signed_in
@saves
def sign_out() -> Response:
    """End the session."""
    PlainForm().validate()
    here = sessions.here(account())
    if here is not None:
        sessions.end(account(), number=here.id)
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
            sessions.end(who)
            signing.enter(who, now=clock.now())
            return see_other(".my_work")
    return page("change_password", status=422, form=form, borrowed=who.password_is_borrowed)


def _entered(who: Account) -> Response:
    """Their session begins; the lock for it is taken only now, as a password takes its time."""
    number = who.id
    with saving():
        signing.enter(db.session.get_one(Account, number), now=clock.now())
    return redirect(safe_next(request.args.get("next")) or signing.STAFF + "/", 303)  # type: ignore[return-value]


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
