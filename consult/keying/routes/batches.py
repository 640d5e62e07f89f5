"""Batches: counted on arrival, given to keyers, closed when they add up."""

from __future__ import annotations

from typing import Any

from flask import Response

from consult import clock
from consult.accounts.access import account, authorise, current_account, may_i, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.domain.errors import NotAllowed, Rejected
from consult.keying import queries
from consult.keying.actions import batches as actions
from consult.keying.models import Batch
from consult.keying.routes import CHANNELS, REASONS, blueprint
from consult.keying.routes.asking import sheet_of
from consult.keying.sheet import compared
from consult.questions import codes
from consult.web.forms import Checkboxes, DateInput, Form, LongText, Select, Text, YesNo
from consult.web.locale import autonym
from consult.web.page import page, see_other
from consult.web.saving import saves


class BatchForm(Form):
    """A bundle as it arrived."""

    channel = Select("How did they come?", choices=CHANNELS.items(), missing="Choose how they came")
    revision = Select(
        "Which version is printed on them?",
        hint="It stands at the foot of the page. Make a batch of its own for each version.",
        missing="Choose the version that is printed on the forms",
    )
    language = Select("Which language are they in?", missing="Choose a language")
    received_on = DateInput("When did they arrive?", missing="Enter the day they arrived")
    received = Text("How many are there?", width=5, missing="Count them and enter how many there are")
    twice = YesNo("Should a second person key them again?", missing="Choose yes or no")
    note = LongText(
        "Where did they come from?",
        hint="For example, the box at the library in Wareham. Never write names of people who answered.",
        optional=True,
        longest=500,
        rows=3,
    )


class CountForm(Form):
    """A corrected count."""

    received = Text("How many are there?", width=5, missing="Enter how many there are")
    late = Text("How many of them came after closing?", width=5, missing="Enter how many came after closing")


class KeyersForm(Form):
    """Who keys it."""

    first = Checkboxes("Who keys it?", optional=True, marked=False)
    second = Checkboxes("Who keys it a second time?", optional=True, marked=False)


class LateForm(Form):
    """Why late ones are counted."""

    reason = LongText("Why should they be counted?", longest=500, rows=3, missing="Say why they are counted")


class CloseForm(Form):
    """A button."""


@blueprint.get("/staff/consultations/<slug>/batches")
@signed_in
def batches(slug: str) -> Response:
    """Every batch of a consultation with its sum."""
    consultation = found(slug, "see_batches")
    numbers: dict[str, int] = {}
    for revision in queries.revisions(consultation):
        numbers = codes.numbers(queries.questionnaire(revision)) | numbers
    return page(
        consultation=consultation,
        rows=[(one, queries.summed(one)) for one in queries.batches(consultation)],
        channels=CHANNELS,
        patience=queries.PATIENCE.days,
        noted=[(numbers.get(key), key, what, count) for key, what, count in queries.paper_counts(consultation)],
        may_enter=may_i("enter_responses", consultation),
    )


@blueprint.get("/staff/consultations/<slug>/batches/new")
@signed_in
def make_batch(slug: str) -> Response:
    """Count what arrived."""
    consultation = found(slug, "enter_responses")
    return page(consultation=consultation, form=batch_form(consultation, formdata=None))


@blueprint.post("/staff/consultations/<slug>/batches/new")
@signed_in
@saves
def save_batch(slug: str) -> Response:
    """Keep the count."""
    consultation = found(slug, "enter_responses")
    form = batch_form(consultation)
    if form.validate_on_submit():
        try:
            made = actions.make_batch(
                consultation,
                revision=next(
                    (one for one in queries.revisions(consultation) if str(one.id) == form.revision.data), None
                ),
                channel=form.channel.data,
                language=form.language.data,
                received_on=form.received_on.data or clock.now().date(),
                received=whole("received", form.received.data),
                twice=form.twice.yes,
                note=form.note.data or "",
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".batch", number=made.id)
    return page("make_batch", status=422, consultation=consultation, form=form)


@blueprint.get("/staff/batches/<int:number>")
@signed_in
def batch(number: int) -> Response:
    """One batch: its sum and what is missing, who keys it, and how often two people did not agree."""
    return show(visible(number))


@blueprint.post("/staff/batches/<int:number>/count")
@signed_in
@saves
def count_again(number: int) -> Response:
    """Correct a count."""
    one, form = changed(number), CountForm()
    if form.validate_on_submit():
        try:
            received, late = whole("received", form.received.data), whole("late", form.late.data)
            actions.count_again(one, received=received, late=late, by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".batch", number=number)
    return show(one, form=form, status=422)


@blueprint.post("/staff/batches/<int:number>/keyers")
@signed_in
@saves
def choose_keyers(number: int) -> Response:
    """Say who keys it."""
    one = changed(number)
    form = keyers_form(one)
    if form.validate_on_submit():
        try:
            actions.choose_keyers(
                one,
                first=[int(one) for one in form.first.data or ()],
                second=[int(one) for one in form.second.data or ()],
                by=account(),
                now=clock.now(),
            )
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".batch", number=number)
    return show(one, form=form, status=422)


@blueprint.post("/staff/batches/<int:number>/late")
@signed_in
@saves
def count_late(number: int) -> Response:
    """The commissioner lets late answers be counted."""
    one, form = queries.held(number), LateForm()
    authorise("count_late_answers", one)
    if form.validate_on_submit():
        try:
            actions.count_late(one, reason=form.reason.data or "", by=account(), now=clock.now())
        except Rejected as rejected:
            form.reject(rejected)
        else:
            return see_other(".batch", number=number)
    return show(one, form=form, status=422)


@blueprint.post("/staff/batches/<int:number>/close")
@signed_in
@saves
def close_batch(number: int) -> Response:
    """Close it."""
    one, form = changed(number), CloseForm()
    if not form.validate_on_submit():
        return show(one, status=422)
    actions.close_batch(one, by=account(), now=clock.now())
    return see_other(".batch", number=number)


@blueprint.post("/staff/batches/<int:number>/reopen")
@signed_in
@saves
def reopen_batch(number: int) -> Response:
    """Open it again, to correct a count or to key what was found."""
    one, form = changed(number), CloseForm()
    if not form.validate_on_submit():
        return show(one, status=422)
    actions.reopen_batch(one, by=account(), now=clock.now())
    return see_other(".batch", number=number)


def found(slug: str, verb: str) -> Consultation:
    """The consultation at this address, for somebody who may do this."""
    consultation = consultations.by_slug(slug)
    authorise(verb, consultation)
    return consultation


def visible(number: int) -> Batch:
    """The batch, for those who watch over it and those who key it."""
    one = queries.batch(number)
    who = account()
    if may(who, "see_batches", one) or (queries.entry_of(one, who) and may(who, "key_forms", one)):
        return one
    raise NotAllowed("You are not among the people who key this batch.")


def changed(number: int) -> Batch:
    """The batch, held, for somebody who may change it."""
    one = queries.held(number)
    authorise("enter_responses", one)
    return one


def whole(field: str, text: Any) -> int:
    """A typed count; raises Rejected."""
    text = str(text or "").replace(",", "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Rejected(field, "Enter a whole number, like 40")
    return int(text)


def batch_form(consultation: Consultation, **given: Any) -> BatchForm:
    """The form with what this consultation offers."""
    form = BatchForm(**given)
    there = queries.revisions(consultation)
    form.revision.set_choices([(one.id, f"{consultation.slug}/{one.number}") for one in there])
    spoken = dict.fromkeys(language for one in there for language in one.languages)
    form.language.set_choices([(one, autonym(one)) for one in spoken])
    if form.revision.data is None and len(there) == 1:
        form.revision.data = str(there[0].id)
    return form


def keyers_form(one: Batch, **given: Any) -> KeyersForm:
    """The form with those who can be asked."""
    form = KeyersForm(**given)
    choices = [
        (who.id, f"{who.name or who.email} ({', '.join(who.role_names)})")
        for who in queries.keyers_for(one.consultation)
    ]
    form.first.set_choices(choices)
    form.second.set_choices(choices)
    if given.get("formdata", True) is None:
        form.first.data = [str(keyer.account_id) for keyer in one.keyers if keyer.entry == 1]
        form.second.data = [str(keyer.account_id) for keyer in one.keyers if keyer.entry == 2]
    return form


def show(one: Batch, *, form: Form | None = None, status: int = 200) -> Response:
    """The page of a batch; `form` is one that could not be accepted."""
    counts = CountForm(formdata=None)
    counts.received.data, counts.late.data = str(one.received), str(one.late)
    summed = queries.summed(one)
    who = current_account()
    entry = queries.entry_of(one, account())
    numbers = codes.numbers(queries.questionnaire(one.revision))
    return page(
        "batch",
        status=status,
        batch=one,
        sum=summed,
        missing=actions.what_is_missing(summed),
        untouched=ranges(summed.untouched),
        reasons=[(REASONS[reason], count) for reason, count in queries.reasons(one)],
        unreadable=queries.unreadable_numbers(one),
        channels=CHANNELS,
        language=autonym(one.language),
        entry=entry,
        next_form=queries.next_number(one, entry) if entry and one.closed_on is None and summed.lacking > 0 else None,
        compared=one.compared * compared(sheet_of(one)) if one.compared else 0,
        mismatched=sum(count for key, count in one.mismatches.items() if key != "language"),
        mismatches=sorted(
            ((numbers.get(key, 0), key, count) for key, count in one.mismatches.items()), key=lambda row: row[:2]
        ),
        form=form,
        count_form=form if isinstance(form, CountForm) else counts,
        keyers_form=form if isinstance(form, KeyersForm) else keyers_form(one, formdata=None),
        late_form=form if isinstance(form, LateForm) else LateForm(formdata=None),
        close_form=CloseForm(formdata=None),
        may_enter=may(who, "enter_responses", one) and one.closed_on is None,
        may_reopen=may(who, "enter_responses", one) and one.closed_on is not None,
        may_see=may(who, "see_batches", one),
        may_count_late=may(who, "count_late_answers", one)
        and one.closed_on is None
        and one.late
        and not one.late_because,
    )


def ranges(numbers: tuple[int, ...]) -> str:
    """“1–4, 7, 9–12”, not without end."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    said = [f"{low}–{high}" if high > low else f"{low}" for low, high in found]
    return ", ".join(said[:20]) + (" …" if len(said) > 20 else "")
