"""The check before publishing: what authors say for it, what it finds, and the reasons they give."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from consult import questions
from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.actions.writing import wrote
from consult.consultations.models import (
    WORDED,
    CheckReason,
    CheckReport,
    Consultation,
    ElectionTime,
    Preparation,
    Revision,
)
from consult.domain import gunning, lifecycle
from consult.domain.errors import Missing, NotNow, Rejected
from consult.domain.gunning import FORMATS, Finding, Level, Plan
from consult.domain.gunning.plan import Election
from consult.domain.questionnaire import BadDefinition
from consult.extensions import db
from consult.questions import kind
from consult.questions.place import empty_lists
from consult.questions.reaching import typical

#: The states in which it can still be prepared.
OPEN_STATES = ("draft", "in_review")


@dataclass(frozen=True)
class Checked:
    """Something that was found, and the reason why it is right as it is, if one was given."""

    finding: Finding
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether it keeps the consultation from being published."""
        level = self.finding.rule.level
        return level is Level.STOPS or (level is Level.REASON and not self.reason)


def preparation(consultation: Consultation) -> Preparation:
    """What its authors have said so far; nothing yet for a new one, which is not kept before they say something."""
    return db.session.get(Preparation, consultation.id) or Preparation(
        consultation_id=consultation.id,
        who_decides="",
        significant=False,
        alternatives=False,
        impacts=False,
        equality_assessment="",
        privacy_assessment="",
        formats=[],
    )


def prepare(
    consultation: Consultation,
    *,
    who_decides: str,
    decision_on: date | None,
    significant: bool,
    alternatives: bool,
    impacts: bool,
    equality_assessment: str,
    privacy_assessment: str,
    audience: int | None,
    formats: Collection[str],
    by: Account | None,
    now: datetime,
) -> Preparation:
    """Keep what its authors say for the check."""
    _changeable(consultation)
    if unknown := set(formats) - set(FORMATS):
        raise Rejected("formats", f"Choose from the formats listed: “{min(unknown)}” is not one of them")
    if audience is not None and audience < 0:
        raise Rejected("audience", "Enter about how many people it concerns, such as 5000")
    said = preparation(consultation)
    said.who_decides, said.decision_on = who_decides.strip(), decision_on
    said.significant, said.alternatives, said.impacts = significant, alternatives, impacts
    said.equality_assessment, said.privacy_assessment = equality_assessment.strip(), privacy_assessment.strip()
    said.audience, said.formats = audience, [one for one in FORMATS if one in formats]
    db.session.add(said)
    wrote(consultation, by)
    record(by, "prepare_consultation", consultation, now=now)
    db.session.flush()
    return said


def check(consultation: Consultation) -> list[Checked]:
    """What the check finds now, with the reasons given for it."""
    reasons = {
        one.mark: one.reason
        for one in db.session.scalars(select(CheckReason).where(CheckReason.consultation_id == consultation.id))
    }
    return [Checked(finding, reasons.get(finding.mark, "")) for finding in gunning.check(plan_of(consultation))]


def give_reason(consultation: Consultation, *, mark: str, reason: str, by: Account | None, now: datetime) -> Checked:
    """Say why something that was found is right as it is; what stops cannot be explained away."""
    _changeable(consultation)
    found = next((one for one in check(consultation) if one.finding.mark == mark), None)
    if found is None:
        raise Missing("The check does not find this any more.")
    if found.finding.rule.level is Level.STOPS:
        raise NotNow("This cannot be published as it is. It has to be changed.")
    if not reason.strip():
        raise Rejected("reason", "Enter why this is right as it is")
    kept = db.session.scalar(
        select(CheckReason).where(CheckReason.consultation_id == consultation.id, CheckReason.mark == mark)
    )
    if kept is None:
        kept = CheckReason(consultation_id=consultation.id, mark=mark)
        db.session.add(kept)
    kept.reason, kept.given_by, kept.given_at = reason.strip(), by.id if by else None, now
    wrote(consultation, by)
    record(by, "give_check_reason", consultation, now=now, note=found.finding.rule.key)
    db.session.flush()
    return Checked(found.finding, kept.reason)


def standing(consultation: Consultation) -> list[str]:
    """A sentence where something that was found still keeps it from being published; empty where nothing does."""
    found = [one for one in check(consultation) if one.stands]
    if not found:
        return []
    stops = sum(one.finding.rule.level is Level.STOPS for one in found)
    parts = []
    if stops:
        parts.append(f"{_things(stops)} that must be changed")
    if len(found) > stops:
        parts.append(f"{_things(len(found) - stops)} that must be changed or given a reason")
    return [f"The check before publishing found {' and '.join(parts)}."]


def _things(number: int) -> str:
    return "1 thing" if number == 1 else f"{number} things"


def keep_report(consultation: Consultation, revision: Revision, *, now: datetime) -> None:
    """Keep with a version what the check found when it was approved."""
    findings = [
        {
            "rule": one.finding.rule.key,
            "level": one.finding.rule.level.value,
            "sentence": one.finding.sentence,
            "question": one.finding.question,
            "reason": one.reason,
        }
        for one in check(consultation)
    ]
    db.session.flush()
    db.session.add(CheckReport(revision_id=revision.id, findings=findings, made_on=lifecycle.day_of(now)))


def report_of(revision: Revision) -> CheckReport | None:
    """The report kept with a version; None for one that was opened without approval."""
    return db.session.get(CheckReport, revision.id)


def elections() -> list[ElectionTime]:
    """The times before elections that an administrator entered, the latest first."""
    return list(db.session.scalars(select(ElectionTime).order_by(ElectionTime.starts_on.desc())))


def add_election(*, name: str, starts_on: date, ends_on: date, by: Account, now: datetime) -> ElectionTime:
    """Enter the time before an election."""
    if ends_on < starts_on:
        raise Rejected("ends_on", "The last day must not be before the first")
    made = ElectionTime(name=name.strip(), starts_on=starts_on, ends_on=ends_on)
    db.session.add(made)
    db.session.flush()
    record(by, "add_election", None, now=now, note=made.name)
    return made


def remove_election(number: int, *, by: Account, now: datetime) -> None:
    """Take one away that was entered by mistake."""
    found = db.session.get(ElectionTime, number)
    if found is None:
        raise Missing("It has been removed already.")
    record(by, "remove_election", None, now=now, note=found.name)
    db.session.delete(found)


def plan_of(consultation: Consultation) -> Plan:
    """A consultation as the check looks at it."""
    said = preparation(consultation)
    try:
        questionnaire = consultation.questionnaire()
    except BadDefinition:
        questionnaire = None
    sound = questionnaire and not questions.check(questionnaire) and not list(empty_lists(questionnaire))
    asked = list(questionnaire.questions) if questionnaire and sound else []
    return Plan(
        consultation.activity,
        {name: consultation.wording(name).to(consultation.language).plain for name in WORDED},
        opens_on=consultation.opens_at and lifecycle.day_of(consultation.opens_at),
        closes_on=consultation.closes_at and lifecycle.day_of(consultation.closes_at),
        documents=len(consultation.shown_documents),
        languages=tuple(consultation.languages),
        questionnaire=questionnaire,
        in_words=frozenset(one.key for one in asked if kind(one.kind).free),
        minutes=max(1, -(-typical(questionnaire) // 60)) if questionnaire and sound else 0,
        equality=consultation.equality,
        who_decides=said.who_decides,
        decision_on=said.decision_on,
        significant=said.significant,
        alternatives=said.alternatives,
        impacts=said.impacts,
        equality_assessment=said.equality_assessment,
        privacy_assessment=said.privacy_assessment,
        audience=said.audience,
        formats=frozenset(said.formats),
        elections=tuple(Election(one.name, one.starts_on, one.ends_on) for one in elections()),
    )


def _changeable(consultation: Consultation) -> None:
    if consultation.state not in OPEN_STATES:
        raise NotNow("It has been published, so the check is closed.")
