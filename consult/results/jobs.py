"""Sweeps: counted answers go into columns, leads are told of comments that cannot wait, old ones are deleted."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog
from flask import Flask, current_app, url_for
from sqlalchemy import select

from consult import clock
from consult.accounts.models import Account, Membership
from consult.accounts.permissions import may
from consult.answering.actions import crossing as closing
from consult.answering.actions import urgent
from consult.answering.actions.settle import Step
from consult.answering.jobs import nothing, retire_closing
from consult.answering.models import Box
from consult.config import Settings
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.engagement.models import Group
from consult.extensions import db
from consult.jobs import add_sweep, saving
from consult.jobs.post import Post, post_of
from consult.results import actions, copying, crossed, queries
from consult.results.queries import Waiting

SUBJECT = "A comment waits that somebody asked you to read"
BODY = """Somebody asked your team to read what they wrote about
“{title}”.

Their words are not in this message. Sign in and read them by {due}:
{address}

They cannot be answered: nobody knows who wrote them."""


def register(app: Flask) -> None:
    """Let the worker run them."""
    add_sweep("closing arrays", open_arrays)
    add_sweep("columns of results", copy_what_is_due)
    add_sweep("urgent comments", tell_leads)
    add_sweep("old urgent comments", forget_old)


def open_arrays(step: Step = nothing) -> int:
    """Open each closing array whose consultation is counted for good, once, and destroy its key; gives how many."""
    db.session.rollback()
    opened = 0
    for number in closing.waiting(db.session):
        with saving():
            consultation = db.session.get_one(Consultation, number)
            opened += crossed.let_out(consultation, now=clock.now())
        step("let out")
        retire_closing(number, step)
    db.session.rollback()
    return opened


def copy_what_is_due() -> int:
    """Copy every consultation whose count is complete and not copied yet; gives how many were."""
    db.session.rollback()
    counted = select(Consultation).join(Box, Box.consultation_id == Consultation.id).where(Box.stage == "closed")
    copied = 0
    for consultation in db.session.scalars(counted).all():
        if copying.due(consultation):
            copying.copy(consultation)
            copied += 1
    db.session.rollback()
    return copied


def tell_leads() -> int:
    """Tell the leads of groups where something waits; gives how many messages went.

    At most once an hour, on the clock and never on an arrival: the moment of a message must not be that of an answer.
    """
    settings: Settings = current_app.config["CONSULT"]
    post = post_of(settings)
    if post is None:
        return 0
    with saving():
        if not actions.new_round(clock.now()):
            return 0
        found = [one for one in queries.urgent(None, decided=False) if not one.comment.lead_told]
    by_consultation = defaultdict(list)
    for one in found:
        by_consultation[one.consultation.id].append(one)
    return sum(_tell(post, some, settings) for some in by_consultation.values())


def _tell(post: Post, waiting: list[Waiting], settings: Settings) -> int:
    """One consultation; where the post fails, the next round tries again."""
    consultation = waiting[0].consultation
    with current_app.test_request_context("/"):
        address = f"{settings.site_url.rstrip('/')}{url_for('results.urgent_list')}"
    body = BODY.format(
        title=consultation.wording("title").to("en").text,
        due=f"{min(one.due for one in waiting):%-d %B %Y}",
        address=address,
    )
    sent = 0
    for address in whom(consultation.group_id):
        try:
            post.send(to=address, subject=SUBJECT, body=body)
            sent += 1
        except OSError as error:
            structlog.get_logger().error("a lead could not be told", error=type(error).__name__)
    if sent:
        with saving():
            actions.mark_told(one.comment for one in waiting)
    return sent


def whom(group_id: int) -> list[str]:
    """The leads of a group; where none has an address, everybody who may decide there."""
    group = db.session.get_one(Group, group_id)
    if leads := sorted({lead.email for lead in group.leads if lead.email}):
        return leads
    members = db.session.scalars(select(Account).join(Membership).where(Account.active).distinct())
    return sorted(one.email for one in members if may(one, "decide_urgent", group))


def forget_old() -> None:
    """Delete what was decided and is older than the setting says; what nobody has read yet stays, and is late."""
    settings: Settings = current_app.config["CONSULT"]
    today = lifecycle.day_of(clock.now(), ZoneInfo(settings.time_zone))
    with saving():
        urgent.forget(db.session, before=today - timedelta(days=settings.urgent_days))
