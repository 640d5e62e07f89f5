"""Sweeps that tell people what was published, send invitations, and hear what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask, current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from consult import clock
from consult.accounts.queries import organisation
from consult.consultations.models import Consultation
from consult.consultations.news import News
from consult.domain.wording import Wording
from consult.extensions import db
from consult.invitations import actions
from consult.invitations.actions.sending import waiting
from consult.invitations.models import Invitation, Subscriber
from consult.invitations.routes.messages import knows_its_address, message
from consult.jobs import add_sweep, saving
from consult.jobs.failures import Busy, Refused
from consult.jobs.notify import Notify
from consult.jobs.post import Post, post_of

#: How many messages one run of the sweep sends, and how many it asks about.
BATCH = 100
#: How long to leave somebody alone after a failure, for each failure so far; a new worker may try earlier.
REST = timedelta(minutes=15)
#: How often GOV.UK Notify is asked what became of messages.
ASKED_EVERY = timedelta(minutes=10)
_resting: dict[int, datetime] = {}
_asked: list[datetime] = []


def register(app: Flask) -> None:
    """Let the worker run the sweep."""
    add_sweep("tell subscribers", tell_subscribers)
    add_sweep("send invitations", send_invitations)
    add_sweep("hear of invitations", hear_of_invitations)
    add_sweep("throw undecided lists away", throw_undecided_away)


def tell_subscribers() -> int:
    """Send what is due, in the language each person asked in; gives how many were told."""
    post = post_of(current_app.config["CONSULT"])
    if post is None:
        return 0
    with saving():
        return actions.tell(db.session, lambda subscriber, news: _send(post, subscriber, news))


def _send(post: Post, subscriber: Subscriber, news: News) -> None:
    settings = current_app.config["CONSULT"]
    consultation = db.session.get_one(Consultation, subscriber.consultation_id)
    site = settings.site_url.rstrip("/")
    prefix = "" if subscriber.language == settings.site_language else f"/{subscriber.language}"
    stop = actions.stop_token(subscriber.id, current_app.config["SECRET_KEY"])
    with current_app.test_request_context(prefix or "/"), force_locale(subscriber.language.replace("-", "_")):
        title = Wording(consultation.title, consultation.language).to(subscriber.language).text
        name = Wording(organisation().name).to(subscriber.language).text
        lines = [
            _("You asked us to tell you what happened."),
            title,
            f"{site}{prefix}{news.path}",
            _("If you do not want to hear from us about this again, open this address:"),
            f"{site}{prefix}{url_for('invitations.stop_telling', token=stop)}",
            name,
        ]
        post.send(to=subscriber.email, subject=_("What happened: %(title)s", title=title), body="\n\n".join(lines))


def send_invitations() -> int:
    """Send invitations and reminders that staff asked for, one by one; gives how many went out.

    What is about one address keeps nobody else waiting. When the way itself fails, nobody's tries are counted, and the
    rest waits for the next run.
    """
    post = post_of(current_app.config["CONSULT"])
    if post is None or not knows_its_address():
        return 0
    now = clock.now()
    for number in [number for number, until in _resting.items() if until <= now]:
        del _resting[number]
    return sum(_invite(post, number) for number in waiting(most=BATCH, but=_resting))


def _invite(post: Post, number: int) -> bool:
    """Write to one person: keep the link, send it, then say that it has gone."""
    with saving():
        ready = actions.prepare(number, secret=current_app.config["SECRET_KEY"], now=clock.now())
        if ready is None:
            return False
        invitation, token = ready
        kind, to, words = invitation.wanted, invitation.contact.email, _words(invitation, token)
    # No transaction is open while the other side takes its time.
    reference, failure = None, None
    try:
        reference = post.send(to=to, subject=words[0], body=words[1])
    except (Refused, Busy) as error:
        failure = error
    with saving():
        kept = db.session.get(Invitation, number, with_for_update=True)
        if kept is None:
            return False
        if failure is None:
            actions.sent(kept, kind=kind, reference=reference, now=clock.now())
        elif isinstance(failure, Refused):
            actions.bounced(kept)
        else:
            actions.failed(kept)
            _resting[number] = clock.now() + REST * kept.tries
    return failure is None


def _words(invitation: Invitation, token: str) -> tuple[str, str]:
    consultation = db.session.get_one(Consultation, invitation.consultation_id)
    contact = invitation.contact
    with current_app.test_request_context("/"):
        said = message(consultation, kind=invitation.wanted, language=contact.language, name=contact.name, token=token)
    return said.subject, said.body


def hear_of_invitations() -> int:
    """Ask GOV.UK Notify what became of messages it has not told us about; gives how many it knew more of."""
    post = post_of(current_app.config["CONSULT"])
    now = clock.now()
    if not isinstance(post, Notify) or (_asked and timedelta(0) <= now - _asked[0] < ASKED_EVERY):
        return 0
    _asked[:] = [now]
    heard = 0
    for reference in actions.referenced(most=BATCH):
        status = post.status(reference)
        with saving():
            heard += actions.heard(reference, status)
    return heard


def throw_undecided_away() -> int:
    """Forget lists that were read on trial and that nobody kept."""
    with saving():
        return actions.throw_undecided_away(now=clock.now())
