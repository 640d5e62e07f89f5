"""A telephone number: an answer that says who somebody is, kept apart from all others."""

from __future__ import annotations

from random import Random

import phonenumbers

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Question
from consult.questions import texts
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

#: Numbers without the sign of a country are read as numbers here.
HERE = "GB"


class Telephone(QuestionType):
    """A telephone number."""

    name = "telephone"
    title = N_("A telephone number")
    free = True
    personal = True
    missing = N_("Enter a telephone number")

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "input",
            {
                "id": input_name(question),
                "name": input_name(question),
                "type": "tel",
                "autocomplete": "tel",
                "spellcheck": False,
                "label": heading_words(question, drawing),
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "value": drawing.typed(MAIN),
                "attributes": {"dir": "ltr"},
                "width": 20,
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        if texts.written(data) and not self.values(question, data):
            return {
                MAIN: locale.say(N_("Enter a telephone number, like 01202 960001, 07700 900982 or +44 808 157 0192"))
            }
        return {}

    def values(self, question: Question, data: Data) -> Values:
        written = texts.written(data)
        try:
            number = phonenumbers.parse(written[:60], HERE)
        except phonenumbers.NumberParseException:
            return ()
        if not phonenumbers.is_possible_number(number):
            return ()
        at_home = number.country_code == phonenumbers.country_code_for_region(HERE)
        form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return (Value(text=phonenumbers.format_number(number, form)),)

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [texts.left_to_right(value.text, locale) for value in values if value.text]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def invent(self, question: Question, random: Random) -> Values:
        # Numbers kept free for films (Ofcom).
        return (Value(text=f"07700 900{random.randint(0, 999):03}"),)
