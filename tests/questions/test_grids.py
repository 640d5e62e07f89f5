"""Grids, orders, points and scales: what is refused, where that is said, and what is kept, said and counted."""

from __future__ import annotations

import random

import pytest
from werkzeug.datastructures import MultiDict

from consult.domain.answers import Value
from consult.domain.findings import UNPLACED, Grid, Ranks, Scale
from consult.domain.journey import Stop
from consult.domain.questionnaire import Page, read
from consult.domain.statistics import ANSWERED, ASKED
from consult.questions import kinds
from consult.questions.base import Locale
from consult.web.questions import page_form


def say(text: str, /, **values: object) -> str:
    return text % values if values else text


LOCALE = Locale("en", say)
OPTIONS = [{"key": key, "label": key.upper()} for key in ("a", "b", "c")]
NONE = {"key": "none", "label": "None", "exclusive": True}
UNKNOWN = {"key": "dont_know", "label": "Don’t know", "unknown": True}
ROWS = [{"key": "one", "label": "One", "required": True}, {"key": "two", "label": "Two"}]


def asked(kind: str, **more):
    """A question of a kind, read from its definition, and the kind."""
    data = {"key": "q", "kind": kind, "text": "Q", **more}
    found = read({"title": "T", "pages": [{"key": "p", "questions": [data]}]}).pages[0].questions[0]
    return found, kinds()[kind]


def wrong(kind: str, given: dict[str, str | list[str]], **more) -> dict[str, str]:
    """What is said about answers, by input."""
    question, found = asked(kind, **more)
    data = {suffix: [texts] if isinstance(texts, str) else texts for suffix, texts in given.items()}
    return found.errors(question, data, LOCALE)


# Rows


@pytest.mark.parametrize(
    ("kind", "more", "good", "message"),
    [
        ("matrix", {"options": OPTIONS}, "a", "Select an answer for “One”"),
        ("matrix_several", {"options": OPTIONS}, "b", "Select one answer or more for “One”"),
        ("matrix_numbers", {}, "3", "Enter a number for “One”"),
        ("matrix_text", {}, "words", "Enter an answer for “One”"),
    ],
)
def test_a_row_that_is_needed_says_so_and_the_other_may_stay_empty(kind, more, good, message):
    assert wrong(kind, {"two": good}, rows=ROWS, **more) == {"one": message}
    assert wrong(kind, {"one": good}, rows=ROWS, **more) == {}
    own = {"required": True, "required_message": "Please answer this"}
    assert wrong(kind, {"one": good}, rows=ROWS, **more, **own) == {"two": "Please answer this"}


def test_an_answer_that_stands_alone_is_refused_beside_others_in_its_row():
    given = {"one": ["a", "none"], "two": ["none"]}
    message = "For “One”, select “None” alone, or the other answers without it"
    assert wrong("matrix_several", given, rows=ROWS, options=[*OPTIONS, NONE]) == {"one": message}


def test_who_did_not_tick_is_counted_in_each_row():
    question, kind = asked("matrix_several", rows=ROWS, options=OPTIONS)
    tally = {("q", "one", ASKED): 9, ("q", "one", ANSWERED): 8, ("q", "one", "a"): 5, ("q", "one", "b"): 6}
    finding = kind.finding(question, tally, everyone=True)
    assert isinstance(finding, Grid)
    assert [cell.about for cell in finding.tables[0].unticked] == [3, 2, 8]


def test_each_row_of_numbers_has_the_same_range_and_names_itself():
    settings = {"least": 0, "most": 20, "bands": [5, 10]}
    said = wrong("matrix_numbers", {"one": "21", "two": "many"}, rows=ROWS, settings=settings)
    assert said.keys() == {"one", "two"}
    assert said["one"].startswith("One: ")
    assert said["two"].startswith("Two: ")
    question, kind = asked("matrix_numbers", rows=ROWS, settings=settings)
    values = kind.values(question, {"one": ["4"], "two": ["12"]})
    assert values == (Value(part="one", number=4), Value(part="two", number=12))
    bands = [band for part, band in kind.counted(question) if part == "one"]
    assert list(kind.atoms(question, values)) == [("one", bands[0]), ("two", bands[2])]


def test_older_grids_of_numbers_keep_their_range():
    question, kind = asked("matrix_numbers", rows=ROWS, settings={"minimum": 1, "maximum": 9})
    assert {(one.least, one.most) for one in kind.possible(question)} == {(1, 9)}


def test_written_rows_are_comments_and_name_their_row():
    question, kind = asked("matrix_text", rows=ROWS)
    values = kind.values(question, {"one": [" Nice "], "two": [""]})
    assert kind.free
    assert values == (Value(part="one", text="Nice"),)
    assert kind.words(question, values, LOCALE) == ["One: Nice"]


# Orders


def ranking(given: dict[str, str], **settings) -> dict[str, str]:
    return wrong("ranking", given, options=OPTIONS, settings=settings)


def test_two_things_in_one_place_are_both_named():
    message = "“A” and “C” both have place 1: choose another place for one of them"
    assert ranking({"a": "1", "b": "2", "c": "1"}) == {"c": message}


def test_a_place_that_nobody_has_is_named():
    assert ranking({"a": "1", "b": "2"}) == {"c": "Choose a place for “C”"}
    assert ranking({"a": "1", "b": "3"}, partial=True) == {
        "b": "No answer has place 2: choose it for one of them",
    }
    assert ranking({"a": "1", "b": "2"}, partial=True) == {}
    assert ranking({}, partial=True) == {}


def test_only_so_many_places_are_given():
    assert ranking({"a": "1", "b": "2"}, most=2) == {}
    assert ranking({"a": "1"}, most=2).keys() == {"b"}
    assert ranking({"a": "3"}, most=2) == {"a": "Choose from the answers shown"}
    assert ranking({"a": "2", "b": "1", "c": "nonsense"}, most=2) == {"c": "Choose from the answers shown"}


def test_an_order_is_kept_as_places_and_read_in_order():
    question, kind = asked("ranking", options=OPTIONS)
    values = kind.values(question, {"a": ["3"], "b": ["1"], "c": ["2"]})
    assert values == (Value(part="a", number=3), Value(part="b", number=1), Value(part="c", number=2))
    assert kind.words(question, values, LOCALE) == ["1. B", "2. C", "3. A"]
    assert kind.cells(question, values) == [3, 1, 2]


def test_what_has_no_place_is_counted_as_such():
    question, kind = asked("ranking", options=OPTIONS, settings={"partial": True})
    values = kind.values(question, {"b": ["1"]})
    assert list(kind.atoms(question, values)) == [("a", UNPLACED), ("b", "1"), ("c", UNPLACED)]
    finding = kind.finding(question, {}, everyone=True)
    assert isinstance(finding, Ranks)
    assert finding.places == ("1", "2", "3")
    assert finding.columns[-1] == UNPLACED
    assert not finding.full


def test_places_close_up_when_an_earlier_one_is_hidden_now():
    question, kind = asked("ranking", options=OPTIONS)
    values = (Value(part="a", number=3), Value(part="c", number=2))
    assert kind.closed(question, values) == (Value(part="a", number=2), Value(part="c", number=1))


# Points


def points(given: dict[str, str], **settings) -> dict[str, str]:
    return wrong("points", given, options=OPTIONS, settings={"total": 10, **settings})


def test_it_is_said_how_many_points_were_given_and_how_many_lack():
    assert points({"a": "3", "b": "4"}, exactly=True) == {"a": "You have given 7 of 10 points: give 3 more"}
    assert points({"a": "3", "b": "9"}, exactly=True) == {"a": "You have given 12 of 10 points: take 2 away"}
    assert points({"a": "3", "b": "7"}, exactly=True) == {}
    assert points({"a": "3"}) == {}
    assert points({"c": "11"}).keys() == {"a"}
    assert points({}, exactly=True) == {}


@pytest.mark.parametrize("typed", ["-1", "half", "1.5", "١٢٣٤x"])
def test_points_that_cannot_be_read_are_named_at_their_box(typed):
    assert points({"b": typed}) == {"b": "B: Enter a whole number of points, like 12"}


def test_things_without_points_count_as_none_once_somebody_gave_any():
    question, kind = asked("points", options=OPTIONS, settings={"total": 10})
    values = kind.values(question, {"a": ["9"]})
    assert [kind.atom_words(question, *atom, LOCALE) for atom in kind.atoms(question, values)] == [
        "5 points or more",
        "No points",
        "No points",
    ]
    assert list(kind.atoms(question, ())) == []


# Scales


def test_who_does_not_know_stands_outside_the_scale():
    question, kind = asked("rating", options=[UNKNOWN], settings={"points": 11, "first": 0})
    finding = kind.finding(question, {}, everyone=True)
    assert isinstance(finding, Scale)
    assert finding.apart == ("dont_know",)
    assert [cell.key for cell in finding.cells] == [*map(str, range(11)), "dont_know"]
    assert kind.words(question, (Value(choice="dont_know"),), LOCALE) == ["Don’t know"]


def test_faces_go_by_scores_where_the_best_comes_first():
    options = [{"key": "good", "label": "G", "score": 3}, {"key": "so", "label": "S", "score": 2}]
    options.append({"key": "bad", "label": "B", "score": 1})
    question, kind = asked("rating", options=options, settings={"appearance": "faces"})
    assert kind.happiness(question) == {"bad": 0, "so": 1, "good": 2}


def test_faces_are_called_something_in_plain_words():
    question, kind = asked("rating", settings={"points": 5, "appearance": "faces"})
    assert "Very good" in kind.words(question, (Value(choice="5"),), LOCALE)[0]


def test_more_faces_than_can_be_told_apart_are_refused():
    question, kind = asked("rating", settings={"points": 11, "appearance": "faces"})
    assert kind.problems(question)


# All of them


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("matrix", {"rows": ROWS, "options": OPTIONS, "settings": {"order": "random"}}),
        ("matrix_several", {"rows": ROWS, "options": [*OPTIONS, NONE]}),
        ("matrix_several", {"rows": ROWS, "options": [NONE]}),
        ("matrix_numbers", {"rows": ROWS, "settings": {"decimal": True, "least": -2, "most": 2}}),
        ("matrix_numbers", {"rows": ROWS, "settings": {"bands": [2, 4]}}),
        ("matrix_text", {"rows": ROWS, "settings": {"longest": 1}}),
        ("ranking", {"options": OPTIONS, "settings": {"partial": True, "most": 2}}),
        ("ranking", {"options": OPTIONS, "settings": {"most": 2, "order": "random"}, "required": True}),
        ("points", {"options": OPTIONS, "settings": {"total": 1, "exactly": True}, "required": True}),
        ("points", {"options": OPTIONS, "settings": {"total": 7}}),
        ("rating", {"options": [UNKNOWN], "settings": {"points": 3, "first": 0, "appearance": "faces"}}),
    ],
)
def test_whatever_is_set_an_invented_answer_is_accepted_kept_and_counted(app, kind, more):
    question, found = asked(kind, **more)
    stop = Stop(Page("p", (question,)), (question,))
    counted = set(found.counted(question))
    for seed in range(40):
        values = found.invent(question, random.Random(seed))
        data = found.data(question, values)
        sent = MultiDict([(f"q--{suffix}" if suffix else "q", text) for suffix, all_ in data.items() for text in all_])
        with app.test_request_context("/"):
            form = page_form(stop, LOCALE, answers={}, formdata=sent)
            assert form.validate(), form.errors
        assert form["q"].values == values
        if not found.free:
            assert set(found.atoms(question, values)) <= counted
        assert len(found.cells(question, values)) == len(found.columns(question))
