"""What everybody sees of the counts: nothing but the latest release, as a page and as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.consultations.news import News, news_number
from consult.correspondence.routes.submitting import told, total
from consult.domain.disclosure import Figures
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire
from consult.engagement.models import Group
from consult.results import crossed, drawn, queries, who
from consult.results.models import Release
from consult.results.routes import blueprint
from consult.web.access import public
from consult.web.locale import current_language, say_date
from consult.web.page import page
from consult.web.sections import Card, Section

#: How many the hub lists.
ON_HUB = 3


@blueprint.get("/consultations/<slug>/results")
@public()
def show_results(slug: str) -> Response:
    """What people said, in figures that give nobody away."""
    consultation, release = released_of(slug)
    return page(
        consultation=consultation,
        release=release,
        formal_total=total(consultation),
        formal_told=told(consultation),
        **figures_shown(
            release.questionnaire(),
            release.released(),
            release.left_out,
            population=release.population,
            weighting=crossed.to_weight(release.revision),
        ),
    )


def figures_shown(
    questionnaire: Questionnaire,
    figures: Figures,
    left_out: Mapping[str, int] | None = None,
    *,
    population: Mapping[str, Any] | None = None,
    weighting: Iterable[str] = (),
) -> dict[str, Any]:
    """What the public part of a page prints; the preview prints exactly the same."""
    return {
        "left_out": left_out or {},
        "responses": figures.responses,
        "shown": drawn.everything(questionnaire, figures.findings),
        "caution": drawn.caution(figures),
        "crossed_shown": crossed.shown(questionnaire, figures.crossed),
        "who_shown": who.answered(questionnaire, figures, population),
        "weighted_shown": who.scaled(questionnaire, figures, population, weighting),
        "areas": (population or {}).get("areas", []),
    }


def released_of(slug: str) -> tuple[Consultation, Release]:
    """A consultation that everybody may see with its latest release; raises Missing while there is none."""
    missing = _("If you typed the address, check that it is right.")
    consultation = consultations.public_by_slug(slug, clock.now(), missing=missing)
    release = queries.latest(consultation)
    if release is None:
        raise Missing(_("The results are not published yet."))
    return consultation, release


# What other pages show


def published(consultation: Consultation, _now: object) -> Section | None:
    """On a consultation's page, once there is something."""
    release = queries.latest(consultation)
    if release is None:
        return None
    link = Card(
        href=url_for("results.show_results", slug=consultation.slug),
        title={current_language(): _("What people said, in numbers")},
        note=_("Published on %(date)s", date=say_date(release.published_on)),
    )
    return Section(_("Results"), [link])


def published_lately(_subject: None, _now: object) -> Section | None:
    """The hub's list of results published lately."""
    listed = queries.published(most=ON_HUB)
    return Section(_("What people said, in numbers"), [_card(one) for one in listed]) if listed else None


def published_by_group(group: Group, _now: object) -> Section | None:
    """The results of a group's consultations."""
    listed = queries.published(group_id=group.id)
    return Section(_("What people said, in numbers"), [_card(one) for one in listed]) if listed else None


def news(_session: Session) -> list[News]:
    """What people who asked are told of; numbered by the day, so that it comes after what was published before it."""
    return [
        News(one.consultation_id, news_number(one.published_on), f"/consultations/{one.consultation.slug}/results")
        for one in queries.published()
    ]


def _card(release: Release) -> Card:
    consultation = release.consultation
    return Card(
        href=url_for("results.show_results", slug=consultation.slug),
        title=consultation.wording("title"),
        note=_("Published on %(date)s", date=say_date(release.published_on)),
    )
