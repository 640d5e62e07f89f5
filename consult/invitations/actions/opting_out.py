"""Not wanting to be invited any more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from consult.invitations.links import who
from consult.invitations.models import Invitation, OptOut


def opt_out(session: Session, invitation: Invitation, *, secret: str) -> None:
    """Send this person nothing more, and know them again on other lists; twice is as good as once.

    Whoever has answered stays answered, so that an invitation that was used cannot be used again.
    """
    contact = invitation.contact
    key = who(email=contact.email, name=contact.name, address=contact.address, secret=secret)
    if session.get(OptOut, key) is None:
        session.add(OptOut(who=key))
    if invitation.state != "answered":
        invitation.state = "opted_out"
    invitation.wanted = ""
    session.flush()
