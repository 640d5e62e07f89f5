"""What is next for somebody with You Said, We Did: closed consultations to answer, and answers to review."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from consult.accounts.models import Account
from consult.accounts.permissions import groups_where, may
from consult.accounts.work import Step
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.lifecycle import Phase
from consult.feedback import queries
from consult.feedback.models import FeedbackDraft


def next_steps(account: Account, now: datetime) -> list[Step]:
    """Every closed consultation that waits for an answer, and every answer that waits for a second person."""
    return [*_to_write(account, now), *_to_review(account)]


def _to_write(account: Account, now: datetime) -> list[Step]:
    if not may(account, "write_feedback"):
        return []
    drafts = queries.drafts()
    published = {one.consultation_id for one in queries.published()}
    return [
        Step(
            lifecycle.twelve_weeks_after(one.closes_at) if one.closes_at else None,
            f"{_begun(drafts.get(one.id))} You Said, We Did for “{_title(one)}”",
            url_for("feedback.staff_feedback", slug=one.slug),
            "You",
            "feedback",
        )
        for one in consultations.for_staff(groups_where(account, "write_feedback"))
        if lifecycle.phase(one, now) in (Phase.CLOSED, Phase.REPORTED)
        and _is_open(drafts.get(one.id), one.id in published)
    ]


def _to_review(account: Account) -> list[Step]:
    return [
        Step(
            lifecycle.twelve_weeks_after(draft.consultation.closes_at) if draft.consultation.closes_at else None,
            f"Review You Said, We Did for “{_title(draft.consultation)}” before it is published",
            url_for("feedback.review_feedback", slug=draft.consultation.slug),
            "You",
            "review",
        )
        for draft in queries.waiting_for_review()
        if may(account, "publish_feedback", draft)
    ]


def _is_open(draft: FeedbackDraft | None, published: bool) -> bool:
    """Whether an editor has something to do: nothing was written yet, or something was changed and not sent."""
    return not published if draft is None else draft.state == "draft"


def _begun(draft: FeedbackDraft | None) -> str:
    if draft is None:
        return "Write"
    return "Change" if draft.returned_because else "Finish"


def _title(one: Consultation) -> str:
    return one.wording("title").to("en").text
