"""The staff log, and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, request, stream_with_context

from consult.accounts import queries, work
from consult.accounts.access import authorise, signed_in
from consult.accounts.routes import blueprint
from consult.domain.lifecycle import london
from consult.web.page import page

HEADINGS = ("when", "who", "email", "what", "about", "note")
#: What a spreadsheet takes for a formula at the start of a cell.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@blueprint.get("/staff/log")
@signed_in
def staff_log() -> Response:
    """Who did what, newest first, by verb, person, group and time."""
    authorise("see_staff_log")
    chosen, filters = _chosen()
    return page(
        shown=queries.staff_events(**filters, number=_number("page") or 1),
        verbs=queries.logged_verbs(),
        people={one.id: one.name for one in queries.accounts()},
        groups={one.id: one.name for one in work.group_names().values()},
        chosen=chosen,
    )


@blueprint.get("/staff/log.csv")
@signed_in
def staff_log_file() -> Response:
    """The same as a file, all pages of it."""
    authorise("see_staff_log")
    _shown, filters = _chosen()
    response = Response(stream_with_context(_lines(filters)), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=staff-log.csv"
    return response


def _lines(filters: dict[str, Any]) -> Iterator[str]:
    yield _line(HEADINGS)
    for one in queries.every_event(**filters):
        who = (one.account.name, one.account.email) if one.account else ("Command line", "")
        moment = one.happened_at.isoformat(timespec="seconds")
        yield _line([moment, *(_guarded(text) for text in (*who, one.verb, one.thing, one.note))])


def _line(cells: Any) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text.lstrip(" \u3000").startswith(FORMULA) else text


def _chosen() -> tuple[dict[str, Any], dict[str, Any]]:
    """What was chosen, for the page; and for the query. Days that are none are no filter."""
    verb = request.args.get("verb", "")
    verb = verb if verb in queries.logged_verbs() else ""
    chosen = {
        "verb": verb,
        "person": _number("person"),
        "group": _number("group"),
        "since": request.args.get("since", "")[:10],
        "until": request.args.get("until", "")[:10],
    }
    return chosen, {
        "verb": verb or None,
        "account_id": chosen["person"] or None,
        "group_id": chosen["group"] or None,
        "since": _moment("since"),
        "until": _moment("until", later=timedelta(days=1)),
    }


def _moment(name: str, *, later: timedelta = timedelta(0)) -> datetime | None:
    """The beginning of a day in the site’s zone, or of a day some days `later`; None for anything else."""
    try:
        day = datetime.strptime(request.args.get(name, ""), "%Y-%m-%d").date()  # noqa: DTZ007
        return london(day + later, time())
    except (ValueError, OverflowError):
        return None


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
