"""Counts for staff, and what has been published; all of it from tallies, so that it costs the same at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from consult.answering import queries as answering
from consult.consultations.models import Consultation, Revision
from consult.domain import disclosure, findings
from consult.domain.disclosure import Figures
from consult.domain.equality import BANK, PREFER_NOT
from consult.domain.findings import Bars, Finding
from consult.domain.questionnaire import Questionnaire
from consult.extensions import db
from consult.questions import kind
from consult.results.models import Release


@dataclass(frozen=True)
class Exact:
    """The exact counts of everything settled so far: for staff, and for disclosure control."""

    questionnaire: Questionnaire
    responses: int
    findings: tuple[Finding, ...]


def exact(consultation: Consultation) -> Exact | None:
    """The counts as at the last sweep; None while there is no questionnaire."""
    revision = consultation.current
    if revision is None:
        return None
    questionnaire = revision.questionnaire()
    tally = answering.tally(db.session, consultation.id)
    found = []
    for question in questionnaire.questions:
        asked = kind(question.kind)
        if not asked.asks or question.personal:
            continue
        finding = asked.finding(question, tally, everyone=findings.asked_of_everybody(questionnaire, question))
        if finding is not None:
            found.append(finding)
    return Exact(questionnaire, answering.responses(db.session, consultation.id), tuple(found))


def equality(consultation: Consultation) -> tuple[Bars, ...]:
    """How many gave each answer about equality, in the order of the questions."""
    counts = answering.equality_counts(db.session, consultation.id)
    return tuple(
        findings.sensitive(question.key, counts[question.key], [*(key for key, _ in question.options), PREFER_NOT])
        for question in BANK
        if question.key in counts
    )


def releases(consultation: Consultation) -> Sequence[Release]:
    """Everything published of it, oldest first."""
    query = select(Release).where(Release.consultation_id == consultation.id).order_by(Release.number)
    return db.session.scalars(query).all()


def latest(consultation: Consultation) -> Release | None:
    """What the public sees."""
    query = select(Release).where(Release.consultation_id == consultation.id).order_by(Release.number.desc()).limit(1)
    return db.session.scalar(query)


def figures_of(release: Release) -> Figures:
    """The frozen figures."""
    return Figures.from_json(release.figures)


def questionnaire_of(release: Release) -> Questionnaire:
    """The questionnaire whose words they are told in."""
    return db.session.get_one(Revision, release.revision_id).questionnaire()


def figures(consultation: Consultation, *, profile: str = disclosure.DEFAULT) -> Figures | None:
    """What would be released now; None without a questionnaire. The last release itself where the old figures stand."""
    now = exact(consultation)
    if now is None:
        return None
    earlier = [figures_of(one) for one in releases(consultation)]
    ties = disclosure.relations(now.questionnaire, now.findings)
    return disclosure.release(list(now.findings), responses=now.responses, profile=profile, relations=ties, earlier=earlier)


def people(consultation: Consultation) -> int | None:
    """How many people took part, as published; None where nothing is, or under ten did."""
    release = latest(consultation)
    return None if release is None else figures_of(release).responses
