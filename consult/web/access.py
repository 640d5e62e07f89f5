"""Every view says who may open it; a house test finds the ones that do not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g

View = TypeVar("View", bound=Callable[..., Any])

DEFAULT_AGE = 60


def public(max_age: int = DEFAULT_AGE) -> Callable[[View], View]:
    """A page for everyone, which may be kept by caches for `max_age` seconds; it ignores cookies."""

    def declare(view: View) -> View:
        @wraps(view)
        def opened(*arguments: Any, **named: Any) -> Any:
            g.cache_seconds = max_age
            return view(*arguments, **named)

        opened.access = "public"  # type: ignore[attr-defined]
        return opened  # type: ignore[return-value]

    return declare


def private(view: View) -> View:
    """A page for one person without an account, kept by nobody."""

    @wraps(view)
    def opened(*arguments: Any, **named: Any) -> Any:
        g.cache_seconds = None
        return view(*arguments, **named)

    opened.access = "private"  # type: ignore[attr-defined]
    return opened  # type: ignore[return-value]


def cache_at_most(seconds: int) -> None:
    """Let this page be kept no longer than `seconds`, such as until the next opening or closing."""
    kept = g.get("cache_seconds")
    if kept is not None:
        g.cache_seconds = max(0, min(kept, seconds))
