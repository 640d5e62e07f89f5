"""A date of which somebody may only know the year, or the month."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from consult.domain.answers import Value, Values
from consult.domain.possible import Possible, Words
from consult.domain.questionnaire import Question
from consult.questions.base import N_, Data, Locale
from consult.questions.date import PARTS, Date, day_of, typed_part, wrong_date


class PartialDate(Date):
    """A date, a month or a year, kept as YYYY-MM-DD, YYYY-MM or YYYY."""

    name = "partial_date"
    title = N_("A date, or a month or year where that is all somebody knows")
    missing = N_("Enter a year, and the month and day if you know them")
    example = N_("Leave out the day, or the day and month, if you do not know.")

    def wrong(self, given: dict[str, str], locale: Locale) -> dict[str, str]:
        if not given["year"]:
            return {"year": locale.say(N_("Enter the year"))}
        if given["day"] and not given["month"]:
            return {"month": locale.say(N_("Enter the month too, or leave out the day"))}
        # The first day of a month, or of January, stands in for what is not known.
        return wrong_date({"year": given["year"], "month": given["month"] or "1", "day": given["day"] or "1"}, locale)

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
    if given["day"] and not given["month"]:
        return None
    day = day_of({"year": given["year"], "month": given["month"] or "1", "day": given["day"] or "1"})
    if day is None:
        return None
    return day.isoformat()[: 10 if given["day"] else 7 if given["month"] else 4]
