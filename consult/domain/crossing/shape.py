"""One array of counts whose size and order follow from what was declared and never from what anybody said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from consult.domain.crossing.declared import Declared
from consult.domain.equality import asked
from consult.domain.findings import Cell, Grid, Table, Total
from consult.domain.statistics import ANSWERED, Place

#: Between the names of what is crossed: `how&age_band`. No key has it.
CROSS = "&"
#: Between the groups somebody is in at once: `16_24.female`.
BOTH = "."
#: What weighting is by (DOMAIN H5).
WEIGHTED = ("age_band", "sex")
#: The finer ethnic groups are never crossed: the five of the first step are (DESIGN 5).
FINER = "ethnic_2"
#: Bytes of one count.
WIDTH = 4


@dataclass(frozen=True)
class Axis:
    """A closed question: the keys of its options; `several` may be ticked; whether also by age and sex together."""

    question: str
    atoms: tuple[str, ...]
    several: bool = False
    exclusive: tuple[str, ...] = ()
    weighted: bool = False


@dataclass(frozen=True)
class Shape:
    """What is crossed with what: questions, and the groups of each equality question."""

    axes: tuple[Axis, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @cached_property
    def tables(self) -> tuple[tuple[Axis, str, tuple[str, ...]], ...]:
        """Every table: the question, what it is crossed with (`age_band`, `age_band&sex`), and its groups."""
        by_key = dict(self.groups)
        found: list[tuple[Axis, str, tuple[str, ...]]] = []
        for axis in self.axes:
            found += [(axis, key, groups) for key, groups in self.groups]
            if axis.weighted and set(WEIGHTED) <= by_key.keys():
                both = tuple(BOTH.join(pair) for pair in product(*(by_key[key] for key in WEIGHTED)))
                found.append((axis, CROSS.join(WEIGHTED), both))
        return tuple(found)

    @cached_property
    def position(self) -> dict[tuple[str, str, str, str], int]:
        """Where each count stands: by question, what it is crossed with, group, and option (or `ANSWERED`)."""
        places = (
            (axis.question, by, group, atom)
            for axis, by, groups in self.tables
            for group in groups
            for atom in (ANSWERED, *axis.atoms)
        )
        return {place: at for at, place in enumerate(places)}


def shape_of(declared: Declared, axes: Iterable[Axis]) -> Shape:
    """The shape for what was declared; `axes` are the closed questions there are."""
    by_key = {axis.question: axis for axis in axes}
    chosen = tuple(
        Axis(axis.question, axis.atoms, axis.several, axis.exclusive, one.weighted)
        for one in declared.named
        if (axis := by_key.get(one.question)) is not None
    )
    groups = tuple(
        (question.key, tuple(option for option, _words in question.options))
        for question in asked(declared.equality)
        # Who chooses several would be in several groups at once.
        if question.key != FINER and not question.several
    )
    return Shape(chosen, groups)


def zeros(shape: Shape) -> bytes:
    """The array before anybody is counted."""
    return bytes(WIDTH * len(shape.position))


def increased(array: bytes, shape: Shape, people: Iterable[tuple[Iterable[Place], Mapping[str, str]]]) -> bytes:
    """The array with these people counted too, as long as before: each with the places of their answers and what they
    said about equality."""
    counts = read(array)
    position = shape.position
    wanted = {axis.question: {ANSWERED, *axis.atoms} for axis in shape.axes}
    for places, given in people:
        if not given:
            continue
        groups = [(key, given[key]) for key, _options in shape.groups if key in given]
        if all(key in given for key in WEIGHTED):
            groups.append((CROSS.join(WEIGHTED), BOTH.join(given[key] for key in WEIGHTED)))
        for question, part, atom in places:
            if part or atom not in wanted.get(question, ()):
                continue
            for by, group in groups:
                at = position.get((question, by, group, atom))
                if at is not None:
                    counts[at] += 1
    return b"".join(count.to_bytes(WIDTH, "big") for count in counts)


def read(array: bytes) -> list[int]:
    """The counts in their order."""
    return [int.from_bytes(array[at : at + WIDTH], "big") for at in range(0, len(array), WIDTH)]


def grids(shape: Shape, array: bytes) -> tuple[Grid, ...]:
    """The exact tables: for each question and equality question a grid with a row for each group."""
    counts: Sequence[int] = read(array)
    found = []
    for axis, by, groups in shape.tables:
        question = f"{axis.question}{CROSS}{by}"
        tables = []
        for group in groups:
            answered = counts[shape.position[axis.question, by, group, ANSWERED]]
            cells = tuple(Cell(atom, counts[shape.position[axis.question, by, group, atom]]) for atom in axis.atoms)
            unticked = tuple(Cell(cell.key, answered - cell.about) for cell in cells) if axis.several else ()
            base = answered if axis.several else sum(cell.about for cell in cells)
            tables.append(Table(question, cells, Total(base), None, group, unticked, axis.exclusive, breakdown=True))
        found.append(Grid(question, tuple(tables)))
    return tuple(found)
