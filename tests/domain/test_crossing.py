"""What is shown of crossings gives nobody away, alone, beside each other and beside the figures of everybody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.crossing import (
    LEAST_GROUP,
    Axis,
    Declared,
    Named,
    age_by_sex,
    grids,
    increased,
    relations,
    safe,
    shape_of,
    shown,
    zeros,
)
from consult.domain.disclosure import PROFILES, Figures, found_out, release
from consult.domain.findings import Bars, Cell, Grid, Scale, Table, Total
from consult.domain.statistics import ANSWERED

AXES = (Axis("how", ("easy", "hard", "other")), Axis("uses", ("web", "desk"), several=True))
DECLARED = Declared(
    (Named("how", {"en": "Whether it is harder for some"}, weighted=True), Named("uses", {"en": "Who uses what"})),
    ("age_band", "sex", "ethnic_1", "ethnic_2", "impairment"),
)
SHAPE = shape_of(DECLARED, AXES)
AGES, SEXES = ("25_34", "45_54", "75_84"), ("female", "male")


def crowd(people: int, seed: int, *, says: float = 0.7):
    """So many invented people: the places of their answers, and what they say about themselves."""
    random = Random(seed)
    weights = [random.choice([1, 3, 10, 30]) for _ in range(3)]
    found = []
    for _ in range(people):
        how = random.choices(("easy", "hard", "other"), weights)[0]
        ticked = [one for one in ("web", "desk") if random.random() < 0.5] or ["web"]
        places = [("how", "", ANSWERED), ("how", "", how), ("uses", "", ANSWERED)]
        places += [("uses", "", one) for one in ticked]
        about = {
            "age_band": random.choices(AGES, (5, 3, 1))[0],
            "sex": random.choice(SEXES),
            "ethnic_1": random.choices(("white", "asian"), (12, 1))[0],
            "ethnic_2": "b_irish",
        }
        found.append((places, about if random.random() < says else {}))
    return found


def everybody(people):
    """The exact one-way findings of the same people."""
    counts = Counter(place for places, _about in people for place in places)
    cells = tuple(Cell(key, counts["how", "", key]) for key in AXES[0].atoms)
    ticked = tuple(Cell(key, counts["uses", "", key]) for key in AXES[1].atoms)
    unticked = tuple(Cell(cell.key, len(people) - cell.about) for cell in ticked)
    whole = Total(len(people))
    return (
        Scale(Table("how", cells, whole, len(people), everyone=True, complete=True)),
        Bars(Table("uses", ticked, whole, len(people), unticked=unticked, everyone=True)),
    )


def let_out(people):
    """The exact grids, the public figures, and what is shown of the grids."""
    exact = grids(SHAPE, increased(zeros(SHAPE), SHAPE, people))
    figures = release(everybody(people), responses=len(people))
    return exact, figures, shown(exact, figures)


def test_the_array_is_of_one_size_and_counts_each_group_exactly():
    people = crowd(200, 1)
    empty = zeros(SHAPE)
    full = increased(increased(empty, SHAPE, people[:90]), SHAPE, people[90:])
    assert len(full) == len(empty) == 4 * len(SHAPE.position)
    by_key = {table.key: table for grid in grids(SHAPE, full) for table in grid.tables}
    for age in AGES:
        said = [places for places, about in people if about.get("age_band") == age]
        assert by_key[f"how&age_band/{age}"].base.count == len(said)
        hard = sum(("how", "", "hard") in places for places in said)
        assert by_key[f"how&age_band/{age}"].cell_by_key["hard"].count == hard
        assert by_key[f"uses&age_band/{age}"].unticked_by_key["desk"].count == sum(
            ("uses", "", "desk") not in places for places in said
        )


def test_only_the_first_step_of_ethnic_groups_is_crossed_and_no_question_with_several_answers():
    assert [key for key, _options in SHAPE.groups] == ["age_band", "sex", "ethnic_1"]
    assert [by for axis, by, _groups in SHAPE.tables if axis.question == "how"] == [
        "age_band",
        "sex",
        "ethnic_1",
        "age_band&sex",
    ]
    assert Declared.from_json(DECLARED.to_json()) == DECLARED


def test_groups_under_twenty_are_not_shown_and_small_figures_are_one_mark():
    people = crowd(300, 2)
    exact, _figures, out = let_out(people)
    raw = {table.key: table for grid in exact for table in grid.tables}
    tables = [table for grid in out for table in grid.tables]
    assert tables
    assert all(raw[table.key].base.count >= LEAST_GROUP for table in tables)
    for table in tables:
        for cell in (*table.cells, *table.unticked):
            twin = raw[table.key].unticked_by_key if cell in table.unticked else raw[table.key].cell_by_key
            assert cell.hidden or (cell.nearest >= 5 and twin[cell.key].about > 7)
    assert all(len(getattr(grid, "withheld", ())) != 1 for grid in out)


@settings(max_examples=12, deadline=None)
@given(st.integers(60, 260), st.integers(0, 10**6))
def test_the_attacker_keeps_five_values_with_everything_that_is_published(people, seed):
    _exact, figures, out = let_out(crowd(people, seed))
    together = safe(figures, out)
    assert together.crossed == out
    assert not found_out(together, relations=relations(out, figures.findings))
    assert Figures.from_json(together.to_json()) == together


def each_by_itself(exact, figures, *, nearest):
    """Small figures hidden, others to the nearest `nearest`; groups of any size, nothing looked at together."""
    rules = replace(PROFILES[figures.profile], nearest=nearest)
    return tuple(
        Grid(
            grid.question,
            tuple(
                replace(table, cells=tuple(rules.cell(cell.key, cell.about, breakdown=True) for cell in table.cells))
                for table in grid.tables
                if table.base.count
            ),
        )
        for grid in exact
        if grid.question.startswith("how&")
    )


@pytest.mark.parametrize("nearest", [1, 5])
def test_the_attacker_catches_naive_crossings_and_they_are_not_published(nearest):
    caught = 0
    for seed in range(6):
        people = crowd(90, seed, says=1.0)
        exact, figures, _out = let_out(people)
        careless = each_by_itself(exact, figures, nearest=nearest)
        both = replace(figures, crossed=careless)
        if found_out(both, relations=relations(careless, figures.findings)):
            caught += 1
            assert safe(figures, careless).crossed == ()
    assert caught


def test_what_nobody_chose_is_no_column():
    people = [(places, about) for places, about in crowd(200, 5) if ("how", "", "other") not in places]
    _exact, _figures, out = let_out(people)
    assert out
    assert all("other" not in table.cell_by_key for grid in out for table in grid.tables)


def test_weighting_reads_released_cells_by_age_and_sex():
    _exact, _figures, out = let_out(crowd(400, 3))
    cells = {pair: table.cell_by_key for pair, table in age_by_sex(out, "how").items()}
    assert cells
    assert set(cells) <= {(age, sex) for age in AGES for sex in SEXES}
    assert all(cell.hidden or cell.nearest >= 5 for one in cells.values() for cell in one.values())
    assert age_by_sex(out, "uses") == {}
