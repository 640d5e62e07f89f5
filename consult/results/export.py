"""Files of results: released tables for everybody, and for staff one row for each response, streamed."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from consult.answering import queries as answering
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.answers import Values, unpack
from consult.domain.disclosure import Figures
from consult.domain.errors import NotNow, Rejected
from consult.domain.findings import Grid, Ranks
from consult.domain.questionnaire import Question, Questionnaire
from consult.extensions import db
from consult.questions import kind
from consult.results import drawn, queries, sheets
from consult.results.models import Release
from consult.results.sheets import Cell, Sheet
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
LABELS = ("revision", "language", "channel", "segment")
COMMENT_HEADINGS = ("question", "row", "comment")
#: What the Government Analysis Function asks for where a figure is confidential, and where there can be none.
HIDDEN_MARK, NONE_MARK = "[c]", "[z]"
FORMATS = ("csv", "xlsx", "json")
LATER_FORMATS = ("ods", "sav", "parquet")


#: Why answers were left out.
LEFT_OUT = {
    "trap": "filled in a field that people cannot see",
    "fast": "sent faster than a person can answer",
    "same": "the same answers in the same words",
}


# Released tables


def released(
    consultation: Consultation, questionnaire: Questionnaire, figures: Figures, release: Release | None
) -> dict[str, Any]:
    """Released tables as plain data in the reader's language; `published` is None when nothing is published yet."""
    told = []
    for finding in figures.findings:
        question = questionnaire.question_by_key.get(finding.question)
        if question is not None:
            withheld = finding.withheld if isinstance(finding, Grid | Ranks) else ()
            one = {"question": question.key, "text": plain(question.text), "shape": finding.shape}
            told.append(one | ({"withheld_rows": list(withheld)} if withheld else {}))
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
        "cells": list(drawn.rows(questionnaire, figures)),
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
    written = io.StringIO(newline="")
    sheets.csv_rows(written, HEADINGS, released_rows(data))
    return written.getvalue().encode()


def released_json(data: Mapping[str, Any]) -> bytes:
    """The released tables for programs."""
    return sheets.json_text(data).encode()


def released_workbook(data: Mapping[str, Any]) -> bytes:
    """The released tables as a spreadsheet with a cover and notes."""
    written = io.BytesIO()
    sheets.write_workbook(written, str(data["title"]), _released_sheets(data))
    return written.getvalue()


RELEASED = {"csv": released_csv, "xlsx": released_workbook, "json": released_json}


def write_released(data: Mapping[str, Any], form: str, output: Path) -> int:
    """Write the released tables as csv, xlsx or json; gives how many figures there are."""
    output.write_bytes(RELEASED[form](data))
    return len(data["cells"])


def _released_sheets(data: Mapping[str, Any]) -> list[Sheet]:
    few = data["responses"] is None
    cover: list[list[Cell]] = [
        ["Consultation", data["title"]],
        ["Address", data["consultation"]],
        ["People who took part", "fewer than 10, so there are no figures" if few else data["responses"]],
        ["Published", data["published"] or "not published"],
        ["Rules of disclosure control", data["profile"]],
        ["How people were chosen", "People chose to take part, so this is not a poll."],
        ["Sheets in this file", "Cover, Notes, Results"],
    ]
    cover += [
        [f"Answers left out: {LEFT_OUT.get(reason, reason)}", f"at least {people}"]
        for reason, people in data["left_out_at_least"].items()
    ]
    notes: list[list[Cell]] = [
        [HIDDEN_MARK, "Confidential: the figure is hidden so that nobody can be recognised."],
        [NONE_MARK, "Not applicable: there is no such figure, or too few people for a percentage."],
        ["people", "People who gave this answer."],
        ["rounded_to", "The figure is rounded to the nearest of this number."],
        ["percent", "Whole per cent of those who answered, from the figures shown."],
        ["did_not_choose", "Where several answers were possible: people who answered and did not choose this."],
        ["answered", "People who answered the question: the sum of the figures shown, a hidden one counting as 5."],
        ["answered_is_about", "Whether that sum is of rounded or hidden figures."],
    ]
    return [
        Sheet("Cover", ("About this file", "Value"), cover),
        Sheet("Notes", ("Mark or column", "Meaning"), notes),
        Sheet("Results", HEADINGS, list(released_rows(data))),
    ]


# One row for each response: confidential personal-level data


def personal_level(consultation: Consultation, *, least: int) -> tuple[list[str], Iterator[list[Cell]]]:
    """Headings and rows, one for each settled response, in the order of their random keys.

    Labels and answers flagged “about you” are blanked where fewer than `least` rows share the combination; so are the
    next rarest combinations until at least `least` rows are blank alike.
    """
    asked = [question for question in queries.questions_asked(consultation) if not kind(question.kind).free]
    numbers = {one.id: one.number for one in consultation.revisions}
    blank = _blank(consultation, asked, numbers, least=least)
    ways = [(question, kind(question.kind).cells, question.about_you) for question in asked]

    def rows() -> Iterator[list[Cell]]:
        for row in queries.responses(consultation):
            answers = unpack(row.answers)
            labels = _labels(row, numbers)
            hide = bool(blank) and _combination(labels, answers, asked) in blank
            cells: list[Cell] = [None] * len(LABELS) if hide else labels
            for question, cells_of, about_you in ways:
                found = cells_of(question, answers.get(question.key, ()))
                cells += [None] * len(found) if hide and about_you else found
            yield cells

    headings = [heading for question in asked for heading in kind(question.kind).columns(question)]
    return [*LABELS, *headings], rows()


def _blank(
    consultation: Consultation, asked: Sequence[Question], numbers: Mapping[int, int], *, least: int
) -> set[bytes]:
    """The combinations to blank; where nothing is about somebody the labels are counted without reading answers."""
    if not any(question.about_you for question in asked):
        counted = {
            _combination(_labels(row, numbers), {}, asked): row.rows for row in queries.responses_by_label(consultation)
        }
        return _rare(counted, least=least)
    everybody = queries.responses(consultation)
    return _rare(
        Counter(_combination(_labels(row, numbers), unpack(row.answers), asked) for row in everybody), least=least
    )


def _combination(labels: Sequence[Cell], answers: Mapping[str, Values], asked: Sequence[Question]) -> bytes:
    """What gives somebody away in a row, as a short hash, so that a million combinations fit in memory."""
    said = [
        kind(question.kind).cells(question, answers.get(question.key, ())) for question in asked if question.about_you
    ]
    return hashlib.blake2b(repr((labels, said)).encode(), digest_size=16).digest()


def _rare(counts: Mapping[bytes, int], *, least: int) -> set[bytes]:
    """The combinations to blank; fewer than `least` blank rows would themselves be somebody's."""
    blank = {one for one, count in counts.items() if count < least}
    rows = sum(counts[one] for one in blank)
    if 0 < rows < least:
        for one, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
            if rows >= least:
                break
            if one not in blank:
                blank.add(one)
                rows += count
    return blank


def _labels(row: Any, numbers: Mapping[int, int]) -> list[Cell]:
    return [numbers.get(row.revision_id), row.language or None, row.channel or None, row.segment or None]


def comment_rows(consultation: Consultation) -> Iterator[list[Cell]]:
    """What people wrote: question, row, words; leading to no response."""
    for one in queries.comments(consultation):
        yield [one.question, one.part, one.text]


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


def write_raw(consultation: Consultation, form: str, output: Path, *, least: int) -> tuple[int, int, Path]:
    """Write the responses, and the comments in a file of their own; gives both numbers and where the comments are.

    Nobody but whoever runs the command can read the files.
    """
    apart = output.with_name(f"{output.stem}-comments{output.suffix}")
    if form == "xlsx" and answering.responses(db.session, consultation.id) > sheets.MOST_ROWS:
        raise Rejected("format", f"A spreadsheet holds {sheets.MOST_ROWS:,} rows at most: choose csv or json.")
    for confidential in (output, apart):
        confidential.touch()
        confidential.chmod(0o600)
    headings, rows = personal_level(consultation, least=least)
    written = sheets.write_rows(output, form, Sheet("Responses", headings, rows))
    told = sheets.write_rows(apart, form, Sheet("Comments", COMMENT_HEADINGS, comment_rows(consultation)))
    return written, told, apart
