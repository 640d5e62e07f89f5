"""Who asked to be told what happened: no clock, no order, no link to an answer."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import db
from consult.storage import RandomKey, random_key


class Subscriber(db.Model):
    """An e-mail address to tell when something is published about one consultation."""

    __tablename__ = "subscribers"
    __table_args__ = (UniqueConstraint("consultation_id", "email"),)

    #: random, so that rows do not remember the order in which people asked
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: the consultation they asked about
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: where to write to
    email: Mapped[str] = mapped_column(String(254))
    #: the language they asked in
    language: Mapped[str] = mapped_column(String(35))
    #: the number of the last publication they were told about
    told: Mapped[int] = mapped_column(default=0)
