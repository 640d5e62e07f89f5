"""Come back later: a number shown once opens the draft again, on any device."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from consult import clock, limits
from consult.answering import asked, comeback, drafts
from consult.answering.holder import Gone, day_here, give_cookie, holder, take_cookie
from consult.answering.routes.begin import see_other_step
from consult.answering.routes.blueprint import blueprint
from consult.answering.routes.pages import gone
from consult.consultations.models import Consultation
from consult.domain.errors import Rejected
from consult.domain.journey import walk
from consult.extensions import db, limiter
from consult.web.access import private
from consult.web.forms import PublicForm, Text
from consult.web.page import page, see_other
from consult.web.saving import saves


class NumberForm(PublicForm):
    """The come-back number."""

    number = Text("", longest=60)


def number_form() -> NumberForm:
    """The form with its words in the reader's language."""
    form = NumberForm(request.form if request.method == "POST" else None)
    form.number.label.text = _("Your come-back number")
    form.number.hint = _("It has 17 digits: four groups of four, then one digit alone. Spaces do not matter.")
    form.number.missing = _("Enter your come-back number")
    return form


@blueprint.get("/consultations/<slug>/answer/save")
@private
def save_for_later(slug: str) -> Any:
    """Offer a come-back number, or to delete the answers."""
    found = holder(slug)
    if isinstance(found, Gone):
        return gone(found)
    return page(consultation=found.asked, token=found.token, number="", back=_carry_on(found))


@blueprint.post("/consultations/<slug>/answer/save")
@private
@limiter.limit(limits.NUMBER)
@saves
def make_number(slug: str) -> Any:
    """Make the number and show it this once; or delete the answers now."""
    found = holder(slug)
    if isinstance(found, Gone):
        return gone(found)
    found.check_token()
    if request.form.get("delete"):
        drafts.delete(db.session, found.begun.key, found.asked.id)
        return take_cookie(page("deleted", consultation=found.asked), found.asked.id)
    number = drafts.new_number(db.session, found.begun)
    answer = page(
        "save_for_later",
        consultation=found.asked,
        token=found.token,
        number=number,
        until=drafts.expiry(found.now, found.asked.closes_at, until=found.begun.until),  # type: ignore[arg-type]
        back=_carry_on(found),
    )
    if request.form.get("shared"):
        return take_cookie(answer, found.asked.id)
    return answer


def _carry_on(found: Any) -> str:
    route = found.route
    ahead = next((stop for stop in route.stops if stop.page.key not in found.begun.seen), None)
    if ahead is None:
        return url_for(".check", slug=found.asked.slug)
    return url_for(".question_page", slug=found.asked.slug, key=ahead.page.key)


@blueprint.get("/resume")
@private
def resume() -> Any:
    """Ask for the come-back number."""
    return page(form=number_form())


@blueprint.post("/resume")
@private
@limiter.limit(limits.NUMBER)
@limiter.limit(limits.WRONG_NUMBERS, deduct_when=limits.refused)
@saves
def come_back(**_unused: Any) -> Any:
    """Open the draft on this device."""
    form = number_form()
    if not form.validate():
        return page("resume", status=422, form=form)
    try:
        number = comeback.tidy(form.number.data)
        if number is None:
            raise Rejected("number", _("Check the number: one of its digits is wrong"))
        opened = drafts.from_number(db.session, number)
        if opened is None:
            raise Rejected(
                "number",
                _(
                    "No saved answers were found for this number. "
                    "They may have been sent, deleted, or kept too long ago."
                ),
            )
    except Rejected as rejected:
        form.reject(rejected)
        return page("resume", status=422, form=form)
    key, consultation_id = opened
    begun = drafts.open_draft(db.session, key, consultation_id)
    slug = db.session.get_one(Consultation, consultation_id).slug
    if begun is None:
        return see_other("consultations.show", slug=slug)
    revision = asked.revision(db.session, begun.revision)
    route = walk(revision.questionnaire, begun.answers, today=day_here(clock.now()))
    ahead = next((stop for stop in route.stops if stop.page.key not in begun.seen), None)
    answer = see_other_step(slug, ahead.page.key if ahead else "check")
    return give_cookie(answer, consultation_id, key, ticket=begun.token_hash)
