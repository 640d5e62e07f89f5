"""Lists of people: read on trial, kept or thrown away, added to, deleted. No report ever holds a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.contacts import Checked, Refused, Trouble, check, fold
from consult.domain.contacts.folding import Path, label_of, path_of
from consult.domain.errors import Missing, NotNow, Rejected
from consult.extensions import db
from consult.invitations.files import read_people
from consult.invitations.links import new_ticket, who
from consult.invitations.models import Contact, ContactList, Invitation, OptOut
from consult.storage import random_key

#: How many rows a report names; the others are counted.
MOST_NAMED = 200
#: A list that nobody decided about is thrown away after so many days.
DAYS_TO_DECIDE = 2
CONTACTS, INVITATIONS = Contact.__table__, Invitation.__table__


def check_list(
    consultation: Consultation,
    *,
    name: str,
    content: bytes,
    adds_to: ContactList | None,
    is_email: Callable[[str], bool],
    languages: Mapping[str, str],
    least: int,
    secret: str,
    by: Account | None,
    now: datetime,
) -> ContactList:
    """Read a file on trial: its people wait in a list that has not been kept. Raises Rejected for what cannot be read.

    `languages` are names and codes in small letters with codes, `least` is the smallest group.
    """
    _still_of_use(consultation, now)
    try:
        found = check(read_people(content), is_email=is_email, languages=languages, language=consultation.language)
    except Refused as refused:
        raise Rejected("file", str(refused)) from None
    if adds_to is None and _named(consultation, name) is not None:
        raise Rejected("name", "There is a list with this name already. Choose it under “Add to a list”.")
    invited, refusing = _left_out(consultation, found, secret)
    people = [one for one in found.people if one.row not in invited and one.row not in refusing]
    goes = fold([one.path for one in people], least=least, there=_parts(consultation))
    listed = ContactList(
        consultation_id=consultation.id,
        name=adds_to.name if adds_to else name,
        state="checked",
        report={
            **_report(found),
            "adds_to": adds_to.id if adds_to else None,
            "people": len(people),
            "by_email": sum(1 for one in people if one.email),
            "invited": len(invited),
            "opted_out": len(refusing),
            "folded": sorted((label_of(was), label_of(now_)) for was, now_ in goes.items() if was != now_),
            "parts": len({part for part in goes.values() if part}),
        },
        made_on=lifecycle.day_of(now),
    )
    db.session.add(listed)
    db.session.flush()
    rows = [
        {
            "id": random_key(),
            "list_id": listed.id,
            "name": one.name,
            "email": one.email,
            "address": one.address,
            "language": one.language,
            "segment": label_of(one.path),
        }
        for one in people
    ]
    if rows:
        # In the order of their keys: the table does not tell the order of the file.
        db.session.execute(insert(CONTACTS), sorted(rows, key=lambda row: int(str(row["id"]))))
    record(by, "import_contacts", consultation, now=now, note=f"{len(people)} people read on trial")
    return listed


def keep(listed: ContactList, *, least: int, secret: str, by: Account | None, now: datetime) -> ContactList:
    """Keep a list that was read: everybody on it is to be invited. Gives the list they are on from now on.

    What may have changed since the trial is looked at again. Raises Rejected where the list would be so short that
    counts of it tell of persons.
    """
    consultation = listed.consultation
    _waiting(listed)
    _still_of_use(consultation, now)
    into = db.session.get(ContactList, listed.report["adds_to"]) if listed.report["adds_to"] else None
    contacts = db.session.execute(
        select(CONTACTS.c.id, CONTACTS.c.name, CONTACTS.c.email, CONTACTS.c.address, CONTACTS.c.segment).where(
            CONTACTS.c.list_id == listed.id
        )
    ).all()
    out = _known(consultation, secret) | _refusing()
    leaving = [one.id for one in contacts if out and _key(one, secret) in out]
    left = frozenset(leaving)
    staying = [one for one in contacts if one.id not in left]
    if len(staying) < (1 if into else least):
        raise Rejected(
            "", f"{len(staying)} people are left to invite. A list needs {least}, so that nobody stands out."
        )
    if leaving:
        db.session.execute(
            delete(CONTACTS).where(CONTACTS.c.id == bindparam("leaves")), [{"leaves": one} for one in leaving]
        )
    goes = fold([path_of(one.segment) for one in staying], least=least, there=_parts(consultation))
    # Where each goes is settled already, so one that was moved is not moved again by what comes after it.
    moved = [
        {"who": one.id, "part": part}
        for one in staying
        if (part := label_of(goes[path_of(one.segment)])) != one.segment
    ]
    if moved:
        db.session.execute(
            update(CONTACTS).where(CONTACTS.c.id == bindparam("who")).values(segment=bindparam("part")), moved
        )
    if into is not None:
        db.session.execute(update(CONTACTS).where(CONTACTS.c.list_id == listed.id).values(list_id=into.id))
        into.report = {**into.report, "people": into.report["people"] + len(staying)}
        db.session.delete(listed)
    else:
        listed.state = "kept"
        listed.report = {**listed.report, "people": len(staying)}
    rows = [
        {
            "id": random_key(),
            "consultation_id": consultation.id,
            "contact_id": number,
            "ticket": new_ticket(),
            "state": "to_send",
            "wanted": "",
            "tries": 0,
        }
        for number in [one.id for one in staying]
    ]
    db.session.execute(insert(INVITATIONS), sorted(rows, key=lambda row: int(str(row["id"]))))
    record(by, "keep_contacts", consultation, now=now, note=f"{len(rows)} people")
    db.session.flush()
    return into or listed


def throw_away(listed: ContactList, *, by: Account | None, now: datetime) -> None:
    """Forget a list that was only read on trial."""
    _waiting(listed)
    record(by, "throw_contacts_away", listed.consultation, now=now)
    _forget(listed)


def delete_list(listed: ContactList, *, by: Account | None, now: datetime) -> None:
    """Forget a list and its people: their links stop working; answers that were sent stay."""
    record(by, "delete_contacts", listed.consultation, now=now, note=f"{listed.report['people']} people")
    _forget(listed)


def throw_undecided_away(*, now: datetime) -> int:
    """Forget lists that were read on trial and that nobody decided about; gives how many."""
    old = db.session.scalars(
        select(ContactList).where(
            ContactList.state == "checked", ContactList.made_on < lifecycle.day_of(now) - timedelta(days=DAYS_TO_DECIDE)
        )
    ).all()
    for listed in old:
        _forget(listed)
    return len(old)


def _forget(listed: ContactList) -> None:
    theirs = select(CONTACTS.c.id).where(CONTACTS.c.list_id == listed.id)
    db.session.execute(delete(INVITATIONS).where(INVITATIONS.c.contact_id.in_(theirs)))
    db.session.execute(delete(CONTACTS).where(CONTACTS.c.list_id == listed.id))
    db.session.delete(listed)
    db.session.flush()


def _waiting(listed: ContactList) -> None:
    if listed.state != "checked":
        raise NotNow("This list has been kept already.")


def _still_of_use(consultation: Consultation, now: datetime) -> None:
    if lifecycle.phase(consultation, now) in (
        lifecycle.Phase.CLOSED,
        lifecycle.Phase.REPORTED,
        lifecycle.Phase.WITHDRAWN,
    ):
        raise NotNow("Nobody can be invited to this any more.")


def _named(consultation: Consultation, name: str) -> ContactList | None:
    return db.session.scalar(
        select(ContactList).where(ContactList.consultation_id == consultation.id, ContactList.name == name)
    )


def list_of(consultation: Consultation, number: int) -> ContactList:
    """One list of a consultation; raises Missing."""
    listed = db.session.get(ContactList, number)
    if listed is None or listed.consultation_id != consultation.id:
        raise Missing("There is no such list. If it was read on trial, it may have been thrown away.")
    return listed


def _key(one: Any, secret: str) -> str:
    return who(email=one.email, name=one.name, address=one.address, secret=secret)


def _known(consultation: Consultation, secret: str) -> set[str]:
    """Everybody who is invited to it already, each as a keyed hash."""
    rows = db.session.execute(
        select(CONTACTS.c.name, CONTACTS.c.email, CONTACTS.c.address)
        .join(INVITATIONS, INVITATIONS.c.contact_id == CONTACTS.c.id)
        .where(INVITATIONS.c.consultation_id == consultation.id)
    )
    return {_key(row, secret) for row in rows}


def _refusing() -> set[str]:
    return set(db.session.scalars(select(OptOut.who)))


def _left_out(consultation: Consultation, found: Checked, secret: str) -> tuple[set[int], set[int]]:
    """The rows of people who are invited already, and of those who do not want to be."""
    known, refusing = _known(consultation, secret), _refusing()
    keys = {one.row: _key(one, secret) for one in found.people}
    out = {row for row, key in keys.items() if key in refusing}
    return {row for row, key in keys.items() if key in known and row not in out}, out


def _parts(consultation: Consultation) -> dict[Path, int]:
    """How many people there are in each part of the lists that were kept."""
    rows = db.session.execute(
        select(CONTACTS.c.segment, func.count())
        .join(INVITATIONS, INVITATIONS.c.contact_id == CONTACTS.c.id)
        .where(INVITATIONS.c.consultation_id == consultation.id)
        .group_by(CONTACTS.c.segment)
    )
    return Counter({path_of(segment): count for segment, count in rows})


def _report(found: Checked) -> dict[str, Any]:
    return {
        "rows": found.rows,
        "read_as": found.read_as,
        "columns": found.columns,
        "unused": len(found.unused),
        "errors": _named_rows(found.errors),
        "error_count": len(found.errors),
        "remarks": _named_rows(found.remarks),
        "remark_count": len(found.remarks),
        "duplicates": [list(pair) for pair in found.duplicates[:MOST_NAMED]],
        "duplicate_count": len(found.duplicates),
    }


def _named_rows(troubles: Iterable[Trouble]) -> list[list[Any]]:
    return [[one.row, one.sentence] for one in list(troubles)[:MOST_NAMED]]
