"""Files of results: released tables, and for staff after closing one row for each response, streamed with flat memory."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from consult.answering.models import Comment, Response
from consult.consultations.models import Consultation
from consult.domain.answers import unpack
from consult.domain.disclosure import Figures
from consult.domain.questionnaire import Questionnaire
from consult.extensions import db
from consult.questions import kind
from consult.results import drawn
from consult.results.models import Release

HEADINGS = (
    "question", "question_text", "row", "row_text", "answer", "answer_text", "people", "rounded_to", "percent", "answered", "answered_is_about",
)  # fmt: skip
LABELS = ("revision", "language", "channel", "segment")
PORTION = 5_000
Row = Sequence[Any]


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@") or isinstance(value, str) and value[:1] in ("\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def released(consultation: Consultation, questionnaire: Questionnaire, figures: Figures, release: Release | None) -> dict[str, Any]:
    """Released tables as plain data; `published` is null when nothing is published yet."""
    return {
        "consultation": consultation.slug,
        "title": consultation.title,
        "published": release.published_on.isoformat() if release else None,
        "responses": figures.responses,
        "profile": figures.profile,
        "hidden_mark": "[c]",
        "cells": list(drawn.rows(questionnaire, figures)),
    }


def write_released(data: dict[str, Any], form: str, output: Path) -> None:
    """The released tables as csv, xlsx or json."""
    if form == "json":
        output.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        return
    rows = [[guarded(row[name]) for name in HEADINGS] for row in data["cells"]]
    if form == "csv":
        _csv(output, HEADINGS, rows)
        return
    cover = [
        ("Consultation", data["consultation"]),
        ("People who took part", "under 10" if data["responses"] is None else data["responses"]),
        ("Published", data["published"] or "not published"),
        ("Rules of disclosure control", data["profile"]),
    ]
    notes = [
        ("[c]", "Confidential: the figure is hidden so that nobody can be recognised."),
        ("rounded_to", "Figures are rounded to the nearest of this number; 1 means exact."),
        ("answered", "The sum of the figures shown; a hidden one counts as 5."),
        ("Who took part", "People chose to take part, so this is not a poll."),
    ]
    _xlsx(output, {"Cover": (("About", "Value"), cover), "Notes": (("Mark or column", "Meaning"), notes), "Results": (HEADINGS, rows)})


def personal_level(consultation: Consultation, *, least: int) -> tuple[list[str], Iterator[Row]]:
    """Headings and rows, one for each settled response, in the order of their random keys: confidential.

    Labels, and answers to questions flagged “about you”, are blanked where fewer than `least` rows share the combination.
    """
    revision = consultation.current
    assert revision is not None
    questionnaire = revision.questionnaire()
    asked = [question for question in questionnaire.questions if kind(question.kind).asks and not kind(question.kind).free and not question.personal]
    revealing = {question.key for question in asked if question.about_you}
    numbers = {one.id: one.number for one in consultation.revisions}

    def telling(row: Any, answers: Any) -> tuple[Any, ...]:
        return (
            (numbers.get(row.revision_id), row.language, row.channel, row.segment),
            tuple(tuple(kind(question.kind).cells(question, answers.get(question.key, ()))) for question in asked if question.key in revealing),
        )

    labels: Counter[Any] = Counter()
    whole: Counter[Any] = Counter()
    for row in _responses(consultation.id):
        label, about = telling(row, unpack(row.answers))
        labels[label] += 1
        whole[label, about] += 1
    headings = [*LABELS, *(heading for question in asked for heading in kind(question.kind).columns(question))]

    def rows() -> Iterator[Row]:
        for row in _responses(consultation.id):
            answers = unpack(row.answers)
            label, about = telling(row, answers)
            keep_labels, keep_about = labels[label] >= least, whole[label, about] >= least
            cells: list[Any] = list(label) if keep_labels and keep_about else [None] * len(LABELS)
            for question in asked:
                found = kind(question.kind).cells(question, answers.get(question.key, ()))
                cells += [None] * len(found) if question.key in revealing and not keep_about else found
            yield cells

    return headings, rows()


def comments(consultation: Consultation) -> Iterator[Row]:
    """What people wrote: question, row, words; in the order of the comments' own random keys, leading to no response."""
    last = 0
    while True:
        query = select(Comment.id, Comment.question, Comment.part, Comment.text).where(Comment.consultation_id == consultation.id, Comment.id > last)
        portion = db.session.execute(query.order_by(Comment.id).limit(PORTION)).all()
        yield from ((row.question, row.part, row.text) for row in portion)
        if len(portion) < PORTION:
            return
        last = portion[-1].id


def _responses(consultation_id: int) -> Iterator[Any]:
    columns = (Response.id, Response.revision_id, Response.language, Response.channel, Response.segment, Response.answers)
    last = 0
    while True:
        query = select(*columns).where(Response.consultation_id == consultation_id, Response.id > last)
        portion = db.session.execute(query.order_by(Response.id).limit(PORTION)).all()
        yield from portion
        if len(portion) < PORTION:
            return
        last = portion[-1].id


def write_rows(headings: Sequence[str], rows: Iterable[Row], form: str, output: Path) -> int:
    """Write rows as they come; gives how many there were."""
    if form == "json":
        return _json(output, headings, rows)
    safe = ([guarded(cell) for cell in row] for row in rows)
    return _csv(output, headings, safe) if form == "csv" else _xlsx(output, {"Responses": (headings, safe)})


def _csv(output: Path, headings: Sequence[str], rows: Iterable[Row]) -> int:
    written = 0
    with output.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\r\n")
        writer.writerow([guarded(heading) for heading in headings])
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def _json(output: Path, headings: Sequence[str], rows: Iterable[Row]) -> int:
    written = 0
    with output.open("w", encoding="utf-8") as opened:
        opened.write("[")
        for row in rows:
            opened.write(",\n" if written else "\n")
            opened.write(json.dumps(dict(zip(headings, row, strict=True)), ensure_ascii=False))
            written += 1
        opened.write("\n]\n")
    return written


def _xlsx(output: Path, sheets: dict[str, tuple[Sequence[str], Iterable[Row]]]) -> int:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    written = 0
    with xlsxwriter.Workbook(str(output), options) as book:
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        for name, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, max(0, len(headings) - 1), 22, wrapped)
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, str(guarded(heading)), bold)
            at = 0
            for at, row in enumerate(rows, 1):  # noqa: B007
                for column, cell in enumerate(row):
                    if isinstance(cell, int | float) and not isinstance(cell, bool):
                        sheet.write_number(at, column, cell)
                    elif cell not in (None, ""):
                        sheet.write_string(at, column, str(cell)[:32_000])
            written = at
    return written
