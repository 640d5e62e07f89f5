"""Staff see how far You Said, We Did has got, and put its themes in order."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, groups_for, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Missing, Rejected
from consult.domain.feedback import lacking
from consult.feedback import actions, queries
from consult.feedback.models import FeedbackDraft, FeedbackTheme
from consult.feedback.routes import blueprint, forms
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section


@blueprint.get("/staff/you-said-we-did")
@signed_in
def staff_feedback_list() -> Response:
    """Every consultation that is or was public, and how far its answer has got."""
    authorise("see_results")
    now, drafts = clock.now(), queries.drafts()
    newest = {one.consultation_id: one for one in queries.published()}
    listed = [
        (one, drafts.get(one.id), newest.get(one.id))
        for one in consultations.for_staff(groups_for("see_results"))
        if lifecycle.phase(one, now) in lifecycle.PUBLIC
    ]
    return page(listed=listed)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did")
@signed_in
def staff_feedback(slug: str) -> Response:
    """Themes and rows, what is missing, and what can be done next."""
    consultation = found(slug, "see_results")
    draft = queries.draft_of(consultation)
    today = lifecycle.day_of(clock.now())
    feedback = draft.feedback() if draft else None
    return page(
        form=forms.RemoveForm(),
        consultation=consultation,
        draft=draft,
        may_write=may(account(), "write_feedback", consultation) and (draft is None or draft.state != "in_review"),
        may_take_back=may(account(), "write_feedback", consultation)
        and draft is not None
        and draft.state == "in_review",
        may_review=may(account(), "review_feedback", draft or consultation),
        lacking=lacking(feedback, today) if feedback else [],
        untranslated={language: feedback.untranslated(language) for language in others(consultation)}
        if feedback
        else {},
        others=others(consultation),
        publications=queries.publications(consultation),
        language_name=language_name,
        answers=dict(forms.ANSWERS),
    )


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/themes/new")
@signed_in
def new_theme(slug: str) -> Response:
    """One more theme."""
    consultation = found(slug, "write_feedback")
    return _theme_page(forms.theme_form(consultation)(formdata=None), consultation, None)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/themes/new")
@signed_in
@saves
def save_new_theme(slug: str) -> Response:
    """Keep it."""
    consultation = found(slug, "write_feedback")
    form = forms.theme_form(consultation)()
    if form.validate_on_submit():
        try:
            actions.add_theme(consultation, title=forms.title_of(form, consultation), by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(Rejected(f"title_{consultation.language}", rejected.message))
        else:
            return see_other(".staff_feedback", slug=slug)
    return _theme_page(form, consultation, None, status=422)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/themes/<int:number>")
@signed_in
def edit_theme(slug: str, number: int) -> Response:
    """Its title in every language."""
    consultation, theme = found_theme(slug, number)
    form = forms.theme_form(consultation)(formdata=None, **forms.title_now(theme, consultation))
    return _theme_page(form, consultation, theme)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/themes/<int:number>")
@signed_in
@saves
def save_theme(slug: str, number: int) -> Response:
    """Keep it."""
    consultation, theme = found_theme(slug, number)
    form = forms.theme_form(consultation)()
    if form.validate_on_submit():
        try:
            actions.rename_theme(theme, title=forms.title_of(form, consultation), by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(Rejected(f"title_{consultation.language}", rejected.message))
        else:
            return see_other(".staff_feedback", slug=slug)
    return _theme_page(form, consultation, theme, status=422)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/themes/<int:number>/move")
@signed_in
@saves
def move_theme(slug: str, number: int) -> Response:
    """One place up or down."""
    _consultation, theme = found_theme(slug, number)
    forms.RemoveForm().must_be_ours()
    actions.move_theme(theme, up=upwards(), by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/themes/<int:number>/remove")
@signed_in
@saves
def remove_theme(slug: str, number: int) -> Response:
    """Remove one that has no rows."""
    _consultation, theme = found_theme(slug, number)
    forms.RemoveForm().must_be_ours()
    actions.remove_theme(theme, by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


def answering_back(consultation: Consultation, now: datetime) -> Section | None:
    """The way here from a consultation's staff page, once it is public."""
    if lifecycle.phase(consultation, now) not in lifecycle.PUBLIC or not may(account(), "see_results", consultation):
        return None
    href = url_for("feedback.staff_feedback", slug=consultation.slug)
    return Section("You Said, We Did", [Card(href=href, title="What we heard and what we do about it")])


def found(slug: str, verb: str) -> Consultation:
    """Load a consultation and authorise in one step."""
    consultation = consultations.by_slug(slug)
    authorise(verb, consultation)
    return consultation


def found_draft(slug: str, verb: str) -> tuple[Consultation, FeedbackDraft]:
    """What is being written for it; authorised by the draft, which knows who wrote it."""
    consultation = consultations.by_slug(slug)
    draft = queries.draft_of(consultation)
    authorise(verb, draft or consultation)
    if draft is None:
        raise Missing("Nobody has begun to write this yet.")
    return consultation, draft


def found_theme(slug: str, number: int) -> tuple[Consultation, FeedbackTheme]:
    """One of its themes, to be written."""
    consultation, draft = found_draft(slug, "write_feedback")
    return consultation, queries.theme(draft, number)


def upwards() -> bool:
    """Which of the two buttons was pressed."""
    return request.form.get("to") == "up"


def others(consultation: Consultation) -> list[str]:
    """Its languages beside the one it was written in."""
    return [language for language in consultation.languages if language != consultation.language]


def _theme_page(
    form: forms.Form, consultation: Consultation, theme: FeedbackTheme | None, status: int = 200
) -> Response:
    return page(
        "edit_theme",
        status=status,
        form=form,
        consultation=consultation,
        theme=theme,
        fields=[field for field in form if field.name != "csrf_token"],
    )
