"""Which questions are crossed with answers about equality, and what for."""

from __future__ import annotations

from datetime import datetime

from flask import Response, url_for

from consult import clock
from consult.accounts.access import account, may_i, signed_in
from consult.consultations.actions import crossing as actions
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint
from consult.consultations.routes.writing import found
from consult.domain.crossing import Declared
from consult.domain.errors import Rejected
from consult.web.forms import Checkboxes, Form, LongText
from consult.web.page import page, plain, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section


@blueprint.get("/staff/consultations/<slug>/crossings")
@signed_in
def edit_crossings(slug: str) -> Response:
    """Choose the questions, each with a purpose."""
    shown = found(slug, "edit_consultation")
    named = Declared.from_json(shown.crossings).named
    now = {_purpose(one.question): one.purpose.get(shown.language, "") for one in named}
    form = _form(shown)(formdata=None, **now, weighted=[one.question for one in named if one.weighted])
    return page(consultation=shown, form=form, fields=_fields(form))


@blueprint.post("/staff/consultations/<slug>/crossings")
@signed_in
@saves
def save_crossings(slug: str) -> Response:
    """Keep them."""
    shown = found(slug, "edit_consultation")
    form = _form(shown)()
    if form.validate_on_submit():
        before = {one.question: one.purpose for one in Declared.from_json(shown.crossings).named}
        purposes = {
            axis.question: {
                **before.get(axis.question, {}),
                shown.language: form[_purpose(axis.question)].data or "",
            }
            for axis in actions.crossable(shown)
        }
        weighted = form["weighted"].data or [] if "weighted" in form else []
        try:
            actions.declare_crossings(shown, purposes=purposes, weighted=weighted, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".staff_consultation", slug=slug)
    return page("edit_crossings", status=422, consultation=shown, form=form, fields=_fields(form))


def _form(shown: Consultation) -> type[Form]:
    """A purpose for each closed question, and which of them are weighted."""
    questionnaire = shown.questionnaire()
    possible = actions.crossable(shown)
    if questionnaire is None or not possible:
        return Form
    said = {axis.question: str(plain(questionnaire.question_by_key[axis.question].text)) for axis in possible}
    fields = {
        _purpose(key): LongText(text, longest=actions.LONGEST_PURPOSE, rows=2, optional=True, marked=False)
        for key, text in said.items()
    }
    weighted = Checkboxes(
        "Which of these are also counted by age and sex together, for weighting?",
        hint="Weighted figures may be shown beside the others only for questions named here.",
        choices=tuple(said.items()),
        optional=True,
    )
    return type("CrossingsForm", (Form,), {**fields, "weighted": weighted})


def _purpose(key: str) -> str:
    return f"purpose_{key}"


def _fields(form: Form) -> list[object]:
    return [field for field in form if field.name.startswith("purpose_") or field.name == "weighted"]


def to_choose(shown: Consultation, _now: datetime) -> Section | None:
    """On a draft's staff page, where equality questions are asked; and for whoever approves, what was chosen."""
    if not shown.equality or shown.state not in ("draft", "in_review"):
        return None
    named = Declared.from_json(shown.crossings).named
    said = "; ".join(f"{one.question}: {one.purpose.get(shown.language, '')}" for one in named)
    note = said or "None: answers about equality are counted one question at a time."
    may = shown.state == "draft" and may_i("edit_consultation", shown)
    address = url_for("consultations.edit_crossings" if may else "consultations.staff_consultation", slug=shown.slug)
    return Section("Crossed with equality questions", [Card(address, "Which questions, and what for", note)])
