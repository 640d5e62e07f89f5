"""What may be shown: the publishers' own rules, figure by figure, and the rules of a whole release."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from consult.domain import disclosure
from consult.domain.disclosure import PROFILES, TOTAL, Figures, Relation, found_out, release
from consult.domain.findings import (
    HIDDEN,
    Bars,
    Cell,
    Excerpts,
    Finding,
    Grid,
    Numbers,
    Ranks,
    Scale,
    Table,
    TooFew,
    Total,
    sensitive,
)
from consult.domain.questionnaire import read

Shown = list[int | None]


def table(counts: list[int], *, question: str = "q", part: str = "", **more: object) -> Table:
    cells = tuple(Cell(f"o{at}", count) for at, count in enumerate(counts))
    base = Total(sum(counts))
    return replace(Table(question, cells, base, base.count, part, everyone=True), **more)  # type: ignore[arg-type]


def shown(figures: Figures, key: str = "q") -> Shown:
    return [None if cell.hidden else cell.about for cell in figures.table_by_key[key].cells]


# The publishers' rules, one figure at a time (DOMAIN D1); None is a hidden figure


@pytest.mark.parametrize(
    ("profile", "figures"),
    [
        # NHS Digital hospital figures since September 2018: 0 shown, 1 to 7 hidden, 8 and over to the nearest 5.
        ("hes7r5", {0: 0, 1: None, 7: None, 8: 10, 12: 10, 13: 15, 17: 15, 18: 20, 22: 20, 1002: 1000, 1003: 1005}),
        ("nhs-public", {0: 0, 1: None, 7: None, 8: 10, 12: 10, 13: 15, 17: 15, 18: 20, 22: 20, 1002: 1000, 1003: 1005}),
        # NHS England Friends and Family Test: hidden where 0 < responses < 5, zeros and the rest as they are.
        ("fft5", {0: 0, 1: None, 4: None, 5: 5, 6: 6, 1003: 1003}),
        # GP Patient Survey: options of 1 to 4 hidden, not 0.
        ("gpps10", {0: 0, 1: None, 4: None, 5: 5, 9: 9, 11: 11}),
        ("strict10r5", {0: 0, 1: None, 9: None, 10: 10, 12: 10, 13: 15}),
        ("internal", {0: 0, 1: 1, 4: 4, 1003: 1003}),
    ],
)
def test_each_rule_set_treats_single_figures_as_its_publisher_does(
    profile: str, figures: dict[int, int | None]
) -> None:
    for count, expected in figures.items():
        cell = PROFILES[profile].cell("x", count)
        assert (None if cell.hidden else cell.count) == expected, count


@pytest.mark.parametrize(
    ("profile", "smallest"), [("nhs-public", 10), ("gpps10", 10), ("strict10r5", 10), ("fft5", 5), ("hes7r5", 1)]
)
def test_each_rule_set_withholds_below_its_smallest_base(profile: str, smallest: int) -> None:
    """GP Patient Survey: any result with a base under ten unweighted; Friends and Family Test: a unit under five."""

    def finding(answered: int) -> Finding:
        return release([Bars(table([answered, 0]))], responses=500, profile=profile).findings[0]

    assert isinstance(finding(smallest - 1), TooFew) == (smallest > 1)
    assert isinstance(finding(max(smallest, 10)), Bars)


@pytest.mark.parametrize("profile", ["fft5", "gpps10"])
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([50, 30, 3, 0, 12], [50, 30, None, 0, None]),  # the next lowest goes too, and zeros stay
        ([50, 30, 3, 4, 12], [50, 30, None, None, 12]),  # two hidden are enough
        ([50, 30, 1, 1, 12], [50, 30, None, None, None]),  # 1 + 1 can only be 1 and 1: a third goes
        ([50, 30, 20, 10, 12], [50, 30, 20, 10, 12]),
    ],
)
def test_where_figures_are_exact_the_next_lowest_is_hidden_too(
    profile: str, counts: list[int], expected: Shown
) -> None:
    figures = release([Bars(table(counts, complete=True))], responses=sum(counts), profile=profile)
    assert shown(figures) == expected
    assert not found_out(figures)


def test_staff_see_exact_figures_whatever_they_are() -> None:
    raw = Bars(table([3, 1, 0]))
    assert release([raw], responses=4, profile="internal").findings == (raw,)


# The rules of a release (DESIGN 8)


def test_while_it_is_open_only_full_tens_are_told() -> None:
    assert [disclosure.while_open(count) for count in (0, 9, 10, 129)] == [0, 0, 10, 120]


def test_under_ten_responses_nothing_is_published_not_even_how_many() -> None:
    assert release([Bars(table([5, 4]))], responses=9) == Figures(None, "nhs-public", ())
    assert release([Bars(table([6, 4]))], responses=10).responses == 10


def test_a_total_is_the_sum_of_the_figures_shown_and_a_hidden_one_counts_as_five() -> None:
    found = release([Bars(table([52, 43, 3]))], responses=131).findings[0]
    assert isinstance(found, Bars)
    assert found.base == Total(50 + 45 + 5, about=True)


def test_how_many_were_asked_is_told_only_where_that_is_everybody() -> None:
    def told(raw: Table) -> int | None:
        return release([Bars(raw)], responses=131).table_by_key["q"].asked

    assert told(table([52, 43], asked=131)) == 131
    assert told(table([52, 43], asked=131, everyone=False)) is None
    assert told(table([52, 43], asked=120)) is None, "an earlier version did not have the question"


def test_percentages_come_from_the_figures_shown() -> None:
    found = release([Bars(table([52, 43, 3]))], responses=131).table_by_key["q"]
    assert [found.percentage(key) for key in ("o0", "o1", "o2")] == [50, 45, None]


def test_zero_is_shown_of_everybody_and_never_of_some_or_of_something_sensitive() -> None:
    counts = [40, 30, 0, 2]
    assert shown(release([Bars(table(counts))], responses=90)) == [40, 30, 0, None]
    group = Grid("q", (table(counts, part="g", breakdown=True),))
    assert shown(release([group], responses=90), "q/g") == [40, 30, None, None]
    equality = sensitive(
        "ethnic_1", {"white": 60, "asian": 12, "black": 3, "mixed": 0}, ["white", "asian", "black", "mixed"]
    )
    assert shown(release([equality], responses=90), "ethnic_1") == [60, 10, None, None]


def test_did_not_tick_is_a_figure_like_any_other() -> None:
    cells = (Cell("a", 52), Cell("b", 3), Cell("c", 0), Cell("d", 40))
    unticked = (Cell("a", 31), Cell("b", 80), Cell("c", 83), Cell("d", 43))
    raw = Bars(Table("q", cells, Total(83), 83, unticked=unticked, everyone=True))
    found = release([raw], responses=131).table_by_key["q"]
    assert found.cells == (Cell("a", 50, 5), Cell("b", HIDDEN), Cell("c", 0), Cell("d", 40, 5))
    assert found.unticked[0] == Cell("a", 30, 5)
    assert found.unticked[1].nearest in (10, 20, 50)
    assert found.percentage("a") == 63
    assert found.base.about


def test_every_shape_is_released_as_the_same_shape() -> None:
    rows = (table([40, 30], part="r1"), table([3, 4], part="r2"))
    ranked = {"r1": [40, 30], "r2": [30, 40]}
    figures = release(
        [
            Bars(table([40, 30], question="a")),
            Scale(table([40, 30], question="b"), apart=("o1",)),
            Numbers(table([40, 30], question="c")),
            Excerpts(table([33], question="d")),
            Grid("e", tuple(replace(one, question="e") for one in rows)),
            Ranks("f", tuple(table(counts, question="f", part=part) for part, counts in ranked.items())),
            Excerpts(table([9], question="g")),
        ],
        responses=80,
    )
    assert [finding.shape for finding in figures.findings] == [
        "bars", "scale", "numbers", "excerpts", "grid", "ranks", "too_few",
    ]  # fmt: skip
    scale, grid = figures.findings[1], figures.findings[4]
    assert isinstance(scale, Scale)
    assert scale.apart == ("o1",)
    assert isinstance(grid, Grid)
    assert (grid.withheld, [one.part for one in grid.tables]) == (("r2",), ["r1"])


def test_the_same_counts_are_always_released_the_same_way() -> None:
    raw = [Bars(table([52, 43, 3], complete=True)), Bars(table([9, 88, 1], question="p"))]
    assert release(raw, responses=98) == release(raw, responses=98)


def test_a_single_withheld_group_takes_the_next_smallest_with_it() -> None:
    groups = [
        table(counts, question="by", part=f"g{at}", breakdown=True)
        for at, counts in enumerate([[30, 30], [4, 4], [20, 12]])
    ]
    figures = release([Bars(table([54, 46])), Grid("by", tuple(groups))], responses=100)
    grid = figures.finding_by_question["by"]
    assert isinstance(grid, Grid)
    assert set(grid.withheld) == {"g1", "g2"}


# One release for each set of responses


def test_the_old_figures_stand_until_ten_people_more_have_answered() -> None:
    first = release([Bars(table([52, 43]))], responses=95)
    assert release([Bars(table([55, 49]))], responses=104, earlier=[first]) is first
    later = release([Bars(table([65, 49]))], responses=114, earlier=[first])
    assert shown(later) == [65, 50]
    assert release([Bars(table([65, 49]))], responses=105, earlier=[first, later]) is later


def test_another_profile_does_not_make_another_release() -> None:
    first = release([Bars(table([52, 43, 3]))], responses=98)
    assert release([Bars(table([52, 43, 3]))], responses=98, profile="fft5", earlier=[first]) is first


def test_figures_that_would_open_the_old_ones_are_not_published() -> None:
    first = release([Bars(table([22, 6], complete=True))], responses=28)
    assert shown(first) == [20, None]
    assert release([Bars(table([22, 18], complete=True))], responses=40, earlier=[first]) is first


def test_a_consultation_that_had_too_few_can_be_released_later() -> None:
    nothing = release([Bars(table([5, 4]))], responses=9)
    assert release([Bars(table([12, 9]))], responses=21, earlier=[nothing]).responses == 21


# What the questionnaire itself gives away


def questionnaire(**show: object) -> object:
    options = [{"key": key, "label": key} for key in ("o0", "o1", "o2")]
    first = {"key": "first", "kind": "single_choice", "text": "First?", "required": True, "options": options}
    then = {"key": "then", "kind": "single_choice", "text": "Then?", "required": True, "options": options, "show": show}
    return {
        "title": "T",
        "pages": [{"key": "p1", "questions": [first]}, {"key": "p2", "questions": [then]}],
    }


@pytest.mark.parametrize(
    ("show", "then", "expected"),
    [
        (
            {"when": "first", "is": "any_of", "of": ["o0", "o1"]},
            [40, 55],
            Relation((("then", TOTAL),), (("first", "o0"), ("first", "o1")), same=True),
        ),
        (
            {"when": "first", "is": "any_of", "of": ["o0"]},
            [20, 18],
            Relation((("then", TOTAL),), (("first", "o0"),)),
        ),
        ({"when": "first", "is": "none_of", "of": ["o0"]}, [20, 18], Relation((("then", TOTAL), ("first", "o0")))),
        ({"when": "first", "is": "answered"}, [20, 18], Relation((("then", TOTAL),), (("first", TOTAL),))),
    ],
)
def test_conditions_tie_tables_together(show: dict[str, object], then: list[int], expected: Relation) -> None:
    first = Bars(table([52, 43, 3], question="first", complete=True))
    second = Bars(table(then, question="then", everyone=False))
    assert disclosure.relations(read(questionnaire(**show)), [first, second]) == [expected]  # type: ignore[arg-type]


def test_alternatives_in_a_condition_tie_nothing() -> None:
    show = {"any": [{"when": "first", "is": "any_of", "of": ["o0"]}, {"when": "first", "is": "any_of", "of": ["o1"]}]}
    findings = [Bars(table([52, 43, 3], question="first")), Bars(table([20, 18], question="then"))]
    assert disclosure.relations(read(questionnaire(**show)), findings) == []  # type: ignore[arg-type]


def test_nobody_gives_one_place_to_two_things() -> None:
    ranks = Ranks("first", (table([30, 9], question="first", part="a"), table([9, 30], question="first", part="b")))
    found = disclosure.relations(read(questionnaire(when="first", **{"is": "answered"})), [ranks])  # type: ignore[arg-type]
    assert Relation((("first/a", "o0"), ("first/b", "o0"))) in found


# Size


def test_a_large_consultation_is_released_quickly() -> None:
    """Two hundred tables of twelve options over five million responses; generous, so that a slow machine passes."""
    counts = [2_000_003, 900_001, 400_000, 5, 1, 77, 12, 0, 8, 13, 333, 4]
    raw = [Bars(table(counts, question=f"q{at}")) for at in range(200)]
    began = perf_counter()
    figures = release(raw, responses=5_000_000)
    assert len(figures.table_by_key) == 200
    assert perf_counter() - began < 10
