"""Boxes are opened, swept and closed by the clock; the worker and the commands do the same things."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog
from sqlalchemy import select

from consult import jobs as working
from consult.answering import jobs, queries
from consult.answering.models import Ballot, Box, Comment, Draft, EqualityCount, Generation, Response, Tally
from consult.answering.timetable import Boxed, Due, due
from consult.config import ROOT
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.jobs import saving, worker
from tests.answering.crowd import key_files, make_crowd
from tests.answering.factories import CLOSES, NOW

LONDON = ZoneInfo("Europe/London")
THREE = time(3)
OPENS = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def box(**more):
    """An open consultation with a box that was swept yesterday."""
    facts = {
        "id": 1,
        "slug": "phones",
        "state": "approved",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "paused_at": None,
        "withdrawn_at": None,
        "withdrawn_answers": None,
        "stage": "open",
        "takes": True,
        "swept_on": NOW.date() - timedelta(days=1),
    }
    return Boxed(**{**facts, **more})


def at(day: datetime, hour: int, minute: int = 0) -> datetime:
    return day.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("given", "now", "expected"),
    [
        (box(stage=None, takes=False, swept_on=None), OPENS - timedelta(days=3), Due.OPEN),
        (box(), at(NOW, 2, 59), None),
        (box(), at(NOW, 3), Due.SWEEP),
        (box(), at(NOW, 23), Due.SWEEP),
        (box(swept_on=NOW.date()), at(NOW, 23), None),
        (box(paused_at=NOW), at(NOW, 4), Due.SWEEP),
        (box(), CLOSES + timedelta(minutes=59), Due.SWEEP),
        (box(), CLOSES + timedelta(minutes=61), None),
        (box(swept_on=CLOSES.date()), CLOSES + timedelta(minutes=62), Due.LAST_SWEEP),
        (box(takes=False), CLOSES + timedelta(days=3), Due.LAST_SWEEP),
        (box(stage="held", takes=False), CLOSES + timedelta(days=3), None),
        (box(stage="settled", takes=False), CLOSES + timedelta(days=3), Due.REWRITE),
        (box(stage="rewritten", takes=False), CLOSES + timedelta(days=3), Due.REWRITE),
        (box(stage="closed", takes=False), CLOSES + timedelta(days=3), None),
        (box(stage="closed", takes=False, closes_at=CLOSES + timedelta(days=9)), CLOSES + timedelta(days=3), Due.OPEN),
        (box(stage=None, takes=False, swept_on=None), CLOSES + timedelta(days=3), None),
        (box(withdrawn_at=NOW, withdrawn_answers="kept"), NOW, Due.LAST_SWEEP),
        (box(withdrawn_at=NOW, withdrawn_answers="destroyed"), NOW, Due.DESTROY),
        (box(withdrawn_at=NOW, withdrawn_answers="destroyed", stage="closed", takes=False), NOW, None),
    ],
)
def test_what_is_due_follows_from_the_clock_and_the_rows(given, now, expected):
    assert due(given, now, at=THREE, zone=LONDON) is expected


def test_a_box_is_never_swept_because_an_answer_arrived(database, clock):
    crowd = make_crowd()
    clock.set(NOW)
    jobs.settle_what_is_due()
    crowd.send(30)
    jobs.settle_what_is_due()
    assert {crowd.state(person) for person in crowd.people} == {"waiting"}
    clock.set(at(NOW + timedelta(days=1), 3, 1))
    jobs.settle_what_is_due()
    assert queries.responses(db.session, crowd.consultation_id) == 20
    jobs.settle_what_is_due()
    assert queries.responses(db.session, crowd.consultation_id) == 20


def test_the_worker_takes_a_consultation_from_opening_to_its_last_answer(database, app, clock):
    crowd = make_crowd()
    clock.set(NOW)
    assert worker.run_once(app)[jobs.SETTLING] == "done"
    assert len(key_files()) == 1
    crowd.send(25)
    for day in range(1, 32):
        clock.set(at(NOW + timedelta(days=day), 13, 5))
        worker.run_once(app)
    assert crowd.box().stage == "closed"
    assert crowd.everybody_once()
    assert {crowd.state(person) for person in crowd.people} == {"counted"}
    assert key_files() == []


def test_a_sweep_that_fails_says_where_and_nothing_else_and_the_others_run(database, app, monkeypatch):
    ran = []

    def fails() -> None:
        raise ValueError("what somebody wrote")

    monkeypatch.setattr(working, "_sweeps", {"bad": fails, "good": lambda: ran.append(1)})
    with structlog.testing.capture_logs() as said:
        assert worker.run_once(app) == {"bad": "ValueError", "good": "done"}
    assert ran == [1]
    assert said[0]["error"] == "ValueError" and "what somebody wrote" not in json.dumps(said)


def test_one_box_that_fails_keeps_no_other_waiting(database, clock, monkeypatch):
    first, second = make_crowd(), make_crowd(slug="second")
    for crowd in (first, second):
        crowd.send(20)
    clock.set(at(NOW + timedelta(days=1), 3, 1))
    sweep = jobs.sweep

    def breaks(one, **more):
        if one.slug == first.slug:
            raise RuntimeError
        return sweep(one, **more)

    monkeypatch.setattr(jobs, "sweep", breaks)
    with pytest.raises(RuntimeError):
        jobs.settle_what_is_due()
    assert queries.responses(db.session, second.consultation_id) == 10


def test_only_one_settles_at_a_time(database, app):
    there, go = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), working.only_one(jobs.SETTLING) as ours:
            assert ours
            there.set()
            go.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert there.wait(10)
    with working.only_one(jobs.SETTLING) as ours:
        assert not ours
    refused = app.test_cli_runner().invoke(cli(), ["settle"], obj=_info(app))
    assert refused.exit_code == 1 and "already" in refused.output
    go.set()
    thread.join()
    with working.only_one(jobs.SETTLING) as ours:
        assert ours


def test_answers_to_a_consultation_withdrawn_without_keeping_them_are_destroyed(database, clock):
    crowd = make_crowd()
    other = make_crowd(slug="other")
    for one in (crowd, other):
        one.send(30, about={"sex": "male"})
        one.sweep()
    with saving():
        db.session.get_one(Consultation, crowd.consultation_id).withdrawn_at = NOW
        db.session.get_one(Consultation, crowd.consultation_id).withdrawn_answers = "destroyed"
    clock.set(NOW)
    jobs.settle_what_is_due()
    for table in (Response, Comment, Tally, EqualityCount, Generation, Draft):
        owners = set(db.session.execute(select(table.consultation_id)).scalars())
        assert owners <= {other.consultation_id}, table
    assert len(db.session.execute(select(Ballot.id)).all()) == 10
    assert len(key_files()) == 1
    assert crowd.box().stage == "closed"
    assert other.sweep(last=True).settled == 10


def test_after_closing_rows_are_the_same_and_written_anew(database):
    crowd = make_crowd()
    crowd.send(20)
    crowd.sweep()
    crowd.send(20)

    def rows() -> list[list[tuple]]:
        db.session.rollback()
        return [
            sorted(map(tuple, db.session.execute(select(table.__table__)).all()), key=repr)
            for table in (Response, Comment)
        ]

    seen = []
    jobs.sweep(crowd.box(), now=NOW, last=True, step=lambda name: seen.append(rows()) if name == "finished" else None)
    assert rows() == seen[0]
    assert crowd.everybody_once()


@pytest.mark.sqlite
def test_after_closing_the_embedded_database_remembers_no_order(database, tmp_path):
    from tests.answering.intruder import copy_database

    crowd = make_crowd()
    for _ in range(3):
        crowd.send(40)
        crowd.sweep()
    crowd.sweep(last=True)
    copy = copy_database(tmp_path / "copy")
    for table in ("responses", "comments"):
        pages: dict[int, list[tuple[int, int]]] = {}
        for key, (page, place) in copy.physical[table].items():
            pages.setdefault(page, []).append((place, key))
        for cells in pages.values():
            assert [key for _place, key in sorted(cells)] in (
                sorted(key for _place, key in cells),
                sorted((key for _place, key in cells), reverse=True),
            )
    assert b"mark-" not in Path(f"{db.engine.url.database}-wal").read_bytes()


@pytest.mark.postgres
@pytest.mark.fresh
def test_after_closing_postgresql_remembers_no_batches(database, tmp_path):
    from tests.answering.intruder import copy_database

    crowd = make_crowd()
    for _ in range(3):
        crowd.send(40)
        crowd.sweep()
    crowd.sweep(last=True)
    copy = copy_database(tmp_path / "copy")
    for table in ("responses", "comments"):
        places = copy.physical[table]
        assert len({writer for writer, _page, _place in places.values()}) == 1
        assert [key for key, _place in sorted(places.items(), key=lambda item: item[1])] == sorted(places)


# The command line


def cli():
    """The whole command line."""
    from consult.commands import command_line

    return command_line()


def _info(app):
    from flask.cli import ScriptInfo

    return ScriptInfo(create_app=lambda: app)


def run(app, *arguments: str):
    """Run a command."""
    return app.test_cli_runner().invoke(cli(), list(arguments), obj=_info(app))


def test_settle_tells_what_it_counted(database, app, clock):
    clock.set(NOW)
    crowd = make_crowd()
    crowd.send(23)
    done = run(app, "settle", crowd.slug)
    assert json.loads(done.output) == {"consultation": crowd.slug, "settled": 13, "staying": 10}
    done = run(app, "settle", crowd.slug, "--now")
    assert json.loads(done.output) == {"consultation": crowd.slug, "settled": 10, "staying": 0}
    assert crowd.everybody_once()
    clock.set(CLOSES + timedelta(hours=2))
    run(app, "settle")
    assert crowd.box().stage == "closed"
    assert run(app, "settle", crowd.slug).output == ""
    assert run(app, "settle", "nothing").exit_code == 1


def test_settling_below_the_smallest_group_is_refused_in_production_while_open(database, app, clock):
    from dataclasses import replace

    clock.set(NOW)
    crowd = make_crowd()
    crowd.send(3)
    app.config["CONSULT"] = replace(app.config["CONSULT"], env="production")
    refused = run(app, "settle", crowd.slug, "--now")
    assert refused.exit_code == 1 and "still open" in refused.output
    assert run(app, "invent", crowd.slug, "--count", "10").exit_code == 1
    assert queries.responses(db.session, crowd.consultation_id) == 0


def test_invented_responses_are_settled_like_real_ones_and_the_same_for_the_same_seed(database, app, clock):
    clock.set(NOW)
    tallies = []
    for slug in ("first", "second"):
        crowd = make_crowd(slug=slug)
        done = run(app, "invent", slug, "--count", "300", "--seed", "7")
        assert json.loads(done.output) == {"consultation": slug, "invented": 300}
        assert queries.responses(db.session, crowd.consultation_id) == 300
        tallies.append(
            (
                queries.tally(db.session, crowd.consultation_id),
                queries.equality_counts(db.session, crowd.consultation_id),
            )
        )
    assert tallies[0] == tallies[1]
    assert tallies[0][0]["how", "", "hard"] > 50
    sizes = db.session.execute(
        select(Response.language).where(Response.consultation_id == crowd.consultation_id)
    ).scalars()
    assert set(sizes) <= {"en", "pl", "ar", ""}


@pytest.mark.slow
def test_many_are_invented_in_parallel(database, app, clock, monkeypatch):
    from consult.answering.actions import invent

    clock.set(NOW)
    monkeypatch.setattr(invent, "PORTION", 50)
    crowd = make_crowd()
    assert json.loads(run(app, "invent", crowd.slug, "--count", "105").output)["invented"] == 105
    assert queries.responses(db.session, crowd.consultation_id) == 105


def test_a_reopened_consultation_takes_answers_again(database, clock):
    crowd = make_crowd()
    crowd.send(20)
    clock.set(CLOSES + timedelta(hours=2))
    jobs.settle_what_is_due()
    assert crowd.box().stage == "closed"
    with saving():
        db.session.get_one(Consultation, crowd.consultation_id).closes_at = CLOSES + timedelta(days=20)
    jobs.settle_what_is_due()
    assert db.session.execute(select(Box.stage)).scalar() == "open"
    crowd.send(15)
    clock.set(CLOSES + timedelta(days=21))
    jobs.settle_what_is_due()
    assert crowd.everybody_once()
    assert {crowd.state(person) for person in crowd.people} == {"counted"}


@pytest.mark.slow
def test_the_worker_stops_when_told_to(app):
    environ = {
        **os.environ,
        "CONSULT_INSTANCE": str(app.config["CONSULT"].instance),
        "CONSULT_DATABASE_URL": app.config["CONSULT"].database_url,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "consult", "worker", "--pause", "0.2"],
        env=environ,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None and "worker started" in process.stderr.readline()
    process.terminate()
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "sweep failed" not in said
