"""Opens wait in the memory of each server and are written together: a GET writes nothing."""

from __future__ import annotations

import atexit
import weakref
from collections import Counter
from datetime import datetime
from threading import Lock, Timer

import structlog
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from consult.extensions import db
from consult.promotion import actions
from consult.storage import writing

#: How many seconds opens wait; what waits when a server is killed is lost, and only reach suffers.
WAIT = 60.0


class WaitingOpens:
    """What one server has counted and not written yet."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.counts: Counter[tuple[int, datetime]] = Counter()
        self.lock = Lock()
        self.timer: Timer | None = None
        self.at_exit = False

    def note(self, link_id: int, hour: datetime) -> None:
        """One more in this hour; writing begins a while after the first."""
        with self.lock:
            self.counts[link_id, hour] += 1
            if not self.at_exit:
                self.at_exit = True
                atexit.register(write_the_last, weakref.ref(self))
            if self.timer is None:
                self.timer = Timer(WAIT, self.write)
                self.timer.daemon = True
                self.timer.start()

    def write(self, *, report: bool = True) -> None:
        """Write all of it in one transaction; what cannot be written waits for the next time."""
        with self.lock:
            if self.timer is not None:
                self.timer.cancel()
                self.timer = None
            taken, self.counts = self.counts, Counter()
        if not taken:
            return
        try:
            with self.app.app_context(), writing():
                actions.add_opens(taken)
                db.session.commit()
        except SQLAlchemyError as error:
            if report:
                structlog.get_logger().warning("opens not written", type=type(error).__name__)
            with self.lock:
                self.counts.update(taken)


def write_the_last(kept: weakref.ref[WaitingOpens]) -> None:
    """When a server stops: silently, because nobody may be there any more to read."""
    opens = kept()
    if opens is not None:
        opens.write(report=False)


def register(app: Flask) -> None:
    """Each application counts for itself."""
    app.extensions["consult.opens"] = WaitingOpens(app)


def waiting() -> WaitingOpens:
    """This server's count."""
    found: WaitingOpens = current_app.extensions["consult.opens"]
    return found
