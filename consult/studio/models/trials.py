"""What people answered when they tried out a draft: never counted, and deleted when the consultation opens."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import db
from consult.storage import Json, RandomKey, random_key


class TrialAnswers(db.Model):
    """One person's answers to a draft; keys are random, and no time is finer than a day."""

    __tablename__ = "trial_answers"
    __table_args__ = (CheckConstraint("minutes is null or minutes >= 0", name="minutes"),)

    #: a random key
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: the link through which they were given
    link_id: Mapped[int] = mapped_column(ForeignKey("review_links.id"), index=True)
    #: the language of the page
    language: Mapped[str] = mapped_column(String(35))
    #: the answers, packed: `consult.domain.answers.pack`
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    #: what they said about the questions
    remark: Mapped[str] = mapped_column(Text, default="")
    #: how many minutes it took, as they say
    minutes: Mapped[int | None]
    #: the day
    day: Mapped[date]
