"""People are given an account, roles and a password, and lose them again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from consult.accounts import queries
from consult.accounts.actions.log import record
from consult.accounts.models import ROLES, Account, AccountLetter, Membership, session_name
from consult.accounts.passwords import check_password, hash_password, invent_password, is_password
from consult.accounts.work import group_names
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db


def add_account(
    *,
    email: str,
    name: str,
    role: str,
    group_id: int | None = None,
    languages: Collection[str] = (),
    password: str | None = None,
    by: Account | None,
    now: datetime,
    demonstration: bool = False,
) -> Account:
    """A new account with its first role, in one group or (None) in all; without a password nobody can sign in yet."""
    email = _email(email)
    if queries.account_by_email(email) is not None:
        raise Rejected("email", "There is already an account with this email address")
    if password is not None:
        check_password(password, email=email)
    account = Account(
        email=email,
        name=name.strip() or email.partition("@")[0],
        password=hash_password(password or invent_password()),
        fs_uniquifier=session_name(),
        demonstration=demonstration,
        created_at=now,
    )
    _append_role(account, role, group_id, languages)
    db.session.add(account)
    db.session.flush()
    record(by, "manage_accounts", account, now=now, note=f"Added: {said(account)}")
    return account


def rename_account(account: Account, *, name: str, by: Account, now: datetime) -> None:
    """What colleagues call them."""
    if not name.strip():
        raise Rejected("name", "Enter a name")
    account.name = name.strip()
    db.session.flush()
    record(by, "manage_accounts", account, now=now, note="Renamed")


def give_role(
    account: Account,
    *,
    role: str,
    group_id: int | None,
    languages: Collection[str] = (),
    by: Account | None,
    now: datetime,
) -> None:
    """One more role, in one group or (None) in all of them; a translator’s may be for some `languages` only.

    A translator who is given the role again has the new languages instead of the old ones.
    """
    held = next((one for one in account.memberships if (one.role, one.group_id) == (role, group_id)), None)
    if held is None:
        _append_role(account, role, group_id, languages)
    elif role == "translator" and held.languages != _languages(role, languages):
        held.languages = _languages(role, languages)
    else:
        raise Rejected("role", "This account has that role already")
    db.session.flush()
    record(by, "manage_accounts", account, now=now, note=f"Role given; now: {said(account)}")


def take_role(account: Account, *, number: int, by: Account, now: datetime) -> None:
    """One role less; the last administrator stays one."""
    membership = next((one for one in account.memberships if one.id == number), None)
    if membership is None:
        raise Missing("This account does not have that role.")
    if membership.role == "administrator":
        _not_the_last(account)
    account.memberships.remove(membership)
    db.session.flush()
    record(by, "manage_accounts", account, now=now, note=f"Role taken; now: {said(account)}")


def disable_account(account: Account, *, by: Account, now: datetime) -> None:
    """They can no longer sign in, and are signed out everywhere."""
    if account.id == by.id:
        raise NotNow("You cannot disable your own account. Another administrator can.")
    if not account.active:
        raise NotNow("This account is disabled already.")
    if "administrator" in account.role_names:
        _not_the_last(account)
    account.active = False
    account.fs_uniquifier = session_name()
    _end_letters(account)
    db.session.flush()
    record(by, "manage_accounts", account, now=now, note="Disabled")


def enable_account(account: Account, *, by: Account, now: datetime) -> None:
    """They can sign in again."""
    if account.active:
        raise NotNow("This account is not disabled.")
    account.active = True
    db.session.flush()
    record(by, "manage_accounts", account, now=now, note="Enabled")


def lend_password(account: Account, *, by: Account, now: datetime) -> str:
    """A password to be shown once and changed at the next sign-in; their sessions end."""
    password = invent_password()
    _put_password(account, password, borrowed=True)
    record(by, "manage_accounts", account, now=now, note="A new password, to be changed at the next sign-in")
    return password


def change_password(account: Account, *, old: str, new: str, now: datetime) -> None:
    """Their own new password; their other sessions end."""
    if not is_password(account, old):
        raise Rejected("old", "This is not your password")
    if new == old:
        raise Rejected("new", "Choose a password that is not the one you have")
    check_password(new, email=account.email)
    _put_password(account, new, borrowed=False)
    record(account, "change_password", account, now=now)


def said(account: Account) -> str:
    """Their roles in words, as the log keeps them: “editor of purbeck, translator into pl”."""
    groups = group_names()
    parts = [
        one.role
        + (f" into {' and '.join(one.languages)}" if one.languages else "")
        + ("" if one.group_id is None else f" of {groups[one.group_id].slug}")
        for one in account.memberships
    ]
    return ", ".join(parts) or "no role"


def _put_password(account: Account, password: str, *, borrowed: bool) -> None:
    account.password = hash_password(password)
    account.fs_uniquifier = session_name()
    account.password_is_borrowed = borrowed
    _end_letters(account)
    db.session.flush()


def _end_letters(account: Account) -> None:
    """A link from before gives nobody another password."""
    db.session.execute(delete(AccountLetter).where(AccountLetter.account_id == account.id))


def _append_role(account: Account, role: str, group_id: int | None, languages: Collection[str]) -> None:
    if role not in ROLES:
        raise Rejected("role", "Choose a role from the list")
    if role == "administrator" and group_id is not None:
        raise Rejected("group", "An administrator looks after the whole site, not one group")
    account.memberships.append(Membership(role=role, group_id=group_id, languages=_languages(role, languages)))


def _languages(role: str, languages: Collection[str]) -> list[str] | None:
    """As they are kept: none for all of them; only a translator has any."""
    if languages and role != "translator":
        raise Rejected("languages", "Only the role of a translator is for some languages and not for others")
    return sorted(set(languages)) or None


def _not_the_last(account: Account) -> None:
    if not any(one.active and one.id != account.id and "administrator" in one.role_names for one in queries.accounts()):
        raise NotNow("This is the only administrator. Make somebody else one first.")


def _email(email: str) -> str:
    email = email.strip().lower()
    name, at, host = email.rpartition("@")
    if not (name and at and host) or any(one.isspace() for one in email) or len(email) > 254:
        raise Rejected("email", "Enter an email address in the right form, like name@example.org")
    return email
