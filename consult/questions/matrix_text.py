"""A grid with a few words in each row."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from wtforms import Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Question, Row
from consult.questions import order, texts
from consult.questions.base import MAIN, N_, Component, Drawing, Locale, input_name, said
from consult.questions.grids import Line, OfRows, line_words
from consult.questions.short_text import LONGEST


class Settings(Form):
    """How much may be written in each row, and in which order the rows stand."""

    longest = IntegerField("Most characters in each row", validators=[Optional(), NumberRange(1, 1000)])
    order = order.order_setting()


class MatrixText(OfRows):
    """A few words for each row of a grid; they become comments that name their row."""

    name = "matrix_text"
    title = N_("A grid with a short written answer in each row")
    settings = Settings
    seconds = 20
    free = True
    missing = N_("Enter an answer in each row")
    missing_in_row = N_("Enter an answer for “%(row)s”")

    def texts(self, question: Question) -> list[str]:
        return self.inputs(question)

    def row_component(self, question: Question, row: Line, drawing: Drawing) -> Component:
        return Component(
            "input",
            {
                "id": input_name(question, row.key),
                "name": input_name(question, row.key),
                "label": line_words(question, row, drawing),
                "errorMessage": drawing.error(row.key),
                "value": drawing.typed(row.key),
                "formGroup": {"classes": "app-grid__row app-grid__line"},
            },
        )

    def row_message(self, question: Question, row: Row, given: Sequence[str], locale: Locale) -> str:
        message = texts.too_long(question, {MAIN: given}, locale, texts.longest(question, LONGEST)).get(MAIN, "")
        return locale.say(N_("%(row)s: %(message)s"), row=said(row.label, locale), message=message) if message else ""

    def row_values(self, question: Question, row: Row, given: Sequence[str]) -> Values:
        return tuple(Value(part=row.key, text=value.text) for value in texts.text_values({MAIN: given}))

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        by_row = {value.part: value.text for value in values}
        return [f"{said(row.label, locale)}: {by_row[row.key]}" for row in question.rows if by_row.get(row.key)]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        by_row = {value.part: value.text for value in values}
        return [by_row.get(row.key) for row in question.rows]

    def invent(self, question: Question, random: Random) -> Values:
        most = texts.longest(question, LONGEST)
        return tuple(
            Value(part=row.key, text=random.choice(texts.INVENTED)[:most].strip() or "x")
            for row in question.rows
            if row.required or question.required or random.random() < 0.7
        )
