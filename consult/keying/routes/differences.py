"""Where two people keyed a form differently: one of the two, or what the paper really says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from consult.accounts.access import authorise, may_i, signed_in
from consult.answering import drafts, seal
from consult.domain.equality import PREFER_NOT, PREFER_NOT_WORDS
from consult.domain.errors import Missing, NotNow
from consult.keying import queries
from consult.keying.actions import forms as actions
from consult.keying.models import Batch
from consult.keying.routes import asking, blueprint, turn
from consult.keying.routes.forms import KeyingForm, refused
from consult.keying.sheet import EQUALITY, Entry, Sheet, decided, differences, in_typing, inputs_of, typed_in
from consult.questions import kind
from consult.web.locale import autonym
from consult.web.page import page, see_other
from consult.web.saving import saves

CHOICES = ("first", "second", "other")


@dataclass(frozen=True)
class Difference:
    """One thing the two do not agree on."""

    key: str
    #: what was asked; None for the language of the form
    asked: asking.Asked | None
    first: list[str]
    second: list[str]
    chosen: str
    error: str = ""


@blueprint.get("/staff/batches/<int:number>/differences")
@signed_in
def differences_of_batch(number: int) -> Response:
    """The forms that wait for a decision."""
    batch = deciding(number)
    return page(batch=batch, forms=queries.differing(batch))


@blueprint.get("/staff/batches/<int:number>/differences/<int:form>")
@signed_in
def decide(number: int, form: int) -> Response:
    """Both entries beside each other, where they are not alike."""
    batch = deciding(number)
    return show(batch, form, both(batch, form), {}, {})


@blueprint.post("/staff/batches/<int:number>/differences/<int:form>")
@signed_in
@saves
def save_decision(number: int, form: int) -> Response:
    """Put the form into the box as it was decided."""
    deciding(number)
    batch = queries.held(number)
    press = drafts.key_from_cookie(request.form.get("press")) or seal.new_key()
    there = queries.form(batch, form)
    if there is not None and there.stage == "counted":
        actions.resolve(batch, form, entry=Entry(batch.language, {}), sheet=asking.sheet_of(batch), press=press)
        return see_other(".differences_of_batch", number=number)
    entries, sheet = both(batch, form), asking.sheet_of(batch)
    first, second = entries
    keys = differences(sheet, first, second)
    chosen = {key: request.form.get(f"choose--{key}", "") for key in keys}
    own = typed_in(sheet, request.form)
    typed = in_typing(sheet, first)
    again = in_typing(sheet, second)
    more = [key for key in request.form.getlist("more") if key in asking_keys(sheet)]
    for key in [*keys, *more]:
        if key != "language" and (key in more or chosen[key] != "first"):
            source = again if key not in more and chosen[key] == "second" else own
            typed |= {name: source.get(name, "") for name in inputs_of(sheet, key)}
    language = second.language if chosen.get("language") == "second" else first.language
    reading = decided(sheet, first, second, typed, language=language)
    wrong = {f"choose--{key}": "Choose what the form says" for key in keys if chosen[key] not in CHOICES}
    if not KeyingForm().validate_on_submit():
        wrong["csrf"] = "Your session has ended. Save this again"
    wrong |= reading.wrong
    if wrong:
        return show(batch, form, entries, chosen, own, wrong=wrong, press=press, more=more, status=422)
    actions.resolve(batch, form, entry=reading.entry, sheet=sheet, press=press)
    left = queries.differing(batch)
    if left:
        return see_other(".decide", number=number, form=left[0])
    return see_other(".batch", number=number)


def deciding(number: int) -> Batch:
    """The batch, for an editor or those who key it."""
    batch = queries.batch(number)
    if not may_i("enter_responses", batch):
        if may_i("see_batches", batch):
            authorise("enter_responses", batch)
        turn(batch)
    return batch


def both(batch: Batch, number: int) -> tuple[Entry, Entry]:
    """What the two keyed."""
    form = queries.form(batch, number)
    if form is None or form.stage != "differs":
        raise Missing("Nothing about this form waits for a decision.")
    first, second = (actions.opened(batch, number, one) for one in (form.first, form.second))
    if first is None or second is None:
        raise NotNow(
            "What was keyed can no longer be read. Count the form as unreadable, take that back, and key it again."
        )
    return first, second


def asking_keys(sheet: Sheet) -> set[str]:
    """Every question that can be decided."""
    return {question.key for question in sheet.questions} | {EQUALITY + one.key for one in sheet.equality}


def key_of(sheet: Sheet, name: str) -> str:
    """The question that an input belongs to."""
    return name if name.startswith(EQUALITY) else name.split("--")[0]


def show(
    batch: Batch,
    number: int,
    entries: tuple[Entry, Entry],
    chosen: dict[str, str],
    typed: dict[str, str],
    *,
    wrong: dict[str, str] | None = None,
    press: bytes | None = None,
    more: list[str] | None = None,
    status: int = 200,
) -> Response:
    """Draw the page; a question both left empty that has to be answered after all is shown as well."""
    wrong, sheet = wrong or {}, asking.sheet_of(batch)
    first, second = entries
    keys = differences(sheet, first, second)
    lacking = {key_of(sheet, name) for name in wrong if name != "csrf" and not name.startswith("choose--")}
    added = [key for key in asking_keys(sheet) if key in lacking.union(more or ()) and key not in keys]
    asked = {
        one.key: one
        for one in asking.questions(sheet, typed=typed, wrong=wrong, language=first.language, only=[*keys, *added])
    }
    listed = [
        Difference(
            key,
            asked.get(key),
            said(sheet, first, key),
            said(sheet, second, key),
            chosen.get(key, ""),
            wrong.get(f"choose--{key}", ""),
        )
        for key in keys
    ]
    problems = [{"text": _problem(sheet, name, message), "href": _href(name)} for name, message in wrong.items()]
    return page(
        "decide",
        status=status,
        batch=batch,
        number_of_form=number,
        differences=listed,
        added=[one for key, one in asked.items() if key in added],
        press=drafts.cookie_value(press or seal.new_key()),
        problems=problems,
        action=url_for(".save_decision", number=batch.id, form=number),
        form=refused(one["text"] for one in problems),
    )


def _problem(sheet: Sheet, name: str, message: str) -> str:
    if name == "csrf":
        return message
    key = name.removeprefix("choose--")
    return f"Language: {message}" if key == "language" else f"Question {asking.named(sheet, key)}: {message}"


def _href(name: str) -> str:
    return f"#{name}--first" if name.startswith("choose--") else f"#{name}"


def said(sheet: Sheet, entry: Entry, key: str) -> list[str]:
    """What an entry says to a question, in words, one line each."""
    locale = sheet.locale
    if key == "language":
        return [autonym(entry.language)]
    if key.startswith(EQUALITY):
        question: Any = next(one for one in sheet.equality if EQUALITY + one.key == key)
        words = {**dict(question.options), PREFER_NOT: PREFER_NOT_WORDS}
        given = entry.equality.get(question.key, "")
        return [locale.say(words[one]) for one in given.split(",") if one] or ["No answer"]
    question = sheet.questionnaire.question_by_key[key]
    values = entry.answers.get(key, ())
    return kind(question.kind).words(question, values, locale) if values else ["No answer"]
