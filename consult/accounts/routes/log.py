"""The staff log."""

from __future__ import annotations

from flask import Response, request

from consult.accounts import queries, work
from consult.accounts.access import authorise, signed_in
from consult.accounts.routes import blueprint
from consult.web.page import page


@blueprint.get("/staff/log")
@signed_in
def staff_log() -> Response:
    """Who did what, newest first, by verb, person and group."""
    authorise("see_staff_log")
    verbs = queries.logged_verbs()
    people = {one.id: one.name for one in queries.accounts()}
    groups = {one.id: one.name for one in work.group_names().values()}
    chosen = {"verb": request.args.get("verb", ""), "person": _number("person"), "group": _number("group")}
    chosen["verb"] = chosen["verb"] if chosen["verb"] in verbs else ""
    shown = queries.staff_events(
        verb=str(chosen["verb"]) or None,
        account_id=chosen["person"] or None,  # type: ignore[arg-type]
        group_id=chosen["group"] or None,  # type: ignore[arg-type]
        number=_number("page") or 1,
    )
    return page(shown=shown, verbs=verbs, people=people, groups=groups, chosen=chosen)


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
