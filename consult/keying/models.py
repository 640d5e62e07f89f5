"""What is kept of answers on paper: batches with their counts, and forms by their number.

A form that is in the box is a number and a state; nothing leads from it to a ballot or a response, or to who keyed it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.answering.models import NO_ROWID
from consult.consultations.models import Consultation, Revision
from consult.extensions import db
from consult.storage import Json

#: How answers that are keyed came; a letter is words alone, and an e-mail is a letter.
CHANNELS = ("paper", "telephone", "face_to_face", "letter")
#: A form: keyed by one of two; by both, not alike; in the box; or nothing to be keyed.
STAGES = ("once", "differs", "counted", "unreadable")
#: Why a form cannot be keyed.
REASONS = ("blank", "illegible", "damaged", "copy", "other")


class Batch(db.Model):
    """A bundle of forms that arrived together, counted before they are keyed."""

    __tablename__ = "batches"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("channel in ('paper', 'telephone', 'face_to_face', 'letter')", name="channel"),
        CheckConstraint("received > 0 and late >= 0 and late <= received", name="counts"),
    )

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: the version printed on the forms
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    #: 1, 2, 3 … among the batches of a consultation: written on the bundle
    number: Mapped[int]
    #: paper, telephone, face_to_face or letter
    channel: Mapped[str] = mapped_column(String(20))
    #: the language the forms are printed in
    language: Mapped[str] = mapped_column(String(35))
    #: the day it arrived
    received_on: Mapped[date]
    #: how many forms there are
    received: Mapped[int]
    #: how many of them came after closing
    late: Mapped[int] = mapped_column(default=0)
    #: why late ones are counted all the same; empty: they are not
    late_because: Mapped[str] = mapped_column(Text, default="")
    #: whether a second person keys it again
    twice: Mapped[bool] = mapped_column(default=False)
    #: where it came from or lies, without persons
    note: Mapped[str] = mapped_column(Text, default="")
    #: how many forms were keyed twice and compared
    compared: Mapped[int] = mapped_column(default=0)
    #: in how many of them the two did not agree, by question
    mismatches: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    #: the day it was closed
    closed_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship()
    revision: Mapped[Revision] = relationship()
    keyers: Mapped[list[BatchKeyer]] = relationship(
        order_by="BatchKeyer.entry, BatchKeyer.account_id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def group_id(self) -> int:
        """The group whose consultation it is."""
        return self.consultation.group_id

    @property
    def slug(self) -> str:
        """What the staff log calls it."""
        return f"{self.consultation.slug}/{self.number}"

    @property
    def left_out(self) -> int:
        """How many forms are not counted because they came late."""
        return 0 if self.late_because else self.late


class BatchKeyer(db.Model):
    """Who keys a batch: the first time, or the second."""

    __tablename__ = "batch_keyers"
    __table_args__ = (CheckConstraint("entry in (1, 2)", name="entry"),)

    #: the batch
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), primary_key=True, autoincrement=False)
    #: the account
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id"), primary_key=True, autoincrement=False, index=True
    )
    #: 1 or 2
    entry: Mapped[int]

    account: Mapped[Account] = relationship()


class KeyedForm(db.Model):
    """A form of a batch by the number on it; its answers are here only until two people agree on them."""

    __tablename__ = "keyed_forms"
    __table_args__ = (
        CheckConstraint("stage in ('once', 'differs', 'counted', 'unreadable')", name="stage"),
        CheckConstraint("stage in ('once', 'differs') or (first is null and second is null)", name="wiped"),
        NO_ROWID,
    )

    #: the batch
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), primary_key=True, autoincrement=False)
    #: the number on the form
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: once, differs, counted or unreadable
    stage: Mapped[str] = mapped_column(String(10))
    #: why it is unreadable
    reason: Mapped[str] = mapped_column(String(20), default="")
    #: the answers as the first person keyed them, until they are in the box; sealed with the site's secret
    first: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: the answers as the second person keyed them, until they are in the box; sealed with the site's secret
    second: Mapped[bytes | None] = mapped_column(LargeBinary)


class PaperCount(db.Model):
    """What forms on paper had that no page lets happen, counted from settled answers only."""

    __tablename__ = "paper_counts"
    __table_args__ = (CheckConstraint("what in ('not asked', 'unclear')", name="what"), NO_ROWID)

    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: the key of the question
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: not asked: answered though the way did not lead there; unclear: two ticked, or not to be read
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: forms
    count: Mapped[int]
