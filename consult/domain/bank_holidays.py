"""Bank holidays in England, by rule (Banking and Financial Dealings Act 1971): no list that grows old.

Single days that are proclaimed, such as for a coronation, follow no rule and are not known here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONDAY = 0


@lru_cache(maxsize=64)
def in_year(year: int) -> frozenset[date]:
    """The eight of a year, with the days that stand in where one falls on a weekend."""
    easter = easter_sunday(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1)}
    days.add(_monday_from(date(year, 5, 1)))
    days.add(_monday_from(date(year, 5, 25)))
    days.add(_monday_from(date(year, 8, 25)))
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in days:
            day += timedelta(days=1)
        days.add(day)
    return frozenset(days)


def is_one(day: date) -> bool:
    """Whether this day is a bank holiday in England."""
    return day in in_year(day.year)


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the anonymous algorithm, as Meeus gives it)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, left = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    fours, ones = divmod(rest, 4)
    weekday = (32 + 2 * left + 2 * fours - moon - ones) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)
