"""Yes or no, in the words of the interface."""

from __future__ import annotations

from random import Random

from wtforms import BooleanField, Form

from consult.domain.answers import Value, Values
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question
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

LABELS = {"yes": N_("Yes"), "no": N_("No"), "not_sure": N_("I’m not sure")}


class Settings(Form):
    """Whether "I'm not sure" is offered."""

    not_sure = BooleanField()


class YesNo(QuestionType):
    """Yes or no."""

    name = "yes_no"
    title = N_("Yes or no")
    settings = Settings
    missing = N_("Select yes or no")

    def texts(self, question: Question) -> list[str]:
        return []

    def keys(self, question: Question) -> list[str]:
        """The answers offered."""
        return ["yes", "no", "not_sure"] if question.settings.get("not_sure") else ["yes", "no"]

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "radios",
            {
                "idPrefix": input_name(question),
                "name": input_name(question),
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "items": [
                    {"value": key, "text": drawing.locale.say(LABELS[key]), "checked": key in drawing.chosen()}
                    for key in self.keys(question)
                ],
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = [key for key in data.get(MAIN, ()) if key]
        if len(given) > 1 or any(key not in self.keys(question) for key in given):
            return {MAIN: locale.say(N_("Choose from the answers shown"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        given = [key for key in data.get(MAIN, ()) if key in self.keys(question)]
        return (Value(choice=given[0]),) if given else ()

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [locale.say(LABELS[value.choice]) for value in values if value.choice in LABELS]

    def possible(self, question: Question) -> list[Possible]:
        return [Choices(tuple(self.keys(question)))]

    def apart(self, question: Question) -> list[str]:
        return ["not_sure"] if question.settings.get("not_sure") else []

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, key) for key in self.keys(question)]

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return locale.say(LABELS[atom]) if atom in LABELS else atom

    def invent(self, question: Question, random: Random) -> Values:
        keys = self.keys(question)
        return (Value(choice=random.choices(keys, [5, 3, 1][: len(keys)])[0]),)
