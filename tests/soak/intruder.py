"""The motivated intruder of the tests, over and over on fresh data: who is lucky once must not be lucky always."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from consult.config import ROOT

OPTIONS = ("-q", "-p", "no:cacheprovider", "--timeout", "7200")
FILES = ("tests/answering/test_intruder.py", "tests/answering/test_insiders.py", "tests/keying/test_intruder.py")


def run(database: str, *, rounds: int) -> list[str]:
    """So many rounds of six hundred people and seven sweeps; sentences for what was wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, *FILES, "-k", "not naive"],
        env={
            **os.environ,
            "CONSULT_FIGURES": "1",
            "CONSULT_INTRUDER_ROUNDS": str(rounds),
            "CONSULT_TEST_DATABASES": "both" if database == "postgres" else "sqlite",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    told = ("of ", "with the key files", "whoever sent", "smallest set")
    for line in done.stdout.splitlines():
        if line.startswith(told) or re.search(r"\d+ passed", line):
            print(f"  {line}")
    return [] if done.returncode == 0 else [done.stdout[-2_000:]]
