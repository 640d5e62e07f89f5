"""What people say about a part of a consultation while it is written."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.extensions import db

#: What a remark may be about.
PARTS = ("whole", "text", "page", "question")


class Remark(db.Model):
    """Something said about a part of a consultation, or an answer to it."""

    __tablename__ = "remarks"
    __table_args__ = (
        CheckConstraint("part in ('whole', 'text', 'page', 'question')", name="part"),
        CheckConstraint("made_by is null or link_id is null", name="one_writer"),
        CheckConstraint("answers_id is null or closed_on is null", name="answers_are_not_closed"),
    )

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the remark that this one answers; none for one that stands by itself
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("remarks.id"))
    #: whole, text, page or question
    part: Mapped[str] = mapped_column(String(10))
    #: the key of the page or question, or the name of the text
    name: Mapped[str] = mapped_column(String(200), default="")
    #: the words that it is about, as they were then
    quoted: Mapped[str] = mapped_column(Text, default="")
    #: what was said
    words: Mapped[str] = mapped_column(Text)
    #: the member of staff who said it
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: the private link through which it was said
    link_id: Mapped[int | None] = mapped_column(ForeignKey("review_links.id"))
    #: the name that somebody with the link gave, if they gave one
    signed: Mapped[str] = mapped_column(String(120), default="")
    #: the day
    made_on: Mapped[date]
    #: who said that it is dealt with
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: the day
    closed_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship()
    answers: Mapped[list[Remark]] = relationship(order_by="Remark.id")
    writer: Mapped[Account | None] = relationship(foreign_keys=[made_by])
    closer: Mapped[Account | None] = relationship(foreign_keys=[closed_by])

    @property
    def group_id(self) -> int:
        """The group whose consultation it is about."""
        return self.consultation.group_id

    @property
    def open(self) -> bool:
        """Whether somebody has still to deal with it."""
        return self.answers_id is None and self.closed_on is None
