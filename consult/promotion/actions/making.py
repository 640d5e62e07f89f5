"""Staff and PPG members make short addresses for groups, practices and places."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import Phase
from consult.extensions import db
from consult.promotion.models import EVERYONE, KINDS, PromotionLink, fresh_code

if TYPE_CHECKING:
    from consult.accounts.models import Account

LONGEST_LABEL = 120
#: The phases in which it makes sense to tell people.
WORTH_TELLING = (Phase.COMING, Phase.OPEN, Phase.PAUSED)


def make_link(consultation: Consultation, *, kind: str, label: str, by: Account | None, now: datetime) -> PromotionLink:
    """A short address for a group, a practice or a place, one for each name."""
    label = " ".join(label.split())
    if kind not in KINDS or kind == EVERYONE:
        raise Rejected("kind", "Choose whom the address is for")
    if not label:
        raise Rejected("label", "Enter a name")
    if len(label) > LONGEST_LABEL:
        raise Rejected("label", f"Shorten this to {LONGEST_LABEL} characters or fewer")
    if lifecycle.phase(consultation, now) not in WORTH_TELLING:
        raise NotNow("Addresses are made while a consultation is coming or open.")
    link = PromotionLink(
        code=fresh_code(db.session.connection()), consultation_id=consultation.id, kind=kind, label=label
    )
    try:
        with db.session.begin_nested():
            db.session.add(link)
    except IntegrityError:
        raise Rejected("label", "There is an address for this name already") from None
    record(by, "make_link", link, now=now, note=f"{consultation.slug}: {kind} {label}")
    return link
