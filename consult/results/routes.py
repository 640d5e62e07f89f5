"""Results: counts for staff as at the last count, and what is published for everybody."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, make_response, url_for
from flask_babel import gettext as _

from consult import clock
from consult.accounts.access import account, authorise, current_account, groups_for, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import may
from consult.accounts.work import Step, add_place, add_work
from consult.answering import queries as answering
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import disclosure, lifecycle
from consult.domain.disclosure import Figures
from consult.domain.errors import Missing
from consult.extensions import db
from consult.results import actions, drawn, export, queries
from consult.web.access import public
from consult.web.forms import Form
from consult.web.locale import say_date
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section, add_section

blueprint = Blueprint("results", __name__)


def register(app: Flask) -> None:
    """Bind the pages and what other rooms show of them."""
    app.register_blueprint(blueprint)
    add_section("consultation", published, order=5)
    add_section("staff_consultation", for_staff, order=30)
    add_work(to_publish)
    add_place("Results", "results.staff_results_list", "see_results", order=40)


# What other pages show


def published(consultation: Consultation, _now: datetime) -> Section | None:
    """On a consultation's page, once there is something."""
    release = queries.latest(consultation)
    if release is None:
        return None
    link = Card(url_for("results.show_results", slug=consultation.slug), {"en": "", **_here(_("What people said, in numbers"))})
    return Section(_("Results"), [link])


def _here(text: str) -> dict[str, str]:
    from consult.web.locale import current_language

    return {current_language(): text}


def for_staff(consultation: Consultation, now: datetime) -> Section | None:
    """On its staff page, once people could answer."""
    if lifecycle.phase(consultation, now) not in lifecycle.PUBLIC or consultation.current is None:
        return None
    if not may(current_account(), "see_results", consultation):
        return None
    return Section("Results", [Card(url_for("results.staff_results", slug=consultation.slug), "Counts and publishing")])


def to_publish(account: Account, now: datetime) -> list[Step]:
    """What waits for a commissioner: closed, counted, and not published."""
    steps = []
    for consultation in consultations.for_staff(None):
        if not may(account, "publish_results", consultation) or actions.why_not_yet(consultation, now) or queries.latest(consultation):
            continue
        due = consultation.closes_at or now
        steps.append(Step(due, f"Publish the results of {consultation.wording('title').to('en').text}", url_for("results.staff_results", slug=consultation.slug), "you", "results"))
    return steps


# Staff


@blueprint.get("/staff/results")
@signed_in
def staff_results_list() -> Response:
    """Every consultation that people could answer."""
    authorise("see_results")
    now = clock.now()
    listed = [one for one in consultations.for_staff(groups_for("see_results")) if lifecycle.phase(one, now) in lifecycle.PUBLIC and one.current]
    return page(listed=[(one, lifecycle.phase(one, now), queries.latest(one)) for one in listed])


@blueprint.get("/staff/consultations/<slug>/results")
@signed_in
def staff_results(slug: str) -> Response:
    """Counts of what was counted so far; never how much waits."""
    consultation = _found(slug, "see_results")
    now = clock.now()
    exact = queries.exact(consultation)
    if exact is None:
        raise Missing("This consultation has no questionnaire.")
    closed = answering.all_settled(db.session, consultation.id)
    return page(
        consultation=consultation,
        exact=exact,
        shown=drawn.everything(exact.questionnaire, exact.findings),
        about_people=drawn.about_people(queries.equality(consultation)) if closed else [],
        counted_on=answering.swept_on(db.session, consultation.id),
        while_open=disclosure.while_open(exact.responses),
        closed=closed,
        release=queries.latest(consultation),
        why_not=actions.why_not_yet(consultation, now),
        may_publish=may(account(), "publish_results", consultation),
    )


@blueprint.get("/staff/consultations/<slug>/results/preview")
@signed_in
def preview_results(slug: str) -> Response:
    """What would be published, exactly as everybody would see it."""
    consultation = _found(slug, "see_results")
    figures = queries.figures(consultation)
    exact = queries.exact(consultation)
    if figures is None or exact is None:
        raise Missing("This consultation has no questionnaire.")
    return page(
        consultation=consultation,
        form=Form(formdata=None),
        why_not=actions.why_not_yet(consultation, clock.now()),
        may_publish=may(account(), "publish_results", consultation),
        **_public(consultation, exact.questionnaire, figures),
    )


@blueprint.post("/staff/consultations/<slug>/results/publish")
@signed_in
@saves
def publish_results(slug: str) -> Response:
    """Freeze the figures and show them to everybody."""
    consultation = _found(slug, "publish_results")
    actions.publish(consultation, by=account(), now=clock.now())
    return see_other(".staff_results", slug=slug)


def _found(slug: str, verb: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise(verb, consultation)
    return consultation


def _public(consultation: Consultation, questionnaire: Any, figures: Figures) -> dict[str, Any]:
    return {
        "responses": figures.responses,
        "shown": drawn.everything(questionnaire, figures.findings),
        "hides": any(table.hides for finding in figures.findings for table in finding.tables),
        "rounds": disclosure.PROFILES[figures.profile].nearest,
    }


# Everybody


@blueprint.get("/consultations/<slug>/results")
@public(max_age=300)
def show_results(slug: str) -> Response:
    """What people said, in figures that give nobody away."""
    consultation, release = _released(slug)
    figures = queries.figures_of(release)
    return page(
        consultation=consultation,
        release=release,
        published=say_date(release.published_on),
        **_public(consultation, queries.questionnaire_of(release), figures),
    )


@blueprint.get("/consultations/<slug>/results.csv")
@public(max_age=300)
def results_csv(slug: str) -> Response:
    """The same figures as a table."""
    _consultation, release = _released(slug)
    written = io.StringIO()
    listed = list(drawn.rows(queries.questionnaire_of(release), queries.figures_of(release)))
    writer = csv.DictWriter(written, export.HEADINGS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: export.guarded(value) for name, value in row.items()} for row in listed)
    return _file(written.getvalue(), "text/csv", f"{slug}-results.csv")


@blueprint.get("/consultations/<slug>/results.json")
@public(max_age=300)
def results_json(slug: str) -> Response:
    """The same figures for programs."""
    consultation, release = _released(slug)
    data = export.released(consultation, queries.questionnaire_of(release), queries.figures_of(release), release)
    return _file(json.dumps(data, ensure_ascii=False), "application/json", f"{slug}-results.json")


def _released(slug: str) -> tuple[Consultation, Any]:
    consultation = consultations.public_by_slug(slug, clock.now())
    release = queries.latest(consultation)
    if release is None:
        raise Missing(_("The results are not published yet."))
    return consultation, release


def _file(text: str, mimetype: str, name: str) -> Response:
    response = make_response(text)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
