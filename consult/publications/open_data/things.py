"""Each public thing as plain data. Keys are a contract: they are added to, never renamed or taken away (version 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.feedback.models import FeedbackPublication
from consult.results import export
from consult.results.models import Release

#: The full address of a path on this site.
Address = Callable[[str], str]


def consultation(
    one: Consultation,
    now: datetime,
    *,
    address: Address,
    release: Release | None,
    publication: FeedbackPublication | None,
) -> dict[str, Any]:
    """What everybody may read of a consultation; `responses` only once they are published."""
    base, page = f"/api/v1/consultations/{one.slug}", f"/consultations/{one.slug}"
    return {
        "slug": one.slug,
        "title": dict(one.title),
        "summary": dict(one.summary),
        "language": one.language,
        "languages": list(one.languages),
        "activity": one.activity,
        "phase": lifecycle.phase(one, now).value,
        "opens_at": _moment(one.opens_at),
        "closes_at": _moment(one.closes_at),
        "group": {"slug": one.group.slug, "name": dict(one.group.name), "page": address(f"/groups/{one.group.slug}")},
        "page": address(page),
        "responses": release.released().responses if release else None,
        "results": address(f"{base}/results") if release else None,
        "results_published_on": _day(release.published_on if release else None),
        "you_said_we_did": address(f"{base}/you-said-we-did") if publication else None,
        "you_said_we_did_published_on": _day(publication.published_on if publication else None),
        "self": address(base),
    }


def results(one: Consultation, release: Release, *, address: Address) -> dict[str, Any]:
    """The latest release: the figures of the public page and no others, in the language of the address."""
    told = export.released(one, release.questionnaire(), release.released(), release)
    return {**told, "page": address(f"/consultations/{one.slug}/results")}


def feedback(one: Consultation, publication: FeedbackPublication, *, address: Address) -> dict[str, Any]:
    """You Said, We Did as it was last published, in every language that it has; nobody who wrote it is named."""
    said = publication.feedback().as_json()
    return {
        "consultation": one.slug,
        "title": dict(one.title),
        "number": publication.number,
        "published_on": _day(publication.published_on),
        "language": said["language"],
        "people": said["people"],
        "themes": [_theme(theme) for theme in said["themes"]],
        "changes": said["changes"],
        "page": address(f"/consultations/{one.slug}/you-said-we-did"),
    }


def _theme(theme: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": str(theme["key"]), "title": theme["title"], "rows": [_row(row) for row in theme["rows"]]}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    # Keys are 63 bits long: as numbers, programs that count in floating point would round them.
    return {**row, "key": str(row["key"])}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
