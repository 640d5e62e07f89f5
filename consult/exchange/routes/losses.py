"""What could not be brought in: read, saved as a file, and accepted by somebody."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from flask import Response

from consult import clock
from consult.accounts.access import account, signed_in
from consult.accounts.permissions import may
from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.exchange import actions, queries
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.models import Import
from consult.exchange.routes import attached, blueprint, found
from consult.web.forms import Form
from consult.web.locale import language_name
from consult.web.page import page, see_other
from consult.web.saving import saves

HEADINGS = (
    (LOST, "Left out"),
    (CHANGED, "Asked differently"),
    (NOTE, "Good to know"),
)


class AcceptForm(Form):
    """One button."""


@blueprint.get("/staff/consultations/<slug>/import/report")
@signed_in
def import_report(slug: str) -> Response:
    """What could not be brought in, the gravest first."""
    consultation = found(slug, "see_consultation")
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
    consultation = found(slug, "accept_losses")
    actions.accept(_brought(consultation), by=account(), now=clock.now())
    return see_other(".import_report", slug=slug)


@blueprint.get("/staff/consultations/<slug>/import/report.<form>")
@signed_in
def import_report_file(slug: str, form: str) -> Response:
    """The same as a file."""
    brought = _brought(found(slug, "see_consultation"))
    if form == "json":
        told = {
            "file": brought.file,
            "questions": brought.questions,
            "languages": brought.languages,
            "losses": brought.losses,
        }
        content = json.dumps(told, ensure_ascii=False, indent=1).encode()
        return attached(content, "application/json", f"{slug}-losses.json")
    if form == "csv":
        return attached(_csv(brought).encode(), "text/csv; charset=utf-8", f"{slug}-losses.csv")
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
