"""What people answered on trial, one by one and as simple counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.domain.answers import Answers, unpack
from consult.domain.journey import walk
from consult.domain.questionnaire import Question, Questionnaire
from consult.extensions import db
from consult.questions import kind
from consult.questions.base import Locale, said
from consult.studio.models import ReviewLink, TrialAnswers


@dataclass(frozen=True)
class Trial:
    """One person's trial: what was kept, and their answers as they count for the draft as it is now."""

    kept: TrialAnswers
    answers: Answers


@dataclass(frozen=True)
class Counted:
    """A question with how many were asked it, how many answered, and how often each answer was given."""

    question: Question
    asked: int
    answered: int
    lines: tuple[tuple[str, int], ...]


def trials(consultation: Consultation, now: datetime) -> list[Trial]:
    """In the order of their random keys; none any more once the consultation has opened."""
    if consultation.state in ("approved", "reported") and consultation.opens_at and consultation.opens_at <= now:
        return []
    kept: Sequence[TrialAnswers] = db.session.scalars(
        select(TrialAnswers)
        .join(ReviewLink, ReviewLink.id == TrialAnswers.link_id)
        .where(ReviewLink.consultation_id == consultation.id)
        .order_by(TrialAnswers.id)
    ).all()
    return [Trial(one, unpack(one.answers)) for one in kept]


def counted(found: Sequence[Trial], questionnaire: Questionnaire, locale: Locale) -> list[Counted]:
    """Each question of the draft with what was answered."""
    asked: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    given: dict[str, Counter[tuple[str, str]]] = {}
    for one in found:
        route = walk(questionnaire, one.answers, today=one.kept.day)
        asked.update(list(route.by_question))
        for key, values in route.kept.items():
            answered[key] += 1
            question = questionnaire.question_by_key[key]
            given.setdefault(key, Counter()).update(kind(question.kind).atoms(question, values))
    return [
        Counted(question, asked[question.key], answered[question.key], _lines(question, given, locale))
        for question in questionnaire.questions
        if kind(question.kind).asks
    ]


def words(one: Trial, questionnaire: Questionnaire, locale: Locale) -> list[tuple[Question, list[str]]]:
    """Each answer in words, by question, in the order of the draft."""
    route = walk(questionnaire, one.answers, today=one.kept.day)
    return [
        (route.by_question[key], kind(route.by_question[key].kind).words(route.by_question[key], values, locale))
        for key, values in route.kept.items()
    ]


def _lines(
    question: Question, given: dict[str, Counter[tuple[str, str]]], locale: Locale
) -> tuple[tuple[str, int], ...]:
    counts = given.get(question.key, Counter())
    known = kind(question.kind).counted(question)
    atoms = [*known, *(atom for atom in counts if atom not in known)]
    return tuple((_name(question, part, atom, locale), counts[part, atom]) for part, atom in atoms)


def _name(question: Question, part: str, atom: str, locale: Locale) -> str:
    row = question.row_by_key.get(part)
    label = kind(question.kind).atom_words(question, part, atom, locale)
    return f"{said(row.label, locale)}: {label}" if row else label
