"""Somebody takes a second factor, uses it, loses it; an administrator says which roles need one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from consult.accounts import queries
from consult.accounts import second_factor as codes
from consult.accounts.actions.log import record
from consult.accounts.models import ROLES, Account, Organisation, RecoveryCode
from consult.accounts.passwords import is_password
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db


def set_up(account: Account, *, key: bytes, code: str, now: datetime) -> list[str]:
    """Take a key that somebody’s app has, proven by a code; gives ten codes for when the app is lost, shown once."""
    if account.totp is not None:
        raise NotNow("This account has a second factor already. Take it away first.")
    step = codes.step_of(key, code, now=now, after=None)
    if step is None:
        raise Rejected("code", "This is not the code that the app shows now. Look at the app and try again.")
    account.totp, account.totp_step = codes.seal(key), step
    made = _new_codes(account)
    record(account, "second_factor", account, now=now, note="Set up")
    return made


def renew_codes(account: Account, *, password: str, now: datetime) -> list[str]:
    """Ten new codes; the old ones no longer work."""
    _own(account, password)
    made = _new_codes(account)
    record(account, "second_factor", account, now=now, note="New codes")
    return made


def take_away(account: Account, *, password: str, now: datetime) -> None:
    """Without a second factor again, where no role of theirs needs one."""
    _own(account, password)
    if set(account.role_names) & set(queries.organisation().second_factor_roles):
        raise NotNow("One of your roles needs a second factor. An administrator can take yours away if it is lost.")
    _without(account)
    record(account, "second_factor", account, now=now, note="Taken away")


def reset(account: Account, *, by: Account, now: datetime) -> None:
    """An administrator takes away the second factor of somebody who lost theirs."""
    if account.totp is None:
        raise NotNow("This account has no second factor.")
    _without(account)
    record(by, "manage_accounts", account, now=now, note="Second factor taken away")


def passes(account: Account, code: str, *, now: datetime) -> bool:
    """Whether this is their code now, or one of those written down, each once."""
    key = codes.unseal(account.totp) if account.totp else None
    step = None if key is None else codes.step_of(key, code, now=now, after=account.totp_step)
    if step is not None:
        account.totp_step = step
        db.session.flush()
        return True
    query = select(RecoveryCode).where(
        RecoveryCode.account_id == account.id, RecoveryCode.mark == codes.mark_of(code.strip().lower())
    )
    written = db.session.scalar(query)
    if written is None:
        return False
    db.session.delete(written)
    record(account, "second_factor", account, now=now, note="Used a code that was written down")
    return True


def left(account: Account) -> int:
    """How many of the written codes are left."""
    return len(db.session.scalars(select(RecoveryCode.id).where(RecoveryCode.account_id == account.id)).all())


def need(roles: Collection[str], *, by: Account, now: datetime) -> None:
    """Which roles nobody uses without a second factor."""
    if set(roles) - set(ROLES):
        raise Rejected("roles", "Choose roles from the list")
    row = db.session.get(Organisation, 1)
    if row is None:
        raise NotNow("Save the organisation’s name and addresses first.")
    row.second_factor_roles = [role for role in ROLES if role in roles]
    db.session.flush()
    queries.forget_organisation()
    record(by, "manage_accounts", "second factors", now=now, note=", ".join(row.second_factor_roles) or "no role")


def _own(account: Account, password: str) -> None:
    if account.totp is None:
        raise NotNow("This account has no second factor.")
    if not is_password(account, password):
        raise Rejected("password", "This is not your password")


def _new_codes(account: Account) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    made = codes.recovery_codes()
    db.session.add_all(RecoveryCode(account_id=account.id, mark=codes.mark_of(one)) for one in made)
    db.session.flush()
    return made


def _without(account: Account) -> None:
    account.totp = account.totp_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.flush()
