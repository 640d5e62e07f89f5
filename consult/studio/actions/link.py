"""A private link to a draft is made, and ended."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import Phase, day_of
from consult.extensions import db
from consult.studio.models import ReviewLink, TrialAnswers

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: What a link is for.
PURPOSES = ("look", "try")
#: How long it is good for unless somebody says otherwise, and at most, in days.
USUAL_DAYS = 21
MOST_DAYS = 90
#: Bytes of a code: nobody guesses one of 2^128.
CODE_BYTES = 16
#: The phases in which there is a draft to look at.
BEFORE_OPENING = frozenset({Phase.DRAFT, Phase.IN_REVIEW, Phase.COMING})


def make_link(
    consultation: Consultation, *, purpose: str, label: str, days: int, by: Account, now: datetime
) -> tuple[ReviewLink, str]:
    """A new link and its code, which is told this once and not kept."""
    if purpose not in PURPOSES:
        raise Rejected("purpose", "Choose what the link is for")
    if not 1 <= days <= MOST_DAYS:
        raise Rejected("days", f"Enter a number of days between 1 and {MOST_DAYS}")
    if lifecycle.phase(consultation, now) not in BEFORE_OPENING:
        raise NotNow("This is open to everybody already, or over. A private link shows a draft.")
    if consultation.definition is None:
        raise NotNow("There is no questionnaire yet.")
    code = secrets.token_urlsafe(CODE_BYTES)
    link = ReviewLink(
        consultation=consultation,
        purpose=purpose,
        label=label.strip(),
        code_hash=hash_of(code),
        made_by=by.id,
        made_on=day_of(now),
        expires_at=now + timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    record(by, "make_review_link", consultation, now=now, note=purpose)
    return link, code


def end_link(link: ReviewLink, *, by: Account, now: datetime) -> None:
    """From now on it shows nothing; what people answered on trial through it is deleted, and their remarks stay."""
    if link.ended_on is not None:
        raise NotNow("This link has been ended already.")
    link.ended_on = day_of(now)
    db.session.execute(delete(TrialAnswers).where(TrialAnswers.link_id == link.id))
    record(by, "end_review_link", link.consultation, now=now, note=link.purpose)
    db.session.flush()


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()


def works(link: ReviewLink, now: datetime) -> bool:
    """Whether it still shows the draft: until it expires, is ended, or the consultation opens."""
    return link.ended_on is None and now < link.expires_at and lifecycle.phase(link.consultation, now) in BEFORE_OPENING
