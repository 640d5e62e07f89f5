"""What people wrote to us by name, as staff look for it, and what of it everybody may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, or_, select

from consult.consultations.models import Consultation
from consult.correspondence.models import AWAITED, KINDS, Enquiry, FormatRequest, Submission, SubmissionContact
from consult.domain.errors import Missing
from consult.extensions import db

Row = TypeVar("Row", FormatRequest, Enquiry, Submission)


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


@dataclass(frozen=True)
class Counts:
    """How many formal submissions count, by who sent them in a fixed order; petitions with all their signatures."""

    total: int
    by_kind: tuple[tuple[str, int], ...]
    signatures: int


def counts(consultation: Consultation) -> Counts:
    """How many formal submissions of a consultation count; they are no responses and are never added to those."""
    rows = {
        row.kind: row
        for row in db.session.execute(
            select(
                Submission.kind,
                func.count().label("number"),
                func.coalesce(func.sum(Submission.signatures), 0).label("signatures"),
            )
            .where(Submission.consultation_id == consultation.id, Submission.state == "counted")
            .group_by(Submission.kind)
        )
    }
    by_kind = tuple((kind, int(rows[kind].number)) for kind in KINDS if kind in rows)
    return Counts(sum(number for _kind, number in by_kind), by_kind, sum(int(row.signatures) for row in rows.values()))


def shown_submissions(consultation: Consultation) -> Sequence[Submission]:
    """Those that count and may be shown, in the order of kinds and then of days."""
    found = db.session.scalars(
        select(Submission)
        .where(
            Submission.consultation_id == consultation.id,
            Submission.state == "counted",
            Submission.permission.in_(("named", "unnamed")),
        )
        .order_by(Submission.received_on, Submission.id)
    ).all()
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def submission(number: int) -> Submission:
    """A formal submission; raises Missing."""
    return _one(Submission, number, "There is no such submission.")


def submissions(
    group_ids: Collection[int] | None, *, slug: str = "", kind: str = "", state: str = ""
) -> Sequence[Submission]:
    """All about consultations of these groups (None: all) that fit; new ones first, then the latest."""
    query = select(Submission).join(Consultation)
    if group_ids is not None:
        query = query.where(Consultation.group_id.in_(group_ids))
    for column, wanted in ((Consultation.slug, slug), (Submission.kind, kind), (Submission.state, state)):
        if wanted:
            query = query.where(column == wanted)
    return db.session.scalars(
        query.order_by(Submission.state != "new", Submission.received_on.desc(), Submission.id)
    ).all()


def contact(submission: Submission) -> SubmissionContact | None:
    """Where to reply to whoever sent it; None once that was forgotten."""
    return db.session.get(SubmissionContact, submission.id)


def unthanked() -> Sequence[int]:
    """The numbers of the submissions whose senders are still to be told that we have them."""
    return db.session.scalars(select(SubmissionContact.submission_id).where(SubmissionContact.thanked.is_(False))).all()


def _one(model: type[Row], number: int, sentence: str) -> Row:
    found = db.session.get(model, number) if 0 < number < 2**63 else None
    if found is None:
        raise Missing(sentence)
    return found
