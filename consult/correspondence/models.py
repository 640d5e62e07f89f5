"""What is kept about people who asked for something by name."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.extensions import db
from consult.storage import RandomKey, random_key

#: What can be asked for.
WHATS = ("large_print", "easy_read", "braille", "audio", "bsl", "language", "other")
#: What becomes of a request.
STATES = ("asked", "in_hand", "sent", "closed")


class FormatRequest(db.Model):
    """Somebody's wish for another format or language; it knows a day, never a time, and no answer."""

    __tablename__ = "format_requests"
    __table_args__ = (
        CheckConstraint(
            "what in ('large_print', 'easy_read', 'braille', 'audio', 'bsl', 'language', 'other')", name="what"
        ),
        CheckConstraint("state in ('asked', 'in_hand', 'sent', 'closed')", name="state"),
    )

    #: a random number, so that requests have no order
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, default=random_key, autoincrement=False)
    #: the consultation it is about, if one was named
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: large_print, easy_read, braille, audio, bsl, language or other
    what: Mapped[str] = mapped_column(String(20))
    #: which language, which document, what else we should know, in the person's words
    details: Mapped[str] = mapped_column(Text, default="")
    #: how to reach the person, in their words; emptied when the request is closed
    reach: Mapped[str] = mapped_column(Text)
    #: asked, in_hand, sent or closed
    state: Mapped[str] = mapped_column(String(10), default="asked")
    #: what staff noted about it
    notes: Mapped[str] = mapped_column(Text, default="")
    #: the day it was asked
    asked_on: Mapped[date]
    #: the day by which the person should have it
    due_on: Mapped[date]
    #: the day it was closed
    closed_on: Mapped[date | None]

    consultation: Mapped[Consultation | None] = relationship()

    @property
    def group_id(self) -> int | None:
        """The group that has to do something, or None when no consultation was named."""
        return self.consultation.group_id if self.consultation else None
