"""Pictures beside options: given out to everybody, and put there by staff."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, current_app, request

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.consultations import queries
from consult.consultations.actions import pictures
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.writing import found, refuse
from consult.domain.errors import Missing, Rejected
from consult.questions.choices import picture_address
from consult.web.access import public
from consult.web.forms import Form
from consult.web.page import page, see_other
from consult.web.saving import saves

#: A picture is known by its content, so that it never changes.
FOR_EVER = 31_536_000
#: The kinds that draw pictures beside their options.
DRAWN_BY = ("single_choice", "multiple_choice")


def folder() -> Path:
    """Where this site keeps pictures."""
    return pictures.folder_of(current_app.config["CONSULT"].files)


def lacking(consultation: Consultation) -> list[str]:
    """What is still to do about pictures before it is published."""
    return pictures.absent(consultation, folder())


@blueprint.get("/pictures/<name>")
@public(max_age=FOR_EVER)
def picture(name: str) -> Any:
    """One picture, as the kind that its own bytes say."""
    path = folder() / name
    if not pictures.NAME.fullmatch(name) or not path.is_file():
        raise Missing("There is no such picture.")
    content = path.read_bytes()
    kind = pictures.media_type(content)
    if kind is None:
        raise Missing("There is no such picture.")
    response = Response(content, mimetype=kind)
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.set_etag(name)
    return response.make_conditional(request)


@blueprint.get("/staff/consultations/<slug>/pictures")
@signed_in
def edit_pictures(slug: str) -> Response:
    """Every option that may have a picture, with the one it has."""
    shown = found(slug, "edit_consultation")
    questionnaire = shown.questionnaire()
    asked = [one for one in questionnaire.questions if one.kind in DRAWN_BY] if questionnaire else []
    return page(consultation=shown, asked=asked, address=picture_address)


@blueprint.get("/staff/consultations/<slug>/pictures/<question>/<int:number>")
@signed_in
def edit_picture(slug: str, question: str, number: int) -> Response:
    """Choose a picture and say what it shows."""
    shown = _editable(slug)
    option = pictures.option_of(shown, question, number)
    form = _form(shown)(formdata=None)
    if option.picture is not None:
        for language in shown.languages:
            form[f"alt_{language}"].data = option.picture.alt.get(language, "")
    return page(form=form, consultation=shown, question=question, number=number, option=option, address=picture_address)


@blueprint.post("/staff/consultations/<slug>/pictures/<question>/<int:number>")
@signed_in
@saves
def save_picture(slug: str, question: str, number: int) -> Response:
    """Put it beside the option."""
    shown = _editable(slug)
    option = pictures.option_of(shown, question, number)
    form = _form(shown)()
    if form.validate_on_submit():
        try:
            pictures.set_picture(
                shown,
                question=question,
                number=number,
                content=None if form.file.empty() else form.file.data.stream.read(pictures.LARGEST + 1),
                alt={language: form[f"alt_{language}"].data or "" for language in shown.languages},
                folder=folder(),
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            refuse(form, rejected, shown)
        else:
            return see_other(".edit_pictures", slug=slug)
    return page(
        "edit_picture",
        status=422,
        form=form,
        consultation=shown,
        question=question,
        number=number,
        option=option,
        address=picture_address,
    )


@blueprint.post("/staff/consultations/<slug>/pictures/<question>/<int:number>/remove")
@signed_in
@saves
def remove_picture(slug: str, question: str, number: int) -> Response:
    """Take it away from the option; it can be added again."""
    shown = _editable(slug)
    pictures.remove_picture(shown, question=question, number=number, by=account(), now=clock.now())
    return see_other(".edit_pictures", slug=slug)


def _editable(slug: str) -> Consultation:
    shown = queries.by_slug(slug)
    authorise("edit_consultation", shown)
    return shown


def _form(consultation: Consultation) -> type[Form]:
    return forms.with_descriptions(forms.PictureForm, consultation)
