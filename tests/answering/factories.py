"""An open consultation with one question of every common kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from consult.consultations import actions
from consult.consultations.actions import PageText
from consult.consultations.models import Consultation
from consult.extensions import db
from tests.engagement.factories import make_group

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OPENS = NOW - timedelta(days=1)
CLOSES = NOW + timedelta(days=30)
LANGUAGES = ("en", "pl", "ar")


def say(text: str) -> dict[str, str]:
    """The same text in three languages, told apart by their codes."""
    return {language: text if language == "en" else f"{text} ({language})" for language in LANGUAGES}


def options(*keys: str, **more: Any) -> list[dict[str, Any]]:
    """Options whose labels are their keys."""
    return [{"key": key, "label": say(key.capitalize()), **more.get(key, {})} for key in keys]


DEFINITION: dict[str, Any] = {
    "language": "en",
    "languages": list(LANGUAGES),
    "title": say("Phones"),
    "pages": [
        {
            "key": "p1",
            "title": say("Phoning"),
            "questions": [
                {
                    "key": "how",
                    "kind": "single_choice",
                    "text": say("How?"),
                    "options": options("easy", "hard", "other", other={"other": True}),
                },
                {"key": "days", "kind": "number", "text": say("Days?"), "settings": {"minimum": 0, "maximum": 30}},
                {
                    "key": "grid",
                    "kind": "matrix",
                    "text": say("Grid?"),
                    "options": options("good", "bad"),
                    "rows": [{"key": "r1", "label": say("Row one")}, {"key": "r2", "label": say("Row two")}],
                },
            ],
        },
        {
            "key": "p2",
            "title": say("Hard"),
            "show": {"when": "how", "is": "any_of", "of": ["hard"]},
            "questions": [{"key": "why", "kind": "long_text", "text": say("Why?"), "settings": {"longest": 500}}],
        },
        {
            "key": "p3",
            "title": say("Last"),
            "questions": [
                {
                    "key": "what",
                    "kind": "multiple_choice",
                    "text": say("What?"),
                    "options": options("a", "b", "none", none={"exclusive": True}),
                },
                {"key": "day", "kind": "date", "text": say("Day?")},
            ],
        },
    ],
}


def make_open(
    *,
    slug: str = "phones",
    definition: dict[str, Any] | None = None,
    equality: bool = True,
    closes: datetime = CLOSES,
    now: datetime = NOW,
    crossings: dict[str, str] | None = None,
    weighted: tuple[str, ...] = (),
) -> Consultation:
    """A consultation that is open at `now`, approved from the command line."""
    consultation = actions.create(group=make_group(slug=f"group-{slug}"), title="Phones", slug=slug, by=None, now=now)
    actions.save_definition(consultation, definition=definition or DEFINITION, by=None, now=now)
    text = PageText(
        title=say("Phones"),
        summary=say("Summary"),
        why=say("Why"),
        decided=say("Decided"),
        still_open=say("Open"),
        what_next=say("Next"),
        opens_at=closes - timedelta(days=20),
        closes_at=closes,
        contact_email="team@example.org",
        languages=LANGUAGES,
        equality=equality,
        equality_purpose=say("To see whom we reach") if equality else {},
    )
    actions.edit_page(consultation, text=text, by=None, now=now)
    if crossings:
        actions.declare_crossings(consultation, purposes=crossings, weighted=weighted, by=None, now=now)
    actions.open_at_once(consultation, now=now, closes_at=closes, catalogues=LANGUAGES, production=False)
    db.session.commit()
    return consultation
