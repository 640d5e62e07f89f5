"""A grid with a number in each row."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from random import Random
from typing import Any

from wtforms import BooleanField, DecimalField, Form
from wtforms.validators import Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, grid
from consult.domain.possible import Amount, Possible
from consult.domain.questionnaire import Question, Row
from consult.domain.statistics import Tally
from consult.domain.wording import Wording
from consult.questions import order
from consult.questions.base import MAIN, N_, Component, Data, Drawing, Locale, input_name, said
from consult.questions.grids import Line, OfRows, line_words
from consult.questions.number import Number, bands_setting

#: Each row is read, checked, said and counted as a question for a number is.
NUMBER = Number()


class Settings(Form):
    """The range of every row, whole or decimal, bands, and in which order the rows stand. The unit is words."""

    least = DecimalField("Smallest number accepted", validators=[Optional()])
    most = DecimalField("Largest number accepted", validators=[Optional()])
    decimal = BooleanField("Accept numbers that are not whole")
    bands = bands_setting()
    order = order.order_setting()


class MatrixNumbers(OfRows):
    """A number for each row of a grid."""

    name = "matrix_numbers"
    title = N_("A grid with a number in each row")
    settings = Settings
    worded = {"unit": "Unit, such as minutes or miles"}
    seconds = 12
    missing = N_("Enter a number in each row")
    missing_in_row = N_("Enter a number for “%(row)s”")

    def problems(self, question: Question) -> list[str]:
        return [*super().problems(question), *NUMBER.problems(question)]

    def texts(self, question: Question) -> list[str]:
        return self.inputs(question)

    def hints(self, question: Question, locale: Locale) -> list[str]:
        return [NUMBER.range_words(question, locale)]

    def row_component(self, question: Question, row: Line, drawing: Drawing) -> Component:
        params = NUMBER.component(question, drawing).params
        return Component(
            "input",
            {
                **params,
                "id": input_name(question, row.key),
                "name": input_name(question, row.key),
                "label": _with_unit(line_words(question, row, drawing), question, drawing.locale),
                "hint": None,
                "errorMessage": drawing.error(row.key),
                "value": drawing.typed(row.key),
                "formGroup": {"classes": "app-grid__row app-grid__line"},
            },
        )

    def row_message(self, question: Question, row: Row, given: Sequence[str], locale: Locale) -> str:
        message = NUMBER.check(question, {MAIN: given}, locale).get(MAIN, "")
        return locale.say(N_("%(row)s: %(message)s"), row=said(row.label, locale), message=message) if message else ""

    def row_values(self, question: Question, row: Row, given: Sequence[str]) -> Values:
        return tuple(Value(part=row.key, number=value.number) for value in NUMBER.values(question, {MAIN: given}))

    def data(self, question: Question, values: Values) -> Data:
        return {
            value.part: list(NUMBER.data(question, (Value(number=value.number),))[MAIN])
            for value in values
            if value.number is not None
        }

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        by_row = {value.part: value for value in values}
        return [
            f"{said(row.label, locale)}: {NUMBER.words(question, (by_row[row.key],), locale)[0]}"
            for row in question.rows
            if row.key in by_row
        ]

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        return [(value.part, band) for value in values for _part, band in NUMBER.atoms(question, (value,))]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(row.key, band) for row in question.rows for _part, band in NUMBER.counted(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        bands = [band for _part, band in NUMBER.counted(question)]
        return grid(question, tally, bands, everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return NUMBER.atom_words(question, part, atom, locale)

    def possible(self, question: Question) -> list[Possible]:
        least, most = NUMBER.bounds(question)
        whole = not NUMBER.decimal(question)
        return [Amount(row.key, least=least, most=most, whole=whole) for row in question.rows]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        by_row = {value.part: value.number for value in values}
        return [by_row.get(row.key) for row in question.rows]

    def invent(self, question: Question, random: Random) -> Values:
        return tuple(
            Value(part=row.key, number=value.number)
            for row in question.rows
            if row.required or question.required or random.random() < 0.93
            for value in NUMBER.invent(question, random)
        )


def _with_unit(words: dict[str, Any], question: Question, locale: Locale) -> dict[str, Any]:
    """The words of a row, with the unit behind the box for those who only hear them."""
    unit = question.settings.get("unit")
    if not isinstance(unit, Wording) or not unit:
        return words
    worded = unit.to(locale.language)
    heard = f'<span class="nhsuk-u-visually-hidden" lang="{escape(worded.language)}" dir="{worded.direction}">'
    html = words.get("html") or escape(words["text"])
    return {**words, "html": f"{html} {heard}({escape(said(unit, locale))})</span>"}
