"""Consultations, as pages and rooms above ask for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consult.consultations.models import Consultation, Correction, Document, Revision
from consult.domain import lifecycle
from consult.domain.errors import Missing
from consult.domain.lifecycle import Phase
from consult.extensions import db

#: What an address can be made of; anything else is never asked of the database.
SLUG = re.compile(r"[a-z0-9-]{1,80}")


def by_slug(slug: str, *, missing: str = "There is no such consultation.") -> Consultation:
    """The consultation at this address in whatever state; raises Missing, saying `missing`."""
    consultation = None
    if SLUG.fullmatch(slug):
        consultation = db.session.scalar(select(Consultation).where(Consultation.slug == slug))
    if consultation is None:
        raise Missing(missing)
    return consultation


def public_by_slug(slug: str, now: datetime, *, missing: str = "There is no such consultation.") -> Consultation:
    """The consultation at this address if everybody may read its page now; raises Missing, saying `missing`."""
    consultation = by_slug(slug, missing=missing)
    if lifecycle.phase(consultation, now) not in lifecycle.PUBLIC:
        raise Missing(missing)
    return consultation


def public(now: datetime, *, group_id: int | None = None) -> dict[Phase, list[Consultation]]:
    """Every consultation that everybody may read, by phase; the next to close first, the last closed first."""
    query = (
        select(Consultation)
        .options(selectinload(Consultation.group))
        .where(Consultation.state.in_(("approved", "reported")))
        .order_by(Consultation.closes_at, Consultation.id)
    )
    if group_id is not None:
        query = query.where(Consultation.group_id == group_id)
    found: dict[Phase, list[Consultation]] = {phase: [] for phase in Phase}
    for consultation in db.session.scalars(query):
        phase = lifecycle.phase(consultation, now)
        if phase in lifecycle.PUBLIC:
            found[phase].append(consultation)
    for phase in (Phase.CLOSED, Phase.REPORTED, Phase.WITHDRAWN):
        found[phase].reverse()
    return found


def for_staff(group_ids: Collection[int] | None) -> Sequence[Consultation]:
    """Every consultation of these groups (None: of all), the newest first."""
    query = (
        select(Consultation)
        .options(selectinload(Consultation.group))
        .order_by(Consultation.created_at.desc(), Consultation.id.desc())
    )
    if group_ids is not None:
        query = query.where(Consultation.group_id.in_(group_ids))
    return db.session.scalars(query).all()


def revision(consultation: Consultation, number: int) -> Revision:
    """One frozen questionnaire of it; raises Missing."""
    found = db.session.scalar(
        select(Revision).where(Revision.consultation_id == consultation.id, Revision.number == number)
    )
    if found is None:
        raise Missing("There is no such version.")
    return found


def document(consultation: Consultation, document_id: int, *, missing: str = "There is no such document.") -> Document:
    """One of the documents on its page; raises Missing, saying `missing`."""
    for found in consultation.shown_documents:
        if found.id == document_id:
            return found
    raise Missing(missing)


def correction(consultation: Consultation, correction_id: int) -> Correction:
    """One change made to it in public; raises Missing."""
    for found in consultation.corrections:
        if found.id == correction_id:
            return found
    raise Missing("There is no such change.")


def waiting_for_review() -> Sequence[Consultation]:
    """Everything that waits for a second person's approval, the oldest first."""
    query = select(Consultation).where(Consultation.state == "in_review").order_by(Consultation.submitted_at)
    return db.session.scalars(query).all()


def waiting_for_second() -> Sequence[Correction]:
    """Every public change that only one person has seen, the most urgent first."""
    query = select(Correction).where(Correction.seconded_at.is_(None)).order_by(Correction.second_due_at)
    return db.session.scalars(query).all()


def written_by(account_id: int) -> Sequence[Consultation]:
    """Drafts and reviews that an account is among the authors of."""
    listed = for_staff(None)
    return [one for one in listed if one.state in ("draft", "in_review") and account_id in (one.authors or ())]
