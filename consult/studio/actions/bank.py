"""Questions and pages are kept in the bank, taken out of it again, and retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain import bank, editing, lifecycle
from consult.domain.editing import PAGE, QUESTION, Brought
from consult.domain.errors import Missing, Rejected
from consult.extensions import db
from consult.studio.actions import edit as acts
from consult.studio.models import BankEntry


@dataclass(frozen=True)
class Offered:
    """Something that can be taken: of our own bank, or built in (`ours:…`)."""

    key: str
    name: str
    part: str
    source: str
    definition: dict[str, Any]


def keep(
    consultation: Consultation,
    part: str,
    key: str,
    *,
    name: str,
    everybody: bool,
    by: Account | None,
    now: datetime,
) -> BankEntry:
    """Keep a question or a page as it stands, for its group or for everybody; raises Rejected without a name."""
    if not name.strip():
        raise Rejected("name", "Enter what it is called in the bank")
    definition = acts.state(consultation).definition
    entry = BankEntry(
        name=name.strip()[:200],
        part=part,
        definition=editing.find(definition, part, key).data,
        language=definition["language"],
        source=f"“{consultation.wording('title').to('en').text}”"[:300],
        group_id=None if everybody else consultation.group_id,
        made_by=by.id if by else None,
        made_on=lifecycle.day_of(now),
    )
    db.session.add(entry)
    db.session.flush()
    record(by, "edit_consultation", consultation, now=now, note=f"kept in the bank: {entry.name}")
    return entry


def kept(groups: frozenset[int] | None, *, words: str = "", retired: bool = False) -> Sequence[BankEntry]:
    """What is in the bank for these groups (None: all), by name; with some words, what has them."""
    query = select(BankEntry).order_by(BankEntry.name, BankEntry.id)
    if groups is not None:
        query = query.where(BankEntry.group_id.is_(None) | BankEntry.group_id.in_(groups))
    if not retired:
        query = query.where(BankEntry.retired_on.is_(None))
    wanted = words.casefold().split()
    found = db.session.scalars(query).all()
    return [one for one in found if all(word in f"{one.name} {one.definition}".casefold() for word in wanted)]


def offered(groups: frozenset[int] | None, *, words: str = "") -> list[Offered]:
    """Everything that can be taken: our own first, then what is built in, each with its source."""
    mine = [Offered(str(one.id), one.name, one.part, one.source, one.definition) for one in kept(groups, words=words)]
    wanted = words.casefold().split()
    built_in = []
    for key in bank.ENTRIES:
        entry, question = bank.ENTRIES[key], bank.question(key)
        text = str(question["text"]["en"])
        if all(word in f"{text} {entry.purpose}".casefold() for word in wanted):
            built_in.append(Offered(f"ours:{key}", text, QUESTION, f"{entry.purpose} {entry.source}", question))
    return [*mine, *built_in]


def take(
    consultation: Consultation,
    offer: Offered,
    *,
    page: str,
    seen: int,
    by: Account | None,
    now: datetime,
) -> Brought:
    """Put it into a draft: a question at the end of a page, a page at the end; gives what could not come with it."""
    brought: list[Brought] = []

    def change(definition: dict[str, Any]) -> dict[str, Any]:
        one = (
            editing.put_page(definition, offer.definition)
            if offer.part == PAGE
            else editing.put_question(definition, offer.definition, page=page)
        )
        brought.append(one)
        return one.definition

    acts.edit(consultation, change, said=f"Took from the bank: {offer.name[:80]}", seen=seen, by=by, now=now)
    return brought[-1]


def find(number: int) -> BankEntry:
    """One entry; raises Missing."""
    entry = db.session.get(BankEntry, number)
    if entry is None:
        raise Missing("There is no such entry in the bank.")
    return entry


def rename(entry: BankEntry, *, name: str, by: Account | None, now: datetime) -> None:
    """Call it otherwise; raises Rejected without a name."""
    if not name.strip():
        raise Rejected("name", "Enter what it is called in the bank")
    entry.name = name.strip()[:200]
    record(by, "edit_consultation", f"bank entry {entry.id}", now=now, note="renamed")


def retire(entry: BankEntry, *, back: bool, by: Account | None, now: datetime) -> None:
    """Offer it no longer, or again; where it was taken it stays."""
    entry.retired_on = None if back else lifecycle.day_of(now)
    record(by, "edit_consultation", f"bank entry {entry.id}", now=now, note="offered again" if back else "retired")
