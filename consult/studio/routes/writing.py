"""The editor: every page and question in order, what can be done with each, and every state there was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request, url_for

from consult import clock
from consult.accounts.access import account, authorise, current_account, signed_in
from consult.accounts.permissions import may
from consult.consultations import queries as consultations
from consult.consultations.models import Consultation
from consult.consultations.routes import in_words
from consult.domain import conditions, editing
from consult.domain.editing import PAGE, QUESTION, SECTION
from consult.domain.errors import Missing, NotNow, Rejected
from consult.domain.questionnaire import Problem
from consult.domain.questionnaire.reading import read_unfinished
from consult.questions import kinds
from consult.studio.actions import edit as acts
from consult.studio.actions.edit import ChangedMeanwhile
from consult.studio.models import Edit
from consult.studio.routes import blueprint
from consult.studio.routes.question_form import words_of
from consult.web.forms import Form, LongText, Text
from consult.web.page import page, see_other
from consult.web.saving import saves
from consult.web.sections import Card, Section

#: Of what is to be mended.
MOST_SHOWN = 12
#: Changes on one page of the history.
CHANGES_SHOWN = 100
NAMES = {PAGE: "page", SECTION: "section", QUESTION: "question"}


class PageForm(Form):
    """The words of a page or section."""

    title = Text("Title", longest=300, optional=True)
    text = LongText("Introduction", rows=4, longest=4000, optional=True)


class NewPageForm(Form):
    """A new page."""

    title = Text("Title of the new page", longest=300, optional=True)


def drafted(slug: str) -> Consultation:
    """A consultation whose questionnaire somebody may write."""
    consultation = consultations.by_slug(slug)
    authorise("edit_consultation", consultation)
    return consultation


def seen() -> int:
    """The number of the state that a form was drawn from."""
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def label(thing: Mapping[str, Any], language: str) -> str:
    """What a page, section or question is called."""
    words = words_of(thing.get("text" if "kind" in thing else "title"), language)
    return " ".join(words.split())[:80] or str(thing.get("section") or thing["key"])


@blueprint.get("/staff/consultations/<slug>/write")
@signed_in
def write_questionnaire(slug: str) -> Response:
    """Every page and question in order."""
    return _overview(drafted(slug), NewPageForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/write")
@signed_in
@saves
def change_questionnaire(slug: str) -> Response:
    """Move, copy or remove something, add a page, or undo the last change."""
    consultation = drafted(slug)
    form = NewPageForm()
    if not form.validate_on_submit():
        return _overview(consultation, form, status=422)
    act, thing, key = (request.form.get(name, "") for name in ("act", "thing", "key"))
    try:
        if act == "undo":
            acts.undo(consultation, seen=seen(), by=account(), now=clock.now())
        else:
            change, said, touched = _step(consultation, act, thing, key, form)
            acts.edit(consultation, change, said=said, thing=touched, seen=seen(), by=account(), now=clock.now())
    except (NotNow, Rejected) as rejected:
        form.form_errors.append(str(rejected))
        return _overview(consultation, form, status=422)
    except ChangedMeanwhile as meanwhile:
        form.form_errors.append(
            f"{_who(meanwhile.edit)} has changed this meanwhile: {meanwhile.edit.said}. Look at it again."
        )
        return _overview(consultation, form, status=422)
    anchor = "" if act == "remove" or not key else f"#{thing}-{key}"
    return see_other(".write_questionnaire", slug=slug, _anchor=anchor[1:] or None)


def _step(
    consultation: Consultation, act: str, thing: str, key: str, form: NewPageForm
) -> tuple[Callable[[dict[str, Any]], dict[str, Any]], str, tuple[str, str] | None]:
    """What is to be done, in words, and what it touches; raises Missing for anything else."""
    if act == "add_page":
        title = form.title.data or ""
        return (
            (lambda now: editing.add_page(now, title=title)[0]),
            f"Added the page “{title or 'without a title'}”",
            None,
        )
    if thing not in NAMES:
        raise Missing("There is no such thing to do.")
    definition = acts.state(consultation).definition
    called = f"the {NAMES[thing]} “{label(editing.find(definition, thing, key).data, definition['language'])}”"
    touched = (thing, key)
    target, by = request.form.get("page", ""), max(-500, min(500, request.form.get("by", 0, type=int) or 0))
    steps: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = {
        "up": (lambda now: editing.move(now, thing, key, by=-1), f"Moved {called} up"),
        "down": (lambda now: editing.move(now, thing, key, by=1), f"Moved {called} down"),
        "to": (lambda now: editing.move(now, thing, key, by=by), f"Moved {called}"),
        "duplicate": (lambda now: editing.duplicate(now, thing, key)[0], f"Copied {called}"),
        "remove": (lambda now: editing.remove(now, thing, key), f"Removed {called}"),
        "move": (lambda now: editing.move_to_page(now, key, page=target), f"Moved {called} to another page"),
    }
    if act not in steps or (act == "move" and thing != QUESTION) or (act == "duplicate" and thing == SECTION):
        raise Missing("There is no such thing to do.")
    change, said = steps[act]
    return change, said, touched


@blueprint.get("/staff/consultations/<slug>/write/<any(page, section):thing>/<key>")
@signed_in
def edit_part(slug: str, thing: str, key: str) -> Response:
    """The words of a page or section."""
    consultation = drafted(slug)
    now = acts.state(consultation)
    part, language = editing.find(now.definition, thing, key).data, now.definition["language"]
    form = PageForm(formdata=None)
    form.title.data, form.text.data = words_of(part.get("title"), language), words_of(part.get("text"), language)
    return page(form=form, consultation=consultation, thing=thing, key=key, seen=now.number, theirs=None)


@blueprint.post("/staff/consultations/<slug>/write/<any(page, section):thing>/<key>")
@signed_in
@saves
def save_part(slug: str, thing: str, key: str) -> Response:
    """Keep them."""
    consultation = drafted(slug)
    form, theirs = PageForm(), None
    if form.validate_on_submit():
        words = {"title": form.title.data or "", "text": form.text.data or ""}
        try:
            acts.edit(
                consultation,
                lambda now: editing.change(now, thing, key, words=words),
                said=f"Wrote the {thing} “{words['title'] or key}”",
                thing=(thing, key),
                seen=seen(),
                by=account(),
                now=clock.now(),
            )
        except ChangedMeanwhile as meanwhile:
            theirs = _theirs(meanwhile)
        except Missing:
            return gone(consultation, f"This {thing}", {"Title": words["title"], "Introduction": words["text"]})
        else:
            return see_other(".write_questionnaire", slug=slug, _anchor=f"{thing}-{key}")
    now = acts.state(consultation)
    part, language = editing.find(now.definition, thing, key).data, now.definition["language"]
    shown = {"Title": words_of(part.get("title"), language), "Introduction": words_of(part.get("text"), language)}
    return page(
        "edit_part",
        status=422,
        form=form,
        consultation=consultation,
        thing=thing,
        key=key,
        seen=now.number if theirs else seen(),
        theirs=(theirs, shown) if theirs else None,
    )


@blueprint.get("/staff/consultations/<slug>/write/history")
@signed_in
def questionnaire_history(slug: str) -> Response:
    """Every change, the newest first."""
    consultation = drafted(slug)
    before = request.args.get("before", 0, type=int)
    edits = acts.history(consultation, before=before, most=CHANGES_SHOWN)
    return page(
        consultation=consultation,
        edits=edits,
        older=edits[-1].number if edits and edits[-1].number > 1 else None,
        newer=bool(before),
        who=_who,
        drafting=consultation.state == "draft",
    )


@blueprint.get("/staff/consultations/<slug>/write/history/<int:number>")
@signed_in
def earlier_state(slug: str, number: int) -> Response:
    """The questionnaire as it was then."""
    consultation = drafted(slug)
    one = acts.earlier(consultation, number)
    return page(
        form=Form(formdata=None),
        consultation=consultation,
        edit=one,
        who=_who(one),
        pages=[(asked, _lines(asked, one.definition["language"])) for asked in one.definition["pages"]],
        label=lambda thing: label(thing, one.definition["language"]),
        drafting=consultation.state == "draft",
    )


@blueprint.post("/staff/consultations/<slug>/write/history/<int:number>")
@signed_in
@saves
def bring_back_state(slug: str, number: int) -> Response:
    """Go on from there."""
    consultation = drafted(slug)
    if not Form().validate_on_submit():
        return see_other(".questionnaire_history", slug=slug)
    acts.bring_back(consultation, number, by=account(), now=clock.now())
    return see_other(".write_questionnaire", slug=slug)


def _overview(consultation: Consultation, form: NewPageForm, status: int = 200) -> Response:
    now = acts.state(consultation)
    language = now.definition["language"]
    return page(
        "write_questionnaire",
        status=status,
        form=form,
        consultation=consultation,
        state=now,
        mend=[_to_mend(consultation, now.definition, one) for one in now.problems[:MOST_SHOWN]],
        more=max(0, len(now.problems) - MOST_SHOWN),
        pages=[(asked, _lines(asked, language)) for asked in now.definition.get("pages", [])],
        label=lambda thing: label(thing, language),
        kind_name=lambda name: str(kinds()[name].title) if name in kinds() else name,
        shown_when=shown_when(now.definition),
        drafting=consultation.state == "draft",
        previews={one.key for one in _previewed(consultation)},
    )


def _to_mend(consultation: Consultation, definition: Mapping[str, Any], problem: Problem) -> tuple[str, str, str]:
    """What is to be mended: what it is called, why, and where that is done."""
    kind, _, rest = problem.where.partition(" ")
    key, part = re.split(r"(?=[,:])|$", rest, maxsplit=1)
    pages = definition.get("pages", [])
    if kind == PAGE and key.isdigit() and 0 < int(key) <= len(pages):
        key = str(pages[int(key) - 1]["key"])
    try:
        thing = editing.find(definition, kind, key).data
    except Missing:
        return problem.where, problem.sentence, ""
    called = f"{kind.capitalize()} “{label(thing, definition['language'])}”{part}"
    if kind == QUESTION:
        return called, problem.sentence, url_for(".edit_question", slug=consultation.slug, key=key)
    return called, problem.sentence, f"#{kind}-{key}"


def shown_when(definition: Mapping[str, Any]) -> Callable[[Any], str]:
    """Conditions in words, as far as the questionnaire can be read; else that there is one."""
    questionnaire, _problems = read_unfinished(definition)

    def say(condition: Any) -> str:
        try:
            return in_words.condition(conditions.read(condition), questionnaire)
        except conditions.BadCondition:
            return "a condition is true"

    return say


def _previewed(consultation: Consultation) -> Any:
    questionnaire = consultation.draft() if consultation.definition else None
    return questionnaire.pages if questionnaire else ()


def _lines(asked: Mapping[str, Any], language: str) -> list[tuple[str, dict[str, Any], str]]:
    """What stands on a page in order: its kind, itself, and the section it is in."""
    lines: list[tuple[str, dict[str, Any], str]] = []
    for one in asked.get("questions", []):
        if "section" in one:
            lines.append((SECTION, one, ""))
            lines += [(QUESTION, inner, one["section"]) for inner in one.get("questions", [])]
        else:
            lines.append((QUESTION, one, ""))
    return lines


def _who(one: Edit) -> str:
    return one.maker.name if one.maker else "Somebody at the command line"


def _theirs(meanwhile: ChangedMeanwhile) -> str:
    return f"{_who(meanwhile.edit)}: {meanwhile.edit.said}"


def gone(consultation: Consultation, what: str, typed: Mapping[str, str]) -> Response:
    """Somebody took away what was being written: what was typed is shown, so that it is not lost."""
    last = acts.state(consultation).last
    done = f"{_who(last)}: {last.said}" if last else ""
    return page("gone_meanwhile", status=422, consultation=consultation, what=what, typed=typed, last=done)


# What other pages show


def to_write(consultation: Consultation, _now: object) -> Section | None:
    """The way to the editor, for a draft."""
    if consultation.state != "draft" or not may(current_account(), "edit_consultation", consultation):
        return None
    cards = [
        Card(
            url_for("studio.write_questionnaire", slug=consultation.slug),
            "Write the questionnaire",
            "Pages, questions, answers and when they are shown. Every change can be undone.",
        )
    ]
    return Section("Questions", cards)
