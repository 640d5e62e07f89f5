"""Publish results: a frozen set of figures under disclosure control."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import select

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.answering import queries as answering
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.disclosure import Figures
from consult.domain.errors import NotNow
from consult.domain.lifecycle import Phase
from consult.extensions import db
from consult.results import queries
from consult.results.models import Release

#: When results can be published: never while somebody may still answer, and not once it was taken down.
OVER = frozenset({Phase.CLOSED, Phase.REPORTED})


def why_not_yet(consultation: Consultation, now: datetime) -> str | None:
    """Why nothing can be published yet, or None when it can."""
    if lifecycle.phase(consultation, now) not in OVER:
        return "Results can be published when the consultation has closed."
    if consultation.current is None:
        return "There was no questionnaire, so there are no results."
    if consultation.format_awaited:
        return "Somebody who asked in time still waits for another format, and may be given more time to answer."
    if not lifecycle.answers_over(consultation, now) and consultation.extended_until:
        return "Somebody was given more time, because another format came late. Their answers can still arrive."
    if not answering.all_settled(db.session, consultation.id):
        return "The last answers are still waiting to be counted. That happens by itself, about an hour after closing."
    return None


def digest(figures: Figures) -> str:
    """What tells one set of figures from another: whoever publishes says which they saw."""
    return hashlib.sha256(json.dumps(figures.to_json(), sort_keys=True).encode()).hexdigest()


def publish(consultation: Consultation, *, by: Account | None, now: datetime, seen: str | None = None) -> Release:
    """Freeze what may be shown; `seen` is the digest of the figures somebody looked at before.

    Raises NotNow while it is too early, where the published figures must stand, or when they are others than were seen.
    """
    reason = why_not_yet(consultation, now)
    if reason:
        raise NotNow(reason)
    # One at a time: two people may press at once.
    db.session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    earlier = queries.releases(consultation)
    figures = queries.figures(consultation)
    assert figures is not None
    assert consultation.current is not None
    if earlier and figures == earlier[-1].released():
        raise NotNow("The published results stand: new ones need at least ten responses more or fewer.")
    if seen is not None and seen != digest(figures):
        raise NotNow("These figures have changed since you looked at them. Look at them again before you publish them.")
    release = Release(
        consultation=consultation,
        number=len(earlier) + 1,
        revision=consultation.current,
        profile=figures.profile,
        figures=figures.to_json(),
        published_on=lifecycle.day_of(now),
        published_by=by.id if by else None,
    )
    db.session.add(release)
    db.session.flush()
    record(by, "publish_results", consultation, now=now, note=f"release {release.number}")
    return release
