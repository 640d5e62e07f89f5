"""What is kept of people who write to us by name: wishes for a format, questions, and formal submissions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.domain.wording import Wording
from consult.extensions import db
from consult.storage import Json, RandomKey, random_key

#: What can be asked for.
WHATS = ("large_print", "easy_read", "braille", "audio", "bsl", "language", "other")
#: What becomes of a request.
STATES = ("asked", "in_hand", "sent", "cannot", "closed")
#: Those in which somebody still waits.
AWAITED = ("asked", "in_hand")
#: Who sends a formal submission.
KINDS = ("organisation", "councillor", "mp", "scrutiny", "petition", "individual")
#: How it came.
CAME_BY = ("site", "email", "post", "in_person")
#: What may be shown of it: with its name, without, or nothing.
PERMISSIONS = ("named", "unnamed", "none")


class FormatRequest(db.Model):
    """Somebody's wish for another format or language; it knows a day, never a time, and no answer."""

    __tablename__ = "format_requests"
    __table_args__ = (
        CheckConstraint(
            "what in ('large_print', 'easy_read', 'braille', 'audio', 'bsl', 'language', 'other')", name="what"
        ),
        CheckConstraint("state in ('asked', 'in_hand', 'sent', 'cannot', 'closed')", name="state"),
    )

    #: a random number, so that requests have no order
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, default=random_key, autoincrement=False)
    #: the consultation it is about, if one was named
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: large_print, easy_read, braille, audio, bsl, language or other
    what: Mapped[str] = mapped_column(String(20))
    #: which language, which document, what else we should know, in the person's words
    details: Mapped[str] = mapped_column(Text, default="")
    #: how to reach the person, in their words; emptied when the request is closed
    reach: Mapped[str] = mapped_column(Text)
    #: asked, in_hand, sent, cannot or closed
    state: Mapped[str] = mapped_column(String(10), default="asked")
    #: what staff noted about it
    notes: Mapped[str] = mapped_column(Text, default="")
    #: the day it was asked
    asked_on: Mapped[date]
    #: the day by which the person should have it
    due_on: Mapped[date]
    #: the day it was closed
    closed_on: Mapped[date | None]
    #: whether it was asked before the consultation closed, so that the last count waits for it
    in_time: Mapped[bool] = mapped_column(default=False)
    #: the day it was sent
    sent_on: Mapped[date | None]
    #: the last day on which the person may begin to answer, because it came late
    more_time_until: Mapped[date | None]

    consultation: Mapped[Consultation | None] = relationship()

    @property
    def group_id(self) -> int | None:
        """The group that has to do something, or None when no consultation was named."""
        return self.consultation.group_id if self.consultation else None


class Enquiry(db.Model):
    """A question somebody asked about a consultation, and the answer to it; no answer to the questionnaire."""

    __tablename__ = "enquiries"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'private', 'published', 'set_aside')", name="state"),
        CheckConstraint("(state = 'waiting') = (answered_on is null)", name="answered"),
    )

    #: a random number, so that questions have no order
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, default=random_key, autoincrement=False)
    #: the consultation it is about
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the language of the page it was asked on
    language: Mapped[str] = mapped_column(String(35))
    #: the question in the person's words, for staff alone
    asks: Mapped[str] = mapped_column(Text)
    #: where to reply to; emptied once they were told, or after a while
    email: Mapped[str] = mapped_column(String(254), default="")
    #: waiting, private, published or set_aside
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    #: the answer to the person alone
    reply: Mapped[str] = mapped_column(Text, default="")
    #: the question in our words, naming nobody, by language
    published_question: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: the published answer by language
    published_answer: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: the day it was asked
    asked_on: Mapped[date]
    #: the day by which it should be answered
    due_on: Mapped[date]
    #: the day it was answered
    answered_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship()

    @property
    def group_id(self) -> int:
        """The group that has to answer."""
        return self.consultation.group_id

    def wording(self, name: str) -> Wording:
        """A published text with the language it falls back to."""
        return Wording(getattr(self, name), self.consultation.language)


class Submission(db.Model):
    """What an organisation, a representative, a petition or a named person says formally; never one of the answers."""

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint(
            "kind in ('organisation', 'councillor', 'mp', 'scrutiny', 'petition', 'individual')", name="kind"
        ),
        CheckConstraint("came_by in ('site', 'email', 'post', 'in_person')", name="came_by"),
        CheckConstraint("permission in ('named', 'unnamed', 'none')", name="permission"),
        CheckConstraint("state in ('new', 'counted', 'set_aside')", name="state"),
        CheckConstraint("(kind = 'petition') = (signatures is not null)", name="signatures"),
        CheckConstraint("(sha256 is null) = (size is null)", name="size"),
    )

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, default=random_key, autoincrement=False)
    #: the consultation it is about
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: organisation, councillor, mp, scrutiny, petition or individual
    kind: Mapped[str] = mapped_column(String(20))
    #: of whom, or the title of the petition
    name: Mapped[str] = mapped_column(String(200))
    #: in which capacity they wrote, such as “for our 200 members”
    capacity: Mapped[str] = mapped_column(String(200), default="")
    #: site, email, post or in_person
    came_by: Mapped[str] = mapped_column(String(10))
    #: the language it is written in
    language: Mapped[str] = mapped_column(String(35), default="en")
    #: what they wrote in the form, for staff alone
    words: Mapped[str] = mapped_column(Text, default="")
    #: what it says in our words, by language
    summary: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: pdf, odt or docx; empty without a document
    file_kind: Mapped[str] = mapped_column(String(10), default="")
    #: the name of the document's bytes in the folder of files
    sha256: Mapped[str | None] = mapped_column(String(64))
    #: how many bytes it has
    size: Mapped[int | None]
    #: how many signed a petition
    signatures: Mapped[int | None]
    #: how that was counted
    signatures_counted: Mapped[str] = mapped_column(Text, default="")
    #: named, unnamed or none
    permission: Mapped[str] = mapped_column(String(10))
    #: new until staff have looked at it, then counted or set_aside
    state: Mapped[str] = mapped_column(String(10), default="new")
    #: the day it came
    received_on: Mapped[date]
    #: the day we said that we have it
    acknowledged_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship()

    @property
    def group_id(self) -> int:
        """The group it was sent to."""
        return self.consultation.group_id

    def wording(self) -> Wording:
        """Our summary with the language it falls back to."""
        return Wording(self.summary, self.consultation.language)


class SubmissionContact(db.Model):
    """Where to reply to whoever sent a submission: apart from it, and deleted after a while."""

    __tablename__ = "submission_contacts"

    #: of which submission
    submission_id: Mapped[int] = mapped_column(
        RandomKey, ForeignKey("submissions.id"), primary_key=True, autoincrement=False
    )
    #: where to write to by e-mail
    email: Mapped[str] = mapped_column(String(254))
    #: whether they were told that we have it
    thanked: Mapped[bool] = mapped_column(default=False)
