"""A grid: one choice for each row, one group of radios a row."""

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
from consult.questions.base import N_, Component, Drawing, Locale
from consult.questions.grids import ChoosingInRows, Line


class Settings(Form):
    """In which order the rows stand."""

    order = order.order_setting()


class Matrix(ChoosingInRows):
    """One choice for each row of a grid."""

    name = "matrix"
    title = N_("A grid with one answer in each row")
    settings = Settings
    seconds = 9
    missing = N_("Select an answer in each row")

    def row_component(self, question: Question, row: Line, drawing: Drawing) -> Component:
        return self.choices(question, row, drawing, "radios")

    def row_message(self, question: Question, row: Row, given: Sequence[str], locale: Locale) -> str:
        chosen = [key for key in given if key]
        wrong = len(chosen) > 1 or any(key not in question.option_by_key for key in chosen)
        return locale.say(N_("Choose from the answers shown")) if wrong else ""

    def row_values(self, question: Question, row: Row, given: Sequence[str]) -> Values:
        return super().row_values(question, row, given)[:1]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return grid(question, tally, everyone=everyone)

    def possible(self, question: Question) -> list[Possible]:
        keys = tuple(option.key for option in question.options)
        return [Choices(keys, row.key) for row in question.rows]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        by_row = {value.part: value.choice for value in values}
        return [by_row.get(row.key) for row in question.rows]

    def invent(self, question: Question, random: Random) -> Values:
        return tuple(
            Value(part=row.key, choice=random.choice(question.options).key)
            for row in question.rows
            if row.required or question.required or random.random() < 0.93
        )
