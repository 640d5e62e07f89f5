"""A tablet that several people share, such as one in a waiting room: a browser is one while a cookie says so.

The cookie names the consultation and nothing else. The script that watches for quiet reads it too.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, g, has_request_context, request

from consult.answering import drafts
from consult.answering.holder import take_cookie

#: The channel of answers that are given on one.
CHANNEL = "tablet"
#: Without JavaScript nobody can see somebody type, so a page waits this many times as long.
UNSEEN = 5
#: The page of thanks goes after this share of the quiet time.
THANKS = 3
#: A cookie outlives a night at which the browser is closed.
KEPT = 400 * 86400


@dataclass(frozen=True)
class Tablet:
    """The shared tablet that this browser is: what it is used for, and its times in seconds."""

    slug: str
    #: until somebody is asked whether they are still there, and from then until everything is wiped
    quiet: int
    #: how long a page without JavaScript stays
    unseen: int
    thanks: int


def mode() -> Tablet | None:
    """What this browser is used for, on pages for one person: pages for everybody ignore cookies."""
    if not has_request_context() or g.get("cache_seconds") is not None:
        return None
    if "tablet" not in g:
        slug = request.cookies.get(cookie_name(), "")
        quiet = current_app.config["CONSULT"].tablet_quiet
        g.tablet = Tablet(slug, quiet, quiet * UNSEEN, max(1, quiet // THANKS)) if slug else None
    found: Tablet | None = g.tablet
    return found


def cookie_name(what: str = "tablet") -> str:
    """`__Host-` where there is TLS."""
    return f"__Host-{what}" if current_app.config["CONSULT"].production else what


def give(response: Response, slug: str) -> Response:
    """From now on this browser is a shared tablet."""
    return _set(response, cookie_name(), slug, KEPT, seen=True)


def take(response: Response) -> Response:
    """From now on it is not."""
    return _set(response, cookie_name(), "", 0, seen=True)


def thank(response: Response) -> Response:
    """Somebody has just sent their answers: until the start is shown, thanks may be."""
    return _set(response, cookie_name("tablet-thanks"), "1", None)


def thanked() -> bool:
    """Whether the last thing that happened here is that somebody sent their answers."""
    return request.cookies.get(cookie_name("tablet-thanks")) == "1"


def _set(response: Response, name: str, value: str, age: int | None, *, seen: bool = False) -> Response:
    secure = current_app.config["CONSULT"].production
    response.set_cookie(name, value, max_age=age, path="/", secure=secure, httponly=not seen, samesite="Lax")
    return response


def held() -> list[tuple[int, bytes | None]]:
    """Every consultation that this browser has a cookie of answers for, with the key in it."""
    prefix = cookie_name("answer-")
    found = []
    for name, value in request.cookies.items():
        number = name.removeprefix(prefix)
        if name.startswith(prefix) and number.isascii() and number.isdigit():
            found.append((int(number), drafts.key_from_cookie(value.partition(".")[0])))
    return found


def forget(response: Response) -> Response:
    """Let the browser forget every key: without it, nobody can open what was begun."""
    for consultation_id, _key in held():
        take_cookie(response, consultation_id)
    return response


def clear(response: Response) -> Response:
    """Leave nothing of the last person in this browser, neither their key nor pages that it kept."""
    forget(response)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def afresh(response: Response) -> Response:
    """The same, when the start is shown: the thanks are over."""
    if thanked():
        _set(response, cookie_name("tablet-thanks"), "", 0)
    if held():
        return clear(response)
    return response
