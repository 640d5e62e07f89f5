"""Released crossings, read again: for pages, for weighting, and for what an attacker knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult.domain.crossing.shape import BOTH, CROSS, WEIGHTED
from consult.domain.disclosure import TOTAL, Relation
from consult.domain.findings import Finding, Grid, Table


@dataclass(frozen=True)
class Crossed:
    """What a crossed grid is of: the question, and the equality questions (one, or age and sex)."""

    question: str
    by: tuple[str, ...]

    @classmethod
    def of(cls, grid: Finding) -> Crossed:
        """By its name."""
        question, *by = grid.question.split(CROSS)
        return cls(question, tuple(by))


def about_everybody(equality_question: str) -> str:
    """The name under which a release tells how everybody answered an equality question; no question can have it."""
    return f"{CROSS}{equality_question}"


def equality_question(finding: Finding) -> str | None:
    """The equality question that a released table of everybody is about; None for any other finding."""
    of = Crossed.of(finding)
    return of.by[0] if not of.question and len(of.by) == 1 else None


def age_by_sex(grids: Iterable[Finding], question: str) -> dict[tuple[str, str], Table]:
    """Released tables of one question for weighting: {(age band, sex): table}.

    From `Figures.crossed` of a release. Only groups of at least 20 are there; empty where weighting was not declared or
    nothing could be shown. A cell is hidden (`cell.hidden`, 0 to 7 people) or to the nearest `cell.nearest`;
    bases are to be added up from `cell.about`. Ages and sexes are the keys of `consult.domain.equality`.
    """
    found: dict[tuple[str, str], Table] = {}
    for grid in grids:
        if Crossed.of(grid) == Crossed(question, WEIGHTED):
            for table in grid.tables:
                age, _, sex = table.part.partition(BOTH)
                found[age, sex] = table
    return found


def relations(grids: Iterable[Finding], findings: Iterable[Finding]) -> list[Relation]:
    """What ties crossed tables to each other and to those of everybody: a group is part of the people it is in."""
    grids = list(grids)
    tables = {table.key: table for finding in findings for table in finding.tables if not table.part}
    by_name = {(one.question, one.by): grid for grid in grids for one in (Crossed.of(grid),)}
    found: list[Relation] = []
    for (question, by), grid in by_name.items():
        if not grid.tables:
            continue
        if len(by) == 1:
            if question in tables:
                found += _within(grid.tables, tables[question])
            if (everybody := about_everybody(by[0])) in tables:
                found += [Relation(((one.key, TOTAL),), ((everybody, one.part),)) for one in grid.tables]
            continue
        for at, key in enumerate(by):
            whole = by_name.get((question, (key,)))
            shown = {table.part: table for table in whole.tables} if isinstance(whole, Grid) else {}
            for part, among in shown.items():
                found += _within([one for one in grid.tables if one.part.split(BOTH)[at] == part], among)
        if question in tables:
            found += _within(grid.tables, tables[question])
    return found


def _within(parts: Iterable[Table], whole: Table) -> Iterator[Relation]:
    """Nobody is in two of the parts, and everybody in them is in the whole with the same answer."""
    parts = list(parts)
    if not parts:
        return
    for cell in whole.cells:
        yield Relation(tuple((one.key, cell.key) for one in parts), ((whole.key, cell.key),))
    yield Relation(tuple((one.key, TOTAL) for one in parts), ((whole.key, TOTAL),))
