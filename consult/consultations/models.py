"""What is kept about a consultation, its documents, its frozen questionnaires and what was changed in public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship
from sqlalchemy.orm.attributes import get_history

from consult.domain.questionnaire import Questionnaire, read, together
from consult.domain.wording import Wording
from consult.engagement.models import Group
from consult.extensions import db
from consult.questions.place import with_lists
from consult.storage import Json, UtcDateTime

#: What kind of activity it is; pages say it in plain words.
ACTIVITIES = ("inform", "engage", "consult")
#: The authored texts of its page; a language needs all of them that have words.
WORDED = ("title", "summary", "why", "decided", "still_open", "what_next")
#: What can happen to it in public.
CHANGES = ("corrected", "extended", "paused", "reopened", "revised", "withdrawn")


class Consultation(db.Model):
    """Something people are asked, from draft to report."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'in_review', 'approved', 'reported')", name="state"),
        CheckConstraint("activity in ('inform', 'engage', 'consult')", name="activity"),
        CheckConstraint(
            "state not in ('approved', 'reported') or (opens_at is not null and closes_at is not null)", name="dates"
        ),
        CheckConstraint("closes_at is null or opens_at is null or opens_at < closes_at", name="order"),
        CheckConstraint(
            "approved_by is null or submitted_by is null or approved_by <> submitted_by", name="two_people"
        ),
    )

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: its name in addresses
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    #: the group that asks
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    #: its title by language
    title: Mapped[dict[str, str]] = mapped_column(Json)
    #: one or two sentences by language
    summary: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: why a change is needed, by language
    why: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: what is already decided, by language
    decided: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: what answers can still change, by language
    still_open: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: what happens after it closes, by language
    what_next: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: inform, engage or consult
    activity: Mapped[str] = mapped_column(String(10), default="engage")
    #: from this moment people can answer
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: from this moment they cannot begin any more
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: who answers questions about it: a name or a team
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    #: where to write to by e-mail
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    #: where to phone
    contact_telephone: Mapped[str] = mapped_column(String(40), default="")
    #: where to write to by post
    contact_address: Mapped[str] = mapped_column(Text, default="")
    #: the language it was written in
    language: Mapped[str] = mapped_column(String(35), default="en")
    #: the languages it is to be offered in, its own among them
    languages: Mapped[list[str]] = mapped_column(Json, default=lambda: ["en"])
    #: whether equality questions follow the questionnaire
    equality: Mapped[bool] = mapped_column(default=False)
    #: which of them, by their keys in `consult.domain.equality`; the usual ones where nobody has chosen
    equality_questions: Mapped[list[str] | None] = mapped_column(Json)
    #: why they are asked, by language
    equality_purpose: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: which closed questions are crossed with them and what for: `consult.domain.crossing.Declared`
    crossings: Mapped[dict[str, Any] | None] = mapped_column(Json)
    #: until when those may begin who were given more time, because another format came late
    extended_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: whether somebody who asked for another format in time still waits for it, so that the last count waits too
    format_awaited: Mapped[bool] = mapped_column(default=False)
    #: whether only people who were invited can answer
    invited_only: Mapped[bool] = mapped_column(default=False)
    #: the questionnaire as it is being written: our own JSON definition
    definition: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    #: draft, in_review, approved or reported; coming, open and closed are computed
    state: Mapped[str] = mapped_column(String(20), default="draft")
    #: since when no answers are taken for the time being
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: why, by language
    paused_reason: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: since when it is taken down
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: why, by language
    withdrawn_reason: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    #: what happens to answers already given to a withdrawn one: kept or destroyed
    withdrawn_answers: Mapped[str | None] = mapped_column(String(10))
    #: the accounts that wrote any of it, none of whom may approve it
    authors: Mapped[list[int]] = mapped_column(Json, default=list)
    #: who sent it for review
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: who approved it
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: why it was last sent back to its authors
    returned_because: Mapped[str] = mapped_column(Text, default="")
    #: when it was begun
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    group: Mapped[Group] = relationship()
    documents: Mapped[list[Document]] = relationship(
        back_populates="consultation", order_by="Document.id", cascade="all, delete-orphan"
    )
    revisions: Mapped[list[Revision]] = relationship(back_populates="consultation", order_by="Revision.number")
    corrections: Mapped[list[Correction]] = relationship(back_populates="consultation", order_by="Correction.id.desc()")

    @property
    def current(self) -> Revision | None:
        """The questionnaire that is being asked now, or None before approval."""
        return self.revisions[-1] if self.revisions else None

    @property
    def shown_documents(self) -> list[Document]:
        """The documents on its page."""
        return [document for document in self.documents if document.removed_on is None]

    def wording(self, name: str) -> Wording:
        """One of the authored texts with the language it falls back to."""
        return Wording(getattr(self, name), self.language)

    def draft(self) -> Questionnaire | None:
        """The draft definition, read; None where there is none yet."""
        return read(self.definition) if self.definition else None

    def questionnaire(self) -> Questionnaire | None:
        """The draft with the lists it takes from us filled in, as it would be asked now; None where there is none."""
        draft = self.draft()
        return with_lists(draft, self._lists()) if draft else None

    def _lists(self) -> dict[str, Callable[[], list[tuple[str, str]]]]:
        """The organisation's lists that a question may take its options from, as keys and names."""
        return {
            "practices": lambda: [(one.code.lower(), one.name) for one in self.group.practices],
            "towns": lambda: [(_key(town), town) for town in sorted({one.town for one in self.group.practices})],
        }


def _key(name: str) -> str:
    """A name as the key of an option."""
    return re.sub(r"\W+", "_", name.lower()).strip("_") or "place"


class Document(db.Model):
    """Something to read: a file we keep or an address elsewhere."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("(sha256 is null) <> (address is null)", name="file_or_link"),
        CheckConstraint("(sha256 is null) = (size is null)", name="size"),
    )

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation it belongs to
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: its title by language
    title: Mapped[dict[str, str]] = mapped_column(Json)
    #: the language it is written in
    language: Mapped[str] = mapped_column(String(35), default="en")
    #: pdf, odt, docx, or web for an address elsewhere
    kind: Mapped[str] = mapped_column(String(10))
    #: the name of its bytes in the folder of files
    sha256: Mapped[str | None] = mapped_column(String(64))
    #: how many bytes it has
    size: Mapped[int | None]
    #: where it lies if not with us
    address: Mapped[str | None] = mapped_column(Text)
    #: the day it was added
    added_on: Mapped[date]
    #: the day it was taken away or replaced
    removed_on: Mapped[date | None]

    consultation: Mapped[Consultation] = relationship(back_populates="documents")


class Revision(db.Model):
    """A questionnaire as it was asked, whole in all its languages; it never changes."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: 1, 2, 3 …
    number: Mapped[int]
    #: the frozen definition
    definition: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    #: the languages it is offered in
    languages: Mapped[list[str]] = mapped_column(Json)
    #: the day it was frozen
    created_on: Mapped[date]
    #: why there is this version
    reason: Mapped[str] = mapped_column(Text, default="")
    #: which questions are crossed with equality questions, as it was approved: `consult.domain.crossing.Declared`
    crossings: Mapped[dict[str, Any] | None] = mapped_column(Json)

    consultation: Mapped[Consultation] = relationship(back_populates="revisions")

    def questionnaire(self) -> Questionnaire:
        """The definition, read."""
        return read(self.definition)

    def with_earlier(self) -> Questionnaire:
        """The same with the questions that people were asked before it was revised while open, as results tell it."""
        if self.number == 1:
            return self.questionnaire()
        asked = {one.details.get("before") for one in self.consultation.corrections if one.kind == "revised"}
        earlier = [one for one in self.consultation.revisions if one.number in asked and one.number < self.number]
        return together([one.questionnaire() for one in (*earlier, self)])


class Correction(db.Model):
    """Something that one person changed in public, for a second person to look at."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint("kind in ('corrected', 'extended', 'paused', 'reopened', 'withdrawn', 'revised')", name="kind"),
        CheckConstraint("seconded_by is null or made_by is null or seconded_by <> made_by", name="two_people"),
    )

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: corrected, extended, paused, reopened, withdrawn or revised
    kind: Mapped[str] = mapped_column(String(20))
    #: the public reason by language
    reason: Mapped[dict[str, str]] = mapped_column(Json)
    #: what it was and what it became, for staff: {"part": …, "before": …, "after": …}
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    #: when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: who; none when it came from the command line
    made_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: by when a second person must have looked at it
    second_due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: the second person
    seconded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    seconded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    consultation: Mapped[Consultation] = relationship(back_populates="corrections")

    @property
    def group_id(self) -> int:
        """The group whose consultation it is."""
        return self.consultation.group_id


class Preparation(db.Model):
    """What its authors say of a consultation for the check before publishing."""

    __tablename__ = "preparations"
    __table_args__ = (CheckConstraint("audience is null or audience >= 0", name="audience"),)

    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    #: who decides: a name, a board, a committee
    who_decides: Mapped[str] = mapped_column(Text, default="")
    #: the day on which it is to be decided
    decision_on: Mapped[date | None]
    #: whether it is about a significant change of services
    significant: Mapped[bool] = mapped_column(default=False)
    #: whether the page or a document gives the options that were not chosen, and why
    alternatives: Mapped[bool] = mapped_column(default=False)
    #: whether the page or a document gives costs and what would get worse, and for whom
    impacts: Mapped[bool] = mapped_column(default=False)
    #: where the equality impact assessment is, or why there is none
    equality_assessment: Mapped[str] = mapped_column(Text, default="")
    #: where the data protection impact assessment is, or why there is none
    privacy_assessment: Mapped[str] = mapped_column(Text, default="")
    #: about how many people it concerns
    audience: Mapped[int | None]
    #: the formats it is offered in besides this site
    formats: Mapped[list[str]] = mapped_column(Json, default=list)


class CheckReason(db.Model):
    """Why something that the check before publishing found is right as it is."""

    __tablename__ = "check_reasons"
    __table_args__ = (UniqueConstraint("consultation_id", "mark"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: what was found: changes with its words, so that a reason holds only for what it was given for
    mark: Mapped[str] = mapped_column(String(32))
    #: the reason
    reason: Mapped[str] = mapped_column(Text)
    #: who gave it
    given_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: when
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CheckReport(db.Model):
    """What the check found when a version was approved, with the reasons that were given."""

    __tablename__ = "check_reports"

    #: the version
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    #: what was found: rule, level, sentence, question and reason of each
    findings: Mapped[list[dict[str, str]]] = mapped_column(Json)
    #: the day of the approval
    made_on: Mapped[date]


class ElectionTime(db.Model):
    """The time before an election, in which no consultation is opened without a reason."""

    __tablename__ = "election_times"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="order"),)

    #: its number
    id: Mapped[int] = mapped_column(primary_key=True)
    #: which election, and where
    name: Mapped[str] = mapped_column(String(120))
    #: its first day
    starts_on: Mapped[date]
    #: its last day, that of the vote
    ends_on: Mapped[date]


class FrozenRevision(RuntimeError):
    """Somebody tried to change a published questionnaire: make a new revision instead."""


@event.listens_for(Revision, "before_update")
def refuse_change(_mapper: object, _connection: object, revision: Revision) -> None:
    """A published questionnaire never changes."""
    if object_session(revision) and any(
        get_history(revision, name).has_changes() for name in ("definition", "languages", "number", "consultation_id")
    ):
        raise FrozenRevision(f"revision {revision.number} is frozen")
