"""The attacker: everything that was published, turned into sums of whole numbers and solved for each hidden cell.

Taken as known: the number of responses, the questionnaire, the rule set, every release so far and, where releases
follow each other, that people were only added or only taken away. With `known` also how many answered some question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from consult.domain.disclosure.figures import Figures
from consult.domain.disclosure.integers import Name, Sums
from consult.domain.disclosure.profiles import LEAST_CROSSED, PROFILES, Profile
from consult.domain.findings import Cell, Table

#: How many values every hidden cell must be left with (DESIGN 8).
LEAST_VALUES = 5
#: In a `Relation`: everybody who answered the table.
TOTAL = ""

Where = tuple[str, str]


class Place(NamedTuple):
    """A hidden cell: in which table, which option, ticked or not, and in which release (0 is the first)."""

    table: str
    cell: str
    unticked: bool = False
    release: int = 0


@dataclass(frozen=True)
class Relation:
    """What ties tables together: the people in `these` cells, added up, are among the people in `those`.

    A cell is named by its table's key and its own, or TOTAL. Without `those` it is everybody who responded. `same` says
    that both are the same people. Where people have points to share out, a cell counts as often as `times` says: then
    the points that these cells stand for are among those of the others.
    """

    these: tuple[Where, ...]
    those: tuple[Where, ...] = ()
    same: bool = False
    times: Mapping[Where, int] = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """The tables it ties."""
        return {table for table, _cell in (*self.these, *self.those)}


def feasible(
    figures: Figures,
    *,
    earlier: Sequence[Figures] = (),
    known: Mapping[str, int] | None = None,
    relations: Iterable[Relation] = (),
    enough: int | None = None,
) -> dict[Place, tuple[int, ...]]:
    """For every hidden cell the counts it can still stand for, in order, at most `enough` of them.

    `known` gives exact numbers of people who answered, by table key, that the attacker has from elsewhere.
    """
    relations = tuple(relations)
    releases = [one for one in (*earlier, figures) if one.responses is not None]
    found: dict[Place, tuple[int, ...]] = {}
    for tables in _tied(releases, relations):
        puzzle = _Puzzle(releases, tables, known or {}, [one for one in relations if one.tables & tables])
        found.update((place, puzzle.sums.values(place, enough)) for place in puzzle.hidden)
    return found


def found_out(
    figures: Figures,
    *,
    earlier: Sequence[Figures] = (),
    known: Mapping[str, int] | None = None,
    relations: Iterable[Relation] = (),
) -> list[Place]:
    """The hidden cells an attacker could narrow to fewer than five values."""
    left = feasible(figures, earlier=earlier, known=known, relations=relations, enough=LEAST_VALUES)
    return [place for place, values in left.items() if len(values) < LEAST_VALUES]


def tied(table: str, relations: Iterable[Relation]) -> set[str]:
    """The tables whose figures say something about each other, this one among them."""
    found, relations = {table}, tuple(relations)
    while more := {other for one in relations if one.tables & found for other in one.tables} - found:
        found |= more
    return found


def _tied(releases: Sequence[Figures], relations: Sequence[Relation]) -> Iterable[set[str]]:
    """Sets of tied tables in which something is hidden."""
    done: set[str] = set()
    for figures in releases:
        for key, table in figures.table_by_key.items():
            if table.hides and key not in done:
                tables = tied(key, relations)
                done |= tables
                yield tables


class _Puzzle:
    """The sums for one set of tied tables over all releases."""

    def __init__(
        self, releases: Sequence[Figures], tables: set[str], known: Mapping[str, int], relations: Sequence[Relation]
    ) -> None:
        self.sums = Sums()
        self.hidden: list[Place] = []
        for at, figures in enumerate(releases):
            assert figures.responses is not None
            profile = PROFILES[figures.profile]
            for key in sorted(tables & figures.table_by_key.keys()):
                answered = known.get(key) if at == len(releases) - 1 else None
                self._table(at, figures.table_by_key[key], figures.responses, profile, answered)
            for relation in relations:
                self._relation(at, relation, figures.responses)
        for at, (before, after) in enumerate(pairwise(releases)):
            self._growth(at, before, after, tables)

    def _table(self, at: int, table: Table, responses: int, profile: Profile, answered: int | None) -> None:
        answered = responses if table.complete else answered
        # Who reads our rules knows that no smaller group is crossed.
        fewest = LEAST_CROSSED if "&" in table.question else profile.least_base
        least = min(fewest, responses) if answered is None else answered
        total = Place(table.key, TOTAL, release=at)
        self.sums.number(total, least, responses if answered is None else answered)
        ticked = self._cells(at, table, table.cells, unticked=False, responses=responses, profile=profile)
        if not table.unticked:
            self.sums.sum(ticked, [total], 0, 0)
            return
        unticked = self._cells(at, table, table.unticked, unticked=True, responses=responses, profile=profile)
        for one, other in zip(ticked, unticked, strict=True):
            self.sums.sum([one, other], [total], 0, 0)
        # Whoever answered ticked something; an exclusive option is ticked alone.
        self.sums.sum(ticked, [total], 0, responses * len(ticked))
        for alone in (place for place in ticked if place.cell in table.exclusive):
            for other in ticked:
                if other != alone:
                    self.sums.sum([alone, other], [total], -responses, 0)

    def _cells(
        self, at: int, table: Table, cells: Sequence[Cell], *, unticked: bool, responses: int, profile: Profile
    ) -> list[Place]:
        places = []
        for number, cell in enumerate(cells):
            place = Place(table.key, cell.key, unticked, at)
            pair = (table.cells[number], table.unticked[number]) if table.unticked else ()
            low, high = within(cell, pair or cells, responses, profile, pair=bool(pair), breakdown=table.breakdown)
            self.sums.number(place, low, high)
            places.append(place)
            if cell.hidden:
                self.hidden.append(place)
        return places

    def _relation(self, at: int, relation: Relation, responses: int) -> None:
        times: Counter[Name] = Counter()
        most = 0
        for side, sign in ((relation.these, 1), (relation.those, -1)):
            for where in side:
                place = Place(*where, release=at)
                self.sums.number(place, 0, responses)
                weight = relation.times.get(where, 1)
                times[place] += sign * weight
                most += weight * responses
        if relation.those:
            self.sums.weighed(times, 0 if relation.same else -most, 0)
        else:
            self.sums.weighed(times, 0, responses)

    def _growth(self, at: int, before: Figures, after: Figures, tables: set[str]) -> None:
        assert before.responses is not None
        assert after.responses is not None
        added = after.responses - before.responses
        for key in tables & before.table_by_key.keys() & after.table_by_key.keys():
            for name in [name for name in self.sums.names if isinstance(name, Place)]:
                later = name._replace(release=at + 1)
                if name.table == key and name.release == at and later in self.sums.names:
                    self.sums.sum([later], [name], min(0, added), max(0, added))


def within(
    cell: Cell, together: Sequence[Cell], most: int, profile: Profile, *, pair: bool, breakdown: bool
) -> tuple[int, int]:
    """The counts a cell may stand for beside the cells it is shown with (`pair`: ticked and not ticked).

    Where nothing is rounded, and where both of a pair are hidden, a cell may be hidden for another's sake.
    """
    if cell.hidden and profile.another:
        shown = [one.about for one in together if not one.hidden and one.about]
        return profile.lowest_hidden(breakdown=breakdown), max(profile.hidden_to, min(shown, default=most))
    if pair and all(one.hidden for one in together):
        return profile.lowest_hidden(breakdown=breakdown), most
    return profile.interval(cell, most, breakdown=breakdown)
