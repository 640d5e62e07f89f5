"""A grid with any number of answers in each row: one group of checkboxes a row."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from wtforms import Form

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, grid
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question, Row
from consult.domain.statistics import Tally
from consult.questions import order
from consult.questions.base import N_, Component, Drawing, Locale, said
from consult.questions.grids import ChoosingInRows, Line


class Settings(Form):
    """In which order the rows stand."""

    order = order.order_setting()


class MatrixSeveral(ChoosingInRows):
    """Any number of choices for each row of a grid."""

    name = "matrix_several"
    title = N_("A grid with several answers in each row")
    settings = Settings
    seconds = 11
    missing = N_("Select one answer or more in each row")
    missing_in_row = N_("Select one answer or more for “%(row)s”")
    told = N_("Select all that apply in each row.")

    def row_component(self, question: Question, row: Line, drawing: Drawing) -> Component:
        return self.choices(question, row, drawing, "checkboxes")

    def row_message(self, question: Question, row: Row, given: Sequence[str], locale: Locale) -> str:
        chosen = {key for key in given if key}
        if any(key not in question.option_by_key for key in chosen):
            return locale.say(N_("Choose from the answers shown"))
        alone = [option for option in question.options if option.exclusive and option.key in chosen]
        if not alone or len(chosen) == 1:
            return ""
        return locale.say(
            N_("For “%(row)s”, select “%(option)s” alone, or the other answers without it"),
            row=said(row.label, locale),
            option=said(alone[0].label, locale),
        )

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return grid(question, tally, several=True, everyone=everyone)

    def possible(self, question: Question) -> list[Possible]:
        keys = tuple(option.key for option in question.options)
        alone = frozenset(option.key for option in question.options if option.exclusive)
        return [Choices(keys, row.key, most=len(keys), exclusive=alone) for row in question.rows]

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{row.key}/{option.key}" for row in question.rows for option in question.options]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        cells: list[str | int | float | None] = []
        for row in question.rows:
            chosen = {value.choice for value in values if value.part == row.key}
            cells += [int(option.key in chosen) if chosen else None for option in question.options]
        return cells

    def invent(self, question: Question, random: Random) -> Values:
        free = [option for option in question.options if not option.exclusive]
        values = []
        for row in question.rows:
            if not (row.required or question.required) and random.random() < 0.1:
                continue
            picked = {option.key for option in random.sample(free, min(len(free), random.choice((1, 1, 2, 3))))}
            if not free or (len(free) < len(question.options) and random.random() < 0.15):
                picked = {random.choice([option.key for option in question.options if option.exclusive])}
            values += [Value(part=row.key, choice=one.key) for one in question.options if one.key in picked]
        return tuple(values)
