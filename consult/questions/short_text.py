"""A few words on one line."""

from __future__ import annotations

from random import Random

from wtforms import Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Question
from consult.questions import texts
from consult.questions.base import (
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

LONGEST = 250


class Settings(Form):
    """How much may be written."""

    longest = IntegerField(validators=[Optional(), NumberRange(1, 1000)])


class ShortText(QuestionType):
    """A few words on one line."""

    name = "short_text"
    title = N_("A short written answer")
    settings = Settings
    free = True

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "input",
            {
                "id": input_name(question),
                "name": input_name(question),
                "label": heading_words(question, drawing),
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "value": drawing.typed(""),
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        return texts.too_long(question, data, locale, texts.longest(question, LONGEST))

    def values(self, question: Question, data: Data) -> Values:
        return texts.text_values(data)

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(text=random.choice(texts.INVENTED)[: texts.longest(question, LONGEST)]),)
