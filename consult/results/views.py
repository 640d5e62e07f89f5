"""Ways of looking closer that staff keep, for themselves and their colleagues."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, Rejected
from consult.extensions import db
from consult.results.models import SavedView

MOST = 50


def of(consultation: Consultation) -> Sequence[SavedView]:
    """Every view kept of a consultation, by name."""
    query = select(SavedView).where(SavedView.consultation_id == consultation.id).order_by(SavedView.name)
    return db.session.scalars(query).all()


def keep(consultation: Consultation, *, name: str, query: str, by: Account | None) -> SavedView:
    """Keep one under a name; an earlier one of that name is replaced. Raises Rejected when there are too many."""
    name = " ".join(name.split())
    there = {one.name: one for one in of(consultation)}
    if name not in there and len(there) >= MOST:
        raise Rejected("name", f"There are {MOST} views already. Remove one first.")
    view = there.get(name) or SavedView(consultation_id=consultation.id, name=name)
    view.query, view.made_by = query, by.id if by else None
    db.session.add(view)
    db.session.flush()
    return view


def remove(consultation: Consultation, number: int) -> None:
    """Forget one; raises Missing when it is not there."""
    view = db.session.get(SavedView, number)
    if view is None or view.consultation_id != consultation.id:
        raise Missing("There is no such view.")
    db.session.delete(view)
    db.session.flush()
