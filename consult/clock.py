"""The clock, read only by doors: everything below is given an aware `now`."""

from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """This moment in UTC, whole seconds."""
    return _now().replace(microsecond=0)
