"""Words that came back are put into a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from consult.accounts.models import Account
from consult.consultations import actions
from consult.consultations.actions import PageText
from consult.consultations.models import WORDED, Consultation
from consult.domain.questionnaire import as_json, reworded
from consult.domain.wording import Wording

TEXTS = (*WORDED, "equality_purpose")
KEPT = (
    "activity",
    "opens_at",
    "closes_at",
    "contact_name",
    "contact_email",
    "contact_telephone",
    "contact_address",
    "equality",
    "equality_questions",
)


def bring_back(
    consultation: Consultation, *, language: str, taken: Mapping[str, str], by: Account | None, now: datetime
) -> None:
    """Put new words of one language into their places, all of them or none; empty words take away what was there."""
    if not taken:
        return
    questionnaire = consultation.draft()
    if questionnaire is not None and any(place in taken for place, _wording in questionnaire.wordings()):

        def change(place: str, wording: Wording) -> Wording:
            if place not in taken or not wording:
                return wording
            return Wording({**wording.as_json(), language: taken[place]}, wording.source)

        languages = tuple(dict.fromkeys((*questionnaire.languages, language)))
        changed = reworded(replace(questionnaire, languages=languages), change)
        actions.save_definition(consultation, definition=as_json(changed), by=by, now=now)
    if any(f"page text: {name}" in taken for name in TEXTS):
        texts: dict[str, Any] = {name: dict(getattr(consultation, name)) for name in TEXTS}
        for name in TEXTS:
            if f"page text: {name}" in taken:
                texts[name][language] = taken[f"page text: {name}"]
        kept: dict[str, Any] = {name: getattr(consultation, name) for name in KEPT}
        text = PageText(**texts, **kept, languages=tuple(consultation.languages))
        actions.edit_page(consultation, text=text, by=by, now=now)
    titles = {document: f"document {document.id}: title" for document in consultation.shown_documents}
    for document, place in titles.items():
        if place in taken:
            document.title = Wording({**document.title, language: taken[place]}).as_json()
    if any(place in taken for place in titles.values()):
        actions.written(consultation, by, now)
