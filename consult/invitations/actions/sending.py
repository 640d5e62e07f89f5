"""Sending invitations and reminders: what staff ask for, and how one message goes out so that nothing is lost.

The newest link is kept before its message is sent, and the one before it works as well. Whoever kills us between the
two leaves somebody to be written to again, with a message more and no link that is lost; the ticket counts them once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select, update

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import NotNow
from consult.extensions import db
from consult.invitations.links import hash_of, new_token, who
from consult.invitations.models import Contact, Invitation, OptOut

#: After so many failures in a row staff are told, and nothing more is tried until they ask.
MOST_TRIES = 5
INVITATIONS, CONTACTS = Invitation.__table__, Contact.__table__


def ask_to_send(consultation: Consultation, *, kind: str, by: Account | None, now: datetime) -> int:
    """Let the worker send invitations (`invite`) or reminders (`remind`) to all who have an e-mail address.

    Reminders go to those who had not answered at the last sweep and were not written to today. Gives how many in the
    case of invitations, and 0 for reminders, whose number would tell how many have answered.
    """
    if lifecycle.phase(consultation, now) is not lifecycle.Phase.OPEN:
        raise NotNow("Invitations are sent while people can answer.")
    today = lifecycle.day_of(now)
    with_email = select(CONTACTS.c.id).where(CONTACTS.c.email != "")
    chosen = update(INVITATIONS).where(
        INVITATIONS.c.consultation_id == consultation.id, INVITATIONS.c.contact_id.in_(with_email)
    )
    if kind == "invite":
        chosen = chosen.where(INVITATIONS.c.state == "to_send")
    else:
        chosen = chosen.where(
            INVITATIONS.c.state.in_(("sent", "reminded")),
            INVITATIONS.c.wanted == "",
            INVITATIONS.c.sent_on < today,
            or_(INVITATIONS.c.reminded_on.is_(None), INVITATIONS.c.reminded_on < today),
        )
    found = db.session.execute(chosen.values(wanted=kind, tries=0)).rowcount  # type: ignore[attr-defined]
    note = f"{found} people" if kind == "invite" else ""
    record(by, "send_invitations" if kind == "invite" else "send_reminders", consultation, now=now, note=note)
    db.session.expire_all()
    return int(found) if kind == "invite" else 0


def call_off(consultation: Consultation, *, by: Account | None, now: datetime) -> None:
    """Send nothing more of what has not gone out yet."""
    db.session.execute(update(INVITATIONS).where(INVITATIONS.c.consultation_id == consultation.id).values(wanted=""))
    record(by, "call_off_sending", consultation, now=now)
    db.session.expire_all()


def waiting(*, most: int, but: Collection[int] = ()) -> list[int]:
    """The next invitations to send something for, those that never failed first."""
    query = select(INVITATIONS.c.id).where(INVITATIONS.c.wanted != "", INVITATIONS.c.tries < MOST_TRIES)
    query = query.order_by(INVITATIONS.c.tries, INVITATIONS.c.id).limit(most + len(but))
    held = frozenset(but)
    return [number for number in db.session.scalars(query) if number not in held][:most]


def prepare(number: int, *, secret: str, now: datetime) -> tuple[Invitation, str] | None:
    """Keep the hash of a fresh link before it is sent; None where nothing is to be sent any more."""
    invitation = db.session.scalar(select(Invitation).where(Invitation.id == number).with_for_update())
    if invitation is None or not invitation.wanted:
        return None
    consultation = db.session.get_one(Consultation, invitation.consultation_id)
    phase = lifecycle.phase(consultation, now)
    if refuses(invitation, secret):
        invitation.state = "opted_out"
    if invitation.state == "opted_out" or phase is not lifecycle.Phase.OPEN:
        if phase is not lifecycle.Phase.PAUSED:
            invitation.wanted = ""
        return None
    return invitation, fresh_link(invitation)


def fresh_link(invitation: Invitation) -> str:
    """A new link for an invitation: it works from now on, and so does the one before it."""
    token = new_token()
    older = invitation.next_link_hash
    if older is not None:
        invitation.next_link_hash = None
        db.session.flush()
        invitation.link_hash = older
    invitation.next_link_hash = hash_of(token)
    db.session.flush()
    return token


def refuses(invitation: Invitation, secret: str) -> bool:
    """Whether they asked not to be invited, on whatever list."""
    contact = invitation.contact
    key = who(email=contact.email, name=contact.name, address=contact.address, secret=secret)
    return db.session.get(OptOut, key) is not None


def sent(invitation: Invitation, *, kind: str, reference: str | None, now: datetime) -> None:
    """It has gone out. Whoever answered or opted out meanwhile stays so."""
    if invitation.state in ("to_send", "sent", "reminded"):
        invitation.state = "sent" if kind == "invite" else "reminded"
    if kind == "invite":
        invitation.sent_on = lifecycle.day_of(now)
    else:
        invitation.reminded_on = lifecycle.day_of(now)
    invitation.wanted = ""
    invitation.reference = reference
    if reference is None:
        invitation.tries = 0


def failed(invitation: Invitation) -> None:
    """Not this time: it is tried again, at most MOST_TRIES times in all."""
    invitation.tries += 1
    if invitation.tries >= MOST_TRIES:
        invitation.wanted = ""


def bounced(invitation: Invitation) -> None:
    """There is no such address, says the other side."""
    invitation.wanted, invitation.reference = "", None
    if invitation.state in ("to_send", "sent", "reminded"):
        invitation.state = "bounced"


def heard(reference: str, status: str) -> bool:
    """What GOV.UK Notify says became of a message; False where we know of none. Hearing it twice changes nothing."""
    invitation = db.session.scalar(select(Invitation).where(Invitation.reference == reference).with_for_update())
    if invitation is None:
        return False
    if status == "delivered":
        invitation.reference, invitation.tries = None, 0
    elif status == "permanent-failure":
        bounced(invitation)
    elif status in ("temporary-failure", "technical-failure"):
        invitation.reference = None
        if invitation.state in ("sent", "reminded"):
            invitation.wanted = "invite" if invitation.state == "sent" else "remind"
            if invitation.state == "sent":
                invitation.state = "to_send"
            failed(invitation)
    db.session.flush()
    return True


def referenced(*, most: int) -> list[str]:
    """Some of the messages that GOV.UK Notify has not told us about yet, by chance, so that none waits for others."""
    query = select(INVITATIONS.c.reference).where(INVITATIONS.c.reference.is_not(None))
    return [str(one) for one in db.session.scalars(query.order_by(func.random()).limit(most))]
