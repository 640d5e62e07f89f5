"""What is kept about transformation groups."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import db
from consult.storage import Json

#: What a group is doing now.
STATUSES = ("planning", "active", "finished")
#: Who leads a group.
LEAD_ROLES = ("clinical lead", "principal programme lead")


class Group(db.Model):
    """A transformation group: practices that plan a change together."""

    __tablename__ = "groups"
    __table_args__ = (CheckConstraint("status in ('planning', 'active', 'finished')", name="status"),)

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: its name in addresses
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    #: its name by language
    name: Mapped[dict[str, str]] = mapped_column(Json)
    #: the part of the county it works in
    locality: Mapped[str] = mapped_column(String(120), default="")
    #: what it does, by language
    description: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: the day on which practices and leads were last known to be right
    as_at: Mapped[date | None]
    #: planning, active or finished
    status: Mapped[str] = mapped_column(String(20), default="active")

    practices: Mapped[list[Practice]] = relationship(
        back_populates="group", order_by="Practice.name", cascade="all, delete-orphan"
    )
    leads: Mapped[list[GroupLead]] = relationship(
        back_populates="group", order_by="GroupLead.role", cascade="all, delete-orphan"
    )

    @property
    def group_id(self) -> int:
        """Itself: permissions ask every thing for its group."""
        return self.id


class Practice(db.Model):
    """A GP practice of a group."""

    __tablename__ = "practices"

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: its code in the practice directory
    code: Mapped[str] = mapped_column(String(20), unique=True)
    #: its name
    name: Mapped[str] = mapped_column(String(120))
    #: the town or village people look for
    town: Mapped[str] = mapped_column(String(80))
    #: the group it belongs to
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)

    group: Mapped[Group] = relationship(back_populates="practices")


class GroupLead(db.Model):
    """Somebody who leads a group; how to reach them is for staff only."""

    __tablename__ = "group_leads"
    __table_args__ = (CheckConstraint("role in ('clinical lead', 'principal programme lead')", name="role"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the group
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    #: clinical lead or principal programme lead
    role: Mapped[str] = mapped_column(String(40))
    #: the name, which is public
    name: Mapped[str] = mapped_column(String(120))
    #: for staff only
    telephone: Mapped[str] = mapped_column(String(40), default="")
    #: for staff only
    email: Mapped[str] = mapped_column(String(254), default="")

    group: Mapped[Group] = relationship(back_populates="leads")
