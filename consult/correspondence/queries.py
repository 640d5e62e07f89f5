"""Requests for another format, as staff look for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from consult.consultations.models import Consultation
from consult.correspondence.models import FormatRequest
from consult.domain.errors import Missing
from consult.extensions import db


def format_request(number: int) -> FormatRequest:
    """One of them; raises Missing."""
    found = db.session.get(FormatRequest, number) if 0 < number < 2**63 else None
    if found is None:
        raise Missing("There is no such request.")
    return found


def format_requests(group_ids: Collection[int] | None) -> Sequence[FormatRequest]:
    """All that are about consultations of these groups, or about none (None: all); open ones first, by due date."""
    query = select(FormatRequest).outerjoin(Consultation)
    if group_ids is not None:
        query = query.where(or_(FormatRequest.consultation_id.is_(None), Consultation.group_id.in_(group_ids)))
    return db.session.scalars(
        query.order_by(FormatRequest.state == "closed", FormatRequest.due_on, FormatRequest.id)
    ).all()


def unsettled() -> Sequence[FormatRequest]:
    """All that still have to be sent, by due date."""
    query = select(FormatRequest).where(FormatRequest.state.in_(("asked", "in_hand")))
    return db.session.scalars(query.order_by(FormatRequest.due_on, FormatRequest.id)).all()
