"""One's own account: where one is signed in, and a second factor."""

from __future__ import annotations

import segno
from flask import Response, session
from markupsafe import Markup

from consult import clock
from consult.accounts import queries, sessions
from consult.accounts import second_factor as codes
from consult.accounts.access import account, needs_second_factor, signed_in
from consult.accounts.actions import second_factor as acts
from consult.accounts.routes import blueprint
from consult.accounts.routes.forms import CodeForm, OwnForm, PlainForm, SignInNameForm
from consult.domain.errors import Missing, NotNow, Rejected
from consult.domain.wording import Wording
from consult.web.page import page, see_other
from consult.web.saving import saves

#: The key that is being set up, until a code has proven it: sealed in the session.
BEING_SET_UP = "second_factor"


@blueprint.get("/staff/sign-ins")
@signed_in
def sign_ins() -> Response:
    """Every browser in which somebody is signed in."""
    return _sign_ins_page(SignInNameForm(formdata=None))


@blueprint.post("/staff/sign-ins/name")
@signed_in
@saves
def name_sign_in() -> Response:
    """Call this browser something."""
    form, here = SignInNameForm(), sessions.here(account())
    if form.validate_on_submit() and here is not None:
        here.name = form.name.data or ""
        return see_other(".sign_ins")
    return _sign_ins_page(form, status=422)


@blueprint.post("/staff/sign-ins/<int:number>/end")
@signed_in
@saves
def end_sign_in(number: int) -> Response:
    """Sign out there."""
    PlainForm().validate()
    if number not in {one.id for one in sessions.of(account())}:
        raise Missing("You are not signed in there any more.")
    sessions.end(account(), number=number)
    return see_other(".sign_ins")


@blueprint.post("/staff/sign-ins/end")
@signed_in
@saves
def end_other_sign_ins() -> Response:
    """Sign out everywhere else."""
    PlainForm().validate()
    sessions.end(account(), but=sessions.here(account()))
    return see_other(".sign_ins")


@blueprint.get("/staff/second-factor")
@signed_in
def second_factor() -> Response:
    """Set it up with an app, or look after it."""
    return _factor_page(None)


@blueprint.post("/staff/second-factor")
@signed_in
@saves
def save_second_factor() -> Response:
    """Take it, once a code has shown that the app has its key."""
    form = CodeForm()
    key = _key()
    if form.validate_on_submit():
        try:
            made = acts.set_up(account(), key=key, code=form.code.data or "", now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            session.pop(BEING_SET_UP, None)
            return page("written_codes", codes=made)
    return _factor_page(form, status=422)


@blueprint.post("/staff/second-factor/codes")
@signed_in
@saves
def renew_codes() -> Response:
    """Ten new codes to write down."""
    form = OwnForm()
    if form.validate_on_submit():
        try:
            return page(
                "written_codes", codes=acts.renew_codes(account(), password=form.password.data, now=clock.now())
            )
        except Rejected as rejected:
            form.reject(rejected)
    return _factor_page(form, status=422)


@blueprint.post("/staff/second-factor/remove")
@signed_in
@saves
def remove_second_factor() -> Response:
    """Without it again."""
    form = OwnForm()
    if form.validate_on_submit():
        try:
            acts.take_away(account(), password=form.password.data, now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".second_factor")
    return _factor_page(form, status=422)


def _key() -> bytes:
    """The key that is being set up; another one where there is none yet."""
    sealed = session.get(BEING_SET_UP)
    key = codes.unseal(sealed) if sealed else None
    if key is None:
        key = codes.new_key()
        session[BEING_SET_UP] = codes.seal(key)
    return key


def _factor_page(form: CodeForm | OwnForm | None, status: int = 200) -> Response:
    who = account()
    if who.totp is not None:
        own = form if isinstance(form, OwnForm) else OwnForm(formdata=None)
        return page(
            "second_factor",
            status=status,
            form=own,
            has=True,
            left=acts.left(who),
            needed=needs_second_factor(who),
            picture=Markup(""),
            typed="",
        )
    if isinstance(form, OwnForm):
        raise NotNow("This account has no second factor.")
    key = _key()
    issuer = Wording(queries.organisation().name).to("en").text
    return page(
        "second_factor",
        status=status,
        form=form or CodeForm(formdata=None),
        has=False,
        left=0,
        needed=needs_second_factor(who),
        picture=_picture(codes.address(key, email=who.email, issuer=issuer)),
        typed=codes.typed(key),
    )


def _picture(address: str) -> Markup:
    """A QR code, drawn in the page itself: nobody else is asked for it."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff", svgclass=None, lineclass=None)
    return Markup(drawn.replace("<svg", '<svg role="img" aria-label="Code for the app"', 1))  # noqa: S704  drawn by us


def _sign_ins_page(form: SignInNameForm, status: int = 200) -> Response:
    here = sessions.here(account())
    if status == 200 and here is not None:
        form.name.data = here.name
    return page("sign_ins", status=status, form=form, listed=sessions.of(account()), here=here)
