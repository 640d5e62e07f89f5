"""Formal submissions come in by the site or are recorded by staff; they count when staff have looked at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.accounts.actions.log import record
from consult.consultations.actions.documents import keep, sniff
from consult.consultations.models import Consultation
from consult.correspondence.models import CAME_BY, KINDS, PERMISSIONS, Submission, SubmissionContact
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import Phase, day_of
from consult.domain.wording import Wording
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: The largest document that comes in by the public form, in bytes.
LARGEST_SENT = 10 * 1024 * 1024
#: More signatures than the country has people are a slip of the keyboard.
MOST_SIGNATURES = 70_000_000


@dataclass(frozen=True)
class Said:
    """What a submission says about itself, as a form gives it."""

    kind: str
    name: str
    permission: str
    capacity: str = ""
    words: str = ""
    language: str = "en"
    signatures: int | None = None
    signatures_counted: str = ""
    #: what it says in our words, by language
    summary: Mapping[str, str] = field(default_factory=dict)


def send_submission(
    consultation: Consultation, *, said: Said, email: str, content: bytes | None, folder: Path, now: datetime
) -> Submission:
    """Somebody sends one by the public form while it is open; it waits for staff to look at it."""
    if lifecycle.phase(consultation, now) is not Phase.OPEN:
        raise NotNow(_("Formal submissions can be sent while this is open."))
    if not email.strip():
        raise Rejected("email", _("Enter your email address"))
    if content is None and not said.words.strip():
        raise Rejected("words", _("Write what you want to say, or choose a document"))
    if content is not None and len(content) > LARGEST_SENT:
        raise Rejected("file", _("Choose a document of 10 MB or less"))
    submission = Submission(consultation=consultation, came_by="site", received_on=day_of(now))
    _say(submission, said)
    try:
        _attach(submission, content, folder)
    except Rejected:
        raise Rejected("file", _("Choose a PDF, ODT or DOCX document without macros")) from None
    db.session.add(submission)
    db.session.flush()
    db.session.add(SubmissionContact(submission_id=submission.id, email=email.strip()))
    db.session.flush()
    return submission


def record_submission(
    consultation: Consultation,
    *,
    said: Said,
    came_by: str,
    received_on: date,
    acknowledged_on: date | None,
    content: bytes | None,
    folder: Path,
    by: Account | None,
    now: datetime,
) -> Submission:
    """Staff record one that came by post, by e-mail or in person; it counts."""
    if lifecycle.phase(consultation, now) not in lifecycle.PUBLIC:
        raise NotNow("This consultation is not published, so nobody can have written about it.")
    submission = Submission(consultation=consultation)
    _settle(submission, said, "counted", (came_by, received_on, acknowledged_on), now)
    _attach(submission, content, folder)
    db.session.add(submission)
    db.session.flush()
    record(by, "record_submission", submission, now=now, note="counted")
    return submission


def edit_submission(
    submission: Submission,
    *,
    said: Said,
    state: str,
    came_by: str,
    received_on: date,
    acknowledged_on: date | None,
    content: bytes | None,
    folder: Path,
    by: Account | None,
    now: datetime,
) -> None:
    """Staff correct it, or say whether it counts; a new document takes the place of the old one."""
    _settle(submission, said, state, (came_by, received_on, acknowledged_on), now)
    _attach(submission, content, folder)
    db.session.flush()
    record(by, "record_submission", submission, now=now, note=state)


def thanked(contact: SubmissionContact, *, now: datetime) -> None:
    """They were told by e-mail that we have it."""
    submission = db.session.get_one(Submission, contact.submission_id)
    contact.thanked = True
    submission.acknowledged_on = submission.acknowledged_on or day_of(now)
    db.session.flush()


def _settle(submission: Submission, said: Said, state: str, came: tuple[str, date, date | None], now: datetime) -> None:
    came_by, received_on, acknowledged_on = came
    if came_by not in CAME_BY:
        raise Rejected("came_by", "Choose how it came")
    if state not in ("new", "counted", "set_aside"):
        raise Rejected("state", "Choose whether it counts")
    if received_on > day_of(now):
        raise Rejected("received_on", "The day it came cannot be in the future")
    if acknowledged_on is not None and not received_on <= acknowledged_on <= day_of(now):
        raise Rejected("acknowledged_on", "The day it was acknowledged lies between the day it came and today")
    own = submission.consultation.language
    summary = Wording(said.summary, own)
    if state == "counted" and said.permission != "none" and own not in summary:
        raise Rejected(f"summary_{own}", "Enter what it says in our words: that is what is published")
    _say(submission, said)
    submission.summary, submission.state, submission.came_by = summary.as_json(), state, came_by
    submission.received_on, submission.acknowledged_on = received_on, acknowledged_on


def _say(submission: Submission, said: Said) -> None:
    if said.kind not in KINDS:
        raise Rejected("kind", _("Choose who sends this"))
    if not said.name.strip():
        raise Rejected("name", _("Enter a name"))
    if said.permission not in PERMISSIONS:
        raise Rejected("permission", _("Choose what we may publish"))
    petition = said.kind == "petition"
    if petition and (said.signatures is None or not 0 < said.signatures <= MOST_SIGNATURES):
        raise Rejected("signatures", _("Enter how many people signed, as a whole number"))
    if petition and not said.signatures_counted.strip():
        raise Rejected("signatures_counted", _("Say how the signatures were counted"))
    submission.kind, submission.name, submission.capacity = said.kind, said.name.strip(), said.capacity.strip()
    submission.permission, submission.words, submission.language = said.permission, said.words.strip(), said.language
    submission.signatures = said.signatures if petition else None
    submission.signatures_counted = said.signatures_counted.strip() if petition else ""


def _attach(submission: Submission, content: bytes | None, folder: Path) -> None:
    """Keep a document, known by its content; raises Rejected("file") for anything but a PDF, ODT or DOCX."""
    if content is None:
        return
    submission.file_kind = sniff(content)
    submission.sha256, submission.size = keep(content, folder), len(content)
