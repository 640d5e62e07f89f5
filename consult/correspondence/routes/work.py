"""What is next for somebody with requests for another format."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step
from consult.correspondence import queries
from consult.correspondence.routes.staff import WHATS


def next_steps(account: Account, _now: datetime) -> list[Step]:
    """Every request that is not sent yet, by its due date."""
    return [
        Step(
            wish.due_on,
            f"Send what somebody asked for: {WHATS[wish.what]}",
            url_for("correspondence.format_request", number=wish.id),
            "You",
            "format",
        )
        for wish in queries.unsettled()
        if may(account, "settle_format_request", wish)
    ]
