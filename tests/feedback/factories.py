"""You Said, We Did, written and published, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from consult.consultations.models import Consultation
from consult.domain.disclosure import Figures
from consult.domain.feedback import Evidence
from consult.extensions import db
from consult.feedback import actions, queries
from consult.feedback.actions import RowText
from consult.feedback.models import FeedbackDraft, FeedbackPublication
from consult.results.models import Release
from tests.accounts.factories import Person
from tests.consultations.factories import CLOSES, worded

#: A day after it closed, when the last answers have been counted.
AFTER = CLOSES + timedelta(days=1)
SOON = AFTER.date() + timedelta(days=60)


def make_row(*languages: str, **more: Any) -> RowText:
    """A row that lacks nothing."""
    given: dict[str, Any] = {
        "heard": worded("The phone is always busy", *languages),
        "evidence": [Evidence("question", "how")],
        "answer": "changed",
        "words": worded("There are two more lines", *languages),
        "addressed": worded("Plan, step 4", *languages),
    }
    return RowText(**{**given, **more})


#: One complete row for each answer.
ANSWERS: dict[str, dict[str, Any]] = {
    "changed": {"words": {"en": "Two more lines"}},
    "already": {"words": {"en": "A call-back is in the plan"}},
    "will_do": {"words": {"en": "We will print the number"}, "who": {"en": "Programme lead"}, "day": SOON},
    "not_decided": {"words": {}, "who": {"en": "The board"}, "day": SOON},
    "cannot": {"words": {"en": "There are not enough nurses"}, "reason": "safety"},
    "other_body": {"words": {}, "who": {"en": "The county council"}, "day": date(2026, 12, 1)},
}


def make_feedback(consultation: Consultation, *rows: RowText, by: Person | None) -> FeedbackDraft:
    """One theme with these rows, or with one that lacks nothing."""
    theme = actions.add_theme(consultation, title=worded("Telephones", *consultation.languages), by=by, now=AFTER)
    for row in rows or (make_row(*consultation.languages),):
        actions.add_row(theme, text=row, by=by, now=AFTER)
    return queries.begun(consultation)


def release(consultation: Consultation, *, people: int | None) -> Release:
    """Published results of so many people (None: under ten), without findings."""
    figures = Figures(people, "nhs-public")
    made = Release(
        consultation=consultation,
        number=1,
        revision=consultation.current,
        profile=figures.profile,
        figures=figures.to_json(),
        published_on=AFTER.date(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def publish(draft: FeedbackDraft, *, by: Person, approver: Person, now: Any = AFTER) -> FeedbackPublication:
    """By the two people it needs."""
    actions.submit(draft, by=by, now=now)
    return actions.publish(draft, by=approver, now=now)
