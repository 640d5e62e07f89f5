"""Count a batch when it arrives, say who keys it, and close it when it adds up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select

from consult.accounts.actions import record
from consult.accounts.models import Account
from consult.answering.queries import all_settled
from consult.consultations.models import Consultation, Revision
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.keying import queries
from consult.keying.models import CHANNELS, Batch, BatchKeyer, KeyedForm
from consult.keying.sheet import in_words

#: More forms than anybody puts into one bundle.
MOST = 2_000


def make_batch(
    consultation: Consultation,
    *,
    revision: Revision | None,
    channel: str,
    language: str,
    received_on: date,
    received: int,
    twice: bool,
    note: str,
    by: Account | None,
    now: datetime,
) -> Batch:
    """A batch, counted; when it came after the closing day, all of it is late.

    Raises Rejected for what does not fit, NotNow before the consultation was approved.
    """
    if consultation.state not in ("approved", "reported"):
        raise NotNow("Paper can be counted once the consultation is approved.")
    if revision is None or revision.consultation_id != consultation.id:
        raise Rejected("revision", "Choose the version that is printed on the forms")
    if channel not in CHANNELS:
        raise Rejected("channel", "Choose how they came")
    if channel == "letter" and not any(map(in_words, queries.questionnaire(revision).questions)):
        raise Rejected("channel", "This version has no question that is answered in words, so letters cannot be keyed")
    if language not in revision.languages:
        raise Rejected("language", "Choose a language that this version was offered in")
    if received_on > lifecycle.day_of(now):
        raise Rejected("received_on", "Enter today or a day before it")
    _check_count(received)
    db.session.execute(select(Consultation.id).where(Consultation.id == consultation.id).with_for_update())
    last = db.session.scalar(select(func.max(Batch.number)).where(Batch.consultation_id == consultation.id))
    batch = Batch(
        consultation=consultation,
        revision=revision,
        number=(last or 0) + 1,
        channel=channel,
        language=language,
        received_on=received_on,
        received=received,
        late=received if _after_closing(consultation, received_on) else 0,
        late_because="",
        twice=twice,
        note=note,
        compared=0,
        mismatches={},
    )
    db.session.add(batch)
    db.session.flush()
    record(by, "enter_responses", batch, now=now, note=f"{received} received")
    return batch


def count_again(batch: Batch, *, received: int, late: int, by: Account | None, now: datetime) -> None:
    """Correct how many forms there are, or how many of them came after closing."""
    _check_open(batch)
    _check_count(received)
    highest = db.session.scalar(select(func.max(KeyedForm.number)).where(KeyedForm.batch_id == batch.id)) or 0
    if received < highest:
        raise Rejected("received", f"Form {highest} is keyed already: enter {highest} or more")
    touched = db.session.scalar(select(func.count()).where(KeyedForm.batch_id == batch.id)) or 0
    if not 0 <= late <= received:
        raise Rejected("late", "Enter a number between 0 and how many were received")
    if not batch.late_because and late > received - touched:
        raise Rejected("late", f"{touched} are keyed or unreadable already: enter {received - touched} or fewer")
    before = f"{batch.received} received, {batch.late} late"
    batch.received, batch.late = received, late
    db.session.flush()
    record(by, "enter_responses", batch, now=now, note=f"{before}; now {received} received, {late} late")


def choose_keyers(
    batch: Batch, *, first: Collection[int], second: Collection[int], by: Account | None, now: datetime
) -> None:
    """Say who keys a batch, and who keys it again; nobody does both."""
    _check_open(batch)
    able = {account.id for account in queries.keyers_for(batch.consultation)}
    if not set(first) <= able:
        raise Rejected("first", "Choose from the people shown")
    if not set(second) <= able or (second and not batch.twice):
        raise Rejected("second", "Choose from the people shown")
    if set(first) & set(second):
        raise Rejected("second", "Choose somebody else than the first time: two people have to key it")
    asked = {**dict.fromkeys(first, 1), **dict.fromkeys(second, 2)}
    for keyer in batch.keyers:
        # Whoever keyed some of it the first time would otherwise meet their own forms the second time.
        if asked.get(keyer.account_id, keyer.entry) != keyer.entry and _touched(batch):
            name = "second" if keyer.entry == 1 else "first"
            raise Rejected(name, f"{keyer.account.name} has begun to key it the other time: choose somebody else")
    there = {keyer.account_id: keyer for keyer in batch.keyers}
    for account_id in there.keys() - asked.keys():
        batch.keyers.remove(there[account_id])
    for account_id, entry in asked.items():
        if account_id in there:
            there[account_id].entry = entry
        else:
            batch.keyers.append(BatchKeyer(account_id=account_id, entry=entry))
    db.session.flush()
    record(by, "enter_responses", batch, now=now, note=f"keyed by {len(first)}, again by {len(second)}")


def count_late(batch: Batch, *, reason: str, by: Account, now: datetime) -> None:
    """Let forms that came after closing be keyed and counted like the others."""
    _check_open(batch)
    if not batch.late or batch.late_because:
        raise NotNow("No late answers of this batch wait for a decision.")
    if not reason.strip():
        raise Rejected("reason", "Say why they are counted")
    check_countable(batch)
    batch.late_because = reason.strip()
    db.session.flush()
    record(by, "count_late_answers", batch, now=now, note=reason.strip())


def close_batch(batch: Batch, *, by: Account | None, now: datetime) -> None:
    """Close a batch that adds up; raises NotNow with what is missing."""
    _check_open(batch)
    summed = queries.summed(batch)
    if not summed.adds_up:
        raise NotNow(f"This batch does not add up yet. {what_is_missing(summed)}")
    batch.closed_on = lifecycle.day_of(now)
    db.session.flush()
    record(by, "enter_responses", batch, now=now, note="closed")


def reopen_batch(batch: Batch, *, by: Account | None, now: datetime) -> None:
    """Open a batch that was closed too early, while the box still takes what it lacks."""
    if batch.closed_on is None:
        raise NotNow("This batch is open.")
    check_countable(batch)
    batch.closed_on = None
    db.session.flush()
    record(by, "enter_responses", batch, now=now, note="opened again")


def what_is_missing(summed: queries.Sum) -> str:
    """What keeps a batch from adding up, as a sentence."""
    if summed.too_many:
        return f"There are {summed.too_many} more than were received: count again."
    if not summed.lacking:
        return "Nothing is missing."
    waiting = (
        f", {summed.waiting} of them keyed and waiting for a second person or a decision" if summed.waiting else ""
    )
    return f"{summed.lacking} missing{waiting}."


def check_countable(batch: Batch) -> None:
    """Raise NotNow when answers can no longer be put into the box."""
    if batch.consultation.withdrawn_at is not None:
        raise NotNow("This consultation was taken down. Nothing more is counted.")
    if all_settled(db.session, batch.consultation_id):
        raise NotNow("The answers to this consultation have been counted for good. Nothing can be added to them.")


def _touched(batch: Batch) -> bool:
    return db.session.scalar(select(KeyedForm.number).where(KeyedForm.batch_id == batch.id).limit(1)) is not None


def _check_open(batch: Batch) -> None:
    if batch.closed_on is not None:
        raise NotNow("This batch is closed.")


def _check_count(received: int) -> None:
    if not 1 <= received <= MOST:
        raise Rejected("received", f"Enter a number from 1 to {MOST:,}")


def _after_closing(consultation: Consultation, day: date) -> bool:
    return consultation.closes_at is not None and day > lifecycle.day_of(consultation.closes_at)


def hand_over(leaver: Account, successor: Account) -> list[str]:
    """Open batches go to the successor, unless they key the same one the other time; gives a sentence for each."""
    told = []
    query = select(Batch).join(BatchKeyer).where(BatchKeyer.account_id == leaver.id, Batch.closed_on.is_(None))
    for batch in db.session.scalars(query).unique():
        mine = next(keyer for keyer in batch.keyers if keyer.account_id == leaver.id)
        there = any(keyer.account_id == successor.id for keyer in batch.keyers)
        batch.keyers.remove(mine)
        db.session.flush()
        if there:
            told.append(
                f"Batch {batch.slug}: {successor.name} keys it already, so somebody else has to key it as well."
            )
        else:
            batch.keyers.append(BatchKeyer(account_id=successor.id, entry=mine.entry))
            told.append(f"Batch {batch.slug} to key.")
    db.session.flush()
    return told
