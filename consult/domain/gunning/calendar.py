"""When people are away, and when elections are near.

Local elections in England are on the first Thursday in May (Representation of the People Act 1983, section 37); notice
of them is given at least 25 working days before, and from then on public bodies hold back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from consult.domain import bank_holidays
from consult.domain.gunning.plan import Election

NOTICE = 25
#: A period matters when at least this share of the time to answer lies in it.
SHARE = 0.2
#: The first days of Ramadan in the civil calendar, as the tabular Islamic calendar has them; a day may differ by sight.
RAMADAN_DAYS = 30


def away(opens_on: date, closes_on: date) -> Iterator[tuple[str, int]]:
    """The periods in which a good part of the time to answer lies, with the number of days in each."""
    length = max(1, (closes_on - opens_on).days)
    for year in range(opens_on.year - 1, closes_on.year + 1):
        easter = bank_holidays.easter_sunday(year)
        for name, starts, ends in (
            ("August", date(year, 8, 1), date(year, 8, 31)),
            ("the days from Christmas to New Year", date(year, 12, 21), date(year + 1, 1, 3)),
            ("the two weeks round Easter", easter - timedelta(days=9), easter + timedelta(days=8)),
            *(("Ramadan", one, one + timedelta(days=RAMADAN_DAYS - 1)) for one in ramadans(year)),
        ):
            # The closing day itself counts: people can answer until its end.
            days = (min(ends, closes_on) - max(starts, opens_on)).days + 1
            if days > 0 and days / length >= SHARE:
                yield name, days


def is_day_off(day: date) -> bool:
    """Whether it is a weekend or a bank holiday in England."""
    return day.weekday() >= 5 or bank_holidays.is_one(day)


def local_elections(year: int) -> Iterator[Election]:
    """The time before this year's local elections in England, the day of the vote included."""
    day = date(year, 5, 1)
    day += timedelta(days=(3 - day.weekday()) % 7)
    starts, left = day, NOTICE
    while left:
        starts -= timedelta(days=1)
        left -= not is_day_off(starts)
    yield Election(f"local elections on {day.day} May {year}", starts, day)


def ramadans(year: int) -> Iterator[date]:
    """The first days of Ramadan that fall into a year, by the tabular Islamic calendar (civil epoch, 16 July 622)."""
    for islamic in range(int((year - 622) * 33 / 32) - 1, int((year - 622) * 33 / 32) + 3):
        # Eight months before Ramadan have 30 and 29 days in turn; eleven years in thirty have a day more.
        before = (islamic - 1) * 354 + (3 + 11 * islamic) // 30 + 236
        day = date(622, 7, 19) + timedelta(days=before)
        if day.year == year:
            yield day
