"""Files of results to take away: the released tables for everybody, rows of responses for those who may."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, make_response, request, stream_with_context, url_for

from consult import clock
from consult.accounts.access import account, authorise, current_account, signed_in
from consult.accounts.actions.log import record
from consult.accounts.permissions import may
from consult.accounts.queries import organisation
from consult.answering import queries as answering
from consult.config import Settings
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import NotNow, Rejected
from consult.extensions import db
from consult.publications import downloads
from consult.publications.downloads import csvw, opendocument, released, tables
from consult.publications.downloads.tables import Table
from consult.results import export, queries, sheets
from consult.results.routes.public import released_of
from consult.web.access import public
from consult.web.forms import Form, LongText, Radios
from consult.web.page import page, plain
from consult.web.saving import saves
from consult.web.sections import Card, Section, add_section

MIMETYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "ods": opendocument.MIMETYPE,
    "xlsx": downloads.ROWS["xlsx"].mimetype,
}

#: Rows that a page sends: a request may take a minute, and the command line has no such limit.
MOST_ROWS = 200_000
#: Bytes of a finished file that are sent at once.
AT_ONCE = 65_536
WHAT = {
    "responses": "One row for each response",
    "comments": "What people wrote, in an order of its own",
}

blueprint = Blueprint("downloads", __name__)


def register(app: Flask) -> None:
    """Bind the addresses, and the card on a consultation's staff page."""
    app.register_blueprint(blueprint)
    add_section("staff_consultation", to_take_away, order=31)


@blueprint.get("/consultations/<slug>/results.csv")
@public()
def results_csv(slug: str) -> Response:
    """The released figures as a table; it says where its description is."""
    response = _released(slug, "csv")
    described = url_for(".results_metadata", slug=slug)
    response.headers["Link"] = f'<{described}>; rel="describedby"; type="{csvw.MIMETYPE}"'
    return response


@blueprint.get("/consultations/<slug>/results.csv-metadata.json")
@public()
def results_metadata(slug: str) -> Response:
    """What the columns of that table are, where programs look for it."""
    consultation, release = released_of(slug)
    data = export.released(consultation, release.questionnaire(), release.released(), release)
    described = csvw.released(data, file="results.csv", publisher=_publisher(), titles=released.headings)
    return _kept(sheets.json_text(described).encode(), csvw.MIMETYPE)


@blueprint.get("/consultations/<slug>/results.ods")
@public()
def results_ods(slug: str) -> Response:
    """The same figures as a spreadsheet in the government's format."""
    return _released(slug, "ods")


@blueprint.get("/consultations/<slug>/results.xlsx")
@public()
def results_xlsx(slug: str) -> Response:
    """The same figures as a spreadsheet."""
    return _released(slug, "xlsx")


@blueprint.get("/consultations/<slug>/results.json")
@public()
def results_json(slug: str) -> Response:
    """The same figures for programs."""
    return _released(slug, "json")


def _released(slug: str, form: str) -> Response:
    consultation, release = released_of(slug)
    data = export.released(consultation, release.questionnaire(), release.released(), release)
    response = _kept(downloads.RELEASED[form](data, author=_publisher()), MIMETYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}-results.{form}"'
    return response


def _kept(content: bytes, mimetype: str) -> Response:
    """A file with an ETag that changes when it does."""
    response: Response = make_response(content)
    response.mimetype = mimetype
    response.set_etag(hashlib.sha256(content).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response


def _publisher() -> str:
    return plain(organisation().name)


# Rows of responses: confidential


class TakingForm(Form):
    """What somebody wants, in which format, and what for."""

    what = Radios("What do you need?", choices=list(WHAT.items()), missing="Choose what you need")
    form = Radios(
        "In which format?",
        choices=[(one.name, one.title) for one in downloads.ROWS.values()],
        missing="Choose a format",
    )
    reason = LongText(
        "What is it for?",
        longest=1000,
        rows=3,
        hint="Kept in the staff log with your name. Do not name anybody who answered.",
        missing="Say what it is for",
    )


@blueprint.get("/staff/consultations/<slug>/responses")
@signed_in
def download_responses(slug: str) -> Response:
    """What may be taken away, and what it is."""
    consultation = _to_export(slug)
    return _asked(consultation, TakingForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/responses")
@signed_in
@saves
def take_responses(slug: str) -> Response:
    """Write down who takes it and what for, then send the file."""
    consultation = _to_export(slug)
    form = TakingForm()
    if not form.validate_on_submit():
        return _asked(consultation, form, status=422)
    now, what, chosen = clock.now(), str(form.what.data), downloads.ROWS[str(form.form.data)]
    _refuse(consultation, now)
    try:
        _refuse_too_many(consultation, what)
    except Rejected as rejected:
        form.reject(rejected)
        return _asked(consultation, form, status=422)
    record(account(), "export_raw", consultation, now=now, note=f"{what} as {chosen.name}: {form.reason.data}")
    sent = stream_with_context(_sent(consultation.id, what, chosen))
    response = Response(sent, mimetype=chosen.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{what}.{chosen.name}"'
    return response


@blueprint.get("/staff/consultations/<slug>/<any(responses, comments):what>.csv-metadata.json")
@signed_in
def responses_metadata(slug: str, what: str) -> Response:
    """What the columns of the CSV file are; it holds nothing that anybody said."""
    consultation = _to_export(slug)
    described = csvw.of_rows(_table(consultation, what), file=f"{slug}-{what}.csv")
    response: Response = make_response(sheets.json_text(described))
    response.mimetype = csvw.MIMETYPE
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{what}.csv{csvw.SUFFIX}"'
    return response


def to_take_away(consultation: Consultation, now: datetime) -> Section | None:
    """The way there, for those who may, once answers are over."""
    if not may(current_account(), "export_raw", consultation) or _why_not(consultation, now):
        return None
    card = Card(
        url_for("downloads.download_responses", slug=consultation.slug),
        "Download the responses",
        "Confidential personal-level data: a row for each response, as CSV, SPSS, Parquet and more.",
    )
    return Section("Responses as files", [card])


def _to_export(slug: str) -> Consultation:
    consultation = consultations.by_slug(slug)
    authorise("export_raw", consultation)
    return consultation


def _asked(consultation: Consultation, form: TakingForm, *, status: int = 200) -> Response:
    return page(
        "download_responses",
        status=status,
        folder="publications",
        consultation=consultation,
        form=form,
        why_not=_why_not(consultation, clock.now()),
        responses=answering.responses(db.session, consultation.id),
        comments=queries.comments_written(consultation),
        least=_settings().min_group,
    )


def _refuse(consultation: Consultation, now: datetime) -> None:
    """On a page as on a live site: only once every answer is counted."""
    export.refuse_raw(consultation, now=now, least=_settings().min_group, production=True)


def _why_not(consultation: Consultation, now: datetime) -> str:
    try:
        _refuse(consultation, now)
    except NotNow as refusal:
        return str(refusal)
    return ""


def _refuse_too_many(consultation: Consultation, what: str) -> None:
    count = (
        queries.comments_written(consultation)
        if what == "comments"
        else answering.responses(db.session, consultation.id)
    )
    if count > MOST_ROWS:
        raise Rejected(
            "what",
            f"These are {count:,} rows, and a page sends {MOST_ROWS:,} at most. "
            f"Ask whoever runs the site for: consult export {consultation.slug} --raw",
        )


def _table(consultation: Consultation, what: str) -> Table:
    if what == "comments":
        return tables.comments(consultation)
    return tables.responses(consultation, least=_settings().min_group)


def _sent(number: int, what: str, chosen: downloads.Format) -> Iterator[bytes]:
    """The file piece by piece; nothing of it stays on the disk.

    Flask takes the request apart before the first piece and puts it up again, so that nothing here holds a lock.
    """
    table = _table(db.session.get_one(Consultation, number), what)
    if chosen.pieces is not None:
        yield from chosen.pieces(table)
        return
    with tempfile.TemporaryDirectory(prefix="taking-", dir=_settings().instance) as name:
        place = Path(name) / f"rows.{chosen.name}"
        chosen.write_rows(table, place)
        with place.open("rb") as opened:
            while piece := opened.read(AT_ONCE):
                yield piece


def _settings() -> Settings:
    settings: Settings = current_app.config["CONSULT"]
    return settings
