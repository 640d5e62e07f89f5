"""What has changed since the last review, word by word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Response, url_for

from consult.accounts.access import authorise, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.consultations.routes import in_words
from consult.domain.conditions import Joined, Test
from consult.domain.questionnaire import Questionnaire, read
from consult.domain.questionnaire.differences import Difference, questionnaires
from consult.domain.wording import Wording
from consult.studio.queries import changes as queries
from consult.studio.queries import parts
from consult.studio.queries.parts import TEXTS
from consult.studio.routes import blueprint
from consult.web.page import page
from consult.web.sections import Card, Section

#: What each kind of difference is called; never told by colour alone.
HOW = {"added": "Added", "removed": "Removed", "changed": "Changed"}


@blueprint.get("/staff/consultations/<slug>/changes")
@signed_in
def changed_since(slug: str) -> Response:
    """Every text and question that was added, removed or changed, with the words before and after."""
    shown = consultations.by_slug(slug)
    authorise("see_consultation", shown)
    found = queries.changes(shown)
    asked = parts.questionnaire_of(shown)
    before = read(found.looked.definition) if found is not None and found.looked.definition else None
    return page(
        consultation=shown,
        found=found,
        how=HOW,
        title_of=_titles(asked, before),
        before=lambda value: said(value, before),
        after=lambda value: said(value, asked),
    )


@blueprint.get("/staff/consultations/<slug>/versions/<int:number>/changes")
@signed_in
def changed_in_version(slug: str, number: int) -> Response:
    """What a published version asks otherwise than the one before it."""
    shown = consultations.by_slug(slug)
    authorise("see_consultation", shown)
    old, new = queries.version(shown, number)
    return page(
        consultation=shown,
        number=number,
        differences=questionnaires(old, new),
        how=HOW,
        title_of=_titles(new, old),
        before=lambda value: said(value, old),
        after=lambda value: said(value, new),
    )


def to_versions(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to what changed from version to version, for whoever looks at it as the second person."""
    later = consultation.revisions[1:]
    cards = [
        Card(
            url_for("studio.changed_in_version", slug=consultation.slug, number=one.number),
            f"What changed in version {one.number}",
            summary=one.reason,
        )
        for one in reversed(later)
    ]
    return Section("Versions", cards) if cards else None


def to_changes(consultation: Consultation, _now: datetime) -> Section | None:
    """The way there from a consultation and its review, once somebody has looked at it."""
    if consultation.state not in ("draft", "in_review"):
        return None
    found = queries.changes(consultation)
    if found is None:
        return None
    number = len(found.differences)
    note = "Nothing has changed" if not number else f"{number} {'part' if number == 1 else 'parts'} changed"
    address = url_for("studio.changed_since", slug=consultation.slug)
    return Section("Since the last review", [Card(address, "What has changed in texts and questions", note=note)])


def next_steps(who: Account, _now: datetime) -> list[Step]:
    """For whoever approves: how much changed in what they have seen before."""
    steps = []
    for one in consultations.waiting_for_review():
        found = queries.changes(one) if may(who, "approve_consultation", one) else None
        if found is not None and found.differences:
            number = len(found.differences)
            parts_changed = "1 part has changed" if number == 1 else f"{number} parts have changed"
            title = (
                f"Look at what changed in “{one.wording('title').to('en').text}” since its last review: {parts_changed}"
            )
            steps.append(Step(None, title, url_for("studio.changed_since", slug=one.slug), "You", "changes"))
    return steps


def said(value: Any, questionnaire: Questionnaire | None) -> str:
    """A rule in words, as it was or is."""
    if value is None or value == () or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Joined | Test):
        return in_words.condition(value, questionnaire) if questionnaire else "a condition"
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _titles(after: Questionnaire | None, before: Questionnaire | None) -> Callable[[Difference], tuple[str, Wording]]:
    """What a part is called, and the words it is known by."""
    known = {(one.kind, one.name): one for one in (*parts.asked(before), *parts.asked(after))}
    sections = {
        one.key: one.title for questionnaire in (before, after) if questionnaire for one in questionnaire.sections
    }

    def title_of(difference: Difference) -> tuple[str, Wording]:
        if difference.part == "text":
            return f"The page: {TEXTS[difference.key]}", Wording()
        if difference.part == "questionnaire":
            return "The questionnaire", Wording()
        if difference.part == "section":
            return f"Section {difference.key}", sections.get(difference.key, Wording())
        one = known[difference.part, difference.key]
        title = one.title if difference.how != "removed" else f"{one.title} as it was"
        return title, one.words if difference.part == "question" else Wording()

    return title_of
