"""The one place that sees both who is invited and what is answered.

What crosses here is a consultation, the part of a list and a ticket, on their way into a sealed draft; and, at each
sweep, the tickets that were spent. No answer comes back.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Flask, current_app, request, url_for
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from consult import clock, limits
from consult.answering import queries as answers
from consult.answering.asked import Asked
from consult.answering.holder import held_key, held_ticket, load
from consult.answering.models import Spent
from consult.answering.routes.begin import about, begin_here, revision_for, show_begun
from consult.answering.routes.more_time import held
from consult.answering.tickets import Tickets, fill
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Missing
from consult.extensions import db, limiter
from consult.invitations import queries
from consult.invitations.links import who
from consult.invitations.models import ContactList, Invitation, OptOut
from consult.web.access import private
from consult.web.page import page, see_other
from consult.web.saving import saves

INVITATIONS = Invitation.__table__
SPENT = Spent.__table__

# Built once: every start page asks it.
_INVITES = (
    select(ContactList.id)
    .where(ContactList.consultation_id == bindparam("consultation"), ContactList.state == "kept")
    .limit(1)
)
blueprint = Blueprint("doors", __name__)
#: What an invitation's address ends with, as it may be typed by hand.
TOKEN = re.compile(r"[A-Za-z0-9-]{10,80}")


def register(app: Flask) -> None:
    """Bind the pages, and say what becomes of tickets."""
    app.register_blueprint(blueprint)
    fill(Tickets(may_be_spent=may_be_spent, mark=mark, free=free, invites=invites))


def may_be_spent(session: Session, ticket: str) -> bool:
    """Whether it is the ticket of an invitation that no sweep has marked as answered."""
    state = session.execute(select(INVITATIONS.c.state).where(INVITATIONS.c.ticket == ticket)).scalar()
    return state is not None and state != "answered"


def mark(session: Session, consultation_id: int) -> None:
    """Mark the invitations of a consultation that were answered since its last sweep, and empty `Spent` of them.

    In the order of their random keys, so that the table remembers no other. Tickets whose invitation was deleted
    meanwhile go too.
    """
    spent = select(SPENT.c.token_hash, INVITATIONS.c.id).outerjoin(
        INVITATIONS, INVITATIONS.c.ticket == SPENT.c.token_hash
    )
    found = session.execute(
        spent.where((INVITATIONS.c.consultation_id == consultation_id) | INVITATIONS.c.id.is_(None))
    ).all()
    answered = sorted(row.id for row in found if row.id is not None)
    if answered:
        session.execute(
            update(INVITATIONS).where(INVITATIONS.c.id == bindparam("invitation")).values(state="answered", wanted=""),
            [{"invitation": invitation} for invitation in answered],
        )
    if found:
        session.execute(
            delete(SPENT).where(SPENT.c.token_hash == bindparam("ticket")),
            [{"ticket": ticket} for ticket in sorted(row.token_hash for row in found)],
        )


def free(session: Session, ticket: str) -> bool:
    """Let an invitation be answered again after its answers were taken back, before a sweep has marked it or after."""
    invitation = session.scalar(select(Invitation).where(Invitation.ticket == ticket).with_for_update())
    if invitation is None:
        return False
    session.execute(delete(SPENT).where(SPENT.c.token_hash == ticket))
    if invitation.state == "answered":
        invitation.state = _as_before(session, invitation)
        session.flush()
    return invitation.state != "opted_out"


def invites(session: Session | Connection, consultation_id: int) -> bool:
    """Whether there is a list of people for a consultation that somebody decided to keep."""
    return session.execute(_INVITES, {"consultation": consultation_id}).first() is not None


def _as_before(session: Session, invitation: Invitation) -> str:
    """The state of an invitation that was answered and is not any more."""
    contact, secret = invitation.contact, current_app.config["SECRET_KEY"]
    if session.get(OptOut, who(email=contact.email, name=contact.name, address=contact.address, secret=secret)):
        return "opted_out"
    return "sent" if invitation.reminded_on is None else "reminded"


def used(session: Session, invitation: Invitation) -> bool:
    """Whether answers were sent with it, before the last sweep or since."""
    if invitation.state == "answered":
        return True
    return (
        session.execute(select(SPENT.c.token_hash).where(SPENT.c.token_hash == invitation.ticket)).first() is not None
    )


class Unknown(Missing):
    """No invitation that may be used: why, is not said."""


@blueprint.errorhandler(Unknown)
def unknown(_error: Unknown) -> Any:
    """The same page for a link that was never made, one that was replaced, and one nobody wants any more."""
    return page("unknown", status=404)


def found(token: str) -> tuple[Invitation, Asked]:
    """The invitation of a link and what it asks to answer; raises Unknown."""
    invitation = queries.invitation_by_link(db.session, token)
    if invitation is None or invitation.state == "opted_out":
        raise Unknown
    slug = db.session.execute(select(Consultation.slug).where(Consultation.id == invitation.consultation_id)).scalar()
    try:
        return invitation, load(str(slug))
    except Missing:
        raise Unknown from None


@blueprint.get("/i/<token>")
@private
@limiter.limit("120/minute")
def invited(token: str) -> Any:
    """What somebody is invited to; mail programs open links by themselves, so this keeps nothing."""
    invitation, consultation = found(token)
    now = clock.now()
    phase, (code, until) = lifecycle.phase(consultation, now), held(consultation)
    if used(db.session, invitation):
        return already(consultation, invitation)
    revision = revision_for(consultation)
    if not lifecycle.accepts_beginning(consultation, now, until=until):
        return page(
            "not_open", folder="answering", consultation=consultation, phase=phase, languages=revision.languages
        )
    return page(
        **about(consultation, revision),
        token=token,
        more_time=code or None,
        invitation={"part": invitation.contact.segment},
        why=db.session.get_one(Consultation, consultation.id).wording("why"),
    )


@blueprint.post("/i/<token>")
@private
@limiter.limit("30/minute;300/hour")
@saves
def begin(token: str) -> Any:
    """Begin to answer: the part of the list and the ticket go into the sealed draft, the link does not."""
    invitation, consultation = found(token)
    if used(db.session, invitation):
        return already(consultation, invitation, status=409)
    code, until = held(consultation)
    again = url_for("doors.begin", token=token, more_time=code or None)
    return begin_here(
        consultation,
        begun=lambda found: show_begun(found, again=again),
        segment=invitation.contact.segment,
        ticket=invitation.ticket,
        until=until,
    )


@blueprint.get("/i")
@private
@limiter.limit(limits.INVITATION)
def with_more_time() -> Any:
    """From the address in an invitation, pasted whole or in part, to its page, with the time somebody was given."""
    link = "".join(request.args.get("link", "")[:500].split())
    token = (link.rpartition("/i/")[2]).partition("?")[0]
    if not TOKEN.fullmatch(token):
        raise Unknown
    return see_other(".invited", token=token, more_time=request.args.get("more_time", "")[:40])


def already(consultation: Asked, invitation: Invitation, *, status: int = 200) -> Any:
    """Say that it was used; where that was in this browser, with the way to the receipt."""
    key = held_key(consultation.id)
    here = held_ticket(consultation.id) == invitation.ticket
    return page(
        "already_answered",
        folder="answering",
        status=status,
        consultation=consultation,
        token=None,
        sent_here=here and key is not None and answers.ballot_state(db.session, key) is not None,
    )
