"""Consultations in every state, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from consult.consultations import actions
from consult.consultations.actions import PageText
from consult.consultations.models import Consultation
from consult.domain import translating
from consult.extensions import db
from consult.studio.actions import translate
from consult.studio.actions.translate import Typed
from consult.studio.queries import desk
from tests.accounts.factories import Person
from tests.engagement.factories import make_group

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OPENS = NOW + timedelta(days=1)
CLOSES = NOW + timedelta(days=30)
CATALOGUES = ("en", "pl", "ar")


def worded(text: str, *languages: str) -> dict[str, str]:
    """The same text in several languages, told apart by their codes."""
    return {language: text if language == "en" else f"{text} ({language})" for language in languages or ("en",)}


def make_definition(*languages: str) -> dict[str, Any]:
    """Two pages, the second on a condition."""
    languages = languages or ("en",)
    say = lambda text: worded(text, *languages)  # noqa: E731
    return {
        "consult": 1,
        "language": "en",
        "languages": list(languages),
        "title": say("Phones"),
        "pages": [
            {
                "key": "phone",
                "questions": [
                    {
                        "key": "how",
                        "kind": "single_choice",
                        "text": say("How easy is it to phone us?"),
                        "options": [{"key": "easy", "label": say("Easy")}, {"key": "hard", "label": say("Hard")}],
                    }
                ],
            },
            {
                "key": "reason",
                "show": {"when": "how", "is": "any_of", "of": ["hard"]},
                "questions": [{"key": "why", "kind": "long_text", "text": say("What makes it hard?")}],
            },
        ],
    }


def make_text(*languages: str, **more: Any) -> PageText:
    """A page that lacks nothing."""
    named = {
        name: worded(f"The {name} of phones", *languages)
        for name in ("title", "summary", "why", "decided", "still_open", "what_next")
    }
    settings: dict[str, Any] = {
        "activity": "engage",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "contact_email": "team@example.org",
        "languages": languages or ("en",),
    }
    return PageText(**{**named, **settings, **more})


def make_draft(
    *languages: str, by: Person | None = None, slug: str = "phones", now: datetime = NOW, **more: Any
) -> Consultation:
    """A complete draft."""
    group = more.pop("group", None) or make_group()
    consultation = actions.create(group=group, title="Phones", slug=slug, by=by, now=now)
    actions.save_definition(consultation, definition=make_definition(*languages), by=by, now=now)
    actions.edit_page(consultation, text=make_text(*languages, **more), by=by, now=now)
    return consultation


def make_approved(*languages: str, by: Person, approver: Person, now: datetime = NOW, **more: Any) -> Consultation:
    """One that two people have published; it opens a day after `now`."""
    consultation = make_draft(*languages, by=by, now=now, **more)
    send(consultation, by=by, now=now)
    actions.approve(consultation, by=approver, now=now, catalogues=CATALOGUES)
    db.session.flush()
    return consultation


def answer_check(consultation: Consultation, *, by: Person | None, now: datetime = NOW) -> None:
    """Say everything that the check before publishing asks, and give a reason for all that it still finds."""
    actions.prepare(
        consultation,
        who_decides="The committee",
        decision_on=(consultation.closes_at + timedelta(days=30)).date() if consultation.closes_at else None,
        significant=False,
        alternatives=True,
        impacts=True,
        equality_assessment="Recorded",
        privacy_assessment="Recorded",
        audience=5_000,
        formats=("paper", "large_print"),
        by=by,
        now=now,
    )
    for one in actions.check(consultation):
        if one.stands:
            actions.give_reason(consultation, mark=one.finding.mark, reason="It is meant so.", by=by, now=now)


def sign_off(consultation: Consultation, *, now: datetime = NOW) -> None:
    """Somebody says that every translation is still right, and somebody else signs it off."""
    for language, texts in desk.texts(consultation, consultation.languages[1:]).items():
        still = {
            text.place: Typed(text.target, text.mark, translating.mark(text.source), still=True)
            for text in texts
            if text.was
        }
        if still:
            translate.save(consultation, language, typed=still, by=None, now=now)
    translate.sign_all(consultation, by=None, now=now)


def send(
    consultation: Consultation, *, by: Person, now: datetime = NOW, catalogues: tuple[str, ...] = CATALOGUES
) -> None:
    """Answer the check, have every translation signed off and send a draft for review."""
    answer_check(consultation, by=by, now=now)
    sign_off(consultation, now=now)
    actions.submit_for_review(consultation, by=by, now=now, catalogues=catalogues)
