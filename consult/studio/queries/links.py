"""Private links, by their consultation or their code."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.extensions import db
from consult.studio.models import Remark, ReviewLink, TrialAnswers


def links(consultation: Consultation) -> Sequence[ReviewLink]:
    """All that were made, the newest first."""
    return db.session.scalars(
        select(ReviewLink).where(ReviewLink.consultation_id == consultation.id).order_by(ReviewLink.id.desc())
    ).all()


def link(consultation: Consultation, number: int) -> ReviewLink:
    """One of them; raises Missing."""
    found = db.session.get(ReviewLink, number)
    if found is None or found.consultation_id != consultation.id:
        raise Missing("There is no such link.")
    return found


def by_hash(code_hash: str, purpose: str) -> ReviewLink | None:
    """The link with this code, whether it still works or not."""
    return db.session.scalar(select(ReviewLink).where(ReviewLink.code_hash == code_hash, ReviewLink.purpose == purpose))


def remarks_through(link: ReviewLink) -> int:
    """How many remarks were made through it."""
    return db.session.scalar(select(func.count()).where(Remark.link_id == link.id)) or 0


def trials_through(link: ReviewLink) -> int:
    """How many people answered on trial through it."""
    return db.session.scalar(select(func.count()).where(TrialAnswers.link_id == link.id)) or 0
