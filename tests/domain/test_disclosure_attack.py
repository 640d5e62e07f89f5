"""No hidden figure can be worked out: every world is tried, for the product and for methods known to be bad."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.domain import disclosure
from consult.domain.disclosure import Figures, Relation, feasible, found_out, release
from consult.domain.findings import HIDDEN, Bars, Cell, Grid, Table, Total
from tests.domain import intruder

ENOUGH = 5
small_or_large = st.one_of(st.integers(0, 9), st.integers(0, 9), st.integers(8, 60))


def one_answer(counts: list[int] | tuple[int, ...], *, complete: bool = False, key: str = "q", part: str = "") -> Table:
    cells = tuple(Cell(f"o{at}", count) for at, count in enumerate(counts))
    return Table(key, cells, Total(sum(counts)), part=part, everyone=True, complete=complete)


def several_answers(counts: list[int], base: int, *, exclusive: tuple[str, ...] = ()) -> Table:
    cells = tuple(Cell(f"o{at}", count) for at, count in enumerate(counts))
    unticked = tuple(Cell(cell.key, base - count) for cell, count in zip(cells, counts, strict=True))
    return Table("q", cells, Total(base), base, unticked=unticked, exclusive=exclusive, everyone=True)


def seen(figures: Figures, key: str = "q") -> list[tuple[int | None, int]] | None:
    table = figures.table_by_key.get(key)
    return None if table is None else [shown(cell) for cell in table.cells]


def shown(cell: Cell) -> tuple[int | None, int]:
    return (None if cell.count is HIDDEN else int(cell.about), cell.nearest)


# What anybody can try with the published page alone


@settings(max_examples=5000, deadline=None)
@given(st.lists(small_or_large, min_size=2, max_size=4), st.integers(0, 12), st.booleans())
def test_every_hidden_cell_of_a_one_answer_question_keeps_five_values(
    counts: list[int], unanswered: int, complete: bool
) -> None:
    responses = sum(counts) + (0 if complete else unanswered)
    figures = release([Bars(one_answer(counts, complete=complete))], responses=responses)
    cells = seen(figures)
    if cells is None or not any(count is None for count, _step in cells):
        return
    hidden = [at for at, (count, _step) in enumerate(cells) if count is None]
    left = intruder.left_for(hidden, intruder.one_answer_worlds(cells, responses, complete=complete))
    assert all(counts[at] in values for at, values in left.items()), "the truth is among the worlds"
    assert all(len(values) >= ENOUGH for values in left.values())


@settings(max_examples=5000, deadline=None)
@given(st.lists(small_or_large, min_size=2, max_size=4), st.integers(0, 12), st.booleans())
def test_our_own_attacker_finds_exactly_what_trying_every_world_finds(
    counts: list[int], unanswered: int, complete: bool
) -> None:
    """The reasoning the product relies on is neither too hopeful nor too careful, whatever was published."""
    responses = max(10, sum(counts) + (0 if complete else unanswered))
    complete = complete and sum(counts) == responses
    cells = tuple(
        Cell(f"o{at}", HIDDEN) if 0 < count < 8 else Cell(f"o{at}", intruder.nearest(count, 5), 5 if count else 1)
        for at, count in enumerate(counts)
    )
    table = Table("q", cells, Total(0), complete=complete)
    worlds = list(intruder.one_answer_worlds([shown(cell) for cell in cells], responses, complete=complete))
    worlds = [world for world in worlds if sum(world) >= 10]  # under ten it would not have been shown
    hidden = [at for at, cell in enumerate(cells) if cell.hidden]
    found = feasible(Figures(responses, "nhs-public", (Bars(table),)))
    assert {int(place.cell[1:]): set(values) for place, values in found.items()} == intruder.left_for(hidden, worlds)


@settings(max_examples=2000, deadline=None)
@given(st.lists(small_or_large, min_size=1, max_size=3), st.integers(10, 70), st.integers(0, 9), st.booleans())
def test_ticks_and_their_absence_do_not_give_each_other_away(
    ticks: list[int], base: int, others: int, exclusive: bool
) -> None:
    ticks = [min(one, base) for one in ticks]
    ticks = [*ticks, base if not exclusive else base - max(ticks)]  # everybody ticked something
    alone = (f"o{len(ticks) - 1}",) if exclusive else ()
    figures = release([Bars(several_answers(ticks, base, exclusive=alone))], responses=base + others)
    table = figures.table_by_key.get("q")
    if table is None:
        return
    left: dict[int, set[int]] = {at: set() for at in range(len(ticks))}
    for world in _ways_to_tick(table, base):
        for at, count in enumerate(world):
            left[at].add(count)
    assert all(ticks[at] in values for at, values in left.items())
    for at, (ticked, unticked) in enumerate(zip(table.cells, table.unticked, strict=True)):
        if ticked.hidden or unticked.hidden:
            assert len(left[at]) >= ENOUGH


def _ways_to_tick(table: Table, base: int) -> Iterator[tuple[int, ...]]:
    """Every way so many people can have ticked, each at least one option, and an exclusive one alone."""
    choices = []
    for ticked, unticked in zip(table.cells, table.unticked, strict=True):
        if ticked.hidden and unticked.hidden:
            choices.append(list(range(1, base)))
        else:
            not_ticked = set(intruder.stands_for(*shown(unticked), base))
            choices.append([n for n in intruder.stands_for(*shown(ticked), base) if base - n in not_ticked])
    alone = [at for at, cell in enumerate(table.cells) if cell.key in table.exclusive]
    for world in product(*choices):
        shared = base - sum(world[at] for at in alone)
        rest = [count for at, count in enumerate(world) if at not in alone]
        if 0 <= shared <= sum(rest) and all(count <= shared for count in rest):
            yield world


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(small_or_large, min_size=3, max_size=3), min_size=2, max_size=3), st.integers(0, 9))
def test_groups_beside_everybody_give_nobody_away(groups: list[list[int]], nowhere: int) -> None:
    """A practice's figures, added up over the practices, must not open a hidden cell of any of them."""
    everybody = [sum(column) + (nowhere if at == 0 else 0) for at, column in enumerate(zip(*groups, strict=True))]
    responses = sum(everybody)
    rows = tuple(
        replace(one_answer(counts, key="by", part=f"g{at}"), breakdown=True, everyone=False)
        for at, counts in enumerate(groups)
    )
    ties = [Relation(tuple((row.key, f"o{at}") for row in rows), (("q", f"o{at}"),)) for at in range(3)]
    figures = release(
        [Bars(one_answer(everybody, complete=True)), Grid("by", rows)], responses=responses, relations=ties
    )
    tables = [figures.table_by_key[row.key] for row in rows if row.key in figures.table_by_key]
    if "q" not in figures.table_by_key or not tables:
        return
    assert len(rows) - len(tables) != 1, "never everybody beside exactly one withheld group"
    total = figures.table_by_key["q"].cells
    for at in range(3):
        column = [table.cells[at] for table in tables]
        low = [min(intruder.stands_for(*shown(cell), responses, zeros_hidden=True), default=0) for cell in column]
        high = max(intruder.stands_for(*shown(total[at]), responses))
        for number, cell in enumerate(column):
            if cell.hidden:
                assert min(7, high - sum(low) + low[number]) + 1 >= ENOUGH
        if total[at].hidden:
            assert high - max(1, sum(low)) + 1 >= ENOUGH


# What somebody can try who also knows exactly how this program decides


@pytest.mark.parametrize(
    ("options", "responses", "complete"),
    [(2, 15, True), (2, 24, True), (2, 43, True), (2, 76, True), (2, 95, True), (2, 100, True), (2, 130, True),
     (3, 26, True), (3, 41, True), (2, 18, False), (2, 33, False), (2, 52, False), (2, 76, False)],
)  # fmt: skip
def test_knowing_the_method_gives_nothing_away_either(options: int, responses: int, complete: bool) -> None:
    """All counts that lead to the very same page leave five values for each hidden cell."""

    def publish(world: tuple[int, ...]) -> Hashable:
        figures = release([Bars(one_answer(world, complete=complete))], responses=responses)
        return repr(figures.to_json())

    def fill(cells: int, people: int) -> list[tuple[int, ...]]:
        if cells == 1:
            return [(count,) for count in ([people] if complete else range(people + 1))]
        return [(first, *rest) for first in range(people + 1) for rest in fill(cells - 1, people - first)]

    checked = 0
    for page, worlds in intruder.by_what_is_seen(fill(options, responses), publish).items():
        cells = seen(Figures.from_json(eval(str(page))))  # our own repr
        if cells is None:
            continue
        hidden = [at for at, (count, _step) in enumerate(cells) if count is None]
        for values in intruder.left_for(hidden, worlds).values():
            checked += 1
            assert len(values) >= ENOUGH, page
    assert checked


def test_where_every_rounding_would_tell_the_figure_says_only_what_is_known_already() -> None:
    """Of 76 people 69 to 75 said yes: rounding to 5, 10, 20 or 50 would each say which side of 70 or 75 it was."""
    pages = {
        repr(seen(release([Bars(one_answer([76 - few, few], complete=True))], responses=76))) for few in range(1, 8)
    }
    assert pages == {"[(70, 20), (None, 1)]"}


@pytest.mark.parametrize("base", [12, 15, 23, 30, 47, 76, 100])
def test_knowing_the_method_and_how_many_answered_does_not_open_ticks(base: int) -> None:
    def publish(world: tuple[int, ...]) -> Hashable:
        figures = release([Bars(several_answers([world[0], base], base))], responses=base)
        table = figures.table_by_key.get("q")
        return None if table is None else (shown(table.cells[0]), shown(table.unticked[0]))

    for page, worlds in intruder.by_what_is_seen([(count,) for count in range(base + 1)], publish).items():
        if page is not None and any(count is None for count, _step in page):  # type: ignore[attr-defined]
            assert len(worlds) >= ENOUGH, page


# Methods known to be bad: the same attack must catch each of them, or it proves nothing


def test_the_attack_catches_hiding_without_a_second_cell_beside_an_exact_total() -> None:
    counts, responses = (40, 30, 3), 73
    naive = [(40, 1), (30, 1), (None, 1)]
    worlds = [world for world in _exactly(naive, responses) if sum(world) == responses]
    assert intruder.left_for([2], worlds)[2] == {3}
    figures = Figures(
        responses,
        "fft5",
        (Bars(Table("q", (Cell("o0", 40), Cell("o1", 30), Cell("o2", HIDDEN)), Total(73), complete=True)),),
    )
    assert found_out(figures)
    ours = release([Bars(one_answer(counts, complete=True))], responses=responses, profile="fft5")
    assert seen(ours) == [(40, 1), (None, 1), (None, 1)]
    assert not found_out(ours)


def test_the_attack_catches_a_total_left_unrounded() -> None:
    """One figure to the nearest 5, one hidden, and the exact number who answered: two values remain."""
    worlds = intruder.one_answer_worlds([(100, 5), (None, 1)], 100, complete=True)
    assert intruder.left_for([1], worlds)[1] == {1, 2}
    naive = Table("q", (Cell("o0", 100, 5), Cell("o1", HIDDEN)), Total(100), complete=True)
    assert found_out(Figures(100, "nhs-public", (Bars(naive),)))
    assert feasible(Figures(100, "nhs-public", (Bars(naive),)))[disclosure.Place("q", "o1")] == (1, 2)
    ours = release([Bars(one_answer([99, 1], complete=True))], responses=100)
    assert not found_out(ours)
    assert ours.table_by_key["q"].base.about


def test_the_attack_catches_percentages_with_decimals() -> None:
    truth, responses = (61, 24, 3), 88
    decimals = [round(100 * count / sum(truth), 1) for count in truth]
    worlds = [
        world
        for world in intruder.one_answer_worlds([(60, 5), (25, 5), (None, 1)], responses, complete=False)
        if [round(100 * count / sum(world), 1) for count in world][:2] == decimals[:2]
    ]
    assert len(intruder.left_for([2], worlds)[2]) < ENOUGH
    table = release([Bars(one_answer(truth))], responses=responses).table_by_key["q"]
    assert [table.percentage(cell.key) for cell in table.cells] == [67, 28, None]


def test_the_attack_catches_a_zero_that_speaks_for_a_whole_group() -> None:
    """A group of twelve shown as 10 and 0 says what each of them answered; in a breakdown zeros are hidden too."""
    everybody = one_answer([52, 40], complete=True)
    group = replace(one_answer([12, 0], key="by", part="g"), breakdown=True)
    assert intruder.stands_for(0, 1, 12) == [0]
    rest = replace(one_answer([40, 40], key="by", part="h"), breakdown=True)
    cells = seen(release([Bars(everybody), Grid("by", (group, rest))], responses=92), "by/g")
    assert cells == [(10, 5), (None, 1)]
    assert 0 in intruder.stands_for(None, 1, 12, zeros_hidden=True)


def test_the_attack_catches_the_difference_of_two_releases() -> None:
    """Three more people between two exact pages are those three people's answers; the old figures stand instead."""
    first = release([Bars(one_answer([40, 30], complete=True))], responses=70)
    again = release([Bars(one_answer([42, 31], complete=True))], responses=73, earlier=[first])
    assert again is first


# Several releases, questions that depend on each other


@settings(max_examples=500, deadline=None)
@given(
    st.lists(small_or_large, min_size=2, max_size=3),
    st.lists(st.integers(0, 15), min_size=3, max_size=3),
    st.booleans(),
)
@example([22, 6], [0, 12, 0], True)
@example([5, 8], [10, 0, 0], True)
@example([6, 17], [4, 11, 0], False)
def test_a_later_release_does_not_open_an_earlier_one(before: list[int], more: list[int], complete: bool) -> None:
    after = [count + extra for count, extra in zip(before, more, strict=False)]
    first = release([Bars(one_answer(before, complete=complete))], responses=sum(before))
    second = release([Bars(one_answer(after, complete=complete))], responses=sum(after), earlier=[first])
    if first.responses is None or second is first:
        return
    assert sum(after) - sum(before) >= 10
    old, new = seen(first), seen(second)
    if old is None or new is None:
        return
    old_worlds = list(intruder.one_answer_worlds(old, sum(before), complete=complete))
    new_worlds = list(intruder.one_answer_worlds(new, sum(after), complete=complete))
    _left_over_both(old, new, old_worlds, new_worlds, sum(after) - sum(before))


def _left_over_both(
    old: list[tuple[int | None, int]],
    new: list[tuple[int | None, int]],
    old_worlds: list[tuple[int, ...]],
    new_worlds: list[tuple[int, ...]],
    added: int,
) -> None:
    def grows(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        return all(0 <= b - a <= added for a, b in zip(one, other, strict=True)) and sum(other) - sum(one) <= added

    if len(old_worlds) * len(new_worlds) > 200_000:
        return
    both = [(*one, *other) for one in old_worlds for other in new_worlds if grows(one, other)]
    hidden = [at for at, (count, _step) in enumerate([*old, *new]) if count is None]
    assert all(len(values) >= ENOUGH for values in intruder.left_for(hidden, both).values())


@settings(max_examples=500, deadline=None)
@given(st.integers(1, 7), st.lists(st.integers(8, 60), min_size=2, max_size=3))
def test_a_question_asked_only_of_some_does_not_tell_how_many_they_were(few: int, follow: list[int]) -> None:
    """Everybody said yes or no; all who said yes answered the next question, whose figures add up to them."""
    yes = sum(follow)
    parent = replace(one_answer([yes, few], complete=True), question="first")
    child = replace(one_answer(follow), question="then", everyone=False)
    ties = [Relation((("then", disclosure.TOTAL),), (("first", "o0"),), same=True)]
    responses = yes + few
    figures = release([Bars(parent), Bars(child)], responses=responses, relations=ties)
    first, then = seen(figures, "first"), seen(figures, "then")
    if first is None or first[1][0] is not None:
        return
    left = set()
    for count in range(1, 8):
        said_yes = responses - count
        if said_yes not in intruder.stands_for(*first[0], responses):
            continue
        if then is None or any(True for _ in intruder.one_answer_worlds(then, said_yes, complete=True)):
            left.add(count)
    assert few in left
    assert len(left) >= ENOUGH


def _exactly(cells: list[tuple[int | None, int]], responses: int) -> list[tuple[int, ...]]:
    return list(product(*([shown] if shown is not None else list(range(1, 5)) for shown, _step in cells)))
