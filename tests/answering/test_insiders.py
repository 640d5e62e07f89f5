"""Whoever has the list of the invited, the key folder after a sweep, or the counts of staff knows nobody's answers.

What can be known before answers are settled is measured as well, and printed with CONSULT_FIGURES=1.
"""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import current_app

from consult.answering import keys
from consult.answering.actions.drop import Label
from consult.answering.receipt import kept_of
from consult.domain.answers import Value
from consult.extensions import db
from consult.jobs import saving
from tests.answering.crowd import Crowd, Sender, make_crowd
from tests.answering.factories import NOW
from tests.answering.insiders import counted_since, forced, opened
from tests.answering.intruder import Copy, Findings, attack, copy_database
from tests.answering.test_intruder import LEAST, answer, data, log  # noqa: F401 - fixtures
from tests.invitations.guests import Guest, invite

pytestmark = pytest.mark.fresh

GROUPS = {("en", "online"): 40, ("pl", "online"): 25, ("en", "tablet"): 12}


def send(crowd: Crowd, random: Random) -> None:
    """One wave, in any order."""
    order = [Label(crowd.revision, *way) for way, count in GROUPS.items() for _ in range(count)]
    random.shuffle(order)
    with saving():
        for label in order:
            answer(crowd, label, random)


def stolen(folder: Path) -> Path:
    """A copy of the key folder as it is now."""
    shutil.copytree(current_app.config["CONSULT"].box_keys, folder)
    return folder


def waves(crowd: Crowd, folder: Path, count: int = 3) -> list[tuple[Copy, Copy, Path]]:
    """The database before and after each sweep, the last one included, and the keys after it."""
    random, found = Random(5), []
    for wave in range(count):
        send(crowd, random)
        before = copy_database(folder / f"{wave}-before")
        crowd.sweep(last=wave == count - 1, now=NOW + timedelta(days=wave))
        found.append((before, copy_database(folder / f"{wave}-after"), stolen(folder / f"{wave}-keys")))
    return found


def test_the_counts_that_staff_see_leave_every_answer_in_doubt(database, tmp_path):
    crowd = make_crowd()
    seen = waves(crowd, tmp_path)
    assert sum(len(counted_since(before, after, crowd.people)) for before, after, _keys in seen) == len(crowd.people)
    assert [forced(before, after, crowd.people) for before, after, _keys in seen] == [0, 0, 0]


def test_counts_that_grow_on_arrival_would_be_caught(database, tmp_path):
    crowd, random, certain = make_crowd(), Random(6), 0
    for number in range(4):
        with saving():
            answer(crowd, Label(crowd.revision, "en", "online"), random)
        before = copy_database(tmp_path / f"{number}-before")
        crowd.sweep(whatever=True)
        certain += forced(before, copy_database(tmp_path / f"{number}-after"), crowd.people)
    assert certain >= 4


def test_keys_that_are_left_after_a_sweep_open_nothing_that_was_settled(database, tmp_path):
    crowd = make_crowd()
    for before, after, left in waves(crowd, tmp_path):
        assert opened(before, left, counted_since(before, after, crowd.people)) == 0


def test_keys_that_nobody_destroyed_would_be_caught(database, tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "destroy", lambda _folder, _generation: None)
    crowd = make_crowd()
    before, after, left = waves(crowd, tmp_path)[0]
    settled = counted_since(before, after, crowd.people)
    assert opened(before, left, settled) == len(settled) > 0


def invited(crowd: Crowd, guest: Guest, random: Random, *, tells: bool = False) -> Sender:
    """Somebody invited sends, in the transaction that is open; a careless site keeps the ticket with the words."""
    from consult.answering import drafts
    from consult.answering.actions import drop, equality

    label = Label(crowd.revision, "en", "online", guest.part)
    begun = drafts.begin(
        db.session,
        consultation_id=crowd.consultation_id,
        revision=crowd.revision,
        language="en",
        segment=guest.part,
        token_hash=guest.ticket,
        now=NOW,
    )
    mark = f"mark-{random.getrandbits(72):018x}-"
    answers = {
        "how": (Value(choice="hard"),),
        "why": (Value(text=mark + (guest.ticket if tells else "x" * random.randrange(900))),),
    }
    receipt = drop.submit(
        db.session,
        consultation_id=crowd.consultation_id,
        draft_key=begun.key,
        label=label,
        answers=answers,
        token_hash=guest.ticket,
    )
    equality.add(db.session, draft_key=begun.key, answers=None)
    person = Sender(mark, begun.key, receipt, label, answers, None, guest.ticket)
    crowd.people.append(person)
    return person


def spy_on_the_invited(folder: Path, data: Path | None, log, seed: int, *, tells: bool = False) -> Findings:  # noqa: F811
    """Three waves from two parts of a list and from the street; the intruder has the whole list."""
    crowd, random, findings = make_crowd(slug=f"invited-{seed}"), Random(seed), Findings()
    guests = invite(crowd.consultation_id, 120, parts=("North", "South"))
    for wave in range(3):
        coming = [*guests[wave * 40 : wave * 40 + 40], *[None] * 25]
        random.shuffle(coming)
        with saving():
            for guest in coming:
                if guest is None:
                    answer(crowd, Label(crowd.revision, "en", "online"), random)
                else:
                    invited(crowd, guest, random, tells=tells)
        before = copy_database(folder / f"{seed}-{wave}-before", data)
        crowd.sweep(last=wave == 2, now=NOW + timedelta(days=wave))
        after = copy_database(folder / f"{seed}-{wave}-after", data)
        attack(findings, before, after, crowd.people, log())
    return findings


def test_the_whole_list_of_the_invited_gives_nobody_away(database, tmp_path, data, log, capfd):  # noqa: F811
    first = spy_on_the_invited(tmp_path, data, log, 11)
    if os.environ.get("CONSULT_FIGURES"):
        with capfd.disabled():
            print(f"\n{first.table()}")
    breaches = first.breaches(LEAST)
    assert not breaches & {"small set", *first.certain}
    if breaches:
        breaches &= spy_on_the_invited(tmp_path, data, log, 12).breaches(LEAST)
    assert not breaches
    assert any("spent ticket" in name for name in first.scores), "the tickets were held against the rows"


def test_a_ticket_that_is_kept_with_the_answers_would_be_caught(database, tmp_path, log):  # noqa: F811
    findings = spy_on_the_invited(tmp_path, None, log, 13, tells=True)
    assert findings.certain["ticket of an invitation beside an answer"] > 0


@pytest.mark.sqlite
def test_what_remains_possible_before_answers_are_settled(database, tmp_path, capfd):
    """Told on the privacy page and in docs/anonymity.md."""
    crowd, random = make_crowd(), Random(7)
    guests = invite(crowd.consultation_id, 20, parts=("North",))
    with saving():
        for guest in guests:
            invited(crowd, guest, random)
        mine = {answer(crowd, Label(crowd.revision, "en", "online"), random).key for _ in range(30)}
        others = [answer(crowd, Label(crowd.revision, "en", "online"), random) for _ in range(10)]
    before = copy_database(tmp_path / "before")
    with_keys = opened(before, stolen(tmp_path / "keys"), crowd.people)
    known = {row["token_hash"] for row in before.tables["spent"]}
    crowd.sweep()
    after = copy_database(tmp_path / "after")
    counted = {bytes(row["receipt"]) for row in after.tables["counted"]}
    theirs = sum(kept_of(person.key) in counted for person in others)
    ours = sum(kept_of(person.key) in counted for person in crowd.people if person.key in mine)
    if os.environ.get("CONSULT_FIGURES"):
        with capfd.disabled():
            print(f"\nwith the key files {with_keys} of {len(crowd.people)} waiting ballots open")
            print(f"of 20 invited people who answered, {len(known)} are known to have, with none of their answers")
            print(f"whoever sent {ours} of {ours + theirs} in a batch recognises the other {theirs} as a group")
    assert with_keys == len(crowd.people)
    assert known == {guest.ticket for guest in guests}
    assert 0 < theirs <= 10
