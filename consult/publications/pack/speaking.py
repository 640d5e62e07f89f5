"""Saying things in one language after another, on a page and where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import current_app, g, has_request_context
from flask_babel import force_locale


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language, whatever the request's is, or where there is none."""
    with ExitStack() as stack:
        if not has_request_context():
            stack.enter_context(current_app.test_request_context())
        before = g.get("language")
        g.language = language
        try:
            with force_locale(language.replace("-", "_")):
                yield
        finally:
            g.language = before
