"""What is next for somebody with consultations: drafts, reviews, and changes to look at a second time."""

from __future__ import annotations

from datetime import date, datetime

from flask import url_for

from consult.accounts.models import Account
from consult.accounts.permissions import groups_where, may
from consult.accounts.work import Step
from consult.consultations import queries
from consult.consultations.models import Consultation
from consult.domain.lifecycle import day_of


def next_steps(account: Account, _now: datetime) -> list[Step]:
    """Every draft to finish, consultation to review and change to look at that this account may deal with."""
    return [*_drafts(account), *_reviews(account), *_waiting(account), *_changes(account)]


def _drafts(account: Account) -> list[Step]:
    groups = groups_where(account, "edit_consultation")
    drafts = [one for one in queries.for_staff(groups) if one.state == "draft"]
    return [
        Step(
            _day(one.opens_at),
            f"{'Change' if one.returned_because else 'Finish'} the draft “{_title(one)}”",
            _link(one),
            "You",
            "draft",
        )
        for one in drafts
    ]


def _reviews(account: Account) -> list[Step]:
    return [
        Step(
            _day(one.opens_at),
            f"Review “{_title(one)}” before it is published",
            url_for("consultations.review_consultation", slug=one.slug),
            "You",
            "review",
        )
        for one in queries.waiting_for_review()
        if may(account, "approve_consultation", one)
    ]


def _waiting(account: Account) -> list[Step]:
    """What its writers have handed on: they see that it is with somebody else."""
    return [
        Step(_day(one.opens_at), f"“{_title(one)}” waits for its review", _link(one), "A commissioner", "waiting")
        for one in queries.waiting_for_review()
        if may(account, "edit_consultation", one) and not may(account, "approve_consultation", one)
    ]


def _changes(account: Account) -> list[Step]:
    return [
        Step(
            _day(change.second_due_at),
            f"Look at what was changed in “{_title(change.consultation)}”: {change.kind}",
            _link(change.consultation),
            "You",
            "change",
        )
        for change in queries.waiting_for_second()
        if may(account, "second_change", change)
    ]


def _day(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


def _title(one: Consultation) -> str:
    return one.wording("title").to("en").text


def _link(one: Consultation) -> str:
    return url_for("consultations.staff_consultation", slug=one.slug)


def handed_over(leaver: Account, _successor: Account) -> list[str]:
    """Drafts that somebody wrote stay with their group; whoever goes on is told of them."""
    return [
        f"“{_title(one)}” ({'a draft' if one.state == 'draft' else 'waiting for its review'}) was written by them "
        "among others; it stays with its group."
        for one in queries.written_by(leaver.id)
    ]
