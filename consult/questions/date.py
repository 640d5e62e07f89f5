"""A day, in three boxes."""

from __future__ import annotations

from datetime import date as Day
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

from wtforms import DateField, Form, SelectField
from wtforms.fields.choices import SelectChoice
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
from consult.questions.reading import digits, month, whole

PARTS = ("day", "month", "year")
LABELS = {"day": N_("Day"), "month": N_("Month"), "year": N_("Year")}

#: Up to so many years between the earliest and the latest day accepted are counted one by one.
MOST_YEARS = 15
#: Otherwise dates are counted by the decade, and lately by the year.
EDGES = (*range(1930, 2020, 10), *range(2020, 2036))


class Settings(Form):
    """The earliest and latest day accepted, and whether it may be in the past or in the future."""

    earliest = DateField("Earliest day accepted", validators=[Optional()])
    latest = DateField("Latest day accepted", validators=[Optional()])
    against_today = SelectField(
        "Past and future",
        choices=[
            SelectChoice("", "Any day"),
            SelectChoice("not_future", "Today or earlier"),
            SelectChoice("not_past", "Today or later"),
        ],
        validators=[Optional()],
    )


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

    #: what stands under the question where its author says nothing: a msgid
    example = N_("For example, 27 3 2026.")

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "date-input",
            {
                "id": f"{input_name(question)}--date",
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing, drawing.locale.say(self.example)),
                "errorMessage": first_error(drawing),
                "items": boxes(question, drawing),
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = {part: typed_part(data, part) for part in PARTS}
        if not any(given.values()):
            return {}
        wrong = self.wrong(given, locale)
        if wrong:
            return wrong
        kept = "".join(value.text or "" for value in self.values(question, data))
        earliest, latest = iso_day(question.settings.get("earliest")), iso_day(question.settings.get("latest"))
        if earliest and kept < earliest.isoformat()[: len(kept)]:
            said = locale.date(earliest.isoformat())
            return {PARTS[0]: locale.say(N_("Enter %(date)s or a later date"), date=said)}
        if latest and kept > latest.isoformat()[: len(kept)]:
            said = locale.date(latest.isoformat())
            return {PARTS[0]: locale.say(N_("Enter %(date)s or an earlier date"), date=said)}
        return {}

    def wrong(self, given: dict[str, str], locale: Locale) -> dict[str, str]:
        """What is no date in three boxes of which one at least is filled, by the box to go to."""
        return wrong_date(given, locale)

    def errors_today(self, question: Question, values: Values, today: Day, locale: Locale) -> dict[str, str]:
        kept = "".join(value.text or "" for value in values)
        said = against_today(question, kept, kept, today, locale)
        return {PARTS[0]: said} if said else {}

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
        first, last = invented_span(question)
        return (Value(text=(first + timedelta(days=random.randint(0, (last - first).days))).isoformat()),)


def invented_span(question: Question) -> tuple[Day, Day]:
    """Between which days invented dates lie."""
    first, last = iso_day(question.settings.get("earliest")), iso_day(question.settings.get("latest"))
    usual = (Day(2027, 1, 1), Day(2029, 12, 31)) if question.settings.get("against_today") == "not_past" else (
        Day(2015, 1, 1), Day(2025, 12, 31)
    )  # fmt: skip
    first = first or min(usual[0], last or usual[0])
    return first, max(first, last or usual[1])


def boxes(question: Question, drawing: Drawing, before: str = "") -> list[dict[str, Any]]:
    """Day, month and year; `before` is the first part of their names."""
    wrong = first_error(drawing, before) is not None
    return [
        {
            "id": input_name(question, f"{before}{part}"),
            "name": input_name(question, f"{before}{part}"),
            "label": drawing.locale.say(LABELS[part]),
            "width": 4 if part == "year" else 2,
            "value": drawing.typed(f"{before}{part}"),
            "classes": "nhsuk-input--error" if wrong else "",
        }
        for part in PARTS
    ]


def first_error(drawing: Drawing, before: str = "") -> dict[str, Any] | None:
    """The message of the three boxes, whichever of them it is about."""
    errors = (drawing.error(f"{before}{part}") for part in PARTS)
    return next((error for error in errors if error is not None), None)


def wrong_date(given: dict[str, str], locale: Locale) -> dict[str, str]:
    """What is wrong with three boxes of which one at least is filled, by the box to go to."""
    absent = [part for part in PARTS if not given[part]]
    if absent:
        names = locale.listed([locale.say(LABELS[part]) for part in absent])
        return {absent[0]: locale.say(N_("The date is not complete. Missing: %(parts)s"), parts=names)}
    if short_year(given):
        return {"year": locale.say(N_("Enter the year with 4 numbers, like 2026"))}
    if day_of(given) is None:
        return {PARTS[0]: locale.say(N_("Enter a real date, like 27 3 2026"))}
    return {}


def short_year(given: dict[str, str]) -> bool:
    """Whether the year is a number without its century."""
    return given["year"].isdigit() and len(given["year"]) != 4


def against_today(question: Question, first: str, last: str, today: Day, locale: Locale) -> str:
    """What to say where a date, or one of two, lies on the wrong side of today; a partial one is compared in part."""
    setting = question.settings.get("against_today")
    if setting == "not_future" and last > today.isoformat()[: len(last)]:
        return locale.say(N_("Enter a date that is today or in the past"))
    if setting == "not_past" and first < today.isoformat()[: len(first)]:
        return locale.say(N_("Enter a date that is today or in the future"))
    return ""


def typed_part(data: Data, part: str) -> str:
    """What stands in one box, in digits of ours."""
    texts = data.get(part, ())
    return digits(texts[0]) if texts else ""


def day_of(given: dict[str, str]) -> Day | None:
    """The day in three boxes; None where it is none."""
    try:
        year = whole(given["year"], 4)
        return None if short_year(given) else Day(year, month(given["month"]), whole(given["day"], 2))
    except ValueError:
        return None


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
