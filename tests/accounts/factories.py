"""People with accounts, and a browser in which they are signed in."""

from __future__ import annotations

from itertools import count
from typing import Any

from flask import Flask
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from consult import clock
from consult.accounts import actions
from consult.accounts.models import Account, SignIn
from consult.accounts.sessions import NAME, mark_of_session
from consult.extensions import db
from tests.client import StrictClient

PASSWORD = "three words together"
Person = Account
_numbers = count(1)


def make_person(
    role: str = "editor", group: Any = None, *, email: str | None = None, name: str = "", **more: Any
) -> Account:
    """Somebody with one role, in one group or in all; the password is PASSWORD."""
    email = email or f"{role}{next(_numbers)}@example.org"
    more.setdefault("password", PASSWORD)
    group_id = group.id if group is not None else None
    return actions.add_account(email=email, name=name, role=role, group_id=group_id, by=None, now=clock.now(), **more)


class StaffClient(StrictClient):
    """The browser of somebody who is signed in; its posts carry the token that a page would have given."""

    def __init__(self, app: Flask, account: Account) -> None:
        super().__init__(app)
        here = f"browser {next(_numbers)}"
        db.session.add(SignIn(account_id=account.id, mark=mark_of_session(here), begun_at=clock.now()))
        db.session.commit()
        with app.app_context(), app.test_request_context("/staff/") as context:
            self.token = generate_csrf()
            raw = context.session["csrf_token"]
        with self.plain.session_transaction("/staff/") as session:
            session["csrf_token"] = raw
            session["_user_id"] = account.fs_uniquifier
            session[NAME] = here
            session["_fresh"] = True

    def post(self, path: str, data: Any = None, **named: Any) -> TestResponse:
        """POST with the token, checked."""
        return super().post(path, {"csrf_token": self.token, **(data or {})}, **named)


def sign_in(app: Flask, account: Account) -> StaffClient:
    """Their browser, without going through the sign-in page; keeps what was made so far."""
    db.session.commit()
    return StaffClient(app, account)
