"""The sweep that tells people what was published."""

from __future__ import annotations

from flask import Flask, current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from consult.accounts.queries import organisation
from consult.consultations.models import Consultation
from consult.consultations.news import News
from consult.domain.wording import Wording
from consult.extensions import db
from consult.invitations import actions
from consult.invitations.models import Subscriber
from consult.jobs import add_sweep, saving
from consult.jobs.post import Post, post_of


def register(app: Flask) -> None:
    """Let the worker run the sweep."""
    add_sweep("tell subscribers", tell_subscribers)


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
