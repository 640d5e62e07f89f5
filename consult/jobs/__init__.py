"""Work off the request: sweeps over rows that say what is still to do. The database is the queue.

A sweep is a function without arguments that does what is due and may be killed anywhere: whatever it left undone is
still to be found in the rows. Rooms add theirs with `add_sweep`; `consult worker` runs them in a loop.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import text

from consult.extensions import db
from consult.storage import writing

Sweep = Callable[[], object]
_sweeps: dict[str, Sweep] = {}


def add_sweep(name: str, sweep: Sweep) -> None:
    """Let the worker run `sweep` again and again; the name is also that of its lock."""
    _sweeps[name] = sweep


def sweeps() -> dict[str, Sweep]:
    """Every sweep by its name."""
    return dict(_sweeps)


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """Hold the lock of a sweep; False when another worker or command has it.

    On PostgreSQL an advisory lock of a transaction of its own, which works behind a transaction pooler and is gone when
    we are; on SQLite, where everything is on one machine, a lock on a file.
    """
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(f"consult sweep {name}".encode()).digest()[:8], "big", signed=True)
        with db.engine.connect() as connection:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield bool(
                connection.execute(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": number}).scalar()
            )
        return
    folder = current_app.config["CONSULT"].instance / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name.replace(" ", "-")).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def saving() -> Iterator[None]:
    """One transaction of a sweep: committed at the end, rolled back when anything goes wrong."""
    db.session.rollback()
    try:
        with writing():
            yield
            db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
