"""A published consultation is changed by one person with a public reason; a second looks at it in two working days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from consult.accounts.actions.log import record
from consult.consultations.actions.reviewing import freeze
from consult.consultations.actions.writing import PageText, check_definition, put, written
from consult.consultations.models import WORDED, Consultation, Correction, Revision
from consult.domain import lifecycle
from consult.domain.errors import NotAllowed, NotNow, Rejected
from consult.domain.lifecycle import Phase
from consult.domain.questionnaire import LANGUAGE, Questionnaire, as_json
from consult.domain.wording import Wording
from consult.extensions import db
from consult.questions.place import with_lists_of

if TYPE_CHECKING:
    from consult.accounts.models import Account

Texts = Mapping[str, str]
#: The parts of a definition that are words; so are settings that are given by language.
WORDS = frozenset(
    {"title", "text", "hint", "note", "label", "alt", "required_message", "constraint_message", "languages"}
)
#: What can become of the answers to a withdrawn consultation.
WITHDRAWN_ANSWERS = ("kept", "destroyed")


def extend(
    consultation: Consultation, *, closes_at: datetime, reason: Texts, by: Account | None, now: datetime
) -> Correction:
    """Close later, never earlier."""
    facts = lifecycle.extend(consultation, now, closes_at=closes_at)
    before = consultation.closes_at
    correction = record_change(
        consultation, "extended", reason, by, now, before=_iso(before), after=_iso(facts.closes_at)
    )
    consultation.closes_at = facts.closes_at
    db.session.flush()
    return correction


def pause(consultation: Consultation, *, reason: Texts, by: Account | None, now: datetime) -> Correction:
    """Take no answers for the time being; begun ones are kept."""
    facts = lifecycle.pause(consultation, now)
    correction = record_change(consultation, "paused", reason, by, now)
    consultation.paused_at, consultation.paused_reason = facts.paused_at, correction.reason
    db.session.flush()
    return correction


def reopen(
    consultation: Consultation, *, reason: Texts, by: Account | None, now: datetime, closes_at: datetime | None = None
) -> Correction:
    """Take answers again after a pause, or after an outage once it had closed."""
    before = consultation.closes_at
    facts = lifecycle.reopen(consultation, now, closes_at=closes_at)
    correction = record_change(
        consultation, "reopened", reason, by, now, before=_iso(before), after=_iso(facts.closes_at)
    )
    consultation.paused_at, consultation.paused_reason = None, {}
    consultation.closes_at = facts.closes_at
    db.session.flush()
    return correction


def withdraw(
    consultation: Consultation, *, reason: Texts, answers: str, by: Account | None, now: datetime
) -> Correction:
    """Take it down for good; the page stays and says why and what happens to the answers (`kept` or `destroyed`)."""
    if answers not in WITHDRAWN_ANSWERS:
        raise Rejected("answers", "Choose what happens to the answers")
    facts = lifecycle.withdraw(consultation, now)
    correction = record_change(consultation, "withdrawn", reason, by, now, answers=answers)
    consultation.withdrawn_at, consultation.withdrawn_reason = facts.withdrawn_at, correction.reason
    consultation.withdrawn_answers = answers
    db.session.flush()
    return correction


def correct_page(
    consultation: Consultation, *, text: PageText, reason: Texts, by: Account | None, now: datetime
) -> Correction:
    """Correct the words of a published page; dates, languages and the kind of activity stay as announced."""
    _published(consultation, now)
    public_reason(consultation, reason)
    before = {name: getattr(consultation, name) for name in (*WORDED, "equality_purpose")}
    kept = PageText(
        **{
            **vars(text),
            "activity": consultation.activity,
            "opens_at": consultation.opens_at,
            "closes_at": consultation.closes_at,
            "languages": tuple(consultation.languages),
            "equality": consultation.equality,
        }
    )
    for name in (*WORDED, "equality_purpose"):
        _still_complete(consultation, name, getattr(kept, name))
    put(consultation, kept)
    changed = [name for name, was in before.items() if getattr(consultation, name) != was]
    correction = record_change(
        consultation, "corrected", reason, by, now, part="page", before={name: before[name] for name in changed}
    )
    written(consultation, by, now, same_meaning=True)
    db.session.flush()
    return correction


def correct_questionnaire(
    consultation: Consultation, *, definition: Mapping[str, Any], reason: Texts, by: Account | None, now: datetime
) -> Revision:
    """Correct spelling in a published questionnaire: a new version for new answers, the same questions and options."""
    _published(consultation, now)
    asked = consultation.current
    if asked is None:
        raise NotNow("This consultation asks no questions.")
    questionnaire = with_lists_of(check_definition(definition), asked.questionnaire())
    if bones(questionnaire) != bones(asked.questionnaire()):
        raise Rejected(
            "definition",
            "Only words can be corrected while people answer: pages, questions, options and conditions must stay",
        )
    for language in asked.languages:
        places = questionnaire.lacking(language)
        if places:
            raise Rejected("definition", f"The words in “{language}” are not complete: {', '.join(places[:3])}")
    correction = record_change(consultation, "corrected", reason, by, now, part="questionnaire", before=asked.number)
    consultation.definition = as_json(questionnaire)
    written(consultation, by, now, same_meaning=True)
    words = Wording(correction.reason, consultation.language).to("en").text
    revision = freeze(consultation, languages=asked.languages, reason=words, now=now)
    db.session.flush()
    assert revision is not None
    return revision


def second(correction: Correction, *, by: Account, now: datetime) -> None:
    """A second person has looked at a change that one person made."""
    if correction.made_by == by.id:
        raise NotAllowed("You made this change, so somebody else has to look at it.")
    if correction.seconded_at is not None:
        raise NotNow("Somebody has already looked at this change.")
    correction.seconded_by, correction.seconded_at = by.id, now
    record(by, "second_change", correction.consultation, now=now, note=correction.kind)


def report(consultation: Consultation, *, by: Account | None, now: datetime) -> None:
    """Closed, counted and told: called when You Said, We Did is published."""
    consultation.state = lifecycle.report(consultation, now).state
    record(by, "publish_feedback", consultation, now=now, note="reported")


def record_correction(
    consultation: Consultation, *, reason: Texts, by: Account | None, now: datetime, part: str, before: Any = None
) -> Correction | None:
    """Note a change to a document under “What has changed”; None while nobody can see the consultation."""
    if consultation.state not in ("approved", "reported"):
        return None
    return record_change(consultation, "corrected", reason, by, now, part=part, before=before)


def record_change(
    consultation: Consultation, kind: str, reason: Texts, by: Account | None, now: datetime, **details: Any
) -> Correction:
    """Note what was changed in public under “What has changed”, due for a second person."""
    correction = Correction(
        kind=kind,
        reason=public_reason(consultation, reason),
        details={name: value for name, value in details.items() if value is not None},
        made_at=now,
        made_by=by.id if by else None,
        second_due_at=lifecycle.second_look_due(now),
    )
    consultation.corrections.insert(0, correction)
    record(by, "change_open_consultation", consultation, now=now, note=kind)
    return correction


def public_reason(consultation: Consultation, reason: Texts) -> dict[str, str]:
    """The reason that everybody reads; raises Rejected without one in the consultation's own language."""
    words = Wording(reason, consultation.language)
    if consultation.language not in words:
        raise Rejected("reason", "Enter a reason that everybody can read")
    return words.as_json()


def _published(consultation: Consultation, now: datetime) -> None:
    if lifecycle.phase(consultation, now) not in (Phase.COMING, Phase.OPEN, Phase.PAUSED, Phase.CLOSED):
        raise NotNow("Only a published consultation can be corrected. A draft can simply be edited.")


def _still_complete(consultation: Consultation, name: str, texts: Texts) -> None:
    before, after = consultation.wording(name), Wording(texts, consultation.language)
    for language in consultation.languages:
        if language in before and language not in after:
            raise Rejected(name, f"The text in “{language}” cannot be emptied while it is published")


def bones(questionnaire: Questionnaire) -> Any:
    """A definition without its words: what must not change while people answer."""
    return _without_words(as_json(questionnaire))


def _without_words(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            name: sorted(value) if name == "settings" else _without_words(value)
            for name, value in data.items()
            if name not in WORDS
        } | {
            f"setting {name}": _without_words(value)
            for name, value in data.get("settings", {}).items()
            if not _are_words(value)
        }
    if isinstance(data, list):
        return [_without_words(one) for one in data]
    return data


def _are_words(value: Any) -> bool:
    return isinstance(value, dict) and all(LANGUAGE.fullmatch(name) for name in value)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
