"""What looking closer costs at five million responses, beside the same counts done by PostgreSQL and by a plain loop.

Twenty questions: ten with one answer of five, four with any of eight, two grids of four rows, four scales of eleven
points. The columns are invented by the database itself (the writer's own rate is measured on real responses by
`tests.bench`); PostgreSQL and the loop get fewer responses, since they need minutes for so many, and what they took is
printed for theirs and for as many in proportion.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg

from consult.config import ROOT
from consult.results.columns import Catalogue, Column, Cut, Picked, Reader
from consult.results.columns.catalogue import DATA
from consult.results.columns.writing import connected, quoted
from tests.postgres import throwaway_cluster

SAMPLE = 200_000
CUT = Cut(picked=(Picked("s0", "", ("o1", "o2")), Picked("m0", "", ("o3",))))
ATOMS = ("was asked", "did answer")


def invented(folder: Path, responses: int) -> None:
    """A copy in columns with so many responses."""
    columns: list[Column] = []
    chosen = ["1 AS revision", "if(random() < 0.9, 'en', 'pl') AS language", "'online' AS channel", "'' AS segment"]
    chosen.append("DATE '2026-12-01' + (random() * 60)::INT AS day")

    def add(question: str, options: int, part: str = "", *, several: bool = False) -> None:
        one = Column(f"c{len(columns)}", question, part, (*ATOMS, *(f"o{at}" for at in range(options))))
        bits = f"(random() * {2**options - 1})::BIGINT" if several else f"(1 << floor(random() * {options})::BIGINT)"
        chosen.append(f"(3 + 4 * {bits})::{one.type} AS {one.name}")
        columns.append(one)

    for at in range(10):
        add(f"s{at}", 5)
    for at in range(4):
        add(f"m{at}", 8, several=True)
    for at in range(2):
        for row in range(4):
            add(f"g{at}", 5, f"r{row}")
    for at in range(4):
        add(f"n{at}", 11)
    with connected(folder) as database:
        database.execute(
            f"COPY (SELECT {', '.join(chosen)} FROM range({responses})) "
            f"TO {quoted(folder / DATA)} (FORMAT parquet, COMPRESSION zstd)"
        )
    Catalogue(responses, tuple(columns)).write(folder)


def read(folder: Path) -> None:
    """Print what each way of looking takes; run in a process of its own, so that its memory is what it needs."""
    with Reader.of(folder) as reader:
        assert reader is not None
        said: list[tuple[str, Callable[[], object]]] = [
            ("how many are in a part", lambda: reader.responses(CUT)),
            ("two questions of five answers crossed", lambda: reader.crossed(("s1", ""), ("s2", ""), Cut())),
            ("two of any of eight crossed", lambda: reader.crossed(("m1", ""), ("m2", ""), Cut())),
            ("two crossed, of a part", lambda: reader.crossed(("s1", ""), ("m2", ""), CUT)),
            ("all twenty questions, of a part", lambda: reader.tally(CUT)),
        ]
        for what, count in said:
            took = sorted(timed(count) for _ in range(5))[2]
            print(f"    {what}: {took * 1000:.0f} ms")
        print(f"    memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def sample() -> list[dict[str, list[list[object]]]]:
    """Responses as the database keeps them: two questions of five answers are enough to cross."""
    chance = random.Random(1)
    found = []
    for _ in range(SAMPLE):
        one: dict[str, list[list[object]]] = {f"s{at}": [["", f"o{chance.randrange(5)}"]] for at in range(10)}
        one |= {f"m{at}": [["", f"o{option}"] for option in range(8) if chance.random() < 0.5] for at in range(4)}
        one |= {f"g{at}": [[f"r{row}", f"o{chance.randrange(5)}"] for row in range(4)] for at in range(2)}
        one |= {f"n{at}": [["", f"o{chance.randrange(11)}"]] for at in range(4)}
        found.append(one)
    return found


def loop(texts: list[str]) -> Counter[tuple[object, object]]:
    """Two questions crossed by a plain loop over the rows."""
    found: Counter[tuple[object, object]] = Counter()
    for text in texts:
        one = json.loads(text)
        found[one["s1"][0][1], one["s2"][0][1]] += 1
    return found


def main(responses: int) -> None:
    """Print it all."""
    with tempfile.TemporaryDirectory(prefix="consult-explorer-") as name:
        folder = Path(name)
        invented(folder, responses)
        print(f"  looking closer at {responses} responses, {(folder / DATA).stat().st_size / 1e6:.0f} MB of columns")
        subprocess.run([sys.executable, "-m", "tests.bench_explorer", "--read", name], cwd=ROOT, check=True)
    texts = [json.dumps(one, separators=(",", ":")) for one in sample()]
    took = timed(lambda: loop(texts))
    times = responses / SAMPLE
    print(f"    two crossed by a plain loop over {SAMPLE}: {took * 1000:.0f} ms, in proportion {took * times:.1f} s")
    with throwaway_cluster() as cluster:
        if cluster is None:
            print("    PostgreSQL: no server found on this machine, so not measured")
            return
        with psycopg.connect(cluster.url) as connection:
            connection.execute("CREATE TEMPORARY TABLE rows (answers text)")
            with connection.cursor().copy("COPY rows FROM STDIN") as copy:
                for text in texts:
                    copy.write_row([text])
            connection.execute("ANALYZE rows")
            query = (
                "SELECT answers::jsonb #>> '{s1,0,1}', answers::jsonb #>> '{s2,0,1}', count(*) FROM rows GROUP BY 1, 2"
            )
            took = sorted(timed(lambda: connection.execute(query).fetchall()) for _ in range(3))[1]
            print(
                f"    two crossed by PostgreSQL over {SAMPLE}: {took * 1000:.0f} ms, in proportion {took * times:.1f} s"
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 5_000_000)
