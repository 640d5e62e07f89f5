"""A few words on one line."""

from __future__ import annotations

from random import Random

from wtforms import Form, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
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
#: Up to here a box holds a code, a name or a line, and stops where its author said; longer answers are told when sent.
LONGEST_LINE = 100
#: What a box for digits or for a way to reach somebody is, so that devices offer the right keys and known details.
EXPECTED = {
    "email": {"type": "email", "autocomplete": "email", "spellcheck": False},
    "telephone": {"type": "tel", "autocomplete": "tel", "spellcheck": False},
    "digits": {"inputmode": "numeric", "spellcheck": False},
}


class Settings(Form):
    """How much may be written, and whether it is digits (a code), or an address or a number to reach somebody."""

    longest = IntegerField(validators=[Optional(), NumberRange(1, 1000)])
    expects = SelectField(choices=[SelectChoice(""), *(SelectChoice(one) for one in EXPECTED)], default="")


class ShortText(QuestionType):
    """A few words on one line."""

    name = "short_text"
    title = N_("A short written answer")
    seconds = 20
    settings = Settings
    free = True

    def component(self, question: Question, drawing: Drawing) -> Component:
        most, expects = texts.longest(question, LONGEST), str(question.settings.get("expects"))
        attributes = {"maxlength": str(most)} if most <= LONGEST_LINE else {}
        if expects == "digits" and attributes:
            # A whole code: what tools that try out a form may type.
            attributes |= {"data-min": str(10 ** (most - 1)), "data-max": str(10**most - 1)}
        return Component(
            "input",
            {
                **EXPECTED.get(expects, {}),
                "attributes": attributes,
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
