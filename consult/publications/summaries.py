"""The summary of a consultation as files, once its results are published."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, make_response, request, url_for
from flask import current_app as app_of
from flask_babel import gettext as _

from consult import clock
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import Missing
from consult.feedback import queries as feedback
from consult.publications.summary import summary
from consult.publications.writers import FORMATS, available
from consult.results import queries as results
from consult.web.access import public
from consult.web.locale import current_language
from consult.web.sections import Card, Section, add_section

#: As committees take them, in order.
OFFERED = ("docx", "pdf", "html")

blueprint = Blueprint("summaries", __name__)


def register(app: Flask) -> None:
    """Bind the address, and the list of files on a consultation's page."""
    app.register_blueprint(blueprint)
    add_section("consultation", on_two_pages, order=7)


@blueprint.get("/consultations/<slug>/summary.<form>")
@public()
def summary_file(slug: str, form: str) -> Response:
    """What was asked, said and done, on two pages."""
    missing = _("If you typed the address, check that it is right.")
    consultation = consultations.public_by_slug(slug, clock.now(), missing=missing)
    release = results.latest(consultation)
    if release is None or form not in OFFERED or (form == "pdf" and not available()):
        raise Missing(missing)
    site = (app_of.config["CONSULT"].site_url or request.host_url).rstrip("/") + request.script_root
    made = summary(consultation, release, feedback.latest(consultation), site=site)
    response: Response = make_response(FORMATS[form].write(made))
    response.headers["Content-Type"] = FORMATS[form].mimetype
    name = f"{slug}-summary-{current_language()}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def on_two_pages(consultation: Consultation, _now: object) -> Section | None:
    """On a consultation's page, once there are results."""
    if results.latest(consultation) is None:
        return None
    names = {"docx": _("Word document"), "pdf": "PDF", "html": _("web page to keep")}
    cards = [
        Card(url_for("summaries.summary_file", slug=consultation.slug, form=form), {current_language(): names[form]})
        for form in OFFERED
        if form != "pdf" or available()
    ]
    return Section(_("A summary on two pages"), cards)
