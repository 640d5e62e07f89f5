"""What is asked of people we write to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.extensions import db
from consult.invitations.links import hash_of
from consult.invitations.models import Contact, ContactList, Invitation, InvitationWords


def invitation_by_link(session: Session, token: str) -> Invitation | None:
    """The invitation a link is for, the newest and the one before it; what is no token costs the same."""
    kept = hash_of(token)
    return session.scalar(
        select(Invitation).where(or_(Invitation.link_hash == kept, Invitation.next_link_hash == kept))
    )


@dataclass(frozen=True)
class Figures:
    """How far inviting people to a consultation is; what would tell who answered is in bands."""

    invited: int
    #: with an e-mail address, and nothing sent yet
    to_send: int
    #: for the worker to send now, where that tells nobody who answered
    under_way: bool
    #: without an e-mail address, and no letter made yet
    letters: int
    sent: int
    reminded: str
    answered: str
    bounced: int
    opted_out: int
    #: sending failed again and again
    gave_up: int


def figures(consultation: Consultation, *, least: int, most_tries: int) -> Figures:
    """Count the invitations of a consultation, never by part of a list, and never so that few stand out."""

    def count(*conditions: object) -> int:
        query: Select[Any] = select(func.count()).select_from(Invitation).join(Contact)
        query = query.where(Invitation.consultation_id == consultation.id, *conditions)  # type: ignore[arg-type]
        return int(db.session.scalar(query) or 0)

    sent = count(Invitation.sent_on.is_not(None))
    return Figures(
        invited=count(),
        to_send=count(Invitation.state == "to_send", Contact.email != ""),
        under_way=count(Invitation.wanted != "") > 0,
        letters=count(Invitation.state == "to_send", Contact.email == ""),
        sent=sent,
        reminded=band(count(Invitation.reminded_on.is_not(None)), of=sent, least=least),
        answered=band(count(Invitation.state == "answered"), of=sent, least=least),
        bounced=count(Invitation.state == "bounced"),
        opted_out=count(Invitation.state == "opted_out"),
        gave_up=count(Invitation.tries >= most_tries, Invitation.wanted == "", Invitation.state != "answered"),
    )


def band(count: int, *, of: int, least: int) -> str:
    """A count of people out of `of`, as long as neither they nor the others are so few that somebody stands out."""
    if of < least:
        return f"not shown, as fewer than {least} people were written to"
    if count < least:
        return f"fewer than {least}"
    return f"more than {of - least:,}" if of - count < least else f"{count:,}"


def lists(consultation: Consultation) -> Sequence[ContactList]:
    """The lists of a consultation by name, those that wait for a decision first."""
    return db.session.scalars(
        select(ContactList)
        .where(ContactList.consultation_id == consultation.id)
        .order_by(ContactList.state, ContactList.name, ContactList.id)
    ).all()


def with_addresses(listed: ContactList) -> tuple[int, int]:
    """How many of a list have a postal address: those without an e-mail address, and all."""
    query = select(func.count()).select_from(Contact).where(Contact.list_id == listed.id, Contact.address != "")
    alone = db.session.scalar(query.where(Contact.email == ""))
    return int(alone or 0), int(db.session.scalar(query) or 0)


def undecided(group_ids: Collection[int] | None) -> Sequence[ContactList]:
    """The lists that were read on trial in these groups (None: in all)."""
    query = select(ContactList).join(Consultation).where(ContactList.state == "checked")
    if group_ids is not None:
        query = query.where(Consultation.group_id.in_(group_ids))
    return db.session.scalars(query.order_by(ContactList.made_on, ContactList.id)).all()


def waiting_to_be_sent(group_ids: Collection[int] | None) -> Mapping[int, int]:
    """How many people with an e-mail address wait for an invitation nobody has sent yet, by consultation."""
    query = (
        select(Invitation.consultation_id, func.count())
        .join(Contact)
        .join(Consultation, Consultation.id == Invitation.consultation_id)
        .where(Invitation.state == "to_send", Invitation.wanted == "", Contact.email != "")
        .group_by(Invitation.consultation_id)
    )
    if group_ids is not None:
        query = query.where(Consultation.group_id.in_(group_ids))
    return {int(row[0]): int(row[1]) for row in db.session.execute(query)}


def words_for(consultation_id: int, kind: str, language: str) -> InvitationWords | None:
    """What an author says in a message in this language, or None for our words."""
    return db.session.get(InvitationWords, (consultation_id, kind, language))


def name_of_list(number: int | None) -> str:
    """What staff call a list; empty for none."""
    found = db.session.get(ContactList, number) if number else None
    return found.name if found else ""
