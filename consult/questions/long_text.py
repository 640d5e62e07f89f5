"""As many words as somebody needs, with a count of characters."""

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

LONGEST = 4000


class Settings(Form):
    """How much may be written."""

    longest = IntegerField(validators=[Optional(), NumberRange(1, 20_000)])


class LongText(QuestionType):
    """A longer written answer."""

    name = "long_text"
    title = N_("A longer written answer")
    seconds = 60
    settings = Settings
    free = True

    def component(self, question: Question, drawing: Drawing) -> Component:
        say = drawing.locale.say
        most = texts.longest(question, LONGEST)
        # Counts are told without a noun, so that no language needs its plural forms in the browser.
        left = say("Characters left: %(number)s", number="%{count}")
        over = say("Characters too many: %(number)s", number="%{count}")
        return Component(
            "character-count",
            {
                "id": input_name(question),
                "name": input_name(question),
                "label": heading_words(question, drawing),
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "value": drawing.typed(""),
                "maxlength": most,
                "threshold": 75,
                "rows": 6,
                "textareaDescriptionText": say("You can enter up to %(number)s characters", number="%{count}"),
                "charactersUnderLimitText": dict.fromkeys(("zero", "one", "two", "few", "many", "other"), left),
                "charactersAtLimitText": say("No characters left"),
                "charactersOverLimitText": dict.fromkeys(("zero", "one", "two", "few", "many", "other"), over),
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        return texts.too_long(question, data, locale, texts.longest(question, LONGEST))

    def values(self, question: Question, data: Data) -> Values:
        return texts.text_values(data)

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(text=" ".join(random.sample(texts.INVENTED, 2))[: texts.longest(question, LONGEST)]),)
