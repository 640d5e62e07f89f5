"""Remarks of staff beside each text and question, with an answer, and what is dealt with."""

from __future__ import annotations

from datetime import datetime

from flask import Response, url_for

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.accounts.models import Account
from consult.accounts.permissions import groups_where
from consult.accounts.work import Step
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import Rejected
from consult.studio.actions import remark as actions
from consult.studio.models import Remark
from consult.studio.queries import changes
from consult.studio.queries import parts as anchors
from consult.studio.queries import remarks as queries
from consult.studio.queries.parts import Part
from consult.studio.routes import blueprint
from consult.web.forms import Form, LongText
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section


class RemarkForm(Form):
    """Something said about a part."""

    words = LongText("Your remark", longest=actions.LONGEST_REMARK, rows=5, missing="Enter your remark")


class PlainForm(Form):
    """Nothing but a button: the token of a staff form."""


@blueprint.get("/staff/consultations/<slug>/remarks")
@signed_in
def remarks(slug: str) -> Response:
    """Every text and question, with what was said about it."""
    shown = _found(slug)
    said, since = queries.by_part(shown), changes.changes(shown)
    there = anchors.parts(shown)
    known = {(one.kind, one.name) for one in there}
    return page(
        consultation=shown,
        form=PlainForm(formdata=None),
        parts=[(one, said.get((one.kind, one.name), [])) for one in there],
        gone=[remark for key, some in said.items() if key not in known for remark in some],
        open_count=sum(remark.open for some in said.values() for remark in some),
        count=sum(len(some) for some in said.values()),
        changed={(one.part, one.key) for one in since.differences} if since is not None else set(),
        who=who,
    )


@blueprint.get("/staff/consultations/<slug>/remarks/on/<kind>/", defaults={"name": ""})
@blueprint.get("/staff/consultations/<slug>/remarks/on/<kind>/<name>")
@signed_in
def write_remark(slug: str, kind: str, name: str) -> Response:
    """A box for a remark on one part."""
    shown = _found(slug)
    return _remark_page(shown, anchors.part(shown, kind, name), RemarkForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/remarks/on/<kind>/", defaults={"name": ""})
@blueprint.post("/staff/consultations/<slug>/remarks/on/<kind>/<name>")
@signed_in
@saves
def save_remark(slug: str, kind: str, name: str) -> Response:
    """Keep it."""
    shown = _found(slug)
    part = anchors.part(shown, kind, name)
    form = RemarkForm()
    if form.validate_on_submit():
        try:
            actions.remark(shown, part, words=form.words.data, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".remarks", slug=slug, _anchor=part.anchor)
    return _remark_page(shown, part, form, status=422)


@blueprint.get("/staff/consultations/<slug>/remarks/<int:number>/answer")
@signed_in
def answer_remark(slug: str, number: int) -> Response:
    """A box for an answer."""
    shown = _found(slug)
    return _answer_page(shown, queries.remark(shown, number), RemarkForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/remarks/<int:number>/answer")
@signed_in
@saves
def save_answer(slug: str, number: int) -> Response:
    """Keep it beside the remark."""
    shown = _found(slug)
    found = queries.remark(shown, number)
    form = RemarkForm()
    if form.validate_on_submit():
        try:
            actions.answer(found, words=form.words.data, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".remarks", slug=slug, _anchor=f"remark-{number}")
    return _answer_page(shown, found, form, status=422)


@blueprint.post("/staff/consultations/<slug>/remarks/<int:number>/close")
@signed_in
@saves
def close_remark(slug: str, number: int) -> Response:
    """It is dealt with."""
    actions.close(queries.remark(_found(slug), number), by=account(), now=clock.now())
    return see_other(".remarks", slug=slug, _anchor=f"remark-{number}")


@blueprint.post("/staff/consultations/<slug>/remarks/<int:number>/open")
@signed_in
@saves
def open_remark_again(slug: str, number: int) -> Response:
    """It is not dealt with after all."""
    actions.open_again(queries.remark(_found(slug), number), by=account(), now=clock.now())
    return see_other(".remarks", slug=slug, _anchor=f"remark-{number}")


def to_remarks(consultation: Consultation, _now: datetime) -> Section | None:
    """The way to the remarks, from the pages of a consultation and its review."""
    number = queries.open_remarks([consultation.id]).get(consultation.id, 0)
    address = url_for("studio.remarks", slug=consultation.slug)
    return Section("Remarks", [Card(address, "Remarks on the texts and questions", note=_still_open(number))])


def next_steps(who: Account, _now: datetime) -> list[Step]:
    """Open remarks on what somebody writes."""
    groups = groups_where(who, "edit_consultation")
    drafts = {one.id: one for one in consultations.for_staff(groups) if one.state in ("draft", "in_review")}
    counted = queries.open_remarks(drafts) if drafts else {}
    return [
        Step(
            None,
            f"Read the remarks on “{drafts[number].wording('title').to('en').text}”: {_still_open(count)}",
            url_for("studio.remarks", slug=drafts[number].slug),
            "You",
            "remarks",
        )
        for number, count in counted.items()
    ]


def who(remark: Remark) -> str:
    """Who said it, as staff read it."""
    if remark.writer is not None:
        return remark.writer.name or remark.writer.email
    if remark.link_id is not None:
        return f"{remark.signed}, by somebody with the link" if remark.signed else "By somebody with the link"
    return "Somebody"


def _still_open(number: int) -> str:
    return f"{number} open" if number else "None is open"


def _found(slug: str) -> Consultation:
    shown = consultations.by_slug(slug)
    authorise("see_consultation", shown)
    return shown


def _remark_page(consultation: Consultation, part: Part, form: RemarkForm, status: int = 200) -> Response:
    return page("write_remark", status=status, form=form, consultation=consultation, part=part)


def _answer_page(consultation: Consultation, remark: Remark, form: RemarkForm, status: int = 200) -> Response:
    return page("answer_remark", status=status, form=form, consultation=consultation, remark=remark, who=who)
