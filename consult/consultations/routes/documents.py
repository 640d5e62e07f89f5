"""Staff add documents to a consultation's page and take them away."""

from __future__ import annotations

from flask import Response, current_app

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.consultations import actions, queries
from consult.consultations.actions.documents import LARGEST
from consult.consultations.models import Consultation, Document
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.public import about_file, document_file
from consult.consultations.routes.writing import found, refuse
from consult.domain.errors import Missing, Rejected
from consult.web.forms import Form
from consult.web.page import page, see_other
from consult.web.saving import saves


@blueprint.get("/staff/consultations/<slug>/documents")
@signed_in
def edit_documents(slug: str) -> Response:
    """What is there, and a form for one more."""
    shown = _found(slug)
    return _documents_page(_form(shown)(formdata=None), shown)


@blueprint.post("/staff/consultations/<slug>/documents")
@signed_in
@saves
def add_document(slug: str) -> Response:
    """Keep a file or a link."""
    shown = _found(slug)
    form = _form(shown)()
    form.language.set_choices(forms.language_choices(*shown.languages))
    if form.validate_on_submit():
        try:
            _add(shown, form)
        except Rejected as rejected:
            refuse(form, rejected, shown)
        else:
            return see_other(".edit_documents", slug=slug)
    return _documents_page(form, shown, status=422)


@blueprint.get("/staff/consultations/<slug>/documents/<int:number>")
@signed_in
def staff_document(slug: str, number: int) -> Response:
    """A document of a draft, to check it."""
    return document_file(queries.document(found(slug, "see_consultation"), number))


@blueprint.get("/staff/consultations/<slug>/documents/<int:number>/remove")
@signed_in
def remove_document(slug: str, number: int) -> Response:
    """Ask before it is taken away."""
    shown = _found(slug)
    return page(form=_remove_form(shown)(formdata=None), consultation=shown, document=queries.document(shown, number))


@blueprint.post("/staff/consultations/<slug>/documents/<int:number>/remove")
@signed_in
@saves
def save_document_removal(slug: str, number: int) -> Response:
    """Take it off the page."""
    shown = _found(slug)
    document, form = queries.document(shown, number), _remove_form(shown)()
    if form.validate_on_submit():
        try:
            actions.remove_document(document, by=account(), now=clock.now(), reason=forms.reason_of(form, shown))
        except Rejected as rejected:
            refuse(form, rejected, shown)
        else:
            return see_other(".edit_documents", slug=slug)
    return page("remove_document", status=422, form=form, consultation=shown, document=document)


def _add(consultation: Consultation, form: Form) -> Document:
    title = {consultation.language: form.title.data}
    for language in consultation.languages:
        words = form[f"title_{language}"].data if f"title_{language}" in form else ""
        if words:
            title[language] = words
    about = {
        "title": title,
        "language": form.language.data,
        "by": account(),
        "now": clock.now(),
        "reason": forms.reason_of(form, consultation),
    }
    if not form.file.empty():
        content = form.file.data.stream.read(LARGEST + 1)
        return actions.add_file(consultation, content=content, folder=current_app.config["CONSULT"].files, **about)
    if form.address.data:
        return actions.add_link(consultation, address=form.address.data, **about)
    raise Rejected("file", "Choose a file or enter a web address")


def _found(slug: str) -> Consultation:
    shown = queries.by_slug(slug)
    if shown.state == "reported":
        raise Missing("The documents of a consultation that is over stay as they are.")
    authorise("edit_consultation" if shown.state != "approved" else "change_open_consultation", shown)
    return shown


def _form(consultation: Consultation) -> type[Form]:
    base = forms.with_titles(forms.DocumentForm, consultation)
    return forms.with_reasons(base, consultation) if consultation.state == "approved" else base


def _remove_form(consultation: Consultation) -> type[Form]:
    return forms.with_reasons(forms.PlainForm, consultation) if consultation.state == "approved" else forms.PlainForm


def _documents_page(form: Form, consultation: Consultation, status: int = 200) -> Response:
    form.language.set_choices(forms.language_choices(*consultation.languages))
    return page(
        "edit_documents",
        status=status,
        form=form,
        consultation=consultation,
        documents=consultation.shown_documents,
        about_file=about_file,
    )
