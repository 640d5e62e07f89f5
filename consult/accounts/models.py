"""What is kept about people who sign in, what they did, and the organisation they work for."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from flask_security.core import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import db
from consult.storage import Json, UtcDateTime

#: Who somebody can be, from the lightest to the weightiest.
ROLES = ("keyer", "translator", "promoter", "editor", "analyst", "commissioner", "administrator")
#: Those who work on everything in a group; a keyer sees batches of paper and a translator texts, and nothing else.
TEAM = ROLES[2:]


def session_name() -> str:
    """A fresh name for somebody's sessions: changing it ends all of them."""
    return secrets.token_urlsafe(32)


class Account(db.Model, UserMixin):
    """Somebody who signs in; respondents never do."""

    __tablename__ = "accounts"

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the address they sign in with, in small letters
    email: Mapped[str] = mapped_column(String(254), unique=True)
    #: what colleagues call them
    name: Mapped[str] = mapped_column(String(120))
    #: the password, hashed by argon2
    password: Mapped[str] = mapped_column(String(255))
    #: names their sessions; a new one signs them out everywhere
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=session_name)
    #: whether they may sign in
    active: Mapped[bool] = mapped_column(default=True)
    #: whether somebody else chose the password, so that it has to be changed first
    password_is_borrowed: Mapped[bool] = mapped_column(default=False)
    #: whether it belongs to the demonstration, so that it never works on a live site
    demonstration: Mapped[bool] = mapped_column(default=False)
    #: when it was made
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: the key of their codes, sealed (`consult.accounts.second_factor`); none: no second factor
    totp: Mapped[str | None] = mapped_column(Text)
    #: the half minute of the last code they used, so that none works twice
    totp_step: Mapped[int | None]
    #: the day they last signed in
    last_in: Mapped[date | None]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="account", order_by="Membership.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def role_names(self) -> list[str]:
        """Their roles, each once, from the lightest to the weightiest."""
        held = {membership.role for membership in self.memberships}
        return [role for role in ROLES if role in held]


class Membership(db.Model):
    """A role somebody has, in one group or in all of them."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("account_id", "group_id", "role"),
        CheckConstraint(
            "role in ('keyer', 'translator', 'promoter', 'editor', 'analyst', 'commissioner', 'administrator')",
            name="role",
        ),
        CheckConstraint("role <> 'administrator' or group_id is null", name="administrator_of_all"),
        CheckConstraint("languages is null or role = 'translator'", name="languages"),
    )

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: whose role
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    #: in which group; null: in all
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    #: keyer, translator, promoter, editor, analyst, commissioner or administrator
    role: Mapped[str] = mapped_column(String(20))
    #: a translator’s languages; none: all of them
    languages: Mapped[list[str] | None] = mapped_column(Json)

    account: Mapped[Account] = relationship(back_populates="memberships")


class SignIn(db.Model):
    """A browser in which somebody is signed in; nothing tells where it is or what it runs on."""

    __tablename__ = "sign_ins"

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: who
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    #: a hash of what the session carries
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    #: what they call it, such as “the laptop at work”
    name: Mapped[str] = mapped_column(String(60), default="")
    #: when they signed in
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(db.Model):
    """A code that lets somebody in once without their second factor."""

    __tablename__ = "recovery_codes"

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: whose
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    #: a hash of it
    mark: Mapped[str] = mapped_column(String(64))


class AccountLetter(db.Model):
    """A letter with a link to choose a password: an invitation, or for somebody who forgot theirs."""

    __tablename__ = "account_letters"
    __table_args__ = (CheckConstraint("kind in ('invitation', 'recovery')", name="kind"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: whose account it is about
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    #: invitation or recovery
    kind: Mapped[str] = mapped_column(String(12))
    #: a hash of what the link carries
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    #: what the link carries, sealed until it is sent
    to_send: Mapped[str | None] = mapped_column(Text)
    #: until when the link works
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffEvent(db.Model):
    """Something a member of staff did; no respondent ever appears here."""

    __tablename__ = "staff_events"

    #: its number, in the order of events
    id: Mapped[int] = mapped_column(primary_key=True)
    #: who; null: the command line
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    #: did what: a verb of the permissions
    verb: Mapped[str] = mapped_column(String(60), index=True)
    #: to what: its kind and its address, such as “consultation more-time”
    thing: Mapped[str] = mapped_column(String(200), default="")
    #: for which group
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    #: more about it, such as the reason
    note: Mapped[str] = mapped_column(Text, default="")
    #: when
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account | None] = relationship()


class Organisation(db.Model):
    """The body whose site this is: one row."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    #: always 1
    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    #: its name by language
    name: Mapped[dict[str, str]] = mapped_column(Json)
    #: the few letters that stand for a logo
    logo_text: Mapped[str] = mapped_column(String(20))
    #: what the public calls a transformation group, by language
    group_kind: Mapped[dict[str, str]] = mapped_column(Json)
    #: where everybody can write to by e-mail
    contact_email: Mapped[str] = mapped_column(String(254))
    #: where everybody can phone
    contact_telephone: Mapped[str] = mapped_column(String(40))
    #: where everybody can write to by post
    contact_address: Mapped[str] = mapped_column(Text)
    #: who answers for personal data, by language
    privacy_contact: Mapped[dict[str, str]] = mapped_column(Json)
    #: links at the foot of public pages: text by language, and an address
    footer_links: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    #: whom to call when life or health is in danger: lines by language
    emergency_numbers: Mapped[list[dict[str, str]]] = mapped_column(Json)
    #: whom to talk to: lines by language
    support_lines: Mapped[list[dict[str, str]]] = mapped_column(Json)
    #: whom to tell who worries about a child or an adult: lines by language; none: the ones a site begins with
    safeguarding_lines: Mapped[list[dict[str, str]] | None] = mapped_column(Json)
    #: where to complain: lines by language; none: the ones a site begins with
    complaint_lines: Mapped[list[dict[str, str]] | None] = mapped_column(Json)
    #: the languages offered on public pages; empty: every one we have words in
    languages: Mapped[list[str]] = mapped_column(Json)
    #: roles that nobody uses without a second factor; none: nobody needs one
    second_factor_roles: Mapped[list[str] | None] = mapped_column(Json)
