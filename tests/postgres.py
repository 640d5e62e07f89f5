"""A throw-away PostgreSQL server, and the choice of the databases that tests run on.

`CONSULT_TEST_DATABASES=both` (as `make test` says) runs every test that asks for the site on SQLite and on PostgreSQL;
the marks `sqlite` and `postgres` keep a test to one of them. A server that already runs is named by
`CONSULT_TEST_POSTGRES_URL`; otherwise one is started from the machine's binaries, with fsync on.
`CONSULT_REQUIRE_POSTGRES=1` makes a test fail where it would be skipped for want of a server.
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
    with throwaway_cluster() as server:
        if server is None and os.environ.get("CONSULT_REQUIRE_POSTGRES"):
            pytest.fail(why_no_server())
        if server is None:
            pytest.skip(why_no_server())
        yield server


@contextmanager
def throwaway_cluster() -> Iterator[Server | None]:
    """A server of its own in a temporary folder, reached by a socket there; None where none can be started."""
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
        with _started(binaries, data):
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
def _started(binaries: Path, data: Path) -> Iterator[None]:
    pg_ctl = binaries / "pg_ctl"
    options = f"-k {data.parent} -c listen_addresses="
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


@pytest.fixture
def postgres_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """The address of this test's own copy of the empty database."""
    name = f"consult_test_{os.getpid()}_{next(NUMBERS)}"
    postgres_server.run("CREATE DATABASE {} TEMPLATE {}", name, postgres_template)
    yield postgres_server.named(name)
    postgres_server.run("DROP DATABASE {} WITH (FORCE)", name)
