"""`make soak`: people answer for a long time; nothing may be lost, and no process may go on growing."""

from __future__ import annotations

import argparse
import csv
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import Visitor, consult, family, gunicorn, prepare
from tests.postgres import throwaway_cluster

SLUG = "bench-4"
#: How much the largest process may grow after the first tenth of the time.
GROWTH = 1.25


def resident(pids: list[int]) -> int:
    """Kilobytes in memory of the largest of these processes."""
    largest = 0
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        kept = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
        largest = max(largest, *(int(one) for one in kept), 0)
    return largest


@contextmanager
def worker(environ: dict[str, str]) -> Iterator[None]:
    """The loop of sweeps, beside the server."""
    running = subprocess.Popen([sys.executable, "-m", "consult", "worker"], env=environ)
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=60)


class Crowd:
    """People who answer one after another, several at a time, until the time is over."""

    def __init__(self, port: int, until: float) -> None:
        self.port = port
        self.until = until
        self.done = 0
        self.trouble: list[str] = []
        self.lock = threading.Lock()

    def answer(self, seed: int) -> None:
        """One person after another."""
        while time.monotonic() < self.until:
            seed += 1
            try:
                Visitor(self.port, seed).journey(SLUG)
            except Exception as trouble:
                with self.lock:
                    self.trouble.append(f"{type(trouble).__name__}: {trouble}")
            else:
                with self.lock:
                    self.done += 1


def soak(environ: dict[str, str], seconds: float, people: int) -> list[str]:
    """Run it, print how it goes, and give what was wrong."""
    prepare(environ)
    with gunicorn("wsgi:app", environ, "/health") as (port, pid), worker(environ):
        began = time.monotonic()
        crowd = Crowd(port, began + seconds)
        threads = [threading.Thread(target=crowd.answer, args=(at * 1_000_000,), daemon=True) for at in range(people)]
        for thread in threads:
            thread.start()
        sizes: list[int] = []
        while any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(seconds / 20 / people)
            sizes.append(resident(family(pid)))
            passed = time.monotonic() - began
            print(f"  {passed:6.0f} s  {crowd.done:7} answered  largest process {sizes[-1] // 1024:5} MB")
    wrong = [f"{len(crowd.trouble)} journeys failed, the first: {crowd.trouble[0]}"] if crowd.trouble else []
    consult(environ, "settle", SLUG, "--now")
    output = Path(environ["CONSULT_INSTANCE"]) / "soak.csv"
    consult(environ, "export", SLUG, "--format", "csv", "--raw", "--output", str(output))
    counted = sum(1 for _row in csv.reader(io.StringIO(output.read_text("utf-8-sig")))) - 1
    if counted != crowd.done:
        wrong.append(f"{crowd.done} people were thanked, and {counted} responses were counted")
    settled = sizes[len(sizes) // 10 :]
    if settled and settled[-1] > settled[0] * GROWTH:
        wrong.append(f"the largest process grew from {settled[0] // 1024} to {settled[-1] // 1024} MB")
    return wrong


def main() -> int:
    """Soak on SQLite or on a throw-away PostgreSQL; the exit status says whether anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10, help="how long people answer")
    parser.add_argument("--people", type=int, default=4, help="how many answer at a time")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="consult-soak-"))
    environ = {
        **os.environ,
        "CONSULT_RATE_LIMITS": "off",
        "CONSULT_ENV": "development",
        "CONSULT_INSTANCE": str(folder),
    }
    try:
        with throwaway_cluster() as cluster:
            if chosen.postgres:
                if cluster is None:
                    print("PostgreSQL cannot be started here.")
                    return 1
                environ["CONSULT_DATABASE_URL"] = cluster.url
            wrong = soak(environ, chosen.minutes * 60, chosen.people)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(wrong) or "Nothing was lost, and nothing went on growing.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
