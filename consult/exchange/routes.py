"""Bring in a questionnaire that people already have, read and accept what could not be brought in, and give it out."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, Response, make_response, url_for

from consult import clock
from consult.accounts.access import account, authorise, current_account, signed_in
from consult.accounts.permissions import may
from consult.consultations import actions as consultations
from consult.consultations import queries as found_by
from consult.consultations.models import Consultation
from consult.domain.errors import Missing, Rejected
from consult.domain.questionnaire import Questionnaire, as_json
from consult.exchange import actions, files, queries
from consult.exchange.losses import CHANGED, LOST, NOTE, Imported, Refused
from consult.exchange.models import Import
from consult.exchange.xlsform.writing import write_xlsform
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
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(Form):
    """A file to bring in."""

    file = Upload(
        "A questionnaire file",
        hint="An XLSForm workbook (.xlsx or .xls), a LimeSurvey survey (.lss, .lsa, .lsg, .lsq or .txt), SurveyJS "
        "or our own .json. It replaces the questionnaire that is there now.",
        missing="Choose a file",
    )


class AcceptForm(Form):
    """One button."""


def register(app: Flask) -> None:
    """Bind the pages, the cards on a consultation's staff page, and what keeps it from being approved."""
    app.register_blueprint(blueprint)
    add_section("staff_consultation", bring_in, order=20)
    add_section("staff_consultation", give_out, order=21)
    consultations.add_lacking(queries.lacking)


def bring_in(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to importing, for a draft."""
    drafting = consultation.state == "draft" and may(current_account(), "import_questionnaire", consultation)
    brought = queries.latest(consultation)
    cards = []
    if drafting:
        cards.append(Card(url_for("exchange.import_questionnaire", slug=consultation.slug), "Bring in a file"))
    if brought and (drafting or may(current_account(), "see_consultation", consultation)):
        note = "Somebody has to accept this before it can be approved." if brought.waits else ""
        address = url_for("exchange.import_report", slug=consultation.slug)
        cards.append(Card(address, "What could not be brought in", note))
    return Section("Questionnaires people already have", cards) if cards else None


def give_out(consultation: Consultation, _now: datetime) -> Section | None:
    """The questionnaire as files for other programs."""
    if not consultation.definition or not may(current_account(), "see_consultation", consultation):
        return None
    return Section(
        "The questionnaire for other programs",
        [
            Card(
                url_for("exchange.questionnaire_file", slug=consultation.slug, form="xlsform"),
                "XLSForm workbook",
                "For KoboToolbox, ODK and other programs, and for translators.",
            ),
            Card(
                url_for("exchange.questionnaire_file", slug=consultation.slug, form="json"),
                "Our own JSON",
                "Whole: it can be brought in again without losing anything.",
            ),
        ],
    )


def _found(slug: str, verb: str = "import_questionnaire") -> Consultation:
    consultation = found_by.by_slug(slug)
    authorise(verb, consultation)
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
            actions.bring_in(consultation, imported=imported, filename=filename, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
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
    consultation = _found(slug, "see_consultation")
    brought = _brought(consultation)
    groups = [
        (words, [loss for loss in brought.losses if loss["severity"] == severity]) for severity, words in HEADINGS
    ]
    return page(
        consultation=consultation,
        report=brought,
        form=AcceptForm(formdata=None),
        may_accept=may(account(), "accept_losses", consultation),
        groups=[(words, losses) for words, losses in groups if losses],
        spoken=[language_name(one) for one in brought.languages],
    )


@blueprint.post("/staff/consultations/<slug>/import/accept")
@signed_in
@saves
def accept_losses(slug: str) -> Response:
    """Agree that what could not be brought in does no harm."""
    consultation = _found(slug, "accept_losses")
    actions.accept(_brought(consultation), by=account(), now=clock.now())
    return see_other(".import_report", slug=slug)


@blueprint.get("/staff/consultations/<slug>/import/report.<form>")
@signed_in
def import_report_file(slug: str, form: str) -> Response:
    """The same as a file."""
    brought = _brought(_found(slug, "see_consultation"))
    if form == "json":
        told = {
            "file": brought.file,
            "questions": brought.questions,
            "languages": brought.languages,
            "losses": brought.losses,
        }
        content = json.dumps(told, ensure_ascii=False, indent=1).encode()
        return _attached(content, "application/json", f"{slug}-losses.json")
    if form == "csv":
        return _attached(_csv(brought).encode(), "text/csv; charset=utf-8", f"{slug}-losses.csv")
    raise Missing("There is no such file.")


def _csv(brought: Import) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["severity", "sheet or part", "row", "column", "what the file says", "what we did", "times"])
    for loss in brought.losses:
        cells = [loss["severity"], loss["sheet"], loss["row"] or "", loss["column"], loss["said"], loss["done"]]
        rows.writerow([_guarded(cell) for cell in (*cells, loss["times"])])
    return written.getvalue()


def _guarded(cell: Any) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) else str(cell)


def _brought(consultation: Consultation) -> Import:
    brought = queries.latest(consultation)
    if brought is None:
        raise Missing("Nothing was brought in here yet.")
    return brought


@blueprint.get("/staff/consultations/<slug>/questionnaire/as/<form>")
@signed_in
def questionnaire_file(slug: str, form: str) -> Response:
    """The questionnaire as a file for other programs."""
    consultation = _found(slug, "see_consultation")
    questionnaire = _asked(consultation)
    if form == "json":
        content = json.dumps(as_json(questionnaire), ensure_ascii=False, indent=1).encode()
        return _attached(content, "application/json", f"{slug}.json")
    if form == "xlsform":
        version = str(consultation.current.number) if consultation.current else "0"
        return _attached(write_xlsform(questionnaire, version=version).content, XLSX, f"{slug}.xlsx")
    raise Missing("There is no such file.")


def _asked(consultation: Consultation) -> Questionnaire:
    questionnaire = consultation.questionnaire()
    if questionnaire is None:
        raise Missing("There is no questionnaire yet.")
    return questionnaire


def _attached(content: bytes, mimetype: str, filename: str) -> Response:
    response: Any = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
