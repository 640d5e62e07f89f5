"""What is asked of people we write to."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.invitations.links import hash_of
from consult.invitations.models import Invitation


def invitation_by_link(session: Session, token: str) -> Invitation | None:
    """The invitation a link is for, also while the link is just being sent; what is no token costs the same."""
    kept = hash_of(token)
    return session.scalar(
        select(Invitation).where(or_(Invitation.link_hash == kept, Invitation.next_link_hash == kept))
    )
