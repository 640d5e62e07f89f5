"""Somebody tries out a draft: what they answer is kept apart, never counted, and deleted when it opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from consult.consultations.models import Consultation
from consult.domain.answers import Answers, pack, tidy
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import day_of
from consult.domain.questionnaire import Questionnaire
from consult.extensions import db
from consult.questions import kind
from consult.studio.models import ReviewLink, TrialAnswers

#: The most that are taken through one link: a trial is for a few people, and a disk is not endless.
MOST_TRIALS = 500
#: Longer than this nobody tries out a questionnaire.
MOST_MINUTES = 600
LONGEST_REMARK = 4_000
#: How long answers wait for an opening that does not come, after their link has expired.
KEPT_AFTER_EXPIRY = timedelta(days=90)


def keep_trial(
    link: ReviewLink,
    questionnaire: Questionnaire,
    *,
    answers: Answers,
    remark: str,
    minutes: str,
    language: str,
    now: datetime,
) -> TrialAnswers:
    """Keep the answers of one person without those that say who they are; `minutes` is as they typed it, or empty."""
    taken = minutes.strip()
    if taken and not (taken.isascii() and taken.isdigit() and int(taken) <= MOST_MINUTES):
        raise Rejected("minutes", "minutes")
    there = db.session.scalar(select(func.count()).where(TrialAnswers.link_id == link.id)) or 0
    if there >= MOST_TRIALS:
        raise NotNow("Enough people have tried this out.")
    nameless = {key: values for key, values in answers.items() if not _personal(questionnaire, key)}
    kept = TrialAnswers(
        link_id=link.id,
        language=language,
        answers=pack(nameless),
        remark=tidy(remark.strip())[:LONGEST_REMARK],
        minutes=int(taken) if taken else None,
        day=day_of(now),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def delete_trials(now: datetime) -> int:
    """Delete what was answered on trial where the consultation has opened or was taken down, or its link is long over.

    Gives how many people's answers were deleted.
    """
    opened = (Consultation.state.in_(("approved", "reported"))) & (Consultation.opens_at <= now)
    over = or_(
        opened,
        Consultation.withdrawn_at.is_not(None),
        ReviewLink.ended_on.is_not(None),
        ReviewLink.expires_at <= now - KEPT_AFTER_EXPIRY,
    )
    links = select(ReviewLink.id).join(Consultation, Consultation.id == ReviewLink.consultation_id).where(over)
    deleted = db.session.execute(delete(TrialAnswers).where(TrialAnswers.link_id.in_(links)))
    return int(deleted.rowcount)  # type: ignore[attr-defined]


def _personal(questionnaire: Questionnaire, key: str) -> bool:
    question = questionnaire.question_by_key.get(key)
    return question is None or question.personal or kind(question.kind).personal
