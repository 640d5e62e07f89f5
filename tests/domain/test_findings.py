"""Shapes hold counts by option key, know who answered, and survive being frozen; counts are what a recount gives."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import findings, statistics
from consult.domain.answers import Answers, Value
from consult.domain.disclosure import Figures
from consult.domain.findings import HIDDEN, Bars, Cell, Excerpts, Grid, Numbers, Ranks, Scale, Table, TooFew, Total
from consult.domain.questionnaire import Questionnaire, read
from consult.domain.statistics import ANSWERED, ASKED, Band, Nearness, Share

counts = st.one_of(st.just(HIDDEN), st.integers(0, 5_000_000))
cells = st.builds(Cell, st.text(min_size=1, max_size=5), counts, st.sampled_from([1, 5, 10, 20, 50]))
tables = st.builds(
    Table,
    st.just("q"),
    st.lists(cells, min_size=1, max_size=4).map(tuple),
    st.builds(Total, st.integers(0, 1000), st.booleans()),
    st.none() | st.integers(0, 1000),
    st.sampled_from(["", "row"]),
    st.lists(cells, max_size=4).map(tuple),
    st.lists(st.text(max_size=3), max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
parts = st.lists(st.text(max_size=3), max_size=2).map(tuple)
some = st.lists(tables, min_size=1, max_size=3).map(tuple)
shapes = st.one_of(
    st.builds(Bars, tables),
    st.builds(Scale, tables, parts),
    st.builds(Numbers, tables),
    st.builds(Excerpts, tables),
    st.builds(Grid, st.just("q"), some, parts),
    st.builds(Ranks, st.just("q"), some, parts),
    st.builds(TooFew, st.just("q")),
)


@given(st.lists(shapes, max_size=3).map(tuple), st.none() | st.integers(10, 1000))
def test_figures_come_back_from_json_as_they_were(found: tuple[findings.Finding, ...], responses: int | None) -> None:
    figures = Figures(responses, "nhs-public", found)
    assert Figures.from_json(json.loads(json.dumps(figures.to_json()))) == figures


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="pie"):
        Figures.from_json(
            {"responses": 10, "profile": "x", "findings": [{"shape": "pie", "question": "q", "tables": []}]}
        )


def asked(**question: Any) -> Questionnaire:
    options = [{"key": key, "label": key} for key in ("bus", "car", "none")]
    options[2]["exclusive"] = True  # type: ignore[assignment]
    return read(
        {
            "title": "T",
            "pages": [
                {
                    "key": "p1",
                    "questions": [{"key": "q1", "kind": "multiple_choice", "text": "How?", "options": options}],
                },
                {
                    "key": "p2",
                    "questions": [
                        {
                            "key": "q2",
                            "kind": "matrix",
                            "text": "How good?",
                            "show": {"when": "q1", "is": "any_of", "of": ["bus"]},
                            "options": options[:2],
                            "rows": [{"key": "clean", "label": "Clean"}, {"key": "late", "label": "Late"}],
                            **question,
                        }
                    ],
                },
            ],
        }
    )


def choices(_question: object, values: tuple[Value, ...]) -> list[tuple[str, str]]:
    return [(value.part, value.choice) for value in values if value.choice]


def test_a_tally_counts_each_response_once_and_only_what_it_was_asked() -> None:
    responses: list[Answers] = [
        {"q1": (Value(choice="bus"), Value(choice="car")), "q2": (Value("clean", "car"),)},
        {"q1": (Value(choice="car"),), "q2": (Value("clean", "bus"),)},
        {},
    ]
    tally = statistics.tally(asked(), responses, choices)
    assert tally == Counter(
        {
            ("q1", "", ASKED): 3,
            ("q1", "", ANSWERED): 2,
            ("q1", "", "bus"): 1,
            ("q1", "", "car"): 2,
            ("q2", "", ASKED): 1,
            ("q2", "", ANSWERED): 1,
            ("q2", "clean", ASKED): 1,
            ("q2", "late", ASKED): 1,
            ("q2", "clean", ANSWERED): 1,
            ("q2", "clean", "car"): 1,
        }
    )


def test_an_option_called_answered_is_not_mistaken_for_the_number_who_answered() -> None:
    questionnaire = read(
        {
            "title": "T",
            "pages": [
                {
                    "key": "p",
                    "questions": [
                        {
                            "key": "q",
                            "kind": "single_choice",
                            "text": "Was your letter answered?",
                            "options": [
                                {"key": "answered", "label": "Yes"},
                                {"key": "asked", "label": "I asked again"},
                            ],
                        }
                    ],
                }
            ],
        }
    )
    answers: list[Answers] = [{"q": (Value(choice="answered"),)}, {"q": (Value(choice="asked"),)}]
    found = findings.bars(questionnaire.question_by_key["q"], statistics.tally(questionnaire, answers, choices))
    assert [cell.count for cell in found.cells] == [1, 1]
    assert found.base == Total(2)
    for atom in (ASKED, ANSWERED):
        with pytest.raises(Exception, match="usable key"):
            read({"title": "T", "pages": [{"key": "p", "questions": [_single(atom)]}]})


def _single(option: str) -> dict[str, Any]:
    return {"key": "q", "kind": "single_choice", "text": "Q", "options": [{"key": option, "label": "x"}]}


def test_several_answers_count_those_who_did_not_tick() -> None:
    question = asked().question_by_key["q1"]
    tally = {("q1", "", ASKED): 40, ("q1", "", ANSWERED): 30, ("q1", "", "bus"): 20, ("q1", "", "car"): 25}
    found = findings.bars(question, tally, several=True)
    assert found.several
    assert [cell.count for cell in found.table.unticked] == [10, 5, 30]
    assert found.table.exclusive == ("none",)
    assert (found.base, found.asked) == (Total(30), 40)
    assert found.table.percentage("car") == 83
    assert found.table.percentage_of(["bus", "car"]) is None


def test_a_grid_has_a_table_for_each_row_with_its_own_base() -> None:
    question = asked().question_by_key["q2"]
    tally = {("q2", "clean", ASKED): 20, ("q2", "clean", ANSWERED): 12, ("q2", "clean", "bus"): 12}
    found = findings.grid(question, tally, everyone=False)
    assert [table.key for table in found.tables] == ["q2/clean", "q2/late"]
    assert [table.base.count for table in found.tables] == [12, 0]
    assert (found.columns, found.base, found.asked) == (("bus", "car"), Total(12), 20)


@pytest.mark.parametrize(
    ("required", "everyone", "answered", "complete"),
    [(True, True, 20, True), (False, True, 20, False), (True, False, 20, False), (True, True, 19, False)],
)
def test_only_a_needed_question_for_everybody_is_known_to_be_complete(
    required: bool, everyone: bool, answered: int, complete: bool
) -> None:
    question = asked(required=required).question_by_key["q2"]
    tally = {("q2", "", ASKED): 20, ("q2", "", ANSWERED): answered}
    assert findings.table(question, tally, ["bus"], everyone=everyone).complete is complete


@pytest.mark.parametrize(
    ("options", "rows", "everybody"),
    [
        ([None], [None], True),
        ([None, "q1"], [None, "q1"], True),
        (["q1", "q1"], [None], False),
        ([None], ["q1"], False),
    ],
)
def test_a_question_is_asked_of_everybody_unless_a_condition_can_hide_it(
    options: list[str | None], rows: list[str | None], everybody: bool
) -> None:
    def parts(shows: list[str | None]) -> list[dict[str, Any]]:
        return [
            {"key": f"k{at}", "label": "L", "show": {"when": show, "is": "answered"} if show else None}
            for at, show in enumerate(shows)
        ]

    questionnaire = asked(show=None, options=parts(options), rows=parts(rows))
    question = questionnaire.question_by_key["q2"]
    assert findings.asked_of_everybody(questionnaire, question) is everybody
    hidden = asked()
    assert not findings.asked_of_everybody(hidden, hidden.question_by_key["q2"])


def test_a_percentage_is_whole_and_comes_from_the_cells_as_shown() -> None:
    table = Table("q", (Cell("a", 50, 5), Cell("b", 20, 5), Cell("c", HIDDEN)), Total(75, about=True))
    assert [table.percentage(key) for key in "abc"] == [67, 27, None]
    assert table.percentage_of(["a", "b"]) == 93
    assert table.percentage_of(["a", "c"]) is None
    assert table.recount() == Total(75, about=True)


# Numbers


@given(
    st.none() | st.integers(-1000, 1000),
    st.none() | st.integers(-1000, 1_000_000),
    st.lists(st.integers(-50, 50), max_size=4),
    st.floats(-1e7, 1e7),
)
def test_every_number_falls_in_exactly_one_band(
    minimum: int | None, maximum: int | None, declared: list[float], number: float
) -> None:
    made = statistics.bands(minimum, maximum, declared)
    assert sum(number in band for band in made) == 1
    assert number in statistics.band_of(number, made)
    assert [statistics.band(band.key) for band in made] == list(made)
    assert (made[0].low, made[-1].high) == (None, None)


def test_declared_bands_are_kept_and_others_are_round() -> None:
    assert statistics.bands(0, 120, [18, 65]) == (Band(None, 18), Band(18, 65), Band(65, None))
    assert [band.key for band in statistics.bands(0, 10)] == ["..2", "2..4", "4..6", "6..8", "8..10", "10.."]
    assert [band.key for band in statistics.bands(None, None)][:2] == ["..20", "20..40"]
    with pytest.raises(ValueError, match="not a band"):
        statistics.band("18-65")


# Saying how many


@given(st.integers(0, 5_000_000), st.integers(1, 5_000_000))
def test_percentages_and_tenths_are_the_nearest_ones(count: int, whole: int) -> None:
    count = min(count, whole)
    percentage, share = statistics.percentage(count, whole), statistics.share(count, whole)
    assert percentage is not None
    assert share is not None
    assert abs(percentage - 100 * count / whole) <= 0.5
    assert abs(share.of_ten - 10 * count / whole) <= 0.5


@pytest.mark.parametrize(
    ("count", "whole", "expected"),
    [
        (0, 40, Share(Nearness.NONE, 0)),
        (1, 40, Share(Nearness.ALMOST_NONE, 0)),
        (28, 40, Share(Nearness.ABOUT, 7)),
        (39, 40, Share(Nearness.ALMOST_ALL, 10)),
        (40, 40, Share(Nearness.ALL, 10)),
        (0, 0, None),
    ],
)
def test_a_share_in_tenths_says_how_near_it_is(count: int, whole: int, expected: Share | None) -> None:
    assert statistics.share(count, whole) == expected


def test_nobody_has_no_percentage() -> None:
    assert statistics.percentage(0, 0) is None
