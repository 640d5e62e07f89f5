"""A draft is sent for review; another person approves it or sends it back."""

from __future__ import annotations

from flask import Response, request

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.permissions import may, why_not
from consult.consultations import actions, queries
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.public import about_file
from consult.consultations.routes.writing import found
from consult.domain.errors import Rejected
from consult.web.locale import catalogues
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import sections


@blueprint.post("/staff/consultations/<slug>/submit")
@signed_in
@saves
def submit_for_review(slug: str) -> Response:
    """Send a draft to a second person."""
    shown = found(slug, "submit_consultation")
    actions.submit_for_review(shown, by=account(), now=clock.now(), catalogues=catalogues())
    return see_other(".staff_consultation", slug=slug)


@blueprint.get("/staff/consultations/<slug>/review")
@signed_in
def review_consultation(slug: str) -> Response:
    """What a second person looks at before it is published."""
    return _review_page(found(slug, "see_consultation"), forms.ReturnForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/approve")
@signed_in
@saves
def approve_consultation(slug: str) -> Response:
    """Publish it."""
    shown = found(slug, "approve_consultation")
    try:
        actions.approve(shown, by=account(), now=clock.now(), catalogues=catalogues(), seen=_seen())
    except actions.MovedOn as moved:
        form = forms.ReturnForm(formdata=None)
        form.form_errors.append(moved.message)
        return _review_page(shown, form, status=409)
    return see_other(".staff_consultation", slug=slug)


@blueprint.post("/staff/consultations/<slug>/return")
@signed_in
@saves
def return_consultation(slug: str) -> Response:
    """Send it back with reasons: a commissioner, or an editor who wants to go on writing."""
    shown = queries.by_slug(slug)
    if not may(account(), "approve_consultation", shown):
        authorise("submit_consultation", shown)
    form = forms.ReturnForm()
    if form.validate_on_submit():
        try:
            actions.return_to_draft(shown, reasons=form.reasons.data, by=account(), now=clock.now(), seen=_seen())
        except Rejected as rejected:
            form.reject(rejected)
        except actions.MovedOn as moved:
            form.form_errors.append(moved.message)
            return _review_page(shown, form, status=409)
        else:
            return see_other(".staff_consultation", slug=slug)
    return _review_page(shown, form, status=422)


def _seen() -> str:
    """The mark of what the reviewer saw, as their page carried it."""
    return request.form.get("seen", "")


def _review_page(consultation: Consultation, form: forms.ReturnForm, status: int = 200) -> Response:
    lacking = actions.lacking(consultation, now=clock.now(), catalogues=catalogues())
    return page(
        "review_consultation",
        status=status,
        form=form,
        consultation=consultation,
        seen=actions.mark_of(consultation),
        lacking=lacking or actions.stopping(consultation, now=clock.now()),
        may_approve=may(account(), "approve_consultation", consultation),
        why_not=why_not(account(), "approve_consultation", consultation),
        may_return=any(may(account(), verb, consultation) for verb in ("approve_consultation", "submit_consultation")),
        documents=consultation.shown_documents,
        sections=sections("review_consultation", consultation, clock.now()),
        about_file=about_file,
    )
