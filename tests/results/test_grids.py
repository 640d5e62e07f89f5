"""Grids of several answers, orders, points and scales on the results page and in the files."""

from __future__ import annotations

import csv
import io
import json
from random import Random

import openpyxl
import pytest

from consult.domain import bank
from consult.domain.findings import Grid, Ranks, Scale
from consult.domain.questionnaire import read
from consult.extensions import db
from consult.questions import kind
from consult.results import actions
from tests.answering.factories import options, say
from tests.results.factories import AFTER, RESULTS, make_answered

FILES = [f"{RESULTS}.csv", f"{RESULTS}.json", f"{RESULTS}.xlsx"]
ROWS = [{"key": "clinic", "label": say("The clinic")}, {"key": "home", "label": say("At home")}]
NEEDS = options("near", "soon", "same")
DEFINITION = {
    "language": "en",
    "languages": ["en", "pl", "ar"],
    "title": say("Phones"),
    "pages": [
        {
            "key": "p1",
            "questions": [
                {
                    "key": "ways",
                    "kind": "matrix_several",
                    "text": say("How do you get there?"),
                    "rows": ROWS,
                    "options": options("bus", "car", "never", never={"exclusive": True}),
                },
                {
                    "key": "visits",
                    "kind": "matrix_numbers",
                    "text": say("How many visits?"),
                    "rows": ROWS,
                    "settings": {"least": 0, "most": 20, "bands": [5, 10]},
                },
                {"key": "order", "kind": "ranking", "text": say("What comes first?"), "options": NEEDS},
                {
                    "key": "share",
                    "kind": "points",
                    "text": say("Share out ten points"),
                    "options": NEEDS,
                    "settings": {"total": 10, "exactly": True},
                },
                bank.question("friends_and_family"),
                {"key": "notes", "kind": "matrix_text", "text": say("What would you change?"), "rows": ROWS},
            ],
        }
    ],
}
QUESTIONS = ("ways", "visits", "order", "share", "friends_and_family")


def invented(number: int) -> list[dict]:
    """Answers of so many people who answer everything."""
    questionnaire, random = read(DEFINITION), Random(7)
    return [
        {
            question.key: kind(question.kind).invent(question, random)
            for question in questionnaire.question_by_key.values()
        }
        for _ in range(number)
    ]


@pytest.fixture
def published(app, database, clock):
    """Closed, with 400 responses, and published."""
    clock.set(AFTER)
    consultation = make_answered(app, invented(400), definition=DEFINITION)
    release = actions.publish(consultation, by=None, now=AFTER)
    db.session.commit()
    return release.released()


def cells(client, prefix=""):
    """What the three files say, which is the same."""
    rows = list(csv.DictReader(io.StringIO(client.get(prefix + FILES[0]).data.decode())))
    data = json.loads(client.get(prefix + FILES[1]).data)["cells"]
    sheet = list(
        openpyxl.load_workbook(io.BytesIO(client.get(prefix + FILES[2]).data))
        .worksheets[-1]
        .iter_rows(values_only=True)
    )
    # A spreadsheet has no empty cells: [z] stands where there is nothing.
    assert [["" if cell is None else str(cell) for cell in line] for line in sheet[1:]] == [
        [cell or "[z]" for cell in row.values()] for row in rows
    ]
    assert [row["people"] for row in rows] == ["[c]" if one["hidden"] else str(one["people"]) for one in data]
    return data


def test_each_is_released_in_its_own_shape(published):
    shapes = {key: type(published.finding_by_question[key]) for key in QUESTIONS}
    assert shapes == {"ways": Grid, "visits": Grid, "order": Ranks, "share": Grid, "friends_and_family": Scale}
    assert all(table.unticked for table in published.finding_by_question["ways"].tables)


def test_page_and_files_name_each_row_and_each_answer(client, published):
    found = cells(client)
    said = {(one["question"], one["row_text"], one["answer_text"]) for one in found}
    assert {
        ("ways", "The clinic", "Bus"),
        ("order", "Near", "Place 1"),
        ("share", "Same", "No points"),
        ("friends_and_family", "", "Don’t know"),
    } <= said
    assert ("visits", "At home") in {(one["question"], one["row_text"]) for one in found}
    page = client.page(RESULTS)
    for one in found:
        if one["question"] != "notes":
            assert one["answer_text"] in page.text
    assert "People could choose more than one answer." in page.text


def test_who_did_not_tick_is_in_the_files_beside_who_did(client, published):
    found = cells(client)
    ways = [one for one in found if one["question"] == "ways"]
    assert len(ways) == 6
    for one in ways:
        assert one["several"]
        assert one["hidden"] or abs(one["people"] + one["did_not_choose"] - one["answered"]) <= 10
    assert all(one["did_not_choose"] is None for one in found if one not in ways)


def test_a_reader_of_another_language_reads_places_and_points_in_it(client, published):
    said = {one["answer_text"] for one in cells(client, "/pl")}
    assert {"Miejsce 1", "Bez punktów", "Nie wiem"} <= said


def test_no_row_of_an_order_is_published_with_more_people_than_there_are(published):
    for table in published.finding_by_question["order"].tables:
        assert table.asked in (None, 400)
        assert abs(sum(cell.about for cell in table.cells) - 400) <= 30
