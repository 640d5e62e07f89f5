"""What is sent to staff: links to choose a password."""

from __future__ import annotations

from flask import Flask, current_app, url_for
from sqlalchemy import select

from consult import clock
from consult.accounts import actions, queries
from consult.accounts import second_factor as codes
from consult.accounts.models import AccountLetter
from consult.domain.wording import Wording
from consult.extensions import db
from consult.jobs import add_sweep, saving
from consult.jobs.failures import Refused
from consult.jobs.post import Post, post_of

SUBJECTS = {"invitation": "Your account for {site}", "recovery": "Choose a new password for {site}"}
BODIES = {
    "invitation": "You have been given an account for {site}. Choose your name and a password here within seven days:",
    "recovery": "Somebody asked for a new password for this address. If it was you, choose it here within two hours. "
    "If it was not, you need do nothing.",
}


def register(_app: Flask) -> None:
    """Add the sweeps of this room to the worker."""
    add_sweep("letters to staff", send_letters)
    add_sweep("old letters to staff", forget_letters)


def send_letters() -> int:
    """Send every letter that waits, each once; without a way to send e-mail they wait. Gives how many."""
    post = post_of(current_app.config["CONSULT"])
    if post is None:
        return 0
    waiting = select(AccountLetter.id).where(AccountLetter.to_send.is_not(None)).order_by(AccountLetter.id)
    numbers, failed, sent = db.session.scalars(waiting).all(), None, 0
    for number in numbers:
        try:
            sent += _send(post, number)
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    return sent


def _send(post: Post, number: int) -> bool:
    """Send one; no transaction is open while the other side takes its time."""
    letter = db.session.get(AccountLetter, number, populate_existing=True)
    if letter is None or letter.to_send is None or letter.until <= clock.now():
        return False
    to, subject, body = _words(letter)
    db.session.rollback()
    refused = False
    try:
        if body is not None:
            post.send(to=to, subject=subject, body=body)
    except Refused:
        refused = True
    with saving():
        kept = db.session.get(AccountLetter, number, with_for_update=True)
        if kept is not None and refused:
            actions.refused(kept, now=clock.now())
        elif kept is not None:
            kept.to_send = None
    return not refused and body is not None


def _words(letter: AccountLetter) -> tuple[str, str, str | None]:
    """To whom, about what, and what it says; nothing where the site’s secret has changed since."""
    settings = current_app.config["CONSULT"]
    site = Wording(queries.organisation().name).to("en").text
    to, subject = actions.whose(letter).email, SUBJECTS[letter.kind].format(site=site)
    secret = codes.unseal(letter.to_send or "")
    if secret is None:
        return to, subject, None
    with current_app.test_request_context("/staff/"):
        path = url_for("accounts.choose_password", secret=secret.decode())
    return to, subject, f"{BODIES[letter.kind].format(site=site)}\n\n{settings.site_url.rstrip('/')}{path}"


def forget_letters() -> None:
    """Those whose link no longer works."""
    with saving():
        actions.forget_old(now=clock.now())
