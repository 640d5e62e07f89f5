"""The staff log: who did what, to what, when."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from consult.accounts.models import Account, StaffEvent
from consult.extensions import db

LONGEST_THING = 200


def record(account: Account | None, verb: str, thing: Any = None, *, now: datetime, note: str = "") -> StaffEvent:
    """Write down what somebody did (None: the command line).

    `thing` is a kept row, named by its kind and address, or words. Never pass anything that a respondent said or is.
    """
    event = StaffEvent(
        account_id=account.id if account else None,
        verb=verb,
        thing=name_of(thing)[:LONGEST_THING],
        group_id=getattr(thing, "group_id", None),
        note=note,
        happened_at=now,
    )
    db.session.add(event)
    db.session.flush()
    return event


def name_of(thing: Any) -> str:
    """What the log calls a thing: “consultation more-time”, “format request 71”; words stay as they are."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(thing).__name__).lower()
    for name in ("slug", "email", "number", "id"):
        key = getattr(thing, name, None)
        if key is not None:
            return f"{kind} {key}"
    return kind
