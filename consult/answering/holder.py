"""Whoever answers, as one request sees them: the consultation, their open draft, and the cookie that holds its key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, current_app, request
from flask_babel import gettext as _

from consult import clock
from consult.answering import asked, drafts, queries
from consult.answering.asked import Asked, RevisionAsked
from consult.answering.drafts import Begun
from consult.domain import lifecycle
from consult.domain.errors import Missing, NotAllowed, NotNow
from consult.domain.journey import Route, walk
from consult.extensions import db
from consult.web.locale import zone
from consult.web.saving import reading


def cookie_name(consultation_id: int) -> str:
    """One cookie for each consultation; `__Host-` where there is TLS."""
    prefix = "__Host-" if current_app.config["CONSULT"].production else ""
    return f"{prefix}answer-{consultation_id}"


def give_cookie(response: Response, consultation_id: int, key: bytes, *, ticket: str | None = None) -> Response:
    """Hand the key to its holder, for as long as their browser stays open.

    Whoever was invited gets their ticket with it, signed: only they can give it back with the answers.
    """
    response.set_cookie(
        cookie_name(consultation_id),
        drafts.cookie_value(key) + (f".{ticket}.{_signature(key, ticket)}" if ticket else ""),
        path="/",
        secure=current_app.config["CONSULT"].production,
        httponly=True,
        samesite="Lax",
    )
    return response


def take_cookie(response: Response, consultation_id: int) -> Response:
    """Let the browser forget the key."""
    response.set_cookie(
        cookie_name(consultation_id),
        "",
        max_age=0,
        path="/",
        secure=current_app.config["CONSULT"].production,
        httponly=True,
        samesite="Lax",
    )
    return response


def _signature(key: bytes, ticket: str) -> str:
    """That the draft under this key was begun with this ticket."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, b"ticket " + drafts.draft_id(key) + ticket.encode(), hashlib.sha256).hexdigest()


def load(slug: str) -> Asked:
    """The consultation, or Missing."""
    found = asked.consultation(reading(), slug)
    if found is None:
        raise Missing(_("If you typed the address, check that it is right."))
    return found


@dataclass(frozen=True)
class Holder:
    """A respondent in the middle of answering."""

    asked: Asked
    revision: RevisionAsked
    begun: Begun
    now: datetime

    @property
    def today(self) -> date:
        """The day where people answer, for conditions that compare with it."""
        return day_here(self.now)

    @property
    def route(self) -> Route:
        """Their way through, with the answers so far."""
        return walk(self.revision.questionnaire, self.begun.answers, today=self.today)

    @property
    def shuffle(self) -> Callable[[str], bytes]:
        """By what the order of options and rows goes where everybody has their own."""
        return drafts.shuffle(self.begun.key)

    @property
    def token(self) -> str:
        """The form token of their pages."""
        return drafts.token(self.begun.key)

    def check_token(self) -> None:
        """Refuse a form that was not drawn for this draft."""
        if not drafts.token_fits(self.begun.key, request.form.get("token", "")):
            raise NotAllowed(
                _(
                    "This page belongs to an earlier set of answers. "
                    "Go back to the consultation and carry on from there."
                )
            )

    def check_open(self) -> None:
        """Refuse to save after closing and its grace, while paused, and when taken down."""
        if lifecycle.accepts_submission(self.asked, self.now, begun_before_close=True, until=self.begun.until):
            return
        phase = lifecycle.phase(self.asked, self.now)
        if phase is lifecycle.Phase.PAUSED:
            raise NotNow(
                _("This consultation is paused. Your answers are kept. You can come back when it opens again.")
            )
        raise NotNow(_("This consultation has closed. Answers can no longer be sent."))

    def save(self, begun: Begun) -> Holder:
        """Keep the draft as it is now."""
        if not drafts.save(db.session.connection(), begun, now=self.now):
            raise NotNow(_("These answers have already been sent or deleted."))
        return Holder(self.asked, self.revision, begun, self.now)


@dataclass(frozen=True)
class Gone:
    """There is no open draft: `state` tells whether the answers were sent ("waiting", "counted") or are not there."""

    asked: Asked
    key: bytes | None
    state: str | None


def day_here(now: datetime) -> date:
    """The day in the organisation's time zone."""
    return lifecycle.day_of(now, zone())


def held_key(consultation_id: int) -> bytes | None:
    """The key in this browser's cookie."""
    return drafts.key_from_cookie(request.cookies.get(cookie_name(consultation_id), "").partition(".")[0])


def held_ticket(consultation_id: int) -> str | None:
    """The ticket that the draft in this browser was begun with; it stays when the draft has gone."""
    key = held_key(consultation_id)
    ticket, _, signature = request.cookies.get(cookie_name(consultation_id), "").partition(".")[2].partition(".")
    if key is None or not ticket.isascii() or not signature.isascii():
        return None
    return ticket if hmac.compare_digest(_signature(key, ticket), signature) else None


def holder(slug: str) -> Holder | Gone:
    """The open draft of this browser, or what became of it."""
    consultation = load(slug)
    key = held_key(consultation.id)
    if key is None:
        return Gone(consultation, None, None)
    begun = drafts.open_draft(reading(), key, consultation.id)
    if begun is None:
        return Gone(consultation, key, queries.ballot_state(reading(), key))
    return Holder(consultation, asked.revision(reading(), begun.revision), begun, clock.now())
