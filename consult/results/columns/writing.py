"""Making the copy: rows come in any order and leave no order behind."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

import duckdb

from consult.domain.statistics import Place
from consult.results.columns.catalogue import DATA, LABELS, Catalogue, Column

#: Rows that are written to disk at once, and bits of one number.
PORTION = 50_000
BITS = 62
MEMORY = "400MB"


class Writer:
    """Takes responses one by one; leaving it without an error puts the new copy in the place of the old one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.work = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
        self.bits: dict[Place, tuple[int, int]] = {}
        self.columns: list[tuple[str, str, list[str]]] = []
        self.open_columns: dict[tuple[str, str], int] = {}
        self.rows: list[tuple[tuple[object, ...], dict[int, int]]] = []
        self.written = 0
        self.portions = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            shutil.rmtree(self.work, ignore_errors=True)

    def masks(self, places: Iterable[Place]) -> dict[int, int]:
        """The numbers of the columns that these places set bits of."""
        found: dict[int, int] = {}
        for place in places:
            column, bit = self.bits.get(place) or self._bit(place)
            found[column] = found.get(column, 0) | bit
        return found

    def add(self, labels: Sequence[object], masks: dict[int, int]) -> None:
        """One response: its labels in the order of LABELS, and its numbers by column."""
        self.rows.append((tuple(labels), masks))
        if len(self.rows) >= PORTION:
            self._flush()

    def _bit(self, place: Place) -> tuple[int, int]:
        question, part, atom = place
        at = self.open_columns.get((question, part))
        if at is None or len(self.columns[at][2]) >= BITS:
            at = self.open_columns[question, part] = len(self.columns)
            self.columns.append((question, part, []))
        atoms = self.columns[at][2]
        self.bits[place] = (at, 1 << len(atoms))
        atoms.append(atom)
        return self.bits[place]

    def _flush(self) -> None:
        width = len(self.columns)
        lines = self.work / f"{self.portions:06}.csv"
        with lines.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*LABELS, *(f"c{at}" for at in range(width))])
            for labels, masks in self.rows:
                writer.writerow([*labels, *(masks.get(at, 0) for at in range(width))])
        types = {"revision": "BIGINT", "day": "DATE"} | dict.fromkeys(LABELS[1:4], "VARCHAR")
        types |= {f"c{at}": "UBIGINT" for at in range(width)}
        with connected() as database:
            described = ", ".join(
                f"'{name}': '{types[name]}'" for name in (*LABELS, *(f"c{at}" for at in range(width)))
            )
            # An empty label stays an empty label: it is not unknown.
            database.execute(
                f"COPY (SELECT * FROM read_csv({quoted(lines)}, header=true, nullstr='\\0', columns={{{described}}})) "
                f"TO {quoted(lines.with_suffix('.parquet'))} (FORMAT parquet)"
            )
        lines.unlink()
        self.portions += 1
        self.written += len(self.rows)
        self.rows = []

    def _finish(self) -> None:
        if self.rows or not self.portions:
            self._flush()
        columns = tuple(
            Column(f"c{at}", question, part, tuple(atoms)) for at, (question, part, atoms) in enumerate(self.columns)
        )
        done = self.work / "done"
        done.mkdir(mode=0o700)
        chosen = ", ".join([*LABELS, *(f"coalesce({one.name}, 0)::{one.type} AS {one.name}" for one in columns)])
        order = ", ".join(LABELS[:4])
        with connected(self.work) as database:
            database.execute(
                f"COPY (SELECT {chosen} FROM read_parquet({quoted(self.work / '*.parquet')}, union_by_name=true) "
                f"ORDER BY {order}, random()) TO {quoted(done / DATA)} (FORMAT parquet, COMPRESSION zstd)"
            )
        Catalogue(self.written, columns).write(done)
        for file in done.iterdir():
            file.chmod(0o600)
        replaced = self.work / "replaced"
        if self.folder.exists():
            self.folder.rename(replaced)
        done.rename(self.folder)


def connected(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory that fetches nothing from anywhere; what does not fit goes to `spill`."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": MEMORY,
        "threads": max(1, min(4, os.cpu_count() or 1)),
        "preserve_insertion_order": False,
        "temp_directory": str(spill) if spill else "",
    }
    return duckdb.connect(":memory:", config=settings)


def quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"
