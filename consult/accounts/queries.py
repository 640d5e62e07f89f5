"""Accounts, what they did, and the organisation, as pages and rooms above ask for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import selectinload

from consult.accounts.defaults import STARTING
from consult.accounts.models import Account, AccountLetter, Organisation, StaffEvent
from consult.domain.errors import Missing
from consult.extensions import db

Texts = Mapping[str, str]
#: How many seconds a process may show the organisation as it was.
KEPT = 30.0
EVENTS_ON_A_PAGE = 50


@dataclass(frozen=True)
class FooterLink:
    """A link at the foot of public pages."""

    text: Texts
    href: str


@dataclass(frozen=True)
class OrganisationDetails:
    """The body whose site this is, as pages print it; texts are by language."""

    name: Texts
    logo_text: str
    group_kind: Texts
    contact_email: str
    contact_telephone: str
    contact_address: str
    privacy_contact: Texts
    footer_links: tuple[FooterLink, ...]
    emergency_numbers: tuple[Texts, ...]
    support_lines: tuple[Texts, ...]
    safeguarding_lines: tuple[Texts, ...]
    complaint_lines: tuple[Texts, ...]
    languages: tuple[str, ...]
    second_factor_roles: tuple[str, ...]


def organisation() -> OrganisationDetails:
    """The organisation, read at most every half minute in each process: pages must not pay a query for it."""
    kept: tuple[float, OrganisationDetails] | None = current_app.extensions.get("consult.organisation")
    if kept is not None and time.monotonic() - kept[0] < KEPT:
        return kept[1]
    try:
        row = db.session.get(Organisation, 1)
    except SQLAlchemyError:  # the page that says that the database is away needs a name at its head
        return _details(STARTING.get)
    details = _details(STARTING.get if row is None else lambda name: getattr(row, name))
    current_app.extensions["consult.organisation"] = (time.monotonic(), details)
    return details


def forget_organisation() -> None:
    """Read it again at the next page, after it was changed."""
    current_app.extensions.pop("consult.organisation", None)


def _details(value: Callable[[str], Any]) -> OrganisationDetails:
    values: dict[str, Any] = {field.name: value(field.name) for field in fields(OrganisationDetails)}
    values["footer_links"] = [FooterLink(link["text"], link["href"]) for link in values["footer_links"]]
    for name, one in values.items():
        if one is None:
            one = STARTING.get(name, [])
        values[name] = tuple(one) if isinstance(one, list) else one
    return OrganisationDetails(**values)


def account_by_email(email: str) -> Account | None:
    """Whoever signs in with this address, in small or large letters."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_by_number(number: int) -> Account:
    """The account with this number; raises Missing."""
    account = db.session.get(Account, number)
    if account is None:
        raise Missing("There is no such account.")
    return account


def invitation_of(account: Account) -> AccountLetter | None:
    """The invitation of somebody who has not used it yet, sent or still to be sent."""
    query = select(AccountLetter).where(AccountLetter.account_id == account.id, AccountLetter.kind == "invitation")
    return db.session.scalar(query)


def accounts() -> Sequence[Account]:
    """Everybody, those who may sign in first, by name."""
    return db.session.scalars(select(Account).order_by(Account.active.desc(), func.lower(Account.name))).all()


def demonstration_accounts() -> Sequence[Account]:
    """The accounts of the demonstration that may sign in, by address."""
    return db.session.scalars(
        select(Account).where(Account.demonstration, Account.active).order_by(Account.email)
    ).all()


@dataclass(frozen=True)
class EventsPage:
    """One page of the staff log, newest first."""

    events: Sequence[StaffEvent]
    number: int
    pages: int


def _events(
    *,
    verb: str | None = None,
    account_id: int | None = None,
    group_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[StaffEvent]:
    """Events by what, who and for whom, from `since` and before `until`."""
    query = select(StaffEvent)
    for column, wanted in (
        (StaffEvent.verb, verb),
        (StaffEvent.account_id, account_id),
        (StaffEvent.group_id, group_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if since is not None:
        query = query.where(StaffEvent.happened_at >= since)
    return query if until is None else query.where(StaffEvent.happened_at < until)


def staff_events(
    *,
    verb: str | None = None,
    account_id: int | None = None,
    group_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    number: int = 1,
) -> EventsPage:
    """A page of the staff log, of those events that fit every filter given."""
    query = _events(verb=verb, account_id=account_id, group_id=group_id, since=since, until=until)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-count // EVENTS_ON_A_PAGE))
    number = min(max(1, number), pages)
    query = query.options(selectinload(StaffEvent.account)).order_by(
        StaffEvent.happened_at.desc(), StaffEvent.id.desc()
    )
    events = db.session.scalars(query.offset((number - 1) * EVENTS_ON_A_PAGE).limit(EVENTS_ON_A_PAGE)).all()
    return EventsPage(events, number, pages)


def last_event(verb: str) -> StaffEvent | None:
    """When something was last done, by anybody."""
    query = select(StaffEvent).where(StaffEvent.verb == verb).order_by(StaffEvent.id.desc()).limit(1)
    return db.session.scalar(query)


def every_event(**chosen: Any) -> Iterator[StaffEvent]:
    """All events that fit, newest first, read in portions."""
    query = (
        _events(**chosen)
        .options(selectinload(StaffEvent.account))
        .order_by(StaffEvent.happened_at.desc(), StaffEvent.id.desc())
    )
    yield from db.session.scalars(query.execution_options(yield_per=500))


def logged_verbs() -> Sequence[str]:
    """The verbs that the staff log has seen, by name."""
    return db.session.scalars(select(StaffEvent.verb).distinct().order_by(StaffEvent.verb)).all()
