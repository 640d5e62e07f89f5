"""The hub and the groups, for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from flask import Response, current_app, request
from flask_babel import gettext as _

from consult import clock
from consult.config import ROOT
from consult.engagement import queries
from consult.engagement.models import Group, Practice
from consult.engagement.routes import blueprint
from consult.questions.base import clean
from consult.web.access import public
from consult.web.assets import asset
from consult.web.locale import SOURCE, current_language
from consult.web.page import page
from consult.web.sections import sections

#: A search is a town or a practice, not a letter.
LONGEST_SEARCH = 100


@blueprint.get("/")
@public()
def hub() -> Response:
    """What is open, coming and closed, what was done, and a search by town or practice."""
    asked = " ".join(clean(request.args.get("q", "")[:LONGEST_SEARCH]).split())
    found = queries.practices_near(asked) if asked else []
    return page(
        asked=asked,
        found=[(group, [one for one in found if one.group_id == group.id]) for group in _groups(found)],
        sections=sections("hub", None, clock.now()),
    )


@blueprint.get("/groups")
@public()
def groups() -> Response:
    """Every group with its practices."""
    return page(groups=queries.groups())


@blueprint.get("/groups/<slug>")
@public()
def group(slug: str) -> Response:
    """Who a group is, what it is asking, what was said and what was done."""
    shown = queries.group_by_slug(slug, missing=_("If you typed the address, check that it is right."))
    return page(group=shown, sections=sections("group", shown, clock.now()))


def share_picture() -> str:
    """The whole address of the picture that a shared link shows, in the page's language (python -m tests.pictures)."""
    settings = current_app.config["CONSULT"]
    language = current_language()
    name = f"share.{language if language in _pictures() else SOURCE}.png"
    return str(settings.site_url or request.host_url).rstrip("/") + asset(name)


@cache
def _pictures() -> frozenset[str]:
    return frozenset(path.name.split(".")[1] for path in (ROOT / "consult" / "static").glob("share.*.png"))


def _groups(practices: Iterable[Practice]) -> list[Group]:
    return list(dict.fromkeys(practice.group for practice in practices))
