"""Signed packs for everybody, and the key to check them with."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Flask, Response, current_app, make_response, request
from flask_babel import gettext as _

from consult import clock
from consult.config import Settings
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.publications.pack import signing
from consult.publications.pack.keeping import kept
from consult.results import queries
from consult.results.models import Release
from consult.results.routes.public import released_of
from consult.web.access import public

blueprint = Blueprint("packs", __name__)


def register(app: Flask) -> None:
    """Bind the addresses."""
    app.register_blueprint(blueprint)


@blueprint.get("/consultations/<slug>/results.zip")
@public()
def results_pack(slug: str) -> Response:
    """The signed pack of what is published now."""
    return _sent(*released_of(slug))


@blueprint.get("/consultations/<slug>/results-<int:number>.zip")
@public()
def earlier_pack(slug: str, number: int) -> Response:
    """The signed pack of one release, also when there is a later one."""
    missing = _("If you typed the address, check that it is right.")
    consultation = consultations.public_by_slug(slug, clock.now(), missing=missing)
    release = next((one for one in queries.releases(consultation) if one.number == number), None)
    if release is None:
        raise Missing(missing)
    return _sent(consultation, release)


@blueprint.get("/open-data/signing-key.pem")
@public()
def signing_key() -> Response:
    """The public key that packs of this site are signed with."""
    key = signing.signing_key(_settings().signing_key).public_key()
    response = _kept(signing.pem(key), "application/x-pem-file")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _sent(consultation: Consultation, release: Release) -> Response:
    response = _kept(kept(consultation, release, _settings()), "application/zip")
    name = f"{consultation.slug}-results-{release.number}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _kept(content: bytes, mimetype: str) -> Response:
    response: Response = make_response(content)
    response.mimetype = mimetype
    response.set_etag(hashlib.sha256(content).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response


def _settings() -> Settings:
    settings: Settings = current_app.config["CONSULT"]
    return settings
