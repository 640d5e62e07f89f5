"""A second person looks at a draft: it is sent for review, returned, or approved and its questionnaire frozen."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import babel as cldr

from consult import questions
from consult.accounts.actions.log import record
from consult.consultations.actions import crossing
from consult.consultations.actions.checking import keep_report, standing
from consult.consultations.actions.seeing import mark_of
from consult.consultations.actions.writing import wrote
from consult.consultations.models import WORDED, Consultation, Revision
from consult.domain import lifecycle
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.domain.questionnaire import BadDefinition, Questionnaire, as_json, read
from consult.domain.reach import Report
from consult.domain.wording import Wording
from consult.questions import reaching
from consult.questions.place import empty_lists

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: The end of the code of a language in short sentences with pictures, such as `en-x-easyread`.
EASY_READ = "-x-easyread"
#: What a page needs words for, besides a title, and how we ask for it.
NEEDED = {
    "summary": "The summary is missing.",
    "why": "The page does not say why this is needed.",
    "decided": "The page does not say what is already decided.",
    "still_open": "The page does not say what is still open to change.",
    "what_next": "The page does not say what happens next.",
}
#: Told, not asked: people who are only informed cannot change anything.
NOT_NEEDED_TO_INFORM = frozenset({"decided", "still_open"})
#: What each text is called in a sentence.
NAMES = {
    "title": "title",
    "summary": "summary",
    "why": "reasons",
    "decided": "“already decided”",
    "still_open": "“still open”",
    "what_next": "“what happens next”",
    "equality_purpose": "purpose of the equality questions",
}


def submit_for_review(consultation: Consultation, *, by: Account, now: datetime, catalogues: Collection[str]) -> None:
    """Send a complete draft to a second person; refuses with a sentence for each thing that is missing."""
    facts = lifecycle.submit_for_review(consultation, now)
    complete(consultation, now=now, catalogues=catalogues)
    wrote(consultation, by)
    consultation.state = facts.state
    consultation.submitted_by, consultation.submitted_at = by.id, now
    consultation.approved_by = consultation.approved_at = None
    consultation.returned_because = ""
    record(by, "submit_consultation", consultation, now=now)


class MovedOn(NotNow):
    """It is not any more what the reviewer saw when they decided."""


def return_to_draft(
    consultation: Consultation, *, reasons: str, by: Account, now: datetime, seen: str | None = None
) -> None:
    """Give it back to its authors with reasons, from review or while it is approved and still coming.

    `seen` is the mark of what the reviewer saw (`mark_of`); raises MovedOn where it is another by now.
    """
    if not reasons.strip():
        raise Rejected("reasons", "Enter what should be changed")
    facts = lifecycle.return_to_editor(consultation, now)
    _is_what_was(consultation, seen, "sent back")
    _looked(consultation, "returned", by, now)
    consultation.state = facts.state
    consultation.returned_because = reasons.strip()
    consultation.approved_by = consultation.approved_at = None
    record(by, "approve_consultation", consultation, now=now, note="sent back")


def approve(
    consultation: Consultation, *, by: Account, now: datetime, catalogues: Collection[str], seen: str | None = None
) -> Revision | None:
    """Publish: another person than its authors agrees, and the questionnaire is frozen in all its languages.

    Gives the new revision, or None where people are only informed and asked nothing. `seen` is the mark of what the
    approver saw (`mark_of`); raises MovedOn where it is another by now.
    """
    facts = lifecycle.approve(consultation, now, authors=consultation.authors, approver=by.id)
    if by.id == consultation.submitted_by:
        raise NotAllowed("You sent this for review, so somebody else has to approve it.")
    _is_what_was(consultation, seen, "approved")
    complete(consultation, now=now, catalogues=catalogues)
    _publish(consultation, facts)
    consultation.approved_by, consultation.approved_at = by.id, now
    reason = "First published" if not consultation.revisions else "Approved again"
    revision = freeze(consultation, languages=consultation.languages, reason=reason, now=now)
    if revision is not None:
        keep_report(consultation, revision, now=now)
    _looked(consultation, "approved", by, now)
    record(by, "approve_consultation", consultation, now=now, note="approved")
    return revision


def _is_what_was(consultation: Consultation, seen: str | None, what: str) -> None:
    if seen is not None and seen != mark_of(consultation):
        raise MovedOn(
            f"This was changed after you opened the page, so nothing was {what}. "
            "The page now shows it as it is: look at what has changed, then decide again."
        )


Keep = Callable[[Consultation, str, "Account", datetime], None]
#: Who keeps what was looked at, as docs/decisions/0007 has it.
_keeping: dict[str, Keep] = {}


def add_looked(keep: Keep) -> None:
    """A room above keeps what was looked at when it is `returned` or `approved`."""
    _keeping[f"{keep.__module__}.{keep.__qualname__}"] = keep


def _looked(consultation: Consultation, outcome: str, by: Account, now: datetime) -> None:
    for keep in _keeping.values():
        keep(consultation, outcome, by, now)


def open_at_once(
    consultation: Consultation, *, now: datetime, closes_at: datetime, catalogues: Collection[str], production: bool
) -> Revision:
    """For `consult import --open`: approve without a second person and open now, in the languages that are complete."""
    if production:
        raise NotAllowed("A consultation cannot be opened without a second person on the live site.")
    if consultation.state not in ("draft", "in_review"):
        raise NotNow("Only a draft can be opened at once.")
    questionnaire = consultation.questionnaire()
    if questionnaire is None:
        raise NotNow("There is no questionnaire yet.")
    if closes_at <= now:
        raise Rejected("closes_at", "The closing date must be in the future")
    languages = [language for language in questionnaire.complete_languages if language in catalogues]
    consultation.languages = list(dict.fromkeys((consultation.language, *languages)))
    consultation.opens_at, consultation.closes_at = now, closes_at
    consultation.state, consultation.approved_at = lifecycle.State.APPROVED, now
    consultation.submitted_by = consultation.approved_by = None
    revision = freeze(consultation, languages=consultation.languages, reason="Opened at once", now=now)
    record(None, "approve_consultation", consultation, now=now, note="opened at once, without a second person")
    assert revision is not None
    return revision


def freeze(consultation: Consultation, *, languages: Collection[str], reason: str, now: datetime) -> Revision | None:
    """The draft definition as the next revision, if there is one."""
    questionnaire = consultation.questionnaire()
    if questionnaire is None:
        return None
    number = consultation.revisions[-1].number + 1 if consultation.revisions else 1
    revision = Revision(
        number=number,
        definition=as_json(questionnaire),
        languages=list(languages),
        created_on=lifecycle.day_of(now),
        reason=reason,
        crossings=crossing.frozen_crossings(consultation),
    )
    consultation.revisions.append(revision)
    return revision


def complete(consultation: Consultation, *, now: datetime, catalogues: Collection[str]) -> None:
    """Refuse what cannot be published yet, with every sentence at once."""
    sentences = lacking(consultation, now=now, catalogues=catalogues) or stopping(consultation, now=now)
    if sentences:
        raise NotNow(" ".join(sentences))


#: What rooms above find missing, as docs/decisions/0007 has it.
_others: dict[str, Callable[[Consultation], list[str]]] = {}


def add_lacking(find: Callable[[Consultation], list[str]]) -> None:
    """A room above says what keeps a consultation from being published, one sentence each."""
    _others[f"{find.__module__}.{find.__qualname__}"] = find


def lacking(consultation: Consultation, *, now: datetime, catalogues: Collection[str]) -> list[str]:
    """What still has to be done before it can be published, one sentence each; empty when nothing is missing."""
    return [
        *_page(consultation),
        *_dates(consultation, now),
        *_questions(consultation),
        *_languages(consultation, catalogues),
        *crossing.lacking(consultation),
        *(sentence for find in _others.values() for sentence in find(consultation)),
    ]


def stopping(consultation: Consultation, *, now: datetime) -> list[str]:
    """Questions that some people could not answer, and what the check found, looked for when it is sent or approved."""
    questionnaire = consultation.questionnaire()
    findings = ways_through(questionnaire, now=now).findings if questionnaire else ()
    sentences = [f"The question {finding.key}: {finding.sentence}" for finding in findings if finding.stops]
    return sentences + standing(consultation)


def ways_through(questionnaire: Questionnaire, *, now: datetime) -> Report:
    """What the route checker says of a questionnaire, remembered for the day."""
    day = lifecycle.day_of(now)
    return _report(json.dumps(as_json(questionnaire), sort_keys=True), day)


@lru_cache(maxsize=16)
def _report(definition: str, day: date) -> Report:
    return reaching.report(read(json.loads(definition)), today=day)


def _publish(consultation: Consultation, facts: lifecycle.Facts) -> None:
    consultation.state = facts.state
    consultation.opens_at, consultation.closes_at = facts.opens_at, facts.closes_at


def _page(consultation: Consultation) -> Iterator[str]:
    for name, sentence in NEEDED.items():
        if consultation.activity == "inform" and name in NOT_NEEDED_TO_INFORM:
            continue
        if not consultation.wording(name):
            yield sentence
    if not (consultation.contact_email or consultation.contact_telephone or consultation.contact_address):
        yield "The page does not say whom to contact."
    if consultation.equality and not consultation.wording("equality_purpose"):
        yield "The equality questions have no purpose: say what their answers are for."


def _dates(consultation: Consultation, now: datetime) -> Iterator[str]:
    if consultation.opens_at is None:
        yield "There is no opening date."
    if consultation.closes_at is None:
        yield "There is no closing date."
    elif consultation.closes_at <= now:
        yield "The closing date is in the past."
    elif consultation.opens_at and consultation.closes_at <= consultation.opens_at:
        yield "The closing date is not after the opening date."


def _questions(consultation: Consultation) -> Iterator[str]:
    try:
        questionnaire = consultation.questionnaire()
    except BadDefinition as error:
        for problem in error.problems:
            yield f"The questionnaire cannot be asked: {problem.where}: {problem.sentence}."
        return
    if questionnaire is None:
        if consultation.activity != "inform":
            yield "There is no questionnaire."
        return
    yield from empty_lists(questionnaire)
    for problem in questions.check(questionnaire):
        yield f"The questionnaire cannot be asked: {problem.where}: {problem.sentence}."


def _languages(consultation: Consultation, catalogues: Collection[str]) -> Iterator[str]:
    for language in consultation.languages:
        if language != consultation.language and language not in catalogues:
            yield f"Our own words are not translated into {called(language)}, so it cannot be offered."
            continue
        for name in (*WORDED, "equality_purpose"):
            if consultation.wording(name).missing([language]):
                yield f"The {NAMES[name]} of the page is missing in {called(language)}."
        for document in consultation.shown_documents:
            words = Wording(document.title, consultation.language)
            if words.missing([language]):
                title = words.to(consultation.language)
                yield f"The title of the document “{title}” is missing in {called(language)}."
        yield from _questionnaire_language(consultation, language)


def called(language: str) -> str:
    """A language as English-speaking staff call it; our own variant is “Easy Read (English)”."""
    if language.endswith(EASY_READ):
        return f"Easy Read ({called(language.removesuffix(EASY_READ))})"
    try:
        return cldr.Locale.parse(language, sep="-").get_display_name("en") or language
    except (cldr.UnknownLocaleError, ValueError):
        return f"“{language}”"


def _questionnaire_language(consultation: Consultation, language: str) -> Iterator[str]:
    try:
        questionnaire: Questionnaire | None = consultation.questionnaire()
    except BadDefinition:
        return
    places = questionnaire.lacking(language) if questionnaire else []
    if places:
        more = f" and {len(places) - 3} more places" if len(places) > 3 else ""
        yield f"The questionnaire is not complete in {called(language)}: {', '.join(places[:3])}{more}."
