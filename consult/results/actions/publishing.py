"""Publish results: a frozen set of figures under disclosure control."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.answering import queries as answering
from consult.answering.actions import crossing as closing
from consult.answering.actions import quarantine
from consult.answering.models import UrgentComment
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.disclosure import Figures
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import Phase
from consult.extensions import db
from consult.results import populations, queries
from consult.results.models import Release, UrgentRound
from consult.results.queries import Waiting

#: When results can be published: never while somebody may still answer, and not once it was taken down.
OVER = frozenset({Phase.CLOSED, Phase.REPORTED})


def why_not_yet(consultation: Consultation, now: datetime, *, sealed: bool = False) -> str | None:
    """Why nothing can be published yet, or None when it can; `sealed`: though a closing array is not opened yet."""
    if lifecycle.phase(consultation, now) not in OVER:
        return "Results can be published when the consultation has closed."
    if consultation.current is None:
        return "There was no questionnaire, so there are no results."
    if consultation.format_awaited:
        return "Somebody who asked in time still waits for another format, and may be given more time to answer."
    if not lifecycle.answers_over(consultation, now) and consultation.extended_until:
        return "Somebody was given more time, because another format came late. Their answers can still arrive."
    if not answering.all_settled(db.session, consultation.id):
        return "The last answers are still waiting to be counted. That happens by itself, about an hour after closing."
    if answering.undecided(db.session, consultation.id):
        return "Some answers were set aside. An analyst has to count them or leave them out before you can publish."
    if not sealed and closing.sealed(db.session, consultation.id):
        return "What is crossed with equality questions is about to be opened. That happens by itself, within minutes."
    return None


def decide_set_aside(
    consultation: Consultation,
    *,
    batches: Iterable[int],
    decision: str,
    grounds: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Count whole batches that were set aside, or leave them out, and say why.

    Raises Rejected without batches or grounds, Missing for a batch of another consultation, NotNow for one that was
    decided otherwise.
    """
    decided = quarantine.decide(
        db.session, batches, consultation_id=consultation.id, decision=decision, grounds=grounds
    )
    people = sum(batch.people for batch in decided)
    reasons = ", ".join(sorted({batch.reason for batch in decided}))
    verb = "count_set_aside" if decision == "to_count" else "leave_out_set_aside"
    record(by, verb, consultation, now=now, note=f"{people} answers ({reasons}): {grounds.strip()}")


def digest(figures: Figures, population: Mapping[str, Any] | None = None) -> str:
    """What tells one set of figures, and what it is compared with, from another: publishers say what they saw."""
    seen = figures.to_json() if population is None else [figures.to_json(), population]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def publish(consultation: Consultation, *, by: Account | None, now: datetime, seen: str | None = None) -> Release:
    """Freeze what may be shown; `seen` is the digest of the figures somebody looked at before.

    Raises NotNow while it is too early, where the published figures must stand, or when they are others than were seen.
    """
    reason = why_not_yet(consultation, now)
    if reason:
        raise NotNow(reason)
    # One at a time: two people may press at once.
    db.session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    earlier = queries.releases(consultation)
    figures = queries.figures(consultation)
    assert figures is not None
    assert consultation.current is not None
    if earlier and figures == earlier[-1].released():
        raise NotNow("The published results stand: new ones need at least ten responses more or fewer.")
    population = populations.population(consultation)
    if seen is not None and seen != digest(figures, population):
        raise NotNow("These figures have changed since you looked at them. Look at them again before you publish them.")
    release = Release(
        consultation=consultation,
        number=len(earlier) + 1,
        revision=consultation.current,
        profile=figures.profile,
        figures=figures.to_json(),
        left_out=queries.left_out(consultation),
        population=population,
        published_on=lifecycle.day_of(now),
        published_by=by.id if by else None,
    )
    db.session.add(release)
    db.session.flush()
    record(by, "publish_results", consultation, now=now, note=f"release {release.number}")
    return release


# Comments that somebody asked to be read today

#: What becomes of one (DOMAIN G5), as staff say it.
OUTCOMES = {
    "none": "Nothing to do",
    "signposted": "We said in public where help is",
    "safeguarding": "Referred to the safeguarding lead",
    "quality": "A concern about quality or safety, passed to the practice or to the CQC",
    "police": "The police were told",
}
#: Those of which something was passed on to somebody.
PASSED_ON = frozenset({"safeguarding", "quality", "police"})
LONGEST_PASSED_ON = 2_000


def decide_urgent(
    waiting: Waiting, *, outcome: str, passed_on: str, before: str, by: Account | None, now: datetime
) -> None:
    """Say what becomes of a comment; the log says who decided what, never the words.

    `before` is the outcome that whoever decides has seen: raises NotNow when somebody else has decided meanwhile.
    """
    passed_on = passed_on.strip()
    if outcome not in OUTCOMES:
        raise Rejected("outcome", "Choose what becomes of it")
    if outcome in PASSED_ON and not passed_on:
        raise Rejected("passed_on", "Say what was passed on, and to whom")
    held = select(UrgentComment).where(UrgentComment.id == waiting.comment.id).with_for_update()
    comment = db.session.scalar(held.execution_options(populate_existing=True))
    if comment is None or comment.outcome != before:
        raise NotNow("Somebody else has decided about this comment meanwhile. Look at it again.")
    comment.outcome = outcome
    comment.passed_on = passed_on[:LONGEST_PASSED_ON] if outcome in PASSED_ON else ""
    db.session.flush()
    record(by, "decide_urgent", waiting.consultation, now=now, note=OUTCOMES[outcome])


def leave_urgent(waiting: Waiting, *, by: Account, now: datetime) -> None:
    """Leave a comment to a colleague, without a reason."""
    record(by, "decide_urgent", waiting.consultation, now=now, note="Left to a colleague")


def new_round(now: datetime) -> bool:
    """Whether leads may be told now: once in each hour of the clock, whatever has arrived in it."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    last = db.session.get(UrgentRound, 1, with_for_update=True)
    if last is not None and last.hour >= hour:
        return False
    if last is None:
        last = UrgentRound(id=1)
        db.session.add(last)
    last.hour = hour
    db.session.flush()
    return True


def mark_told(comments: Iterable[UrgentComment]) -> None:
    """Note that the lead was told of them, in the order of their random keys."""
    numbers = sorted(one.id for one in comments)
    db.session.execute(update(UrgentComment).where(UrgentComment.id.in_(numbers)).values(lead_told=True))
