"""Bank holidays are those that gov.uk lists for England and Wales, and no working days."""

from __future__ import annotations

from datetime import date

import pytest

from consult.domain import bank_holidays
from consult.domain.lifecycle import working_days_after

#: As published on gov.uk; single days by proclamation left out.
LISTED = {
    2021: "0101 0402 0405 0503 0531 0830 1227 1228",
    2023: "0102 0407 0410 0501 0529 0828 1225 1226",
    2024: "0101 0329 0401 0506 0527 0826 1225 1226",
    2026: "0101 0403 0406 0504 0525 0831 1225 1228",
    2027: "0101 0326 0329 0503 0531 0830 1227 1228",
    2028: "0103 0414 0417 0501 0529 0828 1225 1226",
}


@pytest.mark.parametrize("year", LISTED)
def test_the_rule_gives_the_days_that_were_announced(year):
    assert " ".join(f"{day:%m%d}" for day in sorted(bank_holidays.in_year(year))) == LISTED[year]


@pytest.mark.parametrize(
    ("year", "day"), [(1961, "0402"), (2000, "0423"), (2019, "0421"), (2038, "0425"), (2100, "0328")]
)
def test_easter_falls_where_the_tables_have_it(year, day):
    assert f"{bank_holidays.easter_sunday(year):%m%d}" == day


def test_working_days_jump_over_christmas_and_easter():
    assert working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 30)
    assert working_days_after(date(2027, 3, 25), 1) == date(2027, 3, 30)
    assert working_days_after(date(2027, 3, 25), 0) == date(2027, 3, 25)
