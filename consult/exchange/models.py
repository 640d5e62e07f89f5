"""What was brought in from a file: kept with the consultation, for the people who read and accept it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.exchange.losses import NOTE
from consult.extensions import db
from consult.storage import Json, UtcDateTime


class Import(db.Model):
    """One questionnaire that was brought in, with its loss report."""

    __tablename__ = "imports"

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation it became the questionnaire of
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the name of the file
    file: Mapped[str] = mapped_column(String(200))
    #: how many questions came in
    questions: Mapped[int]
    #: the languages it has words in
    languages: Mapped[list[str]] = mapped_column(Json)
    #: what was not kept as the file said it: severity, place, what it said, what was done
    losses: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    #: when it was brought in
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: by whom; none from the command line
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when somebody agreed that the losses do no harm
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: who; none from the command line
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    consultation: Mapped[Consultation] = relationship()
    accepter: Mapped[Account | None] = relationship(foreign_keys=[accepted_by])

    @property
    def group_id(self) -> int:
        """The group whose consultation it is."""
        return self.consultation.group_id

    @property
    def waits(self) -> bool:
        """Whether something was lost or changed that nobody has accepted yet."""
        return self.accepted_at is None and any(loss["severity"] != NOTE for loss in self.losses)
