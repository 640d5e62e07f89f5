"""Private links through which people without an account look at a draft or try it out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.extensions import db
from consult.storage import UtcDateTime


class ReviewLink(db.Model):
    """A link that shows a draft to whoever has it; the link itself is not kept, so that nobody can look it up."""

    __tablename__ = "review_links"
    __table_args__ = (CheckConstraint("purpose in ('look', 'try')", name="purpose"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: look (comment on the questions) or try (answer them, and nothing is counted)
    purpose: Mapped[str] = mapped_column(String(4))
    #: for whom it is, in staff's words
    label: Mapped[str] = mapped_column(String(120), default="")
    #: the SHA-256 of its code
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: who made it
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: the day it was made
    made_on: Mapped[date]
    #: from this moment it shows nothing
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: the day somebody ended it
    ended_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship()

    @property
    def group_id(self) -> int:
        """The group whose consultation it shows."""
        return self.consultation.group_id
