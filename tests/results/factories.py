"""Consultations that were answered, counted and closed, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import update

from consult.answering.actions import boxes, crossing, settle, tallies
from consult.answering.actions.drop import Label
from consult.answering.actions.grouping import Batch, Opened
from consult.answering.models import Box
from consult.consultations.models import Consultation
from consult.domain.answers import Value, Values, pack
from consult.extensions import db
from tests.answering.factories import CLOSES, make_open, options, say

#: When the last answers have been counted.
AFTER = CLOSES + timedelta(days=1)
RESULTS = "/consultations/phones/results"
STAFF = "/staff/consultations/phones/results"
DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": ["en", "pl", "ar"],
    "title": say("Phones"),
    "pages": [
        {
            "key": "p1",
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": say("How easy is it?"),
                    "options": options("easy", "hard", "other", other={"other": True}),
                },
                {"key": "rate", "kind": "rating", "text": say("Rate us"), "settings": {"points": 3}},
                {
                    "key": "grid",
                    "kind": "matrix",
                    "text": say("How good is"),
                    "options": options("good", "bad"),
                    "rows": [{"key": "desk", "label": say("The desk")}, {"key": "line", "label": say("The line")}],
                },
                {
                    "key": "which",
                    "kind": "multiple_choice",
                    "text": say("Which do you use?"),
                    "options": options("web", "walk", "none", none={"exclusive": True}),
                },
                {
                    "key": "times",
                    "kind": "number",
                    "text": say("How often?"),
                    "settings": {"minimum": 0, "maximum": 30},
                },
                {"key": "born", "kind": "date", "text": say("Born when?"), "about_you": True},
                {"key": "why", "kind": "long_text", "text": say("Why?")},
            ],
        }
    ],
}


def answer(**given: Any) -> dict[str, Values]:
    """One set of answers: keys to a choice, a list of choices, a grid as a mapping, a number, or Values."""
    found: dict[str, Values] = {}
    for key, value in given.items():
        if isinstance(value, tuple):
            found[key] = value
        elif isinstance(value, Mapping):
            found[key] = tuple(Value(part=part, choice=choice) for part, choice in value.items())
        elif isinstance(value, list):
            found[key] = tuple(Value(choice=one) for one in value)
        elif isinstance(value, int):
            found[key] = (Value(number=value),)
        else:
            found[key] = (Value(text=value) if key in ("why", "born") else Value(choice=value),)
    return found


def crowd(easy: int = 40, hard: int = 30, other: int = 3) -> list[dict[str, Values]]:
    """Answers with a figure that must be hidden; every second person answers the rest too."""
    said = ["easy"] * easy + ["hard"] * hard + ["other"] * other
    people = []
    for at, how in enumerate(said):
        rest = {
            "rate": str(at % 3 + 1),
            "grid": {"desk": "good" if at % 3 else "bad", "line": "bad"},
            "which": ["web", "walk"] if at % 3 else ["none"],
            "times": at % 30,
            "why": f"Comment {at:03}",
        }
        people.append(answer(how=how, **(rest if at % 2 else {})))
    return people


def count(
    consultation: Consultation,
    people: Sequence[dict[str, Values]],
    *,
    equality: Iterable[Mapping[str, str]] = (),
    language: str = "en",
) -> None:
    """Settle these answers as one batch."""
    assert consultation.current is not None
    revision = consultation.current
    ballots = [Opened(at, 1, b"", Label(revision.id, language), pack(one), True) for at, one in enumerate(people)]
    rows = tallies.prepare(
        [Batch(Label(revision.id, language), ballots)],
        consultation_id=consultation.id,
        questionnaires={revision.id: revision.questionnaire()},
        day=date(2026, 12, 1),
        equality=dict(enumerate(equality)),
    )
    settle.write(db.session, rows, consultation_id=consultation.id)
    closing_key = crossing.key_of(db.session, current_app.config["CONSULT"].box_keys, consultation.id)
    if closing_key is not None:
        crossing.add(db.session, rows.both, consultation_id=consultation.id, closing_key=closing_key)


def make_answered(
    app: Any, people: Sequence[dict[str, Values]] | None = None, *, closed: bool = True, **more: Any
) -> Consultation:
    """A consultation with these answers counted, the last of them if it is `closed`."""
    equality = more.pop("given", ())
    consultation = make_open(definition=more.pop("definition", DEFINITION), **more)
    folder = app.config["CONSULT"].box_keys
    boxes.open_box(db.session, folder, consultation_id=consultation.id, today=date(2026, 11, 23))
    count(consultation, crowd() if people is None else people, equality=equality)
    if closed:
        close(consultation)
    db.session.commit()
    return consultation


def close(consultation: Consultation) -> None:
    """Everything is counted and the box is empty for good."""
    db.session.execute(
        update(Box).where(Box.consultation_id == consultation.id).values(stage="closed", generation_id=None)
    )
