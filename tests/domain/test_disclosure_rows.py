"""Orders and points: what is known of each row tells something about all others, and the attacker knows it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain import disclosure
from consult.domain.disclosure import TOTAL, Figures, Place, Relation, feasible, found_out, release
from consult.domain.disclosure.integers import Sums
from consult.domain.disclosure.profiles import PROFILES
from consult.domain.disclosure.rows import points, ranked
from consult.domain.disclosure.tables import protected
from consult.domain.findings import HIDDEN, UNPLACED, Cell, Grid, Ranks, Shared, Table, TooFew, Total
from consult.domain.questionnaire import read
from tests.domain import intruder

ENOUGH = 5
PROFILE = PROFILES["nhs-public"]
#: The orders in which three things can be put.
ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


def order(counts: list[list[int]], *, responses: int | None = None, full: bool = True, cells: str = "123") -> Ranks:
    """A table for each thing over the places it was given; everybody answered unless `responses` says otherwise."""
    people = sum(counts[0])
    tables = tuple(
        Table(
            "rank",
            tuple(Cell(UNPLACED if key == "-" else key, count) for key, count in zip(cells, row, strict=True)),
            Total(people),
            people,
            f"t{at}",
            everyone=True,
            complete=responses is None,
            breakdown=True,
        )
        for at, row in enumerate(counts)
    )
    return Ranks("rank", tables, full=full)


def counted(people: list[int]) -> list[list[int]]:
    """So many people for each of ORDERS, as a table for each thing."""
    counts = [[0, 0, 0] for _ in range(3)]
    for number, places in zip(people, ORDERS, strict=True):
        for thing, place in enumerate(places):
            counts[thing][place] += number
    return counts


def one_by_one(ranks: Ranks, responses: int) -> Figures | None:
    """What somebody would publish who made each row safe and forgot the others."""
    tables = [protected(table, PROFILE, responses) for table in ranks.tables]
    if None in tables:
        return None
    return Figures(responses, PROFILE.name, (Ranks(ranks.question, tuple(table for table in tables if table)),))


def worlds(figures: Figures, responses: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of three things by three places that a page may stand for, if all of `responses` gave all places."""
    tables = [figures.table_by_key[f"rank/t{at}"] for at in range(3)]
    rooms = [
        [
            intruder.stands_for(None if cell.hidden else cell.about, cell.nearest, responses, zeros_hidden=True)
            for cell in table.cells
        ]
        for table in tables
    ]
    allowed = [[set(room) for room in row] for row in rooms]
    # With what everybody has given, two places of two things tell all the rest.
    for a, b, c, d in product(*rooms[0][:2], *rooms[1][:2]):
        first = (a, b, responses - a - b)
        second = (c, d, responses - c - d)
        third = tuple(responses - one - other for one, other in zip(first, second, strict=True))
        world = (first, second, third)
        if all(count in allowed[row][at] for row, counts in enumerate(world) for at, count in enumerate(counts)):
            yield world


def left(figures: Figures, responses: int) -> dict[tuple[int, int], set[int]]:
    """The counts that each hidden cell can still be."""
    hidden = [
        (row, at)
        for row in range(3)
        for at, cell in enumerate(figures.table_by_key[f"rank/t{row}"].cells)
        if cell.hidden
    ]
    found: dict[tuple[int, int], set[int]] = {place: set() for place in hidden}
    for world in worlds(figures, responses):
        for row, at in hidden:
            found[row, at].add(world[row][at])
    return found


# Everybody puts everything in order


small = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(5, 40))


@settings(max_examples=300, deadline=None)
@given(st.lists(small, min_size=6, max_size=6))
def test_every_hidden_place_keeps_five_values(people: list[int]) -> None:
    responses = sum(people)
    ranks = order(counted(people))
    figures = release([ranks], responses=responses, relations=list(ranked(ranks)))
    if not figures.table_by_key:
        return
    assert len(figures.table_by_key) == 3
    for (row, at), values in left(figures, responses).items():
        assert counted(people)[row][at] in values, "the truth is among the worlds"
        assert len(values) >= ENOUGH


@settings(max_examples=300, deadline=None)
@given(st.lists(small, min_size=6, max_size=6))
def test_our_own_attacker_finds_exactly_what_trying_every_order_finds(people: list[int]) -> None:
    responses = sum(people)
    ranks = order(counted(people))
    naive = one_by_one(ranks, responses)
    if naive is None:
        return
    found = feasible(naive, relations=list(ranked(ranks)))
    expected = left(naive, responses)
    assert {(int(place.table[-1]), int(place.cell) - 1): set(values) for place, values in found.items()} == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(small, min_size=6, max_size=6), st.randoms(use_true_random=False))
def test_whatever_the_figures_may_stand_for_would_have_been_shown_the_same_way(
    people: list[int], random: Random
) -> None:
    """So knowing how this program decides tells nothing that the figures do not."""
    responses = sum(people)
    ranks = order(counted(people))
    figures = release([ranks], responses=responses, relations=list(ranked(ranks)))
    if not figures.table_by_key:
        return
    possible = list(worlds(figures, responses))
    for world in random.sample(possible, min(len(possible), 6)):
        other = order([list(row) for row in world])
        assert release([other], responses=responses, relations=list(ranked(other))) == figures


def test_the_attack_catches_an_order_whose_rows_were_made_safe_one_by_one() -> None:
    """Each row is safe by itself; that everybody gave each place once opens a hidden cell by its column."""
    caught = 0
    for few in range(1, 8):
        for people in product(range(6, 20, 4), range(0, 24, 6), [few], range(20, 50, 10), [0], range(20, 60, 15)):
            ranks = order(counted(list(people)))
            responses = sum(people)
            naive = one_by_one(ranks, responses)
            if naive is None or found_out(naive):
                continue
            places = found_out(naive, relations=list(ranked(ranks)))
            if not places:
                continue
            caught += 1
            opened = left(naive, responses)
            for place in places:
                assert len(opened[int(place.table[-1]), int(place.cell) - 1]) < ENOUGH
            ours = release([ranks], responses=responses, relations=list(ranked(ranks)))
            assert not found_out(ours, relations=list(ranked(ranks)))
    assert caught > 20


def test_the_attack_knows_that_whoever_ranks_has_a_first_choice() -> None:
    """Of 30 people 12 and 13 put one of two things first: exactly 5 put the third, which is hidden."""
    cells = {"t0": (12, 18), "t1": (13, 17), "t2": (HIDDEN, 25)}
    tables = tuple(
        Table("rank", (Cell("1", first), Cell(UNPLACED, rest)), Total(30), 30, part, complete=True, breakdown=True)
        for part, (first, rest) in cells.items()
    )
    exact = order([[12, 18], [13, 17], [5, 25]], full=False, cells="1-")
    figures = Figures(30, PROFILE.name, (Ranks("rank", tables),))
    assert feasible(figures, relations=list(ranked(exact)))[Place("rank/t2", "1")] == (5,)


def test_whoever_stops_early_gives_no_later_place() -> None:
    exact = order([[30, 6, 2, 12], [15, 20, 1, 14], [5, 4, 8, 33]], full=False, cells="123-")
    found = list(ranked(exact))
    columns = [tuple((f"rank/t{at}", place) for at in range(3)) for place in "123"]
    assert Relation(columns[1], columns[0]) in found
    assert Relation(columns[2], columns[1]) in found
    assert not any(one.same for one in found if set(one.these) == set(columns[1]))
    assert Relation((("rank/t0", TOTAL),), columns[0], same=True) in found


# All or nothing


def test_an_order_is_shown_whole_or_not_at_all() -> None:
    ranks = order([[40, 30, 20], [30, 40, 20], [20, 20, 50]])
    few = replace(ranks, tables=(*ranks.tables[:2], replace(ranks.tables[2], cells=tuple(Cell(p, 3) for p in "123"))))
    few = replace(few, tables=(*few.tables[:2], replace(few.tables[2], base=Total(9))))
    assert len(release([ranks], responses=90).table_by_key) == 3
    assert release([few], responses=90).findings == (TooFew("rank"),)


def test_an_order_of_hidden_figures_is_not_shown() -> None:
    ranks = order([[4, 4, 4], [4, 4, 4], [4, 4, 4]])
    assert release([ranks], responses=12, relations=list(ranked(ranks))).findings == (TooFew("rank"),)


def test_points_to_different_things_are_not_shown() -> None:
    alike = shared(between_two([10] * 20 + [60] * 15 + [40] * 25), total=100, exactly=True)
    some = replace(alike, shared=Shared(100, exactly=True, alike=False))
    assert release([alike], responses=60, relations=list(points(alike))).table_by_key
    assert release([some], responses=60).findings == (TooFew("pt"),)


def test_a_release_tells_no_more_of_a_shape_than_its_figures() -> None:
    ranks = order([[40, 30, 20], [30, 40, 20], [20, 20, 50]])
    alike = shared(between_two([10] * 30 + [60] * 25 + [40] * 35), total=100, exactly=True)
    figures = release([ranks, alike], responses=90, relations=[*ranked(ranks), *points(alike)])
    assert Figures.from_json(figures.to_json()) == figures


# Points


BANDS = ("0..1", "1..25", "25..50", "50..")


def shared(counts: list[list[int]], *, total: int, exactly: bool, bands: tuple[str, ...] = BANDS) -> Grid:
    people = sum(counts[0])
    tables = tuple(
        Table(
            "pt",
            tuple(Cell(key, count) for key, count in zip(bands, row, strict=True)),
            Total(people),
            people,
            f"t{at}",
            everyone=True,
            complete=True,
            breakdown=True,
        )
        for at, row in enumerate(counts)
    )
    return Grid("pt", tables, shared=Shared(total, exactly))


def band_of(given: int) -> int:
    return 0 if given < 1 else 1 if given < 25 else 2 if given < 50 else 3


def between_two(given: list[int]) -> list[list[int]]:
    """What people gave the first of two things, as both tables."""
    counts = [[0] * 4, [0] * 4]
    for one in given:
        counts[0][band_of(one)] += 1
        counts[1][band_of(100 - one)] += 1
    return counts


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 20, 24, 25, 30, 49, 50, 51, 60, 75, 76, 80, 99, 100]), min_size=10, max_size=60))
def test_points_between_two_things_are_one_line_and_hidden_cells_keep_five_values(given: list[int]) -> None:
    """What the second got is what the first left; all ways to stand on that line between the edges are tried."""
    counts, responses = between_two(given), len(given)
    exact = shared(counts, total=100, exactly=True)
    figures = release([exact], responses=responses, relations=list(points(exact)))
    if not figures.table_by_key:
        return
    # 0 | 1–24 | 25–49 | 50 | 51–75 | 76–99 | 100: the cells that one answer is in, of both tables.
    pieces = [(0, 3), (1, 3), (2, 3), (3, 3), (3, 2), (3, 1), (3, 0)]
    sums = Sums()
    for at in range(len(pieces)):
        sums.number(at, 0, responses)
    sums.sum(range(len(pieces)), [], responses, responses)
    for row in range(2):
        for at, cell in enumerate(figures.table_by_key[f"pt/t{row}"].cells):
            low, high = PROFILE.interval(cell, responses, breakdown=True)
            sums.number((row, at), max(0, low), high)
            sums.sum([one for one, piece in enumerate(pieces) if piece[row] == at], [(row, at)], 0, 0)
    for row in range(2):
        for at, cell in enumerate(figures.table_by_key[f"pt/t{row}"].cells):
            if cell.hidden:
                values = sums.values((row, at))
                assert counts[row][at] in values
                assert len(values) >= ENOUGH


def test_the_attack_catches_points_whose_rows_were_made_safe_one_by_one() -> None:
    """Whoever gave nothing to the one gave all to the other, so that one row tells what the other hides."""
    caught = 0
    for few, most, between in product(range(1, 8), range(20, 40), range(10, 14)):
        exact = shared([[few, 0, between, most], [0, most - 20, 20, few + between]], total=100, exactly=True)
        responses = few + between + most
        tables = [protected(table, PROFILE, responses) for table in exact.tables]
        if None in tables:
            continue
        naive = Figures(responses, PROFILE.name, (Grid("pt", tuple(table for table in tables if table)),))
        if not found_out(naive) and found_out(naive, relations=list(points(exact))):
            caught += 1
    assert caught


def test_the_attack_knows_that_no_two_things_can_have_more_than_half() -> None:
    bands = ("0..1", "1..51", "51..")
    exact = shared([[25, 70, 5], [10, 45, 45], [10, 40, 50]], total=100, exactly=True, bands=bands)
    cells = {
        "t0": (Cell("0..1", 20, 20), Cell("1..51", 70), Cell("51..", HIDDEN)),
        "t1": (Cell("0..1", 10), Cell("1..51", 45), Cell("51..", 45)),
        "t2": (Cell("0..1", 10), Cell("1..51", 40), Cell("51..", 50)),
    }
    tables = tuple(
        Table("pt", row, Total(100), 100, part, complete=True, breakdown=True) for part, row in cells.items()
    )
    figures, hidden = Figures(100, PROFILE.name, (Grid("pt", tables),)), Place("pt/t0", "51..")
    assert feasible(figures)[hidden] == (1, 2, 3, 4, 5, 6, 7)
    assert feasible(figures, relations=list(points(exact)))[hidden] == (1, 2, 3, 4, 5)


# Questions asked because of a place or of points


@pytest.mark.parametrize(
    ("test", "cells"),
    [
        ({"row": "t0", "is": "any_of", "of": [1]}, ["1"]),
        ({"row": "t0", "is": "at_most", "of": 2}, ["1", "2"]),
        ({"row": "t0", "is": "above", "of": 1}, ["2", "3"]),
        ({"row": "t0", "is": "answered"}, ["1", "2", "3"]),
    ],
)
def test_a_place_that_opens_a_question_ties_their_tables(test: dict, cells: list[str]) -> None:
    ranks = order([[30, 6, 2, 12], [15, 20, 1, 14], [5, 4, 8, 33]], full=False, cells="123-", responses=60)
    data = {
        "key": "rank",
        "kind": "ranking",
        "text": "R",
        "options": [{"key": f"t{at}", "label": "T"} for at in range(3)],
    }
    then = {"key": "then", "kind": "long_text", "text": "Why?", "show": {"when": "rank", **test}}
    pages = [{"key": "p1", "questions": [data]}, {"key": "p2", "questions": [then]}]
    asked = Grid("then", (Table("then", (Cell("x", 12),), Total(12), everyone=False),))
    found = disclosure.relations(read({"title": "T", "pages": pages}), [ranks, asked])
    assert Relation((("then", TOTAL),), tuple(("rank/t0", cell) for cell in cells)) in found


def test_points_that_open_a_question_tie_it_to_the_bands_they_may_be_in() -> None:
    exact = shared([[5, 20, 15, 10], [10, 15, 20, 5]], total=100, exactly=False)
    data = {"key": "pt", "kind": "points", "text": "P", "options": [{"key": f"t{at}", "label": "T"} for at in range(2)]}
    then = {
        "key": "then",
        "kind": "long_text",
        "text": "Why?",
        "show": {"when": "pt", "row": "t1", "is": "at_least", "of": 30},
    }
    pages = [{"key": "p1", "questions": [data]}, {"key": "p2", "questions": [then]}]
    asked = Grid("then", (Table("then", (Cell("x", 12),), Total(12), everyone=False),))
    found = disclosure.relations(read({"title": "T", "pages": pages}), [exact, asked])
    assert Relation((("then", TOTAL),), (("pt/t1", "25..50"), ("pt/t1", "50.."))) in found


# The arithmetic under it


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-3, 4), st.integers(0, 5)), min_size=1, max_size=4),
    st.lists(
        st.tuples(st.lists(st.integers(-3, 3), min_size=4, max_size=4), st.integers(-8, 8), st.integers(0, 6)),
        max_size=3,
    ),
)
def test_sums_with_weights_leave_exactly_the_values_that_trying_all_leaves(
    ranges: list[tuple[int, int]], rules: list[tuple[list[int], int, int]]
) -> None:
    sums = Sums()
    for at, (low, more) in enumerate(ranges):
        sums.number(at, low, low + more)
    for weights, low, more in rules:
        sums.weighed(dict(enumerate(weights[: len(ranges)])), low, low + more)
    good = [
        world
        for world in product(*(range(low, low + more + 1) for low, more in ranges))
        if all(
            low <= sum(weight * one for weight, one in zip(weights, world, strict=False)) <= low + more
            for weights, low, more in rules
        )
    ]
    assert sums.possible() is bool(good)
    for at in range(len(ranges)):
        assert sums.values(at) == tuple(sorted({world[at] for world in good}))


def test_a_long_order_is_released_in_seconds() -> None:
    """Fifteen things and five hundred people, many figures hidden; generous, so that a slow machine passes."""
    things, people = 15, 500
    counts = [[0] * things for _ in range(things)]
    for person in range(people):
        for place in range(things):
            counts[(place + person * person % 7) % things][place] += 1
    ranks = order(counts, cells="123456789ABCDEF")
    began = perf_counter()
    release([ranks], responses=people, relations=list(ranked(ranks)))
    assert perf_counter() - began < 15
