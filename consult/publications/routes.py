"""The questionnaire as a document to read and to print, for staff."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Flask, Response, make_response, url_for

from consult.accounts.access import authorise, current_account, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries
from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire
from consult.domain.wording import Wording
from consult.publications import api, downloading, packing, printing, summaries
from consult.publications.questionnaire import readable
from consult.publications.writers import FORMATS, NOT_HERE, available
from consult.web.locale import language_name
from consult.web.page import page
from consult.web.sections import Card, Section, add_section

blueprint = Blueprint("publications", __name__)


def register(app: Flask) -> None:
    """Bind the pages, and the card on a consultation's staff page."""
    app.register_blueprint(blueprint)
    api.register(app)
    downloading.register(app)
    packing.register(app)
    printing.register(app)
    summaries.register(app)
    add_section("staff_consultation", documents, order=22)


def documents(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to the questionnaire as a document."""
    if not consultation.definition or not may(current_account(), "see_consultation", consultation):
        return None
    card = Card(
        url_for("publications.questionnaire_documents", slug=consultation.slug),
        "To read and to print",
        "Every question with its routes, as a web page, PDF or Word document, in each language.",
    )
    return Section("The questionnaire as a document", [card])


@blueprint.get("/staff/consultations/<slug>/questionnaire/documents")
@signed_in
def questionnaire_documents(slug: str) -> Response:
    """Every language and format it can be had in."""
    consultation, questionnaire = _found(slug)
    spoken = [(language, language_name(language)) for language in questionnaire.languages]
    return page(
        consultation=consultation,
        spoken=spoken,
        formats={name: one.title for name, one in FORMATS.items() if name != "pdf" or available()},
        not_here="" if available() else NOT_HERE,
        types=[one for one in ("pdf", "html") if printing.made(one)],
        sizes={"ordinary": "form to fill in", "large": "form in large print", "codes": "code sheet for keyers"},
    )


@blueprint.get("/staff/consultations/<slug>/questionnaire/documents/<language>.<form>")
@signed_in
def questionnaire_document(slug: str, language: str, form: str) -> Response:
    """One of them, to be saved."""
    consultation, questionnaire = _found(slug)
    written = FORMATS.get(form)
    if written is None or language not in questionnaire.languages:
        raise Missing("There is no such document.")
    title = consultation.wording("title") or questionnaire.title
    document = readable(questionnaire, language, title=title, author=Wording(consultation.group.name).to(language).text)
    response: Response = make_response(written.write(document))
    response.headers["Content-Type"] = written.mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{language}.{form}"'
    return response


def _found(slug: str) -> tuple[Consultation, Questionnaire]:
    consultation = queries.by_slug(slug)
    authorise("see_consultation", consultation)
    questionnaire = consultation.questionnaire()
    if questionnaire is None:
        raise Missing("There is no questionnaire yet.")
    return consultation, questionnaire
