"""A question is asked about a consultation, and staff answer it: to the person alone, or to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.correspondence.actions.formats import WITHIN
from consult.correspondence.models import Enquiry
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import Phase, day_of, working_days_after
from consult.domain.self_disclosure import Kind, find
from consult.domain.wording import Wording
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

Texts = Mapping[str, str]
#: When questions are taken: as long as there is something to ask about.
ASKABLE = frozenset({Phase.COMING, Phase.OPEN, Phase.PAUSED, Phase.CLOSED})
#: What a published question may not hold, because it would tell who asked.
TELLING = frozenset({Kind.EMAIL, Kind.NHS_NUMBER, Kind.TELEPHONE, Kind.POSTCODE, Kind.BIRTH_DATE})


def ask(
    consultation: Consultation, *, question: str, email: str, language: str, now: datetime, within: int = WITHIN
) -> Enquiry:
    """Somebody asks something, with or without an e-mail address; due `within` so many working days."""
    if lifecycle.phase(consultation, now) not in ASKABLE:
        raise NotNow(_("Questions about this are not taken any more."))
    if not question.strip():
        raise Rejected("question", _("Enter your question"))
    today = day_of(now)
    enquiry = Enquiry(
        consultation=consultation,
        language=language,
        asks=question.strip(),
        email=email.strip(),
        asked_on=today,
        due_on=working_days_after(today, within),
    )
    db.session.add(enquiry)
    db.session.flush()
    return enquiry


def reply(enquiry: Enquiry, *, words: str, by: Account | None, now: datetime) -> None:
    """Answer the person alone; needs an address they left."""
    _unanswered(enquiry)
    if not enquiry.email:
        raise Rejected("decision", "They left no email address, so only a published answer can reach them")
    if not words.strip():
        raise Rejected("reply", "Enter the reply")
    enquiry.reply = words.strip()
    _answered(enquiry, "private", by, now)


def publish(enquiry: Enquiry, *, question: Texts, answer: Texts, words: str, by: Account | None, now: datetime) -> None:
    """Answer everybody, with the question in our words; whoever left an address gets the answer, or `words` if any.

    Published ones can be corrected in the same way. Raises Rejected where the question would tell who asked.
    """
    if enquiry.state not in ("waiting", "published"):
        raise NotNow("This question has been settled already.")
    own = enquiry.consultation.language
    asked, answered = Wording(question, own), Wording(answer, own)
    for name, wording, sentence in (
        ("question", asked, "Enter the question in words that name nobody"),
        ("answer", answered, "Enter the answer"),
    ):
        if own not in wording:
            raise Rejected(f"{name}_{own}", sentence)
    for language, text in asked.items():
        if any(found.kind in TELLING for found in find(text)):
            raise Rejected(f"question_{language}", "Take out what tells who asked: an address, a number or a date")
    enquiry.published_question, enquiry.published_answer = asked.as_json(), answered.as_json()
    if enquiry.state == "waiting":
        enquiry.reply = words.strip()
        _answered(enquiry, "published", by, now)
    else:
        record(by, "answer_enquiry", enquiry, now=now, note="corrected")


def set_aside(enquiry: Enquiry, *, by: Account | None, now: datetime) -> None:
    """It was no question to us: nobody is told, and the address is forgotten at once."""
    _unanswered(enquiry)
    enquiry.email = ""
    _answered(enquiry, "set_aside", by, now)


def told(enquiry: Enquiry) -> None:
    """The person has their reply: forget where to reach them."""
    enquiry.email = ""
    db.session.flush()


def _unanswered(enquiry: Enquiry) -> None:
    if enquiry.state != "waiting":
        raise NotNow("This question has been settled already.")


def _answered(enquiry: Enquiry, state: str, by: Account | None, now: datetime) -> None:
    enquiry.state, enquiry.answered_on = state, day_of(now)
    db.session.flush()
    record(by, "answer_enquiry", enquiry, now=now, note=state)
