"""Key one form after the other: codes, Tab, codes, Tab, Enter."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, may_i, signed_in
from consult.answering import drafts, seal
from consult.domain.errors import Rejected
from consult.keying import queries
from consult.keying.actions import forms as actions
from consult.keying.models import Batch
from consult.keying.routes import CHANNELS, REASONS, asking, blueprint, turn
from consult.keying.routes.batches import whole
from consult.keying.sheet import Reading, Sheet, read, typed_in
from consult.web.forms import Form
from consult.web.locale import autonym
from consult.web.page import page, see_other
from consult.web.saving import saves


class KeyingForm(Form):
    """The token; what is keyed is read by the sheet."""


@blueprint.get("/staff/batches/<int:number>/key")
@signed_in
def key_form(number: int) -> Response:
    """The whole questionnaire on one page, empty, for the next form."""
    batch = queries.batch(number)
    entry = turn(batch)
    after, saved = request.args.get("after", ""), request.args.get("saved", "")
    form = queries.next_number(batch, entry, after=int(after) if after.isdecimal() and len(after) < 7 else 0)
    if form is None or batch.closed_on is not None or queries.summed(batch).lacking <= 0:
        return see_other(".batch", number=number)
    return show(batch, asking.sheet_of(batch), number=str(form), typed={}, language=batch.language, saved=saved[:6])


@blueprint.post("/staff/batches/<int:number>/key")
@signed_in
@saves
def save_form(number: int) -> Response:
    """Keep one form and go to the next; a mistake names its question and keeps everything typed."""
    batch = queries.held(number)
    entry = turn(batch)
    sheet = asking.sheet_of(batch)
    typed = typed_in(sheet, request.form)
    language = request.form.get("language", "")
    if language not in batch.revision.languages:
        language = batch.language
    written = request.form.get("number", "")[:10]
    press = drafts.key_from_cookie(request.form.get("press")) or seal.new_key()
    again: dict[str, Any] = {"number": written, "typed": typed, "language": language, "press": press}
    if not KeyingForm().validate_on_submit():
        return show(batch, sheet, **again, wrong={"number": "Your session has ended. Save this form again"})
    if not any(text.strip() for text in typed.values()):
        empty = "Nothing is typed. If nothing is filled in, say below that this form cannot be keyed"
        return show(batch, sheet, **again, wrong={"number": empty})
    reading = read(sheet, typed, language=language)
    if reading.wrong:
        return show(batch, sheet, **again, wrong=reading.wrong)
    left_out = ",".join(reading.entry.not_asked)
    if left_out and request.form.get("left_out", "") != left_out:
        return show(batch, sheet, **again, reading=reading)
    try:
        form = whole("number", written)
        actions.key_form(batch, form, entry=reading.entry, turn=entry, sheet=sheet, press=press)
    except Rejected as rejected:
        return show(batch, sheet, **again, wrong={rejected.field: rejected.message}, reading=reading)
    return see_other(".key_form", number=number, after=form, saved=form)


@blueprint.post("/staff/batches/<int:number>/unreadable")
@signed_in
@saves
def cannot_be_keyed(number: int) -> Response:
    """Count a form as unreadable, with the reason."""
    batch = queries.held(number)
    decides = may_i("enter_responses", batch)
    if not decides:
        turn(batch)
    written = request.form.get("unreadable", "")[:10]
    wrong = {}
    if not KeyingForm().validate_on_submit():
        wrong = {"unreadable": "Your session has ended. Do this again"}
    else:
        try:
            form, reason = whole("number", written), request.form.get("reason", "")
            actions.cannot_be_keyed(batch, form, reason=reason, by=account(), now=clock.now(), decides=decides)
        except Rejected as rejected:
            wrong = {"reason" if rejected.field == "reason" else "unreadable": rejected.message}
    if wrong:
        return page(
            "cannot_be_keyed",
            status=422,
            batch=batch,
            written=written,
            wrong=wrong,
            problems=[{"text": message, "href": f"#{name}"} for name, message in wrong.items()],
            reasons=REASONS,
            form=refused(wrong.values()),
        )
    if queries.entry_of(batch, account()):
        return see_other(".key_form", number=number, after=form)
    return see_other(".batch", number=number)


@blueprint.post("/staff/batches/<int:number>/readable/<int:form>")
@signed_in
@saves
def can_be_keyed(number: int, form: int) -> Response:
    """An editor takes back that a form is unreadable."""
    batch = queries.held(number)
    authorise("enter_responses", batch)
    if KeyingForm().validate_on_submit():
        actions.can_be_keyed(batch, form, by=account(), now=clock.now())
    return see_other(".batch", number=number)


def show(
    batch: Batch,
    sheet: Sheet,
    *,
    number: str,
    typed: dict[str, str],
    language: str,
    wrong: dict[str, str] | None = None,
    reading: Reading | None = None,
    press: bytes | None = None,
    saved: str = "",
) -> Response:
    """Draw the page; `reading` is one that was good but for what is pointed out."""
    wrong = wrong or {}
    unasked = reading.entry.not_asked if reading else ()
    problems = [
        {
            "text": message if name == "number" else f"Question {asking.named(sheet, name)}: {message}",
            "href": f"#{name}",
        }
        for name, message in wrong.items()
    ]
    if unasked and not wrong:
        problems = [
            {
                "text": f"Answered though not asked: {asking.unasked_words(sheet, unasked)}. Check the answers before. "
                "If the form says so, save again: these answers are left out."
            }
        ]
    asked = asking.questions(sheet, typed=typed, wrong=wrong, language=language)
    first = next((name for name in wrong), asked[0].boxes[0].name if asked else "number")
    return page(
        "key_form",
        status=422 if problems else 200,
        batch=batch,
        number=number,
        number_error=wrong.get("number", ""),
        questions=asked,
        first=first,
        languages_offered=[(one, autonym(one)) for one in batch.revision.languages],
        language=language,
        channel=CHANNELS[batch.channel],
        press=drafts.cookie_value(press or seal.new_key()),
        left_out=",".join(unasked) if unasked and not wrong else "",
        problems=problems,
        reasons=REASONS,
        saved=saved,
        action=url_for(".save_form", number=batch.id),
        form=refused(one["text"] for one in problems),
        sheet_is_letters=sheet.letters,
    )


def refused(messages: Any) -> KeyingForm:
    """A form whose messages the head of the page tells of."""
    form = KeyingForm(formdata=None)
    form.form_errors = list(messages)
    return form
