"""An email address: an answer that says who somebody is, kept apart from all others."""

from __future__ import annotations

from random import Random

from email_validator import EmailNotValidError, validate_email

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


class Email(QuestionType):
    """An email address."""

    name = "email"
    title = N_("An email address")
    free = True
    personal = True
    missing = N_("Enter an email address")

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "input",
            {
                "id": input_name(question),
                "name": input_name(question),
                "type": "email",
                "autocomplete": "email",
                "spellcheck": False,
                "label": heading_words(question, drawing),
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "value": drawing.typed(MAIN),
                "attributes": {"dir": "ltr"},
                "width": 30,
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        if texts.written(data) and not self.values(question, data):
            return {MAIN: locale.say(N_("Enter an email address in the correct format, like name@example.com"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        written = texts.written(data)
        if not written or len(written) > 254:
            return ()
        try:
            address = validate_email(written, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            return ()
        return (Value(text=address.normalized),)

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [texts.left_to_right(value.text, locale) for value in values if value.text]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(text=f"somebody{random.randint(1, 9999)}@example.org"),)
