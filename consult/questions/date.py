"""A day, in three boxes."""

from __future__ import annotations

import unicodedata
from datetime import date as Day
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

from wtforms import DateField, Form
from wtforms.validators import Optional

from consult.domain import possible
from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, scale
from consult.domain.possible import Possible
from consult.domain.questionnaire import Question
from consult.domain.statistics import ANSWERED, ASKED, Tally
from consult.questions.base import (
    MAIN,
    N_,
    Component,
    Data,
    Drawing,
    Locale,
    QuestionType,
    heading_words,
    hint_words,
    input_name,
)
from consult.questions.number import DIGITS

PARTS = ("day", "month", "year")
LABELS = {"day": N_("Day"), "month": N_("Month"), "year": N_("Year")}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: Up to so many years between the earliest and the latest day accepted are counted one by one.
MOST_YEARS = 15
#: Otherwise dates are counted by the decade, and lately by the year.
EDGES = (*range(1930, 2020, 10), *range(2020, 2036))


class Settings(Form):
    """The earliest and latest day accepted."""

    earliest = DateField(validators=[Optional()])
    latest = DateField(validators=[Optional()])


class Date(QuestionType):
    """A date."""

    name = "date"
    title = N_("A date")
    settings = Settings
    missing = N_("Enter a date")

    def inputs(self, question: Question) -> list[str]:
        return list(PARTS)

    def texts(self, question: Question) -> list[str]:
        return list(PARTS)

    def component(self, question: Question, drawing: Drawing) -> Component:
        wrong = set(drawing.errors)
        items = [
            {
                "id": input_name(question, part),
                "name": input_name(question, part),
                "label": drawing.locale.say(LABELS[part]),
                "width": 4 if part == "year" else 2,
                "value": drawing.typed(part),
                "classes": "nhsuk-input--error" if wrong else "",
            }
            for part in PARTS
        ]
        return Component(
            "date-input",
            {
                "id": f"{input_name(question)}--date",
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing, drawing.locale.say("For example, 27 3 2026.")),
                "errorMessage": drawing.error(PARTS[0]),
                "items": items,
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = {part: typed_part(data, part) for part in PARTS}
        if not any(given.values()):
            return {}
        absent = [part for part in PARTS if not given[part]]
        if absent:
            names = ", ".join(locale.say(LABELS[part]) for part in absent)
            return {PARTS[0]: locale.say(N_("The date is not complete. Missing: %(parts)s"), parts=names)}
        day = day_of(given)
        if day is None:
            return {PARTS[0]: locale.say(N_("Enter a real date, like 27 3 2026"))}
        earliest, latest = question.settings.get("earliest"), question.settings.get("latest")
        if isinstance(earliest, str) and day.isoformat() < earliest:
            return {PARTS[0]: locale.say(N_("Enter %(date)s or a later date"), date=locale.date(earliest))}
        if isinstance(latest, str) and day.isoformat() > latest:
            return {PARTS[0]: locale.say(N_("Enter %(date)s or an earlier date"), date=locale.date(latest))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        day = day_of({part: typed_part(data, part) for part in PARTS})
        return () if day is None else (Value(text=day.isoformat()),)

    def data(self, question: Question, values: Values) -> Data:
        for value in values:
            if value.text:
                year, month, day = value.text.split("-")
                return {"day": [str(int(day))], "month": [str(int(month))], "year": [str(int(year))]}
        return {}

    def possible(self, question: Question) -> list[Possible]:
        return [possible.Day("", iso_day(question.settings.get("earliest")), iso_day(question.settings.get("latest")))]

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [locale.date(value.text) for value in values if value.text]

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        return [(MAIN, value.text[:4]) for value in values if value.text]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        grouped: dict[tuple[str, str, str], int] = {}
        bands = self.bands(question)
        for (key, part, atom), people in tally.items():
            if key == question.key:
                place = (key, part, atom if atom in (ASKED, ANSWERED) else _band_of(atom, bands))
                grouped[place] = grouped.get(place, 0) + people
        filled = [band for band in bands if grouped.get((question.key, MAIN, band))]
        return scale(question, grouped, filled, everyone=everyone)

    def bands(self, question: Question) -> list[str]:
        """The years dates are counted in, `1990..2000` up to but not including 2000.

        Fixed ones, open at both ends: a year that only occurs would tell the earliest and the latest answer.
        """
        first, last = iso_day(question.settings.get("earliest")), iso_day(question.settings.get("latest"))
        if first and last and last.year - first.year < MOST_YEARS:
            return [f"{year}..{year + 1}" for year in range(first.year, last.year + 1)]
        return [f"..{EDGES[0]}", *(f"{low}..{high}" for low, high in pairwise(EDGES)), f"{EDGES[-1]}.."]

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        low, _, high = atom.partition("..")
        if not low:
            return locale.say(N_("before %(year)s"), year=high)
        if not high:
            return locale.say(N_("%(year)s or later"), year=low) if ".." in atom else atom
        last = str(int(high) - 1)
        return low if low == last else locale.say("from %(low)s to %(high)s", low=low, high=last)

    def invent(self, question: Question, random: Random) -> Values:
        first = iso_day(question.settings.get("earliest")) or Day(2015, 1, 1)
        last = iso_day(question.settings.get("latest")) or max(first, Day(2025, 12, 31))
        return (Value(text=(first + timedelta(days=random.randint(0, max(0, (last - first).days)))).isoformat()),)


def typed_part(data: Data, part: str) -> str:
    """What stands in one box, in digits of ours."""
    texts = data.get(part, ())
    return texts[0].strip().translate(DIGITS) if texts else ""


def day_of(given: dict[str, str]) -> Day | None:
    """The day in three boxes; None where it is none."""
    try:
        return Day(whole_number(given["year"], 4), month_number(given["month"]), whole_number(given["day"], 2))
    except ValueError:
        return None


def month_number(text: str) -> int:
    """A month by its number or its name in English; raises ValueError."""
    folded = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if one.isalpha())[:3]
    return MONTHS.index(folded) + 1 if folded in MONTHS else whole_number(text, 2)


def whole_number(text: str, longest: int) -> int:
    """A whole number of at most so many digits; raises ValueError."""
    if not (text.isascii() and text.isdigit() and len(text) <= longest):
        raise ValueError(text)
    return int(text)


def _band_of(year: str, bands: list[str]) -> str:
    for band in bands:
        low, _, high = band.partition("..")
        if (not low or int(year) >= int(low)) and (not high or int(year) < int(high)):
            return band
    return bands[0] if int(year) < int(bands[0].partition("..")[2] or year) else bands[-1]


def iso_day(value: Any) -> Day | None:
    """A kept day; None for anything else."""
    try:
        return Day.fromisoformat(value)
    except (TypeError, ValueError):
        return None
