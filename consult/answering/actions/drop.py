"""Send answers: the draft goes and the ballot comes, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from consult import clock
from consult.answering import drafts, queries, receipt, seal
from consult.answering.actions import boxes, urgent
from consult.answering.actions.urgent import Urgent
from consult.answering.models import Ballot, Draft, Spent
from consult.answering.tickets import tickets
from consult.domain import lifecycle
from consult.domain.answers import Values, pack
from consult.domain.errors import NotNow
from consult.storage import random_key

BALLOTS = Ballot.__table__
DRAFTS = Draft.__table__
SPENT = Spent.__table__


@dataclass(frozen=True)
class Label:
    """In which way somebody answered: nobody is told apart from at least nine others with the same label."""

    revision: int
    language: str
    channel: str = "online"
    segment: str = ""
    #: why it is looked at before it is counted (`consult.answering.actions.flood`); empty for nearly everybody
    held: str = ""

    def payload(self, answers: Mapping[str, Any], day: date | None = None) -> dict[str, Any]:
        """What is sealed: the label and packed answers, and the day where what was asked depends on it."""
        data = {"r": self.revision, "l": self.language, "c": self.channel, "s": self.segment, "a": answers}
        if self.held:
            data["h"] = self.held
        return data if day is None else {**data, "d": day.isoformat()}


class AlreadyAnswered(NotNow):
    """Somebody has answered with this invitation before; the draft stays."""


def submit(
    session: Session,
    *,
    consultation_id: int,
    draft_key: bytes,
    label: Label,
    answers: Mapping[str, Values],
    token_hash: str | None = None,
    day: date | None = None,
    read_today: Sequence[Urgent] = (),
    today: date | None = None,
) -> str:
    """Put the answers into the box and give the receipt; sent twice, they are there once and the receipt is the same.

    `day` is sealed with them where what was asked depends on it, and forgotten when they are counted. `read_today` are
    words that the team is to read before, kept apart with the day they came, `today`.
    Raises NotNow when the draft is gone without having been sent, and while the box takes nothing; AlreadyAnswered when
    somebody has answered with the same invitation.
    """
    gone = session.execute(
        delete(DRAFTS).where(DRAFTS.c.id == drafts.draft_id(draft_key), DRAFTS.c.consultation_id == consultation_id)
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        if queries.ballot_state(session, draft_key) is None:
            raise NotNow(_("These answers have been deleted, so they cannot be sent."))
        return receipt.shown(draft_key)
    sealed = {**answers, **urgent.copied(read_today)}
    put(session, consultation_id=consultation_id, key=draft_key, label=label, answers=sealed, day=day)
    if token_hash is not None:
        spend(session, token_hash)
    if read_today and today is not None:
        urgent.copy(session, read_today, consultation_id=consultation_id, day=today)
    return receipt.shown(draft_key)


def put(
    session: Session,
    *,
    consultation_id: int,
    key: bytes,
    label: Label,
    answers: Mapping[str, Values],
    day: date | None = None,
) -> None:
    """Seal answers into the box, to be found again by their receipt alone; raises NotNow while it takes nothing."""
    generation = boxes.current_generation(session, consultation_id)
    if generation is None:
        generation = _open_here(session, consultation_id)
    session.execute(
        insert(BALLOTS).values(
            id=random_key(),
            generation=generation,
            receipt=receipt.kept_of(key),
            sealed=seal.seal_ballot(boxes.public_key(session, generation), label.payload(pack(answers), day)),
        )
    )


def spend(session: Session, token_hash: str) -> None:
    """Spend the ticket of an invitation: first here, then against what earlier sweeps have marked.

    In this order, because a sweep that is just marking it lets our insert wait; afterwards we see what it marked.
    """
    spent = queries.insert_unless(session, SPENT).values(token_hash=token_hash).on_conflict_do_nothing()
    first = session.execute(spent.returning(SPENT.c.token_hash)).first()
    if first is None or not tickets().may_be_spent(session, token_hash):
        raise AlreadyAnswered(_("An answer has already been sent with this invitation."))


def _open_here(session: Session, consultation_id: int) -> int:
    """Open the first box where the worker has not been yet: only on the machine that has its keys."""
    settings = current_app.config["CONSULT"]
    if not settings.production or settings.box_keys.is_dir():
        today = lifecycle.day_of(clock.now())
        try:
            generation = boxes.open_box(session, settings.box_keys, consultation_id=consultation_id, today=today)
        except PermissionError:
            generation = None
        if generation is not None:
            return generation
    raise NotNow(_("Answers cannot be sent just now. Yours are kept: try again in a few minutes."))
