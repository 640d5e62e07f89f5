"""Silence: no file the servers wrote has the addresses, agents, codes and sentences that were used."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from tests.client import parse
from tests.soak.people import Ledger, Respondent, counted
from tests.soak.site import SLUG, Site

ADDRESS = "203.0.113.77"
AGENT = "SilentBrowser/9.1 (trial)"
REFERRER = "silent-referrer.example"
#: What breaks the inserts of one table on purpose; the row is in the database's hands when it fails.
BREAK = {
    "sqlite": "CREATE TRIGGER broken BEFORE INSERT ON ballots BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END",
    "postgres": "ALTER TABLE ballots ADD CONSTRAINT broken CHECK (false) NOT VALID",
}
MEND = {"sqlite": "DROP TRIGGER broken", "postgres": "ALTER TABLE ballots DROP CONSTRAINT broken"}


class Speaking(Respondent):
    """Somebody whose browser tells all it can, and who can be found again by every code they were given."""

    def __init__(self, port: int, seed: int, ledger: Ledger) -> None:
        super().__init__(port, seed, ledger)
        self.allowed = set()
        self.headers = {"User-Agent": AGENT, "X-Forwarded-For": ADDRESS, "Referer": f"https://{REFERRER}/page?secret=1"}
        self.told: set[str] = set()

    def once(self, method: str, path: str, body: str = "") -> tuple[str, str, int]:
        where, text, status = super().once(method, path, body)
        # Numbers to come back with and receipts stand alone, in groups.
        self.told |= set(re.findall(r"\b(?:\d{4} ){4}\d\b", text))
        self.told |= {one.replace(" ", "") for one in self.told}
        self.told |= set(re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,}\b", text))
        return where, text, status

    def save_for_later(self) -> None:
        """Ask for a come-back number on the first page of questions."""
        _path, page = self.ask("GET", f"/consultations/{self.slug}/answer")
        form = next(one for one in parse(page).all("form") if one.get("method") == "post")
        self.ask("POST", f"/consultations/{self.slug}/answer", urlencode(self.answers(form)))
        _path, page = self.ask("GET", f"/consultations/{self.slug}/answer/save")
        form = next(
            (one for one in parse(page).all("form") if one.get("method") == "post" and "save" in one.get("action")),
            None,
        )
        if form is not None:
            self.ask("POST", f"/consultations/{self.slug}/answer/save", urlencode(self.answers(form)))


def run(site: Site, *, people: int) -> list[str]:
    """Answer, fail, answer again; then read every byte that was written anywhere."""
    site.environ["CONSULT_TRUSTED_PROXIES"] = "1"
    site.prepare()
    site.serve()
    kind = "sqlite" if site.server is None else "postgres"
    ledger, told, wrong = Ledger(), set(), []
    sent = []
    for number in range(people):
        one = Speaking(site.port, number, ledger)
        one.save_for_later()
        one.cookies = {}
        one.send()
        one.once("GET", f"/consultations/{SLUG}/answer/done")
        told |= one.told
        sent.append(one)
    site.change(BREAK[kind])
    failed = 0
    for number in range(10):
        one = Speaking(site.port, 10_000 + number, ledger)
        action, form = one.reach_check()
        fields = [(each.get("name"), each.get("value")) for each in form.all("input") if each.get("type") == "hidden"]
        failed += one.once("POST", action, urlencode(fields))[2] >= 500
        told |= one.told
        sent.append(one)
    one = Speaking(site.port, 20_000, ledger)
    one.once("POST", f"/consultations/{SLUG}/answer", "x=" + "\0broken" * 10)
    site.change(MEND[kind])
    site.stop_servers()
    if not failed:
        wrong.append("no insert failed, so that was not tried")
    if not told:
        wrong.append("nobody was given a code, so that was not tried")
    cookies = {value for one in sent for value in one.cookies.values() if len(value) > 20}
    never = {ADDRESS, AGENT, REFERRER, "SilentBrowser", *told, *cookies}
    words = {one.mark for one in sent}
    files = _files(site)
    found = _search(files, never | words)
    if not any(one.isdigit() and len(one) == 17 for one in told):
        wrong.append("nobody was given a number to come back with, so that was not tried")
    print(
        f"  {people} people and {failed} failed inserts:",
        f"{len(never)} addresses, agents and codes, {len(words)} sentences",
    )
    print(
        f"  looked for in {len(files)} files,",
        f"{sum(file.stat().st_size for file in files) // 1024} kB, before settling and after",
    )
    wrong += [f"“{what[:40]}” stands in {file}" for what, file in found]
    site.serve()
    exported = counted(site)
    site.stop_servers()
    if len(exported) < people:
        wrong.append("not everybody was settled, so the second look shows nothing")
    found = _search(_files(site), never)
    wrong += [f"after settling “{what[:40]}” stands in {file}" for what, file in found]
    # Settled words are in the database and in the export; nowhere else.
    outside = [file for file in _files(site) if file.is_relative_to(site.logs) or file.is_relative_to(site.temporary)]
    wrong += [f"after settling a sentence stands in {file}" for _what, file in _search(outside, words)]
    return wrong


def _files(site: Site) -> list[Path]:
    folders = [site.logs, site.instance, site.temporary]
    if site.server is not None and site.server.data is not None:
        folders.append(site.server.data.parent)
    return [one for folder in folders for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink()]


def _search(files: list[Path], wanted: set[str]) -> list[tuple[str, Path]]:
    needles = [one.encode() for one in sorted(wanted) if len(one) >= 6]
    if not needles:
        return []
    pattern = re.compile(b"|".join(re.escape(one) for one in needles))
    found = []
    for file in files:
        try:
            data = file.read_bytes()
        except OSError:
            continue
        found += [(hit.decode(), file) for hit in {match.group() for match in pattern.finditer(data)}]
    return found
