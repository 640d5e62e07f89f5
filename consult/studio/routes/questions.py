"""One question is written, and when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from consult import clock
from consult.accounts.access import account, signed_in
from consult.consultations.models import Consultation
from consult.domain import editing
from consult.domain.editing import PAGE, QUESTION
from consult.domain.errors import Missing, Rejected
from consult.questions import kinds
from consult.questions.base import clean
from consult.studio.actions import edit as acts
from consult.studio.actions.edit import ChangedMeanwhile
from consult.studio.routes import blueprint
from consult.studio.routes.kinds_in_words import WHEN
from consult.studio.routes.question_form import NOT_HERE, SORT_NAMES, changed, form_of, takes_options, words_of
from consult.studio.routes.writing import _theirs, drafted, gone, label, seen
from consult.web.forms import Form, LongText, Radios
from consult.web.page import page, see_other
from consult.web.saving import saves

#: What is asked most, offered first.
USUAL = ("single_choice", "multiple_choice", "long_text", "short_text", "yes_no", "rating", "matrix", "number")


class KindRadios(Radios):
    """Kinds of question, each with a sentence."""

    def _items(self, chosen: str, values: set[str]) -> list[dict[str, Any]]:
        items = super()._items(chosen, values)
        for item in items:
            if item["value"] in WHEN:
                item["hint"] = {"text": WHEN[item["value"]]}
        return items


class NewQuestionForm(Form):
    """What is asked, and how it is answered."""

    text = LongText("Question", rows=2, longest=4000, missing="Enter the question")
    kind = KindRadios("How people answer", missing="Choose how people answer")
    options = LongText(
        "Answers to choose from, or rows of a grid",
        hint="One on each line. You can change them later.",
        rows=5,
        optional=True,
    )


@blueprint.get("/staff/consultations/<slug>/write/page/<key>/question")
@signed_in
def new_question(slug: str, key: str) -> Response:
    """A new question on a page."""
    return _new(slug, key, NewQuestionForm(formdata=None))


@blueprint.post("/staff/consultations/<slug>/write/page/<key>/question")
@signed_in
@saves
def add_question(slug: str, key: str) -> Response:
    """Add it, and go on to what its kind can be told."""
    form = _with_kinds(NewQuestionForm())
    if not form.validate_on_submit():
        return _new(slug, key, form, status=422)
    consultation = drafted(slug)
    made: list[str] = []
    asked, lines = kinds()[str(form.kind.data)], editing.pasted(form.options.data or "")
    if lines and not (takes_options(asked, {}) or asked.needs_rows):
        form.reject(Rejected("options", "This kind has no list of answers. Choose another kind, or empty the list"))
        return _new(slug, key, form, status=422)

    def change(now: dict[str, Any]) -> dict[str, Any]:
        after, question = editing.add_question(now, page=key, kind=form.kind.data or "", text=form.text.data)
        made.append(question)
        if not lines:
            return after
        put = editing.change_options if takes_options(asked, {}) else editing.change_rows
        return put(after, question, kept=[], added=lines)

    said = f"Added the question “{form.text.data[:60]}”"
    try:
        acts.edit(consultation, change, said=said, seen=seen(), by=account(), now=clock.now())
    except Missing:
        typed = {"Question": form.text.data, "Answers": form.options.data or ""}
        return gone(consultation, "The page of this question", typed)
    return see_other(".edit_question", slug=slug, key=made[-1])


@blueprint.get("/staff/consultations/<slug>/write/question/<key>")
@signed_in
def edit_question(slug: str, key: str) -> Response:
    """Everything about a question."""
    return _question_page(slug, key, None)


@blueprint.post("/staff/consultations/<slug>/write/question/<key>")
@signed_in
@saves
def save_question(slug: str, key: str) -> Response:
    """Keep it; somebody who saves later than a colleague sees both."""
    consultation = drafted(slug)
    now = acts.state(consultation).definition
    try:
        form = form_of(now, key, fill=False)
    except Missing:
        typed = {"Question": "text", "Hint": "hint", "New answers": "added_options", "New rows": "added_rows"}
        said = {name: clean(request.form.get(field, "")) for name, field in typed.items()}
        lines = [clean(text) for name, text in request.form.items() if name.endswith("-label")]
        return gone(consultation, "This question", said | {"Answers and rows": "\n".join(lines)})
    if not form.validate_on_submit():
        return _question_page(slug, key, form, status=422)
    try:
        made = acts.edit(
            consultation,
            lambda definition: changed(definition, key, form, request.form),
            said=f"Wrote the question “{form['text'].data[:60]}”",
            thing=(QUESTION, key),
            seen=seen(),
            by=account(),
            now=clock.now(),
        )
    except Rejected as rejected:
        form.reject(rejected)
        return _question_page(slug, key, form, status=422)
    except ChangedMeanwhile as meanwhile:
        return _question_page(slug, key, form, status=422, theirs=_theirs(meanwhile))
    if request.form.get("auto"):
        return Response(str(made.number), mimetype="text/plain")
    if request.form.get("stay"):
        return see_other(".edit_question", slug=slug, key=key)
    return see_other(".write_questionnaire", slug=slug, _anchor=f"question-{key}")


def _new(slug: str, key: str, form: NewQuestionForm, status: int = 200) -> Response:
    consultation = drafted(slug)
    now = acts.state(consultation)
    asked = editing.find(now.definition, PAGE, key).data
    return page(
        "new_question",
        status=status,
        form=_with_kinds(form),
        consultation=consultation,
        key=key,
        seen=now.number,
        called=label(asked, now.definition["language"]),
    )


def _with_kinds(form: NewQuestionForm) -> NewQuestionForm:
    others = sorted((name for name in kinds() if name not in USUAL), key=lambda name: str(kinds()[name].title))
    form.kind.set_choices([(name, str(kinds()[name].title)) for name in (*USUAL, *others)])
    return form


def _question_page(slug: str, key: str, form: Form | None, *, status: int = 200, theirs: str = "") -> Response:
    consultation = drafted(slug)
    now = acts.state(consultation)
    question, language = editing.find(now.definition, QUESTION, key).data, now.definition["language"]
    asked = kinds()[question["kind"]]
    problems = [one.sentence for one in now.problems if one.where.startswith(f"question {key}")]
    now_there = form_of(now.definition, key, fill=True)
    was = _as_seen(consultation, key) if theirs else None
    was_there = editing.find(was, QUESTION, key).data if was is not None else {}
    if was is not None and form is not None:
        _leave_untouched(form, form_of(was, key, fill=True), now_there)
    lists = [
        (name, title, _lines(question.get(name, []), name, language, sent=form is not None, was=was_there))
        for name, title, there in (
            ("options", "Answers", takes_options(asked, question)),
            ("rows", "Rows", asked.needs_rows or bool(question.get("rows"))),
        )
        if there
    ]
    return page(
        "edit_question",
        status=status,
        form=form or now_there,
        consultation=consultation,
        key=key,
        seen=now.number if theirs or form is None else seen(),
        lists=lists,
        sorts=SORT_NAMES,
        problems=problems,
        not_here=NOT_HERE.get(question["kind"], ""),
        theirs=theirs,
        both=_both(now_there, form, question, lists, language) if theirs and form is not None else [],
        kind_name=str(asked.title),
    )


def _as_seen(consultation: Consultation, key: str) -> dict[str, Any] | None:
    """The definition from which the form was drawn; None where nobody knows any more."""
    try:
        definition = acts.earlier(consultation, max(seen(), 1)).definition
        editing.find(definition, QUESTION, key)
    except Missing:
        return None
    return definition


def _leave_untouched(mine: Form, was: Form, theirs: Form) -> None:
    """Where somebody left a field as it was, it says what it says now."""
    for field in mine:
        both = field.name in was and field.name in theirs and not field.name.startswith("csrf")
        if both and _in_words(field, field.data) == _in_words(field, was[field.name].data):
            field.data = theirs[field.name].data


def _lines(
    there: list[dict[str, Any]], name: str, language: str, *, sent: bool, was: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The answers or rows for their lines of the form: as they are, with what was sent for each of them.

    What was sent as it already `was` says what it says now.
    """
    places = _sent_lines(name) if sent else {}
    before = {line["key"]: line for line in _as_lines((was or {}).get(name, []), language)}
    lines = []
    for at, line in enumerate(_as_lines(there, language)):
        old = before.get(line["key"], {})
        given = {part: text for part, text in places.get(line["key"], {}).items() if text != str(old.get(part))}
        lines.append(line | given | {"prefix": f"{name}-{at}", "out": bool(given.get("out"))})
    return lines


def _as_lines(there: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    return [
        {
            "key": one["key"],
            "label": words_of(one.get("label"), language),
            "sort": next((sort for sort in SORT_NAMES if sort and one.get(sort)), ""),
            "place": at,
        }
        for at, one in enumerate(there, 1)
    ]


def _sent_lines(name: str) -> dict[str, dict[str, str]]:
    """What was sent for each answer or row, by its key."""
    found: dict[str, dict[str, str]] = {}
    for field, key in request.form.items():
        if field.startswith(f"{name}-") and field.endswith("-key"):
            prefix = field.removesuffix("-key")
            parts = {part: request.form.get(f"{prefix}-{part}") for part in ("label", "sort", "place", "out")}
            found[key] = {part: clean(text) for part, text in parts.items() if text is not None}
    return found


def _both(
    theirs: Form, mine: Form, question: Mapping[str, Any], lists: list[Any], language: str
) -> list[tuple[str, str, str]]:
    """What differs between a question as it is and as somebody wants it: its name, theirs, mine."""
    found = []
    for field in theirs:
        if field.name in mine and not field.name.startswith(("csrf", "added_")):
            said = _in_words(field, field.data), _in_words(field, mine[field.name].data)
            if said[0] != said[1]:
                found.append((str(field.label.text), *said))
    for name, title, lines in lists:
        there = [words_of(one.get("label"), language) for one in question.get(name, [])]
        wanted = [line["label"] for line in lines if not line["out"]]
        gone = set(_sent_lines(name)) - {line["key"] for line in lines}
        wanted += [
            f"{line.get('label')} (taken out meanwhile)" for key, line in _sent_lines(name).items() if key in gone
        ]
        wanted += editing.pasted(mine[f"added_{name}"].data or "") if f"added_{name}" in mine else []
        if there != wanted:
            found.append((title, "; ".join(there), "; ".join(wanted)))
    return found


def _in_words(field: Any, data: Any) -> str:
    """What somebody put into a field."""
    chosen = data if isinstance(data, list) else [data]
    names = {str(one.value): str(one.label) for one in getattr(field, "choices", None) or ()}
    return "; ".join(names.get(str(one), str(one)) for one in chosen if one not in (None, ""))
