"""A share of a hundred."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DecimalField, Form
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Values
from consult.domain.questionnaire import Question
from consult.questions.base import N_, Locale
from consult.questions.number import Number


class Settings(Form):
    """How much is accepted, and whether parts of a percent are."""

    least = DecimalField(validators=[Optional(), NumberRange(0, 100)])
    most = DecimalField(validators=[Optional(), NumberRange(0, 100)])
    decimal = BooleanField()


class Percentage(Number):
    """A percentage."""

    name = "percentage"
    title = N_("A percentage")
    settings = Settings
    missing = N_("Enter a percentage")

    def bounds(self, question: Question) -> tuple[float | None, float | None]:
        least, most = super().bounds(question)
        return (0 if least is None else least), (100 if most is None else most)

    def around(self, question: Question, locale: Locale) -> dict[str, Any]:
        return {"suffix": "%"}

    def bare(self, text: str) -> str:
        return text.strip("%٪ ")

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [f"{locale.number(value.number)}%" for value in values if value.number is not None]

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        low, _, high = atom.partition("..")
        if not low:
            return locale.say("under %(number)s", number=f"{locale.number(float(high))}%")
        if not high:
            return locale.say("%(number)s or more", number=f"{locale.number(float(low))}%")
        ends = [f"{locale.number(float(one))}%" for one in (low, high)]
        return locale.say("from %(low)s to under %(high)s", low=ends[0], high=ends[1])
