"""What was published of the counts: frozen, so that everything public is drawn from one set of figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from consult.consultations.models import Consultation, Revision
from consult.domain.disclosure import Figures
from consult.domain.questionnaire import Questionnaire
from consult.extensions import db
from consult.storage import Json, UtcDateTime


class Release(db.Model):
    """Figures under disclosure control as they were published; they never change."""

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("consultation_id", "number"), CheckConstraint("number > 0", name="number"))

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: 1, 2, 3 …
    number: Mapped[int]
    #: the questionnaire whose words the figures are told in
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    #: the profile of disclosure control
    profile: Mapped[str] = mapped_column(String(20))
    #: the released figures: `consult.domain.disclosure.Figures` as JSON
    figures: Mapped[dict[str, Any]] = mapped_column(Json)
    #: how many answers were left out, by reason, rounded down to ten; none in releases of before there was a quarantine
    left_out: Mapped[dict[str, Any] | None] = mapped_column(Json)
    #: the day they were published
    published_on: Mapped[date]
    #: who published them; none from the command line
    published_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    consultation: Mapped[Consultation] = relationship()
    revision: Mapped[Revision] = relationship()

    def released(self) -> Figures:
        """The figures, read."""
        return Figures.from_json(self.figures)

    def questionnaire(self) -> Questionnaire:
        """The questionnaire whose words they are told in."""
        return self.revision.questionnaire()


class FrozenRelease(RuntimeError):
    """Somebody tried to change published figures: publish new ones instead."""


@event.listens_for(Release, "before_update")
def refuse_change(_mapper: object, _connection: object, release: Release) -> None:
    """Published figures never change."""
    session = object_session(release)
    if session is not None and session.is_modified(release):
        raise FrozenRelease(f"release {release.number} is frozen")


class UrgentRound(db.Model):
    """The hour in which leads were last told that urgent comments wait: never oftener, never because one arrived."""

    __tablename__ = "urgent_rounds"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    #: always 1
    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    #: when that hour began
    hour: Mapped[datetime] = mapped_column(UtcDateTime)


class SavedView(db.Model):
    """A way of looking closer that staff want to come back to."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: what staff call it
    name: Mapped[str] = mapped_column(String(80))
    #: what is looked at, as the address says it after the question mark
    query: Mapped[str] = mapped_column(Text)
    #: who kept it
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
