"""A grid: one choice for each row, one group of radios a row."""

from __future__ import annotations

from random import Random
from typing import Any

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, grid
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question, Row
from consult.domain.statistics import Tally
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
    said,
    spoken,
)


class Matrix(QuestionType):
    """One choice for each row of a grid."""

    name = "matrix"
    title = N_("A grid with one answer in each row")
    seconds = 9
    needs_options = True
    missing = N_("Select an answer in each row")

    def problems(self, question: Question) -> list[str]:
        found = super().problems(question)
        return found if question.rows else [*found, "needs rows"]

    def inputs(self, question: Question) -> list[str]:
        return [row.key for row in question.rows]

    def texts(self, question: Question) -> list[str]:
        return []

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "grid",
            {
                "id": f"{input_name(question)}--grid",
                "legend": heading_words(question, drawing),
                "hint": hint_words(question, drawing),
                "rows": [self._row(question, row, drawing) for row in question.rows],
            },
        )

    def _row(self, question: Question, row: Row, drawing: Drawing) -> Component:
        chosen = set(drawing.chosen(row.key))
        legend: dict[str, Any] = {**spoken(row.label, drawing.locale), "size": "s"}
        return Component(
            "radios",
            {
                "idPrefix": input_name(question, row.key),
                "name": input_name(question, row.key),
                "fieldset": {"legend": legend},
                "errorMessage": drawing.error(row.key),
                "classes": "nhsuk-radios--small app-grid__row",
                "items": [
                    {
                        "value": option.key,
                        "label": spoken(option.label, drawing.locale),
                        "checked": option.key in chosen,
                    }
                    for option in question.options
                ],
            },
        )

    def errors(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        wrong = {}
        for row in question.rows:
            given = [key for key in data.get(row.key, ()) if key]
            if len(given) > 1 or any(key not in question.option_by_key for key in given):
                wrong[row.key] = locale.say(N_("Choose from the answers shown"))
            elif not given and (row.required or question.required):
                label = said(row.label, locale)
                own = said(question.required_message, locale)
                wrong[row.key] = own or locale.say(N_("Select an answer for “%(row)s”"), row=label)
        return wrong

    def values(self, question: Question, data: Data) -> Values:
        return tuple(
            Value(part=row.key, choice=key)
            for row in question.rows
            for key in [key for key in data.get(row.key, ()) if key in question.option_by_key][:1]
        )

    def data(self, question: Question, values: Values) -> Data:
        return {value.part: [value.choice or ""] for value in values}

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        lines = []
        for value in values:
            row, option = question.row_by_key.get(value.part), question.option_by_key.get(value.choice or "")
            if row and option:
                lines.append(f"{said(row.label, locale)}: {said(option.label, locale)}")
        return lines

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(row.key, option.key) for row in question.rows for option in question.options]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return grid(question, tally, everyone=everyone)

    def possible(self, question: Question) -> list[Possible]:
        keys = tuple(option.key for option in question.options)
        return [Choices(keys, row.key) for row in question.rows]

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{row.key}" for row in question.rows]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        by_row = {value.part: value.choice for value in values}
        return [by_row.get(row.key) for row in question.rows]

    def invent(self, question: Question, random: Random) -> Values:
        return tuple(
            Value(part=row.key, choice=random.choice(question.options).key)
            for row in question.rows
            if row.required or question.required or random.random() < 0.93
        )
