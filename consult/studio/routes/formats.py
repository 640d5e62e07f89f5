"""What each language and format lacks beside the questionnaire in its own language."""

from __future__ import annotations

from datetime import datetime

from flask import Response, url_for

from consult.accounts.access import authorise, current_account, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.actions import called, preparation
from consult.consultations.actions.reviewing import EASY_READ
from consult.consultations.models import Consultation
from consult.consultations.routes.pictures import DRAWN_BY
from consult.domain import parity
from consult.domain.gunning.plan import FORMATS
from consult.studio.queries import desk as queries
from consult.studio.queries.parts import questionnaire_of
from consult.studio.routes import blueprint
from consult.web.page import page
from consult.web.sections import Card, Section

#: Where each format comes from.
MADE_FROM = {
    "paper": "Printed from these questions, in each language that is offered.",
    "large_print": "Printed from these questions, in each language that is offered.",
    "easy_read": "Written and drawn by you: see below what it lacks.",
    "telephone": "Read out from these questions.",
    "braille": "Made outside this site. Check it against these questions before it is sent.",
    "audio": "Made outside this site. Check it against these questions before it is sent.",
    "bsl": "Made outside this site. Check it against these questions before it is sent.",
}


@blueprint.get("/staff/consultations/<slug>/formats")
@signed_in
def formats(slug: str) -> Response:
    """The parity of languages and formats: what each lacks, with the way to mend it."""
    shown = consultations.by_slug(slug)
    authorise("see_consultation", shown)
    asked = questionnaire_of(shown)
    draft = shown.draft() if asked is not None else None
    offered = [one for one in shown.languages if one != shown.language]
    easy = shown.language + EASY_READ
    return page(
        consultation=shown,
        asked=asked,
        counted=queries.progress(shown, offered) if asked is not None or not shown.definition else {},
        documents={
            one: [document for document in shown.shown_documents if document.language.split("-")[0] != one]
            for one in offered
        },
        easy=easy,
        lacks=parity.easy_read(draft, easy, drawn_by=DRAWN_BY) if draft else None,
        planned=preparation(shown).formats,
        formats=FORMATS,
        made_from=MADE_FROM,
        called=called,
        may_write=shown.state == "draft" and may(current_account(), "edit_consultation", shown),
    )


def to_formats(consultation: Consultation, _now: datetime) -> Section | None:
    """The way there from a consultation and its review."""
    if not consultation.definition or not may(current_account(), "see_consultation", consultation):
        return None
    address = url_for("studio.formats", slug=consultation.slug)
    return Section("Formats", [Card(address, "What each language and format lacks")])
