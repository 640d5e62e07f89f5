"""What is sent to staff: links to choose a password."""

from __future__ import annotations

from flask import Flask, current_app, url_for
from sqlalchemy import select

from consult import clock
from consult.accounts import actions, queries
from consult.accounts import second_factor as codes
from consult.accounts.models import Account, AccountLetter
from consult.domain.wording import Wording
from consult.extensions import db
from consult.jobs import add_sweep, saving
from consult.jobs.failures import Refused
from consult.jobs.post import post_of

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
    settings = current_app.config["CONSULT"]
    post = post_of(settings)
    if post is None:
        return 0
    waiting = select(AccountLetter.id).where(AccountLetter.to_send.is_not(None)).order_by(AccountLetter.id)
    numbers, failed, sent = db.session.scalars(waiting).all(), None, 0
    for number in numbers:
        try:
            with saving():
                letter = db.session.get(AccountLetter, number, with_for_update=True)
                if letter is None or letter.to_send is None or letter.until <= clock.now():
                    continue
                secret, to = codes.unseal(letter.to_send), db.session.get_one(Account, letter.account_id).email
                letter.to_send = None
                if secret is None:
                    continue
                site = Wording(queries.organisation().name).to("en").text
                with current_app.test_request_context("/staff/"):
                    path = url_for("accounts.choose_password", secret=secret.decode())
                body = f"{BODIES[letter.kind].format(site=site)}\n\n{settings.site_url.rstrip('/')}{path}"
                try:
                    post.send(to=to, subject=SUBJECTS[letter.kind].format(site=site), body=body)
                except Refused:
                    continue
                sent += 1
        except OSError as error:
            failed = error
    if failed is not None:
        raise failed
    return sent


def forget_letters() -> None:
    """Those whose link no longer works."""
    with saving():
        actions.forget_old(now=clock.now())
