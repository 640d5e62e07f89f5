"""What is kept of answers: drafts, the sealed box, what was settled out of it, and counts.

Nothing here points at a person and nothing knows a time of day; `consult audit anonymity` holds the real schema to the
list of columns in `consult.answering.promise`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import db
from consult.storage import Json, RandomKey

#: Tables without an INTEGER key would get a hidden rowid on SQLite, which counts arrivals.
NO_ROWID = {"sqlite_with_rowid": False}
#: The life of a box: taking ballots; closed with too few left to count; emptied; its rows written anew; scrubbed.
STAGES = ("open", "held", "settled", "rewritten", "closed")


class Draft(db.Model):
    """What somebody has answered so far, sealed with a key that only they hold."""

    __tablename__ = "drafts"
    __table_args__ = (NO_ROWID,)

    #: a hash of the respondent's key
    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    #: what they are answering
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: revision, labels and answers, sealed and padded
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: the day it is swept away
    expires_on: Mapped[date]
    #: where the come-back number leads: half of what it is stretched into
    comeback: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    #: the respondent's key, sealed with the other half
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)


class Generation(db.Model):
    """A key pair of a box; the private half is a file of the settling job and is destroyed when nothing needs it."""

    __tablename__ = "generations"

    #: a random number, also the name of the key file
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: whose box
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: what ballots are sealed to: X25519, 32 bytes
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))


class Box(db.Model):
    """Where the ballots of a consultation wait."""

    __tablename__ = "boxes"
    __table_args__ = (CheckConstraint("stage in ('open', 'held', 'settled', 'rewritten', 'closed')", name="stage"),)

    #: the consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: what ballots are sealed to now; none when no more are taken
    generation_id: Mapped[int | None] = mapped_column(ForeignKey("generations.id"))
    #: open, held, settled, rewritten or closed
    stage: Mapped[str] = mapped_column(String(10), default="open")
    #: the day of its last sweep
    swept_on: Mapped[date | None]


class Ballot(db.Model):
    """One set of answers that waits to be counted: these five columns and no other."""

    __tablename__ = "ballots"

    #: a random number, new at every sweep
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: the key pair it is sealed to
    generation: Mapped[int] = mapped_column(ForeignKey("generations.id"), index=True)
    #: a hash of the receipt
    receipt: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: revision, labels and answers, sealed and padded
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: the answers about equality, or that there are none, sealed to one size; null until that page was passed
    equality: Mapped[bytes | None] = mapped_column(LargeBinary)


class Response(db.Model):
    """One settled set of answers, without its written words."""

    __tablename__ = "responses"

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the questionnaire it was answered in
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    #: the language of answering; empty where too few shared it
    language: Mapped[str] = mapped_column(String(35))
    #: online, tablet, paper, telephone …; empty where too few shared it
    channel: Mapped[str] = mapped_column(String(20))
    #: the part of an invitation list; empty where there is none or too few shared it
    segment: Mapped[str] = mapped_column(String(60))
    #: the day of settling, the same for the whole batch
    day: Mapped[date]
    #: closed atoms in the form of `consult.domain.answers.pack`
    answers: Mapped[dict[str, Any]] = mapped_column(Json)


class Comment(db.Model):
    """Written words in an answer."""

    __tablename__ = "comments"
    __table_args__ = (Index(None, "consultation_id", "question"),)

    #: a random number of its own
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: the response it was part of; none once severed. Deferred, so that rows can be written anew after closing
    response_id: Mapped[int | None] = mapped_column(
        ForeignKey("responses.id", deferrable=True, initially="DEFERRED"), index=True
    )
    #: the key of the question
    question: Mapped[str] = mapped_column(String(64))
    #: the row of a grid, or empty
    part: Mapped[str] = mapped_column(String(100))
    #: the words
    text: Mapped[str] = mapped_column(Text)
    #: the language of answering; empty where too few shared it
    language: Mapped[str] = mapped_column(String(35))


class PersonalAnswer(db.Model):
    """An answer to a question that asks who somebody is; it leads to no response."""

    __tablename__ = "personal_answers"

    #: a random number of its own
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the key of the question
    question: Mapped[str] = mapped_column(String(64))
    #: its atoms, as `pack` writes those of one question
    answer: Mapped[list[Any]] = mapped_column(Json)


class Counted(db.Model):
    """The receipt of a counted response: it says counted, and nothing else."""

    __tablename__ = "counted"
    __table_args__ = (NO_ROWID,)

    #: a hash of the receipt
    receipt: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class Spent(db.Model):
    """An invitation that was answered since the last sweep; the next one marks it and empties this table."""

    __tablename__ = "spent"
    __table_args__ = (NO_ROWID,)

    #: the ticket of the invitation: what its links are for, whichever of them was used
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class Tally(db.Model):
    """How many settled responses have an atom: `consult.domain.statistics` says what the atoms are."""

    __tablename__ = "tallies"
    __table_args__ = (CheckConstraint('"count" > 0', name="count"), NO_ROWID)

    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: the questionnaire it was answered in
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True, autoincrement=False)
    #: the key of the question; empty for the number of responses
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: the row of a grid, or empty
    part: Mapped[str] = mapped_column(String(100), primary_key=True)
    #: an option, a band, "was asked" or "did answer"
    atom: Mapped[str] = mapped_column(String(100), primary_key=True)
    #: people
    count: Mapped[int]


class EqualityCount(db.Model):
    """How many people gave an answer about equality, one question at a time."""

    __tablename__ = "equality_counts"
    __table_args__ = (CheckConstraint('"count" > 0', name="count"), NO_ROWID)

    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: the key of the equality question; empty for the people who answered any
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: the key of the option
    option: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: people
    count: Mapped[int]


class ClosingArray(db.Model):
    """Questions crossed with answers about equality: one array of one size, sealed until everything is counted."""

    __tablename__ = "closing_arrays"

    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: the revision in which it was declared: what the array is of
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    #: a random number, also the name of the key file
    closing_key: Mapped[int] = mapped_column(RandomKey)
    #: what it is sealed to: X25519, 32 bytes
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: the counts, sealed anew each time somebody is counted; none once they were opened
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class ReleasedCrossing(db.Model):
    """What was let out of a closing array: cells under disclosure control, kept for good."""

    __tablename__ = "released_crossings"

    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), primary_key=True, autoincrement=False)
    #: the day it was opened
    opened_on: Mapped[date]
    #: the released grids: `consult.domain.disclosure.figures.to_json`
    grids: Mapped[list[Any]] = mapped_column(Json)


class UrgentComment(db.Model):
    """Words that somebody asked the team to read today, before they are counted: apart from their other answers."""

    __tablename__ = "urgent_comments"
    __table_args__ = (
        CheckConstraint(
            "outcome in ('', 'none', 'signposted', 'safeguarding', 'quality', 'police')",
            name="outcome",
        ),
    )

    #: a random number of its own
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the words
    text: Mapped[str] = mapped_column(Text)
    #: the day they were sent: they are read on the next working day
    day: Mapped[date]
    #: whether the lead of the group was told that there are some
    lead_told: Mapped[bool]
    #: what the team decided; empty until then
    outcome: Mapped[str] = mapped_column(String(20))
    #: the least that was passed on and to whom, in staff's words
    passed_on: Mapped[str] = mapped_column(Text)


class Quarantine(db.Model):
    """Answers that were set aside together until somebody has looked: how many, why, and what they are in sum."""

    __tablename__ = "quarantines"
    __table_args__ = (
        CheckConstraint("reason in ('trap', 'fast', 'same')", name="reason"),
        CheckConstraint("stage in ('waiting', 'to_count', 'counted', 'left_out')", name="stage"),
        CheckConstraint("people > 0", name="people"),
    )

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: the questionnaire they were answered in
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    #: the language of answering; empty where too few shared it
    language: Mapped[str] = mapped_column(String(35))
    #: online or tablet; empty where too few shared it
    channel: Mapped[str] = mapped_column(String(20))
    #: the part of an invitation list; empty where there is none or too few shared it
    segment: Mapped[str] = mapped_column(String(60))
    #: the day of settling
    day: Mapped[date]
    #: trap, fast or same
    reason: Mapped[str] = mapped_column(String(10))
    #: how many there are, or were until they were counted
    people: Mapped[int]
    #: waiting for somebody to look, to be counted at the worker's next look, counted, or left out
    stage: Mapped[str] = mapped_column(String(10))
    #: why they are counted or left out, in staff's words; empty until then
    grounds: Mapped[str] = mapped_column(Text)
    #: what they add to the tallies when they are counted: question, part, atom, people
    adds: Mapped[list[Any]] = mapped_column(Json)
    #: what they add to the counts of equality answers: question, option, people
    equality: Mapped[list[Any]] = mapped_column(Json)
    #: answers that ask who somebody is, and words that lead to no response, in no order
    apart: Mapped[dict[str, Any]] = mapped_column(Json)


class Quarantined(db.Model):
    """One set of answers that was set aside."""

    __tablename__ = "quarantined"

    #: a random number
    id: Mapped[int] = mapped_column(RandomKey, primary_key=True, autoincrement=False)
    #: what was answered
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    #: those it was set aside with
    quarantine_id: Mapped[int] = mapped_column(ForeignKey("quarantines.id"), index=True)
    #: closed atoms in the form of `consult.domain.answers.pack`
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    #: written words: question, part, text
    comments: Mapped[list[Any]] = mapped_column(Json)


class Audit(db.Model):
    """When this site was last held to its promise, and what was found; about the site, never about an answer."""

    __tablename__ = "audits"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    #: always 1
    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    #: the day
    done_on: Mapped[date]
    #: a sentence for each breach, for whoever runs the site
    breaches: Mapped[list[str]] = mapped_column(Json)
