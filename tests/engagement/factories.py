"""Groups for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from consult.engagement import actions
from consult.engagement.models import Group
from consult.extensions import db

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def make_group(slug: str = "purbeck", name: str = "Purbeck") -> Group:
    """The group at this address, made if it is not there."""
    found = db.session.scalar(select(Group).where(Group.slug == slug))
    return found or actions.add_group(
        slug=slug, name={"en": name}, locality="South", description={"en": f"We plan for {name}."}, by=None, now=NOW
    )
