"""What is next for PPG members: open consultations to tell people of."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from consult.accounts.models import Account
from consult.accounts.work import Step
from consult.consultations import queries as consultations
from consult.domain import lifecycle
from consult.domain.lifecycle import Phase


def next_steps(account: Account, now: datetime) -> list[Step]:
    """Every open consultation of the groups somebody promotes for, by the day it closes."""
    groups = {one.group_id for one in account.memberships if one.role == "promoter"}
    if not groups:
        return []
    return [
        Step(
            lifecycle.day_of(one.closes_at) if one.closes_at else None,
            f"Tell people of “{one.wording('title').to('en').text}”",
            url_for("promotion.staff_share", slug=one.slug),
            "You",
            "share",
        )
        for one in consultations.for_staff(None if None in groups else {group for group in groups if group is not None})
        if lifecycle.phase(one, now) is Phase.OPEN
    ]
