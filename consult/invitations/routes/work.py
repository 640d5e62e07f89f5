"""What is next for somebody with invitations, and the way to them from a consultation's staff page."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import url_for

from consult.accounts.access import account
from consult.accounts.models import Account
from consult.accounts.permissions import groups_where, may
from consult.accounts.work import Step
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.extensions import db
from consult.invitations import queries
from consult.invitations.actions.listing import DAYS_TO_DECIDE
from consult.web.sections import Card, Section


def next_steps(account: Account, now: datetime) -> list[Step]:
    """Lists that were read and not decided about, and invitations that nobody has sent yet."""
    if not may(account, "invite"):
        return []
    groups = groups_where(account, "invite")
    steps = [
        Step(
            one.made_on + timedelta(days=DAYS_TO_DECIDE),
            f"Keep “{one.name}” or throw it away",
            url_for("invitations.staff_list", slug=one.consultation.slug, number=one.id),
            "You",
            "contacts",
        )
        for one in queries.undecided(groups)
    ]
    for number, count in queries.waiting_to_be_sent(groups).items():
        consultation = db.session.get_one(Consultation, number)
        if lifecycle.phase(consultation, now) is lifecycle.Phase.OPEN:
            title = consultation.wording("title").to("en").text
            steps.append(
                Step(
                    None,
                    f"Send {count:,} {'invitation' if count == 1 else 'invitations'}: {title}",
                    url_for("invitations.staff_invitations", slug=consultation.slug),
                    "You",
                    "invitations",
                )
            )
    return steps


def inviting(consultation: Consultation, _now: datetime) -> Section | None:
    """The way here from a consultation's staff page."""
    if not may(account(), "see_invitations", consultation):
        return None
    href = url_for("invitations.staff_invitations", slug=consultation.slug)
    return Section("Invitations", [Card(href=href, title="Lists of people, emails, reminders and letters")])
