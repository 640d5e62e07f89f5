"""Exact crossings made fit to be kept and shown beside the published one-way tables, and tried by the attacker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from consult.domain.crossing.reading import Crossed, equality_question, relations
from consult.domain.crossing.shape import CROSS
from consult.domain.disclosure import PROFILES, Figures, Relation, found_out
from consult.domain.disclosure.profiles import LEAST_CROSSED, Profile
from consult.domain.disclosure.tables import protected
from consult.domain.findings import Finding, Grid, Table

#: No group under this many people is shown.
LEAST_GROUP = LEAST_CROSSED


def shown(grids: Sequence[Grid], figures: Figures) -> tuple[Grid, ...]:
    """What may be shown of exact crossings beside the one-way tables in `figures`, which stay as they are.

    Groups under 20 are withheld; 0 to 7 is one mark; then the smallest group of a table goes as long as the attacker
    finds a cell with fewer than five values, in any of the tables of its question together.
    """
    if figures.responses is None:
        return ()
    rules = replace(PROFILES[figures.profile], least_base=LEAST_GROUP)
    kept: list[Grid] = []
    for question in dict.fromkeys(Crossed.of(grid).question for grid in grids):
        kept += _of_one([grid for grid in grids if Crossed.of(grid).question == question], question, figures, rules)
    return tuple(kept)


def _of_one(grids: list[Grid], question: str, figures: Figures, rules: Profile) -> list[Grid]:
    everybody = figures.finding_by_question.get(question)
    if everybody is None or not everybody.tables:
        return []
    # What nobody chose is published as nought: a mark for it would hide nothing, so it is no column here.
    nobody = {cell.key for cell in everybody.tables[0].cells if cell.count == 0}
    grids = [replace(grid, tables=tuple(_without(table, nobody) for table in grid.tables)) for grid in grids]
    raw = {table.key: table for grid in grids for table in grid.tables}
    by = {key for grid in grids for key in Crossed.of(grid).by}
    about = tuple(one for one in figures.findings if equality_question(one) in by)
    tables: dict[str, Table] = {}
    for key, table in raw.items():
        made = protected(table, rules, figures.responses or 0)
        if made is not None:
            tables[key] = made
    while True:
        _none_alone(grids, tables, raw)
        now = _kept(grids, tables)
        together = Figures(figures.responses, figures.profile, (everybody, *about), tuple(now))
        places = found_out(together, relations=relations(now, (everybody, *about)))
        if not places or not tables:
            return now
        # Of the table in which something was found, else of those by the equality question it is about, else of any.
        mine = [key for key in tables if _near(key, places[0].table)] or list(tables)
        del tables[min(mine, key=lambda key: raw[key].base.count)]


def _near(key: str, found: str) -> bool:
    grid, _, _part = key.rpartition("/")
    return grid == found.rpartition("/")[0] or found in {f"{CROSS}{by}" for by in grid.split(CROSS)[1:]}


def _without(table: Table, nobody: set[str]) -> Table:
    cells, unticked = (tuple(c for c in some if c.key not in nobody) for some in (table.cells, table.unticked))
    return replace(table, cells=cells, unticked=unticked)


def _kept(grids: Iterable[Grid], tables: Mapping[str, Table]) -> list[Grid]:
    found = []
    for grid in grids:
        left = tuple(tables[table.key] for table in grid.tables if table.key in tables)
        if left:
            gone = tuple(table.part for table in grid.tables if table.key not in tables)
            found.append(Grid(grid.question, left, gone))
    return found


def _none_alone(grids: Iterable[Grid], tables: dict[str, Table], raw: Mapping[str, Table]) -> None:
    """Beside everybody a single withheld group could be worked out: the next smallest goes with it."""
    for grid in grids:
        left = [table.key for table in grid.tables if table.key in tables]
        if left and len(grid.tables) - len(left) == 1:
            del tables[min(left, key=lambda key: raw[key].base.count)]


def safe(
    figures: Figures,
    crossed: Sequence[Finding],
    *,
    ties: Iterable[Relation] = (),
    earlier: Sequence[Figures] = (),
    known: Mapping[str, int] | None = None,
) -> Figures:
    """The figures with these crossings; without them where all of it together would give somebody away."""
    if not crossed or figures.responses is None:
        return figures
    both = replace(figures, crossed=tuple(crossed))
    every = [*ties, *relations(crossed, figures.findings)]
    return figures if found_out(both, earlier=earlier, known=known, relations=every) else both
