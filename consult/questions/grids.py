"""What questions with several lines share: rows, or options that each get a place or a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import Any, ClassVar

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Option, Question, Row
from consult.questions import order
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

#: From so many answers on, a grid takes the whole width of a wide page.
WIDE = 6

Line = Row | Option


def grid(
    question: Question,
    drawing: Drawing,
    lines: Sequence[Line],
    draw: Callable[[Line], Component],
    *,
    hints: Iterable[str] = (),
    **params: Any,
) -> Component:
    """A question's lines under its words, in the order in which they stand for somebody."""
    some_needed = any(isinstance(line, Row) and line.required for line in lines) and not question.required
    heading = replace(drawing, mark_optional=False) if some_needed else drawing
    drawn: list[Component | str] = []
    for line in order.in_order(question, lines, None if drawing.places else drawing.shuffle):
        if order.is_random(question) and drawing.places and line in order.movable(lines):
            drawn.append(order.place(line.key))
        drawn.append(draw(line))
    if order.is_random(question) and drawing.places:
        drawn.insert(2 * len(order.movable(lines)), order.LAST_PLACE)
    return Component(
        "grid",
        {
            "id": grid_id(question),
            "legend": heading_words(question, heading),
            "hint": hint_words(question, drawing, *hints),
            "rows": drawn,
            **params,
        },
    )


def grid_id(question: Question) -> str:
    """The id of the group of lines, which no input has."""
    return f"{input_name(question)}--grid"


def line_words(question: Question, line: Line, drawing: Drawing) -> dict[str, Any]:
    """The words of one line as a label or legend, marked as optional where others are needed."""
    words = spoken(line.label, drawing.locale)
    needed = any(row.required for row in question.rows)
    if drawing.mark_optional and needed and isinstance(line, Row) and not line.required:
        optional = drawing.locale.say("%(question)s (optional)", question=_WORDS)
        for name in {"text", "html"} & words.keys():
            words[name] = (escape(optional) if name == "html" else optional).replace(_WORDS, words[name])
    return {**words, "size": "s"}


#: Stands where the words of a line go; no text holds it.
_WORDS = "\ufdd0"


class OfRows(QuestionType):
    """A question with rows, each of which is answered on its own."""

    needs_rows = True
    #: what to say for a row that needs an answer and has none: a msgid with a place for the row
    missing_in_row: ClassVar[str] = N_("Select an answer for “%(row)s”")
    #: what stands under the question
    told: ClassVar[str] = ""

    def problems(self, question: Question) -> list[str]:
        found = super().problems(question)
        return found if question.rows else [*found, "needs rows"]

    def inputs(self, question: Question) -> list[str]:
        return [row.key for row in question.rows]

    def component(self, question: Question, drawing: Drawing) -> Component:
        return grid(
            question,
            drawing,
            question.rows,
            lambda row: self.row_component(question, row, drawing),
            hints=self.hints(question, drawing.locale),
            wide=len(question.options) >= WIDE,
        )

    def hints(self, question: Question, locale: Locale) -> list[str]:
        """What stands under the question besides its author's hint."""
        return [locale.say(self.told)] if self.told else []

    def row_component(self, question: Question, row: Line, drawing: Drawing) -> Component:
        """One row."""
        raise NotImplementedError

    def row_message(self, question: Question, row: Row, given: Sequence[str], locale: Locale) -> str:
        """What is wrong with what was given in one row, and what to do; empty when nothing is."""
        raise NotImplementedError

    def row_values(self, question: Question, row: Row, given: Sequence[str]) -> Values:
        """What was given in one row, as atoms of that row."""
        raise NotImplementedError

    def errors(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        wrong = {}
        for row in question.rows:
            given = data.get(row.key, ())
            message = self.row_message(question, row, given, locale)
            if not message and (row.required or question.required) and not self.row_values(question, row, given):
                own = said(question.required_message, locale)
                message = own or locale.say(self.missing_in_row, row=said(row.label, locale))
            if message:
                wrong[row.key] = message
        return wrong

    def values(self, question: Question, data: Data) -> Values:
        return tuple(value for row in question.rows for value in self.row_values(question, row, data.get(row.key, ())))

    def data(self, question: Question, values: Values) -> Data:
        data: dict[str, list[str]] = {}
        for value in values:
            data.setdefault(value.part, []).append(value.choice or value.text or "")
        return data

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{row.key}" for row in question.rows]


class ChoosingInRows(OfRows):
    """Rows with the same options in each."""

    needs_options = True

    def texts(self, question: Question) -> list[str]:
        return []

    def chosen(self, question: Question, given: Sequence[str]) -> list[str]:
        """The options that were chosen and exist, each once, in their order."""
        return [option.key for option in question.options if option.key in given]

    def row_values(self, question: Question, row: Row, given: Sequence[str]) -> Values:
        return tuple(Value(part=row.key, choice=key) for key in self.chosen(question, given))

    def choices(self, question: Question, row: Line, drawing: Drawing, name: str, **more: Any) -> Component:
        """A group of radios or checkboxes with the row as its legend."""
        chosen = set(drawing.chosen(row.key))
        return Component(
            name,
            {
                "idPrefix": input_name(question, row.key),
                "name": input_name(question, row.key),
                "fieldset": {"legend": line_words(question, row, drawing)},
                "errorMessage": drawing.error(row.key),
                "classes": f"nhsuk-{name}--small app-grid__choices",
                "formGroup": {"classes": "app-grid__row"},
                "items": [
                    {
                        "value": option.key,
                        "label": spoken(option.label, drawing.locale),
                        "checked": option.key in chosen,
                        **({"exclusive": True} if option.exclusive and name == "checkboxes" else {}),
                    }
                    for option in question.options
                ],
                **more,
            },
        )

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        lines = []
        for row in question.rows:
            labels = [
                said(option.label, locale)
                for value in values
                if value.part == row.key and (option := question.option_by_key.get(value.choice or ""))
            ]
            if labels:
                lines.append(f"{said(row.label, locale)}: {locale.listed(labels)}")
        return lines

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(row.key, option.key) for row in question.rows for option in question.options]
