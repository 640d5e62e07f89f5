"""Batches of paper: counted by editors, keyed by keyers."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Flask, url_for

from consult.accounts.access import account, current_account
from consult.accounts.actions import add_handing_over
from consult.accounts.permissions import may
from consult.answering.paper import Paper, fill
from consult.consultations.models import Consultation
from consult.domain.errors import NotAllowed
from consult.keying import queries
from consult.keying.actions import noted
from consult.keying.actions.batches import hand_over
from consult.keying.models import Batch, KeyedForm, PaperCount
from consult.web.sections import Card, Section, add_section

blueprint = Blueprint("keying", __name__)

#: What staff call how answers came.
CHANNELS = {
    "paper": "On paper",
    "telephone": "By telephone",
    "face_to_face": "Face to face",
    "letter": "Letters and e-mails",
}
#: And why a form cannot be keyed.
REASONS = {
    "blank": "Nothing is filled in",
    "illegible": "It cannot be read",
    "damaged": "It is damaged",
    "copy": "It is a copy of another form",
    "other": "Another reason",
}


def register(app: Flask) -> None:
    """Add this room's pages, and tell answering what becomes of paper."""
    from consult.accounts.work import add_work
    from consult.keying.routes import batches, differences, forms, work  # noqa: F401  their views belong to the blueprint

    fill(
        Paper(
            waits=queries.waits,
            settled=noted.settled,
            forget=noted.forget,
            destroy=noted.destroy,
            tables=(KeyedForm.__table__, PaperCount.__table__),
        )
    )
    add_work(work.next_steps)
    add_handing_over(hand_over)
    add_section("staff_consultation", paper_answers, order=40)
    app.register_blueprint(blueprint)


def paper_answers(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to the batches of a consultation."""
    if consultation.state not in ("approved", "reported") or not may(current_account(), "see_batches", consultation):
        return None
    there = queries.batches(consultation)
    note = f"{len([one for one in there if one.closed_on is None])} open of {len(there)}" if there else ""
    address = url_for("keying.batches", slug=consultation.slug)
    return Section("Answers that did not come online", [Card(address, "Batches of paper, telephone and letters", note)])


def turn(batch: Batch) -> int:
    """Whether whoever is signed in keys this batch the first (1) or the second time (2); raises NotAllowed."""
    who = account()
    entry = queries.entry_of(batch, who)
    if entry is None or not may(who, "key_forms", batch):
        raise NotAllowed("You are not among the people who key this batch.")
    return entry
