"""You Said, We Did goes to a second person, comes back, or is published."""

from __future__ import annotations

from flask import Response, g, request
from flask_babel import force_locale

from consult import clock
from consult.accounts.access import account, signed_in
from consult.accounts.permissions import why_not
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Rejected
from consult.domain.feedback import lacking
from consult.domain.lifecycle import Phase
from consult.feedback import actions, queries
from consult.feedback.models import FeedbackDraft
from consult.feedback.routes import blueprint, forms
from consult.feedback.routes.public import feedback_page
from consult.feedback.routes.themes import found_draft, others
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves

INFLUENCE = {"reflects": (True, False), "informs": (False, True), "both": (True, True), "neither": (False, False)}


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/submit")
@signed_in
@saves
def submit_feedback(slug: str) -> Response:
    """Send it to a second person."""
    _consultation, draft = found_draft(slug, "write_feedback")
    forms.RemoveForm().must_be_ours()
    actions.submit(draft, by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/take-back")
@signed_in
@saves
def take_back_feedback(slug: str) -> Response:
    """Its authors go on writing."""
    _consultation, draft = found_draft(slug, "write_feedback")
    forms.RemoveForm().must_be_ours()
    actions.take_back(draft, by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/preview")
@signed_in
def preview_feedback(slug: str) -> Response:
    """The page as everybody will see it, in one of its languages."""
    consultation, draft = found_draft(slug, "see_results")
    asked = request.args.get("language", "")
    g.language = asked if asked in consultation.languages else consultation.language
    with force_locale(g.language.replace("-", "_")):
        return feedback_page(queries.as_page(draft), consultation, publication=None)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/review")
@signed_in
def review_feedback(slug: str) -> Response:
    """What a second person looks at before it is published."""
    consultation, draft = found_draft(slug, "see_results")
    return _review_page(forms.ReturnForm(formdata=None), consultation, draft)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/return")
@signed_in
@saves
def return_feedback(slug: str) -> Response:
    """Send it back with reasons."""
    consultation, draft = found_draft(slug, "review_feedback")
    form = forms.ReturnForm()
    if form.validate_on_submit():
        try:
            actions.return_to_authors(draft, reasons=form.reasons.data, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_feedback", slug=slug)
    return _review_page(form, consultation, draft, status=422)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/influence")
@signed_in
def row_influence(slug: str, number: int) -> Response:
    """What a point did to the plan."""
    consultation, draft = found_draft(slug, "review_feedback")
    row = queries.row(draft, number)
    now = next((name for name, flags in INFLUENCE.items() if flags == (row.reflects, row.informs)), None)
    form = forms.InfluenceForm(formdata=None, influence=now if row.flagged_by else None)
    return page(form=form, consultation=consultation, row=row)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/influence")
@signed_in
@saves
def save_influence(slug: str, number: int) -> Response:
    """Keep it beside the row."""
    consultation, draft = found_draft(slug, "review_feedback")
    row = queries.row(draft, number)
    form = forms.InfluenceForm()
    if form.validate_on_submit():
        reflects, informs = INFLUENCE[str(form.influence.data)]
        try:
            actions.flag(row, reflects=reflects, informs=informs, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".review_feedback", slug=slug)
    return page("row_influence", status=422, form=form, consultation=consultation, row=row)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/publish")
@signed_in
@saves
def publish_feedback(slug: str) -> Response:
    """Freeze it for everybody."""
    _consultation, draft = found_draft(slug, "publish_feedback")
    forms.RemoveForm().must_be_ours()
    actions.publish(draft, by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


def _review_page(
    form: forms.ReturnForm, consultation: Consultation, draft: FeedbackDraft, status: int = 200
) -> Response:
    now = clock.now()
    feedback = queries.as_page(draft)
    return page(
        "review_feedback",
        status=status,
        form=form,
        consultation=consultation,
        draft=draft,
        refusal=why_not(account(), "publish_feedback", draft),
        lacking=lacking(feedback, lifecycle.day_of(now)),
        untranslated={language: feedback.untranslated(language) for language in others(consultation)},
        changes=feedback.changes,
        closed=lifecycle.phase(consultation, now) in (Phase.CLOSED, Phase.REPORTED),
        language_name=language_name,
        answers=dict(forms.ANSWERS),
        influences=dict(forms.INFLUENCES),
        influence_of=lambda row: next(
            name for name, flags in INFLUENCE.items() if flags == (row.reflects, row.informs)
        ),
    )
