"""Any number of answers from a list, with an exclusive "none of these"."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from wtforms import Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain import findings
from consult.domain.answers import Value, Values
from consult.domain.findings import Finding
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
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
    said,
)


class Settings(Form):
    """How many may be chosen, and in which order they stand."""

    least = IntegerField(validators=[Optional(), NumberRange(min=1)])
    most = IntegerField(validators=[Optional(), NumberRange(min=1)])
    order = order.order_setting()


@dataclass(frozen=True)
class Limits:
    """How many answers may be chosen; `most` is None where all of them may."""

    least: int
    most: int | None

    def words(self, locale: Locale) -> str:
        """What to do, for the hint."""
        if self.most is None:
            return locale.say(N_("Select at least %(least)s."), least=self.least) if self.least > 1 else ""
        if self.least == self.most:
            return locale.say(N_("Select exactly %(most)s."), most=self.most)
        if self.least > 1:
            return locale.say(N_("Select %(least)s to %(most)s."), least=self.least, most=self.most)
        return locale.say(N_("Select up to %(most)s."), most=self.most)

    def message(self, count: int, locale: Locale) -> str:
        """What is wrong with so many, and what to do about it; empty when they are right."""
        if self.least <= count <= (self.most or count):
            return ""
        if self.least == self.most:
            return locale.say(
                N_("Select exactly %(most)s answers: you have selected %(count)s"), most=self.most, count=count
            )
        if count < self.least:
            return locale.say(
                N_("Select at least %(least)s answers: you have selected %(count)s"), least=self.least, count=count
            )
        return locale.say(
            N_("Select no more than %(most)s answers: you have selected %(count)s"), most=self.most, count=count
        )


def limits(question: Question) -> Limits:
    """The limits its author set, as far as the options that can be seen allow them."""
    choosable = sum(not option.exclusive for option in question.options)
    least, most = _whole(question.settings.get("least")), _whole(question.settings.get("most"))
    return Limits(min(least or 1, max(1, choosable)), most if most and most < choosable else None)


def _whole(setting: Any) -> int | None:
    try:
        return max(1, int(setting))
    except (TypeError, ValueError):
        return None


class MultipleChoice(QuestionType):
    """Any number of answers from a list."""

    name = "multiple_choice"
    title = N_("Several answers from a list")
    settings = Settings
    needs_options = True
    missing = N_("Select one answer or more")

    def problems(self, question: Question) -> list[str]:
        found = super().problems(question)
        least, most = _whole(question.settings.get("least")), _whole(question.settings.get("most"))
        if most and least and least > most:
            found.append(f"asks for at least {least} answers, and at most {most}")
        if least and question.options and least > sum(not option.exclusive for option in question.options):
            found.append(f"asks for at least {least} answers, but has fewer to choose")
        return found

    def inputs(self, question: Question) -> list[str]:
        return [MAIN, *choices.other_inputs(question)]

    def texts(self, question: Question) -> list[str]:
        return choices.other_inputs(question)

    def component(self, question: Question, drawing: Drawing) -> Component:
        items = choices.items(question, drawing)
        how_many = limits(question).words(drawing.locale) or drawing.locale.say("Select all that apply.")
        if question.required and len(items) == 1:
            items[0]["attributes"] = {"aria-required": "true"}
        return Component(
            "checkboxes",
            {
                "idPrefix": input_name(question),
                "name": input_name(question),
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing, how_many),
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
            label = said(option.label, locale)
            wrong[MAIN] = locale.say(N_("Select “%(option)s” alone, or the other answers without it"), option=label)
        if chosen and not alone and not wrong and (message := limits(question).message(len(chosen), locale)):
            wrong[MAIN] = message
        return wrong

    def required_message(self, question: Question, locale: Locale) -> str:
        how_many = limits(question)
        return said(question.required_message, locale) or (
            how_many.words(locale).rstrip(".") if how_many.least > 1 else locale.say(self.missing)
        )

    def values(self, question: Question, data: Data) -> Values:
        return choices.chosen_values(question, [key for key in data.get(MAIN, ()) if key], data)

    def data(self, question: Question, values: Values) -> Data:
        return choices.choice_data(question, values)

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return choices.choice_words(question, values, locale)

    def possible(self, question: Question) -> list[Possible]:
        keys = tuple(option.key for option in question.options)
        alone = frozenset(option.key for option in question.options if option.exclusive)
        how_many = limits(question)
        # With an exclusive option alone, one is enough.
        least = 1 if alone else how_many.least
        return [Choices(keys, least=least, most=how_many.most or len(keys), exclusive=alone)]

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
        how_many = limits(question)
        count = min(max(random.choice((1, 1, 2, 2, 3)), how_many.least), how_many.most or len(free), len(free))
        picked = {option.key for option in random.sample(free, count)}
        return tuple(
            Value(choice=option.key, text="Something that is not on the list" if option.other else None)
            for option in question.options
            if option.key in picked
        )
