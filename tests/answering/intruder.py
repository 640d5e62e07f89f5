"""The motivated intruder: has two copies of the database, the logs and everybody's receipt, and knows who sent when.

They try to tell which settled row is whose. Each attack is a guess for everybody; its score is compared with what blind
guessing inside each set of people who answered in the same way would give.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

from sqlalchemy import text

from consult.answering import promise
from consult.answering.receipt import kept_of
from consult.domain.answers import unpack
from consult.extensions import db
from tests.answering import leaf
from tests.answering.crowd import Sender
from tests.postgres import find_binaries

#: Everything that holds answers, whatever room it belongs to, their counts, and the list of those who are invited.
TABLES = (*sorted(promise.ANSWERS), "tallies", "equality_counts", "invitations", "contacts")
Row = dict[str, Any]


@dataclass
class Copy:
    """The database at one moment: its rows, where each row lies, and its raw bytes."""

    tables: dict[str, list[Row]]
    #: by table and key: the page and the place in it, and who wrote it (PostgreSQL's xmin)
    physical: dict[str, dict[int, tuple[int, ...]]]
    raw: bytes
    #: by table and key: the place of the row in a dump (PostgreSQL's pg_dump)
    dumped: dict[str, dict[int, int]] = field(default_factory=dict)

    def rows(self, table: str) -> dict[int, Row]:
        """The rows of a table by key."""
        return {row["id"]: row for row in self.tables[table]}


def copy_database(folder: Path, data: Path | None = None) -> Copy:
    """Steal a copy: SQLite's file and WAL, or PostgreSQL's rows with `ctid` and `xmin`, a dump, and its data folder."""
    db.session.rollback()
    return _copy_sqlite(folder) if db.engine.dialect.name == "sqlite" else _copy_postgres(data)


def _copy_sqlite(folder: Path) -> Copy:
    file = Path(str(db.engine.url.database))
    folder.mkdir(parents=True)
    raw = b""
    for source in (file, file.with_name(f"{file.name}-wal")):
        if source.exists():
            shutil.copy(source, folder / source.name)
            raw += source.read_bytes()
    connection = sqlite3.connect(folder / file.name)
    connection.row_factory = sqlite3.Row
    tables = {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in TABLES}
    roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").fetchall())
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    physical = {
        name: dict(leaf.cells(folder / file.name, roots[name])) for name in ("ballots", "responses", "comments")
    }
    return Copy(tables, physical, raw)  # type: ignore[arg-type]


def _copy_postgres(data: Path | None) -> Copy:
    tables: dict[str, list[Row]] = {}
    physical: dict[str, dict[int, tuple[int, ...]]] = {}
    raw, dumped = b"", {}
    with db.engine.connect() as connection:
        for name in TABLES:
            found = connection.execute(text(f"SELECT *, ctid::text AS at, xmin::text AS by FROM {name}"))
            tables[name] = [dict(row) for row in found.mappings()]
            for row in tables[name]:
                page, place = (int(number) for number in row.pop("at").strip("()").split(","))
                writer = int(row.pop("by"))
                if "id" in row:
                    physical.setdefault(name, {})[row["id"]] = (writer, page, place)
                raw += b"".join(value for value in row.values() if isinstance(value, bytes | memoryview))
            physical.setdefault(name, {})
        if data is not None:
            connection.execute(text("CHECKPOINT"))
            base = connection.execute(
                text("SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()")
            ).scalar()
            raw += b"".join(file.read_bytes() for file in (data / str(base)).iterdir() if file.is_file())
            raw += b"".join(file.read_bytes() for file in (data / "pg_wal").iterdir() if file.is_file())
    if data is not None:
        dump = _dump()
        raw += dump
        dumped = {name: dict(_order_in(dump.decode(), name)) for name in physical}
    return Copy(tables, physical, raw, dumped)


def _dump() -> bytes:
    """All of the database as pg_dump writes it."""
    binaries = find_binaries()
    assert binaries is not None
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.run([binaries / "pg_dump", "--dbname", address], capture_output=True, check=True).stdout


def _order_in(dump: str, table: str) -> Iterator[tuple[int, int]]:
    """The keys of a table's rows and their places, as a dump has them."""
    _before, begins, rest = dump.partition(f"\nCOPY public.{table} (")
    columns, _, rows = rest.partition(") FROM stdin;\n")
    if begins and "id" in (names := columns.split(", ")) and not rows.startswith("\\."):
        at = names.index("id")
        for place, row in enumerate(rows[: rows.index("\n\\.")].split("\n")):
            if (key := row.split("\t")[at]).isdigit():
                yield int(key), place


@dataclass
class Score:
    """How often an attack was right, and how often blind guessing would be."""

    right: int = 0
    expected: float = 0.0
    variance: float = 0.0

    @property
    def limit(self) -> float:
        """What luck explains: three standard deviations above guessing."""
        return self.expected + 3 * sqrt(self.variance)


@dataclass
class Findings:
    """What the intruder got out of all copies together."""

    scores: dict[str, Score] = field(default_factory=dict)
    smallest_set: int = 10**9
    #: facts that are certain: somebody's answers in clear, an equality answer pinned to a row
    certain: Counter[str] = field(default_factory=Counter)

    def score(self, name: str) -> Score:
        """The score of one attack."""
        return self.scores.setdefault(name, Score())

    def breaches(self, least: int) -> set[str]:
        """The attacks that did better than guessing."""
        found = {name for name, score in self.scores.items() if score.right > score.limit}
        found |= set(+self.certain)
        return found | ({"small set"} if self.smallest_set < least else set())

    def table(self) -> str:
        """One line for each attack."""
        lines = [
            f"{name:<60} right {score.right:>4}   guessing {score.expected:7.1f}   limit {score.limit:7.1f}"
            for name, score in sorted(self.scores.items())
        ]
        return "\n".join([*lines, f"smallest set {self.smallest_set}", f"certain facts {dict(self.certain)}"])


@dataclass(frozen=True)
class Known:
    """Rows that came between two copies under one visible label, and the people who must be behind them."""

    rows: list[Row]
    people: list[Sender]


def attack(findings: Findings, before: Copy, after: Copy, people: Sequence[Sender], log: str) -> None:
    """Everything the intruder can do with two copies and what they know; adds to `findings`."""
    sets = list(known_sets(before, after, people))
    texts = {row["text"] for row in after.tables["comments"]} - {row["text"] for row in before.tables["comments"]}
    findings.certain["written words readable before they were settled"] += sum(
        bool(words) and words.encode() in before.raw for words in texts
    )
    findings.certain["receipt or key in the log"] += sum(
        secret in log
        for person in people
        for secret in (person.mark, person.receipt, person.key.hex(), kept_of(person.key).hex())
    )
    for known in sets:
        findings.smallest_set = min(findings.smallest_set, len(known.rows))
        orders_of_people = dict(person_orders(known.people, before, people))
        for row_order, groups in row_orders(known.rows, before, after):
            for person_order, order in orders_of_people.items():
                compare(findings, f"{row_order} against {person_order}", groups, order, after)
    findings.certain.update(array_tells(before, after))
    findings.certain["ticket of an invitation beside an answer"] += beside(after, people)
    for revision in {row["revision_id"] for row in after.tables["tallies"]}:
        more = responses_of(after, revision) - responses_of(before, revision)
        if more:
            findings.smallest_set = min(findings.smallest_set, more)
    findings.certain["equality answer pinned to a response"] += pinned(
        before, after, [row for known in sets for row in known.rows]
    )


def array_tells(before: Copy, after: Copy) -> Counter[str]:
    """What two copies of closing arrays give away: counts that only grew, by no more than were counted, or a length."""
    found: Counter[str] = Counter()
    most = len(after.tables["counted"]) - len(before.tables["counted"])
    old = {row["consultation_id"]: row["sealed"] for row in before.tables["closing_arrays"] if row["sealed"]}
    for row in after.tables["closing_arrays"]:
        was, now = bytes(old.get(row["consultation_id"], b"")), bytes(row["sealed"] or b"")
        if not was or not now:
            continue
        found["length of a closing array"] += len(was) != len(now)
        more = [
            int.from_bytes(now[at : at + 4], "big") - int.from_bytes(was[at : at + 4], "big")
            for at in range(0, len(now), 4)
        ]
        found["crossing read from a closing array"] += any(more) and all(0 <= one <= most for one in more)
        # Only of people counted in the same consultation: the array of another one has no reason to change.
        counted = sum(
            (one["consultation_id"] == row["consultation_id"]) * times
            for copy, times in ((after, 1), (before, -1))
            for one in copy.tables["responses"]
        )
        found["closing array left as it was"] += counted > 0 and was == now
    return found


def beside(copy: Copy, people: Sequence[Sender]) -> int:
    """How many tickets stand in a row with an answer."""
    held = "\n".join(str(list(row.values())) for name in ("responses", "comments") for row in copy.tables[name])
    return sum(bool(person.ticket) and person.ticket in held for person in people)


def known_sets(before: Copy, after: Copy, people: Sequence[Sender]) -> Iterator[Known]:
    """New rows by everything visible of them but the answers, with the people counted meanwhile who fit."""
    already = {bytes(row["receipt"]) for row in before.tables["counted"]}
    now = {bytes(row["receipt"]) for row in after.tables["counted"]} - already
    counted = [person for person in people if kept_of(person.key) in now]
    old = before.rows("responses")
    sets: dict[tuple[Any, ...], list[Row]] = {}
    for key, row in after.rows("responses").items():
        if key not in old:
            label = (row["revision_id"], row["language"], row["channel"], row["segment"], str(row["day"]))
            sets.setdefault(label, []).append(row)
    for (_revision, language, channel, segment, _day), rows in sets.items():
        label = (language, channel, segment)
        fitting = [one for one in counted if label == (one.label.language, one.label.channel, one.label.segment)]
        if len(fitting) >= len(rows) or not fitting:
            yield Known(rows, fitting[: len(rows)])
        else:
            yield Known(rows, fitting)


def person_orders(
    people: list[Sender], before: Copy, everybody: Sequence[Sender]
) -> Iterator[tuple[str, list[Sender]]]:
    """Orders in which these people may stand in the database."""
    came = {person.key: at for at, person in enumerate(everybody)}
    by_receipt = {bytes(row["receipt"]): row for row in before.tables["ballots"]}
    mine = {person.key: by_receipt.get(kept_of(person.key)) for person in people}
    yield "arrival", sorted(people, key=lambda person: came[person.key])
    spent = {row["token_hash"]: at for at, row in enumerate(before.tables["spent"])}
    if people and all(person.ticket in spent for person in people):
        yield "spent ticket", sorted(people, key=lambda person: spent[person.ticket])
        mine_of = {row["ticket"]: row["id"] for row in before.tables["invitations"]}
        yield "invitation", sorted(people, key=lambda person: mine_of[person.ticket])
    yield "receipt", sorted(people, key=lambda person: kept_of(person.key))
    if all(mine.values()):
        yield "ballot id", sorted(people, key=lambda person: mine[person.key]["id"])  # type: ignore[index]
        yield "place of ballot", sorted(people, key=lambda person: before.physical["ballots"][mine[person.key]["id"]])  # type: ignore[index]
        yield "length of ballot", sorted(people, key=lambda person: len(mine[person.key]["sealed"]))  # type: ignore[index]


def row_orders(rows: list[Row], before: Copy, after: Copy) -> Iterator[tuple[str, list[list[Row]]]]:
    """Orders the new rows stand in; each list is in order by itself."""
    yield "row id", [sorted(rows, key=lambda row: row["id"])]
    yield "length of row", [sorted(rows, key=lambda row: length(row, after))]
    yield "order of the copy", [rows]
    if dumped := after.dumped.get("responses"):
        yield "order of the dump", [sorted(rows, key=lambda row: dumped[row["id"]])]
    places = after.physical["responses"]
    yield "place of row", [sorted(rows, key=lambda row: places[row["id"]])]
    pages: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: places[row["id"]]):
        pages.setdefault(places[row["id"]][-2], []).append(row)
    yield "place of row in its page", list(pages.values())
    comments = {row["response_id"]: row["id"] for row in after.tables["comments"]}
    if all(row["id"] in comments for row in rows):
        where = after.physical["comments"]
        yield "place of comment", [sorted(rows, key=lambda row: where[comments[row["id"]]])]


def length(row: Row, after: Copy) -> int:
    """How long the answers of a row must have been when they were sealed."""
    words = sum(
        len(comment["text"].encode()) for comment in after.tables["comments"] if comment["response_id"] == row["id"]
    )
    return len(str(row["answers"])) + words


def compare(findings: Findings, name: str, groups: list[list[Row]], people: list[Sender], after: Copy) -> None:
    """Score one pairing, read forwards and backwards: who is behind each row, and who of two neighbours came first."""
    marks = {row["response_id"]: row["text"][:24] for row in after.tables["comments"]}
    place = {person.mark[:24]: at for at, person in enumerate(people)}
    for way, direction in (("", 1), (", backwards", -1)):
        order = people[::direction]
        if len(groups) == 1 and len(people) == len(groups[0]):
            score = findings.score(f"{name}{way}")
            score.right += sum(
                marks.get(row["id"]) == person.mark[:24] for row, person in zip(groups[0], order, strict=True)
            )
            # The fixed points of a random permutation: one on average, with variance one, whatever its size.
            score.expected += 1
            score.variance += 1
        if name.startswith("length of row"):
            continue
        pairs = findings.score(f"{name}{way}: who came first")
        for rows in groups:
            known = [place[mark] for row in rows if (mark := marks.get(row["id"])) in place]
            for first, second in zip(known[::2], known[1::2], strict=False):
                pairs.right += (second - first) * direction > 0
                pairs.expected += 0.5
                pairs.variance += 0.25


def responses_of(copy: Copy, revision: int) -> int:
    """The number of responses as the tallies tell it."""
    return sum(
        row["count"] for row in copy.tables["tallies"] if row["question"] == "" and row["revision_id"] == revision
    )


def pinned(before: Copy, after: Copy, rows: Iterable[Row]) -> int:
    """How many new rows have an equality answer that the counts leave no doubt about.

    Margins tell which options occur at all; crossings, where there are any, which occur beside each of the row's atoms.
    """
    delta: Counter[tuple[str, str]] = Counter()
    for copy, sign in ((after, 1), (before, -1)):
        for row in copy.tables["equality_counts"]:
            delta[row["question"], row["option"]] += sign * row["count"]
    margins: dict[str, set[str]] = {}
    crossed: dict[str, set[str]] = {}
    for (question, option), count in delta.items():
        if question and count > 0:
            (crossed if "&" in option else margins).setdefault(question, set()).add(option)
    certain = 0
    for row in rows:
        answers = row["answers"] if isinstance(row["answers"], str) else str(row["answers"])
        for question, options in margins.items():
            possible = [
                option
                for option in options
                if question not in crossed
                or all(f"{option}&{atom}" in crossed[question] for atom in row_atoms(answers))
            ]
            certain += len(options) > 1 and len(possible) == 1
    return certain


def row_atoms(answers: str) -> list[str]:
    """The closed answers of a row, as a crossing would name them."""
    import json

    return [
        f"{key}={value.choice or value.number}"
        for key, values in unpack(json.loads(answers)).items()
        for value in values
    ]
