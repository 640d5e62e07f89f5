"""Released tables as plain data and as text, and when rows of responses may leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.answering import queries as answering
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.crossing import Crossed, equality_question
from consult.domain.disclosure import Figures
from consult.domain.errors import NotNow
from consult.domain.findings import Finding, Grid, Ranks, Table
from consult.domain.questionnaire import Question, Questionnaire
from consult.extensions import db
from consult.results import drawn, queries, sheets
from consult.results.models import Release
from consult.results.sheets import Cell
from consult.web.locale import current_language
from consult.web.page import plain

HEADINGS = (
    "question",
    "question_text",
    "row",
    "row_text",
    "answer",
    "answer_text",
    "people",
    "rounded_to",
    "percent",
    "did_not_choose",
    "answered",
    "answered_is_about",
)
FIGURES = ("people", "rounded_to", "percent", "did_not_choose")
#: What the Government Analysis Function asks for where a figure is confidential, and where there can be none.
HIDDEN_MARK, NONE_MARK = "[c]", "[z]"


# Released tables


def released(
    consultation: Consultation, questionnaire: Questionnaire, figures: Figures, release: Release | None
) -> dict[str, Any]:
    """Released tables as plain data in the reader's language; `published` is None when nothing is published yet."""
    told, cells = [], []
    for one in _told(questionnaire, figures):
        withheld = one.finding.withheld if isinstance(one.finding, Grid | Ranks) else ()
        described = {"question": one.finding.question, "text": one.text, "shape": one.finding.shape}
        told.append(described | ({"withheld_rows": list(withheld)} if withheld else {}))
        cells += [row for table in one.finding.tables for row in _rows(one, table)]
    return {
        "consultation": consultation.slug,
        "title": plain(consultation.wording("title")),
        "language": current_language(),
        "published": release.published_on.isoformat() if release else None,
        "release": release.number if release else None,
        "responses": figures.responses,
        "left_out_at_least": (release.left_out or {}) if release else queries.left_out(consultation),
        "profile": figures.profile,
        "questions": told,
        "cells": cells,
    }


@dataclass(frozen=True)
class _Told:
    """A released finding with its words: the question, its rows or groups of people, and its answers."""

    finding: Finding
    text: str
    row_text: Callable[[str], str]
    answer_text: Callable[[str, str], str]


def _told(questionnaire: Questionnaire, figures: Figures) -> Iterator[_Told]:
    """Every question, then what people said about themselves (`&sex`), then both crossed (`how&sex`)."""
    for finding in figures.findings:
        question = questionnaire.question_by_key.get(finding.question)
        about = equality_question(finding)
        if question is not None:
            yield _Told(finding, plain(question.text), *_of_question(question))
        elif about is not None:
            labels = drawn.equality_labels(about)
            text = drawn.people_words([about]).unescape()
            yield _Told(finding, text, lambda part: part, lambda _part, key, labels=labels: labels.get(key, key))  # type: ignore[misc]
    for finding in figures.crossed:
        of = Crossed.of(finding)
        question = questionnaire.question_by_key.get(of.question)
        if question is not None:
            _row_text, answer_text = _of_question(question)
            text = f"{plain(question.text)} – {drawn.people_words(of.by).unescape()}"
            yield _Told(
                finding,
                text,
                lambda part, by=of.by: drawn.group_words(by, part).unescape() if part else "",  # type: ignore[misc]
                lambda _part, key, answer_text=answer_text: answer_text("", key),  # type: ignore[misc]
            )


def _of_question(question: Question) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
    def row_text(part: str) -> str:
        row = drawn.line_of(question, part)
        return plain(row.label) if row else ""

    return row_text, lambda part, key: drawn.label_text(question, part, key)


def _rows(told: _Told, table: Table) -> Iterator[dict[str, str | int | bool | None]]:
    """Every released cell of a table as a flat row, the same for every file; the figure of a hidden one is None."""
    for cell in table.cells:
        twin = table.unticked_by_key.get(cell.key)
        yield {
            "question": told.finding.question,
            "question_text": told.text,
            "row": table.part,
            "row_text": told.row_text(table.part),
            "answer": cell.key,
            "answer_text": told.answer_text(table.part, cell.key),
            "people": None if cell.hidden else cell.about,
            "hidden": cell.hidden,
            "rounded_to": None if cell.hidden else cell.nearest,
            "percent": drawn.percent_of(table, cell),
            "several": bool(table.unticked),
            "did_not_choose": None if twin is None or twin.hidden else twin.about,
            "answered": table.base.count,
            "answered_is_about": table.base.about,
        }


def released_rows(data: Mapping[str, Any]) -> Iterator[list[Cell]]:
    """The cells in the order of HEADINGS, with marks where there is no figure."""
    for cell in data["cells"]:
        # A figure that is there, is hidden, or cannot be.
        none = HIDDEN_MARK if cell["hidden"] else NONE_MARK
        marks: dict[str, Cell] = {name: none if cell[name] is None else cell[name] for name in FIGURES}
        if not cell["several"]:
            marks["did_not_choose"] = NONE_MARK
        marks["answered_is_about"] = "yes" if cell["answered_is_about"] else "no"
        yield [marks.get(name, cell[name]) for name in HEADINGS]


def released_csv(data: Mapping[str, Any]) -> bytes:
    """The released tables as one CSV file."""
    return sheets.csv_text(HEADINGS, list(released_rows(data))).encode()


def released_json(data: Mapping[str, Any]) -> bytes:
    """The released tables for programs."""
    return sheets.json_text(data).encode()


# One row for each response


def refuse_raw(consultation: Consultation, *, now: datetime, least: int, production: bool) -> None:
    """Raise NotNow where responses may not leave: while it is open (on a live site), or with too few of them."""
    over = lifecycle.phase(consultation, now) in (lifecycle.Phase.CLOSED, lifecycle.Phase.REPORTED)
    if production and not over:
        raise NotNow("Responses can be written when the consultation has closed.")
    if production and not lifecycle.answers_over(consultation, now):
        raise NotNow("Answers can still arrive, at the latest from people who were given more time. Try again later.")
    if production and not answering.all_settled(db.session, consultation.id):
        raise NotNow("The last answers are still waiting to be counted. Try again about an hour after closing.")
    if answering.responses(db.session, consultation.id) < least:
        raise NotNow(f"Fewer than {least} responses are counted, so none can be written.")
