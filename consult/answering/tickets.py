"""What becomes of tickets of invitations, filled in by the one module that sees both rooms (docs/decisions/0007).

Answering knows no invitation: it spends a ticket with a ballot, and hands all spent tickets over at each sweep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Tickets:
    """What whoever made the tickets does with them."""

    #: whether one may still be spent: nobody has answered with it before the last sweep
    may_be_spent: Callable[[Session, str], bool]
    #: mark what was spent for a consultation since the last sweep, in key order, and empty the table
    mark: Callable[[Session, int], None]
    #: let one be spent again, because its answers were taken back; False when it cannot be
    free: Callable[[Session, str], bool]
    #: whether anybody is invited to a consultation
    invites: Callable[[Session | Connection, int], bool]


#: Without anybody who makes tickets there are none.
NONE = Tickets(
    may_be_spent=lambda _session, _ticket: True,
    mark=lambda _session, _consultation_id: None,
    free=lambda _session, _ticket: False,
    invites=lambda _session, _consultation_id: False,
)
_place: list[Tickets] = [NONE]


def fill(tickets: Tickets) -> None:
    """Say what becomes of tickets."""
    _place[:] = [tickets]


def tickets() -> Tickets:
    """What was said."""
    return _place[0]
