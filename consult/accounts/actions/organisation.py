"""An administrator says whose site this is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from consult.accounts.actions.log import record
from consult.accounts.defaults import STARTING
from consult.accounts.models import Account, Organisation
from consult.domain.errors import Rejected
from consult.domain.wording import Wording
from consult.extensions import db

Texts = Mapping[str, str]
#: What a link at the foot of a page may begin with.
SCHEMES = frozenset({"https", "http", "mailto", "tel"})


@dataclass(frozen=True)
class OrganisationText:
    """Everything that can be said about it; texts are by language."""

    name: Texts
    logo_text: str
    group_kind: Texts
    contact_email: str
    contact_telephone: str
    contact_address: str
    privacy_contact: Texts
    footer_links: Sequence[Mapping[str, Any]]
    emergency_numbers: Sequence[Texts]
    support_lines: Sequence[Texts]
    safeguarding_lines: Sequence[Texts]
    complaint_lines: Sequence[Texts]
    languages: Sequence[str]


def edit_organisation(text: OrganisationText, *, by: Account | None, now: datetime) -> Organisation:
    """Keep it; there must be a name, a kind of group and a number for emergencies in the site's own language."""
    if not Wording(text.name):
        raise Rejected("name", "Enter the name of the organisation")
    if not Wording(text.group_kind):
        raise Rejected("group_kind", "Enter what the public calls a group")
    if not any(Wording(line) for line in text.emergency_numbers):
        raise Rejected("emergency_numbers", "Enter at least one number for emergencies")
    for link in text.footer_links:
        check_link(link["href"])
    row = db.session.get(Organisation, 1)
    if row is None:
        row = Organisation(id=1, **STARTING)
        db.session.add(row)
    row.name = Wording(text.name).as_json()
    row.logo_text = text.logo_text.strip()
    row.group_kind = Wording(text.group_kind).as_json()
    row.contact_email = text.contact_email.strip()
    row.contact_telephone = text.contact_telephone.strip()
    row.contact_address = text.contact_address.strip()
    row.privacy_contact = Wording(text.privacy_contact).as_json()
    row.footer_links = [{"text": Wording(link["text"]).as_json(), "href": link["href"]} for link in text.footer_links]
    row.emergency_numbers = _lines(text.emergency_numbers)
    row.support_lines = _lines(text.support_lines)
    row.safeguarding_lines = _lines(text.safeguarding_lines)
    row.complaint_lines = _lines(text.complaint_lines)
    row.languages = list(text.languages)
    db.session.flush()
    record(by, "edit_organisation", "organisation", now=now)
    return row


def check_link(href: str) -> None:
    """Refuse an address that is neither a page of ours nor one of the web, of e-mail or of a telephone."""
    try:
        parts = urlsplit(href)
    except ValueError:
        parts = urlsplit("")
    page_of_ours = href.startswith("/") and not href.startswith("//")
    elsewhere = parts.scheme in SCHEMES and bool(parts.netloc or parts.scheme in ("mailto", "tel"))
    if not (page_of_ours or elsewhere) or any(one.isspace() for one in href):
        raise Rejected("footer_links", f"“{href}” is not an address. It begins with https:// or with /")


def _lines(lines: Sequence[Texts]) -> list[dict[str, str]]:
    return [words.as_json() for words in map(Wording, lines) if words]
