"""A fresh, migrated site for each test that asks for one, and a client that refuses careless pages."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from consult import create_app
from consult.accounts.passwords import ARGON2
from consult.config import Settings
from consult.extensions import db
from tests.client import StrictClient
from tests.sharing import share_statements, shared

pytest_plugins = ["tests.postgres"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist loadgroup` one process runs a file, and one all journeys: they share a site and a browser."""
    for item in items:
        file = item.path.relative_to(item.config.rootpath).as_posix()
        item.add_marker(pytest.mark.xdist_group("journeys" if file.startswith("tests/journeys/") else file))


def pytest_collection_finish() -> None:
    """Look less often for what has gone: what is here by now stays, and a quarter of all time went by looking at it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """At the end everything goes, or libraries complain of what was left."""
    gc.unfreeze()


def settings_for(folder: Path, **environ: str) -> Settings:
    """Settings of a development site in `folder`."""
    return Settings.from_environment(
        {
            "CONSULT_INSTANCE": str(folder),
            "CONSULT_RATE_LIMITS": "off",
            "CONSULT_SECRET_KEY": "only for tests",
            **environ,
        }
    )


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; here it need not be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ARGON2, "argon2__memory_cost", 8)
        patch.setitem(ARGON2, "argon2__time_cost", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each test has its own site; what these compile is the same for all."""
    with shared():
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(settings_for(folder))
    with app.app_context():
        upgrade()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def migrate_database(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], None]:
    """Migrates the empty database at an address."""

    def migrate(url: str) -> None:
        app = create_app(settings_for(tmp_path_factory.mktemp("migrated"), CONSULT_DATABASE_URL=url))
        with app.app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()

    return migrate


@pytest.fixture
def app(request: pytest.FixtureRequest, database_kind: str, tmp_path: Path) -> Iterator[Flask]:
    """The site on its own copy of the empty database."""
    folder = tmp_path / "instance"
    if database_kind == "postgres":
        app = create_app(settings_for(folder, CONSULT_DATABASE_URL=request.getfixturevalue("postgres_url")))
    else:
        shutil.copytree(request.getfixturevalue("migrated"), folder)
        app = create_app(settings_for(folder))
    app.testing = True
    with app.app_context():
        share_statements(db.engine)
    yield app
    opens = app.extensions["consult.opens"]
    if opens.timer is not None:
        opens.timer.cancel()  # or it writes a minute later into the database of another test
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def database(app: Flask) -> Iterator[Any]:
    """The session, inside an application context."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """A visitor whose every page must be a good one."""
    return StrictClient(app)


class Clock:
    """Sets what time the doors read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def set(self, moment: datetime) -> None:
        """From now on it is `moment` (aware)."""
        self.monkeypatch.setattr("consult.clock._now", lambda: moment)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock, to be set."""
    return Clock(monkeypatch)
