"""People answer for a long time: nothing may be lost, and no process may go on growing."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench import family
from tests.soak.people import Ledger, counted, crowd, lost_or_double
from tests.soak.site import Site

#: How much the largest process may grow after the first tenth of the time.
GROWTH = 1.25
PEOPLE = 4
LOOKS = 20


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


def run(site: Site, *, seconds: float) -> list[str]:
    """Let people answer, and look at the largest process as it goes; gives what was wrong."""
    site.prepare(pages=4)
    site.serve()
    site.work()
    ledger, sizes = Ledger(), []
    began = time.monotonic()
    threads = crowd(
        site, ledger, people=PEOPLE, until=lambda: time.monotonic() - began > seconds, give_up=0.0, away=0.0
    )
    while any(thread.is_alive() for thread in threads):
        for thread in threads:
            thread.join(seconds / LOOKS / PEOPLE)
        assert site.gunicorn is not None
        sizes.append(resident(family(site.gunicorn.pid)))
        passed = time.monotonic() - began
        print(
            f"  {passed:6.0f} s  {len(ledger.thanked):7} answered  largest process {sizes[-1] // 1024:5} MB", flush=True
        )
    wrong = lost_or_double(ledger, counted(site))
    settled = sizes[len(sizes) // 10 :]
    if settled and settled[-1] > settled[0] * GROWTH:
        wrong.append(f"the largest process grew from {settled[0] // 1024} to {settled[-1] // 1024} MB")
    return wrong
