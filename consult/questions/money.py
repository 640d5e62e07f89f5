"""An amount of money."""

from __future__ import annotations

import re
from typing import Any

from wtforms import DecimalField, Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consult.domain.answers import Values
from consult.domain.questionnaire import Question
from consult.questions.base import N_, Locale
from consult.questions.number import Number, bands_setting
from consult.questions.reading import AMBIGUOUS, digits, parse

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Settings(Form):
    """Which money, how much is accepted, and the bands of the results."""

    currency = SelectField(
        "Currency", choices=[SelectChoice(one) for one in SIGNS], default="GBP", validators=[Optional()]
    )
    least = DecimalField("Smallest amount accepted", validators=[Optional()])
    most = DecimalField("Largest amount accepted", validators=[Optional()])
    bands = bands_setting()


class Money(Number):
    """An amount of money."""

    name = "money"
    title = N_("An amount of money")
    settings = Settings
    missing = N_("Enter an amount")
    unreadable = N_("Enter an amount using digits, like 12 or 12.50")
    range_said = N_("An amount from %(low)s to %(high)s")

    def bounds(self, question: Question) -> tuple[float | None, float | None]:
        least, most = super().bounds(question)
        return (0 if least is None else least), most

    def decimal(self, question: Question) -> bool:
        return True

    def currency(self, question: Question) -> str:
        """The three letters of the currency."""
        given = str(question.settings.get("currency"))
        return given if given in SIGNS else "GBP"

    def around(self, question: Question, locale: Locale) -> dict[str, Any]:
        return {"prefix": SIGNS[self.currency(question)]}

    def bare(self, question: Question, text: str) -> str:
        return digits(text).strip("".join(SIGNS.values()))

    def read(self, question: Question, text: str) -> int | float | None:
        bare = self.bare(question, text)
        # There are no thousandths of a pound: a comma before three digits parts thousands.
        if AMBIGUOUS.fullmatch(bare):
            bare = bare.replace(",", "")
        number = parse(bare, decimal=True)
        finer = number is not None and round(number, 2) != number
        return None if finer or re.fullmatch(r"[^,]*\.\d{3,}", bare) else number

    def refused(self, question: Question, text: str) -> str:
        return self.unreadable

    def amount(self, question: Question, number: float, locale: Locale) -> str:
        return locale.money(number, self.currency(question))

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [self.amount(question, value.number, locale) for value in values if value.number is not None]
