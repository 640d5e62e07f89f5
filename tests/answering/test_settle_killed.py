"""A sweep may be killed anywhere, and people may send while it runs: nobody is lost and nobody is counted twice."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from consult.answering import drafts, jobs
from consult.answering.actions import boxes, drop
from consult.answering.models import Ballot, Draft
from consult.domain.answers import Value
from consult.domain.errors import NotNow
from consult.extensions import db
from consult.jobs import saving
from tests.answering.crowd import Crowd, key_files, make_crowd
from tests.answering.factories import NOW


@pytest.fixture
def crowd(database, monkeypatch) -> Crowd:
    """An open consultation whose sweeps take several transactions."""
    monkeypatch.setattr(jobs, "MOST", 10)
    return make_crowd()


def in_a_killed_process(work: Callable[[], Any]) -> bool:
    """Do it in a child that may kill itself; gives whether it did."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert status == 0 or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL), (
        "the sweep failed by itself"
    )
    return status != 0


def die() -> None:
    """As by `kill -9`."""
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def killed_at_step(crowd: Crowd, number: int, *, last: bool) -> bool:
    """A sweep that is killed after so many steps; False when it has fewer."""
    box = crowd.box()

    def work() -> None:
        done: list[str] = []

        def step(name: str) -> None:
            done.append(name)
            if len(done) > number:
                die()

        jobs.sweep(box, now=NOW, last=last, step=step)

    return in_a_killed_process(work)


def killed_at_statement(crowd: Crowd, number: int, *, last: bool) -> bool:
    """A sweep that is killed before its `number`th statement; False when it has fewer."""
    box = crowd.box()

    def work() -> None:
        left = [number]

        def count(*_arguments: Any) -> None:
            left[0] -= 1
            if left[0] < 0:
                die()

        event.listen(db.engine, "before_cursor_execute", count)
        jobs.sweep(box, now=NOW, last=last)

    return in_a_killed_process(work)


def reopen(crowd: Crowd) -> None:
    """Take ballots again."""
    with saving():
        boxes.open_box(db.session, jobs._folder(), consultation_id=crowd.consultation_id, today=NOW.date(), again=True)


@pytest.mark.parametrize("last", [False, True])
def test_killed_between_any_two_steps(crowd, last):
    rounds = 0
    while True:
        reopen(crowd)
        crowd.send(24)
        crowd.send(1, passes_equality=False)
        was_killed = killed_at_step(crowd, rounds, last=last)
        assert crowd.everybody_once(), f"after a kill at step {rounds}"
        crowd.sweep(last=last)
        assert crowd.everybody_once(), f"after the sweep that followed a kill at step {rounds}"
        rounds += 1
        if not was_killed:
            break
    assert rounds > (8 if not last else 14)
    reopen(crowd)
    crowd.send(10)
    crowd.sweep(last=True)
    assert Counter(crowd.state(person) for person in crowd.people) == {"counted": len(crowd.people)}
    assert crowd.box().stage == "closed"


@pytest.mark.slow
@pytest.mark.parametrize("last", [False, True])
def test_killed_before_any_statement(crowd, last):
    number = 0
    while True:
        reopen(crowd)
        crowd.send(23)
        was_killed = killed_at_statement(crowd, number, last=last)
        assert crowd.everybody_once(), f"after a kill before statement {number}"
        crowd.sweep(last=last)
        assert crowd.everybody_once(), f"after the sweep that followed a kill before statement {number}"
        if not was_killed:
            break
        number += 3
    assert number > 20


def test_old_keys_are_gone_after_the_sweep_that_follows_a_kill(crowd):
    crowd.send(30)
    assert killed_at_step(crowd, 3, last=False)
    assert len(key_files()) == 2
    crowd.sweep()
    assert len(key_files()) == 1


def in_a_thread(app: Any, work: Callable[[], Any]) -> threading.Thread:
    """Do it beside us, with a session of its own."""

    def run() -> None:
        with app.app_context():
            try:
                work()
            finally:
                db.session.remove()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def test_people_may_send_at_every_step_of_a_sweep(crowd, app):
    crowd.send(30)
    threads = []

    def step(_name: str) -> None:
        threads.append(in_a_thread(app, lambda: crowd.send(1)))
        time.sleep(0.05)

    jobs.sweep(crowd.box(), now=NOW, step=step)
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert len(crowd.people) == 30 + len(threads)
    assert crowd.everybody_once()
    crowd.sweep(last=True)
    assert crowd.everybody_once()
    assert {crowd.state(person) for person in crowd.people} == {"counted"}


@pytest.mark.parametrize("last", [False, True])
def test_a_sweep_waits_for_whoever_is_sending_just_now(crowd, app, last):
    crowd.send(19)
    sent, may_commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with saving():
            crowd.send_one(drop.Label(crowd.revision, "en"))
            sent.set()
            may_commit.wait(10)

    sender = in_a_thread(app, slowly)
    assert sent.wait(10)
    box = crowd.box()
    sweeping = in_a_thread(app, lambda: jobs.sweep(box, now=NOW, last=last))
    time.sleep(0.3)
    assert sweeping.is_alive(), "the sweep did not wait"
    may_commit.set()
    for thread in (sender, sweeping):
        thread.join(30)
        assert not thread.is_alive()
    assert crowd.everybody_once()
    counted = Counter(crowd.state(person) for person in crowd.people)
    assert counted == ({"counted": 20} if last else {"counted": 10, "waiting": 10})


def test_after_the_last_sweep_nothing_is_taken_any_more(crowd):
    crowd.send(10)
    crowd.sweep(last=True)
    with pytest.raises(NotNow):
        crowd.send(1)
    assert len(crowd.people) == 10
    assert crowd.everybody_once()
    db.session.rollback()
    assert db.session.execute(select(Draft.id)).all() == []


def test_a_hundred_sendings_of_one_draft_are_one_ballot(crowd, app):
    with saving():
        begun = drafts.begin(
            db.session,
            consultation_id=crowd.consultation_id,
            revision=crowd.revision,
            language="en",
            now=NOW,
        )
    receipts: list[str] = []

    def send() -> None:
        with saving():
            receipts.append(
                drop.submit(
                    db.session,
                    consultation_id=crowd.consultation_id,
                    draft_key=begun.key,
                    label=drop.Label(crowd.revision, "en"),
                    answers={"how": (Value(choice="hard"),)},
                )
            )

    for _ in range(10):
        threads = [in_a_thread(app, send) for _ in range(10)]
        for thread in threads:
            thread.join(30)
    assert len(receipts) == 100 and len(set(receipts)) == 1
    db.session.rollback()
    assert len(db.session.execute(select(Ballot.id)).all()) == 1


def test_a_deleted_draft_cannot_be_sent(crowd):
    with saving():
        begun = drafts.begin(
            db.session,
            consultation_id=crowd.consultation_id,
            revision=crowd.revision,
            language="en",
            now=NOW,
        )
        drafts.delete(db.session, begun.key, crowd.consultation_id)
    with pytest.raises(NotNow), saving():
        drop.submit(
            db.session,
            consultation_id=crowd.consultation_id,
            draft_key=begun.key,
            label=drop.Label(crowd.revision, "en"),
            answers={},
        )
