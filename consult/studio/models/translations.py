"""Who wrote each translation from which original, who signed it off, and what translators should know."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.extensions import db
from consult.storage import UtcDateTime


class Translation(db.Model):
    """What is kept about one text of a consultation in one language; the words themselves stand in the consultation."""

    __tablename__ = "translations"
    __table_args__ = (
        UniqueConstraint("consultation_id", "language", "place"),
        CheckConstraint("signed_by is null or signed_at is not null", name="signed"),
        CheckConstraint("signed_by is null or written_by is null or signed_by <> written_by", name="two_people"),
    )

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: the language
    language: Mapped[str] = mapped_column(String(35))
    #: where the text stands: the name of its place in `consult.exchange.translating.units`
    place: Mapped[str] = mapped_column(Text)
    #: the original from which it was made
    source: Mapped[str] = mapped_column(Text)
    #: the mark of the words that this speaks of, by `consult.domain.translating.mark`
    target_mark: Mapped[str] = mapped_column(String(32))
    #: who wrote it or brought it in; none when it came from the command line
    written_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: the second person, who signed it off
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when; none for a draft
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: what its translator wants others to know
    note: Mapped[str] = mapped_column(Text, default="")

    writer: Mapped[Account | None] = relationship(foreign_keys=[written_by])
    signer: Mapped[Account | None] = relationship(foreign_keys=[signed_by])

    @property
    def signed(self) -> bool:
        """Whether a second person has signed it off."""
        return self.signed_at is not None


class TranslatorsNote(db.Model):
    """What translators should know about one text, in whatever language they write."""

    __tablename__ = "translators_notes"

    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    #: where the text stands
    place: Mapped[str] = mapped_column(Text, primary_key=True)
    #: the note
    words: Mapped[str] = mapped_column(Text)
