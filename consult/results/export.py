"""Released tables as plain data and as text, and when rows of responses may leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from consult.answering import queries as answering
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.disclosure import Figures
from consult.domain.errors import NotNow
from consult.domain.findings import Grid, Ranks
from consult.domain.questionnaire import Questionnaire
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
