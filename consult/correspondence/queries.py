"""What people wrote to us by name, as staff look for it, and what of it everybody may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import or_, select

from consult.consultations.models import Consultation
from consult.correspondence.models import AWAITED, Enquiry, FormatRequest
from consult.domain.errors import Missing
from consult.extensions import db

Row = TypeVar("Row", FormatRequest, Enquiry)


def format_request(number: int) -> FormatRequest:
    """One of them; raises Missing."""
    return _one(FormatRequest, number, "There is no such request.")


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
    query = select(FormatRequest).where(FormatRequest.state.in_(AWAITED))
    return db.session.scalars(query.order_by(FormatRequest.due_on, FormatRequest.id)).all()


def enquiry(number: int) -> Enquiry:
    """A question somebody asked; raises Missing."""
    return _one(Enquiry, number, "There is no such question.")


def enquiries(group_ids: Collection[int] | None, *, state: str = "") -> Sequence[Enquiry]:
    """All about consultations of these groups (None: all), of one state if named; waiting ones first, by due day."""
    query = select(Enquiry).join(Consultation)
    if group_ids is not None:
        query = query.where(Consultation.group_id.in_(group_ids))
    if state:
        query = query.where(Enquiry.state == state)
    return db.session.scalars(query.order_by(Enquiry.state != "waiting", Enquiry.due_on, Enquiry.id)).all()


def published_enquiries(consultation: Consultation) -> Sequence[Enquiry]:
    """The questions with published answers, the newest answer first."""
    return db.session.scalars(
        select(Enquiry)
        .where(Enquiry.consultation_id == consultation.id, Enquiry.state == "published")
        .order_by(Enquiry.answered_on.desc(), Enquiry.id)
    ).all()


def _one(model: type[Row], number: int, sentence: str) -> Row:
    found = db.session.get(model, number) if 0 < number < 2**63 else None
    if found is None:
        raise Missing(sentence)
    return found
