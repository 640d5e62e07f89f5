"""Publish results: a frozen set of figures under disclosure control."""

from __future__ import annotations

from datetime import datetime

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.answering import queries as answering
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import NotNow
from consult.extensions import db
from consult.results import queries
from consult.results.models import Release


def why_not_yet(consultation: Consultation, now: datetime) -> str | None:
    """Why nothing can be published yet, or None when it can."""
    if lifecycle.phase(consultation, now) not in (lifecycle.Phase.CLOSED, lifecycle.Phase.REPORTED):
        return "Results can be published when the consultation has closed."
    if consultation.current is None:
        return "There was no questionnaire, so there are no results."
    if not answering.all_settled(db.session, consultation.id):
        return "The last answers are still waiting to be counted. That happens by itself, about an hour after closing."
    return None


def publish(consultation: Consultation, *, by: Account | None, now: datetime) -> Release:
    """Freeze what may be shown; raises NotNow while it is too early, or when the published figures must stand."""
    reason = why_not_yet(consultation, now)
    if reason:
        raise NotNow(reason)
    earlier = queries.releases(consultation)
    figures = queries.figures(consultation)
    assert figures is not None and consultation.current is not None
    if earlier and figures == queries.figures_of(earlier[-1]):
        raise NotNow("The published results stand: new ones need at least ten responses more or fewer.")
    release = Release(
        consultation_id=consultation.id,
        number=len(earlier) + 1,
        revision_id=consultation.current.id,
        profile=figures.profile,
        figures=figures.to_json(),
        published_on=lifecycle.day_of(now),
        published_by=by.id if by else None,
    )
    db.session.add(release)
    db.session.flush()
    record(by, "publish_results", consultation, now=now, note=f"Release {release.number}")
    return release
