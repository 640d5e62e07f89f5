"""A published consultation is extended, paused, reopened or withdrawn, and a second person looks at it."""

from __future__ import annotations

from typing import Any

from flask import Response

from consult import clock
from consult.accounts.access import account, authorise, signed_in
from consult.consultations import actions, queries
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.writing import found, refuse
from consult.domain.errors import Missing, Rejected
from consult.web.forms import Form
from consult.web.page import page, see_other
from consult.web.saving import saves

#: What each act asks for, besides a public reason, and its words.
ACTS: dict[str, tuple[type[Form], str, str]] = {
    "extend": (
        forms.ExtendForm,
        "Close later",
        "Later dates follow it. A closing date can never become an earlier one.",
    ),
    "pause": (
        forms.PlainForm,
        "Pause",
        "Nobody can begin or send an answer until you open it again. Begun and sent answers are safe.",
    ),
    "reopen": (forms.ReopenForm, "Open again", "People can answer again at once."),
    "withdraw": (
        forms.WithdrawForm,
        "Withdraw",
        "This cannot be undone. The page stays and says why, and what happens to the answers.",
    ),
}


@blueprint.get("/staff/consultations/<slug>/change/<act>")
@signed_in
def change_consultation(slug: str, act: str) -> Response:
    """Ask for the reason."""
    shown, form_type = _found(slug, act)
    return _change_page(shown, act, form_type(formdata=None))


@blueprint.post("/staff/consultations/<slug>/change/<act>")
@signed_in
@saves
def save_change(slug: str, act: str) -> Response:
    """Do it."""
    shown, form_type = _found(slug, act)
    form = form_type()
    if form.validate_on_submit():
        try:
            _do(shown, act, form)
        except Rejected as rejected:
            refuse(form, rejected, shown)
        else:
            return see_other(".staff_consultation", slug=slug)
    return _change_page(shown, act, form, status=422)


@blueprint.post("/staff/consultations/<slug>/changes/<int:number>/second")
@signed_in
@saves
def second_change(slug: str, number: int) -> Response:
    """A second person has looked at a change."""
    change = queries.correction(queries.by_slug(slug), number)
    authorise("second_change", change)
    actions.second(change, by=account(), now=clock.now())
    return see_other(".staff_consultation", slug=slug)


def _do(consultation: Consultation, act: str, form: Form) -> None:
    common: dict[str, Any] = {"reason": forms.reason_of(form, consultation), "by": account(), "now": clock.now()}
    if act == "extend":
        actions.extend(consultation, closes_at=form.closes_at.data, **common)
    elif act == "pause":
        actions.pause(consultation, **common)
    elif act == "reopen":
        actions.reopen(consultation, closes_at=form.closes_at.data, **common)
    else:
        actions.withdraw(consultation, answers=form.answers.data, **common)


def _found(slug: str, act: str) -> tuple[Consultation, type[Form]]:
    shown = found(slug, "change_open_consultation")
    if act not in ACTS:
        raise Missing
    return shown, forms.with_reasons(ACTS[act][0], shown)


def _change_page(consultation: Consultation, act: str, form: Form, status: int = 200) -> Response:
    _form, title, sentence = ACTS[act]
    return page(
        "change_consultation",
        status=status,
        form=form,
        consultation=consultation,
        act=act,
        title=title,
        sentence=sentence,
        fields=[field for field in form if field.name != "csrf_token"],
    )
