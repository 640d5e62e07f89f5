"""A second person looks at You Said, We Did: it is sent for review, returned, or published as a frozen page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from consult.accounts.actions.log import record
from consult.domain import lifecycle
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.domain.feedback import lacking
from consult.domain.lifecycle import Phase
from consult.extensions import db
from consult.feedback import queries
from consult.feedback.models import FeedbackDraft, FeedbackPublication, FeedbackRow

if TYPE_CHECKING:
    from consult.accounts.models import Account


def submit(draft: FeedbackDraft, *, by: Account, now: datetime) -> None:
    """Send it to a second person, complete; refuses with a sentence for each thing that is missing."""
    if draft.state != "draft":
        raise NotNow("Only a draft that was changed can be sent for review.")
    _complete(draft, now)
    draft.state = "in_review"
    draft.submitted_by, draft.submitted_at, draft.returned_because = by.id, now, ""
    db.session.flush()
    record(by, "write_feedback", draft, now=now, note="sent for review")


def take_back(draft: FeedbackDraft, *, by: Account, now: datetime) -> None:
    """Its authors go on writing."""
    if draft.state != "in_review":
        raise NotNow("This is not with a second person at the moment.")
    draft.state = "draft"
    db.session.flush()
    record(by, "write_feedback", draft, now=now, note="taken back from review")


def return_to_authors(draft: FeedbackDraft, *, reasons: str, by: Account, now: datetime) -> None:
    """Give it back with reasons."""
    if not reasons.strip():
        raise Rejected("reasons", "Enter what should be changed")
    _second_person(draft, by)
    if draft.state != "in_review":
        raise NotNow("Only what is in review can be sent back.")
    draft.state, draft.returned_because = "draft", reasons.strip()
    db.session.flush()
    record(by, "review_feedback", draft, now=now, note="sent back")


def flag(row: FeedbackRow, *, reflects: bool, informs: bool, by: Account, now: datetime) -> None:
    """A commissioner says whether the plan reflected a point already, or was informed by it, or both, or neither."""
    draft = row.theme.draft
    _second_person(draft, by)
    if draft.state != "in_review":
        raise NotNow("This can be said only while it is in review.")
    if row.answer == "changed" and not informs:
        raise Rejected("influence", "The answer is that you changed your plan, so this informed it")
    row.reflects, row.informs = reflects, informs
    row.flagged_by, row.flagged_at = by.id, now
    db.session.flush()
    record(by, "review_feedback", draft, now=now, note="said what a point reflects and informs")


def publish(draft: FeedbackDraft, *, by: Account, now: datetime) -> FeedbackPublication:
    """Freeze it for everybody: by somebody who wrote none of it, complete, after the consultation has closed."""
    db.session.refresh(draft, with_for_update=True)
    _second_person(draft, by)
    if draft.state != "in_review":
        raise NotNow("Only what is in review can be published.")
    consultation = draft.consultation
    phase = lifecycle.phase(consultation, now)
    if phase not in (Phase.CLOSED, Phase.REPORTED):
        raise NotNow("You Said, We Did can be published once the consultation has closed.")
    _complete(draft, now)
    before = queries.latest(consultation)
    page = queries.as_page(draft)
    if phase is Phase.CLOSED:
        consultation.state = lifecycle.report(consultation, now).state
    publication = FeedbackPublication(
        consultation=consultation,
        number=before.number + 1 if before else 1,
        frozen=page.as_json(),
        published_on=lifecycle.day_of(now),
        published_by=by.id,
        submitted_by=draft.submitted_by,
    )
    db.session.add(publication)
    draft.state = "published"
    db.session.flush()
    record(by, "publish_feedback", draft, now=now, note=f"publication {publication.number}")
    return publication


def _second_person(draft: FeedbackDraft, by: Account) -> None:
    wrote = {*draft.authors, draft.submitted_by, *(author for row in draft.rows for author in row.authors)}
    if by.id in wrote:
        raise NotAllowed("You wrote some of this yourself or sent it for review, so somebody else has to do it.")


def _complete(draft: FeedbackDraft, now: datetime) -> None:
    sentences = lacking(draft.feedback(), lifecycle.day_of(now))
    if sentences:
        raise NotNow(" ".join(sentences))
