"""A questionnaire in a document or pasted: first what was understood beside its lines, then it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Response, request

from consult import clock
from consult.accounts.access import account, signed_in
from consult.consultations.models import Consultation
from consult.domain.errors import Rejected
from consult.exchange import actions
from consult.exchange.losses import Refused
from consult.exchange.routes import blueprint, folder, found
from consult.exchange.text import Reading, read_text, text_of
from consult.exchange.text.building import LEAVE
from consult.exchange.text.sources import LARGEST_FILE, LONGEST, check
from consult.questions import kinds
from consult.web.forms import Form, LongText, Text, Upload
from consult.web.page import page, see_other
from consult.web.saving import saves

KIND = re.compile(r"kind-(\d{1,5})")
PASTED = "pasted text"


class PasteForm(Form):
    """A document, or words."""

    file = Upload(
        "A document",
        hint="A Word document (.docx), an OpenDocument text (.odt) or plain text (.txt).",
        optional=True,
    )
    text = LongText(
        "Or paste the questions here",
        hint="One question or answer on each line, as in the document. You see what was understood before it is kept.",
        optional=True,
        longest=LONGEST,
        rows=15,
    )


class KeepForm(Form):
    """The text again, on the page that shows what was understood; the kinds stand beside it."""

    text = LongText("The text as it was read", longest=LONGEST, rows=20)
    filename = Text("The file", longest=120)


@blueprint.get("/staff/consultations/<slug>/import/text")
@signed_in
def paste_text(slug: str) -> Response:
    """Choose a document, or paste words."""
    return page(consultation=found(slug), form=PasteForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/import/text")
@signed_in
def understand_text(slug: str) -> Response:
    """Show what was understood of it; nothing is kept yet."""
    consultation, form = found(slug), PasteForm()
    if form.validate_on_submit():
        try:
            text, filename = _given(form)
            return _understood(consultation, text, filename)
        except Rejected as rejected:
            form.reject(rejected)
    return page("paste_text", status=422, consultation=consultation, form=form)


@blueprint.post("/staff/consultations/<slug>/import/text/keep")
@signed_in
@saves
def keep_text(slug: str) -> Response:
    """Keep it, with the kinds that somebody chose."""
    consultation, form = found(slug), KeepForm()
    filename = form.filename.data or PASTED
    text = (form.text.data or "").replace("\r\n", "\n")
    if not form.validate_on_submit():
        return page("paste_text", status=422, consultation=consultation, form=PasteForm(formdata=None))
    try:
        reading = _read(consultation, text, filename, kinds_of(request.form))
        at, by, imported = clock.now(), account(), reading.imported
        actions.bring_in(consultation, imported=imported, filename=filename, folder=folder(), by=by, now=at)
    except Rejected as rejected:
        form = PasteForm(formdata=None)
        form.text.data = text
        form.reject(rejected)
        return page("paste_text", status=422, consultation=consultation, form=form)
    return see_other(".import_report", slug=slug)


def kinds_of(sent: Mapping[str, str]) -> dict[int, str]:
    """The kinds that were chosen, by the line that their questions begin on."""
    found = ((KIND.fullmatch(name), value) for name, value in sent.items())
    return {int(name[1]): value for name, value in found if name and (value == LEAVE or value in kinds())}


def _given(form: PasteForm) -> tuple[str, str]:
    """The words that were sent, and what to call them."""
    try:
        if not form.file.empty():
            filename = (form.file.data.filename or "document")[:120]
            return text_of(form.file.data.stream.read(LARGEST_FILE + 1), filename), filename
        text = (form.text.data or "").replace("\r\n", "\n")
        if not text.strip():
            raise Rejected("file", "Choose a document or paste the questions")
        check(text, PASTED)
    except Refused as refusal:
        raise Rejected("file", refusal.message) from None
    return text, PASTED


def _read(consultation: Consultation, text: str, filename: str, chosen: dict[int, str] | None = None) -> Reading:
    try:
        return read_text(text, filename, language=consultation.language, kinds=chosen)
    except Refused as refusal:
        raise Rejected("text", refusal.message) from None


def _understood(consultation: Consultation, text: str, filename: str) -> Response:
    reading = _read(consultation, text, filename)
    form = KeepForm(formdata=None)
    form.text.data = text
    return page(
        "understood_text",
        consultation=consultation,
        form=form,
        filename=filename,
        parts=reading.parts,
        asked=reading.imported.questions,
        leave=LEAVE,
        kind_name=kind_name,
    )


def kind_name(name: str) -> str:
    """What authors call a kind."""
    return str(kinds()[name].title) if name in kinds() else name
