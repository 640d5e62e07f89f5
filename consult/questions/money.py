"""An amount of money."""

from __future__ import annotations

from typing import Any

from wtforms import DecimalField, Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consult.domain.answers import Values
from consult.domain.questionnaire import Question
from consult.questions.base import N_, Locale
from consult.questions.number import Number

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


class Settings(Form):
    """Which money, and how much is accepted."""

    currency = SelectField(choices=[SelectChoice(one) for one in SIGNS], default="GBP", validators=[Optional()])
    least = DecimalField(validators=[Optional()])
    most = DecimalField(validators=[Optional()])


class Money(Number):
    """An amount of money."""

    name = "money"
    title = N_("An amount of money")
    settings = Settings
    missing = N_("Enter an amount")

    def bounds(self, question: Question) -> tuple[float | None, float | None]:
        least, most = super().bounds(question)
        return (0 if least is None else least), most

    def decimal(self, question: Question) -> bool:
        return True

    def sign(self, question: Question) -> str:
        """The sign of the currency."""
        return SIGNS.get(str(question.settings.get("currency")), SIGNS["GBP"])

    def around(self, question: Question, locale: Locale) -> dict[str, Any]:
        return {"prefix": self.sign(question)}

    def bare(self, text: str) -> str:
        return text.strip("£€$ ")

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [self._amount(question, value.number, locale) for value in values if value.number is not None]

    def _amount(self, question: Question, number: float, locale: Locale) -> str:
        whole = locale.number(int(number)) if float(number).is_integer() else locale.number(round(number, 2))
        return f"{self.sign(question)}{whole}"

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        low, _, high = atom.partition("..")
        if not low:
            return locale.say("under %(number)s", number=self._amount(question, float(high), locale))
        if not high:
            return locale.say("%(number)s or more", number=self._amount(question, float(low), locale))
        ends = (self._amount(question, float(one), locale) for one in (low, high))
        return locale.say("from %(low)s to under %(high)s", low=next(ends), high=next(ends))
