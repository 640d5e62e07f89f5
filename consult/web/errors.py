"""Refusals become pages in the reader's language; faults become a reference, logged without anybody's words."""

from __future__ import annotations

import secrets
import traceback
from typing import Any

import structlog
from flask import Flask, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, NotFound

from consult.domain.errors import Missing, NotAllowed, NotNow, Rejected
from consult.web.page import page
from consult.web.saving import give_up


def register(app: Flask) -> None:
    """Pages for what may go wrong."""
    app.register_error_handler(NotNow, lambda error: _refusal(409, _("This is not possible now"), error.message))
    app.register_error_handler(NotAllowed, lambda error: _refusal(403, _("You cannot do this"), error.message))
    app.register_error_handler(Missing, lambda error: _refusal(404, _("Page not found"), error.message))
    app.register_error_handler(Rejected, lambda error: _refusal(422, _("There is a problem"), error.message))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(Exception, _fault)

    @app.before_request
    def refuse_nul() -> None:
        # No address of ours has a NUL byte, and PostgreSQL takes no text that has one.
        if "\0" in request.path:
            raise NotFound


def _refusal(status: int, title: str, sentence: str) -> Any:
    return page("error", folder="web", status=status, title=title, sentence=sentence, reference="")


def _http(error: HTTPException) -> Any:
    if error.code is not None and error.code < 400:
        return error
    status = error.code or 500
    said = {
        400: (_("We could not read this request"), _("Go back and try again.")),
        403: (_("You cannot do this"), _("This request came from another website, or you do not have permission.")),
        404: (_("Page not found"), _("If you typed the address, check that it is right.")),
        405: (_("Page not found"), _("If you typed the address, check that it is right.")),
        413: (
            _("What you sent is too large"),
            _(
                "Nothing was saved from this page. Go back, make your answer shorter and try again. "
                "Your earlier answers are safe."
            ),
        ),
        429: (_("Too many tries"), _("Wait a minute, then try again.")),
    }
    title, sentence = said.get(status, (_("Something went wrong"), _("Go back and try again.")))
    answer = page("error", folder="web", status=status, title=title, sentence=sentence, reference="")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def _unavailable(error: OperationalError) -> Any:
    """The database is away or its disk is full: nothing was kept of this request, and it may be tried again."""
    give_up()
    answer = page(
        "error",
        folder="web",
        status=503,
        title=_("Sorry, there is a problem with this service"),
        sentence=_(
            "Nothing was saved just now. What you saved before is kept. Go back and try again in a few minutes."
        ),
        reference=_logged(error),
    )
    answer.headers["Retry-After"] = "60"
    return answer


def _fault(error: Exception) -> Any:
    return page(
        "error",
        folder="web",
        status=500,
        title=_("Sorry, there is a problem with this service"),
        sentence=_("Try again in a few minutes. Answers that you sent are safe."),
        reference=_logged(error),
    )


def _logged(error: Exception) -> str:
    """A reference to what is logged: type and place, never values."""
    reference = secrets.token_hex(4)
    place = traceback.extract_tb(error.__traceback__)[-1] if error.__traceback__ else None
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/consult/" in frame.filename]
    structlog.get_logger().error(
        "fault",
        reference=reference,
        type=type(error).__name__,
        constraint=_constraint(error),
        place=f"{place.filename}:{place.lineno}" if place else "-",
        ours=f"{ours[-1].filename}:{ours[-1].lineno}" if ours else "-",
    )
    return reference


def _constraint(error: Exception) -> str:
    """The name of a broken database constraint; never the message, which holds values."""
    if isinstance(error, IntegrityError):
        return str(getattr(getattr(error.orig, "diag", None), "constraint_name", "") or "-")
    return "-"
