"""`python -m tests.corpus FOLDER RESPONDENT`: every form of a folder brought in, answered, settled and written out.

FOLDER holds XLSForms; RESPONDENT is the Python file of a respondent that knows nothing of us: it offers
`journey(options, number)`, `encode(form, pairs, random)` and the class `Raw` with `send(method, url, headers, body)`.
What it sent is kept here as it leaves, and compared with what `consult export --raw` writes: rows, every option of
every question, every number, every text.

`python -m tests.corpus --folder 2-limesurvey` only brings in the files of a folder of the material, of any format, and
prints for each how many questions, options and texts were kept and how many lines its report has.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

#: What others made, where it lies beside the checkout.
MATERIAL = Path(__file__).resolve().parents[2] / "shared" / "material"
LABELS = ("revision", "language", "channel", "segment")
#: A message beside a field, or in the summary above the form.
MESSAGE = re.compile(
    r'class="nhsuk-error-message"[^>]*>(?:\s*<span[^>]*>[^<]*</span>)?(.*?)</(?:span|p|div)>', re.DOTALL
)
INPUT = re.compile(r'<(?:input|textarea)[^>]*nhsuk-(?:input|textarea)--error[^>]*\bname="([^"]+)"')


@dataclass
class Sent:
    """What one person sent: the pairs of each question page (the last time it was sent), and what was refused."""

    pages: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple[str, str, str]]:
        """Kind of field, its name, its value."""
        for page in self.pages.values():
            yield from page


@dataclass
class Row:
    """One line of the table."""

    name: str
    refusal: str = ""
    questions: int = 0
    languages: int = 0
    losses: int = 0
    completed: int = 0
    rows: int = 0
    differences: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def settled(self, count: int) -> bool:
        """Whether everything sent came out again."""
        return not self.refusal and self.completed == count == self.rows and not self.differences


def consult(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One command of ours."""
    return subprocess.run([sys.executable, "-m", "consult", *words], env=environ, capture_output=True, text=True)


def load(path: Path) -> ModuleType:
    """The respondent, from wherever it lies."""
    spec = importlib.util.spec_from_file_location("respondent", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Watch:
    """Stands between the respondent and the wire, and keeps what each person sent."""

    def __init__(self, respondent: Any) -> None:
        self.sent = Sent()
        self.respondent = respondent
        encode, send = respondent.encode, respondent.Raw.send
        watch = self

        def keep(form: Any, pairs: list[tuple[str, str]], random: Any) -> Any:
            kinds = {one["name"]: one["kind"] for one in form.fields}
            address = urlsplit(form.a.get("action", "")).path
            step = address.rsplit("/", 1)[-1]
            if "/answer/" in address and step not in ("check", "equality", "done", "save"):
                watch.sent.pages[address] = [
                    (kinds[name], name, value) for name, value in pairs if kinds.get(name, "hidden") != "hidden"
                ]
            return encode(form, pairs, random)

        async def overhear(raw: Any, *words: Any) -> Any:
            answer = await send(raw, *words)
            if answer[0] >= 400:
                watch.sent.refused += reasons(answer[2].decode("utf-8", "replace")) or [f"status {answer[0]}"]
            return answer

        respondent.encode, respondent.Raw.send = keep, overhear

    def crowd(self, url: str, count: int, *, pages: int, seed: str) -> Iterator[tuple[str | None, Sent]]:
        """One person after another: why each stopped before the done page, if so, and what was sent."""
        options = SimpleNamespace(
            url=url, mode="journey", client="raw", timeout=60, ca=None, done=re.compile('data-page="done"'), skip=None,
            button=None, form=None, start=re.compile("start|begin|continue", re.I), max_pages=pages, think=0,
            no_gzip=False, dump=None, seed=seed,
        )  # fmt: skip
        for number in range(count):
            self.sent = Sent()
            result = asyncio.run(self.respondent.journey(options, number))
            yield result["error"], self.sent


def reasons(page: str) -> list[str]:
    """The messages of a page that refused an answer, with the fields they stand at."""
    fields = ", ".join(INPUT.findall(page))
    told = []
    for message in MESSAGE.findall(page):
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", message)).split()).removeprefix("Error").strip(": ")
        told.append(f"{fields}: {words}" if fields else words)
    return told[:1]


def differences(
    sent: list[Sent], rows: list[dict[str, Any]], comments: list[dict[str, str]], personal: set[str]
) -> list[str]:
    """What was sent and did not come out, or came out and was not sent; answers that name people never come out."""
    columns = {name for row in rows for name in row if name not in LABELS}
    several = {name.split("/")[0] for name in columns if "/" in name}
    given: Counter[tuple[str, str]] = Counter()
    texts: Counter[str] = Counter()
    spare: Counter[str] = Counter()
    for one in sent:
        answers: Counter[tuple[str, str]] = Counter()
        moments: dict[str, dict[str, str]] = {}
        for kind, name, value in one.pairs():
            question, _, part = name.partition("--")
            if question in personal:
                continue
            if part in ("day", "month", "year", "hour", "minute") and question in columns:
                moments.setdefault(question, {})[part] = value
            elif kind in ("radio", "checkbox", "select"):
                answers[(f"{question}/{part}", value) if part else (question, value)] += 1
            elif question in columns or question in several:
                if name in columns:
                    answers[name, value] += 1
                elif value.strip():
                    spare[value.strip()] += 1
            elif value.strip():
                texts[value.strip()] += 1
        for name, parts in moments.items():
            answers[name, moment(parts)] += 1
        given.update(dict.fromkeys(answers, 1))
    came: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for name, value in row.items():
            question, _, part = name.partition("/")
            if name in LABELS or value is None:
                continue
            if part and value in (0, 1):
                came[question, part] += int(value)
            else:
                came[name, number(value)] += 1
    found = [
        f"{name} = {value}: sent {given[name, value]}, written {came[name, value]}"
        for name, value in sorted({*given, *came})
        if value and given[name, value] != came[name, value]
    ]
    written = Counter(one["comment"].strip() for one in comments)
    found += [f"not written: {text}" for text in (texts - written)]
    found += [f"not sent: {text}" for text in (written - texts - spare)]
    return found


def moment(parts: dict[str, str]) -> str:
    """A date or a time as it is kept."""
    if "year" in parts:
        return f"{int(parts['year']):04}-{int(parts['month']):02}-{int(parts['day']):02}"
    return f"{int(parts['hour']):02}:{int(parts['minute']):02}"


def number(value: Any) -> str:
    """A cell as it was typed."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


@contextmanager
def served(environ: dict[str, str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Our server, until the block ends."""
    words = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}", "wsgi:app"]
    with log.open("w") as written:
        server = subprocess.Popen(words, env=environ, stdout=written, stderr=written)
        try:
            for _ in range(100):
                with socket.socket() as door:
                    if not door.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.2)
            yield server
        finally:
            server.terminate()
            server.wait(timeout=30)


def answer(path: Path, slug: str, watch: Watch, environ: dict[str, str], options: argparse.Namespace) -> Row:
    """Bring one file in, have it answered, count and write it."""
    made = consult(environ, "import", str(path), "--group", options.group, "--slug", slug, "--open")
    if made.returncode:
        return Row(path.name, refusal=(made.stderr.strip() or f"status {made.returncode}").removeprefix("Error: "))
    told = json.loads(made.stdout)
    row = Row(path.name, "", told["questions"], len(told["languages"]), len(told["losses"]))
    url = f"http://127.0.0.1:{options.port}/consultations/{slug}/answer"
    sent = []
    for error, one in watch.crowd(url, options.count, pages=options.max_pages, seed=options.seed):
        if error is None:
            sent.append(one)
        else:
            row.reasons[" / ".join(one.refused) or error] += 1
    row.completed = len(sent)
    consult(environ, "settle", slug, "--now")
    output = Path(environ["CONSULT_INSTANCE"]) / f"{slug}.json"
    written = consult(environ, "export", slug, "--format", "json", "--raw", "--output", str(output))
    if written.returncode:
        row.reasons[written.stderr.strip().removeprefix("Error: ")] += 1
        return row
    definition = output.with_name(f"{slug}-questionnaire.json")
    consult(environ, "questionnaire", slug, "--output", str(definition)).check_returncode()
    asked = [one for page in json.loads(definition.read_text())["pages"] for one in page["questions"]]
    personal = {one["key"] for one in asked if one.get("personal")}
    rows = json.loads(output.read_text())
    comments = json.loads(output.with_name(f"{slug}-comments.json").read_text())
    row.rows, row.differences = len(rows), differences(sent, rows, comments, personal)
    return row


def alone(path: Path, slug: str, watch: Watch, environ: dict[str, str], options: argparse.Namespace) -> Row:
    """One file with a server of its own; again, and said aloud, where somebody stopped the server meanwhile."""
    for tried in range(3):
        with served(environ, options.port, Path(environ["CONSULT_INSTANCE"]) / "server.log") as server:
            row = answer(path, f"{slug}-{tried}", watch, environ, options)
            ended = server.poll()
        if ended is None:
            break
        print(f"{path.name}: the server ended with {ended} while it was answered", file=sys.stderr, flush=True)
    return row


def line(row: Row, count: int) -> str:
    """A line of the Markdown table."""
    if row.refusal:
        return f"| {row.name} | | | | | | Refused: {row.refusal.replace('|', '/')} |"
    why = "; ".join(f"{many} × “{words}”" for words, many in row.reasons.most_common(3))
    if row.differences:
        why += f" {len(row.differences)} differences: {'; '.join(row.differences[:3])}"
    counts = f"{row.completed}/{count} | {row.rows}"
    return f"| {row.name} | {row.questions} | {row.languages} | {row.losses} | {counts} | {why.replace('|', '/')} |"


def brought_in(folder: Path, only: str) -> int:
    """Print for each file of a folder what `consult import` says was kept, or why it was refused."""
    from consult.exchange.files import read_path
    from consult.exchange.losses import CHANGED, LOST, NOTE, Refused

    print("| File | Questions | Options and rows | Texts kept | Left out | Asked differently | Good to know |")
    print("|---|--:|--:|---|--:|--:|--:|")
    files = [one for one in sorted(folder.glob("**/*")) if one.is_file() and re.search(only, one.name)]
    refused = 0
    for path in files:
        try:
            imported = read_path(path)
        except Refused as refusal:
            refused += 1
            print(f"| {path.name} | | | Refused: {refusal.message.replace('|', '/')} | | | |")
            continue
        texts = ", ".join(f"{language} {count}" for language, count in imported.translations.items())
        told = [sum(loss.severity == one for loss in imported.losses) for one in (LOST, CHANGED, NOTE)]
        counts = " | ".join(map(str, told))
        print(f"| {path.name} | {imported.questions} | {imported.options} | {texts} | {counts} |")
    print(f"\n{len(files) - refused} of {len(files)} files were brought in.")
    return 0


def main() -> int:
    """Print the table; fails where fewer than `--least` forms came through whole."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__.splitlines()[0])
    parser.add_argument("forms", type=Path, nargs="?", help="the folder of the forms")
    parser.add_argument("respondent", type=Path, nargs="?")
    parser.add_argument("--folder", help="only bring in the files of this folder of the material beside the checkout")
    parser.add_argument("--only", default="", help="files whose name fits this regular expression")
    parser.add_argument("--count", type=int, default=50, help="people for each form")
    parser.add_argument("--max-pages", type=int, default=400)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--port", type=int, default=8200)
    parser.add_argument("--group", default="purbeck")
    parser.add_argument("--least", type=int, default=36)
    options = parser.parse_args()
    if options.folder:
        return brought_in(MATERIAL / options.folder, options.only)
    if options.forms is None or options.respondent is None:
        parser.error("a folder of forms and a respondent are needed, or --folder")
    files = sorted(one for one in options.forms.glob("**/*") if one.suffix in (".xls", ".xlsx"))
    files = [one for one in files if re.search(options.only, one.name)]
    watch, through = Watch(load(options.respondent)), 0
    with tempfile.TemporaryDirectory() as instance:
        environ = {**os.environ, "CONSULT_RATE_LIMITS": "off", "CONSULT_ENV": "development"}
        environ.setdefault("CONSULT_INSTANCE", instance)
        for words in (["db", "upgrade"], ["demo"]):
            consult(environ, *words).check_returncode()
        print("| File | Questions | Languages | Losses | Completed | Rows written | |")
        print("|---|--:|--:|--:|--:|--:|---|", flush=True)
        for at, path in enumerate(files):
            row = alone(path, f"x-{at}-{time.time_ns() // 10**9}", watch, environ, options)
            through += row.settled(options.count)
            print(line(row, options.count), flush=True)
    print(f"\n{through} of {len(files)} files were answered {options.count} times and written out as they were sent.")
    return 0 if through >= min(options.least, len(files)) else 1


if __name__ == "__main__":
    sys.exit(main())
