"""Groups, practices and leads are added, corrected and removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.accounts.actions.log import record
from consult.domain.errors import Rejected
from consult.domain.wording import Wording
from consult.engagement.models import LEAD_ROLES, STATUSES, Group, GroupLead, Practice
from consult.extensions import db

if TYPE_CHECKING:
    from consult.accounts.models import Account

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_group(
    *,
    slug: str,
    name: Mapping[str, str],
    locality: str = "",
    description: Mapping[str, str] | None = None,
    as_at: date | None = None,
    status: str = "active",
    by: Account | None,
    now: datetime,
) -> Group:
    """A new transformation group; its address must be free."""
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise Rejected("slug", "Use small letters, digits and single hyphens for the address")
    if db.session.scalar(select(Group.id).where(Group.slug == slug)):
        raise Rejected("slug", "Another group has this address")
    group = Group(slug=slug, name={}, description={})
    db.session.add(group)
    edit_group(
        group, name=name, locality=locality, description=description or {}, as_at=as_at, status=status, by=by, now=now
    )
    return group


def edit_group(
    group: Group,
    *,
    name: Mapping[str, str],
    locality: str,
    description: Mapping[str, str],
    as_at: date | None,
    status: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Correct what is said about a group."""
    words = Wording(name)
    if not words:
        raise Rejected("name", "Enter a name")
    if status not in STATUSES:
        raise Rejected("status", "Choose what the group is doing now")
    group.name = words.as_json()
    group.locality = locality.strip()
    group.description = Wording(description).as_json()
    group.as_at = as_at
    group.status = status
    db.session.flush()
    record(by, "edit_group", group, now=now)


def add_practice(group: Group, *, code: str, name: str, town: str, by: Account | None, now: datetime) -> Practice:
    """Put a practice into a group; its code must be free."""
    code = _free_code(code)
    practice = Practice(code=code, name=name.strip(), town=town.strip())
    group.practices.append(practice)
    record(by, "edit_group", group, now=now, note=f"practice {practice.code} added")
    return practice


def edit_practice(
    practice: Practice, *, group: Group, code: str, name: str, town: str, by: Account | None, now: datetime
) -> None:
    """Correct a practice, or move it to another group."""
    practice.code = _free_code(code, practice)
    practice.name, practice.town, practice.group = name.strip(), town.strip(), group
    record(by, "edit_group", group, now=now, note=f"practice {practice.code}")


def remove_practice(practice: Practice, *, by: Account | None, now: datetime) -> None:
    """Take a practice out of the directory."""
    record(by, "edit_group", practice.group, now=now, note=f"practice {practice.code} removed")
    db.session.delete(practice)
    db.session.flush()


def add_lead(
    group: Group, *, role: str, name: str, telephone: str = "", email: str = "", by: Account | None, now: datetime
) -> GroupLead:
    """Name somebody who leads a group; how to reach them stays with staff."""
    if role not in LEAD_ROLES:
        raise Rejected("role", "Choose a role")
    lead = GroupLead(role=role, name=name.strip(), telephone=telephone.strip(), email=email.strip())
    group.leads.append(lead)
    record(by, "edit_group", group, now=now, note=f"{role} added")
    return lead


def remove_lead(lead: GroupLead, *, by: Account | None, now: datetime) -> None:
    """Somebody does not lead the group any more."""
    record(by, "edit_group", lead.group, now=now, note=f"{lead.role} removed")
    lead.group.leads.remove(lead)
    db.session.flush()


def _free_code(code: str, practice: Practice | None = None) -> str:
    code = code.strip().upper()
    taken = db.session.scalar(select(Practice).where(Practice.code == code))
    if taken is not None and taken is not practice:
        raise Rejected("code", f"{taken.name} has this code")
    return code
