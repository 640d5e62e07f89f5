"""Staff write, translate, order and remove the rows of You Said, We Did."""

from __future__ import annotations

from flask import Response, request

from consult import clock
from consult.accounts.access import account, signed_in
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, NotNow, Rejected
from consult.feedback import actions, queries
from consult.feedback.models import FeedbackDraft, FeedbackRow
from consult.feedback.routes import blueprint, forms
from consult.feedback.routes.themes import found_draft, others, upwards
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/rows/new")
@signed_in
def new_row(slug: str) -> Response:
    """One more point."""
    consultation, draft = _written(slug)
    only = str(draft.themes[0].id) if len(draft.themes) == 1 else ""
    form = forms.row_form(consultation, draft.themes, formdata=None, theme=request.args.get("theme", only))
    return _row_page(form, consultation, None)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/rows/new")
@signed_in
@saves
def save_new_row(slug: str) -> Response:
    """Keep it."""
    consultation, draft = _written(slug)
    form = forms.row_form(consultation, draft.themes)
    if form.validate_on_submit():
        try:
            theme = queries.theme(draft, int(form.theme.data))
            actions.add_row(theme, text=forms.text_of(form, consultation, None), by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_feedback", slug=slug)
    return _row_page(form, consultation, None, status=422)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>")
@signed_in
def edit_row(slug: str, number: int) -> Response:
    """What we heard, where, our answer, and where it is addressed."""
    consultation, row = _row(slug, number)
    form = forms.row_form(consultation, row.theme.draft.themes, formdata=None, **forms.row_now(row, consultation))
    return _row_page(form, consultation, row)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>")
@signed_in
@saves
def save_row(slug: str, number: int) -> Response:
    """Keep it."""
    consultation, row = _row(slug, number)
    draft = row.theme.draft
    form = forms.row_form(consultation, draft.themes)
    if form.validate_on_submit():
        try:
            theme = queries.theme(draft, int(form.theme.data))
            actions.edit_row(
                row, text=forms.text_of(form, consultation, row), theme=theme, by=account(), now=clock.now()
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_feedback", slug=slug)
    return _row_page(form, consultation, row, status=422)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/in/<language>")
@signed_in
def translate_row(slug: str, number: int, language: str) -> Response:
    """Its words in another language."""
    consultation, row = _to_translate(slug, number, language)
    form = forms.translation_form(row, consultation)(formdata=None, **forms.translation_now(row, language))
    return _translation_page(form, consultation, row, language)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/in/<language>")
@signed_in
@saves
def save_translation(slug: str, number: int, language: str) -> Response:
    """Keep them."""
    consultation, row = _to_translate(slug, number, language)
    form = forms.translation_form(row, consultation)()
    if form.validate_on_submit():
        given = {field.name: field.data or "" for field in form if field.name != "csrf_token"}
        notes = [given.get(f"note_{at}", "") for at in range(len(row.evidence))]
        actions.translate_row(row, language=language, texts=given, notes=notes, by=account(), now=clock.now())
        return see_other(".staff_feedback", slug=slug)
    return _translation_page(form, consultation, row, language, status=422)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/move")
@signed_in
@saves
def move_row(slug: str, number: int) -> Response:
    """One place up or down within its theme."""
    _consultation, row = _row(slug, number)
    forms.RemoveForm().must_be_ours()
    actions.move_row(row, up=upwards(), by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


@blueprint.get("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/remove")
@signed_in
def remove_row(slug: str, number: int) -> Response:
    """Ask before a row is gone."""
    consultation, row = _row(slug, number)
    return page(form=forms.RemoveForm(), consultation=consultation, row=row)


@blueprint.post("/staff/consultations/<slug>/you-said-we-did/rows/<int:number>/remove")
@signed_in
@saves
def save_row_removal(slug: str, number: int) -> Response:
    """It is gone."""
    _consultation, row = _row(slug, number)
    forms.RemoveForm().must_be_ours()
    actions.remove_row(row, by=account(), now=clock.now())
    return see_other(".staff_feedback", slug=slug)


def _written(slug: str) -> tuple[Consultation, FeedbackDraft]:
    """What is being written, if it can be written now."""
    consultation, draft = found_draft(slug, "write_feedback")
    if draft.state == "in_review":
        raise NotNow("This is with a second person for review. Take it back to change it.")
    return consultation, draft


def _row(slug: str, number: int) -> tuple[Consultation, FeedbackRow]:
    consultation, draft = _written(slug)
    return consultation, queries.row(draft, number)


def _to_translate(slug: str, number: int, language: str) -> tuple[Consultation, FeedbackRow]:
    consultation, row = _row(slug, number)
    if language not in others(consultation):
        raise Missing("It is not offered in this language.")
    return consultation, row


def _row_page(form: forms.RowForm, consultation: Consultation, row: FeedbackRow | None, status: int = 200) -> Response:
    return page(
        "edit_row",
        status=status,
        form=form,
        consultation=consultation,
        row=row,
        fields=[one for one in form if one.name != "csrf_token"],
    )


def _translation_page(
    form: forms.Form, consultation: Consultation, row: FeedbackRow, language: str, status: int = 200
) -> Response:
    fields = [(one, forms.source_of(row, one.name, consultation.language)) for one in form if one.name != "csrf_token"]
    return page(
        "translate_row",
        status=status,
        form=form,
        consultation=consultation,
        row=row,
        language=language,
        fields=fields,
        language_name=language_name,
    )
