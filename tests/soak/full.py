"""A full disk: people are told to try again, nothing they saved is lost, and all goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from tests.soak.people import Ledger, Respondent, counted, lost_or_double
from tests.soak.site import Site

#: Room for a small site; a database server takes more to begin with.
SIZE = "160m"


def small_disk() -> Path | None:
    """A disk of its own in memory; None where none may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="consult-small-disk-"))
    if os.geteuid() == 0 and shutil.which("mount"):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=1777", "tmpfs", folder], check=False)
        if done.returncode == 0:
            return folder
    folder.rmdir()
    return None


def give_back(folder: Path) -> None:
    """Take the disk away again."""
    subprocess.run(["umount", "-l", folder], check=False)
    folder.rmdir()


def fill(folder: Path) -> Path:
    """Write until nothing more goes on this disk; gives the file to delete."""
    stuffing = folder / "stuffing"
    size = 1 << 20
    with stuffing.open("ab", buffering=0) as opened:
        while size:
            try:
                opened.write(b"\0" * size)
            except OSError:
                size //= 2
    return stuffing


def run(site: Site, *, people: int) -> list[str]:
    """Half the people are in the middle when the disk is full; they press again until there is room."""
    site.prepare()
    site.serve()
    disk = site.server.data.parent if site.server and site.server.data else site.folder
    ledger, wrong = Ledger(), []
    for number in range(20):
        Respondent(site.port, number, ledger).send()
    waiting = [Respondent(site.port, 100 + number, ledger) for number in range(people)]
    ready = [(one, *one.reach_check()) for one in waiting]
    stuffing = fill(disk)
    statuses: dict[int, int] = {}
    for one, action, form in ready:
        fields = "&".join(
            f"{each.get('name')}={each.get('value')}" for each in form.all("input") if each.get("type") == "hidden"
        )
        _path, page, status = one.once("POST", action, fields)
        statuses[status] = statuses.get(status, 0) + 1
        if status == 200:
            ledger.note("thanked", one.mark)
        elif status != 503 or "try again" not in page.lower():
            wrong.append(f"with a full disk the page said {status}, and not that they should try again")
    stuffing.unlink()
    print(f"  with a full disk {people} people sending were answered: {statuses}")
    if 503 not in statuses:
        wrong.append("the disk was never full for anybody, so this shows nothing")
    if site.server is not None:
        _wait_for_database(site)

    def again(one: Respondent, action: str, fields: str) -> None:
        try:
            one.ask("POST", action, fields)
            ledger.note("thanked", one.mark)
        except Exception as error:
            with ledger.lock:
                ledger.trouble.append(f"{type(error).__name__}: {error}")

    threads = []
    for one, action, form in ready:
        fields = "&".join(
            f"{each.get('name')}={each.get('value')}" for each in form.all("input") if each.get("type") == "hidden"
        )
        threads.append(threading.Thread(target=again, args=(one, action, fields), daemon=True))
        threads[-1].start()
    for thread in threads:
        thread.join(timeout=120)
    found = counted(site)
    print(f"  with room again: {ledger.count()}; {sum(found.values())} in the export")
    if len(ledger.thanked) != people + 20:
        wrong.append(f"{people + 20 - len(ledger.thanked)} people could not send when there was room again")
    return [*wrong, *lost_or_double(ledger, found)]


def _wait_for_database(site: Site) -> None:
    """PostgreSQL stops when it cannot write its log; whoever looks after the machine starts it again."""
    if site.server is None or site.server.data is None:
        return
    try:
        pid = site.server.pid
        os.kill(pid, 0)
    except (OSError, ValueError):
        site.kill_database()
