"""A throw-away PostgreSQL server, and the choice of the databases that tests run on.

`CONSULT_TEST_DATABASES=both` (as `make test` says) runs every test that asks for the site on SQLite and on PostgreSQL;
the marks `sqlite` and `postgres` keep a test to one of them. A server that already runs is named by
`CONSULT_TEST_POSTGRES_URL`; otherwise one is started from the machine's binaries.
`CONSULT_REQUIRE_POSTGRES=1` makes a test fail where it would be skipped for want of a server.

A test meets empty tables whose numbers begin at one, in a database that tests before it have used: to make one for each
costs more than most tests do. The mark `fresh` gives a test a database that nothing was ever written to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

NUMBERS = count(1)

#: How many tests may use a database one after the other: rows that were taken away still take room.
MOST_USES = 60

#: What must be as it was for a database to be used again: how many there are of what tests may change beside rows.
SHAPE = """
    WITH ours AS (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    SELECT (SELECT count(*) FROM ours),
        (SELECT count(*) FROM pg_attribute WHERE attrelid IN (SELECT oid FROM ours)),
        (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
        (SELECT count(*) FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM ours)),
        (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
        (SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
            WHERE datname = current_database())
"""

#: Takes every row away, in one transaction that asks no foreign key, and lets numbers begin at one again.
EMPTY = """
    DO $$
    DECLARE
        named text;
        filled boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR named IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', named) INTO filled;
            IF filled THEN
                EXECUTE format('DELETE FROM %I', named);
            END IF;
        END LOOP;
        FOR named IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
            EXECUTE format('ALTER SEQUENCE %I RESTART', named);
        END LOOP;
    END
    $$
"""


@dataclass(frozen=True)
class Server:
    """A running server: the address of its first database, and its data folder and programs if we started it."""

    url: str
    data: Path | None = None
    binaries: Path | None = None

    @property
    def pid(self) -> int:
        """The process whose children serve the connections."""
        assert self.data is not None, "only of a server that was started here"
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def named(self, database: str) -> str:
        """The address of one of its databases, as CONSULT_DATABASE_URL takes it."""
        url = make_url(self.url).set(drivername="postgresql", database=database)
        return url.render_as_string(hide_password=False)

    def run(self, statement: str, *names: str) -> None:
        """A statement outside any transaction; each {} is one of `names`."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that uses the site its databases."""
    if "database_kind" not in metafunc.fixturenames:
        return
    kinds = ["sqlite", "postgres"] if os.environ.get("CONSULT_TEST_DATABASES") == "both" else ["sqlite"]
    kinds = [kind for kind in ("sqlite", "postgres") if metafunc.definition.get_closest_marker(kind)] or kinds
    if kinds != ["sqlite"]:
        marked = [pytest.param(kind, marks=getattr(pytest.mark, kind)) for kind in kinds]
        metafunc.parametrize("database_kind", marked, indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server for this run of the tests."""
    given = os.environ.get("CONSULT_TEST_POSTGRES_URL")
    if given:
        yield Server(given)
        return
    with throwaway_cluster("-c fsync=off") as server:
        if server is None and os.environ.get("CONSULT_REQUIRE_POSTGRES"):
            pytest.fail(why_no_server())
        if server is None:
            pytest.skip(why_no_server())
        yield server


@contextmanager
def throwaway_cluster(settings: str = "") -> Iterator[Server | None]:
    """A server of its own in a temporary folder, reached by a socket there; None where none can be started.

    It waits for the disk as a real one does, unless its `settings` say otherwise.
    """
    binaries = find_binaries()
    if why_no_server() or binaries is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="consult-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        options = ("--username=consult", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        _run(binaries / "initdb", "-D", data, *options)
        with _started(binaries, data, settings):
            url = URL.create("postgresql", "consult", query={"host": str(folder)}, database="postgres")
            yield Server(url.render_as_string(), data, binaries)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def why_no_server() -> str:
    """A sentence that says why no server can be started here; empty when one can."""
    if find_binaries() is None:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL refuses to run as root, and there is no runuser to change to its own account"
    return ""


def find_binaries() -> Path | None:
    """The folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def _started(binaries: Path, data: Path, settings: str) -> Iterator[None]:
    pg_ctl = binaries / "pg_ctl"
    options = f"-k {data.parent} -c listen_addresses= {settings}"
    _run(pg_ctl, "-D", data, "-w", "-l", data.parent / "log", "-o", options, "start")
    try:
        yield
    finally:
        _run(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")


def _run(program: Path, *arguments: str | Path) -> None:
    command = [str(program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    ran = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        check=False,
    )
    assert ran.returncode == 0, f"{program.name} failed: {ran.stdout}"


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server, migrate_database: Callable[[str], None]) -> Iterator[str]:
    """The name of a migrated, empty database, made once and copied for each test."""
    name = f"consult_template_{os.getpid()}"
    postgres_server.run("CREATE DATABASE {}", name)
    migrate_database(postgres_server.named(name))
    yield name
    postgres_server.run("DROP DATABASE {} WITH (FORCE)", name)


class Databases:
    """Copies of the empty database; one that is empty again is given to the next test."""

    def __init__(self, server: Server, template: str) -> None:
        self.server = server
        self.template = template
        self.free: list[str] = []
        self.uses: dict[str, int] = {}
        self.shape = self._shape(template)

    def take(self, *, fresh: bool) -> str:
        """The name of an empty database; a fresh one was never written to."""
        if self.free and not fresh:
            return self.free.pop()
        name = f"consult_test_{os.getpid()}_{next(NUMBERS)}"
        self.server.run("CREATE DATABASE {} TEMPLATE {}", name, self.template)
        self.uses[name] = 0
        return name

    def give_back(self, name: str) -> None:
        """Empty it for the next test, or drop it when it is worn or cannot be made as it was."""
        self.uses[name] += 1
        if self.uses[name] < MOST_USES and self._emptied(name):
            self.free.append(name)
        else:
            self.server.run("DROP DATABASE {} WITH (FORCE)", name)

    def close(self) -> None:
        """Drop all."""
        while self.free:
            self.server.run("DROP DATABASE {} WITH (FORCE)", self.free.pop())

    def _shape(self, name: str) -> tuple[int, ...] | None:
        with self._connected(name) as connection:
            return connection.execute(SHAPE).fetchone()

    def _connected(self, name: str) -> psycopg.Connection[tuple[int, ...]]:
        return psycopg.connect(self.server.named(name), autocommit=True, options="-c lock_timeout=2s")

    def _emptied(self, name: str) -> bool:
        try:
            with self._connected(name) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                if connection.execute(SHAPE).fetchone() != self.shape:
                    return False
                connection.execute(EMPTY)
        except psycopg.Error:
            return False
        return True


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: Server, postgres_template: str) -> Iterator[Databases]:
    """The databases of this process."""
    databases = Databases(postgres_server, postgres_template)
    yield databases
    databases.close()


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_databases: Databases) -> Iterator[str]:
    """The address of an empty database that is this test's alone while it runs."""
    name = postgres_databases.take(fresh=request.node.get_closest_marker("fresh") is not None)
    yield postgres_databases.server.named(name)
    postgres_databases.give_back(name)
