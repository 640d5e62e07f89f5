"""Charts say what the table says, and nothing more."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import charts

percents = st.lists(st.integers(0, 100), min_size=2, max_size=charts.MOST_PARTS)


@given(percents)
def test_a_bar_of_parts_is_whole_and_in_order(given_out):
    pieces = charts.stacked(given_out)
    assert [one.number for one in pieces] == (
        [at for at, one in enumerate(given_out, 1) if one] if any(given_out) else []
    )
    if pieces:
        assert abs(sum(one.width for one in pieces) - 100) < 0.1
        assert pieces[0].begins == 0
        for one, following in itertools.pairwise(pieces):
            assert abs(one.begins + one.width - following.begins) < 0.02


@given(percents)
def test_lengths_tell_no_more_than_the_percentages(given_out):
    # Whoever measures the drawing gets the published whole per cents back and has nothing else to measure.
    pieces = charts.stacked(given_out)
    whole = sum(given_out)
    assert [round(one.width * whole / 100) for one in pieces] == [one for one in given_out if one]
    assert pieces == charts.stacked(list(given_out))


@given(st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=5), min_size=1, max_size=6))
def test_rows_lie_round_one_middle_to_one_measure(rows):
    drawn = charts.diverging(rows)
    if not any(any(row) for row in rows):
        assert drawn == []
        return
    unit = {round(one.width / one.percent, 2) for row in drawn for one in row}
    assert max(unit) - min(unit) < 0.03
    for given_out, row in zip(rows, drawn, strict=True):
        for one in row:
            assert one.begins >= -0.05 and one.begins + one.width <= 100.05
        middle = next((one for one in row if one.number == 3), None)
        if middle is not None:
            assert abs(middle.middle - 50) < 0.05
        assert [one.percent for one in row] == [one for one in given_out if one]


@given(percents)
def test_mirrored_twice_is_the_same(given_out):
    for one in charts.stacked(given_out):
        again = one.mirrored().mirrored()
        assert abs(again.begins - one.begins) < 0.02 and again.width == one.width


def test_columns_are_measured_by_the_highest_and_leave_out_what_is_hidden():
    assert charts.columns([10, None, 40, 20]) == [(0.0, 25.0, 25.0), None, (50.0, 25.0, 100.0), (75.0, 25.0, 50.0)]
    assert charts.columns([None, 0]) == []


@pytest.mark.parametrize("parts", range(1, 8))
def test_shades_are_even_on_both_sides(parts):
    shades = charts.shades(parts)
    assert len(shades) == parts
    assert shades == tuple(6 - one for one in reversed(shades))
    assert (3 in shades) == (parts % 2 == 1)
    if parts <= 7:
        assert len(set(shades)) == parts
    assert charts.shades(parts, good_first=True) == tuple(reversed(shades))


def test_too_many_parts_are_not_drawn():
    assert charts.stacked([10] * 8) == []
    assert charts.diverging([[10] * 8]) == []
