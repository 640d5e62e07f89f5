"""Signing in, kept to /staff: Flask-Security looks after passwords and sessions, our own pages ask for them.

Nothing here runs for public and answering pages: they have no session, read no cookie and set none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, current_app, has_request_context, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_security import Security, SQLAlchemyUserDatastore, login_user, logout_user

from consult.accounts import sessions
from consult.accounts.models import Account
from consult.accounts.passwords import ARGON2
from consult.accounts.sessions import SIGNED_IN_FOR
from consult.extensions import csrf, db

STAFF = "/staff"


class Accounts(SQLAlchemyUserDatastore):
    """Finds accounts; those of the demonstration do not exist on a live site."""

    def find_user(self, case_insensitive: bool = False, **named: Any) -> Account | None:
        """The account, by one attribute."""
        account = cast("Account | None", super().find_user(case_insensitive, **named))
        live = current_app.config["CONSULT"].production
        return None if account is not None and account.demonstration and live else account


class StaffSession(SecureCookieSessionInterface):
    """Sessions exist under /staff alone; elsewhere reading gives nothing and writing is a fault."""

    def open_session(self, app: Flask, request: Request) -> Any:
        """The session of a staff page."""
        return super().open_session(app, request) if is_staff(request.path) else None

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        """Keep it."""
        if has_request_context() and is_staff(request.path):
            super().save_session(app, session, response)


def is_staff(path: str) -> bool:
    """Whether a path belongs to pages for people who sign in."""
    return path == STAFF or path.startswith(f"{STAFF}/")


def register(app: Flask) -> None:
    """Bind Flask-Security, the staff session and the token that guards staff forms."""
    app.session_interface = StaffSession()
    app.config.update(
        PERMANENT_SESSION_LIFETIME=SIGNED_IN_FOR,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  the name of a way to hash
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2,
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    with OnlyForStaff(app):
        Security(app, Accounts(db, Account, cast(Any, None)), register_blueprint=False)
    app.login_manager.session_protection = None  # type: ignore[attr-defined]
    # Flask-Login would put a hash of address and browser into the cookie
    app.login_manager._session_identifier_generator = lambda: ""  # type: ignore[attr-defined]
    app.login_manager.request_loader(None)  # type: ignore[attr-defined]

    @app.before_request
    def guard_staff_forms() -> None:
        if is_staff(request.path) and app.config["WTF_CSRF_ENABLED"]:
            csrf.protect()


class OnlyForStaff:
    """Hooks that are bound inside run on staff pages alone."""

    def __init__(self, app: Flask) -> None:
        self.lists: list[tuple[list[Callable[..., Any]], int, Callable[..., Any]]] = []
        for hooks, otherwise in (
            (app.before_request_funcs.setdefault(None, []), lambda: None),
            (app.after_request_funcs.setdefault(None, []), lambda response: response),
            (app.template_context_processors[None], dict),
        ):
            self.lists.append((hooks, len(hooks), otherwise))

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_raised: Any) -> None:
        for hooks, before, otherwise in self.lists:
            hooks[before:] = [_confined(hook, otherwise) for hook in hooks[before:]]


def _confined(hook: Callable[..., Any], otherwise: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        return hook(*arguments) if has_request_context() and is_staff(request.path) else otherwise(*arguments)

    return run


def find(email: str) -> Account | None:
    """Whoever may try to sign in with this address."""
    found: Account | None = current_app.extensions["security"].datastore.find_user(email=email.strip().lower())
    return found


def enter(account: Account, *, now: datetime) -> None:
    """Begin their session, under a name of its own by which it can be ended."""
    session.pop(WAITS, None)
    login_user(account, remember=False, authn_via=["password"])
    sessions.begin(account, now=now)
    account.last_in = now.date()


def leave() -> None:
    """End it."""
    logout_user()


#: How long somebody has for their code after the password.
FOR_THE_CODE = timedelta(minutes=10)
WAITS = "waits_for_code"


def wait_for_code(account: Account, *, now: datetime) -> None:
    """Remember who has given their password and not yet their code."""
    session[WAITS] = [account.fs_uniquifier, int(now.timestamp())]


def waiting(*, now: datetime) -> Account | None:
    """Whoever has given their password a short while ago and not yet their code."""
    held = session.get(WAITS)
    if not held or now.timestamp() - held[1] > FOR_THE_CODE.total_seconds():
        return None
    found: Account | None = current_app.extensions["security"].datastore.find_user(fs_uniquifier=held[0])
    return found if found is not None and found.active else None
