"""The first page after signing in."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts import work
from consult.accounts.access import account, signed_in
from consult.accounts.routes import blueprint
from consult.domain.lifecycle import day_of
from consult.web.page import page


@blueprint.get("/staff/")
@signed_in
def my_work() -> Response:
    """By date, each row one next step; above them what somebody may begin."""
    now = clock.now()
    return page(steps=work.steps(account(), now), beginnings=work.beginnings(account()), today=day_of(now))
