"""Opens are counted by the hour and written in bulk: no row, no line and no moment is about one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from consult.extensions import db
from consult.promotion.models import PromotionOpens

#: How often each address was opened in each hour, by its number and the hour.
Opens = Mapping[tuple[int, datetime], int]


def hour_of(now: datetime) -> datetime:
    """The hour a moment lies in, by its first minute."""
    return now.replace(minute=0, second=0, microsecond=0)


def add_opens(opens: Opens) -> None:
    """Add to what other servers counted in the same hours."""
    if not opens:
        return
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    rows = [{"link_id": link, "hour": hour, "opens": count} for (link, hour), count in sorted(opens.items())]
    adding = insert(PromotionOpens).values(rows)
    db.session.execute(
        adding.on_conflict_do_update(
            index_elements=["link_id", "hour"], set_={"opens": PromotionOpens.opens + adding.excluded.opens}
        )
    )
