"""The questionnaire on paper: for everybody where answers are asked for, and for staff with the codes to key it by."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from flask import Blueprint, Flask, Response, current_app, make_response, url_for
from flask_babel import gettext as _

from consult import clock
from consult.accounts.access import authorise, signed_in
from consult.accounts.queries import organisation
from consult.consultations import queries
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.equality import asked
from consult.domain.errors import Missing
from consult.domain.questionnaire import Questionnaire
from consult.domain.wording import Wording
from consult.extensions import limiter
from consult.publications.document import Document
from consult.publications.questionnaire import Sending, code_sheet, fillable
from consult.publications.writers import available, write_html, write_pdf
from consult.publications.writers.html import policy
from consult.web.access import cache_at_most, public
from consult.web.locale import autonym, current_language, zone
from consult.web.page import page
from consult.web.sections import Card, Section, add_section

blueprint = Blueprint("printing", __name__)

#: Ordinary print of 12 points, and large print of 18.
SIZES = ("ordinary", "large")
TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


def register(app: Flask) -> None:
    """Bind the pages, and the card on a consultation's page."""
    app.register_blueprint(blueprint)
    add_section("consultation", other_ways, order=80)


def other_ways(consultation: Consultation, now: datetime) -> Section | None:
    """The form to print, where everybody may answer."""
    if not on_paper(consultation, now):
        return None
    card = Card(
        url_for("printing.paper_form", slug=consultation.slug),
        {current_language(): _("Answer on paper")},
        note=_("A form to print and send back, also in large print."),
    )
    return Section(_("Other ways to answer"), [card])


def on_paper(consultation: Consultation, now: datetime) -> bool:
    """Whether everybody may have the form."""
    return (
        lifecycle.phase(consultation, now) is lifecycle.Phase.OPEN
        and not consultation.invited_only
        and consultation.current is not None
    )


@blueprint.get("/consultations/<slug>/paper")
@public()
def paper_form(slug: str) -> Response:
    """The form in every language and size."""
    consultation = _open(slug)
    revision = consultation.current
    spoken = [(one, autonym(one)) for one in revision.languages] if revision else []
    return page(consultation=consultation, spoken=spoken, types=[one for one in ("pdf", "html") if made(one)])


@blueprint.get("/consultations/<slug>/paper/<language>/<size>.<form>")
@public(max_age=600)
@limiter.limit("60/minute")
def printed_form(slug: str, language: str, size: str, form: str) -> Response:
    """One of them."""
    return answer(_open(slug), language, size, form)


@blueprint.get("/staff/consultations/<slug>/questionnaire/form/<language>/<size>.<form>")
@signed_in
def staff_form(slug: str, language: str, size: str, form: str) -> Response:
    """The same for staff, before it opens too; `size` may also be "codes", the sheet to key by."""
    consultation = queries.by_slug(slug)
    authorise("see_consultation", consultation)
    return answer(consultation, language, size, form, codes=True)


def answer(consultation: Consultation, language: str, size: str, form: str, *, codes: bool = False) -> Response:
    """The file, looked at in the browser."""
    questionnaire, reference = _asked(consultation)
    if (
        language not in questionnaire.languages
        or not made(form)
        or size not in (*SIZES, *(("codes",) if codes else ()))
    ):
        raise Missing(_("If you typed the address, check that it is right."))
    document = written(consultation, questionnaire, reference, language, size)
    response: Response = make_response(kept(document, form))
    response.headers["Content-Type"] = TYPES[form]
    response.headers["Content-Disposition"] = f'inline; filename="{consultation.slug}-{language}-{size}.{form}"'
    if form == "html":
        response.headers["Content-Security-Policy"] = policy(document)
    return response


def written(
    consultation: Consultation, questionnaire: Questionnaire, reference: str, language: str, size: str
) -> Document:
    """The tree of one of them."""
    free = current_app.config["CONSULT"].freepost
    sending = Sending(
        reference=reference,
        to=free or organisation().contact_address,
        free=bool(free),
        by=lifecycle.day_of(consultation.closes_at, zone()) if consultation.closes_at else None,
        equality=asked(consultation.equality_questions) if consultation.equality else (),
        purpose=consultation.wording("equality_purpose"),
    )
    title = consultation.wording("title") or questionnaire.title
    if size == "codes":
        return code_sheet(questionnaire, language, sending, title=title)
    author = Wording(consultation.group.name).to(language).text
    return fillable(questionnaire, language, sending, title=title, author=author, large=size == "large")


def made(form: str) -> bool:
    """Whether files of this type can be made here."""
    return form in TYPES and (form != "pdf" or available())


@lru_cache(maxsize=40)
def kept(document: Document, form: str) -> bytes:
    """A form is set once and given to many: setting it takes a second."""
    return write_pdf(document) if form == "pdf" else write_html(document)


def _open(slug: str) -> Consultation:
    now = clock.now()
    consultation = queries.public_by_slug(slug, now)
    if not on_paper(consultation, now):
        raise Missing(_("If you typed the address, check that it is right."))
    cache_at_most(lifecycle.seconds_until_change([consultation], now))
    return consultation


def _asked(consultation: Consultation) -> tuple[Questionnaire, str]:
    revision = consultation.current
    if revision is not None:
        return revision.questionnaire(), f"{consultation.slug}/{revision.number}"
    draft = consultation.questionnaire()
    if draft is None:
        raise Missing("There is no questionnaire yet.")
    return draft, f"{consultation.slug}/draft"
