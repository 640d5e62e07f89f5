"""What the columns of a copy mean: kept beside it as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: The labels of a response, and the day it was counted.
LABELS = ("revision", "language", "channel", "segment", "day")
DATA, CATALOGUE = "responses.parquet", "catalogue.json"
#: Changes when columns mean something else, so that older copies are made again.
FORM = 1


@dataclass(frozen=True)
class Column:
    """One column: bit n of its numbers stands for `atoms[n]` of a question, or of one part of it."""

    name: str
    question: str
    part: str
    atoms: tuple[str, ...]

    @property
    def type(self) -> str:
        """The smallest type of number that has the bits."""
        return next(
            name
            for name, bits in (("UTINYINT", 8), ("USMALLINT", 16), ("UINTEGER", 32), ("UBIGINT", 64))
            if len(self.atoms) <= bits
        )


@dataclass(frozen=True)
class Catalogue:
    """Every column, and of how many responses the copy was made."""

    responses: int
    columns: tuple[Column, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, str], list[Column]]:
        """The columns of a question and part: more than one where there is more to count than a number has bits."""
        found: dict[tuple[str, str], list[Column]] = {}
        for column in self.columns:
            found.setdefault((column.question, column.part), []).append(column)
        return found

    def write(self, folder: Path) -> None:
        """Keep it beside the data."""
        columns = [[one.name, one.question, one.part, list(one.atoms)] for one in self.columns]
        told = {"form": FORM, "responses": self.responses, "columns": columns}
        (folder / CATALOGUE).write_text(json.dumps(told, ensure_ascii=False))


def kept(folder: Path) -> Catalogue | None:
    """The catalogue of the copy in this folder; None without one that can be read."""
    try:
        told = json.loads((folder / CATALOGUE).read_text())
    except (OSError, ValueError):
        return None
    if told.get("form") != FORM:
        return None
    columns = tuple(Column(name, question, part, tuple(atoms)) for name, question, part, atoms in told["columns"])
    return Catalogue(told["responses"], columns)
