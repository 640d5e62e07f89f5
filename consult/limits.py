"""Rate limits that cannot be turned into a record of visitors.

What is counted is a keyed hash of an address. Its key is random, never written down and lives an hour; the counts are
in the memory of one server process. After the hour nobody can tell whose count it was.

Thirty patients behind the one address of a practice's Wi-Fi answer at the same time, and hospitals share a gateway: the
limits leave room for that. They keep one address from filling the disk; a flood that stays under them is set aside by
what it is (`consult.answering.actions.flood`).
"""

import hashlib
import hmac
import ipaddress
import secrets
import time

from flask import Response, request

#: Begin to answer: thirty people in the same minute, twice over.
BEGIN = "60/minute;900/hour"
#: Continue: thirty people, each every two seconds.
PAGE = "900/minute"
SEND = "60/minute;900/hour"
EQUALITY = "120/minute"
TAKE_BACK = "60/minute"
#: Making or using a come-back number costs a tenth of a second of computing.
NUMBER = "60/minute;600/hour"
#: Wrong come-back numbers: of 10^16 there are, an address gets to try forty an hour.
WRONG_NUMBERS = "6/minute;40/hour"
#: An invitation's page; mail programs open links by themselves.
INVITATION = "120/minute"
#: Forms with an address to write to.
WRITE_TO_US = "60/hour"

HOUR = 3600
#: A household or a practice has at least this much of the newer kind of address; one machine can use all of it.
NETWORK_BITS = 64
_key: tuple[int, bytes] = (-1, b"")


def visitor() -> str:
    """A name for the caller's address that means nothing after this hour, in memory only."""
    global _key
    hour = int(time.monotonic() // HOUR)
    current = _key
    if current[0] != hour:
        current = _key = (hour, secrets.token_bytes(32))
    return hmac.new(current[1], network(request.remote_addr or ""), hashlib.sha256).hexdigest()[:16]


def network(address: str) -> bytes:
    """What of an address is somebody's own: all of an IPv4 address, the network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address.encode("utf-8", "replace")
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return (int(found) >> (128 - NETWORK_BITS)).to_bytes(NETWORK_BITS // 8, "big")
        found = found.ipv4_mapped
    return found.packed


def refused(response: Response) -> bool:
    """Whether what was typed was not accepted: only such tries are counted where guessing is to be slow."""
    return response.status_code == 422
