"""Settling, on a timetable and on demand: the steps in order, a transaction each, with the keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from flask import Flask, current_app
from sqlalchemy import delete

from consult import clock
from consult.answering import asked, keys, queries
from consult.answering.actions import audit as auditing
from consult.answering.actions import boxes, crossing, flood, grouping, quarantine, rewrite
from consult.answering.actions import destroy as destroying
from consult.answering.actions import settle as settling
from consult.answering.actions.grouping import Opened
from consult.answering.actions.settle import Step
from consult.answering.models import Draft
from consult.answering.paper import paper
from consult.answering.tickets import tickets
from consult.answering.timetable import Boxed, Due, boxed, due
from consult.config import Settings
from consult.domain import lifecycle
from consult.extensions import db
from consult.jobs import add_sweep, saving

#: The lock of everything that opens a box.
SETTLING = "settle answers"
#: Ballots settled in one transaction; with their comments and receipts these are about 10 000 rows.
MOST = 1_500


def register(app: Flask) -> None:
    """Let the worker run the sweeps."""
    add_sweep(SETTLING, settle_what_is_due)
    add_sweep("expired drafts", sweep_drafts)
    add_sweep("audit of anonymity", audit_daily)


@dataclass
class Outcome:
    """What a sweep did; counts are for whoever runs it, never for a page."""

    settled: int = 0
    staying: int = 0
    #: ballots that no key on this machine opens
    unopened: int = 0


def nothing(_step: str) -> None:
    """Where tests break in."""


def settle_what_is_due() -> None:
    """Open, sweep, close or destroy every box whose time has come; one that fails does not keep the others waiting."""
    now = clock.now()
    settings: Settings = current_app.config["CONSULT"]
    at, zone = time.fromisoformat(settings.settle_at), ZoneInfo(settings.time_zone)
    db.session.rollback()
    failed: list[Exception] = []
    for box in list(boxed(db.session)):
        try:
            count_decided(box, now=now)
            waits = paper().waits(db.session, box.id, now)
            db.session.rollback()
            act(box, due(box, now, at=at, zone=zone, paper_waits=waits), now=now)
        except Exception as error:
            db.session.rollback()
            failed.append(error)
    if failed:
        raise failed[0]


def act(box: Boxed, wanted: Due | None, *, now: datetime) -> Outcome | None:
    """Do what is due with one box."""
    if wanted is Due.OPEN:
        open_box(box, now=now)
    elif wanted is Due.REWRITE:
        close(box)
    elif wanted is Due.DESTROY:
        destroy(box)
    elif wanted is not None:
        return sweep(box, now=now, last=wanted is Due.LAST_SWEEP)
    return None


def open_box(box: Boxed, *, now: datetime) -> None:
    """Make the first key of a box, or a new one where its consultation was reopened."""
    with saving():
        boxes.open_box(db.session, _folder(), consultation_id=box.id, today=_today(now), again=True)


def sweep(box: Boxed, *, now: datetime, last: bool = False, whatever: bool = False, step: Step = nothing) -> Outcome:
    """Empty the box as far as nobody becomes recognisable; after the `last` sweep its rows are written anew.

    `whatever` also settles what is under the smallest group. `step` is told each step when it is done.
    """
    least: int = current_app.config["CONSULT"].min_group
    session, folder = db.session, _folder()
    everything = last or whatever
    with saving():
        settling.swap(session, folder, consultation_id=box.id, last=last, step=step)
        # While the box is held: every ticket that was spent came with a ballot that this sweep opens.
        tickets().mark(session, box.id)
        step("tickets marked")
    step("swapped")
    session.rollback()
    generations = settling.old_generations(session, box.id)
    contents = settling.open_box(session, folder, generations)
    closing_key = crossing.key_of(session, folder, box.id)
    begun = queries.responses(session, box.id) > 0
    opened = repeated(contents.opened, least=least)
    session.rollback()
    step("opened")
    outcome = Outcome(unopened=contents.damaged)
    if everything and len(opened) < least and begun and not whatever:
        plan = grouping.Plan([], opened)
    elif everything:
        plan = grouping.last_plan(opened, least=least)
    else:
        plan = grouping.plan(opened, least=least)
    staying = list(plan.staying)
    for lot in grouping.lots(plan.batches, most=MOST, least=least):
        with saving():
            settled, too_few = settling.settle(
                session,
                lot,
                consultation_id=box.id,
                day=_today(now),
                private_keys=contents.private_keys,
                least=0 if whatever else least,
                closing_key=closing_key,
            )
        staying += too_few
        outcome.settled += settled
        step("settled")
    outcome.staying = len(staying)
    for some in settling.portions(staying):
        with saving():
            settling.seal_again(session, some, consultation_id=box.id, private_keys=contents.private_keys)
        step("sealed again")
    retire(generations, step)
    with saving():
        settling.finish(session, consultation_id=box.id, day=_today(now), last=last)
    step("finished")
    _tell(box, contents.lost, outcome, last=last)
    if last:
        close(box, step=step)
    return outcome


def repeated(opened: list[Opened], *, least: int) -> list[Opened]:
    """What was opened, the same words again and again marked as such; load tests, which know no limits, are people."""
    if not current_app.config["CONSULT"].rate_limits:
        return opened
    revisions = {ballot.label.revision for ballot in opened}
    return flood.repeated(
        opened,
        least=least,
        questionnaires={revision: asked.revision(db.session, revision).questionnaire for revision in revisions},
    )


def count_decided(box: Boxed, *, now: datetime, step: Step = nothing) -> None:
    """Count what was set aside and is to be counted after all: a batch in one transaction, as settling writes."""
    for batch in quarantine.to_count(db.session, box.id):
        with saving():
            rows = quarantine.counting(db.session, batch, day=_today(now))
            if rows is not None:
                settling.write(db.session, rows, consultation_id=box.id)
                step("written")
        step("counted")
    db.session.rollback()


def retire(generations: list[int], step: Step = nothing) -> None:
    """Destroy the keys that nothing is sealed to any more, then forget them."""
    for generation in generations:
        db.session.rollback()
        if not settling.emptied(db.session, generation):
            continue
        keys.destroy(_folder(), generation)
        step("key destroyed")
        with saving():
            settling.forget(db.session, generation)
        step("generation forgotten")
    db.session.rollback()


def retire_closing(consultation_id: int, step: Step = nothing) -> None:
    """Destroy the key of a closing array that was opened or thrown away, then forget it."""
    db.session.rollback()
    number = crossing.to_destroy(db.session, consultation_id)
    db.session.rollback()
    if number is None:
        return
    keys.destroy(_folder(), number)
    step("closing key destroyed")
    with saving():
        crossing.forget(db.session, consultation_id)
    step("closing array forgotten")


def close(box: Boxed, *, step: Step = nothing) -> None:
    """After the last sweep: write the rows anew in key order, once, and let the database forget the old ones."""
    session = db.session
    session.rollback()
    stage = next(one.stage for one in boxed(session, slug=box.slug))
    session.rollback()
    if stage == "settled":
        for table in rewrite.WRITTEN:
            after: int | None = 0
            while after is not None:
                with saving():
                    after = rewrite.rewrite(session, table, consultation_id=box.id, after=after)
                step("rewritten")
        with saving():
            rewrite.mark(session, consultation_id=box.id, stage="rewritten")
        stage = "rewritten"
    if stage == "rewritten":
        session.remove()
        rewrite.scrub(db.engine)
        step("scrubbed")
        with saving():
            rewrite.mark(session, consultation_id=box.id, stage="closed")


def destroy(box: Boxed) -> None:
    """Answers to a consultation that was withdrawn without keeping them: delete all, destroy the keys."""
    with saving():
        generations = destroying.destroy(db.session, consultation_id=box.id)
        tickets().mark(db.session, box.id)
    retire(generations)
    retire_closing(box.id)
    close(box)


def sweep_drafts() -> None:
    """Delete drafts that nobody came back to."""
    today = _today(clock.now())
    with saving():
        drafts = Draft.__table__
        db.session.execute(delete(drafts).where(drafts.c.expires_on < today))


def audit_daily() -> None:
    """Hold the site to its promise once a day, and keep the result for the privacy page."""
    today = _today(clock.now())
    db.session.rollback()
    known = auditing.last(db.session)
    db.session.rollback()
    if known is not None and known.done_on == today:
        return
    breaches = audit(today)
    if breaches:
        structlog.get_logger().error("the anonymity promise is broken here", breaches=len(breaches))


def audit(today: date) -> list[str]:
    """The same now; gives a sentence for each breach."""
    breaches = auditing.anonymity(db.engine, current_app.config["CONSULT"], current_app.config)
    with saving():
        auditing.noted(db.session, breaches, day=today)
    return breaches


def _folder() -> Path:
    return current_app.config["CONSULT"].box_keys


def _today(now: datetime) -> date:
    return lifecycle.day_of(now, ZoneInfo(current_app.config["CONSULT"].time_zone))


def _tell(box: Boxed, lost: list[int], outcome: Outcome, *, last: bool) -> None:
    log = structlog.get_logger()
    if lost:
        log.error("box keys are missing on this machine", consultation=box.slug, keys=[f"{one:016x}" for one in lost])
    if outcome.unopened:
        log.error("ballots do not fit their key", consultation=box.slug, ballots=outcome.unopened)
    if last and outcome.staying:
        log.warning("too few answers are left to be counted together", consultation=box.slug)
