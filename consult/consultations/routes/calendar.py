"""The calendar: what opens, closes, is decided and is to be answered; for staff a page, for everybody a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event

from consult import clock
from consult.accounts.access import authorise, groups_for, signed_in
from consult.accounts.queries import organisation
from consult.consultations import actions, queries
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint
from consult.domain import lifecycle
from consult.domain.agenda import Date, What, dates_of
from consult.engagement import queries as engagement
from consult.web.access import public
from consult.web.locale import current_locale
from consult.web.page import page, plain

SAID = {
    What.OPENS: "opens",
    What.CLOSES: "closes",
    What.DECIDED: "is decided",
    What.ANSWER: "is to be answered",
}
_FEED: dict[What, Callable[[str], str]] = {
    What.OPENS: lambda title: _("%(title)s: opens", title=title),
    What.CLOSES: lambda title: _("%(title)s: closes", title=title),
    What.ANSWER: lambda title: _("%(title)s: answer due", title=title),
}
#: How long ago something may be to stand in a feed.
PAST = timedelta(days=400)


@dataclass(frozen=True)
class Entry:
    """A date with the consultation it belongs to."""

    date: Date
    consultation: Consultation


@blueprint.get("/staff/calendar")
@signed_in
def calendar() -> Response:
    """Everything with a date, of all groups somebody works for or of one of them."""
    authorise("see_consultation")
    mine, now = groups_for("see_consultation"), clock.now()
    groups = [one for one in engagement.groups() if mine is None or one.id in mine]
    chosen = next((one for one in groups if one.slug == request.args.get("group")), None)
    entries = [
        Entry(one, consultation)
        for consultation in queries.for_staff([chosen.id] if chosen else mine)
        for one in dates_of(consultation, now, decision_on=actions.preparation(consultation).decision_on)
    ]
    today = lifecycle.day_of(now)
    coming = sorted((one for one in entries if one.date.day >= today), key=_order)
    return page(
        groups=groups,
        chosen=chosen,
        late=sorted((one for one in entries if one.date.late), key=_order),
        months=_months(coming),
        said=SAID,
        feed=url_for(".group_feed", slug=chosen.slug) if chosen else url_for(".feed"),
    )


@blueprint.get("/calendar.ics")
@public()
def feed() -> Response:
    """The dates of everything public, for calendars of people's own."""
    return _feed(queries.public(clock.now()), plain(organisation().name))


@blueprint.get("/groups/<slug>/calendar.ics")
@public()
def group_feed(slug: str) -> Response:
    """The same for one group."""
    group = engagement.group_by_slug(slug)
    return _feed(queries.public(clock.now(), group_id=group.id), plain(group.name))


def _feed(listed: dict[Any, Any], name: str) -> Response:
    now = clock.now()
    made = Calendar()
    made.add("prodid", "-//Consult//Consultations//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    oldest = lifecycle.day_of(now) - PAST
    for consultation in (one for some in listed.values() for one in some):
        for one in dates_of(consultation, now):
            if one.day >= oldest:
                made.add_component(_event(consultation, one, now))
    return Response(made.to_ical(), mimetype="text/calendar")


def _event(consultation: Consultation, one: Date, now: Any) -> Event:
    """A whole day: the hour of closing stands in the words."""
    title = plain(consultation.wording("title"))
    event = Event()
    event.add("uid", f"{consultation.slug}-{one.what.value}@{request.host}")
    # The same as long as nothing changes, so that a feed can be kept and compared.
    event.add("dtstamp", consultation.approved_at or now)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", _FEED[one.what](title))
    event.add("url", url_for(".show", slug=consultation.slug, _external=True))
    event.add("transp", "TRANSPARENT")
    return event


def _order(entry: Entry) -> tuple[date, str, str]:
    return entry.date.day, entry.consultation.slug, entry.date.what.value


def _months(entries: Iterable[Entry]) -> list[tuple[str, Sequence[Entry]]]:
    """The entries under the names of their months."""
    months: dict[str, list[Entry]] = {}
    for one in entries:
        months.setdefault(current_locale().month(f"{one.date.day:%Y-%m}"), []).append(one)
    return list(months.items())
