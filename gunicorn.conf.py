"""How gunicorn runs the site; `gunicorn wsgi:app` reads it."""

import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger


class DiscreetLogger(Logger):
    """gunicorn's own words, without the visitor's address, the path asked for or the values in an error."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Say that a request was malformed, never whose or what it said."""
        if msg.startswith("Invalid request"):
            msg, args = "A malformed request was refused.", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Say which kind of error stopped a request, and where in the code."""
        kind, _error, trace = sys.exc_info()
        if kind is None or "request" not in str(msg):
            super().exception(msg, *args, **kwargs)
            return
        where = traceback.extract_tb(trace)[-1] if trace else None
        place = f"{where.filename}:{where.lineno}" if where else "an unknown place"
        super().error("A request was stopped by %s at %s.", kind.__name__, place)


#: Sync workers, one more than cores: answering is short and bound by the processor.
workers = int(os.environ.get("WEB_CONCURRENCY") or (os.cpu_count() or 1) + 1)
worker_class = "sync"
#: Read the code once: on two cores 184 MB instead of 261, and half the time to start. A new version needs a restart.
preload_app = True
#: The heartbeat file lies in memory, so that a slow disk never looks like a stuck worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
timeout = 60
graceful_timeout = 30
#: Workers take turns to begin anew, so that nothing can grow for ever.
max_requests = 20_000
max_requests_jitter = 2_000


def when_ready(_server: Any) -> None:
    """What was read at the start stays: workers need not look through it for rubbish, and share it for longer."""
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, worker: Any) -> None:
    """Leave the parent's database connections to the parent: two processes cannot speak on one."""
    from consult.extensions import db

    app = worker.app.wsgi()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)


#: No access log: it would join addresses, moments and paths with tokens; the application writes its own.
accesslog = None
errorlog = "-"
loglevel = "info"
logger_class = DiscreetLogger
control_socket_disable = True

#: Nothing of ours needs a longer address or more headers.
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

#: The application counts the proxies in front (CONSULT_TRUSTED_PROXIES); without any, no header may claim HTTPS.
forwarded_allow_ips = "*" if int(os.environ.get("CONSULT_TRUSTED_PROXIES") or 0) else ""
