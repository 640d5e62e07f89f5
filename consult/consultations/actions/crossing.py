"""Which closed questions are crossed with equality questions: said before approval, with a purpose, then frozen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.actions.writing import only_a_draft, wrote
from consult.consultations.models import Consultation
from consult.domain.crossing import MOST, Axis, Declared, Named
from consult.domain.errors import Rejected
from consult.domain.questionnaire import BadDefinition
from consult.questions.crossing import axes

LONGEST_PURPOSE = 600


def crossable(consultation: Consultation) -> tuple[Axis, ...]:
    """The closed questions of the draft that can be crossed; none without equality questions."""
    try:
        questionnaire = consultation.questionnaire()
    except BadDefinition:
        return ()
    return axes(questionnaire) if questionnaire is not None and consultation.equality else ()


def declare_crossings(
    consultation: Consultation,
    *,
    purposes: Mapping[str, str | Mapping[str, str]],
    weighted: Collection[str],
    by: Account | None,
    now: datetime,
) -> Declared:
    """Name the questions to be crossed and what for, by language or in the consultation's own; no purpose, no crossing.

    Raises Rejected for more than six, for a question that cannot be crossed, and for weighting by one that is not.
    """
    only_a_draft(consultation)
    written = {
        key: {consultation.language: words} if isinstance(words, str) else words for key, words in purposes.items()
    }
    given = {key: texts for key, texts in written.items() if texts.get(consultation.language, "").strip()}
    possible = [axis.question for axis in crossable(consultation)]
    for key in (*given, *weighted):
        if key not in possible:
            raise Rejected(f"purpose_{key}", "This question cannot be crossed with the equality questions")
    if len(given) > MOST:
        raise Rejected("", f"Choose at most {MOST} questions: take the purpose away from {len(given) - MOST} of them")
    for key in weighted:
        if key not in given:
            raise Rejected(f"purpose_{key}", "Say what this question is crossed for, or do not weight it")
    declared = Declared(
        tuple(
            Named(
                key,
                {code: words.strip()[:LONGEST_PURPOSE] for code, words in given[key].items() if words.strip()},
                key in weighted,
            )
            for key in possible
            if key in given
        )
    )
    consultation.crossings = declared.to_json() if declared.named else None
    wrote(consultation, by)
    record(by, "edit_consultation", consultation, now=now, note="crossings with equality questions")
    return declared


def frozen_crossings(consultation: Consultation) -> dict[str, Any] | None:
    """What is kept with a revision: the declared crossings of questions that are there, and what is asked of people."""
    possible = {axis.question for axis in crossable(consultation)}
    named = tuple(one for one in Declared.from_json(consultation.crossings).named if one.question in possible)
    keys = consultation.equality_questions
    return Declared(named, None if keys is None else tuple(keys)).to_json() if named else None


def lacking(consultation: Consultation) -> list[str]:
    """What keeps it from being published: a crossing of a question that is not there any more."""
    possible = {axis.question for axis in crossable(consultation)}
    named = Declared.from_json(consultation.crossings).named
    if consultation.state not in ("draft", "in_review"):
        return []
    return [
        f"The question “{one.question}” is to be crossed with the equality questions, and cannot be: choose again."
        for one in named
        if one.question not in possible
    ]
