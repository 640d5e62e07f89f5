"""What those inside can do: staff with the counts they see, and whoever copies the key folder as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import z3
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from consult.answering import seal
from consult.answering.receipt import kept_of
from tests.answering.crowd import Sender
from tests.answering.intruder import Copy


def opened(copy: Copy, folder: Path, people: Sequence[Sender]) -> int:
    """How many of these people's ballots in a copy the key files of a folder open."""
    keys = [X25519PrivateKey.from_private_bytes(file.read_bytes()) for file in sorted(folder.glob("*.key"))]
    mine = {kept_of(person.key) for person in people}
    ballots = [bytes(row["sealed"]) for row in copy.tables["ballots"] if bytes(row["receipt"]) in mine]
    return sum(any(_opens(key, sealed) for key in keys) for sealed in ballots)


def _opens(key: X25519PrivateKey, sealed: bytes) -> bool:
    try:
        seal.open_ballot(key, sealed)
    except seal.DoesNotOpen:
        return False
    return True


def counted_since(before: Copy, after: Copy, people: Sequence[Sender]) -> list[Sender]:
    """Those who were counted between two copies."""
    was, now = ({bytes(row["receipt"]) for row in copy.tables["counted"]} for copy in (before, after))
    return [person for person in people if kept_of(person.key) in now - was]


def forced(before: Copy, after: Copy, people: Sequence[Sender]) -> int:
    """How many answers the counts that staff see leave no doubt about, for whoever knows who was counted, and how.

    An integer program: of each group that answered in the same way so many gave each answer, together as many as the
    counts grew by. Where the fewest of a group that can have given an answer are all of it, everybody in it is known.
    """
    groups = Counter(person.label for person in counted_since(before, after, people))
    certain = 0
    for grown in _grown(before, after).values():
        number = {(label, atom): z3.Int(f"{at}-{atom}") for at, label in enumerate(groups) for atom in grown}
        solver = z3.Solver()
        solver.add([one >= 0 for one in number.values()])
        for label, size in groups.items():
            solver.add(z3.Sum([number[label, atom] for atom in grown]) <= size)
        for atom, count in grown.items():
            solver.add(z3.Sum([number[label, atom] for label in groups]) == count)
        for (label, _atom), one in number.items():
            solver.push()
            solver.add(one < groups[label])
            certain += groups[label] if solver.check() == z3.unsat else 0
            solver.pop()
    return certain


def _grown(before: Copy, after: Copy) -> dict[tuple[str, str], dict[str, int]]:
    """By how much the count of each answer grew, by question and row; what says only that there was one is left out."""
    grown: dict[tuple[str, str], Counter[str]] = {}
    for copy, sign in ((after, 1), (before, -1)):
        for row in copy.tables["tallies"]:
            if row["question"] and " " not in row["atom"]:
                grown.setdefault((row["question"], row["part"]), Counter())[row["atom"]] += sign * row["count"]
    return {question: {atom: n for atom, n in counts.items() if n} for question, counts in grown.items()}
