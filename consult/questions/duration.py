"""How long something took or takes, in boxes for days, hours and minutes; kept in minutes."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

from wtforms import Form, IntegerField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, numbers
from consult.domain.possible import Amount, Possible
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
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
from consult.questions.reading import digits

#: Each unit in minutes, the longest first.
UNITS = {"days": 24 * 60, "hours": 60, "minutes": 1}
LABELS = {"days": N_("Days"), "hours": N_("Hours"), "minutes": N_("Minutes")}
USUAL = ("hours", "minutes")
#: Durations are counted between these minutes, from a quarter of an hour to four weeks.
EDGES = (15, 30, 60, 120, 240, 24 * 60, 3 * 24 * 60, 7 * 24 * 60, 14 * 24 * 60, 28 * 24 * 60)
LONGEST = 10 * 366 * 24 * 60


class Settings(Form):
    """Which boxes there are, and the longest that is accepted, in minutes."""

    units = SelectMultipleField("Boxes for", choices=[SelectChoice(one) for one in UNITS], validators=[Optional()])
    most = IntegerField("Longest time accepted, in minutes", validators=[Optional(), NumberRange(1, LONGEST)])


class Duration(QuestionType):
    """A length of time."""

    name = "duration"
    title = N_("A length of time")
    settings = Settings
    missing = N_("Enter how long, for example 1 hour and 30 minutes")

    def units(self, question: Question) -> list[str]:
        """The boxes, longest unit first."""
        given = question.settings.get("units")
        chosen = [one for one in UNITS if isinstance(given, list | tuple) and one in given]
        return chosen or list(USUAL)

    def most(self, question: Question) -> int:
        """The longest accepted, in minutes."""
        most = question.settings.get("most")
        return most if isinstance(most, int) and not isinstance(most, bool) and 0 < most <= LONGEST else LONGEST

    def inputs(self, question: Question) -> list[str]:
        return self.units(question)

    def texts(self, question: Question) -> list[str]:
        return self.units(question)

    def component(self, question: Question, drawing: Drawing) -> Component:
        units = self.units(question)
        return Component(
            "date-input",
            {
                "id": f"{input_name(question)}--duration",
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing),
                "errorMessage": next((one for unit in units if (one := drawing.error(unit))), None),
                "items": [self._box(question, unit, drawing) for unit in units],
            },
        )

    def _box(self, question: Question, unit: str, drawing: Drawing) -> dict[str, Any]:
        return {
            "id": input_name(question, unit),
            "name": input_name(question, unit),
            "label": drawing.locale.say(LABELS[unit]),
            "width": 3,
            "value": drawing.typed(unit),
            "classes": "nhsuk-input--error" if drawing.errors else "",
            "attributes": {"data-min": "0", "data-max": "20"},
        }

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        units = self.units(question)
        if not any(_typed(data, unit) for unit in units):
            return {}
        minutes = self._minutes(question, data)
        if minutes is None:
            wrong = next(unit for unit in units if not _readable(_typed(data, unit)))
            return {wrong: locale.say(N_("Enter whole numbers, like 1 and 30"))}
        if minutes > self.most(question):
            return {units[0]: locale.say(N_("Enter %(long)s or less"), long=_said(self.most(question), locale))}
        return {}

    def _minutes(self, question: Question, data: Data) -> int | None:
        """The whole in minutes; None where a box holds no whole number or all are empty."""
        given = {unit: _typed(data, unit) for unit in self.units(question)}
        if not any(given.values()):
            return None
        if not all(_readable(text) for text in given.values()):
            return None
        return sum(int(text or 0) * UNITS[unit] for unit, text in given.items())

    def values(self, question: Question, data: Data) -> Values:
        minutes = self._minutes(question, data)
        return () if minutes is None or minutes > LONGEST else (Value(number=minutes),)

    def data(self, question: Question, values: Values) -> Data:
        found: dict[str, list[str]] = {}
        for value in values:
            left = int(value.number or 0)
            for unit in self.units(question):
                whole, left = divmod(left, UNITS[unit])
                found[unit] = [str(whole)]
        return found

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [_said(int(value.number), locale) for value in values if value.number is not None]

    def possible(self, question: Question) -> list[Possible]:
        return [Amount(least=0, most=self.most(question), whole=True)]

    def bands(self, question: Question) -> list[str]:
        """Keys of the bands durations are counted in: `30..60` is from 30 to under 60 minutes."""
        smallest = UNITS[self.units(question)[-1]]
        edges = [edge for edge in EDGES if smallest <= edge <= self.most(question)] or [smallest]
        return [f"..{edges[0]}", *(f"{low}..{high}" for low, high in pairwise(edges)), f"{edges[-1]}.."]

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        found = []
        for value in values:
            for band in self.bands(question):
                low, _, high = band.partition("..")
                minutes = value.number
                if minutes is not None and minutes >= int(low or 0) and (not high or minutes < int(high)):
                    found.append((MAIN, band))
        return found

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, band) for band in self.bands(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return numbers(question, tally, self.bands(question), everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        low, _, high = atom.partition("..")
        if not low:
            return locale.say("under %(number)s", number=_said(int(high), locale))
        if not high:
            return locale.say("%(number)s or more", number=_said(int(low), locale))
        return locale.say("from %(low)s to under %(high)s", low=_said(int(low), locale), high=_said(int(high), locale))

    def invent(self, question: Question, random: Random) -> Values:
        smallest = UNITS[self.units(question)[-1]]
        most = min(self.most(question), 40 * smallest * (1 if smallest > 1 else 6))
        return (Value(number=random.randint(0, max(0, most // smallest)) * smallest),)


def _readable(text: str) -> bool:
    return text == "" or (text.isascii() and text.isdigit() and len(text) <= 7)


def _typed(data: Data, unit: str) -> str:
    texts = data.get(unit, ())
    return digits(texts[0]) if texts else ""


def _said(minutes: int, locale: Locale) -> str:
    """Minutes in days, hours and minutes, those that are not nought: “1 hour and 30 minutes”."""
    pieces: list[str] = []
    left = minutes
    for unit, long in UNITS.items():
        number, left = divmod(left, long)
        if number or (unit == "minutes" and not pieces):
            pieces.append(locale.counted(number, unit.removesuffix("s")))
    return locale.listed(pieces)
