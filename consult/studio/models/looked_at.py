"""What a reviewer looked at, so that the next review can show what has changed since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import db
from consult.storage import Json, UtcDateTime


class LookedAt(db.Model):
    """A consultation's words and questions as they were when it was returned or approved."""

    __tablename__ = "looked_at"
    __table_args__ = (CheckConstraint("outcome in ('returned', 'approved')", name="outcome"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: returned or approved
    outcome: Mapped[str] = mapped_column(String(10))
    #: the questionnaire
    definition: Mapped[dict[str, Any] | None] = mapped_column(Json)
    #: the texts of the page, by name and language
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(Json)
    #: who looked at it
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
