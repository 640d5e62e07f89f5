"""A whole site on a machine of its own: gunicorn, the worker, and a database that can be killed and come back."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

import psycopg

from consult.config import ROOT
from tests.bench import definition, family
from tests.postgres import Server, _run, throwaway_cluster

SLUG = "promises"
DATABASES = ("sqlite", "postgres")
#: Seconds a server may take to come up.
PATIENCE = 60


class Site:
    """Processes of one site and the folder they write to."""

    def __init__(self, folder: Path, server: Server | None = None, *, workers: int = 3) -> None:
        self.folder = folder
        self.server = server
        self.workers = workers
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.logs = folder / "logs"
        self.instance = folder / "instance"
        self.temporary = folder / "tmp"
        for one in (self.logs, self.instance, self.temporary):
            one.mkdir(parents=True, exist_ok=True)
        self.environ = {
            **os.environ,
            "CONSULT_RATE_LIMITS": "off",
            "CONSULT_ENV": "development",
            "CONSULT_INSTANCE": str(self.instance),
            "CONSULT_SITE_URL": f"http://127.0.0.1:{self.port}",
            "TMPDIR": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if server is not None:
            server.run("CREATE DATABASE {}", "soak")
            self.environ["CONSULT_DATABASE_URL"] = server.named("soak")
        self.gunicorn: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None
        self._opened: list[TextIO] = []

    # Commands

    def consult(self, *arguments: str) -> str:
        """Run a command of the product to its end; raises when it fails."""
        done = self.start_consult(*arguments)
        said, _ = done.communicate(timeout=1800)
        if done.returncode:
            raise RuntimeError(f"consult {' '.join(arguments)}: {(self.logs / 'command').read_text()[-2000:]}")
        return said.decode()

    def start_consult(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin a command of the product."""
        return subprocess.Popen(
            [sys.executable, "-m", "consult", *arguments],
            env=self.environ,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._log("command"),
        )

    def prepare(self, *, pages: int = 1, slug: str = SLUG, **more: Any) -> None:
        """A migrated site with a group and one open consultation."""
        self.consult("db", "upgrade")
        self.consult("demo")
        self.open_consultation(slug, pages=pages, **more)

    def open_consultation(self, slug: str, *, pages: int = 1, **more: Any) -> None:
        """One more consultation that takes answers."""
        file = self.folder / f"{slug}.json"
        file.write_text(json.dumps({**definition(pages), "title": slug, **more}))
        self.consult("import", str(file), "--group", "purbeck", "--slug", slug, "--open")

    def change(self, statement: str, **values: Any) -> None:
        """One statement on the database, past the product."""
        program = (
            "import json, sys\nfrom sqlalchemy import text\nfrom consult import create_app\n"
            "from consult.extensions import db\napp = create_app()\nstatement, values = json.loads(sys.argv[1])\n"
            "with app.app_context():\n    db.session.execute(text(statement), values)\n    db.session.commit()\n"
        )
        subprocess.run(
            [sys.executable, "-c", program, json.dumps([statement, values])], env=self.environ, cwd=ROOT, check=True
        )

    # Servers

    def serve(self) -> None:
        """Start gunicorn and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-w",
            str(self.workers),
            "-b",
            f"127.0.0.1:{self.port}",
            "wsgi:app",
        ]
        self.gunicorn = subprocess.Popen(
            command, env=self.environ, cwd=ROOT, stdout=self._log("gunicorn"), stderr=self._log("gunicorn")
        )
        self.wait()

    def work(self) -> None:
        """Start the worker, which settles by the timetable."""
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "consult", "worker"],
            env=self.environ,
            cwd=ROOT,
            stdout=self._log("worker"),
            stderr=self._log("worker"),
        )

    def wait(self) -> None:
        """Wait until the site answers; raises when it never does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the site did not come up: {(self.logs / 'gunicorn').read_text()[-2000:]}")

    def kill_worker_process(self, pick: Any) -> bool:
        """`kill -9` one of gunicorn's workers; its master starts another."""
        if self.gunicorn is None:
            return False
        below = [pid for pid in family(self.gunicorn.pid) if pid != self.gunicorn.pid]
        if not below:
            return False
        kill(pick(below))
        return True

    def kill_gunicorn(self) -> None:
        """`kill -9` the master, and its workers in no particular moment after."""
        if self.gunicorn is None:
            return
        every = family(self.gunicorn.pid)
        kill(self.gunicorn.pid)
        self.gunicorn.wait()
        for pid in every[1:]:
            kill(pid)

    def kill_database(self) -> None:
        """`kill -9` PostgreSQL's first process, and start it again as a machine would after a fault."""
        assert self.server is not None and self.server.data is not None and self.server.binaries is not None
        every = family(self.server.pid)
        for pid in every:
            kill(pid)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                options = f"-k {self.server.data.parent} -c listen_addresses="
                log = self.server.data.parent / "log"
                _run(self.server.binaries / "pg_ctl", "-D", self.server.data, "-w", "-l", log, "-o", options, "start")
            except AssertionError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def kill_connection(self) -> None:
        """`kill -9` one of PostgreSQL's processes that serves us: all of them begin anew."""
        assert self.server is not None
        with suppress(psycopg.Error), psycopg.connect(self.server.url, autocommit=True) as connection:
            row = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = 'soak' ORDER BY random() LIMIT 1"
            ).fetchone()
            if row:
                kill(row[0])

    def stop_servers(self) -> None:
        """Let gunicorn and the worker end in order."""
        for running in (self.worker, self.gunicorn):
            if running is not None and running.poll() is None:
                running.terminate()
                with suppress(subprocess.TimeoutExpired):
                    running.wait(timeout=40)
        self.worker = self.gunicorn = None

    def stop(self) -> None:
        """Let everything end, and close the logs."""
        self.stop_servers()
        for one in self._opened:
            one.close()

    def _log(self, name: str) -> TextIO:
        self._opened.append((self.logs / name).open("a"))
        return self._opened[-1]


def kill(pid: int) -> None:
    """`kill -9`; gone already is as good."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextmanager
def site(database: str, *, parent: Path | None = None, workers: int = 3) -> Iterator[Site | None]:
    """A site in a folder of its own on `sqlite` or `postgres`; None where PostgreSQL cannot be started."""
    usual, tempfile.tempdir = tempfile.tempdir, str(parent) if parent else tempfile.tempdir
    try:
        with _site(database, workers=workers) as made:
            yield made
    finally:
        tempfile.tempdir = usual


@contextmanager
def _site(database: str, *, workers: int) -> Iterator[Site | None]:
    with tempfile.TemporaryDirectory(prefix="consult-soak-", ignore_cleanup_errors=True) as folder:
        if database == "sqlite":
            made = Site(Path(folder), workers=workers)
            try:
                yield made
            finally:
                made.stop()
            return
        with throwaway_cluster() as server:
            if server is None:
                yield None
                return
            made = Site(Path(folder), server, workers=workers)
            try:
                yield made
            finally:
                made.stop()


def percentiles(seconds: Sequence[float]) -> str:
    """Median, 95th and largest, in milliseconds."""
    if not seconds:
        return "none"
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000

    return f"median {at(0.5):.0f} ms, 95 in 100 within {at(0.95):.0f} ms, longest {ordered[-1] * 1000:.0f} ms"
