"""A share of a hundred."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DecimalField, Form
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Values
from consult.domain.questionnaire import Question
from consult.questions.base import N_, Locale
from consult.questions.number import Number, bands_setting


class Settings(Form):
    """How much is accepted, whether parts of a percent are, and the bands of the results."""

    least = DecimalField("Smallest percentage accepted", validators=[Optional(), NumberRange(0, 100)])
    most = DecimalField("Largest percentage accepted", validators=[Optional(), NumberRange(0, 100)])
    decimal = BooleanField("Accept parts of a percent")
    bands = bands_setting()


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

    def bare(self, question: Question, text: str) -> str:
        return text.strip("%٪ ")

    def amount(self, question: Question, number: float, locale: Locale) -> str:
        return f"{super().amount(question, number, locale)}%"

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [self.amount(question, value.number, locale) for value in values if value.number is not None]
