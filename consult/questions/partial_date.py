"""A date of which somebody may only know the year, or the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Day
from random import Random

from consult.domain.answers import Value, Values
from consult.domain.possible import Possible, Words
from consult.domain.questionnaire import Question
from consult.questions.base import N_, Component, Data, Drawing, Locale, heading_words, hint_words, input_name
from consult.questions.date import LABELS, PARTS, Date, month_number, typed_part, whole_number


class PartialDate(Date):
    """A date, a month or a year, kept as YYYY-MM-DD, YYYY-MM or YYYY."""

    name = "partial_date"
    title = N_("A date, or a month or year where that is all somebody knows")
    missing = N_("Enter a year, and the month and day if you know them")

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "date-input",
            {
                "id": f"{input_name(question)}--date",
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(
                    question,
                    drawing,
                    drawing.locale.say("Leave out the day, or the day and month, if you do not know."),
                ),
                "errorMessage": drawing.error(PARTS[0]),
                "items": [
                    {
                        "id": input_name(question, part),
                        "name": input_name(question, part),
                        "label": drawing.locale.say(LABELS[part]),
                        "width": 4 if part == "year" else 2,
                        "value": drawing.typed(part),
                        "classes": "nhsuk-input--error" if drawing.errors else "",
                    }
                    for part in PARTS
                ],
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = {part: typed_part(data, part) for part in PARTS}
        if not any(given.values()):
            return {}
        if not given["year"]:
            return {PARTS[0]: locale.say(N_("Enter the year"))}
        if given["day"] and not given["month"]:
            return {PARTS[0]: locale.say(N_("Enter the month too, or leave out the day"))}
        kept = _kept(given)
        if kept is None:
            return {PARTS[0]: locale.say(N_("Enter a real date, like 27 3 2026"))}
        earliest, latest = question.settings.get("earliest"), question.settings.get("latest")
        if isinstance(earliest, str) and kept < earliest[: len(kept)]:
            return {PARTS[0]: locale.say(N_("Enter %(date)s or a later date"), date=locale.date(earliest))}
        if isinstance(latest, str) and kept > latest[: len(kept)]:
            return {PARTS[0]: locale.say(N_("Enter %(date)s or an earlier date"), date=locale.date(latest))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        kept = _kept({part: typed_part(data, part) for part in PARTS})
        return () if kept is None else (Value(text=kept),)

    def data(self, question: Question, values: Values) -> Data:
        for value in values:
            if value.text:
                given = dict(zip(("year", "month", "day"), value.text.split("-"), strict=False))
                return {part: [str(int(text))] for part, text in given.items()}
        return {}

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        said: dict[int, Callable[[str], str]] = {4: str, 7: locale.month, 10: locale.date}
        return [said[len(value.text)](value.text) for value in values if value.text and len(value.text) in said]

    def possible(self, question: Question) -> list[Possible]:
        return [Words()]

    def invent(self, question: Question, random: Random) -> Values:
        (whole,) = super().invent(question, random)
        return (Value(text=(whole.text or "")[: random.choice((4, 7, 10, 10))]),)


def _kept(given: dict[str, str]) -> str | None:
    """The date as it is kept; None where it is none."""
    if not given["year"] or (given["day"] and not given["month"]):
        return None
    try:
        year = whole_number(given["year"], 4)
        month = month_number(given["month"]) if given["month"] else None
        day = whole_number(given["day"], 2) if given["day"] else None
        Day(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join(f"{one:0{size}}" for one, size in ((year, 4), (month, 2), (day, 2)) if one is not None)
