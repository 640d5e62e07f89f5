"""Asking not to be invited any more: the link at the foot of every invitation."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from consult import limits
from consult.domain.errors import Missing
from consult.extensions import db, limiter
from consult.invitations import actions, queries
from consult.invitations.models import Invitation
from consult.invitations.routes.blueprint import blueprint
from consult.web.access import private
from consult.web.page import page
from consult.web.saving import saves


def _invitation(token: str) -> Invitation:
    found = queries.invitation_by_link(db.session, token)
    if found is None:
        raise Missing(_("If you typed the address, check that it is right."))
    return found


@blueprint.get("/i/<token>/stop")
@private
@limiter.limit(limits.INVITATION)
def stop_inviting(token: str) -> Any:
    """Ask first, since mail programs open links by themselves."""
    found = _invitation(token)
    return page("no_more_invitations" if found.state == "opted_out" else None, token=token)


@blueprint.post("/i/<token>/stop")
@private
@limiter.limit(limits.WRITE_TO_US)
@saves
def no_more_invitations(token: str) -> Any:
    """Write to them no more."""
    actions.opt_out(db.session, _invitation(token), secret=current_app.config["SECRET_KEY"])
    return page()
