"""Rate limits that cannot be turned into a record of visitors."""

import hashlib
import hmac
import secrets
import time

from flask import request

HOUR = 3600
_key: tuple[int, bytes] = (0, b"")


def visitor() -> str:
    """A name for the caller's address that means nothing after this hour, in memory only."""
    global _key
    hour = int(time.monotonic() // HOUR)
    if _key[0] != hour or not _key[1]:
        _key = (hour, secrets.token_bytes(32))
    return hmac.new(_key[1], (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()[:16]
