"""Letters with a link to choose a password: to somebody invited, and to somebody who forgot theirs."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from consult.accounts import queries, sessions
from consult.accounts import second_factor as codes
from consult.accounts.actions.log import record
from consult.accounts.models import Account, AccountLetter, session_name
from consult.accounts.passwords import check_password, hash_password
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db

#: How long a link works.
WORKS_FOR = {"invitation": timedelta(days=7), "recovery": timedelta(hours=2)}
OVER = "This link has been used, or it is too old. Ask for another one."


def invite(account: Account, *, by: Account, now: datetime) -> AccountLetter:
    """A letter to somebody whose account was made for them; an earlier one no longer works."""
    if not account.active:
        raise NotNow("This account is disabled.")
    made = _write(account, "invitation", now)
    record(by, "manage_accounts", account, now=now, note="Invited by e-mail")
    return made


def withdraw(account: Account, *, by: Account, now: datetime) -> None:
    """The link of an invitation no longer works."""
    if queries.invitation_of(account) is None:
        raise NotNow("There is no invitation to withdraw.")
    _end(account, "invitation")
    record(by, "manage_accounts", account, now=now, note="Invitation withdrawn")


def refused(letter: AccountLetter, *, now: datetime) -> None:
    """Nobody takes mail at this address: whoever looks after accounts finds it in the log."""
    account, kind = whose(letter), letter.kind
    db.session.delete(letter)
    db.session.flush()
    record(None, "manage_accounts", account, now=now, note=f"The letter came back ({kind})")


def ask_for_password(email: str, *, now: datetime) -> None:
    """A letter to whoever has this address, if anybody has; one at a time."""
    account = queries.account_by_email(email)
    if account is None or not account.active or account.demonstration:
        return
    waiting = select(AccountLetter.id).where(
        AccountLetter.account_id == account.id, AccountLetter.kind == "recovery", AccountLetter.to_send.is_not(None)
    )
    if db.session.scalar(waiting) is None:
        _write(account, "recovery", now)


def opened(secret: str, *, now: datetime) -> AccountLetter:
    """The letter with this link; raises Missing where it was used or is too old."""
    query = select(AccountLetter).where(AccountLetter.mark == codes.mark_of(secret))
    letter = db.session.scalar(query)
    if letter is None or letter.until <= now or not whose(letter).active:
        raise Missing(OVER)
    return letter


def whose(letter: AccountLetter) -> Account:
    """Whose account a letter is about."""
    return db.session.get_one(Account, letter.account_id)


def choose_password(letter: AccountLetter, *, name: str, password: str, now: datetime) -> Account:
    """Use it: a name (for somebody invited) and a password; every browser is signed out, every letter used up."""
    account = whose(letter)
    check_password(password, email=account.email)
    if letter.kind == "invitation":
        if not name.strip():
            raise Rejected("name", "Enter your name")
        account.name = name.strip()[:120]
    account.password = hash_password(password)
    account.password_is_borrowed = False
    account.fs_uniquifier = session_name()
    sessions.end(account)
    db.session.execute(delete(AccountLetter).where(AccountLetter.account_id == account.id))
    db.session.flush()
    record(account, "change_password", account, now=now, note=f"By the link of a letter ({letter.kind})")
    return account


def forget_old(*, now: datetime) -> None:
    """Letters whose link no longer works."""
    db.session.execute(delete(AccountLetter).where(AccountLetter.until <= now))


def _end(account: Account, kind: str) -> None:
    db.session.execute(delete(AccountLetter).where(AccountLetter.account_id == account.id, AccountLetter.kind == kind))


def _write(account: Account, kind: str, now: datetime) -> AccountLetter:
    _end(account, kind)
    secret = secrets.token_urlsafe(32)
    made = AccountLetter(
        account_id=account.id,
        kind=kind,
        mark=codes.mark_of(secret),
        to_send=codes.seal(secret.encode()),
        until=now + WORKS_FOR[kind],
    )
    db.session.add(made)
    db.session.flush()
    return made
