"""Kept once acknowledged: servers, database and the settling job are killed while people send."""

from __future__ import annotations

import random
import subprocess
import time

from tests.soak.people import Ledger, counted, crowd, lost_or_double
from tests.soak.site import Site

PEOPLE = 8
#: A busy machine goes on until so many were thanked, or so many seconds more have passed.
LEAST = 60
PATIENCE = 120


def run(site: Site, *, seconds: float, seed: int = 1) -> list[str]:
    """Kill something every half second or so; gives what was wrong, and prints the figures."""
    chance = random.Random(seed)
    site.prepare()
    site.serve()
    site.work()
    ledger = Ledger()
    until = time.monotonic() + seconds
    over = False
    threads = crowd(site, ledger, people=PEOPLE, until=lambda: over)
    kills = {"worker": 0, "master": 0, "settling": 0, "the loop of sweeps": 0}
    if site.server is not None:
        kills |= {"database": 0, "connection": 0}
    settling: subprocess.Popen[bytes] | None = None
    while time.monotonic() < until or (len(ledger.thanked) < LEAST and time.monotonic() < until + PATIENCE):
        time.sleep(chance.uniform(0.1, 0.7))
        what = chance.choices(list(kills), [6, 2, 6, 1, 2, 3][: len(kills)])[0]
        kills[what] += 1
        if what == "worker":
            site.kill_worker_process(chance.choice)
        elif what == "master":
            site.kill_gunicorn()
            site.serve()
        elif what == "settling":
            settling = site.start_consult("settle", "promises")
            time.sleep(chance.uniform(0.9, 2.5))
            settling.kill()
            settling.communicate()
        elif what == "the loop of sweeps" and site.worker is not None:
            site.worker.kill()
            site.worker.wait()
            site.work()
        elif what == "database":
            site.kill_database()
        elif what == "connection":
            site.kill_connection()
    over = True
    for thread in threads:
        thread.join(timeout=180)
    found = counted(site)
    print(f"  killed: {', '.join(f'{what} {number}' for what, number in kills.items())}")
    print(
        f"  {ledger.count()}; {sum(found.values())} in the export,",
        f"of them {sum(found[one] for one in ledger.unsure)} unsure",
    )
    wrong = lost_or_double(ledger, found)
    if any(thread.is_alive() for thread in threads):
        wrong.append("somebody never got an answer")
    if len(ledger.thanked) < LEAST:
        wrong.append("hardly anybody could send, so this shows nothing")
    return wrong
