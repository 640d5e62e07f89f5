"""The closing hour: two hundred people in the last minute; who began in time has the grace they were told of."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime, timedelta

from tests.soak.people import Ledger, Respondent, Unkind, counted, lost_or_double
from tests.soak.site import SLUG, Site, percentiles


def run(site: Site, *, people: int, seconds: float) -> list[str]:
    """Everybody begins in the last `seconds` before closing, a third of them sends after it; latecomers are told."""
    site.prepare()
    site.serve()
    seconds = max(seconds, people * _pace(site))
    closes = time.time() + seconds
    _closes(site, closes)
    ledger, late = Ledger(), Ledger()
    refused = 0
    lock = threading.Lock()

    def answer(number: int) -> None:
        choose = random.Random(number)
        time.sleep(choose.uniform(0, max(0.0, closes - time.time() - seconds * 0.3)))
        respondent = Respondent(site.port, number, ledger)
        respondent.allowed = {503}
        try:
            action, form = respondent.reach_check()
            if time.time() < closes and number % 3 == 0:
                time.sleep(max(0.0, closes - time.time()) + choose.uniform(0.1, 2))
            fields = "&".join(
                f"{one.get('name')}={one.get('value')}" for one in form.all("input") if one.get("type") == "hidden"
            )
            respondent.ask("POST", action, fields)
            ledger.note("thanked", respondent.mark)
        except Exception as error:
            if not respondent.cookies and time.time() > closes:
                # A busy machine let them in only when it had closed: they are latecomers.
                ledger.note("away", respondent.mark)
                return
            with ledger.lock:
                ledger.trouble.append(f"{type(error).__name__}: {error}")

    def come_late(number: int) -> None:
        nonlocal refused
        time.sleep(max(0.0, closes - time.time()) + 1 + number * 0.02)
        respondent = Respondent(site.port, number, late)
        respondent.allowed = {409}
        _path, page, status = respondent.once("POST", f"/consultations/{SLUG}/answer", "begin=1")
        if status == 409 and "not open" in page:
            with lock:
                refused += 1
        elif status >= 500:
            late.trouble.append(str(Unkind(f"a latecomer got {status}")))

    threads = [threading.Thread(target=answer, args=(number,), daemon=True) for number in range(people)]
    threads += [threading.Thread(target=come_late, args=(number,), daemon=True) for number in range(people // 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=seconds + 300)
    _closes(site, time.time() - 2 * 3600)
    found = counted(site)
    print(
        f"  {people} people in the last {seconds:.0f} s: {ledger.count()};",
        f"{refused} of {people // 4} latecomers were told",
    )
    print(f"  a request took: {percentiles(ledger.seconds)}")
    wrong = [*lost_or_double(ledger, found), *late.trouble]
    if len(ledger.thanked) + len(ledger.away) != people:
        wrong.append(f"{people - len(ledger.thanked) - len(ledger.away)} people who began in time could not send")
    if len(ledger.thanked) < people // 4:
        wrong.append("hardly anybody began in time, so this shows nothing")
    if refused != people // 4:
        wrong.append(f"{people // 4 - refused} latecomers were not told that it has closed")
    return wrong


def _pace(site: Site) -> float:
    """How long one person needs just now: a busy machine has a longer last minute."""
    began = time.monotonic()
    for number in range(3):
        Respondent(site.port, 90_000 + number, Ledger()).reach_check()
    return (time.monotonic() - began) / 3


def _closes(site: Site, moment: float) -> None:
    """Let the consultation have been open for a day, and close at a moment."""
    closes = datetime.fromtimestamp(moment, UTC)
    written = [one.strftime("%Y-%m-%d %H:%M:%S.%f") for one in (closes - timedelta(days=1), closes)]
    site.change(
        "UPDATE consultations SET opens_at = :opens, closes_at = :closes WHERE slug = :slug",
        opens=written[0],
        closes=written[1],
        slug=SLUG,
    )
