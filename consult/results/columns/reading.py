"""Counting in the copy: everything of some of the responses, or two things against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from consult.domain.statistics import Place
from consult.results.columns.catalogue import DATA, LABELS, Catalogue, Column, kept
from consult.results.columns.writing import connected, quoted


@dataclass(frozen=True)
class Picked:
    """Those who gave any of these answers to a question, or in one row of it."""

    question: str
    part: str
    atoms: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """Some of the responses: all conditions hold. `labels` are accepted values by name of the label."""

    picked: tuple[Picked, ...] = ()
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def everybody(self) -> bool:
        """Whether nothing is left out."""
        return self == Cut()


class Reader:
    """One copy, open for counting; raises KeyError for a question that it has not."""

    def __init__(self, folder: Path, catalogue: Catalogue, database: duckdb.DuckDBPyConnection) -> None:
        self.catalogue = catalogue
        self.database = database
        self.source = f"read_parquet({quoted(folder / DATA)})"

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator[Reader | None]:
        """The copy in this folder, or None without one."""
        catalogue = kept(folder)
        if catalogue is None:
            yield None
            return
        with connected() as database:
            yield cls(folder, catalogue, database)

    def responses(self, cut: Cut) -> int:
        """How many responses there are in a cut."""
        if cut.everybody:
            return self.catalogue.responses
        where, values = self._where(cut)
        return int(self._rows(f"SELECT count(*) FROM {self.source} WHERE {where}", values)[0][0])

    def tally(self, cut: Cut) -> Counter[Place]:
        """Every count of a cut, as tallies have them of everybody."""
        where, values = self._where(cut)
        found: Counter[Place] = Counter()
        for column in self.catalogue.columns:
            query = f"SELECT {column.name}, count(*) FROM {self.source} WHERE {where} GROUP BY 1"
            for mask, count in self._rows(query, values):
                for atom in bits(column, mask):
                    found[column.question, column.part, atom] += count
        return found

    def crossed(self, first: tuple[str, str], second: tuple[str, str], cut: Cut) -> Counter[tuple[str, str]]:
        """How many of a cut have each atom of the first question and part together with each of the second."""
        where, values = self._where(cut)
        found: Counter[tuple[str, str]] = Counter()
        for one in self.catalogue.by_place[first]:
            for other in self.catalogue.by_place[second]:
                # Bits of the second are added up by the database: of two questions with many answers each, there are
                # more combinations than it is quick to read.
                sums = ", ".join(f"sum(({other.name} >> {at}) & 1)" for at in range(len(other.atoms)))
                query = f"SELECT {one.name}, {sums} FROM {self.source} WHERE {where} GROUP BY 1"
                for mask, *counts in self._rows(query, values):
                    for atom in bits(one, mask):
                        for against, count in zip(other.atoms, counts, strict=True):
                            if count:
                                found[atom, against] += int(count)
        return found

    def labels(self) -> dict[str, Counter[str]]:
        """How many responses have each language, channel, part of a list and version."""
        found: dict[str, Counter[str]] = {}
        for name in LABELS[:4]:
            rows = self._rows(f"SELECT {name}::VARCHAR, count(*) FROM {self.source} GROUP BY 1", [])
            found[name] = Counter(dict(rows))
        return found

    def _where(self, cut: Cut) -> tuple[str, list[Any]]:
        said, values = ["true"], list[Any]()
        for one in cut.picked:
            masks = []
            for column in self.catalogue.by_place[one.question, one.part]:
                mask = sum(1 << at for at, atom in enumerate(column.atoms) if atom in one.atoms)
                if mask:
                    masks.append(f"({column.name} & {mask}) <> 0")
            said.append(f"({' OR '.join(masks) or 'false'})")
        for name, accepted in cut.labels:
            if name not in LABELS:
                raise KeyError(name)
            said.append(f"{name}::VARCHAR IN ({', '.join('?' for _ in accepted)})")
            values += accepted
        for day, comparison in ((cut.since, ">="), (cut.until, "<=")):
            if day is not None:
                said.append(f"day {comparison} ?")
                values.append(day)
        return " AND ".join(said), values

    def _rows(self, query: str, values: Iterable[Any]) -> list[Any]:
        return self.database.execute(query, list(values)).fetchall()


def bits(column: Column, mask: int) -> Iterator[str]:
    """The atoms whose bits are set."""
    return (atom for at, atom in enumerate(column.atoms) if mask >> at & 1)
