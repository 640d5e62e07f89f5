"""What XLSForm says that kinds of ours can hold: orders, numbers of choices, today, earlier answers in words."""

from __future__ import annotations

import pytest

from consult.domain.questionnaire import read
from consult.questions import kinds
from tests.exchange.workbooks import form, pages, questions, said

HEAD = ["type", "name", "label", "parameters", "constraint", "relevant", "appearance", "guidance_hint"]


def test_a_random_order_and_numbers_of_choices_are_settings():
    rule = "count-selected(.) >= 1 and count-selected(.) <= 2"
    asked = questions(form(["select_multiple yn", "a", "A", "randomize=true", rule], head=HEAD))["a"]
    assert asked["settings"] == {"order": "random", "least": 1, "most": 2}
    assert "constraint" not in asked


def test_a_long_list_can_be_searched():
    asked = questions(form(["select_one yn", "a", "A", "", "", "", "minimal autocomplete"], head=HEAD))["a"]
    assert asked["settings"] == {"appearance": "type_ahead"}


def test_guidance_for_interviewers_is_a_note_that_people_do_not_see():
    imported = form(["text", "a", "A", "", "", "", "", "Read this out"], head=HEAD)
    asked = questions(imported)["a"]
    assert asked["note"] == {"en": "Read this out"} and not asked["hint"]
    assert "Read this out" in said(imported)


@pytest.mark.parametrize(
    ("relevant", "test"),
    [
        ("${born} <= today()", {"is": "at_most", "of": {"today": 0}}),
        ("${born} < today() - 6570", {"is": "below", "of": {"today": -6570}}),
        ("today() > date(${born})", {"is": "below", "of": {"today": 0}}),
        ("${born} = today() + 1", {"is": "any_of", "of": {"today": 1}}),
    ],
)
def test_dates_are_compared_with_today(relevant, test):
    imported = form(["date", "born", "When?"], ["text", "b", "B", "", "", relevant], head=HEAD)
    assert questions(imported)["b"]["show"] == {"when": "born", **test}
    assert read(imported.definition)


def test_what_else_is_reckoned_with_today_is_told():
    late = "(today() - ${born}) div 365 > 18"
    imported = form(["date", "born", "When?"], ["text", "b", "B", "", "", late], head=HEAD)
    assert not questions(imported)["b"]["show"]
    assert "reckoning" in said(imported)


def test_an_earlier_closed_answer_is_said_in_words_on_a_later_page():
    asks = [["select_one yn", "a", "A"], ["text", "t", "T"], ["text", "b", "You said **${a}**, ${t}?"]]
    imported = form(*asks, head=HEAD)
    asked = questions(imported)["b"]["text"]["en"]
    assert asked == "You said **[[a|…]]**, …?"
    assert pages(imported) == [["a", "t"], ["b"]]
    assert "earlier answer" in said(imported)


def test_an_order_is_asked_where_there_is_such_a_kind():
    imported = form(["rank yn", "a", "A"], ["text", "b", "B"], head=HEAD)
    if "ranking" in kinds():
        assert questions(imported)["a"]["kind"] == "ranking" and len(questions(imported)["a"]["options"]) == 2
    else:
        assert "a" not in questions(imported) and "order" in said(imported)
