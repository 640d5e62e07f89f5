"""Sweeps that send what people who wrote to us by name are to be told, and forget how to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask, current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from consult import clock
from consult.accounts.queries import organisation
from consult.correspondence import actions, queries
from consult.correspondence.models import Enquiry, Submission, SubmissionContact
from consult.domain.wording import Wording
from consult.extensions import db
from consult.jobs import add_sweep, saving
from consult.jobs.post import Post, post_of


def register(app: Flask) -> None:
    """Let the worker run the sweeps."""
    add_sweep("reply to questions", reply_to_questions)
    add_sweep("thank for submissions", thank_for_submissions)
    add_sweep("forget who wrote to us", forget_contacts)


def reply_to_questions() -> int:
    """Send every reply that is ready, then forget its address; gives how many were sent.

    One by one: whoever could not be sent theirs is tried again at the next look, and keeps nobody else waiting.
    """
    post = post_of(current_app.config["CONSULT"])
    if post is None:
        return 0
    waiting = db.session.scalars(
        select(Enquiry.id).where(Enquiry.email != "", Enquiry.state.in_(("private", "published")))
    ).all()
    sent, failed = 0, None
    for number in waiting:
        try:
            with saving():
                enquiry = db.session.get_one(Enquiry, number)
                _send_reply(post, enquiry)
                actions.told(enquiry)
                sent += 1
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    return sent


def thank_for_submissions() -> int:
    """Tell everybody who sent a formal submission that we have it; gives how many were told, one by one as above."""
    post = post_of(current_app.config["CONSULT"])
    if post is None:
        return 0
    sent, failed = 0, None
    for number in queries.unthanked():
        try:
            with saving():
                contact = db.session.get_one(SubmissionContact, number)
                _send_thanks(post, contact)
                actions.thanked(contact, now=clock.now())
                sent += 1
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    return sent


def forget_contacts() -> None:
    """Empty every address of people whose consultation closed so many days ago (CONSULT_CONTACT_DAYS)."""
    days = timedelta(days=current_app.config["CONSULT"].contact_days)
    with saving():
        actions.forget_contacts(before=clock.now() - days)


def _send_reply(post: Post, enquiry: Enquiry) -> None:
    consultation = enquiry.consultation
    with speaking(enquiry.language) as site:
        lines = [
            _("You asked us a question about this:"),
            Wording(consultation.title, consultation.language).to(enquiry.language).text,
        ]
        if enquiry.reply or enquiry.state != "published":
            lines.append(enquiry.reply)
        else:
            lines.append(enquiry.wording("published_answer").to(enquiry.language).text)
        if enquiry.state == "published":
            path = url_for("correspondence.questions", slug=consultation.slug)
            lines += [_("We have also published the answer, without anything about you:"), f"{site}{path}"]
        lines += [
            _("We have deleted your email address. If you write again, please use the form."),
            _name(enquiry.language),
        ]
        post.send(to=enquiry.email, subject=_("Our answer to your question"), body="\n\n".join(lines))


def _send_thanks(post: Post, contact: SubmissionContact) -> None:
    submission = db.session.get_one(Submission, contact.submission_id)
    consultation = submission.consultation
    with speaking(submission.language) as site:
        lines = [
            _("We have your formal submission about this:"),
            Wording(consultation.title, consultation.language).to(submission.language).text,
            f"{site}{url_for('consultations.show', slug=consultation.slug)}",
            _("Our team looks at it before it counts, and may write to you about it."),
            _name(submission.language),
        ]
        post.send(to=contact.email, subject=_("Thank you, we have your submission"), body="\n\n".join(lines))


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Say things in this language; gives the site's address with the language's prefix."""
    settings = current_app.config["CONSULT"]
    prefix = "" if language == settings.site_language else f"/{language}"
    with current_app.test_request_context(prefix or "/"), force_locale(language.replace("-", "_")):
        yield settings.site_url.rstrip("/") + prefix


def _name(language: str) -> str:
    return Wording(organisation().name).to(language).text
