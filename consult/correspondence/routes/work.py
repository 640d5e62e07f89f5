"""What is next for somebody with what people wrote to us by name."""

from __future__ import annotations

from datetime import datetime

from flask import url_for

from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step
from consult.correspondence import queries
from consult.correspondence.models import Enquiry, Submission
from consult.correspondence.routes.staff import WHATS
from consult.domain.lifecycle import working_days_after

#: How many working days a formal submission waits at most until somebody looks at it.
LOOKED_AT_WITHIN = 5


def next_steps(account: Account, _now: datetime) -> list[Step]:
    """Every request that is not sent yet, and how many questions and submissions wait, by due date."""
    return [*formats(account), *questions(account), *submissions(account)]


def questions(account: Account) -> list[Step]:
    """The questions that wait, together for each consultation, due with the first of them."""
    waiting: dict[int, list[Enquiry]] = {}
    for one in queries.enquiries(None, state="waiting"):
        if may(account, "answer_enquiry", one):
            waiting.setdefault(one.consultation_id, []).append(one)
    return [
        Step(
            asked[0].due_on,
            f"Answer {_count(len(asked), 'question')}: {asked[0].consultation.wording('title').to('en')}",
            url_for("correspondence.enquiries", state="waiting"),
            "You",
            "enquiry",
        )
        for asked in waiting.values()
    ]


def submissions(account: Account) -> list[Step]:
    """The submissions that nobody has looked at yet, together for each consultation."""
    waiting: dict[int, list[Submission]] = {}
    for one in queries.submissions(None, state="new"):
        if may(account, "record_submission", one):
            waiting.setdefault(one.consultation_id, []).append(one)
    return [
        Step(
            working_days_after(min(one.received_on for one in sent), LOOKED_AT_WITHIN),
            f"Look at {_count(len(sent), 'formal submission')}: {sent[0].consultation.wording('title').to('en')}",
            url_for("correspondence.submissions", about=sent[0].consultation.slug, state="new"),
            "You",
            "submission",
        )
        for sent in waiting.values()
    ]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def formats(account: Account) -> list[Step]:
    """Every request that is not sent yet, by its due date."""
    return [
        Step(
            wish.due_on,
            f"Send what somebody asked for: {WHATS[wish.what]}",
            url_for("correspondence.format_request", number=wish.id),
            "You",
            "format",
        )
        for wish in queries.unsettled()
        if may(account, "settle_format_request", wish)
    ]
