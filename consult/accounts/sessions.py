"""Where somebody is signed in: a row for each browser, so that each can be ended."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import request, session
from sqlalchemy import delete, select

from consult.accounts.models import Account, SignIn
from consult.accounts.second_factor import mark_of
from consult.extensions import db

#: Somebody is signed out after a working day.
SIGNED_IN_FOR = timedelta(hours=10)
NAME = "sign_in"
#: Where it is kept for the length of a request, in which it is asked for many times.
KEPT = "consult.sign_in"


def begin(account: Account, *, now: datetime) -> SignIn:
    """Remember that somebody signed in here; forget what has run out."""
    db.session.execute(delete(SignIn).where(SignIn.begun_at < now - SIGNED_IN_FOR))
    secret = secrets.token_urlsafe(32)
    session[NAME] = secret
    made = SignIn(account_id=account.id, mark=mark_of_session(secret), begun_at=now)
    db.session.add(made)
    db.session.flush()
    request.environ.pop(KEPT, None)
    return made


def here(account: Account) -> SignIn | None:
    """The sign-in of this browser, or None where it was ended."""
    if KEPT not in request.environ:
        secret = session.get(NAME)
        query = select(SignIn).where(SignIn.mark == mark_of_session(str(secret)))
        request.environ[KEPT] = db.session.scalar(query) if secret else None
    found: SignIn | None = request.environ[KEPT]
    return found if found is not None and found.account_id == account.id else None


def of(account: Account) -> Sequence[SignIn]:
    """Every browser in which somebody is signed in, the latest first."""
    query = select(SignIn).where(SignIn.account_id == account.id).order_by(SignIn.begun_at.desc(), SignIn.id.desc())
    return db.session.scalars(query).all()


def end(account: Account, *, number: int | None = None, but: SignIn | None = None) -> None:
    """End one of them, or all of them but one."""
    query = delete(SignIn).where(SignIn.account_id == account.id)
    if number is not None:
        query = query.where(SignIn.id == number)
    if but is not None:
        query = query.where(SignIn.id != but.id)
    db.session.execute(query)


def mark_of_session(secret: str) -> str:
    """The hash under which a sign-in is kept."""
    return mark_of(f"session {secret}")
