"""Exports of Microsoft Forms: the headings are the questions, the responses are looked at and never kept."""

from __future__ import annotations

import json
from random import Random

import pytest

from consult.exchange.files import read_file
from consult.exchange.losses import Refused
from consult.exchange.microsoft_forms import is_microsoft_forms
from tests.exchange.other_formats import kinds, options, question, report, whole
from tests.exchange.workbooks import workbook

OWN = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
SECRET = "I am Ann Smith of 3 Mill Lane"


def export(columns: dict[str, list], own=OWN, name="Bus survey(1-40).xlsx", **sheets):
    """A workbook with these questions and their answers."""
    count = max(map(len, columns.values()), default=0)
    begin = ["2026-05-01 10:00:00", "2026-05-01 10:04:00", "ann@example.org", "Ann Smith", ""]
    answers = [[column[at] if at < len(column) else "" for column in columns.values()] for at in range(count)]
    rows = [[*own, *columns], *([at, *begin[: len(own) - 1], *given] for at, given in enumerate(answers, 1))]
    return read_file(workbook(**{"Sheet1": rows, **sheets}), name)


def by_chance(*values, count=40, seed=1):
    random = Random(seed)
    return [random.choice(values) for _ in range(count)]


def test_headings_become_questions_and_forms_own_columns_do_not():
    came = export({"How was it?": by_chance("Good", "Poor"), "Why?": [SECRET] * 2 + [f"words {n}" for n in range(38)]})
    assert kinds(came) == {"How_was_it": "single_choice", "Why": "short_text"}
    assert [one.text.to("en").text for one in whole(came).questions] == ["How was it?", "Why?"]
    assert came.definition["title"] == {"en": "Bus survey"}
    assert "Forms adds this column by itself" in report(came)


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (by_chance("Bus", "Car"), "single_choice"),
        (by_chance("Yes", "No"), "yes_no"),
        (by_chance("Bus;", "Bus;Car;", "Car;Bike;"), "multiple_choice"),
        (by_chance("A;B;C;", "B;A;C;", "C;A;B;"), "ranking"),
        (by_chance(*range(1, 6)), "rating"),
        (by_chance(18, 44, 90, 71, 23), "number"),
        (by_chance("2026-01-02", "2026-03-04"), "date"),
        ([f"words and words {n}" for n in range(40)], "short_text"),
        ([f"words and words {n} " * 9 for n in range(40)], "long_text"),
        (["Bus", "Car", "Bus"], "short_text"),
    ],
)
def test_what_was_answered_says_what_was_asked_and_the_report_says_that_it_is_guessed(answers, kind):
    came = export({"What?": answers})
    assert kinds(came) == {"What": kind}
    assert "Guessed from" in report(came) and "No response is kept" in report(came)


def test_choices_stand_in_the_order_of_their_scale():
    came = export({"How?": by_chance("Very dissatisfied", "Satisfied", "Neutral", "Very satisfied", "Don't know")})
    assert list(options(came, "How").values()) == [
        "Very satisfied", "Satisfied", "Neutral", "Very dissatisfied", "Don't know",
    ]  # fmt: skip
    came = export({"Age": by_chance("75 and over", "18 to 24", "25 to 74")})
    assert list(options(came, "Age").values()) == ["18 to 24", "25 to 74", "75 and over"]


def test_columns_of_one_grid_are_one_question():
    columns = {
        f"Please rate.{row}": by_chance("Good", "Fair", "Poor", seed=seed)
        for seed, row in enumerate(("Staff", "Rooms"))
    }
    came = export(columns)
    assert kinds(came) == {"Please_rate": "matrix"}
    assert [row.label.to("en").text for row in question(came, "Please_rate").rows] == ["Staff", "Rooms"]
    assert list(options(came, "Please_rate").values()) == ["Good", "Fair", "Poor"]


def test_nothing_that_only_one_or_two_people_wrote_is_kept_or_told():
    answers = by_chance("Bus", "Car", count=38)
    came = export(
        {
            "How?": [*answers, SECRET, SECRET],
            "Which?": [*(f"{one};" for one in answers), f"Bus;{SECRET};", f"{SECRET};"],
            "Why?": [SECRET] * 40,
            "Who?": [f"{SECRET} {n}" for n in range(40)],
            f"{SECRET}": [],
        }
    )
    del came.definition["pages"][0]["questions"][-1]
    kept = json.dumps(came.definition) + "\n".join(
        line for line in report(came).splitlines() if line.count(SECRET) != 3
    )
    assert "ann@example.org" not in kept and "Ann Smith" not in kept.replace(SECRET, "")
    assert "fewer than 3 people" in kept
    assert list(options(came, "How").values()) == ["Bus", "Car"]
    assert list(options(came, "Which").values()) == ["Bus", "Car"]


def test_a_quiz_s_points_are_not_questions():
    columns = {
        "Who?": by_chance("a", "b"),
        "Points - Who?": by_chance(1, 0),
        "Feedback - Who?": [],
        "Total points": by_chance(1, 2),
    }
    assert list(kinds(export(columns))) == ["Who"]


def test_other_languages_headings_are_known():
    own = ["Id", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"]
    assert list(kinds(export({"¿Qué?": by_chance("a", "b")}, own=own))) == ["Qu"]


def test_few_responses_say_nothing_of_choices():
    came = export({"How?": ["Bus", "Car"]})
    assert kinds(came) == {"How": "short_text"} and "say nothing about choices" in report(came)


def test_an_xlsform_and_other_workbooks_are_not_taken_for_an_export():
    rows = [["ID", "Start time", "Completion time", "q"], [1, 2, 3, 4]]
    survey = [["type", "name", "label"], ["text", "a", "A"]]
    assert not is_microsoft_forms(workbook(survey=survey, Sheet1=rows), "f.xlsx")
    assert not is_microsoft_forms(workbook(Sheet1=[["ID", "Name", "Age"], [1, "x", 3]]), "f.xlsx")
    assert is_microsoft_forms(workbook(Sheet1=rows), "f.xlsx")
    for content in (b"", b"PK\x03\x04 broken", b"hello"):
        assert not is_microsoft_forms(content, "f.xlsx")


def test_an_export_without_questions_is_refused_with_its_place():
    with pytest.raises(Refused) as refusal:
        export({})
    assert "Sheet1" in refusal.value.message and "no column is a question" in refusal.value.message


def test_other_sheets_and_headings_without_a_name_are_told():
    came = export({"How?": by_chance("a", "b"), "": by_chance("x", "y")}, Notes=[["a"], ["b"]])
    assert list(kinds(came)) == ["How"]
    assert "This sheet is not read" in report(came) and "has no heading" in report(came)
