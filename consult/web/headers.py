"""What goes with every answer: no third party, no inline code, caching where a page is for everyone."""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, g, request
from werkzeug.exceptions import Forbidden

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: What every answer carries unless its view has said otherwise.
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
WORTH_COMPRESSING = 600


def register(app: Flask) -> None:
    """Refuse posts from other sites, then set the headers."""

    @app.before_request
    def refuse_other_sites() -> None:
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise Forbidden

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        there = {name.lower() for name, _value in headers}
        for name, value in ALWAYS:
            if name.lower() not in there:
                headers.add(name, value)
        if "cache-control" not in there:
            seconds = g.get("cache_seconds")
            if seconds is not None and request.method in ("GET", "HEAD") and response.status_code == 200:
                headers["Cache-Control"] = f"public, max-age={seconds}"
                compress(response)
            else:
                headers["Cache-Control"] = "no-store"
        return response


def compress(response: Response) -> None:
    """Public pages only: an answer page mixes secrets with what was typed (BREACH)."""
    if response.direct_passthrough or not (response.content_type or "").startswith(
        ("text/", "application/json", "image/svg")
    ):
        return
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    accepted = request.headers.get("Accept-Encoding", "")
    if len(body) < WORTH_COMPRESSING:
        return
    if "br" in accepted:
        response.set_data(brotli.compress(body, quality=5))
        response.headers["Content-Encoding"] = "br"
    elif "gzip" in accepted:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
