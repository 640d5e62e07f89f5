"""What the rows of one question say about each other: everybody gives each place once, or shares out the same total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.domain.disclosure.attack import TOTAL, Relation, Where
from consult.domain.findings import Grid, Ranks, Table
from consult.domain.statistics import band


def ranked(ranks: Ranks) -> Iterator[Relation]:
    """Whoever answers gives a first place, a second only after it, and no place twice."""
    tables = ranks.tables
    yield from _same_people(tables)
    columns = [tuple((table.key, place) for table in tables) for place in ranks.places]
    if not columns:
        return
    for table in tables:
        alike = _alike(tables) and _people(columns[0], tables) == table.base.count
        yield Relation(((table.key, TOTAL),), columns[0], same=alike)
    for column in columns:
        yield Relation(column)
    for before, column in pairwise(columns):
        same = ranks.full and _people(column, tables) == _people(before, tables)
        yield Relation(column, before, same=same)


def points(grid: Grid) -> Iterator[Relation]:
    """What everybody gave adds up to the same total, or to no more than it."""
    assert grid.shared is not None
    total, exactly = grid.shared.total, grid.shared.exactly
    tables = grid.tables
    if not grid.shared.alike or not _alike(tables):
        return
    yield from _same_people(tables)
    given = {table.key: [_given(table.key, cell.key, total) for cell in table.cells] for table in tables}
    everything = [one for cells in given.values() for one in cells]
    somebody = (tables[0].key, TOTAL)
    # Of each person's total no more than so many parts of this size can have been given …
    for size in sorted({one.least for one in everything if one.least}):
        times = {one.where: one.least // size for one in everything if one.least >= size}
        yield Relation(tuple(times), (somebody,), times=times | {somebody: total // size})
    # … and where all of it is given, no fewer.
    for size in sorted({one.most for one in everything if one.most}) if exactly else ():
        times = {one.where: -(-one.most // size) for one in everything if one.most}
        yield Relation((somebody,), tuple(times), times=times | {somebody: -(-total // size)})
    for key, cells in given.items():
        others = {other: listed for other, listed in given.items() if other != key}
        yield from _leaving_room(cells, others, total)
        if exactly and others:
            yield from _given_elsewhere(cells, others, total)


@dataclass(frozen=True)
class _Given:
    """A cell, and how few and how many points it stands for."""

    where: Where
    least: int
    most: int


def _given(table: str, key: str, total: int) -> _Given:
    found = band(key)
    most = total if found.high is None else min(total, int(found.high) - 1)
    return _Given((table, key), int(found.low or 0), most)


def _leaving_room(cells: Sequence[_Given], others: Mapping[str, Sequence[_Given]], total: int) -> Iterator[Relation]:
    """Whoever gives much to one thing has only the rest for each other."""
    for at, one in enumerate(cells):
        these = tuple(cell.where for cell in cells[at:])
        for listed in others.values():
            those = tuple(cell.where for cell in listed if cell.least <= total - one.least)
            if len(those) < len(listed):
                yield Relation(these, those)


def _given_elsewhere(cells: Sequence[_Given], others: Mapping[str, Sequence[_Given]], total: int) -> Iterator[Relation]:
    """Whoever gives little to one thing gives at least the average of the rest to some other."""
    for at, one in enumerate(cells):
        average = -(-(total - one.most) // len(others))
        these = tuple(cell.where for cell in cells[: at + 1])
        those = tuple(cell.where for listed in others.values() for cell in listed if cell.most >= average)
        if average > 0:
            yield Relation(these, those)


def _same_people(tables: Sequence[Table]) -> Iterator[Relation]:
    """Everybody who answered is in every row."""
    if _alike(tables):
        for one, other in pairwise(tables):
            yield Relation(((one.key, TOTAL),), ((other.key, TOTAL),), same=True)


def _alike(tables: Sequence[Table]) -> bool:
    return len({table.base.count for table in tables}) == 1


def _people(cells: Sequence[Where], tables: Sequence[Table]) -> int:
    by_key = {table.key: table for table in tables}
    return sum(by_key[table].cell_by_key[cell].about for table, cell in cells)
