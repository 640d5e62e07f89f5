"""Batches and their forms, as pages and actions ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.answering.asked import Asked, RevisionAsked, revision
from consult.answering.asked import consultation as asked_consultation
from consult.consultations.models import Consultation, Revision
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire
from consult.extensions import db
from consult.keying.models import Batch, BatchKeyer, KeyedForm, PaperCount

#: How long after closing an open batch keeps the box from being emptied for good; then it waits for nobody.
PATIENCE = timedelta(days=28)


@dataclass(frozen=True)
class Sum:
    """*received = keyed + unreadable + late*, and what is missing for it to be so."""

    received: int
    #: in the box
    keyed: int
    #: keyed once and waiting for a second person, or for somebody to decide
    waiting: int
    differing: int
    unreadable: int
    late: int
    #: the numbers of forms that nobody has touched, as far as they are to be keyed
    untouched: tuple[int, ...]

    @property
    def lacking(self) -> int:
        """How many forms are missing from the sum."""
        return self.received - self.keyed - self.unreadable - self.late

    @property
    def adds_up(self) -> bool:
        """Whether nothing is missing."""
        return self.lacking == 0 and not self.waiting

    @property
    def too_many(self) -> int:
        """How many more there are than were counted."""
        return max(0, -self.lacking)


def batch(number: int) -> Batch:
    """The batch with this number of its row, or Missing."""
    found = db.session.get(Batch, number) if 0 < number < 2**31 else None
    if found is None:
        raise Missing("There is no such batch.")
    return found


def held(number: int) -> Batch:
    """The same, held until the end of the transaction, so that counts of it are changed one after the other."""
    if 0 < number < 2**31:
        found = db.session.scalar(
            select(Batch).where(Batch.id == number).with_for_update().execution_options(populate_existing=True)
        )
        if found is not None:
            return found
    raise Missing("There is no such batch.")


def batches(consultation: Consultation) -> Sequence[Batch]:
    """The batches of a consultation, the newest first."""
    wanted = select(Batch).where(Batch.consultation_id == consultation.id).order_by(Batch.number.desc())
    return db.session.scalars(wanted).all()


def summed(one: Batch) -> Sum:
    """The sum of a batch as it stands."""
    forms = db.session.execute(
        select(KeyedForm.number, KeyedForm.stage).where(KeyedForm.batch_id == one.id).order_by(KeyedForm.number)
    ).all()
    stages = Counter(form.stage for form in forms)
    there = {form.number for form in forms}
    late = one.left_out
    return Sum(
        received=one.received,
        keyed=stages["counted"],
        waiting=stages["once"] + stages["differs"],
        differing=stages["differs"],
        unreadable=stages["unreadable"],
        late=late,
        untouched=tuple(number for number in range(1, one.received + 1) if number not in there),
    )


def reasons(one: Batch) -> list[tuple[str, int]]:
    """Why forms of a batch are unreadable, and how many for each reason."""
    counted = (
        select(KeyedForm.reason, func.count())
        .where(KeyedForm.batch_id == one.id, KeyedForm.stage == "unreadable")
        .group_by(KeyedForm.reason)
        .order_by(KeyedForm.reason)
    )
    return [(reason, count) for reason, count in db.session.execute(counted)]


def unreadable_numbers(one: Batch) -> list[int]:
    """The numbers of unreadable forms."""
    wanted = select(KeyedForm.number).where(KeyedForm.batch_id == one.id, KeyedForm.stage == "unreadable")
    return list(db.session.scalars(wanted.order_by(KeyedForm.number)))


def form(one: Batch, number: int) -> KeyedForm | None:
    """The form with this number, if anybody has touched it; held until the end of the transaction."""
    return db.session.scalar(
        select(KeyedForm)
        .where(KeyedForm.batch_id == one.id, KeyedForm.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def differing(one: Batch) -> list[int]:
    """The numbers of forms on which two people do not agree."""
    wanted = select(KeyedForm.number).where(KeyedForm.batch_id == one.id, KeyedForm.stage == "differs")
    return list(db.session.scalars(wanted.order_by(KeyedForm.number)))


def entry_of(one: Batch, account: Account) -> int | None:
    """Whether somebody keys a batch the first (1) or the second time (2), or not at all."""
    return next((keyer.entry for keyer in one.keyers if keyer.account_id == account.id), None)


def next_number(one: Batch, entry: int, *, after: int = 0) -> int | None:
    """The next form for whoever keys the first or the second time: the next after `after`, else the first left."""
    mine = KeyedForm.first if entry == 1 else KeyedForm.second
    done = set(
        db.session.scalars(
            select(KeyedForm.number).where(
                KeyedForm.batch_id == one.id, (KeyedForm.stage != "once") | mine.is_not(None)
            )
        )
    )
    left = [number for number in range(1, one.received + 1) if number not in done]
    return next((number for number in left if number > after), left[0] if left else None)


def batches_to_key(account: Account) -> Sequence[Batch]:
    """The open batches that somebody is to key."""
    wanted = (
        select(Batch)
        .join(BatchKeyer, BatchKeyer.batch_id == Batch.id)
        .where(BatchKeyer.account_id == account.id, Batch.closed_on.is_(None))
        .order_by(Batch.received_on, Batch.id)
    )
    return [one for one in db.session.scalars(wanted) if may(account, "key_forms", one)]


def open_batches() -> Sequence[Batch]:
    """Every open batch."""
    return db.session.scalars(
        select(Batch).where(Batch.closed_on.is_(None)).order_by(Batch.received_on, Batch.id)
    ).all()


def keyers_for(consultation: Consultation) -> list[Account]:
    """Who can be asked to key for a consultation, by name."""
    found = db.session.scalars(select(Account).where(Account.active).order_by(Account.name, Account.id))
    return [one for one in found if may(one, "key_forms", consultation)]


def revisions(consultation: Consultation) -> Sequence[Revision]:
    """The versions of a consultation's questionnaire, the newest first."""
    wanted = select(Revision).where(Revision.consultation_id == consultation.id).order_by(Revision.number.desc())
    return db.session.scalars(wanted).all()


def asked(one: Batch) -> tuple[Asked, RevisionAsked]:
    """What the forms of a batch ask."""
    found = asked_consultation(db.session, one.consultation.slug)
    if found is None:
        raise Missing("This consultation is not published.")
    return found, revision(db.session, one.revision_id)


def paper_counts(consultation: Consultation) -> list[tuple[str, str, int]]:
    """What forms had that no page lets happen: (question, what, forms), of settled answers only."""
    wanted = select(PaperCount.question, PaperCount.what, PaperCount.count).where(
        PaperCount.consultation_id == consultation.id
    )
    return [
        (question, what, count) for question, what, count in db.session.execute(wanted.order_by(PaperCount.question))
    ]


def waits(session: Session, consultation_id: int, now: datetime) -> bool:
    """Whether a batch of a consultation is still open, not too long after closing."""
    found = session.execute(
        select(Consultation.closes_at)
        .join(Batch, Batch.consultation_id == Consultation.id)
        .where(Consultation.id == consultation_id, Batch.closed_on.is_(None))
        .limit(1)
    ).first()
    return found is not None and (found.closes_at is None or now < found.closes_at + PATIENCE)


def questionnaire(one: Revision) -> Questionnaire:
    """A frozen questionnaire, read once."""
    return revision(db.session, one.id).questionnaire
