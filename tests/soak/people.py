"""People who answer, mark what they say so that it can be found again, and remember what they were told."""

from __future__ import annotations

import csv
import http.client
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urljoin

from tests.bench import Visitor
from tests.client import Element, parse
from tests.soak.site import SLUG, Site

#: Pages that say the answers have been sent.
THANKED = ('data-page="done"', 'data-page="equality')
#: Seconds between two tries.
PAUSE = 0.15


class Unkind(AssertionError):
    """The site answered with something nobody should see."""


@dataclass
class Ledger:
    """What people were told, by their marks; several people write at once."""

    #: saw that their answers have been sent
    thanked: set[str] = field(default_factory=set)
    #: pressed send and gave up before they were told anything
    unsure: set[str] = field(default_factory=set)
    #: began and went away without pressing send
    away: set[str] = field(default_factory=set)
    #: by status, what was answered instead of a page
    refusals: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    trouble: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, where: str, mark: str) -> None:
        with self.lock:
            getattr(self, where).add(mark)

    def count(self) -> str:
        """In one line."""
        refused = ", ".join(f"{number} × {status}" for status, number in sorted(self.refusals.items())) or "none"
        return (
            f"{len(self.thanked)} thanked, {len(self.unsure)} unsure, {len(self.away)} went away; "
            f"connections lost {self.broken}, refusals: {refused}"
        )


class Respondent(Visitor):
    """A browser whose user presses the button again when the connection breaks."""

    def __init__(self, port: int, seed: int, ledger: Ledger, *, slug: str = SLUG) -> None:
        super().__init__(port, seed)
        self.ledger = ledger
        self.slug = slug
        self.mark = f"mark{secrets.token_hex(12)}"
        self.allowed = {409, 503}
        self.headers: dict[str, str] = {}

    def once(self, method: str, path: str, body: str = "") -> tuple[str, str, int]:
        """One request with the redirects after it; raises OSError where the connection breaks."""
        for _ in range(10):
            headers = {"Connection": "close", **self.headers}
            if self.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            began = time.monotonic()
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                text = answer.read().decode()
            finally:
                connection.close()
            with self.ledger.lock:
                self.ledger.seconds.append(time.monotonic() - began)
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            if answer.status in (302, 303):
                path, method, body = urljoin(path, answer.getheader("Location") or "/"), "GET", ""
                continue
            return path, text, answer.status
        raise Unkind("too many redirects")

    def ask(
        self, method: str, path: str, body: str = "", *, patient: Callable[[], bool] = lambda: True
    ) -> tuple[str, str]:
        """Try until there is a page; raises OSError when `patient` says to give up."""
        while True:
            try:
                where, text, status = self.once(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                with self.ledger.lock:
                    self.ledger.broken += 1
                if not patient():
                    raise OSError("given up") from error
                time.sleep(PAUSE)
                continue
            if status == 200:
                return where, text
            with self.ledger.lock:
                self.ledger.refusals[status] += 1
            if status not in self.allowed:
                raise Unkind(f"{method} {path}: {status}")
            if not patient():
                raise OSError("given up")
            time.sleep(PAUSE)

    def answers(self, form: Element) -> list[tuple[str, str]]:
        """As anybody, with the mark in every box for words."""
        boxes = {one.get("name") for one in form.all("textarea")}
        return [(name, self.mark if name in boxes else value) for name, value in super().answers(form)]

    def reach_check(self) -> tuple[str, Element]:
        """Everything up to check-your-answers."""
        path, page = self.ask("GET", f"/consultations/{self.slug}/answer")
        for _ in range(40):
            form = next(one for one in parse(page).all("form") if one.get("method") == "post")
            if 'data-page="check"' in page:
                return urljoin(path, form.get("action")), form
            path, page = self.ask("POST", urljoin(path, form.get("action")), urlencode(self.answers(form)))
        raise Unkind("never came to check-your-answers")

    def send(self, *, give_up: float = 0.0) -> None:
        """The whole way; with the chance `give_up` they try sending only once."""
        action, form = self.reach_check()
        fields = [(one.get("name"), one.get("value")) for one in form.all("input") if one.get("type") == "hidden"]
        one_try = self.random.random() < give_up
        try:
            _path, page = self.ask("POST", action, urlencode(fields), patient=lambda: not one_try)
        except OSError:
            self.ledger.note("unsure", self.mark)
            return
        if not any(sign in page for sign in THANKED):
            raise Unkind("sent, and not thanked")
        self.ledger.note("thanked", self.mark)


def crowd(
    site: Site, ledger: Ledger, *, people: int, until: Callable[[], bool], give_up: float = 0.2, away: float = 0.1
) -> list[threading.Thread]:
    """So many people at a time, one after another, until told to stop; they are running when this returns."""

    def answer(number: int) -> None:
        choose = random.Random(number)
        seed = number * 1_000_000
        while not until():
            seed += 1
            respondent = Respondent(site.port, seed, ledger)
            try:
                if choose.random() < away:
                    respondent.reach_check()
                    ledger.note("away", respondent.mark)
                else:
                    respondent.send(give_up=give_up)
            except Exception as error:
                with ledger.lock:
                    ledger.trouble.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=answer, args=(number,), daemon=True) for number in range(people)]
    for thread in threads:
        thread.start()
    return threads


def counted(site: Site, slug: str = SLUG) -> Counter[str]:
    """How often each mark stands in the export of everything settled."""
    site.consult("settle", slug, "--now")
    output = site.folder / f"{slug}-export.csv"
    site.consult("export", slug, "--format", "csv", "--raw", "--output", str(output))
    found: Counter[str] = Counter()
    for file in sorted(site.folder.glob(f"{slug}-export*.csv")):
        found.update(marks_in(file))
    return found


def marks_in(file: Path) -> Counter[str]:
    """The marks in one file of comments, one for each person: everybody says the mark in two boxes."""
    found: Counter[str] = Counter()
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.DictReader(opened)
        for row in rows:
            if row.get("question") == "q11":
                found.update(value for value in row.values() if value and value.startswith("mark"))
    return found


def lost_or_double(ledger: Ledger, found: Counter[str]) -> list[str]:
    """What was wrong, as sentences: thanked and not there, there twice, or there without having been sent."""
    wrong = [f"trouble: {ledger.trouble[0]} ({len(ledger.trouble)} in all)"] if ledger.trouble else []
    lost = [mark for mark in ledger.thanked if found[mark] == 0]
    double = [mark for mark, times in found.items() if times > 1]
    uninvited = [mark for mark in found if mark not in ledger.thanked | ledger.unsure]
    if lost:
        wrong.append(f"{len(lost)} of {len(ledger.thanked)} people who were thanked are not in the export")
    if double:
        wrong.append(f"{len(double)} people are in the export more than once")
    if uninvited:
        wrong.append(f"{len(uninvited)} people are in the export who never pressed send")
    return wrong
