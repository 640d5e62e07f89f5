"""Bring in a questionnaire that people already have, and read what could not be brought in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, url_for

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.permissions import may
from consult.consultations import actions, queries
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, Rejected
from consult.exchange import files
from consult.exchange.losses import CHANGED, LOST, NOTE, Imported, Refused
from consult.web.forms import Form, Upload
from consult.web.locale import catalogues, language_name
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section, add_section

blueprint = Blueprint("exchange", __name__)
HEADINGS = (
    (LOST, "Left out"),
    (CHANGED, "Asked differently"),
    (NOTE, "Good to know"),
)


class ImportForm(Form):
    """A file to bring in."""

    file = Upload(
        "A questionnaire file",
        hint="An XLSForm workbook (.xlsx or .xls) or our own .json. It replaces the questionnaire that is there now.",
        missing="Choose a file",
    )


def register(app: Flask) -> None:
    """Bind the pages and the card on a consultation's staff page."""
    app.register_blueprint(blueprint)
    add_section("staff_consultation", bring_in, order=20)


def bring_in(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to importing, for a draft."""
    from consult.accounts.access import current_account

    if consultation.state != "draft" or not may(current_account(), "import_questionnaire", consultation):
        return None
    cards = [
        Card(url_for("exchange.import_questionnaire", slug=consultation.slug), "Bring in a questionnaire from a file")
    ]
    if files.kept_report(current_app.config["CONSULT"].files, consultation.id):
        cards.append(Card(url_for("exchange.import_report", slug=consultation.slug), "What could not be brought in"))
    return Section("Questionnaires people already have", cards)


def _found(slug: str) -> Consultation:
    consultation = queries.by_slug(slug)
    authorise("import_questionnaire", consultation)
    return consultation


@blueprint.get("/staff/consultations/<slug>/import")
@signed_in
def import_questionnaire(slug: str) -> Response:
    """Choose a file."""
    return page(consultation=_found(slug), form=ImportForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/import")
@signed_in
@saves
def save_import(slug: str) -> Response:
    """Read it, keep what can be kept, and report the rest; a file that cannot be read changes nothing."""
    consultation, form = _found(slug), ImportForm()
    if form.validate_on_submit():
        try:
            filename = (form.file.data.filename or "file")[:120]
            imported = _read(form.file.data.stream.read(files.LARGEST + 1), filename)
            actions.save_definition(consultation, definition=imported.definition, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            files.keep_report(current_app.config["CONSULT"].files, consultation.id, filename, imported)
            return see_other(".import_report", slug=slug)
    return page("import_questionnaire", status=422, consultation=consultation, form=form)


def _read(content: bytes, filename: str) -> Imported:
    try:
        return files.read_file(content, filename, offered=catalogues())
    except Refused as refusal:
        raise Rejected("file", refusal.message) from None


@blueprint.get("/staff/consultations/<slug>/import/report")
@signed_in
def import_report(slug: str) -> Response:
    """What could not be brought in, the gravest first."""
    consultation = _found(slug)
    report = _report(consultation)
    groups = [
        (words, [loss for loss in report["losses"] if loss["severity"] == severity]) for severity, words in HEADINGS
    ]
    return page(
        consultation=consultation,
        report=report,
        groups=[(words, losses) for words, losses in groups if losses],
        spoken=[language_name(one) for one in report["languages"]],
    )


@blueprint.get("/staff/consultations/<slug>/import/report.json")
@signed_in
def import_report_file(slug: str) -> Response:
    """The same as a file."""
    report = _report(_found(slug))
    response = make_response(json.dumps(report, ensure_ascii=False, indent=1))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-losses.json"'
    return response


def _report(consultation: Consultation) -> dict[str, Any]:
    report = files.kept_report(current_app.config["CONSULT"].files, consultation.id)
    if report is None:
        raise Missing("Nothing was brought in here yet.")
    return report
