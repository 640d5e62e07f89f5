"""Ask a question about a consultation, and read what others asked and what was answered."""

from __future__ import annotations

from datetime import datetime

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from consult import clock, limits
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.correspondence import actions, queries
from consult.correspondence.actions.enquiries import ASKABLE
from consult.correspondence.routes import blueprint
from consult.domain import lifecycle
from consult.domain.errors import Rejected
from consult.extensions import limiter
from consult.web.access import private, public
from consult.web.forms import LongText, PublicForm, Text
from consult.web.locale import current_language
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section


class QuestionForm(PublicForm):
    """What somebody wants to know, and where to reply to."""

    question = LongText(
        _l("Your question"),
        hint=_l("Please do not write about your own health here, or about somebody you name."),
        longest=2_000,
        rows=5,
        missing=_l("Enter your question"),
    )
    email = Text(
        _l("Your email address"),
        hint=_l("Only if you want a reply to you alone. We delete it once you have the reply."),
        kind="email",
        autocomplete="email",
        longest=254,
        optional=True,
    )


@blueprint.get("/consultations/<slug>/questions")
@public()
def questions(slug: str) -> Response:
    """What was asked and answered."""
    consultation = found(slug)
    return page(
        consultation=consultation,
        answered=queries.published_enquiries(consultation),
        can_ask=lifecycle.phase(consultation, clock.now()) in ASKABLE,
    )


@blueprint.get("/consultations/<slug>/questions/ask")
@public()
def ask_question(slug: str) -> Response:
    """The form, or that it is too late."""
    consultation = found(slug)
    if lifecycle.phase(consultation, clock.now()) not in ASKABLE:
        return page(
            "questions", consultation=consultation, answered=queries.published_enquiries(consultation), can_ask=False
        )
    return page(form=QuestionForm(formdata=None), consultation=consultation, days=_days())


@blueprint.post("/consultations/<slug>/questions/ask")
@private
@limiter.limit(limits.WRITE_TO_US)
@saves
def save_question(slug: str) -> Response:
    """Keep the question and say thank you."""
    consultation, form = found(slug), QuestionForm()
    if form.validate_on_submit():
        try:
            actions.ask(
                consultation,
                question=form.question.data or "",
                email=form.email.data or "",
                language=current_language(),
                now=clock.now(),
                within=_days(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".asked_question", slug=slug)
    return page("ask_question", status=422, form=form, consultation=consultation, days=_days())


@blueprint.get("/consultations/<slug>/questions/thanks")
@public()
def asked_question(slug: str) -> Response:
    """Thank you."""
    return page(consultation=found(slug), days=_days())


def asked_and_answered(consultation: Consultation, now: datetime) -> Section | None:
    """On a consultation's page: where to ask and to read answers, as long as there is either."""
    count = len(queries.published_enquiries(consultation))
    if not count and lifecycle.phase(consultation, now) not in ASKABLE:
        return None
    card = Card(
        href=url_for("correspondence.questions", slug=consultation.slug),
        title={current_language(): _("Ask a question, and read what others asked")},
        note=ngettext("%(num)s question answered", "%(num)s questions answered", count) if count else "",
    )
    return Section(_("Questions and answers"), [card])


def found(slug: str) -> Consultation:
    """The consultation if everybody may read its page now; raises Missing."""
    missing = _("If you typed the address, check that it is right.")
    return consultations.public_by_slug(slug, clock.now(), missing=missing)


def _days() -> int:
    days: int = current_app.config["CONSULT"].answer_days
    return days
