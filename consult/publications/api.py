"""Open data: JSON, its description, a catalogue and feeds, for everybody and every site."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, request

from consult import clock
from consult.accounts.queries import organisation
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Missing
from consult.domain.wording import Wording
from consult.feedback import queries as feedback
from consult.publications import open_data
from consult.results import queries as results
from consult.web.access import cache_at_most, public
from consult.web.locale import current_language
from consult.web.page import plain

#: Seconds that copies of the open data may be kept.
KEPT = 300
ON_FEED = 50

blueprint = Blueprint("open_data", __name__)


def register(app: Flask) -> None:
    """Bind the addresses."""
    app.register_blueprint(blueprint)


@blueprint.get("/api/v1/consultations")
@public(max_age=KEPT)
def api_consultations() -> Response:
    """Every public consultation, the next to close first."""
    now = clock.now()
    listed = [one for some in consultations.public(now).values() for one in some]
    cache_at_most(lifecycle.seconds_until_change(listed, now))
    releases = {one.consultation_id: one for one in results.published()}
    answered = {one.consultation_id: one for one in feedback.published()}
    return told(
        {
            "consultations": [
                open_data.consultation(
                    one, now, address=address, release=releases.get(one.id), publication=answered.get(one.id)
                )
                for one in listed
            ]
        }
    )


@blueprint.get("/api/v1/consultations/<slug>")
@public(max_age=KEPT)
def api_consultation(slug: str) -> Response:
    """One consultation."""
    now = clock.now()
    one = _found(slug)
    if one is None:
        return missing()
    cache_at_most(lifecycle.seconds_until_change([one], now))
    release, publication = results.latest(one), feedback.latest(one)
    return told(open_data.consultation(one, now, address=address, release=release, publication=publication))


@blueprint.get("/api/v1/consultations/<slug>/results")
@public(max_age=KEPT)
def api_results(slug: str) -> Response:
    """The published results."""
    one = _found(slug)
    release = results.latest(one) if one else None
    return told(open_data.results(one, release, address=address)) if one and release else missing()


@blueprint.get("/api/v1/consultations/<slug>/you-said-we-did")
@public(max_age=KEPT)
def api_you_said_we_did(slug: str) -> Response:
    """You Said, We Did as published."""
    one = _found(slug)
    publication = feedback.latest(one) if one else None
    return told(open_data.feedback(one, publication, address=address)) if one and publication else missing()


@blueprint.get("/api/v1/openapi.json")
@public(max_age=KEPT)
def api_description() -> Response:
    """The description for programs."""
    return told(open_data.described(title=_name(), server=address("")))


@blueprint.get("/api/v1/catalogue")
@public(max_age=KEPT)
def api_catalogue() -> Response:
    """The published figures as datasets."""
    made = open_data.catalogue(results.published(), publisher=_name(), title=_name(), address=address)
    return told(made, mimetype="application/ld+json")


@blueprint.get("/feeds/consultations.atom")
@public(max_age=KEPT)
def feed_of_consultations() -> Response:
    """Consultations as they open, the newest first."""
    now = clock.now()
    listed = [one for some in consultations.public(now).values() for one in some]
    cache_at_most(lifecycle.seconds_until_change(listed, now))
    opened = sorted(
        (one for one in listed if one.opens_at and one.opens_at <= now),
        key=lambda one: one.opens_at or now,
        reverse=True,
    )
    entries = [_entry(one, f"/consultations/{one.slug}", one.opens_at or now) for one in opened[:ON_FEED]]
    return _feed(entries, "/feeds/consultations.atom", "/")


@blueprint.get("/feeds/you-said-we-did.atom")
@public(max_age=KEPT)
def feed_of_you_said_we_did() -> Response:
    """What was done with what people said, the newest first."""
    entries = [
        _entry(
            one.consultation,
            f"/consultations/{one.consultation.slug}/you-said-we-did",
            datetime.combine(one.published_on, time(12), tzinfo=UTC),
        )
        for one in feedback.published(most=ON_FEED)
    ]
    return _feed(entries, "/feeds/you-said-we-did.atom", "/you-said-we-did")


def address(path: str) -> str:
    """The full address of a path on this site, in the language that was asked in."""
    site: str = current_app.config["CONSULT"].site_url or request.host_url
    return site.rstrip("/") + request.script_root + path


def told(data: Any, *, mimetype: str = "application/json", status: int = 200) -> Response:
    """Plain data for every site, with an ETag that changes when it does."""
    return _kept(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mimetype, status)


def missing() -> Response:
    """Not there, said in the form that programs read."""
    return told({"error": "There is no such consultation, or this is not published."}, status=404)


def _kept(content: bytes, mimetype: str, status: int = 200) -> Response:
    response: Response = make_response(content, status)
    response.mimetype = mimetype
    response.headers["Access-Control-Allow-Origin"] = "*"
    if status == 200:
        # Weak: compressed or not, it says the same.
        response.set_etag(hashlib.sha256(content).hexdigest()[:32], weak=True)
        response.make_conditional(request)
    return response


def _found(slug: str) -> Consultation | None:
    try:
        return consultations.public_by_slug(slug, clock.now())
    except Missing:
        return None


def _name() -> str:
    return plain(organisation().name)


def _entry(one: Consultation, path: str, updated: datetime) -> open_data.Entry:
    title = one.wording("title").to(current_language())
    summary = one.wording("summary").to(current_language()).text
    return open_data.Entry(address(path), title.text, title.language, summary, updated)


def _feed(entries: list[open_data.Entry], path: str, page: str) -> Response:
    title = Wording(organisation().name).to(current_language()).text
    made = open_data.atom(
        title=title,
        address=address(path),
        page=address(page),
        author=title,
        entries=entries,
        empty=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return _kept(made, "application/atom+xml")
