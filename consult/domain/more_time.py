"""More time for somebody who got another format late, without anybody knowing who uses it.

The code they are given says until when, and is the same for everybody with that date: it names nobody, and nothing of
it reaches their answers.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32encode
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from consult.domain.lifecycle import LONDON, closing_of

#: A format that comes very late holds everybody's results back no longer than this.
MOST = timedelta(days=28)
_CODE = re.compile(r"(\d{4})(\d{2})(\d{2})-([a-z2-7]{4})-([a-z2-7]{4})-([a-z2-7]{4})")


def until(*, due_on: date, closes_on: date, sent_on: date) -> date | None:
    """The last day somebody may begin whose format was sent on `sent_on`; None where it was in time.

    It is late when it comes after the day it was due or after the consultation has closed. They get as many days as it
    was late, counted from closing, or from the day it was sent where that is later.
    """
    late = sent_on - min(due_on, closes_on)
    if late <= timedelta(0):
        return None
    return max(sent_on, closes_on) + min(late, MOST)


def moment(day: date, zone: ZoneInfo = LONDON) -> datetime:
    """When that day's extension ends: just before midnight in London, in UTC."""
    return closing_of(day, zone)


def code(secret: str, consultation_id: int, day: date) -> str:
    """What is handed to the person: the day and a signature of it and of the consultation."""
    signature = hmac.new(secret.encode(), f"more time {consultation_id} {day:%Y%m%d}".encode(), hashlib.sha256)
    letters = b32encode(signature.digest()).decode().lower()
    return f"{day:%Y%m%d}-{letters[:4]}-{letters[4:8]}-{letters[8:12]}"


def read(secret: str, consultation_id: int, given: str) -> date | None:
    """The day in a code of ours for this consultation; None for anything else."""
    found = _CODE.fullmatch(given.strip().lower()) if given.isascii() else None
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if hmac.compare_digest(code(secret, consultation_id, day), given.strip().lower()) else None
