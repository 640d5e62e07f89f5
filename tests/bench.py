"""`make bench`: what a journey costs, what pages weigh, and how the results page grows, measured on this machine.

Server CPU is the time on a processor of every server process (gunicorn's and the database's), from
/proc/<pid>/schedstat before and after. The ratio is against as many GETs of a bare Flask application under the same
gunicorn in the same run.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from consult.config import ROOT
from tests.bench_explorer import main as explorer
from tests.bench_export import main as files
from tests.client import Element, parse
from tests.postgres import throwaway_cluster

WORKERS = 2
FIVE_MILLION = 5_000_000


def definition(pages: int) -> dict[str, Any]:
    """Twelve questions of the common kinds on one page or on four."""
    five = [{"key": f"o{at}", "label": f"Option {at}"} for at in range(1, 6)]
    kinds = (
        ["single_choice"] * 4
        + ["multiple_choice"] * 2
        + ["rating", "matrix", "number", "yes_no", "long_text", "long_text"]
    )
    questions = []
    for at, kind in enumerate(kinds, 1):
        question: dict[str, Any] = {"key": f"q{at}", "kind": kind, "text": f"Question {at}: what do you think of it?"}
        if kind in ("single_choice", "multiple_choice", "rating", "matrix"):
            question["options"] = five
        if kind == "matrix":
            question["rows"] = [{"key": f"r{row}", "label": f"Row {row}"} for row in range(1, 5)]
        if kind == "number":
            question["settings"] = {"minimum": 0, "maximum": 100}
        questions.append(question)
    size = len(questions) // pages
    return {
        "language": "en",
        "title": f"Twelve questions on {pages}",
        "pages": [
            {"key": f"p{at + 1}", "title": f"Part {at + 1}", "questions": questions[at * size : (at + 1) * size]}
            for at in range(pages)
        ],
    }


class Visitor:
    """A browser without JavaScript: one connection, cookies, redirects, and every field answered."""

    def __init__(self, port: int, seed: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.port = port
        self.cookies: dict[str, str] = {}
        self.random = random.Random(seed)
        self.requests = 0

    def ask(self, method: str, path: str, body: str = "") -> tuple[str, str]:
        """One request and the redirects after it; gives the path it ended at and the page."""
        for _ in range(10):
            headers = (
                {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
            )
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
            self.requests += 1
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            if answer.status in (302, 303):
                where = urlsplit(urljoin(f"http://127.0.0.1{path}", answer.getheader("Location") or ""))
                method, path, body = "GET", where.path + (f"?{where.query}" if where.query else ""), ""
                continue
            assert answer.status == 200, f"{method} {path}: {answer.status}"
            return path, text
        raise AssertionError("too many redirects")

    def journey(self, slug: str) -> int:
        """From the start page to done; gives how many requests it took."""
        path, page = self.ask("GET", f"/consultations/{slug}/answer")
        for _ in range(30):
            if 'data-page="done"' in page:
                self.connection.close()
                return self.requests
            form = next(one for one in parse(page).all("form") if one.get("method") == "post")
            path, page = self.ask("POST", urljoin(path, form.get("action")), urlencode(self.answers(form)))
        raise AssertionError("never done")

    def answers(self, form: Element) -> list[tuple[str, str]]:
        """What somebody fills in."""
        filled: list[tuple[str, str]] = []
        groups: dict[tuple[str, str], list[str]] = {}
        for one in form.all("input", "textarea", "select"):
            name, kind = one.get("name"), one.get("type", "text") if one.tag == "input" else one.tag
            if kind in ("radio", "checkbox"):
                groups.setdefault((kind, name), []).append(one.get("value"))
            elif kind == "hidden":
                filled.append((name, one.get("value")))
            elif kind == "textarea":
                filled.append((name, "The bus does not run in the evening, and I cannot drive."))
            elif one.get("inputmode") in ("numeric", "decimal"):
                filled.append((name, str(self.random.randint(0, 100))))
            elif kind == "text":
                filled.append((name, "Nothing else"))
        for (kind, name), values in groups.items():
            filled += [(name, one) for one in self.random.sample(values, 1 if kind == "radio" else min(2, len(values)))]
        return filled


def cpu(pids: list[int]) -> float:
    """Seconds of processor time that these processes have used, as the scheduler counts them: exact, not by ticks."""
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            try:
                total += int(task.read_text().split()[0])
            except OSError:
                continue
    return total / 1e9


def family(pid: int) -> list[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(folder.name))
    found, rest = [], [pid]
    while rest:
        found.append(rest.pop())
        rest += children.get(found[-1], [])
    return found


@contextmanager
def gunicorn(target: str, environ: dict[str, str], path: str, *more: str) -> Iterator[tuple[int, int]]:
    """A server with two workers; gives its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-w",
            str(WORKERS),
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
            *more,
            target,
        ],
        env={**environ, "WEB_CONCURRENCY": str(WORKERS)},
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", path)
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def consult(environ: dict[str, str], *arguments: str) -> str:
    """Run a command of the product."""
    done = subprocess.run(
        [sys.executable, "-m", "consult", *arguments],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
    )
    if done.returncode:
        raise RuntimeError(f"consult {' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout


def bare_gets(count: int) -> float:
    """CPU seconds of a bare Flask application for so many GETs, each respondent's on one connection."""
    with gunicorn("tests.bare:app", dict(os.environ), "/", "-c", os.devnull) as (port, pid):
        for _warm in range(200):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/")
            connection.getresponse().read()
        before = cpu(family(pid))
        for _ in range(count):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        return cpu(family(pid)) - before


def journeys(environ: dict[str, str], database: list[int], count: int) -> None:
    """Print the cost of a journey on four pages and on one, beside bare GETs."""
    with gunicorn("wsgi:app", environ, "/health") as (port, pid):
        for pages in (4, 1):
            slug = f"bench-{pages}"
            for seed in range(12):
                Visitor(port, seed).journey(slug)
            before = cpu(family(pid)) + sum(cpu(family(one)) for one in database)
            requests = sum(Visitor(port, seed).journey(slug) for seed in range(count))
            spent = cpu(family(pid)) + sum(cpu(family(one)) for one in database) - before
            bare = bare_gets(requests)
            print(
                f"  {pages} page{'s' if pages > 1 else ' '}: {spent / count * 1000:6.1f} ms CPU a journey "
                f"of {requests / count:.0f} requests; bare Flask GETs {bare / count * 1000:5.1f} ms; "
                f"ratio {spent / bare:.2f}"
            )


def weights(environ: dict[str, str]) -> None:
    """Print the bytes of each public page on the wire (brotli), and of a first visit with its files."""
    pages = [
        "/",
        "/groups",
        "/groups/purbeck",
        "/consultations/evening-and-weekend-appointments",
        "/consultations/evening-and-weekend-appointments/answer",
        "/consultations/one-telephone-line/results",
        "/consultations/nursing-at-home/you-said-we-did",
        "/you-said-we-did",
        "/privacy",
        "/accessibility",
        "/ar/consultations/evening-and-weekend-appointments",
    ]
    with gunicorn("wsgi:app", environ, "/health") as (port, _pid):

        def weigh(path: str) -> tuple[int, bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
            if answer.getheader("Content-Encoding") == "br":
                import brotli

                return len(body), brotli.decompress(body)
            return len(body), body

        print("bytes on the wire (brotli): HTML, and in all on a first visit")
        for path in pages:
            wire, body = weigh(path)
            files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode()))
            more = {
                other
                for one in files
                if one.endswith(".js")
                for other in re.findall(r"from ?\"\./([\w.-]+\.js)\"", weigh(one)[1].decode())
            }
            total = wire + sum(weigh(one)[0] for one in files | {f"/static/vendor/{one}" for one in more})
            print(f"  {wire:>7} {total:>7}  {path}{'' if wire < 15_000 and total < 60_000 else '   TOO MUCH'}")


def results_pages(environ: dict[str, str], sizes: tuple[int, ...]) -> None:
    """Print how long inventing, settling and the staff results page take as responses grow."""
    for size in sizes:
        slug = f"results-{size}"
        file = Path(environ["CONSULT_INSTANCE"]) / f"{slug}.json"
        file.write_text(json.dumps({**definition(4), "title": slug}))
        consult(environ, "import", str(file), "--group", "purbeck", "--slug", slug, "--open")
        began = time.monotonic()
        consult(environ, "invent", slug, "--count", str(size), "--seed", "1")
        print(f"  inventing and settling {size}: {time.monotonic() - began:.1f} s")
        program = (
            "import time\nfrom consult import create_app\nfrom consult.results import queries\n"
            "from consult.extensions import db\nfrom consult.consultations.queries import by_slug\n"
            "app = create_app()\nwith app.test_request_context('/'):\n"
            f"    c = by_slug('{slug}'); queries.exact(c)\n    db.session.expire_all(); t = time.perf_counter()\n"
            "    for _ in range(20): queries.exact(c)\n    print((time.perf_counter() - t) / 20 * 1000)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=600
        )
        print(f"  results of {size}: {done.stdout.strip() or done.stderr[-500:]} ms to read and shape every table")
        program = (
            "import time\nfrom consult import create_app\nfrom consult.results import copying\n"
            "from consult.consultations.queries import by_slug\napp = create_app()\nwith app.app_context():\n"
            f"    c = by_slug('{slug}'); t = time.perf_counter(); copying.copy(c); print(time.perf_counter() - t)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=3600
        )
        print(f"  copying {size} into columns: {done.stdout.strip() or done.stderr[-500:]} s")


def main() -> None:
    """Everything, or a part by flags."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=150, help="journeys measured for each line")
    parser.add_argument(
        "--million", action="store_true", help="also the results page at a million responses (some minutes)"
    )
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="consult-bench-"))
    base = {
        **os.environ,
        "CONSULT_RATE_LIMITS": "off",
        "CONSULT_ENV": "development",
        "CONSULT_INSTANCE": str(folder / "sqlite"),
    }
    try:
        prepare(base)
        print(f"server CPU a journey, {WORKERS} gunicorn workers, {chosen.count} journeys; SQLite")
        journeys(base, [], chosen.count)
        weights(base)
        print("results, SQLite")
        results_pages(base, (10_000, 1_000_000) if chosen.million else (10_000,))
        explorer(FIVE_MILLION)
        files()
        with throwaway_cluster() as cluster:
            if cluster is None:
                print("PostgreSQL: no server found on this machine, so not measured")
                return
            environ = {**base, "CONSULT_INSTANCE": str(folder / "postgres"), "CONSULT_DATABASE_URL": cluster.url}
            prepare(environ)
            print("server CPU a journey, PostgreSQL with fsync, its processes counted")
            journeys(environ, [cluster.pid], chosen.count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepare(environ: dict[str, str]) -> None:
    """A migrated site with the demonstration and the two questionnaires."""
    Path(environ["CONSULT_INSTANCE"]).mkdir(parents=True, exist_ok=True)
    consult(environ, "db", "upgrade")
    consult(environ, "demo")
    for pages in (1, 4):
        file = Path(environ["CONSULT_INSTANCE"]) / f"bench-{pages}.json"
        file.write_text(json.dumps(definition(pages)))
        consult(environ, "import", str(file), "--group", "purbeck", "--slug", f"bench-{pages}", "--open")


if __name__ == "__main__":
    main()
