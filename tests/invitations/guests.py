"""People who are invited to a consultation, and answers that they send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from consult.answering import drafts
from consult.answering.actions import drop, equality
from consult.answering.models import Spent
from consult.consultations.models import Consultation
from consult.domain.answers import Value
from consult.extensions import db
from consult.invitations.links import hash_of, new_ticket, new_token
from consult.invitations.models import Contact, ContactList, Invitation
from consult.jobs import saving
from tests.answering.factories import NOW

DAY = NOW.date()


@dataclass(frozen=True)
class Guest:
    """Somebody invited: what stands in their link, and what the database knows of them."""

    invitation: int
    token: str
    ticket: str
    part: str
    consultation_id: int
    revision: int

    @property
    def link(self) -> str:
        """The address they were sent."""
        return f"/i/{self.token}"

    @property
    def state(self) -> str:
        """What has become of the invitation."""
        db.session.rollback()
        return str(db.session.execute(select(Invitation.state).where(Invitation.id == self.invitation)).scalar())

    def begin(self) -> drafts.Begun:
        """A draft begun with their link, somewhere."""
        with saving():
            return drafts.begin(
                db.session,
                consultation_id=self.consultation_id,
                revision=self.revision,
                language="en",
                segment=self.part,
                token_hash=self.ticket,
                now=NOW,
            )

    def send(self, begun: drafts.Begun) -> str:
        """Send that draft, with words of its own; gives the receipt. Raises AlreadyAnswered."""
        with saving():
            return self.drop(begun)

    def drop(self, begun: drafts.Begun) -> str:
        """The same in the transaction that is open."""
        receipt = drop.submit(
            db.session,
            consultation_id=self.consultation_id,
            draft_key=begun.key,
            label=drop.Label(begun.revision, begun.language, begun.channel, begun.segment),
            answers={"how": (Value(choice="hard"),), "why": (Value(text=f"mark-{begun.key.hex()}"),)},
            token_hash=begun.token_hash,
        )
        equality.add(db.session, draft_key=begun.key, answers=None)
        return receipt

    def answer(self) -> drafts.Begun:
        """Begin and send; gives the draft it was."""
        begun = self.begin()
        self.send(begun)
        return begun


def invite(consultation_id: int, count: int = 1, *, parts: Sequence[str] = ("",), state: str = "sent") -> list[Guest]:
    """So many people on a kept list, by turns in its parts, each with a link that was sent."""
    consultation = db.session.get_one(Consultation, consultation_id)
    revision = consultation.current.id  # type: ignore[union-attr]
    people = ContactList(
        consultation_id=consultation_id, name=f"List of {count}", state="kept", report={"people": count}, made_on=DAY
    )
    db.session.add(people)
    db.session.flush()
    guests = []
    for number in range(count):
        contact = Contact(
            list_id=people.id,
            name=f"Person {number}",
            email=f"{new_token()}@example.org",
            language="en",
            segment=parts[number % len(parts)],
        )
        db.session.add(contact)
        db.session.flush()
        token = new_token()
        invitation = Invitation(
            consultation_id=consultation_id,
            contact_id=contact.id,
            ticket=new_ticket(),
            link_hash=hash_of(token),
            state=state,
            sent_on=DAY,
        )
        db.session.add(invitation)
        db.session.flush()
        guests.append(Guest(invitation.id, token, invitation.ticket, contact.segment, consultation_id, revision))
    db.session.commit()
    return guests


def spent() -> list[str]:
    """The tickets that wait for a sweep."""
    db.session.rollback()
    return list(db.session.execute(select(Spent.token_hash)).scalars())


def everything(*tables: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of these tables, or of the whole database."""
    db.session.rollback()
    with db.engine.connect() as connection:
        known = db.metadata.tables
        return {
            name: sorted((tuple(row) for row in connection.execute(select(known[name]))), key=repr)
            for name in tables or known
        }
