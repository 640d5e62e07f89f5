"""Matrices and side-by-side tables of Qualtrics as grids of ours; a table of several questions becomes several."""

from __future__ import annotations

from typing import Any

from consult.exchange.assembly import Asked, Words
from consult.exchange.losses import CHANGED, LOST
from consult.exchange.qualtrics.options import options, rows
from consult.exchange.qualtrics.questions import LINE, leave_out, required, settings_of
from consult.exchange.qualtrics.reading import Reading, numbered, step_into
from consult.exchange.structure import Thing, number_of, text_of

#: What is asked in each row, as the kind of grid; by selector, then by sub-selector.
LIKERT = {"SingleAnswer": "matrix", "DL": "matrix", "MultipleAnswer": "matrix_several", "DND": "matrix_several"}
OTHERS = {"Bipolar": "matrix", "Profile": "matrix", "CS": "matrix_numbers", "RO": "matrix_numbers", "TE": "matrix_text"}
CELLS = {
    "matrix": "single_choice",
    "matrix_several": "multiple_choice",
    "matrix_numbers": "number",
    "matrix_text": "short_text",
}
#: A grid, what it adds to the key of its question, what it adds to its words, and what logic calls its rows.
Grid = tuple[dict[str, Any], str, Words, dict[str, Asked]]


def grids(reading: Reading, thing: Thing) -> list[Grid]:
    """The grids of one question; none, and reported, where it cannot be asked."""
    if thing.text("QuestionType") == "SBS":
        return _side_by_side(reading, thing)
    kind = _kind(thing)
    if kind is None:
        done = f"A grid of the kind “{thing.text('Selector')}” cannot be asked; the question is left out."
        leave_out(reading, thing, done)
        return []
    return _grid(reading, thing, thing, kind)


def _kind(thing: Thing) -> str | None:
    selector, sub = thing.text("Selector"), thing.text("SubSelector")
    if selector == "Likert":
        kind = LIKERT.get(sub)
        if sub == "DND":
            done = "What is dragged to a place is asked by boxes to tick, several in a row."
            thing.lose(CHANGED, "SubSelector", done, said=sub)
        return kind
    if selector == "RO":
        thing.lose(CHANGED, "Selector", "An order is asked by numbers in each row.", said=selector)
    if selector == "CS" and settings_of(thing).get("ChoiceTotal"):
        done = "Whether the numbers of a row make the total is not checked."
        thing.lose(CHANGED, "Validation", done, said=text_of(settings_of(thing).get("ChoiceTotal")))
    return OTHERS.get(selector)


def _grid(reading: Reading, whole: Thing, thing: Thing, kind: str) -> list[Grid]:
    """One grid of choices, or a grid of boxes for each column."""
    needed = required(thing)
    made, keys = rows(reading, whole if "Choices" in whole else thing, required=needed)
    if not made:
        thing.lose(LOST, "Choices", "There are no rows, so it is left out.", said=thing.text("QuestionText"))
        return []
    if kind in ("matrix_text", "matrix_numbers"):
        return _columns(reading, whole, thing, kind, made, keys)
    if thing.text("Selector") == "Profile":
        done = "The answers of the first row stand in every row."
        thing.lose(CHANGED, "Answers", done, said=thing.text("Selector"))
    listed, answers = options(reading, thing, several=kind == "matrix_several", name="Answers", boxes=False)
    if not listed:
        thing.lose(
            LOST, "Answers", "There is nothing to choose from, so it is left out.", said=thing.text("QuestionText")
        )
        return []
    grid = {"kind": kind, "options": listed, "rows": made}
    return [(grid, "", {}, _known(whole, kind, keys, answers))]


def _columns(
    reading: Reading, whole: Thing, thing: Thing, kind: str, made: list[dict[str, Any]], keys: dict[str, str]
) -> list[Grid]:
    settings: dict[str, Any] = {"longest": LINE} if kind == "matrix_text" else {}
    columns = numbered(thing, "Answers", "AnswerOrder")
    said = settings_of(thing)
    if kind == "matrix_numbers":
        least, most = number_of(said.get("ChoiceMin")), number_of(said.get("ChoiceMax"))
        settings |= {name: value for name, value in (("least", least), ("most", most)) if value is not None}
    side = whole is not thing
    if len(columns) < 2 or side:
        if side:
            thing.seen("Answers", "AnswerOrder")
        label = reading.line(thing, "Answers", columns[0][0], "Display") if columns and not side else {}
        return [({"kind": kind, "rows": made, "settings": settings}, "", label, _known(whole, kind, keys, {}))]
    done = "A table of boxes becomes one question for each column."
    thing.lose(
        CHANGED,
        "Answers",
        done,
        said=" / ".join(
            next(iter(reading.line(thing, "Answers", number, "Display").values()), number) for number, _one in columns
        ),
    )
    found: list[Grid] = []
    for number, _column in columns:
        label = reading.line(thing, "Answers", number, "Display")
        names = _known(whole, kind, keys, {}) if not found else {}
        found.append(
            (
                {"kind": kind, "rows": [dict(row) for row in made], "settings": dict(settings)},
                f"_{number}",
                label,
                names,
            )
        )
    return found


def _known(thing: Thing, kind: str, keys: dict[str, str], answers: dict[str, str]) -> dict[str, Asked]:
    """What logic calls the rows: QID5/2; the key of the question is filled in where it is known."""
    question = thing.text("QuestionID")
    return {f"{question}/{number}": Asked("", CELLS[kind], answers, row=row) for number, row in keys.items()}


def _side_by_side(reading: Reading, thing: Thing) -> list[Grid]:
    """A grid for each column of a table; each has the table's rows."""
    found: list[Grid] = []
    columns = numbered(thing, "AdditionalQuestions", "AdditionalOrder")
    if len(columns) > 1:
        done = "A table of several questions side by side becomes one grid for each."
        thing.lose(CHANGED, "AdditionalQuestions", done, said=f"{len(columns)}")
    for number, column in columns:
        column.place = f"{thing.place}, column {number}"
        translated = {
            code: step_into(translation.get("AdditionalQuestions"), number)
            for code, translation in reading.translations(thing)
        }
        column.data = {**column.data, "Language": {code: one for code, one in translated.items() if one}}
        label = reading.line(thing, "AdditionalQuestions", number, "QuestionText")
        kind = _kind(column)
        if kind is None:
            done = f"A column of the kind “{column.text('Selector')}” cannot be asked, so it is left out."
            leave_out(reading, column, done)
            continue
        for grid, more, words, names in _grid(reading, thing, column, kind):
            found.append((grid, f"_{number}{more}", label or words, names))
        column.seen(*INTERNAL_COLUMN)
        reading.finish(column)
    thing.seen("Choices")
    return found


INTERNAL_COLUMN = (
    "QuestionText", "QuestionID", "QuestionType", "Selector", "SubSelector", "DataExportTag", "QuestionDescription",
    "Configuration", "Validation", "RecodeValues", "VariableNaming", "AnalyzeChoices", "ChoiceColumnWidthPixels",
    "ChoiceDataExportTags", "Choices", "ChoiceOrder", "AnswerOrder", "GradingData", "DefaultChoices", "Language",
)  # fmt: skip
