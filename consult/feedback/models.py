"""What is kept of You Said, We Did: what is being written, and what was published, which never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship
from sqlalchemy.orm.attributes import get_history

from consult.consultations.models import Consultation
from consult.domain.feedback import Evidence, Feedback, Row, Theme, read
from consult.domain.wording import Wording
from consult.extensions import db
from consult.storage import Json, RandomKey, UtcDateTime, random_key


class FeedbackDraft(db.Model):
    """What is being written for one consultation, and how far it has got."""

    __tablename__ = "feedback_drafts"
    __table_args__ = (CheckConstraint("state in ('draft', 'in_review', 'published')", name="state"),)

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation that is answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), unique=True)
    #: draft, in_review, or published when nothing was changed since
    state: Mapped[str] = mapped_column(String(20), default="draft")
    #: the accounts that ever wrote any of it, none of whom may publish it
    authors: Mapped[list[int]] = mapped_column(Json, default=list)
    #: who sent it for review
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: why it was last sent back to its authors
    returned_because: Mapped[str] = mapped_column(Text, default="")

    consultation: Mapped[Consultation] = relationship()
    themes: Mapped[list[FeedbackTheme]] = relationship(
        back_populates="draft", order_by="(FeedbackTheme.position, FeedbackTheme.id)", cascade="all, delete-orphan"
    )

    @property
    def group_id(self) -> int:
        """The group it belongs to: permissions ask for it."""
        return self.consultation.group_id

    @property
    def slug(self) -> str:
        """The consultation's name in addresses, by which the staff log calls it."""
        return self.consultation.slug

    @property
    def rows(self) -> list[FeedbackRow]:
        """Every row in order."""
        return [row for theme in self.themes for row in theme.rows]

    def feedback(self) -> Feedback:
        """What is written now, as the page would show it."""
        language = self.consultation.language
        themes = (
            Theme(theme.id, Wording(theme.title, language), tuple(row.read(language) for row in theme.rows))
            for theme in self.themes
        )
        return Feedback(language, tuple(themes))


class FeedbackTheme(db.Model):
    """What several rows are about."""

    __tablename__ = "feedback_themes"

    #: random, so that a later theme never takes the number of one that was removed
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: what it is part of
    draft_id: Mapped[int] = mapped_column(ForeignKey("feedback_drafts.id"), index=True)
    #: its place among the themes, from 0
    position: Mapped[int]
    #: its title by language
    title: Mapped[dict[str, str]] = mapped_column(Json)

    draft: Mapped[FeedbackDraft] = relationship(back_populates="themes")
    rows: Mapped[list[FeedbackRow]] = relationship(
        back_populates="theme", order_by="(FeedbackRow.position, FeedbackRow.id)", cascade="all, delete-orphan"
    )


class FeedbackRow(db.Model):
    """One point: what we heard, our answer, and where it is addressed."""

    __tablename__ = "feedback_rows"
    __table_args__ = (
        CheckConstraint(
            "answer is null or answer in ('changed', 'already', 'will_do', 'not_decided', 'cannot', 'other_body')",
            name="answer",
        ),
        CheckConstraint(
            "reason is null or reason in ('scope', 'law', 'cost', 'safety', 'happening', 'unsupported', 'other_body')",
            name="reason",
        ),
    )

    #: random, so that a later row never takes the number of one that was removed
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False, default=random_key)
    #: what it is about
    theme_id: Mapped[int] = mapped_column(ForeignKey("feedback_themes.id"), index=True)
    #: its place among the rows of the theme, from 0
    position: Mapped[int]
    #: what we heard, by language
    heard: Mapped[dict[str, str]] = mapped_column(Json)
    #: where we heard it: [{"kind": "question", "question": key} or {"kind": "event", "note": {language: text}} …]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    #: our answer: changed, already, will_do, not_decided, cannot or other_body
    answer: Mapped[str | None] = mapped_column(String(20))
    #: what was changed, is in the plan, will be done, or why it cannot be, by language
    words: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: whose role it is, who decides, or whom it was sent to, by language
    who: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: by when it is done or decided, or when it was sent
    day: Mapped[date | None]
    #: what kind of reason there is why it cannot be done
    reason: Mapped[str | None] = mapped_column(String(20))
    #: where this is addressed, by language
    addressed: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: the address of that place
    href: Mapped[str] = mapped_column(Text, default="")
    #: whether the plan already reflected it, as the commissioner says
    reflects: Mapped[bool] = mapped_column(default=False)
    #: whether it informed the plan, as the commissioner says
    informs: Mapped[bool] = mapped_column(default=False)
    #: who said so
    flagged_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    flagged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: the accounts that wrote any of it
    authors: Mapped[list[int]] = mapped_column(Json, default=list)

    theme: Mapped[FeedbackTheme] = relationship(back_populates="rows")

    def read(self, language: str) -> Row:
        """The row as the domain knows it, in the language it was written in and all others."""
        evidence = (
            Evidence(one["kind"], one.get("question") or "", Wording(one.get("note") or {}, language))
            for one in self.evidence
        )
        return Row(
            key=self.id,
            heard=Wording(self.heard, language),
            evidence=tuple(evidence),
            answer=self.answer or "",
            words=Wording(self.words, language),
            who=Wording(self.who, language),
            day=self.day,
            reason=self.reason or "",
            addressed=Wording(self.addressed, language),
            href=self.href,
            reflects=self.reflects,
            informs=self.informs,
        )


class FeedbackPublication(db.Model):
    """What everybody sees: whole in all its languages, and never changed."""

    __tablename__ = "feedback_publications"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint(
            "published_by is null or submitted_by is null or published_by <> submitted_by", name="two_people"
        ),
    )

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation that is answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: 1, 2, 3 …
    number: Mapped[int]
    #: the page: see consult.domain.feedback
    frozen: Mapped[dict[str, Any]] = mapped_column(Json)
    #: the day it was published
    published_on: Mapped[date]
    #: who published it
    published_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: who had sent it for review
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    consultation: Mapped[Consultation] = relationship()

    def feedback(self) -> Feedback:
        """The page, read."""
        return read(self.frozen)


class FrozenPublication(RuntimeError):
    """Somebody tried to change what was published: publish again instead."""


@event.listens_for(FeedbackPublication, "before_update")
def refuse_change(_mapper: object, _connection: object, publication: FeedbackPublication) -> None:
    """What was published never changes."""
    names = ("frozen", "number", "consultation_id", "published_on")
    if object_session(publication) and any(get_history(publication, name).has_changes() for name in names):
        raise FrozenPublication(f"publication {publication.number} is frozen")
