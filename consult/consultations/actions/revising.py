"""A questionnaire is changed in substance while people answer: a new version with a public note, in which a key that
was answered never stands for anything else (docs/decisions/0038)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from consult.consultations.actions.changing import bones, public_reason, record_change
from consult.consultations.actions.checking import check, keep_report
from consult.consultations.actions.reviewing import freeze, ways_through
from consult.consultations.actions.writing import check_definition, written
from consult.consultations.models import Consultation, Revision
from consult.domain import lifecycle
from consult.domain.crossing import Declared
from consult.domain.errors import NotNow, Rejected
from consult.domain.gunning import Level
from consult.domain.lifecycle import Phase
from consult.domain.questionnaire import Questionnaire, as_json, clashes, reworded_questions
from consult.extensions import db
from consult.questions.place import empty_lists, with_lists_of

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: When people answer, or will go on to.
ANSWERED = (Phase.OPEN, Phase.PAUSED)


def revise(
    consultation: Consultation,
    *,
    definition: Mapping[str, Any],
    reason: Mapping[str, str],
    same_meaning: bool,
    by: Account,
    now: datetime,
) -> Revision:
    """Ask changed questions from now on; whoever has answered or begun keeps the version they were asked.

    `same_meaning` says that questions that keep their key and have other words still ask the same. Raises Rejected with
    what has to be put right, and BadDefinition.
    """
    if lifecycle.phase(consultation, now) not in ANSWERED:
        raise NotNow("Questions are changed like this only while people answer. Before it opens, send it back instead.")
    asked = consultation.current
    if asked is None:
        raise NotNow("This consultation asks no questions.")
    public_reason(consultation, reason)
    before = asked.questionnaire()
    questionnaire = with_lists_of(check_definition(definition), before)
    if questionnaire.language != before.language:
        raise Rejected("definition", "The questionnaire has to stay in the language it was written in")
    if bones(questionnaire) == bones(before):
        raise Rejected("definition", "Nothing but words differs. Correct the words in the questionnaire instead")
    _keys_stand(consultation, questionnaire, same_meaning)
    _complete(consultation, questionnaire, asked)
    _put(consultation, questionnaire, now)
    correction = record_change(consultation, "revised", reason, by, now, part="questionnaire", before=asked.number)
    written(consultation, by, now, same_meaning=same_meaning)
    revision = freeze(consultation, languages=asked.languages, reason="Changed while open", now=now)
    assert revision is not None
    correction.details = {**correction.details, "after": revision.number}
    db.session.flush()
    keep_report(consultation, revision, now=now)
    return revision


def _keys_stand(consultation: Consultation, questionnaire: Questionnaire, same_meaning: bool) -> None:
    versions = [one.questionnaire() for one in consultation.revisions]
    others = clashes(versions, questionnaire)
    if others:
        raise Rejected(
            "definition",
            "These questions keep their key and ask something else, so their answers would be counted together: "
            f"{_listed(others)}. Give each a new key",
        )
    changed = reworded_questions(versions, questionnaire)
    if changed and not same_meaning:
        raise Rejected(
            "same_meaning",
            f"These questions keep their key and have other words: {_listed(changed)}. Say that they still mean the "
            "same, or give each a new key",
        )


def _complete(consultation: Consultation, questionnaire: Questionnaire, asked: Revision) -> None:
    for language in asked.languages:
        places = questionnaire.lacking(language)
        if places:
            raise Rejected("definition", f"The words in “{language}” are not complete: {_listed(places)}")
    crossed = {one.question for one in Declared.from_json(asked.crossings).named} if asked.crossings else set()
    gone = [key for key in crossed if key not in questionnaire.question_by_key]
    if gone:
        raise Rejected(
            "definition",
            "These questions have to stay, because people were told that they are crossed with equality questions: "
            f"{_listed(sorted(gone))}",
        )


def _put(consultation: Consultation, questionnaire: Questionnaire, now: datetime) -> None:
    """Make it the questionnaire, unless what stops a draft stops it; reasons for lesser findings are in the note."""
    before, consultation.definition = consultation.definition, as_json(questionnaire)
    filled = consultation.questionnaire()
    assert filled is not None
    sentences = empty_lists(filled)
    sentences += [
        f"The question {finding.key}: {finding.sentence}"
        for finding in ways_through(filled, now=now).findings
        if finding.stops
    ]
    sentences += [one.finding.sentence for one in check(consultation) if one.finding.rule.level is Level.STOPS]
    if sentences:
        consultation.definition = before
        raise Rejected("definition", " ".join(sentences))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{', '.join(names[:5])}{more}"
