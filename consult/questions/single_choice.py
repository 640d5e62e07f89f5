"""One answer from a list: radios, or a select for a long list."""

from __future__ import annotations

from random import Random
from typing import Any

from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consult.domain.answers import Value, Values
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question
from consult.questions import choices, order
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


class Settings(Form):
    """How the list looks; long lists are a select in any case."""

    appearance = SelectField(
        choices=[
            SelectChoice("radios", "Radio buttons"),
            SelectChoice("select", "Drop-down list"),
            SelectChoice("type_ahead", "A box to type in that searches the list"),
        ],
        validators=[Optional()],
    )
    order = order.order_setting()


class SingleChoice(QuestionType):
    """One answer from a list."""

    name = "single_choice"
    title = N_("One answer from a list")
    settings = Settings
    needs_options = True
    missing = N_("Select an answer")

    def inputs(self, question: Question) -> list[str]:
        return [MAIN, *choices.other_inputs(question)]

    def texts(self, question: Question) -> list[str]:
        return choices.other_inputs(question)

    def as_select(self, question: Question) -> bool:
        """Whether it is drawn as a drop-down list; pictures need radios."""
        if question.settings.get("appearance") in ("select", "type_ahead"):
            return True
        pictures = any(option.picture for option in question.options)
        return len(question.options) > choices.LONGEST_RADIOS and not pictures

    def component(self, question: Question, drawing: Drawing) -> Component:
        words, hint = heading_words(question, drawing), hint_words(question, drawing)
        if self.as_select(question):
            type_ahead = question.settings.get("appearance") == "type_ahead"
            return choices.select_component(question, drawing, words, hint, type_ahead=type_ahead)
        params: dict[str, Any] = {
            "idPrefix": input_name(question),
            "name": input_name(question),
            "fieldset": {"legend": words},
            "hint": hint,
            "errorMessage": drawing.error(),
            "items": choices.items(question, drawing),
        }
        return Component("radios", params)

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        if len([key for key in data.get(MAIN, ()) if key]) > 1:
            return {MAIN: locale.say(N_("Choose one answer only"))}
        if unlisted := choices.unlisted(question, data, locale):
            return unlisted
        return {**choices.without_unknown(question, data, locale), **choices.too_long_others(question, data, locale)}

    def values(self, question: Question, data: Data) -> Values:
        return choices.chosen_values(question, [key for key in data.get(MAIN, ()) if key][:1], data)

    def data(self, question: Question, values: Values) -> Data:
        return choices.choice_data(question, values)

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return choices.choice_words(question, values, locale)

    def possible(self, question: Question) -> list[Possible]:
        return [Choices(tuple(option.key for option in question.options))]

    def columns(self, question: Question) -> list[str]:
        return [question.key]

    def invent(self, question: Question, random: Random) -> Values:
        weights = [3 / (1 + abs(at - len(question.options) / 3)) for at, _ in enumerate(question.options)]
        option = random.choices(question.options, weights)[0]
        return (Value(choice=option.key, text="Something that is not on the list" if option.other else None),)
