"""What a file of responses costs at a million of twelve questions: time and memory, on both databases, beside a loop.

Four questions with one answer of five, two with any of five, a scale, a grid of four rows, a number, yes or no, and two
in words that every third and every tenth person writes in; one of the first asks about the person, so that rows are
read twice. The rows are put straight into the database: what is measured is only how they leave it.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from consult.config import ROOT
from tests.postgres import throwaway_cluster

MILLION = 1_000_000
SLUG = "export"
AT_ONCE = 20_000
FORMATS = ("csv", "jsonl", "parquet", "sav")


def definition() -> dict[str, Any]:
    """Twelve questions of the common kinds."""
    five = [{"key": f"o{at}", "label": f"Option {at}"} for at in range(1, 6)]
    kinds = ["single_choice"] * 4 + ["multiple_choice"] * 2
    kinds += ["rating", "matrix", "number", "yes_no", "long_text", "long_text"]
    questions = []
    for at, kind in enumerate(kinds, 1):
        question: dict[str, Any] = {"key": f"q{at}", "kind": kind, "text": f"Question {at}: what do you think of it?"}
        if kind in ("single_choice", "multiple_choice", "rating", "matrix"):
            question["options"] = five
        if kind == "matrix":
            question["rows"] = [{"key": f"r{row}", "label": f"Row {row}"} for row in range(1, 5)]
        if kind == "number":
            question["settings"] = {"minimum": 0, "maximum": 100}
        question["about_you"] = at == 1
        questions.append(question)
    return {"language": "en", "title": "Twelve questions", "pages": [{"key": "p1", "questions": questions}]}


def answers(chance: random.Random) -> dict[str, list[list[Any]]]:
    """What one person said, as it is kept."""
    said: dict[str, list[list[Any]]] = {f"q{at}": [["", f"o{chance.randint(1, 5)}"]] for at in (1, 2, 3, 4, 7)}
    for at in (5, 6):
        if chosen := [["", f"o{option}"] for option in range(1, 6) if chance.random() < 0.5]:
            said[f"q{at}"] = chosen
    said["q8"] = [[f"r{row}", f"o{chance.randint(1, 5)}"] for row in range(1, 5)]
    said["q9"] = [["", None, chance.randint(0, 100)]]
    said["q10"] = [["", chance.choice(("yes", "no"))]]
    return said


def fill(responses: int) -> None:
    """Put rows into the database of the environment; run in a process of its own."""
    from sqlalchemy import insert

    from consult import create_app
    from consult.answering.models import Comment, Response, Tally
    from consult.extensions import db
    from consult.storage import random_key
    from tests.answering.factories import make_open

    with create_app().app_context():
        consultation = make_open(slug=SLUG, definition=definition())
        chance = random.Random(1)
        common: dict[str, Any] = {"consultation_id": consultation.id}
        labels = {"revision_id": consultation.current.id, "channel": "online", "segment": "", "day": date(2026, 1, 1)}
        keys = sorted(random_key() for _ in range(responses))
        words = ("It is hard to be heard on the telephone", "=1+1", "Please, keep the evening hours", "Thank you")
        for first in range(0, responses, AT_ONCE):
            some = keys[first : first + AT_ONCE]
            rows = [
                {**common, **labels, "id": key, "language": "pl" if key % 9 == 0 else "en", "answers": answers(chance)}
                for key in some
            ]
            db.session.execute(insert(Response), rows)
            wrote = [(key, "q11") for key in some if key % 3 == 0] + [(key, "q12") for key in some if key % 10 == 0]
            told = [
                {
                    **common,
                    "id": random_key(),
                    "response_id": key,
                    "question": question,
                    "part": "",
                    "language": "en",
                    "text": " ".join(chance.choice(words) for _ in range(4)),
                }
                for key, question in wrote
            ]
            db.session.execute(insert(Comment), told)
            db.session.commit()
        count = {"question": "", "part": "", "atom": "", "count": responses, "revision_id": consultation.current.id}
        db.session.execute(insert(Tally), [{**common, **count}])
        db.session.commit()


def loop() -> Iterator[str]:
    """A plain loop over the same rows, as anybody would write it first, which blanks nothing and guards nothing."""
    from consult import create_app
    from consult.consultations.queries import by_slug
    from consult.domain.answers import unpack
    from consult.questions import kind
    from consult.results import queries

    with create_app().app_context(), Path(os.devnull).open("w", newline="") as opened:
        consultation = by_slug(SLUG)
        asked = [one for one in queries.questions_asked(consultation) if not kind(one.kind).free]
        writer = csv.writer(opened)
        written = 0
        for row in queries.responses(consultation):
            given = unpack(row.answers)
            cells = [row.language, row.channel, row.segment]
            for question in asked:
                cells += kind(question.kind).cells(question, given.get(question.key, ()))
            writer.writerow(cells)
            written += 1
        yield f"{written} rows"


def measured(what: str, environ: dict[str, str], *arguments: str) -> None:
    """Run a part of this file and print how long it took and how much memory it needed at most."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *arguments], env=environ, cwd=ROOT, capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - began
    if done.returncode:
        print(f"    {what}: {done.stderr.strip()[-300:]}")
        return
    print(f"    {what}: {took:.1f} s, {done.stdout.strip().splitlines()[-1]}", flush=True)


def run(environ: dict[str, str], responses: int, name: str) -> None:
    """Fill a database and write every format out of it."""
    folder = Path(environ["CONSULT_INSTANCE"])
    folder.mkdir(parents=True, exist_ok=True)
    upgrade = [sys.executable, "-m", "consult", "db", "upgrade"]
    subprocess.run(upgrade, env=environ, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [sys.executable, "-m", "tests.bench_export", "--fill", str(responses)], env=environ, cwd=ROOT, check=True
    )
    print(f"  {responses} responses of twelve questions and their comments as files, {name}", flush=True)
    for form in FORMATS:
        measured(f"consult export --raw --format {form}", environ, "tests.bench_export", "--write", form, str(folder))
    measured("a plain loop to CSV, without comments", environ, "tests.bench_export", "--loop")


def write(form: str, folder: Path) -> None:
    """Write one format as the command does, and print its memory and its size."""
    from flask.cli import ScriptInfo

    from consult import create_app
    from consult.commands import command_line

    output = folder / f"out.{form}"
    arguments = ["export", SLUG, "--raw", "--format", form, "--output", str(output)]
    command_line().main(arguments, standalone_mode=False, obj=ScriptInfo(create_app=create_app))
    size = sum(one.stat().st_size for one in folder.glob(f"out*.{form}"))
    print(f"{needed()}, {size / 1e6:.0f} MB in files")


def needed() -> str:
    """What this process took of a processor, and of memory at most."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    # `ru_maxrss` begins with what the process that started this one had; this begins with the program itself.
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    most = int(status["VmHWM"].split()[0])
    return f"{used.ru_utime + used.ru_stime:.1f} s of a processor, {most / 1024:.0f} MB of memory at most"


def main(responses: int = MILLION) -> None:
    """Both databases."""
    folder = Path(tempfile.mkdtemp(prefix="consult-export-"))
    base = {**os.environ, "CONSULT_ENV": "development", "CONSULT_INSTANCE": str(folder / "sqlite")}
    base.pop("CONSULT_DATABASE_URL", None)
    try:
        run(base, responses, "SQLite")
        shutil.rmtree(folder / "sqlite")
        with throwaway_cluster() as cluster:
            if cluster is None:
                print("    PostgreSQL: no server found on this machine, so not measured")
                return
            environ = {**base, "CONSULT_INSTANCE": str(folder / "postgres"), "CONSULT_DATABASE_URL": cluster.url}
            run(environ, responses, "PostgreSQL")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--loop"]:
        print(*loop(), needed(), sep=", ")
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else MILLION)
