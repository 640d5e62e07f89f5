"""What staff see: exact counts as at the last count, comments in no order, and what would be published."""

from __future__ import annotations

from datetime import datetime

from flask import Response, current_app, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, current_account, groups_for, may_i, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import groups_where, may
from consult.accounts.work import Step
from consult.answering import queries as answering
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import disclosure, lifecycle
from consult.domain.disclosure import Figures
from consult.domain.errors import Missing
from consult.extensions import db
from consult.questions import kind
from consult.results import actions, crossed, drawn, populations, queries, who
from consult.results.queries import Exact
from consult.results.routes import blueprint, explore
from consult.results.routes.public import figures_shown
from consult.web.forms import Form
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

#: Comments on one page.
ON_PAGE = 50
LARGEST_KEY = 2**63 - 1


@blueprint.get("/staff/results")
@signed_in
def staff_results_list() -> Response:
    """Every consultation that people could answer."""
    authorise("see_results")
    now = clock.now()
    listed = [one for one in consultations.for_staff(groups_for("see_results")) if _could_be_answered(one, now)]
    published = {release.consultation_id: release for release in queries.published()}
    return page(listed=[(one, lifecycle.phase(one, now), published.get(one.id)) for one in listed])


@blueprint.get("/staff/consultations/<slug>/results")
@signed_in
def staff_results(slug: str) -> Response:
    """Counts of what was counted so far; never how much waits."""
    consultation = _found(slug)
    exact = _exact(consultation)
    counted = answering.all_settled(db.session, consultation.id)
    equality = queries.equality(consultation)
    population = populations.population(consultation)
    return page(
        consultation=consultation,
        responses=exact.responses,
        shown=drawn.everything(exact.questionnaire, exact.findings),
        who_shown=who.exact(equality, population, exact.responses) if counted else [],
        areas=(population or {}).get("areas", []),
        may_choose=may_i("choose_population", consultation),
        reach=[] if counted else drawn.reach(equality, least=current_app.config["CONSULT"].min_group),
        crossings=crossed.declared(consultation),
        crossings_opened=queries.crossed_on(consultation),
        crossings_shown=None
        if queries.crossed_on(consultation) is None
        else crossed.shown(exact.questionnaire, queries.crossed(consultation)),
        counted=counted,
        counted_on=answering.swept_on(db.session, consultation.id),
        may_say=disclosure.while_open(exact.responses),
        release=queries.latest(consultation),
        set_aside=answering.set_aside(db.session, consultation.id),
        why_not=actions.why_not_yet(consultation, clock.now()),
        closer=explore.closer(consultation) if counted and exact.responses else [],
    )


@blueprint.get("/staff/consultations/<slug>/comments")
@signed_in
def staff_comments(slug: str) -> Response:
    """What people wrote, counted so far, in an order that says nothing about when; nothing leads to other answers."""
    consultation = _found(slug)
    asked = {one.key: one for one in queries.questions_asked(consultation)}
    written = [one for one in asked.values() if kind(one.kind).free]
    written += [one for one in asked.values() if any(option.other for option in one.options)]
    chosen = asked.get(request.args.get("question", "")) or (written[0] if written else None)
    after = request.args.get("after", "0")
    found = (
        queries.some_comments(consultation, question=chosen.key, after=_key(after), most=ON_PAGE + 1) if chosen else []
    )
    more = found[ON_PAGE - 1].id if len(found) > ON_PAGE else None
    return page(
        consultation=consultation,
        questions=written,
        chosen=chosen,
        comments=found[:ON_PAGE],
        more=more,
        begun=after != "0",
    )


@blueprint.get("/staff/consultations/<slug>/results/preview")
@signed_in
def preview_results(slug: str) -> Response:
    """What would be published, exactly as everybody would see it."""
    consultation = _found(slug)
    exact = _exact(consultation)
    figures = _figures(consultation)
    release = queries.latest(consultation)
    population = populations.population(consultation)
    return page(
        consultation=consultation,
        form=Form(formdata=None),
        seen=actions.digest(figures, population),
        may_choose=may_i("choose_population", consultation),
        stands=release is not None and release.released() == figures,
        why_not=actions.why_not_yet(consultation, clock.now()),
        may_publish=may_i("publish_results", consultation),
        **figures_shown(
            exact.questionnaire,
            figures,
            queries.left_out(consultation),
            population=population,
            weighting=crossed.to_weight(consultation.current),
        ),
    )


@blueprint.post("/staff/consultations/<slug>/results/publish")
@signed_in
@saves
def publish_results(slug: str) -> Response:
    """Freeze the figures that were looked at and show them to everybody."""
    consultation = consultations.by_slug(slug)
    authorise("publish_results", consultation)
    actions.publish(consultation, by=account(), now=clock.now(), seen=request.form.get("seen", ""))
    return see_other(".staff_results", slug=slug)


def _found(slug: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise("see_results", consultation)
    return consultation


def _exact(consultation: Consultation) -> Exact:
    exact = queries.exact(consultation)
    if exact is None:
        raise Missing("This consultation was not approved yet, so nobody could answer.")
    return exact


def _figures(consultation: Consultation) -> Figures:
    figures = queries.figures(consultation)
    assert figures is not None
    return figures


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_KEY else 0


def _could_be_answered(consultation: Consultation, now: datetime) -> bool:
    return lifecycle.phase(consultation, now) in lifecycle.PUBLIC and consultation.current is not None


# What other pages show


def counts(consultation: Consultation, now: datetime) -> Section | None:
    """On a consultation's staff page, once people could answer."""
    if not _could_be_answered(consultation, now) or not may(current_account(), "see_results", consultation):
        return None
    cards = [
        Card(url_for("results.staff_results", slug=consultation.slug), "Counts and publishing"),
        Card(url_for("results.staff_comments", slug=consultation.slug), "What people wrote"),
    ]
    return Section("Results", cards)


def to_publish(account: Account, now: datetime) -> list[Step]:
    """What waits for somebody who publishes: closed, counted, and not published."""
    if not may(account, "publish_results"):
        return []
    listed = [
        one
        for one in consultations.for_staff(groups_where(account, "publish_results"))
        if lifecycle.phase(one, now) in actions.OVER
    ]
    counted = queries.all_counted([one.id for one in listed])
    published = {release.consultation_id for release in queries.published()}
    return [
        Step(
            lifecycle.twelve_weeks_after(one.closes_at) if one.closes_at else None,
            f"Publish the results of “{one.wording('title').to('en').text}”",
            url_for("results.staff_results", slug=one.slug),
            "You",
            "results",
        )
        for one in listed
        if one.id in counted and one.id not in published
    ]


def open_now(account: Account, now: datetime) -> list[Step]:
    """What is open, with the one number that may be given out: as at the last count, rounded down to ten."""
    if not may(account, "see_results"):
        return []
    listed = [
        one
        for one in consultations.for_staff(groups_where(account, "see_results"))
        if lifecycle.phase(one, now) is lifecycle.Phase.OPEN and one.current is not None
    ]
    return [
        Step(
            lifecycle.day_of(one.closes_at) if one.closes_at else None,
            _open_title(one),
            url_for("results.staff_results", slug=one.slug),
            "Nobody: it is open",
            "open",
        )
        for one in listed
    ]


def _open_title(one: Consultation) -> str:
    may_say = disclosure.while_open(answering.responses(db.session, one.id))
    said = f"you may say “{may_say} or more people took part”" if may_say else "there is no number to give out yet"
    return f"“{one.wording('title').to('en').text}” is open until then; {said}"
