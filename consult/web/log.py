"""The application's own log: method, route template, status, how long roughly, and the hour. Never an address."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import suppress

import structlog
from flask import Flask, Response, g, request

BUCKETS = (10, 30, 100, 300, 1_000, 3_000, 10_000)


def bucket(milliseconds: float) -> str:
    """The duration as a range: exact ones tell people apart."""
    return next((f"<{most}ms" for most in BUCKETS if milliseconds < most), f">={BUCKETS[-1]}ms")


class Unfailing:
    """Standard error, but a line that cannot be written (the disk is full) is nobody's fault and stops no request."""

    def write(self, text: str) -> int:
        """Write if there is room."""
        with suppress(OSError):
            return sys.stderr.write(text)
        return 0

    def flush(self) -> None:
        """Flush if there is room."""
        with suppress(OSError):
            sys.stderr.flush()


def register(app: Flask) -> None:
    """One line of JSON for each request, on standard error."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(Unfailing()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
    log = structlog.get_logger().bind()
    # Werkzeug's own lines name addresses and paths.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    @app.before_request
    def begin() -> None:
        g.began = time.monotonic()

    @app.after_request
    def write(response: Response) -> Response:
        if request.endpoint and request.endpoint.startswith("static"):
            return response
        took = (time.monotonic() - g.began) * 1000 if "began" in g else 0.0
        rule = request.url_rule.rule if request.url_rule else "-"
        hour = time.strftime("%Y-%m-%dT%HZ", time.gmtime())
        if not app.testing:
            log.info(
                "request", method=request.method, route=rule, status=response.status_code, took=bucket(took), hour=hour
            )
        return response
