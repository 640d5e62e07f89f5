"""A consultation's page, its documents, and the lists of consultations on the hub and on groups' pages."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import Path

from flask import Response, current_app, g, send_file, url_for
from flask_babel import gettext as _

from consult import clock
from consult.consultations import queries
from consult.consultations.actions.documents import MEDIA_TYPES
from consult.consultations.models import Consultation, Document
from consult.consultations.routes import blueprint
from consult.domain import lifecycle
from consult.domain.errors import Missing
from consult.domain.lifecycle import Phase
from consult.domain.wording import Wording
from consult.engagement.models import Group
from consult.web.access import cache_at_most, public
from consult.web.locale import current_language, language_name, say_datetime, say_number
from consult.web.page import frame, page
from consult.web.sections import Card, Section, sections

#: How many closed consultations the hub lists; groups' pages list all of theirs.
CLOSED_ON_HUB = 10


@blueprint.get("/consultations/<slug>")
@public()
def show(slug: str) -> Response:
    """Why, what can change, documents, dates, and how to take part."""
    now = clock.now()
    shown = queries.public_by_slug(slug, now, missing=check_the_address())
    cache_at_most(lifecycle.seconds_until_change([shown], now))
    return consultation_page(shown, now)


@blueprint.get("/consultations/<slug>/documents/<int:number>")
@public(max_age=300)
def document(slug: str, number: int) -> Response:
    """One of its documents, to keep."""
    missing = check_the_address()
    shown = queries.public_by_slug(slug, clock.now(), missing=missing)
    return document_file(queries.document(shown, number, missing=missing))


def check_the_address() -> str:
    """What somebody who found nothing can do."""
    return _("If you typed the address, check that it is right.")


def consultation_page(shown: Consultation, now: datetime) -> Response:
    """The page as everybody sees it at this moment, in the current language."""
    phase = lifecycle.phase(shown, now)
    current = shown.current
    offered = current.languages if current else shown.languages
    return page(
        "show",
        page_name="consultation",
        consultation=shown,
        phase=phase.value,
        can_begin=lifecycle.accepts_beginning(shown, now) and current is not None,
        offered=offered,
        documents=shown.shown_documents,
        about_file=about_file,
        sections=sections("consultation", shown, now),
        languages=tuple(one for one in frame["languages"]() if one in offered or one == current_language()),
    )


def document_file(found: Document) -> Response:
    """Its bytes as an attachment, under a name made from its title."""
    if found.sha256 is None:
        raise Missing(check_the_address())
    path: Path = current_app.config["CONSULT"].files / found.sha256
    if not path.exists():
        raise Missing(check_the_address())
    words = Wording(found.title, found.language).to(found.language).text
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80].lower() or "document"
    download_name = f"{name}.{found.kind}"
    response = send_file(
        path, mimetype=MEDIA_TYPES[found.kind], as_attachment=True, download_name=download_name, etag=found.sha256
    )
    del response.headers["Cache-Control"]  # how long it is kept is said by the view's access
    return response


def about_file(found: Document) -> str:
    """“PDF, 120 kB, in Polish”: what somebody should know before they follow the link."""
    parts = [{"pdf": "PDF", "odt": "ODT", "docx": "Word"}.get(found.kind) or _("another website")]
    if found.size is not None:
        parts.append(_size(found.size))
    parts.append(_("in %(language)s", language=language_name(found.language)))
    return ", ".join(parts)


def _size(count: int) -> str:
    if count >= 1_000_000:
        return _("%(size)s MB", size=say_number(round(count / 1_000_000, 1)))
    return _("%(size)s kB", size=say_number(max(1, round(count / 1_000))))


def open_now(_subject: None, now: datetime) -> Section:
    """The hub's first list."""
    found = _public(now)
    everything = [one for listed in found.values() for one in listed]
    cache_at_most(lifecycle.seconds_until_change(everything, now))
    return Section(
        _("Open now"),
        [card(one, now) for one in (*found[Phase.OPEN], *found[Phase.PAUSED])],
        empty=_("Nothing is open at the moment."),
    )


def coming(_subject: None, now: datetime) -> Section:
    """What will be asked."""
    return Section(_("Coming soon"), [card(one, now) for one in _public(now)[Phase.COMING]])


def closed(_subject: None, now: datetime) -> Section:
    """What was asked, the last closed first."""
    return Section(_("Closed"), [card(one, now) for one in _over(_public(now))[:CLOSED_ON_HUB]])


def asked_by_group(group: Group, now: datetime) -> Section:
    """Everything a group asks or asked."""
    found = queries.public(now, group_id=group.id)
    everything = [*found[Phase.OPEN], *found[Phase.PAUSED], *found[Phase.COMING], *_over(found)]
    cache_at_most(lifecycle.seconds_until_change(everything, now))
    return Section(
        _("What is being asked"),
        [card(one, now) for one in everything],
        empty=_("This group is not asking anything at the moment."),
    )


def _public(now: datetime) -> dict[Phase, list[Consultation]]:
    """Read once for the hub's lists."""
    if "public_consultations" not in g:
        g.public_consultations = queries.public(now)
    found: dict[Phase, list[Consultation]] = g.public_consultations
    return found


def _over(found: dict[Phase, list[Consultation]]) -> list[Consultation]:
    over = [*found[Phase.CLOSED], *found[Phase.REPORTED], *found[Phase.WITHDRAWN]]
    return sorted(over, key=_ended, reverse=True)


def _ended(one: Consultation) -> datetime:
    return one.withdrawn_at or one.closes_at or one.created_at


def card(one: Consultation, now: datetime) -> Card:
    """A consultation in a list."""
    return Card(
        href=url_for("consultations.show", slug=one.slug),
        title=one.wording("title"),
        summary=one.wording("summary"),
        note=when(one, now),
    )


def when(one: Consultation, now: datetime) -> str:
    """“Open until 3 March 2026, 23:59”: its phase in the reader's words."""
    phase = lifecycle.phase(one, now)
    if phase is Phase.COMING and one.opens_at:
        return _("Opens on %(moment)s", moment=say_datetime(one.opens_at))
    if phase is Phase.OPEN and one.closes_at:
        return _("Open until %(moment)s", moment=say_datetime(one.closes_at))
    if phase is Phase.PAUSED:
        return _("Paused: no answers are taken at the moment")
    if phase is Phase.WITHDRAWN:
        return _("Withdrawn")
    if one.closes_at and phase in (Phase.CLOSED, Phase.REPORTED):
        return _("Closed on %(moment)s", moment=say_datetime(one.closes_at))
    return _("Not published yet")
