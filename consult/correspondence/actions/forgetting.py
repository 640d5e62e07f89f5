"""How to reach people is forgotten a while after what they wrote about has closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update

from consult.consultations.models import Consultation
from consult.correspondence.models import AWAITED, Enquiry, FormatRequest, Submission, SubmissionContact
from consult.domain.lifecycle import day_of
from consult.extensions import db


def forget_contacts(*, before: datetime) -> None:
    """Empty the addresses of everybody who wrote about a consultation that closed or was withdrawn before `before`.

    Wishes for a format that somebody still waits for are kept until they are settled. Those about no consultation count
    from the day they were asked.
    """
    over = select(Consultation.id).where(or_(Consultation.closes_at < before, Consultation.withdrawn_at < before))
    db.session.execute(
        update(FormatRequest)
        .where(
            FormatRequest.reach != "",
            FormatRequest.state.not_in(AWAITED),
            or_(
                FormatRequest.consultation_id.in_(over),
                FormatRequest.consultation_id.is_(None) & (FormatRequest.asked_on < day_of(before)),
            ),
        )
        .values(reach="")
    )
    db.session.execute(update(Enquiry).where(Enquiry.consultation_id.in_(over), Enquiry.email != "").values(email=""))
    db.session.execute(
        delete(SubmissionContact).where(
            SubmissionContact.submission_id.in_(select(Submission.id).where(Submission.consultation_id.in_(over)))
        )
    )
