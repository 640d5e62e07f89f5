"""Every state of a questionnaire while it is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.extensions import db
from consult.storage import Json, UtcDateTime


class Edit(db.Model):
    """One change of a questionnaire, and the questionnaire as it was after it, finished or not."""

    __tablename__ = "edits"
    __table_args__ = (UniqueConstraint("consultation_id", "number"), CheckConstraint("number > 0", name="number"))

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: 1, 2, 3 … in this consultation
    number: Mapped[int]
    #: the definition after it
    definition: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    #: whether it could be asked like this
    whole: Mapped[bool]
    #: what was done, in words
    said: Mapped[str] = mapped_column(Text)
    #: the number of the state that it brought back
    brought_back: Mapped[int | None]
    #: who did it; none from the command line
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    consultation: Mapped[Consultation] = relationship()
    maker: Mapped[Account | None] = relationship()
