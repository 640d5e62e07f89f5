"""The released tables as a spreadsheet: a cover, a list of what is there, notes, a table a sheet, and all as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from consult.domain.crossing.shape import CROSS
from consult.domain.statistics import LEAST_FOR_PERCENTAGES
from consult.domain.wording import Wording, direction
from consult.publications.downloads.sheet import Book, Link, Sheet
from consult.publications.downloads.tables import Table
from consult.questions.variables import Holds, Variable
from consult.results import drawn, export
from consult.results.export import HIDDEN_MARK, NONE_MARK
from consult.results.personal import Said, as_they_are
from consult.results.sheets import Cell
from consult.web.locale import language_name

#: The notes of the columns of all figures together, in their order.
NOTED = ("people", "rounded_to", "percent", "did_not_choose", "answered", "answered_is_about")


def book(data: Mapping[str, Any], *, author: str) -> Book:
    """The tables of `consult.results.export.released`, in the language they were made in."""
    tables = list(_questions(data))
    notes = _notes()
    front = [
        (_("About this file"), _about(data)),
        (notes.title, notes),
    ]
    everything = Sheet(_("All figures"), export.HEADINGS, list(_filled(data)), table="All_figures")
    titles = [*((sheet.name, title) for (title, sheet) in front), *((sheet.name, sheet.title) for sheet in tables)]
    titles.append((everything.name, _("Every figure of this file in one table, for programs")))
    return Book(
        title=str(data["title"]),
        sheets=[front[0][1], _contents(titles, data, tables), front[1][1], *tables, everything],
        language=str(data["language"]),
        direction=direction(str(data["language"])),
        author=author,
        written_on=date.fromisoformat(data["published"]) if data["published"] else None,
        description=_("People chose to take part, so this is not a poll."),
    )


def table(data: Mapping[str, Any]) -> Table:
    """Every figure in a row of its own, for formats of rows; what is hidden or cannot be is empty."""
    cells = data["cells"]

    def rows(said: Said = as_they_are) -> Iterator[Sequence[Any]]:
        return ((said(0, tuple(_value(cell[name]) for name in export.HEADINGS)),) for cell in cells)

    spoken = headings()
    columns = tuple(
        Variable(
            name,
            Wording(spoken[name]),
            Holds.NUMBER if name in (*export.FIGURES, "answered", "answered_is_about") else Holds.TEXT,
            whole=True,
            least=0,
        )
        for name in export.HEADINGS
    )
    return Table("Results", str(data["title"]), columns, rows, rows, (len(columns),), len(cells))


def headings() -> dict[str, str]:
    """What the columns of all figures are called in the reader's language."""
    return {
        "question": _("Key of the question"),
        "question_text": _("Question"),
        "row": _("Key of the part"),
        "row_text": _("Part of the question"),
        "answer": _("Key of the answer"),
        "answer_text": _("Answer"),
        **_columns(),
        "answered_is_about": _("Whether that number is about right rather than exact"),
    }


def _about(data: Mapping[str, Any]) -> Sheet:
    few = _("Fewer than ten people took part. Figures would show who said what, so there are none.")
    rows: list[Sequence[Cell]] = [
        [_("Consultation"), data["title"]],
        [_("Page with these results"), f"/consultations/{data['consultation']}/results"],
        [_("Language"), language_name(str(data["language"]))],
        [_("People who took part"), few if data["responses"] is None else data["responses"]],
        [_("Day of publication"), data["published"] or _("Not published")],
        [_("How people were chosen"), _("People chose to take part, so this is not a poll.")],
        [_("Rules that protect people"), data["profile"]],
    ]
    because = {
        "trap": _("They filled in a field that people cannot see."),
        "fast": _("They were sent faster than a person can answer."),
        "same": _("They gave the same answers in the same words."),
    }
    for reason, people in data["left_out_at_least"].items():
        left = _("Number of answers: at least %(number)s.", number=people)
        rows.append([_("Answers we left out"), f"{because.get(reason, reason)} {left}"])
    return Sheet(_("Cover"), (_("About this file"), _("Value")), rows, title=str(data["title"]), table="Cover")


def _contents(titles: Sequence[tuple[str, str]], data: Mapping[str, Any], tables: Sequence[Sheet]) -> Sheet:
    rows: list[Sequence[Cell | Link]] = [[Link(name, name), title] for name, title in titles]
    shown = {sheet.table for sheet in tables}
    told = _("These figures could give somebody away, so they are not shown.")
    for at, question in enumerate(data["questions"], 1):
        if f"Question_{at}" not in shown:
            rows.insert(-1, [HIDDEN_MARK, f"{question['text']}: {told}"])
    heading = _("What is in this file")
    return Sheet(_("Contents"), (_("Sheet"), _("What it shows")), rows, title=heading, table="Contents")


def _notes() -> Sheet:
    meanings = {
        "people": _("People who gave this answer."),
        "rounded_to": _("The figure is rounded to the nearest of this number."),
        "percent": _("Whole per cent of those who answered, from the figures shown."),
        "did_not_choose": _("Where several answers were possible: people who answered and did not choose this."),
        "answered": _("People who answered: the sum of the figures shown, in which a hidden one counts as 5."),
        "answered_is_about": _("Whether that sum is made of rounded or hidden figures."),
    }
    rows = [
        [HIDDEN_MARK, _("Hidden, so that nobody can be recognised.")],
        [NONE_MARK, _("There is no such figure, or too few people answered for a percentage.")],
        *([f"{_columns()[name]} ({name})" if name in _columns() else name, meanings[name]] for name in NOTED),
    ]
    heading = _("Marks and columns of the tables")
    return Sheet(_("Notes"), (_("Mark or column"), _("Meaning")), rows, title=heading, table="Notes")


def _columns() -> dict[str, str]:
    """The headings of the tables of questions, by the names of the figures."""
    return {
        "people": _("People"),
        "rounded_to": _("Rounded to the nearest"),
        "percent": _("Per cent"),
        "did_not_choose": _("Did not choose this"),
        "answered": _("People who answered"),
    }


def _questions(data: Mapping[str, Any]) -> Iterator[Sheet]:
    """A table for each question with figures, numbered as they are asked."""
    number_of = {question["question"]: at for at, question in enumerate(data["questions"], 1)}
    for key, group in groupby(data["cells"], key=lambda cell: cell["question"]):
        cells = list(group)
        at = number_of[key]
        called = _("Table %(number)s", number=at) if CROSS in key else _("Question %(number)s", number=at)
        title = f"{called}: {cells[0]['question_text']}"
        yield _question(called, title, f"Question_{at}", cells)


def _question(name: str, title: str, table: str, cells: Sequence[Mapping[str, Any]]) -> Sheet:
    in_parts = any(cell["row"] for cell in cells)
    several = any(cell["several"] for cell in cells)
    columns = _columns()
    figures = ["people", "rounded_to", "percent", *(["did_not_choose"] if several else [])]
    notes = []
    if several:
        notes.append(_("People could choose more than one answer."))
    if in_parts:
        figures.append("answered")
    else:
        base = drawn.people(drawn.Total(cells[0]["answered"], about=cells[0]["answered_is_about"]))
        notes.append(_("People who answered: %(people)s.", people=base))
    if any(cell["answered"] < LEAST_FOR_PERCENTAGES for cell in cells):
        notes.append(
            _("There is no percentage where fewer than %(number)s people answered.", number=LEAST_FOR_PERCENTAGES)
        )
    if any(cell["hidden"] for cell in cells):
        notes.append(_("Small figures are hidden and marked [c], so that nobody can be recognised."))
    rows = []
    for cell in cells:
        marks = {one: _marked(cell, one) for one in figures}
        words = ([cell["row_text"] or cell["row"]] if in_parts else []) + [cell["answer_text"] or cell["answer"]]
        rows.append([*words, *marks.values()])
    headings = [*([_("Part of the question")] if in_parts else []), _("Answer"), *(columns[one] for one in figures)]
    return Sheet(name, headings, rows, title=title, notes=notes, table=table)


def _marked(cell: Mapping[str, Any], name: str) -> Cell:
    value: Cell = cell[name]
    return (HIDDEN_MARK if cell["hidden"] else NONE_MARK) if value is None else value


def _value(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, bool) else cell or None if isinstance(cell, str) else cell


def _filled(data: Mapping[str, Any]) -> Iterator[list[Cell]]:
    """Every figure in a row of its own; what is empty says why."""
    for row in export.released_rows(data):
        yield [NONE_MARK if cell is None or cell == "" else cell for cell in row]
