"""Remarks on a consultation, by the part they are about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.extensions import db
from consult.studio.models import Remark


def remarks(consultation: Consultation) -> Sequence[Remark]:
    """Those that stand by themselves, in the order they came; each knows its answers."""
    return db.session.scalars(
        select(Remark)
        .where(Remark.consultation_id == consultation.id, Remark.answers_id.is_(None))
        .options(selectinload(Remark.answers))
        .order_by(Remark.id)
    ).all()


def by_part(consultation: Consultation) -> dict[tuple[str, str], list[Remark]]:
    """The same by kind and name of their part."""
    found: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks(consultation):
        found.setdefault((remark.part, remark.name), []).append(remark)
    return found


def remark(consultation: Consultation, number: int) -> Remark:
    """One that stands by itself; raises Missing."""
    found = db.session.get(Remark, number)
    if found is None or found.consultation_id != consultation.id or found.answers_id is not None:
        raise Missing("There is no such remark.")
    return found


def open_remarks(consultation_ids: Collection[int]) -> dict[int, int]:
    """How many remarks are still to be dealt with, by consultation; those without any are left out."""
    counted = db.session.execute(
        select(Remark.consultation_id, func.count())
        .where(Remark.consultation_id.in_(consultation_ids), Remark.answers_id.is_(None), Remark.closed_on.is_(None))
        .group_by(Remark.consultation_id)
    )
    return {row[0]: row[1] for row in counted}
