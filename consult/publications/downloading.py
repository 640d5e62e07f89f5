"""Files of results to take away: the released tables for everybody, rows of responses for those who may."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Flask, Response, make_response, request, url_for

from consult.accounts.queries import organisation
from consult.publications import downloads
from consult.publications.downloads import csvw, opendocument, released
from consult.results import export, sheets
from consult.results.routes.public import released_of
from consult.web.access import public
from consult.web.page import plain

MIMETYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "ods": opendocument.MIMETYPE,
    "xlsx": downloads.ROWS["xlsx"].mimetype,
}

blueprint = Blueprint("downloads", __name__)


def register(app: Flask) -> None:
    """Bind the addresses."""
    app.register_blueprint(blueprint)


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
