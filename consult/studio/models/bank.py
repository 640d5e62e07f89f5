"""Questions and pages that were kept to be asked again."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.engagement.models import Group
from consult.extensions import db
from consult.storage import Json


class BankEntry(db.Model):
    """A question or a page in the bank, with the translations that it has; it is retired, never deleted."""

    __tablename__ = "bank_entries"
    __table_args__ = (CheckConstraint("part in ('question', 'page')", name="part"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: what it is called in the bank
    name: Mapped[str] = mapped_column(String(200))
    #: question or page
    part: Mapped[str] = mapped_column(String(10))
    #: its definition
    definition: Mapped[dict[str, Any]] = mapped_column(Json)
    #: the language it was written in
    language: Mapped[str] = mapped_column(String(35))
    #: where it comes from, for those who take it
    source: Mapped[str] = mapped_column(String(300), default="")
    #: the group that it belongs to; none: everybody’s
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    #: who kept it
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: the day
    made_on: Mapped[date]
    #: from this day it is not offered any more
    retired_on: Mapped[date | None]

    group: Mapped[Group | None] = relationship()
    maker: Mapped[Account | None] = relationship()
