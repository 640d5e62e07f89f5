"""Who is asking, and whether they may: for views of staff pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for
from flask_login import current_user

from consult.accounts import permissions, queries, sessions
from consult.accounts.models import Account
from consult.accounts.sign_in import is_staff
from consult.domain.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., Any])

#: What somebody may open while their password is one that somebody else chose.
BEFORE_OWN_PASSWORD = frozenset({"accounts.change_password", "accounts.save_password", "accounts.sign_out"})
#: And while they have no second factor though one of their roles needs it.
BEFORE_SECOND_FACTOR = BEFORE_OWN_PASSWORD | {"accounts.second_factor", "accounts.save_second_factor"}


def signed_in(view: View) -> View:
    """A page for people who sign in; others are asked to, and come back to it."""

    @wraps(view)
    def opened(*arguments: Any, **named: Any) -> Any:
        g.cache_seconds = None
        who = current_account()
        if who is None:
            asked = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("accounts.sign_in", next=asked), 303)
        if who.password_is_borrowed and request.endpoint not in BEFORE_OWN_PASSWORD:
            return redirect(url_for("accounts.change_password"), 303)
        if who.totp is None and request.endpoint not in BEFORE_SECOND_FACTOR and needs_second_factor(who):
            return redirect(url_for("accounts.second_factor"), 303)
        return view(*arguments, **named)

    opened.access = "staff"  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


def needs_second_factor(who: Account) -> bool:
    """Whether one of their roles is not used without a second factor."""
    return bool(set(who.role_names) & set(queries.organisation().second_factor_roles))


def current_account() -> Account | None:
    """Whoever is signed in, or None; on pages outside /staff nobody ever is."""
    if not is_staff(request.path):
        return None
    who = current_user._get_current_object()
    return who if isinstance(who, Account) and sessions.here(who) is not None else None


def account() -> Account:
    """Whoever is signed in; for views marked `signed_in`."""
    who = current_account()
    if who is None:
        raise NotAllowed("Sign in first.")
    return who


def authorise(verb: str, thing: Any = None) -> None:
    """Raise NotAllowed, with the reason, unless whoever is signed in may do `verb` to `thing`."""
    refusal = permissions.why_not(current_account(), verb, thing)
    if refusal is not None:
        raise NotAllowed(refusal)


def may_i(verb: str, thing: Any = None) -> bool:
    """Whether whoever is signed in may do it; templates ask before they offer it."""
    return permissions.may(current_account(), verb, thing)


def groups_for(verb: str) -> frozenset[int] | None:
    """The groups in which whoever is signed in may do `verb`; None means all of them."""
    return permissions.groups_where(current_account(), verb)


def safe_next(asked: str | None) -> str | None:
    """A staff page of ours to go to after signing in, or None where the address leads anywhere else."""
    if not asked or "\\" in asked or any(one.isspace() or not one.isprintable() for one in asked):
        return None
    parts = urlsplit(asked)
    ours = (
        not parts.scheme
        and not parts.netloc
        and is_staff(parts.path)
        and "//" not in parts.path
        and ".." not in parts.path
    )
    return asked if ours else None
