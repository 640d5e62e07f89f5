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
    #: the population that who answered is compared with, as it stood then: `populations.population`
    population: Mapped[dict[str, Any] | None] = mapped_column(Json)
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
        """The questionnaire whose words they are told in, with what only earlier versions asked."""
        return self.revision.with_earlier()


class FrozenRelease(RuntimeError):
    """Somebody tried to change published figures: publish new ones instead."""


@event.listens_for(Release, "before_update")
def refuse_change(_mapper: object, _connection: object, release: Release) -> None:
    """Published figures never change."""
    session = object_session(release)
    if session is not None and session.is_modified(release):
        raise FrozenRelease(f"release {release.number} is frozen")


class PopulationTable(db.Model):
    """How many people of each group live in an area, from an official table: what who answered is held beside."""

    __tablename__ = "population_tables"
    __table_args__ = (UniqueConstraint("area_code", "question"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the code of the area; of a list of places what it is called
    area_code: Mapped[str] = mapped_column(String(200))
    #: what the area is called
    area_name: Mapped[str] = mapped_column(String(200))
    #: the equality question it answers by its key, `age_band&sex` for both together, or `area` for a list of places
    question: Mapped[str] = mapped_column(String(40))
    #: where the figures are from
    source: Mapped[str] = mapped_column(String(200))
    #: of when they are, as the file says it
    dated: Mapped[str] = mapped_column(String(40), default="")
    #: people by option
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    #: the day they were brought in
    imported_on: Mapped[date]
    #: who brought them in
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class Population(db.Model):
    """Whom a consultation is about, to compare who answered with."""

    __tablename__ = "populations"

    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    #: codes of the areas that it is about, taken together
    areas: Mapped[list[str]] = mapped_column(Json, default=list)
    #: the list of places its question about places is compared with, by what it is called
    places: Mapped[str] = mapped_column(String(200), default="")


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
