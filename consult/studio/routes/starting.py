"""Begin from what is there: another consultation, a template, a Word document, the bank of questions."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, current_account, groups_for, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain import editing
from consult.domain.bank.templates import TEMPLATES
from consult.domain.editing import PAGE
from consult.domain.errors import Missing, Rejected
from consult.studio.actions import bank, start
from consult.studio.actions import edit as acts
from consult.studio.actions.edit import state
from consult.studio.routes import blueprint
from consult.studio.routes.question_form import words_of
from consult.studio.routes.writing import drafted, label, seen
from consult.web.forms import Checkboxes, Form, Radios, Select, Text, YesNo
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

TEMPLATE, EARLIER = "template:", "earlier:"


class StartForm(Form):
    """What to begin from."""

    source = Radios("Start from", missing="Choose what to start from")
    earlier = Select("Which consultation?", optional=True)
    documents = Checkboxes("Its documents", choices=[("y", "List them here too")], optional=True, marked=False)


class KeepForm(Form):
    """What to call it in the bank, and for whom it is."""

    name = Text("Name in the bank", longest=200, missing="Enter what it is called in the bank")
    everybody = YesNo("May every group take it?", missing="Choose who may take it")


class RenameForm(Form):
    """Another name."""

    name = Text("Name in the bank", longest=200, missing="Enter what it is called in the bank")


@blueprint.get("/staff/consultations/<slug>/start-from")
@signed_in
def start_from(slug: str) -> Response:
    """What there is to begin from."""
    consultation = drafted(slug)
    return _start_page(consultation, _with_sources(StartForm(formdata=None), consultation))


@blueprint.post("/staff/consultations/<slug>/start-from")
@signed_in
@saves
def begin_from(slug: str) -> Response:
    """Begin from it; what was written before can be brought back from the list of changes."""
    consultation = drafted(slug)
    form = _with_sources(StartForm(), consultation)
    if not form.validate_on_submit():
        return _start_page(consultation, form, status=422)
    chosen, by, now = str(form.source.data), account(), clock.now()
    try:
        if chosen == EARLIER:
            if not form.earlier.data:
                raise Rejected("earlier", "Choose a consultation")
            earlier = consultations.by_slug(str(form.earlier.data))
            authorise("see_consultation", earlier)
            start.start_from(consultation, earlier, documents=bool(form.documents.data), by=by, now=now)
        elif chosen == "word":
            return see_other("exchange.paste_text", slug=slug)
        else:
            start.start_from_template(consultation, chosen.removeprefix(TEMPLATE), by=by, now=now)
    except Rejected as rejected:
        form.reject(rejected)
        return _start_page(consultation, form, status=422)
    return see_other("consultations.staff_consultation", slug=slug)


@blueprint.get("/staff/consultations/<slug>/write/page/<key>/bank")
@signed_in
def take_from_bank(slug: str, key: str) -> Response:
    """What the bank has for a page."""
    consultation = drafted(slug)
    now = state(consultation)
    asked = editing.find(now.definition, PAGE, key).data
    words = request.args.get("words", "")[:100]
    return page(
        form=Form(formdata=None),
        consultation=consultation,
        key=key,
        called=label(asked, now.definition["language"]),
        seen=now.number,
        words_sought=words,
        offered=[(one, _asks(one)) for one in bank.offered(groups_for("edit_consultation"), words=words)],
    )


@blueprint.post("/staff/consultations/<slug>/write/page/<key>/bank")
@signed_in
@saves
def put_from_bank(slug: str, key: str) -> Response:
    """Take one, and say what could not come with it."""
    consultation = drafted(slug)
    offer = next(
        (one for one in bank.offered(groups_for("edit_consultation")) if one.key == request.form.get("take")), None
    )
    if not Form().validate_on_submit() or offer is None:
        raise Missing("There is no such entry in the bank.")
    brought = bank.take(consultation, offer, page=key, seen=seen(), by=account(), now=clock.now())
    if brought.dropped:
        return page("taken_from_bank", consultation=consultation, offer=offer, dropped=brought.dropped)
    return see_other(".write_questionnaire", slug=slug, _anchor=f"{offer.part}-{brought.key}")


@blueprint.get("/staff/consultations/<slug>/write/<any(page, question):thing>/<key>/keep")
@signed_in
def keep_in_bank(slug: str, thing: str, key: str) -> Response:
    """Keep it to be asked again."""
    consultation = drafted(slug)
    now = state(consultation)
    form = KeepForm(formdata=None)
    form.name.data = label(editing.find(now.definition, thing, key).data, now.definition["language"])
    return page(form=form, consultation=consultation, thing=thing, key=key)


@blueprint.post("/staff/consultations/<slug>/write/<any(page, question):thing>/<key>/keep")
@signed_in
@saves
def save_in_bank(slug: str, thing: str, key: str) -> Response:
    """Keep it under that name."""
    consultation = drafted(slug)
    form = KeepForm()
    if not form.validate_on_submit():
        return page("keep_in_bank", status=422, form=form, consultation=consultation, thing=thing, key=key)
    bank.keep(
        consultation,
        thing,
        key,
        name=form.name.data or "",
        everybody=form.everybody.yes,
        by=account(),
        now=clock.now(),
    )
    return see_other(".question_bank")


@blueprint.get("/staff/bank")
@signed_in
def question_bank() -> Response:
    """Everything in the bank, our own and built in."""
    authorise("edit_consultation")
    words = request.args.get("words", "")[:100]
    groups = groups_for("edit_consultation")
    return page(
        words_sought=words,
        kept=bank.kept(groups, words=words, retired=True),
        built_in=[(one, _asks(one)) for one in bank.offered(groups, words=words) if one.key.startswith("ours:")],
    )


@blueprint.get("/staff/bank/<int:number>")
@signed_in
def bank_entry(number: int) -> Response:
    """One entry as it was kept."""
    form = RenameForm(formdata=None)
    entry = bank.find(number)
    authorise("edit_consultation", entry)
    form.name.data = entry.name
    return page(form=form, entry=entry, asks=_lines(entry.part, entry.definition, entry.language))


@blueprint.post("/staff/bank/<int:number>")
@signed_in
@saves
def save_bank_entry(number: int) -> Response:
    """Rename it, or offer it no longer."""
    entry = bank.find(number)
    authorise("edit_consultation", entry)
    form = RenameForm()
    act = request.form.get("act", "")
    if act in ("retire", "back") and Form().validate_on_submit():
        bank.retire(entry, back=act == "back", by=account(), now=clock.now())
    elif form.validate_on_submit():
        bank.rename(entry, name=form.name.data or "", by=account(), now=clock.now())
    else:
        return page(
            "bank_entry", status=422, form=form, entry=entry, asks=_lines(entry.part, entry.definition, entry.language)
        )
    return see_other(".question_bank")


def _with_sources(form: StartForm, consultation: Consultation) -> StartForm:
    form.source.set_choices(
        [
            *((f"{TEMPLATE}{one.key}", f"{one.name}. {one.purpose}") for one in TEMPLATES.values()),
            (EARLIER, "Another consultation: its texts, settings and questions, without dates and answers"),
            ("word", "A Word document or pasted text"),
        ]
    )
    listed = consultations.for_staff(groups_for("see_consultation"))
    form.earlier.set_choices(
        [(one.slug, one.wording("title").to("en").text) for one in listed if one.id != consultation.id]
    )
    return form


def _start_page(consultation: Consultation, form: StartForm, status: int = 200) -> Response:
    there = acts.state(consultation).definition.get("pages")
    return page("start_from", status=status, form=form, consultation=consultation, replaces=bool(there))


def _asks(one: bank.Offered) -> list[str]:
    return _lines(one.part, one.definition, "en")


def _lines(part: str, definition: dict[str, Any], language: str) -> list[str]:
    """What it asks, a line for each question with its answers."""
    asked = [definition]
    if part == PAGE:
        asked = []
        for one in definition.get("questions", []):
            asked += one.get("questions", []) if "section" in one else [one]
    return [_line(one, language) for one in asked]


def _line(question: dict[str, Any], language: str) -> str:
    answers = [words_of(one.get("label"), language) for one in question.get("options", [])]
    said = words_of(question.get("text"), language)
    return f"{said} ({'; '.join(answers)})" if answers else said


# What other pages show


def to_start(consultation: Consultation, _now: object) -> Section | None:
    """The way to begin from something, for a draft without questions."""
    if consultation.state != "draft" or not may(current_account(), "edit_consultation", consultation):
        return None
    name = "Start from a template or another consultation"
    note = "What is there now is replaced, and can be brought back." if consultation.definition else ""
    return Section("Begin", [Card(url_for("studio.start_from", slug=consultation.slug), name, note)])
