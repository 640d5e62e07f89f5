"""Any number of answers from a list, with an exclusive "none of these"."""

from __future__ import annotations

from random import Random

from consult.domain import findings
from consult.domain.answers import Value, Values
from consult.domain.findings import Finding
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
from consult.questions import choices
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


class MultipleChoice(QuestionType):
    """Any number of answers from a list."""

    name = "multiple_choice"
    title = N_("Several answers from a list")
    needs_options = True
    missing = N_("Select one answer or more")

    def inputs(self, question: Question) -> list[str]:
        return [MAIN, *choices.other_inputs(question)]

    def texts(self, question: Question) -> list[str]:
        return choices.other_inputs(question)

    def component(self, question: Question, drawing: Drawing) -> Component:
        items = choices.items(question, drawing)
        if question.required and len(items) == 1:
            items[0]["attributes"] = {"aria-required": "true"}
        return Component(
            "checkboxes",
            {
                "idPrefix": input_name(question),
                "name": input_name(question),
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing, drawing.locale.say("Select all that apply.")),
                "errorMessage": drawing.error(),
                "items": items,
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        chosen = {key for key in data.get(MAIN, ()) if key}
        alone = {option.key for option in question.options if option.exclusive} & chosen
        wrong = {**choices.without_unknown(question, data, locale), **choices.too_long_others(question, data, locale)}
        if alone and len(chosen) > 1 and not wrong:
            option = question.option_by_key[sorted(alone)[0]]
            label = option.label.to(locale.language).text
            wrong[MAIN] = locale.say(N_("Select “%(option)s” alone, or the other answers without it"), option=label)
        return wrong

    def values(self, question: Question, data: Data) -> Values:
        return choices.chosen_values(question, [key for key in data.get(MAIN, ()) if key], data)

    def data(self, question: Question, values: Values) -> Data:
        return choices.choice_data(question, values)

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return choices.choice_words(question, values, locale)

    def possible(self, question: Question) -> list[Possible]:
        keys = tuple(option.key for option in question.options)
        alone = frozenset(option.key for option in question.options if option.exclusive)
        return [Choices(keys, most=len(keys), exclusive=alone)]

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{option.key}" for option in question.options]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        if not values:
            return [None for _ in question.options]
        chosen = {value.choice for value in values}
        return [int(option.key in chosen) for option in question.options]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return findings.bars(question, tally, several=True, everyone=everyone)

    def invent(self, question: Question, random: Random) -> Values:
        alone = [option for option in question.options if option.exclusive]
        free = [option for option in question.options if not option.exclusive]
        if alone and (not free or random.random() < 0.1):
            return (Value(choice=random.choice(alone).key),)
        picked = {option.key for option in random.sample(free, min(len(free), random.choice((1, 1, 2, 2, 3))))}
        return tuple(
            Value(choice=option.key, text="Something that is not on the list" if option.other else None)
            for option in question.options
            if option.key in picked
        )
