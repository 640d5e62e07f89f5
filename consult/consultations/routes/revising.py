"""A questionnaire is changed in substance while people answer it."""

from __future__ import annotations

from flask import Response

from consult import clock
from consult.accounts.access import account, signed_in
from consult.consultations import actions
from consult.consultations.models import Consultation
from consult.consultations.routes import blueprint, forms
from consult.consultations.routes.questionnaire import present, read_definition
from consult.consultations.routes.writing import found, refuse
from consult.domain import lifecycle
from consult.domain.errors import NotNow, Rejected
from consult.domain.questionnaire import BadDefinition
from consult.web.forms import Form
from consult.web.page import page, see_other
from consult.web.saving import saves


@blueprint.get("/staff/consultations/<slug>/questionnaire/revise")
@signed_in
def revise_questionnaire(slug: str) -> Response:
    """Ask for the new version and for what everybody reads about it."""
    shown = _open(slug)
    form = forms.with_reasons(forms.RevisionForm, shown)(formdata=None)
    form.definition.data = present(shown)
    return _revise_page(shown, form)


@blueprint.post("/staff/consultations/<slug>/questionnaire/revise")
@signed_in
@saves
def save_revision(slug: str) -> Response:
    """Ask it from now on."""
    shown = _open(slug)
    form = forms.with_reasons(forms.RevisionForm, shown)()
    if form.validate_on_submit():
        try:
            actions.revise(
                shown,
                definition=read_definition(form),
                reason=forms.reason_of(form, shown),
                same_meaning="yes" in (form.same_meaning.data or ()),
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            refuse(form, rejected, shown)
        except BadDefinition as error:
            for problem in error.problems[:50]:
                form.form_errors.append(f"{problem.where}: {problem.sentence}")
        else:
            return see_other(".staff_consultation", slug=slug)
    return _revise_page(shown, form, status=422)


def _open(slug: str) -> Consultation:
    shown = found(slug, "change_open_consultation")
    if lifecycle.phase(shown, clock.now()) not in actions.ANSWERED or not shown.revisions:
        raise NotNow("Questions are changed like this only while people answer.")
    return shown


def _revise_page(consultation: Consultation, form: Form, status: int = 200) -> Response:
    return page("revise_questionnaire", status=status, form=form, consultation=consultation)
