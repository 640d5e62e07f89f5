"""Bring in a questionnaire that people already have, read and accept what could not be brought in, and give it out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, make_response, url_for

from consult.accounts.access import authorise, current_account
from consult.accounts.permissions import may
from consult.consultations import actions as consultations
from consult.consultations import queries as found_by
from consult.consultations.models import Consultation
from consult.exchange import queries
from consult.web.sections import Card, Section, add_section

blueprint = Blueprint("exchange", __name__)


def register(app: Flask) -> None:
    """Bind the pages, the cards on a consultation's staff page, and what keeps it from being approved."""
    from consult.exchange.routes import giving, importing, losses, pasting, translating  # noqa: F401

    app.register_blueprint(blueprint)
    add_section("staff_consultation", bring_in, order=20)
    add_section("staff_consultation", give_out, order=21)
    add_section("staff_consultation", translate, order=22)
    add_section("review_consultation", what_was_accepted, order=10)
    consultations.add_lacking(queries.lacking)


def bring_in(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to importing, for a draft."""
    drafting = consultation.state == "draft" and may(current_account(), "import_questionnaire", consultation)
    brought = queries.latest(consultation)
    cards = []
    if drafting:
        cards.append(Card(url_for("exchange.import_questionnaire", slug=consultation.slug), "Bring in a file"))
        cards.append(
            Card(
                url_for("exchange.paste_text", slug=consultation.slug),
                "Bring in a document or pasted text",
                "For questions in Word or in an e-mail. You see what was understood before anything is kept.",
            )
        )
    if brought and (drafting or may(current_account(), "see_consultation", consultation)):
        note = "Somebody has to accept this before it can be approved." if brought.waits else ""
        address = url_for("exchange.import_report", slug=consultation.slug)
        cards.append(Card(address, "What could not be brought in", note))
    return Section("Questionnaires people already have", cards) if cards else None


def what_was_accepted(consultation: Consultation, _now: datetime) -> Section | None:
    """For whoever approves: what an import could not bring in, and who accepted that."""
    brought = queries.latest(consultation)
    if brought is None or not brought.losses:
        return None
    accepted = "Nobody has accepted this yet."
    if brought.accepted_at:
        accepted = f"Accepted by {brought.accepter.name if brought.accepter else 'the command line'}."
    elif not brought.waits:
        accepted = "Only notes: nobody has to accept them."
    address = url_for("exchange.import_report", slug=consultation.slug)
    return Section("The file it came from", [Card(address, "What could not be brought in", accepted)])


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


def translate(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to files for translators."""
    if not may(current_account(), "see_consultation", consultation):
        return None
    address = url_for("exchange.translations", slug=consultation.slug)
    return Section("Translations", [Card(address, "Files for translators, and how far each language is")])


def found(slug: str, verb: str = "import_questionnaire") -> Consultation:
    """The consultation at this address, for somebody who may do this with it."""
    consultation = found_by.by_slug(slug)
    authorise(verb, consultation)
    return consultation


def folder() -> Path:
    """Where files are kept."""
    return Path(current_app.config["CONSULT"].files)


def attached(content: bytes, mimetype: str, filename: str) -> Response:
    """A file to be saved."""
    response: Response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
