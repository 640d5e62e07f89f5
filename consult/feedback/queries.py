"""You Said, We Did, as pages and actions ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.domain.feedback import Evidence, Feedback, Row, changes
from consult.domain.questionnaire import Question
from consult.extensions import db
from consult.feedback.models import FeedbackDraft, FeedbackPublication, FeedbackRow, FeedbackTheme
from consult.results import queries as results


def draft_of(consultation: Consultation) -> FeedbackDraft | None:
    """What is being written for a consultation, or None when nobody has begun."""
    return db.session.scalar(
        select(FeedbackDraft)
        .where(FeedbackDraft.consultation_id == consultation.id)
        .options(selectinload(FeedbackDraft.themes).selectinload(FeedbackTheme.rows))
    )


def begun(consultation: Consultation) -> FeedbackDraft:
    """The same; raises Missing when nobody has begun."""
    draft = draft_of(consultation)
    if draft is None:
        raise Missing("Nobody has begun to write this yet.")
    return draft


def theme(draft: FeedbackDraft, number: int) -> FeedbackTheme:
    """One theme of it; raises Missing."""
    for found in draft.themes:
        if found.id == number:
            return found
    raise Missing("There is no such theme.")


def row(draft: FeedbackDraft, number: int) -> FeedbackRow:
    """One row of it; raises Missing."""
    for found in draft.rows:
        if found.id == number:
            return found
    raise Missing("There is no such row.")


def drafts() -> Mapping[int, FeedbackDraft]:
    """Everything that is being written or was, by the consultation's number."""
    found = db.session.scalars(select(FeedbackDraft).options(selectinload(FeedbackDraft.consultation)))
    return {draft.consultation_id: draft for draft in found}


def waiting_for_review() -> Sequence[FeedbackDraft]:
    """Everything that waits for a second person, the oldest first."""
    query = select(FeedbackDraft).where(FeedbackDraft.state == "in_review").order_by(FeedbackDraft.submitted_at)
    return db.session.scalars(query.options(selectinload(FeedbackDraft.consultation))).all()


def latest(consultation: Consultation) -> FeedbackPublication | None:
    """What everybody sees now, or None when nothing is published."""
    return db.session.scalar(
        select(FeedbackPublication)
        .where(FeedbackPublication.consultation_id == consultation.id)
        .order_by(FeedbackPublication.number.desc())
        .limit(1)
    )


def publications(consultation: Consultation) -> Sequence[FeedbackPublication]:
    """Everything ever published about it, the newest first."""
    query = select(FeedbackPublication).where(FeedbackPublication.consultation_id == consultation.id)
    return db.session.scalars(query.order_by(FeedbackPublication.number.desc())).all()


def published(*, group_id: int | None = None, most: int | None = None) -> Sequence[FeedbackPublication]:
    """What everybody sees now of every consultation (of one group), the newest first."""
    newest = (
        select(FeedbackPublication.consultation_id, func.max(FeedbackPublication.number).label("number"))
        .group_by(FeedbackPublication.consultation_id)
        .subquery()
    )
    query = (
        select(FeedbackPublication)
        .join(
            newest,
            (FeedbackPublication.consultation_id == newest.c.consultation_id)
            & (FeedbackPublication.number == newest.c.number),
        )
        .join(Consultation, Consultation.id == FeedbackPublication.consultation_id)
        .options(selectinload(FeedbackPublication.consultation).selectinload(Consultation.group))
        .order_by(FeedbackPublication.published_on.desc(), FeedbackPublication.id.desc())
    )
    if group_id is not None:
        query = query.where(Consultation.group_id == group_id)
    return db.session.scalars(query.limit(most)).all()


@dataclass(frozen=True)
class PublishedOn:
    """That something was published about a consultation, without what."""

    consultation_id: int
    slug: str
    day: date


def published_days() -> list[PublishedOn]:
    """Every publication with the day it was published."""
    query = select(FeedbackPublication.consultation_id, Consultation.slug, FeedbackPublication.published_on).join(
        Consultation, Consultation.id == FeedbackPublication.consultation_id
    )
    return [PublishedOn(number, slug, day) for number, slug, day in db.session.execute(query)]


def questions(consultation: Consultation) -> dict[str, Question]:
    """The questions that can be evidence, by key, in their newest words; never those about who somebody is."""
    return {question.key: question for question in results.questions_asked(consultation)}


def as_page(draft: FeedbackDraft) -> Feedback:
    """What is written now as it would be published: with the number of people, questions' words and what changed."""
    before = latest(draft.consultation)
    page = replace(with_questions(draft.feedback(), draft.consultation), people=results.people(draft.consultation))
    return replace(page, changes=changes(before.feedback() if before else None, page))


def with_questions(page: Feedback, consultation: Consultation) -> Feedback:
    """The same page with the words of each question that is named as evidence."""
    asked = questions(consultation)

    def worded(one: Evidence) -> Evidence:
        return replace(one, note=asked[one.question].text) if one.question in asked else one

    def full(one: Row) -> Row:
        return replace(one, evidence=tuple(map(worded, one.evidence)))

    themes = tuple(replace(one, rows=tuple(map(full, one.rows))) for one in page.themes)
    return replace(page, themes=themes)
