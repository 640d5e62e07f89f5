"""Orders: everybody gives each place once, so rows and columns say much about each other; every world is tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.domain.disclosure import Figures, found_out, release, rows
from consult.domain.findings import HIDDEN, Cell, Ranks, Table, TooFew, Total
from tests.domain import intruder

ENOUGH = 5
THINGS = ("a", "b", "c")
#: So many people for each order that protecting rows one by one gives one figure away: the first place of “b”.
NAIVELY, FOUND = [12, 22, 0, 13, 2, 15], (1, 0)
#: Every order of three things.
ORDERS = tuple(permutations(range(3)))
World = tuple[tuple[int, ...], ...]


def ranked(people: list[int]) -> tuple[Ranks, World]:
    """What so many people make of each order: full, and everybody who responded answered."""
    counts = tuple(
        tuple(sum(many for many, order in zip(people, ORDERS, strict=True) if order[at] == place) for place in range(3))
        for at in range(3)
    )
    tables = tuple(
        Table(
            "q",
            tuple(Cell(str(place), count) for place, count in enumerate(row, 1)),
            Total(sum(row)),
            sum(people),
            thing,
            everyone=True,
            complete=True,
            breakdown=True,
        )
        for thing, row in zip(THINGS, counts, strict=True)
    )
    return Ranks("q", tables, full=True), counts


def worlds(seen: list[list[tuple[int | None, int]]], responses: int) -> Iterator[World]:
    """Every way in which so many full orders can look like this: each row and each column adds up to all of them."""
    may = [[set(intruder.stands_for(*cell, responses, zeros_hidden=cell[1] == 1)) for cell in cells] for cells in seen]
    for w, x, y, z in product(may[0][0], may[0][1], may[1][0], may[1][1]):
        world = (
            (w, x, responses - w - x),
            (y, z, responses - y - z),
            (responses - w - y, responses - x - z, w + x + y + z - responses),
        )
        if all(count in may[at][place] for at, row in enumerate(world) for place, count in enumerate(row)):
            yield world


def shown(figures: Figures) -> list[list[tuple[int | None, int]]]:
    """The cells of each row as they are published."""
    return [
        [(None if cell.count is HIDDEN else cell.about, cell.nearest) for cell in table.cells]
        for finding in figures.findings
        for table in finding.tables
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.integers(0, 3), st.integers(0, 25)), min_size=6, max_size=6).filter(lambda one: sum(one) > 9)
)
@example([30, 2, 12, 9, 1, 20])
@example([40, 30, 1, 0, 2, 0])
@example([0, 0, 0, 25, 1, 25])
def test_every_hidden_figure_of_an_order_keeps_five_values(people: list[int]) -> None:
    ranks, truth = ranked(people)
    figures = release([ranks], responses=sum(people), relations=list(rows.ranked(ranks)))
    seen = shown(figures)
    hidden = [(at, place) for at, cells in enumerate(seen) for place, cell in enumerate(cells) if cell[0] is None]
    if not hidden:
        return
    assert len(seen) == len(THINGS), "rows are shown all together"
    left: dict[tuple[int, int], set[int]] = {one: set() for one in hidden}
    for world in worlds(seen, sum(people)):
        for at, place in hidden:
            left[at, place].add(world[at][place])
    assert all(truth[at][place] in values for (at, place), values in left.items()), "the truth is among the worlds"
    assert all(len(values) >= ENOUGH for values in left.values())


def test_the_attack_catches_an_order_whose_rows_are_protected_one_by_one() -> None:
    """Each row alone is safe; together the columns give away what the rows hide."""
    ranks, truth = ranked(NAIVELY)
    naive = release([ranks], responses=sum(NAIVELY))
    seen = shown(naive)
    assert any(cell[0] is None for cells in seen for cell in cells)
    left = {world[at][place] for at, place in [FOUND] for world in worlds(seen, sum(NAIVELY))}
    assert truth[FOUND[0]][FOUND[1]] in left
    assert len(left) < ENOUGH
    told = list(rows.ranked(ranks))
    assert not found_out(naive), "nobody who takes them one by one sees it"
    assert found_out(naive, relations=told)
    assert not found_out(release([ranks], responses=sum(NAIVELY), relations=told), relations=told)


def test_an_order_is_shown_whole_or_not_at_all() -> None:
    people = [9, 1, 1, 0, 0, 0]
    ranks, _truth = ranked(people)
    figures = release([ranks], responses=sum(people), relations=list(rows.ranked(ranks)))
    assert figures.findings == (TooFew("q"),)
