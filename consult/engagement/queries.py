"""Groups and practices, as pages and rooms above ask for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from consult.domain.errors import Missing
from consult.engagement.models import Group, Practice
from consult.extensions import db

#: What an address can be made of; anything else is never asked of the database.
SLUG = re.compile(r"[a-z0-9-]{1,80}")


def group_by_slug(slug: str, *, missing: str = "There is no such group.") -> Group:
    """The group at this address; raises Missing, saying `missing`."""
    group = db.session.scalar(select(Group).where(Group.slug == slug)) if SLUG.fullmatch(slug) else None
    if group is None:
        raise Missing(missing)
    return group


def groups() -> Sequence[Group]:
    """Every group with its practices, in the order of their addresses."""
    return db.session.scalars(select(Group).options(selectinload(Group.practices)).order_by(Group.slug)).all()


def practices_near(words: str) -> Sequence[Practice]:
    """Practices whose name, town, locality or code has every one of these words; at most fifty."""
    query = select(Practice).join(Group).options(selectinload(Practice.group)).order_by(Practice.town, Practice.name)
    for word in words.lower().split()[:8]:
        like = "%" + word[:60].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(
            or_(
                *(
                    func.lower(column).like(like, escape="\\")
                    for column in (Practice.name, Practice.town, Practice.code, Group.locality, Group.name)
                )
            )
        )
    return db.session.scalars(query.limit(50)).all()
