"""Key a form, say that it cannot be keyed, and decide where two people do not agree."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from datetime import date, datetime

from flask import current_app
from sqlalchemy import delete, update

from consult.accounts.actions import record
from consult.accounts.models import Account
from consult.answering import queries as answering
from consult.answering import seal
from consult.answering.actions import drop, equality
from consult.answering.receipt import kept_of
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.keying import queries
from consult.keying.actions.batches import check_countable
from consult.keying.models import REASONS, Batch, KeyedForm
from consult.keying.sheet import Entry, Sheet, differences

FORMS = KeyedForm.__table__


def key_form(batch: Batch, number: int, *, entry: Entry, turn: int, sheet: Sheet, press: bytes) -> str:
    """Keep a form as somebody keyed it the first (1) or second time (2), and give its stage.

    Once it is verified it goes into the box, and its answers are wiped in the same transaction. `press` is what
    the page carried: the same page sent again changes nothing and gives the same stage.
    Raises Rejected when the number is somebody else's or none of this batch, NotNow when nothing more is counted.
    """
    _check(batch, number)
    check_countable(batch)
    mine = pressed(press, batch, number)
    form = queries.form(batch, number)
    if form is not None and (form.stage == "counted" or form.stage == "unreadable"):
        if form.stage == "counted" and answering.receipt_state(db.session, kept_of(mine)) is not None:
            return "counted"
        raise Rejected("number", f"Form {number} is {STAGE_WORDS[form.stage]} already: check the number on the form")
    if not batch.twice:
        if form is not None:
            raise Rejected("number", f"Form {number} is keyed already: check the number on the form")
        _insert(batch, number, stage="counted")
        put_into_box(batch, entry, sheet=sheet, key=mine)
        return "counted"
    own, other = ("first", "second") if turn == 1 else ("second", "first")
    if form is None:
        _insert(batch, number, stage="once", **{own: sealed(batch, number, entry)})
        return "once"
    mine_before, before = (opened(batch, number, getattr(form, name)) for name in (own, other))
    if mine_before is not None:
        if mine_before == entry:
            return form.stage
        raise Rejected("number", f"Form {number} is keyed already: check the number on the form")
    if before is None:
        # Sealed with a secret that the site has no more: as if nobody had keyed it.
        setattr(form, own, sealed(batch, number, entry))
        setattr(form, other, None)
        form.stage = "once"
        db.session.flush()
        return "once"
    differing = differences(sheet, before, entry)
    _compared(batch, differing)
    if differing:
        setattr(form, own, sealed(batch, number, entry))
        form.stage = "differs"
        db.session.flush()
        return "differs"
    count(form, batch, entry, sheet=sheet, key=mine)
    return "counted"


def resolve(batch: Batch, number: int, *, entry: Entry, sheet: Sheet, press: bytes) -> None:
    """Put the form into the box as somebody decided; sent twice, it is there once."""
    check_countable(batch)
    form = queries.form(batch, number)
    mine = pressed(press, batch, number)
    if form is not None and form.stage == "counted":
        if answering.receipt_state(db.session, kept_of(mine)) is not None:
            return
        raise NotNow(f"Form {number} has been decided already.")
    if form is None or form.stage != "differs":
        raise NotNow(f"Nothing about form {number} waits for a decision.")
    count(form, batch, entry, sheet=sheet, key=mine)


def count(form: KeyedForm, batch: Batch, entry: Entry, *, sheet: Sheet, key: bytes) -> None:
    """Into the box, and the keyed answers are wiped."""
    db.session.execute(
        update(FORMS)
        .where(FORMS.c.batch_id == form.batch_id, FORMS.c.number == form.number)
        .values(stage="counted", first=None, second=None)
    )
    db.session.expire(form)
    put_into_box(batch, entry, sheet=sheet, key=key)


def put_into_box(batch: Batch, entry: Entry, *, sheet: Sheet, key: bytes) -> None:
    """A ballot like everybody's, in the way the form was answered."""
    day: date | None = sheet.day if sheet.questionnaire.looks_at_today else None
    drop.put(
        db.session,
        consultation_id=batch.consultation_id,
        key=key,
        label=drop.Label(revision=batch.revision_id, language=entry.language, channel=batch.channel),
        answers=entry.for_the_box(),
        day=day,
    )
    equality.add(db.session, draft_key=key, answers=entry.equality or None)


def cannot_be_keyed(batch: Batch, number: int, *, reason: str, by: Account, now: datetime, decides: bool) -> None:
    """Count a form as unreadable; one that somebody has keyed only when who says so `decides`."""
    if reason not in REASONS:
        raise Rejected("reason", "Choose why it cannot be keyed")
    _check(batch, number)
    form = queries.form(batch, number)
    if form is None:
        _insert(batch, number, stage="unreadable", reason=reason)
    elif form.stage == "counted":
        raise Rejected("number", f"Form {number} is keyed already: check the number on the form")
    elif form.stage != "unreadable" and not decides:
        raise Rejected("number", f"Somebody has keyed form {number}: ask an editor to decide")
    else:
        form.stage, form.reason, form.first, form.second = "unreadable", reason, None, None
        db.session.flush()
    record(by, "key_forms", batch, now=now, note=f"form {number} cannot be keyed: {reason}")


def can_be_keyed(batch: Batch, number: int, *, by: Account, now: datetime) -> None:
    """Take back that a form is unreadable."""
    _check(batch, number)
    gone = db.session.execute(
        delete(FORMS).where(FORMS.c.batch_id == batch.id, FORMS.c.number == number, FORMS.c.stage == "unreadable")
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotNow(f"Form {number} is not unreadable.")
    record(by, "key_forms", batch, now=now, note=f"form {number} can be keyed after all")


def sealed(batch: Batch, number: int, entry: Entry) -> bytes:
    """An entry that waits: what the database's files remember of it cannot be read without the site's secret."""
    return seal.seal_draft(_secret(batch, number), entry.kept())


def opened(batch: Batch, number: int, kept: bytes | None) -> Entry | None:
    """The inverse; None where there is none, or the site's secret has changed since."""
    if kept is None:
        return None
    try:
        return Entry.of(seal.open_draft(_secret(batch, number), kept))
    except seal.DoesNotOpen:
        return None


def _secret(batch: Batch, number: int) -> bytes:
    site: str = current_app.config["CONSULT"].secret_key
    return hmac.new(site.encode(), b"consult keyed form %d %d" % (batch.id, number), hashlib.sha256).digest()


#: What a form is called that is done with.
STAGE_WORDS = {"counted": "keyed", "unreadable": "counted as unreadable"}


def pressed(press: bytes, batch: Batch, number: int) -> bytes:
    """The key of a form's ballot: another for each page and form, kept by nobody."""
    return hashlib.sha256(b"consult keyed form %d %d " % (batch.id, number) + press).digest()


def _check(batch: Batch, number: int) -> None:
    if batch.closed_on is not None:
        raise NotNow("This batch is closed.")
    if not 1 <= number <= batch.received:
        raise Rejected("number", f"This batch has the forms 1 to {batch.received}: check the number on the form")
    there = queries.form(batch, number)
    summed = queries.summed(batch)
    if there is None and summed.lacking - summed.waiting <= 0:
        raise Rejected(
            "number", "All forms of this batch that came in time are accounted for: ask an editor to count again"
        )


def _insert(batch: Batch, number: int, **values: object) -> None:
    """A form that nobody has touched; raises Rejected when somebody did just now."""
    new = answering.insert_unless(db.session, FORMS).values(
        **{"batch_id": batch.id, "number": number, "reason": "", **values}
    )
    unless = new.on_conflict_do_nothing(index_elements=["batch_id", "number"]).returning(FORMS.c.number)
    if db.session.execute(unless).first() is None:
        raise Rejected("number", f"Form {number} is keyed already: check the number on the form")


def _compared(batch: Batch, differing: Collection[str]) -> None:
    """Keep with the batch how often two people did not agree, question by question."""
    mismatches = dict(batch.mismatches)
    for key in differing:
        mismatches[key] = mismatches.get(key, 0) + 1
    batch.mismatches, batch.compared = mismatches, batch.compared + 1
    db.session.flush()
