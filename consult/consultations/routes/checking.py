"""The check before publishing: what authors say for it, what it finds, their reasons, and times before elections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.permissions import may
from consult.consultations import actions
from consult.consultations.actions import Checked
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.writing import found
from consult.domain.errors import Missing, Rejected
from consult.domain.gunning import RULES, Level, Principle
from consult.web.page import page, see_other
from consult.web.saving import saves


@blueprint.get("/staff/consultations/<slug>/check")
@signed_in
def check_consultation(slug: str) -> Response:
    """What the check finds, with the reasons given so far."""
    shown = found(slug, "see_consultation")
    return page(
        consultation=shown,
        groups=grouped(actions.check(shown)),
        may_answer=may(account(), "edit_consultation", shown) and shown.state in ("draft", "in_review"),
        texts=_texts(shown),
        rules=len(RULES),
    )


@blueprint.get("/staff/consultations/<slug>/check/version-<int:number>")
@signed_in
def check_report(slug: str, number: int) -> Response:
    """What it found when a version was approved."""
    shown = found(slug, "see_consultation")
    revision = next((one for one in shown.revisions if one.number == number), None)
    report = actions.report_of(revision) if revision else None
    if report is None:
        raise Missing("No report of the check was kept with this version.")
    listed = [(one, RULES.get(one["rule"])) for one in report.findings]
    return page(consultation=shown, revision=revision, report=report, listed=listed)


@blueprint.get("/staff/consultations/<slug>/check/reason/<mark>")
@signed_in
def give_reason(slug: str, mark: str) -> Response:
    """Say why something that was found is right as it is."""
    shown = found(slug, "edit_consultation")
    checked = _found(shown, mark)
    return page(consultation=shown, checked=checked, form=forms.CheckReasonForm(formdata=None, reason=checked.reason))


@blueprint.post("/staff/consultations/<slug>/check/reason/<mark>")
@signed_in
@saves
def save_reason(slug: str, mark: str) -> Response:
    """Keep the reason."""
    shown = found(slug, "edit_consultation")
    form = forms.CheckReasonForm()
    if form.validate_on_submit():
        try:
            actions.give_reason(shown, mark=mark, reason=form.reason.data, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".check_consultation", slug=slug)
    return page("give_reason", status=422, consultation=shown, checked=_found(shown, mark), form=form)


@blueprint.get("/staff/consultations/<slug>/preparation")
@signed_in
def prepare_consultation(slug: str) -> Response:
    """What the check needs to know."""
    shown = found(slug, "edit_consultation")
    said = actions.preparation(shown)
    kept: dict[str, Any] = {name: getattr(said, name) for name in forms.PREPARED}
    kept["audience"] = "" if said.audience is None else str(said.audience)
    return page(consultation=shown, form=forms.PreparationForm(formdata=None, **kept))


@blueprint.post("/staff/consultations/<slug>/preparation")
@signed_in
@saves
def save_preparation(slug: str) -> Response:
    """Keep it."""
    shown = found(slug, "edit_consultation")
    form = forms.PreparationForm()
    if form.validate_on_submit():
        given: dict[str, Any] = {name: form[name].data for name in forms.PREPARED}
        given |= {name: form[name].data == "yes" for name in ("significant", "alternatives", "impacts")}
        given |= {name: form[name].data or "" for name in ("who_decides", "equality_assessment", "privacy_assessment")}
        try:
            given |= {"audience": forms.people(form.audience.data), "formats": form.formats.data or ()}
            actions.prepare(shown, **given, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".check_consultation", slug=slug)
    return page("prepare_consultation", status=422, consultation=shown, form=form)


@blueprint.get("/staff/elections")
@signed_in
def elections() -> Response:
    """Times before elections, which an administrator enters."""
    authorise("edit_organisation")
    return page(listed=actions.elections(), form=forms.ElectionForm(formdata=None))


@blueprint.post("/staff/elections")
@signed_in
@saves
def add_election() -> Response:
    """Enter one."""
    authorise("edit_organisation")
    form = forms.ElectionForm()
    if form.validate_on_submit():
        given: dict[str, Any] = {name: form[name].data for name in ("name", "starts_on", "ends_on")}
        try:
            actions.add_election(**given, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".elections")
    return page("elections", status=422, listed=actions.elections(), form=form)


@blueprint.post("/staff/elections/<int:number>/remove")
@signed_in
@saves
def remove_election(number: int) -> Response:
    """Take one away."""
    authorise("edit_organisation")
    actions.remove_election(number, by=account(), now=clock.now())
    return see_other(".elections")


def grouped(checked: Sequence[Checked]) -> list[tuple[Principle, list[Checked]]]:
    """What was found by principle: what keeps it from being published first, hints last."""
    order = {Level.STOPS: 0, Level.REASON: 1, Level.HINT: 2}
    groups = []
    for principle in Principle:
        listed = [one for one in checked if one.finding.rule.principle is principle]
        if listed:
            groups.append((principle, sorted(listed, key=lambda one: order[one.finding.rule.level])))
    return groups


def _found(consultation: Consultation, mark: str) -> Checked:
    checked = next((one for one in actions.check(consultation) if one.finding.mark == mark), None)
    if checked is None:
        raise Missing("The check does not find this any more. What it was about has been changed.")
    return checked


def _texts(consultation: Consultation) -> dict[str, Any]:
    """The words of each question by its key."""
    questionnaire = actions.plan_of(consultation).questionnaire
    return {one.key: one.text for one in questionnaire.questions} if questionnaire else {}
