"""“Tell me what happened”: apart from answering, and saved only when asked."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from consult import limits
from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.extensions import db, limiter
from consult.invitations import actions
from consult.invitations.models import Subscriber
from consult.invitations.routes.blueprint import blueprint
from consult.web.access import private, public
from consult.web.forms import PublicForm, Text
from consult.web.locale import current_language
from consult.web.page import page
from consult.web.saving import saves


class TellMeForm(PublicForm):
    """Where to write to."""

    email = Text(
        _l("Your email address"),
        kind="email",
        autocomplete="email",
        longest=254,
        hint=_l("We use it only to tell you what was published about this consultation."),
        missing=_l("Enter your email address"),
    )


def _consultation(slug: str) -> Consultation:
    found = db.session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None or found.state not in ("approved", "reported"):
        raise Missing(_("If you typed the address, check that it is right."))
    return found


@blueprint.get("/consultations/<slug>/tell-me")
@public()
def tell_me(slug: str) -> Any:
    """Ask for an e-mail address."""
    return page(consultation=_consultation(slug), form=TellMeForm(formdata=None))


@blueprint.post("/consultations/<slug>/tell-me")
@private
@limiter.limit(limits.WRITE_TO_US)
@saves
def save_tell_me(slug: str) -> Any:
    """Keep the address, apart from everything else."""
    consultation, form = _consultation(slug), TellMeForm(request.form)
    if not form.validate():
        return page("tell_me", status=422, consultation=consultation, form=form)
    actions.ask_to_be_told(
        db.session, consultation_id=consultation.id, email=form.email.data, language=current_language()
    )
    return page("will_tell", consultation=consultation)


@blueprint.get("/tell-me/stop/<token>")
@private
def stop_telling(token: str) -> Any:
    """Ask before forgetting, since mail programs open links by themselves."""
    if actions.subscriber_of(token, current_app.config["SECRET_KEY"]) is None:
        raise Missing(_("If you typed the address, check that it is right."))
    return page(token=token)


@blueprint.post("/tell-me/stop/<token>")
@private
@saves
def stopped(token: str) -> Any:
    """Forget the address."""
    number = actions.subscriber_of(token, current_app.config["SECRET_KEY"])
    if number is None:
        raise Missing(_("If you typed the address, check that it is right."))
    known = db.session.get(Subscriber, number)
    if known is not None:
        actions.stop(db.session, number)
    return page("stopped")
