"""A backup brings back what was counted and published, and nothing that could be opened or ordered."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from contextlib import contextmanager

import pytest
from sqlalchemy import func, inspect, select

from consult import create_app
from consult.answering import drafts, queries
from consult.answering.actions.audit import schema
from consult.answering.models import Ballot, Draft, Generation, Response, Spent
from consult.commands.backup import BadBackup, kept_tables, read, write
from consult.extensions import db
from consult.jobs import saving, sweeps
from tests.answering.crowd import key_files, make_crowd
from tests.answering.factories import NOW
from tests.conftest import settings_for


@contextmanager
def another(folder, migrated):
    """A second machine, with an empty database."""
    shutil.copytree(migrated, folder)
    app = create_app(settings_for(folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def answered(database, app):
    """Forty people sent, thirty are counted, ten wait; somebody is in the middle."""
    crowd = make_crowd()
    crowd.send(40)
    crowd.sweep()
    with saving():
        drafts.begin(database, consultation_id=crowd.consultation_id, revision=crowd.revision, language="en", now=NOW)
    return crowd


def tables(file):
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("tables/")}


def test_what_was_counted_comes_back_and_what_waits_does_not(answered, app, database, tmp_path, migrated):
    file = tmp_path / "backup.zip"
    write(database, file, app.config["CONSULT"])
    exact = dict(queries.tally(database, answered.consultation_id))
    marks = answered.marks()
    with another(tmp_path / "second", migrated) as second:
        read(db.session, file, second.config["CONSULT"])
        assert dict(queries.tally(db.session, answered.consultation_id)) == exact
        assert answered.marks() == marks
        for model in (Draft, Ballot, Generation, Spent):
            assert db.session.execute(select(func.count()).select_from(model)).scalar() == 0
        assert [answered.state(person) for person in answered.people].count("counted") == 30
        assert list(schema(inspect(db.engine))) == []
        write(db.session, tmp_path / "again.zip", second.config["CONSULT"])
    assert tables(tmp_path / "again.zip") == tables(file)


def test_after_restoring_people_can_answer_again(answered, app, database, tmp_path, migrated):
    file = tmp_path / "backup.zip"
    write(database, file, app.config["CONSULT"])
    with another(tmp_path / "second", migrated) as second:
        read(db.session, file, second.config["CONSULT"])
        sweeps()["settle answers"]()
        assert len(key_files()) == 1
        answered.people.clear()
        answered.send(20)
        answered.sweep(whatever=True)
        assert queries.responses(db.session, answered.consultation_id) == 50


def test_a_backup_tells_no_order_holds_no_key_and_is_for_its_owner_alone(answered, app, database, tmp_path):
    file = tmp_path / "backup.zip"
    write(database, file, app.config["CONSULT"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keys = [path.read_bytes() for path in app.config["CONSULT"].box_keys.iterdir()]
    with zipfile.ZipFile(file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert not any(info.date_time[0] != 1980 for info in archive.infolist())
    assert keys and not any(key in everything for key in keys)
    rows = [json.loads(line)["id"] for line in tables(file)["tables/responses.jsonl"].splitlines()]
    assert len(rows) == 30 and rows == sorted(rows)
    waiting = [person.mark for person in answered.people if answered.state(person) == "waiting"]
    assert len(waiting) == 10 and not any(mark.encode() in everything for mark in waiting)


def test_every_table_is_kept_or_left_out_on_purpose(database):
    kept = {table.name for table in kept_tables()}
    every = set(db.metadata.tables)
    assert every - kept == {"drafts", "generations", "ballots", "closing_arrays", "spent"}


def test_two_sites_are_never_mixed(answered, app, database, tmp_path):
    file = tmp_path / "backup.zip"
    write(database, file, app.config["CONSULT"])
    before = database.execute(select(func.count()).select_from(Response)).scalar()
    with pytest.raises(BadBackup, match="not empty"):
        read(database, file, app.config["CONSULT"])
    assert database.execute(select(func.count()).select_from(Response)).scalar() == before


def test_a_damaged_backup_changes_nothing(answered, app, database, tmp_path, migrated):
    file, damaged = tmp_path / "backup.zip", tmp_path / "damaged.zip"
    write(database, file, app.config["CONSULT"])
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'"count": 30', b'"count": 31') if name == "tables/tallies.jsonl" else data)
    with another(tmp_path / "second", migrated) as second:
        with pytest.raises(BadBackup, match="tallies is not what was written"):
            read(db.session, damaged, second.config["CONSULT"])
        for table in kept_tables():
            assert db.session.execute(select(func.count()).select_from(table)).scalar() == 0


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_backup_is_refused_with_a_sentence(app, database, tmp_path, content):
    file = tmp_path / "file.zip"
    file.write_bytes(content)
    with pytest.raises(BadBackup, match="not a backup"):
        read(database, file, app.config["CONSULT"])


@pytest.mark.postgres
def test_a_backup_of_the_embedded_database_comes_back_in_postgresql(app, database, tmp_path, migrated):
    with another(tmp_path / "second", migrated) as second:
        crowd = make_crowd()
        crowd.send(40)
        crowd.sweep()
        write(db.session, tmp_path / "backup.zip", second.config["CONSULT"])
    read(database, tmp_path / "backup.zip", app.config["CONSULT"])
    assert queries.responses(database, crowd.consultation_id) == 30
    database.rollback()
    crowd = make_crowd(slug="another-one")
    assert crowd.consultation_id
