"""`python -m tests.soak [PROMISE …]`: every promise at full length, on both databases."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.soak import closing, full, growing, intruder, killed, once, silence
from tests.soak.site import DATABASES, Site, site

PROMISES: dict[str, Callable[[Site, float], list[str]]] = {
    "killed": lambda where, length: killed.run(where, seconds=600 * length),
    "closing": lambda where, length: closing.run(where, people=200, seconds=60 * length),
    "once": lambda where, length: once.run(where, drafts=max(1, int(20 * length))),
    "full": lambda where, length: full.run(where, people=max(10, int(100 * length))),
    "silence": lambda where, length: silence.run(where, people=max(12, int(200 * length))),
    "growing": lambda where, length: growing.run(where, seconds=600 * length),
}
#: The intruder needs no servers: it is the one of the tests, with more rounds.
INTRUDER = "intruder"


def main() -> int:
    """The exit status says whether anything was wrong."""
    parser = argparse.ArgumentParser(description="Promises, tried for a long time.")
    parser.add_argument(
        "promises", nargs="*", metavar="PROMISE", help=f"of {', '.join([*PROMISES, INTRUDER])}; default all"
    )
    parser.add_argument("--length", type=float, default=1.0, help="1 is the full length, 0.1 a tenth of it")
    parser.add_argument("--database", choices=DATABASES, action="append", help="default both")
    chosen = parser.parse_args()
    unknown = set(chosen.promises) - {*PROMISES, INTRUDER}
    if unknown:
        parser.error(f"no such promise: {', '.join(sorted(unknown))}")
    wrong = 0
    for name in chosen.promises or (*PROMISES, INTRUDER):
        for database in chosen.database or DATABASES:
            print(f"{name}, {database}", flush=True)
            if name == INTRUDER:
                wrong += said(intruder.run(database, rounds=max(1, int(20 * chosen.length))))
                continue
            parent = full.small_disk() if name == "full" else None
            if name == "full" and parent is None:
                print("  not tried: a small disk cannot be made here (it takes the right to mount one)")
                continue
            try:
                with site(database, parent=parent) as made:
                    if made is None:
                        print("  not tried: PostgreSQL cannot be started here")
                        continue
                    sentences = PROMISES[name](made, chosen.length)
            finally:
                if parent is not None:
                    full.give_back(Path(parent))
            wrong += said(sentences)
    print("Every promise was kept." if not wrong else f"{wrong} things were wrong.")
    return 1 if wrong else 0


def said(sentences: list[str]) -> int:
    """Print what was wrong; gives how many things."""
    for sentence in sentences:
        print(f"  WRONG: {sentence}")
    return len(sentences)


if __name__ == "__main__":
    sys.exit(main())
