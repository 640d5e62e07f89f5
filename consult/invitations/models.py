"""People we write to: who is invited, and who asked to be told. No clock, no order, no link to an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.extensions import db
from consult.storage import Json, RandomKey, random_key

#: What has become of an invitation.
STATES = ("to_send", "sent", "reminded", "answered", "bounced", "opted_out")
#: What the sweep is to send next.
WANTED = ("", "invite", "remind")
#: The messages that an author may word.
KINDS = ("invite", "remind")


class Subscriber(db.Model):
    """An e-mail address to tell when something is published about one consultation."""

    __tablename__ = "subscribers"
    __table_args__ = (UniqueConstraint("consultation_id", "email"),)

    #: random, so that rows do not remember the order in which people asked
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: the consultation they asked about
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: where to write to
    email: Mapped[str] = mapped_column(String(254))
    #: the language they asked in
    language: Mapped[str] = mapped_column(String(35))
    #: the number of the last publication they were told about
    told: Mapped[int] = mapped_column(default=0)


class ContactList(db.Model):
    """A list of people to invite to one consultation, as it was in one file."""

    __tablename__ = "contact_lists"
    __table_args__ = (CheckConstraint("state in ('checked', 'kept')", name="state"),)

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: what they are invited to
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: what staff call it
    name: Mapped[str] = mapped_column(String(120))
    #: checked, as long as nobody has said that it is to be kept; then kept
    state: Mapped[str] = mapped_column(String(10), default="checked")
    #: what was found in the file: columns, row numbers with errors, duplicates, parts that were folded; no person
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    #: the day it was read
    made_on: Mapped[date]

    consultation: Mapped[Consultation] = relationship()


class Contact(db.Model):
    """Somebody on a list."""

    __tablename__ = "contacts"

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: the list
    list_id: Mapped[int] = mapped_column(ForeignKey("contact_lists.id"), index=True)
    #: how to address them, or empty
    name: Mapped[str] = mapped_column(String(200), default="")
    #: where to send e-mail, or empty
    email: Mapped[str] = mapped_column(String(254), default="")
    #: where to send letters, line by line, or empty
    address: Mapped[str] = mapped_column(Text, default="")
    #: the language to write to them in
    language: Mapped[str] = mapped_column(String(35))
    #: the part of the list, folded so that none is under the smallest group; or empty
    segment: Mapped[str] = mapped_column(String(60), default="")


class Invitation(db.Model):
    """That somebody is asked: it may be answered once, and knows whether it was, never with what."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("consultation_id", "contact_id"),
        CheckConstraint("state in ('to_send', 'sent', 'reminded', 'answered', 'bounced', 'opted_out')", name="state"),
        CheckConstraint("wanted in ('', 'invite', 'remind')", name="wanted"),
        CheckConstraint("wanted = '' or state in ('to_send', 'sent', 'reminded')", name="wanted_by_state"),
        Index(None, "consultation_id", "wanted"),
    )

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: what they are asked to answer
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: who
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    #: what answering it spends: random, the same for all links sent for it, and no link can be made of it
    ticket: Mapped[str] = mapped_column(String(64), unique=True)
    #: the SHA-256 of the link before the newest, which works as well, so that what was sent last month can be used
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: the SHA-256 of the newest link, kept before it is sent; when the next is made it moves up
    next_link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    #: to_send, sent, reminded, answered, bounced or opted_out
    state: Mapped[str] = mapped_column(String(10), default="to_send")
    #: what the sweep is to send: invite, remind, or nothing
    wanted: Mapped[str] = mapped_column(String(10), default="")
    #: how often sending has failed in a row
    tries: Mapped[int] = mapped_column(default=0)
    #: what GOV.UK Notify calls the message, until it says what became of it
    reference: Mapped[str | None] = mapped_column(String(80))
    #: the day the invitation went out
    sent_on: Mapped[date | None]
    #: the day of the last reminder
    reminded_on: Mapped[date | None]

    contact: Mapped[Contact] = relationship()


class OptOut(db.Model):
    """Somebody who does not want to be invited again: a keyed hash, so that no address has to be kept for it."""

    __tablename__ = "opt_outs"
    __table_args__ = ({"sqlite_with_rowid": False},)

    #: HMAC of the e-mail address, or of name and postal address
    who: Mapped[str] = mapped_column(String(64), primary_key=True)


class InvitationWords(db.Model):
    """What an author says in invitations or reminders in one language; without it the words are ours."""

    __tablename__ = "invitation_words"
    __table_args__ = (CheckConstraint("kind in ('invite', 'remind')", name="kind"),)

    #: what people are asked to answer
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: invite or remind
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    #: the language
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    #: the subject line
    subject: Mapped[str] = mapped_column(String(200))
    #: what comes before the link
    body: Mapped[str] = mapped_column(Text)
