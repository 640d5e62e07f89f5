"""Short addresses and how often they were opened, as pages ask for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta

from sqlalchemy import func, select

from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.domain.lifecycle import day_of, london
from consult.extensions import db
from consult.promotion.models import EVERYONE, PromotionLink, PromotionOpens

#: The least of each band; under the first is “under 10”, and nothing is “none”.
BANDS = (10, 50, 100, 500, 1_000, 5_000)
HALF = 4
LONGEST_TYPED = 40


def link_by_code(typed: str) -> PromotionLink:
    """The address with this code, as people type it: in capitals, or without the hyphen; raises Missing."""
    letters = re.sub(r"[^a-z]", "", typed[:LONGEST_TYPED].lower())
    found = db.session.scalar(select(PromotionLink).where(PromotionLink.code == f"{letters[:HALF]}-{letters[HALF:]}"))
    if found is None:
        raise Missing("There is no such address.")
    return found


def link_for_everyone(consultation: Consultation) -> PromotionLink:
    """The address that the public share page gives."""
    return db.session.scalars(
        select(PromotionLink).where(PromotionLink.consultation_id == consultation.id, PromotionLink.kind == EVERYONE)
    ).one()


def links(consultation: Consultation) -> Sequence[PromotionLink]:
    """Every address of a consultation: everyone's first, then by name."""
    query = select(PromotionLink).where(PromotionLink.consultation_id == consultation.id)
    return db.session.scalars(query.order_by(PromotionLink.kind != EVERYONE, func.lower(PromotionLink.label))).all()


def opens_by_day(links: Iterable[PromotionLink], *, today: date, days: int) -> Mapping[tuple[int, date], int]:
    """How often each address was opened on each of the last `days` days in London, today included."""
    since = london(today - timedelta(days=days - 1), time.min)
    query = select(PromotionOpens).where(
        PromotionOpens.link_id.in_([link.id for link in links]), PromotionOpens.hour >= since
    )
    counts: Counter[tuple[int, date]] = Counter()
    for one in db.session.scalars(query):
        counts[one.link_id, day_of(one.hour)] += one.opens
    return counts


def opens_in_all(consultation: Consultation) -> int:
    """How often any address of a consultation was opened: only ever told in bands or in words."""
    query = select(func.sum(PromotionOpens.opens)).join(PromotionLink, PromotionLink.id == PromotionOpens.link_id)
    return db.session.scalar(query.where(PromotionLink.consultation_id == consultation.id)) or 0


def band(count: int) -> str:
    """“none”, “under 10”, “10 or more” …: enough to see whether a poster works, too little to see a person."""
    if count <= 0:
        return "none"
    reached = [least for least in BANDS if count >= least]
    return f"{reached[-1]:,} or more" if reached else f"under {BANDS[0]}"
