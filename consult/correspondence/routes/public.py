"""Ask for another format or language: without an account, and without a trace of who asked when."""

from __future__ import annotations

from flask import Response, current_app, request
from flask_babel import lazy_gettext as _l

from consult import clock, limits
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.correspondence import actions
from consult.correspondence.routes import blueprint
from consult.domain.errors import Missing, Rejected
from consult.extensions import limiter
from consult.web.access import private, public
from consult.web.forms import LongText, PublicForm, Radios
from consult.web.page import page, see_other
from consult.web.saving import saves

WHATS = (
    ("large_print", _l("Large print")),
    ("easy_read", _l("Easy Read: short sentences with pictures")),
    ("braille", _l("Braille")),
    ("audio", _l("Audio")),
    ("bsl", _l("British Sign Language (BSL)")),
    ("language", _l("Another language")),
    ("other", _l("Something else")),
)


class FormatForm(PublicForm):
    """What somebody needs and how to reach them."""

    what = Radios(_l("What do you need?"), choices=WHATS, missing=_l("Choose what you need"))
    details = LongText(
        _l("Tell us more"),
        hint=_l("Which language, which document, which size of print, or anything else that helps us get it right."),
        longest=2_000,
        rows=4,
        optional=True,
    )
    reach = LongText(
        _l("How can we reach you?"),
        hint=_l("An email address, a telephone number or a postal address is enough."),
        longest=500,
        rows=3,
        missing=_l("Say how we can reach you"),
    )


@blueprint.get("/formats")
@public()
def ask_for_format() -> Response:
    """The form."""
    return page(form=FormatForm(formdata=None), consultation=_consultation())


@blueprint.post("/formats")
@private
@limiter.limit(limits.WRITE_TO_US)
@saves
def save_format_request() -> Response:
    """Keep the request and say thank you."""
    form, consultation = FormatForm(), _consultation()
    if form.validate_on_submit():
        try:
            actions.ask_for_format(
                what=form.what.data or "",
                details=form.details.data or "",
                reach=form.reach.data or "",
                consultation=consultation,
                now=clock.now(),
                within=current_app.config["CONSULT"].answer_days,
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".asked_for_format")
    return page("ask_for_format", status=422, form=form, consultation=consultation)


@blueprint.get("/formats/thanks")
@public()
def asked_for_format() -> Response:
    """Thank you."""
    return page()


def _consultation() -> Consultation | None:
    slug = request.args.get("consultation", "")[:80]
    if not slug:
        return None
    try:
        return consultations.public_by_slug(slug, clock.now())
    except Missing:
        return None
