"""What is next for administrators: accounts that nobody uses, and backups that are not made."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, url_for

from consult.accounts import queries
from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step
from consult.domain.lifecycle import day_of

#: An account that was not used for this long may be nobody’s any more.
UNUSED_FOR = timedelta(days=90)
#: A week without a backup is too long.
BACKED_UP_WITHIN = timedelta(days=7)


def next_steps(account: Account, now: datetime) -> list[Step]:
    """For those who look after accounts; the last audit is told by the room that keeps it."""
    if not may(account, "manage_accounts"):
        return []
    return [*_unused(now), *_backup(now)]


def _unused(now: datetime) -> list[Step]:
    before = now - UNUSED_FOR
    unused = [
        one
        for one in queries.accounts()
        if one.active and one.created_at < before and (one.last_in is None or one.last_in < before.date())
    ]
    if not unused:
        return []
    names = ", ".join(one.name for one in unused[:3]) + (" and others" if len(unused) > 3 else "")
    said = f"{names} {'has' if len(unused) == 1 else 'have'} not signed in for {UNUSED_FOR.days} days: still needed?"
    return [Step(None, said, url_for("accounts.all_accounts"), "You", "accounts")]


def _backup(now: datetime) -> list[Step]:
    last = queries.last_event("make_backup")
    if last is None and not current_app.config["CONSULT"].production:
        return []
    if last is not None and last.happened_at > now - BACKED_UP_WITHIN:
        return []
    said = "There is no backup yet" if last is None else f"The last backup was made on {day_of(last.happened_at)}"
    return [Step(None, f"{said}: run “consult backup”", url_for("accounts.staff_log"), "You", "backup", first=True)]
