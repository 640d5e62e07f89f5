"""The loop that runs every sweep: any number of them may run on PostgreSQL, one on SQLite."""

from __future__ import annotations

import signal
import threading
import traceback
from types import FrameType

import structlog
from flask import Flask

from consult import jobs
from consult.extensions import db

#: Seconds between two looks at what is due.
PAUSE = 15.0


def run(app: Flask, *, pause: float = PAUSE) -> None:
    """Run until told to stop by SIGTERM or SIGINT; a sweep that has begun is finished first."""
    stop = threading.Event()

    def told_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told_to_stop)
    structlog.get_logger().info("worker started", sweeps=list(jobs.sweeps()))
    while not stop.is_set():
        run_once(app, stop)
        stop.wait(pause)


def run_once(app: Flask, stop: threading.Event | None = None) -> dict[str, str]:
    """One look: run every sweep that nobody else runs, and say how each went.

    One that fails keeps no other from running. What went wrong is told by its kind and place, never in its own words,
    which may quote somebody's answers.
    """
    went: dict[str, str] = {}
    log = structlog.get_logger()
    for name, sweep in jobs.sweeps().items():
        if stop is not None and stop.is_set():
            break
        with app.app_context():
            try:
                with jobs.only_one(name) as ours:
                    went[name] = "done" if ours else "busy"
                    if ours:
                        sweep()
            except Exception as error:
                db.session.rollback()
                last = traceback.extract_tb(error.__traceback__)[-1]
                went[name] = type(error).__name__
                log.error(
                    "sweep failed", sweep=name, error=type(error).__name__, place=f"{last.filename}:{last.lineno}"
                )
            finally:
                db.session.remove()
    return went
