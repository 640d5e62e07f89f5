"""Somebody leaves, and what they had goes to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from consult.accounts import sessions
from consult.accounts.actions.accounts import disable_account, said
from consult.accounts.actions.log import record
from consult.accounts.models import Account, Membership
from consult.domain.errors import Rejected
from consult.extensions import db

#: What rooms above move from one account to another, and tell in a sentence each, as docs/decisions/0007 has it.
Hand = Callable[[Account, Account], list[str]]
_hands: dict[str, Hand] = {}


def add_handing_over(hand: Hand) -> None:
    """A room above moves what an account holds there; gives a sentence for each thing, moved or not."""
    _hands[f"{hand.__module__}.{hand.__qualname__}"] = hand


def hand_over(leaver: Account, successor: Account, *, by: Account, now: datetime) -> list[str]:
    """Roles and everything rooms know of go to the successor in one step; the leaver is disabled, never deleted.

    Gives what was moved, in sentences, to be printed. Raises Rejected, or NotNow for the last administrator.
    """
    if successor.id == leaver.id or not successor.active:
        raise Rejected("successor", "Choose somebody else who can sign in")
    told = []
    held = {(one.role, one.group_id): one for one in successor.memberships}
    for one in leaver.memberships:
        there = held.get((one.role, one.group_id))
        if there is None:
            successor.memberships.append(Membership(role=one.role, group_id=one.group_id, languages=one.languages))
        elif there.languages is not None:
            both = one.languages and sorted({*there.languages, *one.languages})
            there.languages = both or None
    told.append(f"Roles: {said(leaver)}.")
    db.session.flush()
    for hand in _hands.values():
        told += hand(leaver, successor)
    if leaver.active:
        disable_account(leaver, by=by, now=now)
    sessions.end(leaver)
    record(by, "manage_accounts", leaver, now=now, note=f"Handed over to {successor.email}")
    return told
