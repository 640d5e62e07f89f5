"""Whoever has two copies of the database and knows who sent when cannot tell whose answers are whose.

Each naive way of keeping answers is tried as well and must be caught: otherwise this test could not fail.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from consult.answering import seal
from consult.answering.actions import grouping, settle, tallies
from consult.answering.actions.drop import Label
from consult.domain.answers import Value
from consult.extensions import db
from consult.jobs import saving
from tests.answering.crowd import Crowd, Sender, make_crowd
from tests.answering.factories import NOW
from tests.answering.intruder import Findings, attack, copy_database

LEAST = 10
WAVES = 6
#: How many send in each wave, by language and channel.
WAVE = {("en", "online"): 50, ("pl", "online"): 30, ("en", "tablet"): 14, ("ar", "online"): 6}
CROSSINGS = {"how": "Whether older people find it harder"}
EQUALITY = {"sex": ("female", "male"), "age_band": ("25_34", "45_54", "65_74", "85_over")}
Wreck = Callable[[pytest.MonkeyPatch, Crowd], None]

pytestmark = pytest.mark.fresh  # the server's files are read, byte by byte


def answer(crowd: Crowd, label: Label, random: Random) -> Sender:
    """Somebody sends answers of any length, with their mark in front."""
    about = {key: random.choice(options) for key, options in EQUALITY.items()} if random.random() < 0.7 else None
    answers = {
        "how": (Value(choice=random.choice(["easy", "hard", "other"])),),
        "days": (Value(number=random.randrange(31)),),
        "why": (Value(text="?"),),
    }
    mark = f"mark-{random.getrandbits(72):018x}-"
    answers["why"] = (Value(text=mark + "x" * random.randrange(1_500)),)
    person = crowd.send_one(label, about, True, answers)
    named = Sender(mark, person.key, person.receipt, person.label, answers, about)
    crowd.people[-1] = named
    return named


def spy(crowd: Crowd, folder: Path, data: Path | None, log: Callable[[], str], seed: int) -> Findings:
    """Six hundred people send in six waves; the intruder copies the database before and after each sweep."""
    random, findings = Random(seed), Findings()
    for wave in range(WAVES):
        order = [Label(crowd.revision, *way) for way, count in WAVE.items() for _ in range(count)]
        random.shuffle(order)
        with saving():
            for label in order:
                answer(crowd, label, random)
        before = copy_database(folder / f"{seed}-{wave}-before", data)
        crowd.sweep(now=NOW + timedelta(days=wave))
        after = copy_database(folder / f"{seed}-{wave}-after", data)
        attack(findings, before, after, crowd.people, log())
    before = copy_database(folder / f"{seed}-last-before", data)
    crowd.sweep(last=True, now=NOW + timedelta(days=WAVES))
    after = copy_database(folder / f"{seed}-last-after", data)
    attack(findings, before, after, crowd.people, log())
    return findings


@pytest.fixture
def data(request, database_kind) -> Path | None:
    """The server's data folder, where there is one that we may read."""
    if database_kind != "postgres":
        return None
    place: Path | None = request.getfixturevalue("postgres_server").data
    return place


@pytest.fixture
def log(caplog, capfd) -> Callable[[], str]:
    """Everything that was logged and printed so far."""
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []

    def read() -> str:
        said = capfd.readouterr()
        seen.extend((said.out, said.err))
        return caplog.text + "".join(seen)

    return read


def test_the_intruder_does_no_better_than_guessing(database, tmp_path, data, log, capfd):
    first = spy(make_crowd(crossings=CROSSINGS), tmp_path, data, log, seed=1)
    if os.environ.get("CONSULT_FIGURES"):
        with capfd.disabled():
            print(f"\n{first.table()}")
    breaches = first.breaches(LEAST)
    assert not breaches & {"small set", *first.certain}
    if breaches:
        # With so many attacks one may be lucky once; nobody is lucky twice with the same one.
        breaches &= spy(make_crowd(slug="again"), tmp_path, data, log, seed=2).breaches(LEAST)
    assert not breaches
    if rounds := int(os.environ.get("CONSULT_INTRUDER_ROUNDS", "0")):
        lucky = Counter(breaches)
        for seed in range(100, 100 + rounds):
            found = spy(make_crowd(slug=f"round-{seed}"), tmp_path, data, log, seed=seed)
            assert not found.breaches(LEAST) & {"small set", *found.certain}
            lucky.update(found.breaches(LEAST))
        with capfd.disabled():
            print(f"\nof {len(first.scores)} attacks in {rounds} more rounds: {dict(lucky)}")
        assert all(times <= 2 for times in lucky.values())
    assert len(first.scores) > 50
    assert first.smallest_set >= LEAST


def plain_ballots(patch: pytest.MonkeyPatch, _crowd: Crowd) -> None:
    """Ballots in the clear."""
    patch.setattr(seal, "seal_to", lambda _public_key, data, _purpose: bytes(32) + data)
    patch.setattr(seal, "open_with", lambda _private_key, sealed, _purpose: sealed[32:])


def unpadded(patch: pytest.MonkeyPatch, _crowd: Crowd) -> None:
    """Sealed, but as long as what was said."""
    patch.setattr(seal, "padded", lambda data, _sizes: len(data).to_bytes(4, "big") + data)


def unsorted(patch: pytest.MonkeyPatch, _crowd: Crowd) -> None:
    """Inserted under random keys, in the order the ballots were read."""
    patch.setattr(grouping, "shuffled", list)
    patch.setattr(settle, "in_key_order", lambda rows, _key: rows)


def counting_keys(patch: pytest.MonkeyPatch, _crowd: Crowd) -> None:
    """Keys that count, in the order the ballots were read."""
    patch.setattr(grouping, "shuffled", list)
    numbers = iter(range(1, 10**9))
    patch.setattr(tallies, "random_key", lambda: next(numbers))


def day_of_sending(patch: pytest.MonkeyPatch, crowd: Crowd) -> None:
    """Responses that know the day they were sent."""
    from consult.answering.receipt import kept_of

    def day(_day: date, ballot: Any) -> date:
        came = next(at for at, person in enumerate(crowd.people) if kept_of(person.key) == ballot.receipt)
        return NOW.date() + timedelta(days=came // 20)

    patch.setattr(tallies, "settling_day", day)


def remainder(patch: pytest.MonkeyPatch, _crowd: Crowd) -> None:
    """Everybody settled at every sweep, however few."""
    patch.setattr(grouping, "chosen", lambda ballots, *, least: (list(ballots), []))


def cross_counts(patch: pytest.MonkeyPatch, _crowd: Crowd) -> None:
    """Equality answers counted exactly against each closed answer."""
    one_way = tallies.equality_places

    def crossed(given: Any, answers: Any) -> list[tuple[str, str]]:
        atoms = [f"{key}={value.choice or value.number}" for key, values in answers.items() for value in values]
        return [
            *one_way(given, answers),
            *((key, f"{option}&{atom}") for key, option in given.items() for atom in atoms),
        ]

    patch.setattr(tallies, "equality_places", crossed)


@pytest.mark.parametrize(
    ("wreck", "attacks"),
    [
        (plain_ballots, {"written words readable before they were settled"}),
        (unpadded, {"length of row against length of ballot"}),
        (
            unsorted,
            {"place of row in its page against ballot id: who came first", "order of the copy against place of ballot"},
        ),
        (counting_keys, {"row id against ballot id", "row id against place of ballot"}),
        (day_of_sending, {"small set"}),
        (remainder, {"small set"}),
        (cross_counts, {"equality answer pinned to a response"}),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_the_intruder_catches_each_naive_way(database, monkeypatch, tmp_path, data, log, wreck: Wreck, attacks):
    crowd = make_crowd()
    wreck(monkeypatch, crowd)
    # Only plain ballots leave words in the server's files; reading all of them takes long.
    findings = spy(crowd, tmp_path, data if wreck is plain_ballots else None, log, seed=3)
    assert findings.breaches(LEAST) & attacks, findings.table()
    db.session.rollback()
