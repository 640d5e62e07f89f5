"""The clock, read only by doors: everything below is given an aware `now`."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
