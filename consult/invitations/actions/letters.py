"""Letters: everybody with a postal address, each with a fresh link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.invitations.actions.sending import fresh_link
from consult.invitations.links import who
from consult.invitations.models import Contact, ContactList, Invitation, OptOut

#: How many letters one file has: their QR codes take time to draw.
MOST_LETTERS = 1_000


@dataclass(frozen=True)
class Letter:
    """Whom a letter is for, and the token of its link."""

    name: str
    address: Sequence[str]
    language: str
    token: str


def make_letters(
    listed: ContactList, *, everybody: bool, part: int, secret: str, by: Account | None, now: datetime
) -> list[Letter]:
    """Letters for those of a list without e-mail, or for `everybody` with a postal address; `part` counts from 1.

    Also for those who have answered: a file without them would tell staff who has. The links of the file before this
    one keep working; those of files before that do not.
    """
    consultation = db.session.get_one(Consultation, listed.consultation_id)
    if lifecycle.phase(consultation, now) not in (lifecycle.Phase.OPEN, lifecycle.Phase.COMING):
        raise NotNow("Letters are made before and while people can answer.")
    query = (
        select(Invitation)
        .join(Contact)
        .options(joinedload(Invitation.contact))
        .where(Contact.list_id == listed.id, Contact.address != "")
        .order_by(Contact.id)
    )
    if not everybody:
        query = query.where(Contact.email == "")
    refusing = set(db.session.scalars(select(OptOut.who)))
    made = []
    for invitation in db.session.scalars(query.offset((part - 1) * MOST_LETTERS).limit(MOST_LETTERS)).all():
        contact = invitation.contact
        # Looked at here, so that parts stay the same when somebody opts out between two of them.
        if (
            invitation.state == "opted_out"
            or who(email=contact.email, name=contact.name, address=contact.address, secret=secret) in refusing
        ):
            continue
        token = fresh_link(invitation)
        if invitation.state == "to_send":
            invitation.state, invitation.wanted = "sent", ""
            invitation.sent_on = lifecycle.day_of(now)
        made.append(Letter(contact.name, contact.address.split("\n"), contact.language, token))
    if not made:
        raise Rejected("everybody", "Nobody on this list gets a letter of this kind")
    record(by, "download_letters", consultation, now=now, note=f"{len(made)} letters")
    return made
