"""When a page, section or question is shown, in plain words and one comparison at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from consult import clock
from consult.accounts.access import account, signed_in
from consult.domain import editing
from consult.domain.errors import Rejected
from consult.domain.possible import Amount, Choices, Day
from consult.domain.questionnaire import Question
from consult.domain.questionnaire.reading import read_unfinished
from consult.questions import kinds
from consult.studio.actions import edit as acts
from consult.studio.actions.edit import ChangedMeanwhile
from consult.studio.routes import blueprint
from consult.studio.routes.writing import _theirs, drafted, label, seen, shown_when
from consult.web.forms import Checkboxes, Form, Radios, Select, Text
from consult.web.locale import locale_of
from consult.web.page import page, see_other
from consult.web.saving import saves

#: Between the key of a question and the row of a grid.
BETWEEN = "/"
#: What is told as “it is not so that an answer is given”.
NOT_GIVEN = "not_answered"
GIVEN = (("answered", "is given, whatever it is"), (NOT_GIVEN, "is not given"))
CHOSEN = (("any_of", "is one of these"), ("none_of", "is none of these"), *GIVEN)
AMOUNTS = (
    ("at_least", "is at least"),
    ("at_most", "is at most"),
    ("above", "is more than"),
    ("below", "is less than"),
    *GIVEN,
)


@dataclass(frozen=True)
class Looked:
    """Something that a condition may look at: a question, or one row of a grid; the answers it may have."""

    value: str
    label: str
    answers: tuple[tuple[str, str], ...]
    amount: bool = False
    day: bool = False
    several: bool = False


class ChooseForm(Form):
    """Which earlier question decides."""

    looked = Select("Which answer decides?", missing="Choose a question")


@blueprint.get("/staff/consultations/<slug>/write/<any(page, section, question):thing>/<key>/show")
@signed_in
def edit_show(slug: str, thing: str, key: str) -> Response:
    """The comparisons there are, and a way to add one."""
    return _page(slug, thing, key, None)


@blueprint.post("/staff/consultations/<slug>/write/<any(page, section, question):thing>/<key>/show")
@signed_in
@saves
def save_show(slug: str, thing: str, key: str) -> Response:
    """Add a comparison, take one out, or say whether all of them or any must be true."""
    consultation = drafted(slug)
    now = acts.state(consultation)
    there = editing.find(now.definition, thing, key)
    parts, how = _parts(there.data.get("show"))
    act = request.form.get("act", "")
    form: Form | None = None
    if act == "always":
        condition = None
    elif act == "how":
        condition = _joined(parts, "any" if request.form.get("how") == "any" else "all")
    elif act.startswith("out-") and act[4:].isdigit() and int(act[4:]) < len(parts):
        at = int(act[4:])
        condition = _joined([*parts[:at], *parts[at + 1 :]], how)
    else:
        chosen = {one.value: one for one in _looked_at(now.definition, str(there.page["key"]))}
        looked = chosen.get(request.form.get("looked", ""))
        if looked is None:
            return _page(slug, thing, key, None, status=422, wrong="Choose a question")
        form = _comparison(looked)()
        if not form.validate_on_submit():
            return _page(slug, thing, key, form, status=422, looked=looked)
        try:
            condition = _joined([*parts, _test(looked, form)], how)
        except Rejected as rejected:
            form.reject(rejected)
            return _page(slug, thing, key, form, status=422, looked=looked)
    try:
        acts.edit(
            consultation,
            lambda definition: editing.set_show(definition, thing, key, condition),
            said=f"Changed when the {thing} “{label(there.data, now.definition['language'])}” is shown",
            thing=(thing, key),
            seen=seen(),
            by=account(),
            now=clock.now(),
        )
    except ChangedMeanwhile as meanwhile:
        return _page(slug, thing, key, None, status=422, wrong=f"{_theirs(meanwhile)}. Look at it again.")
    except Rejected as rejected:
        return _page(slug, thing, key, None, status=422, wrong=rejected.message)
    return see_other(".edit_show", slug=slug, thing=thing, key=key)


def _page(
    slug: str,
    thing: str,
    key: str,
    form: Form | None,
    *,
    status: int = 200,
    looked: Looked | None = None,
    wrong: str = "",
) -> Response:
    consultation = drafted(slug)
    now = acts.state(consultation)
    there = editing.find(now.definition, thing, key)
    parts, how = _parts(there.data.get("show"))
    could = _looked_at(now.definition, str(there.page["key"]))
    choose = ChooseForm(formdata=None)
    choose.looked.set_choices([(one.value, one.label) for one in could])
    if looked is None:
        looked = next((one for one in could if one.value == request.args.get("looked")), None)
    if looked is not None and form is None:
        form = _comparison(looked)(formdata=None)
    if wrong:
        choose.form_errors.append(wrong)
    told = shown_when(now.definition)
    return page(
        "edit_show",
        status=status,
        form=form or choose,
        choose=choose,
        comparing=form if looked is not None else None,
        looked=looked,
        consultation=consultation,
        thing=thing,
        key=key,
        called=label(there.data, now.definition["language"]),
        seen=now.number,
        parts=[told(one) for one in parts],
        how=how,
        whole=told(there.data["show"]) if there.data.get("show") else "",
        could=could,
    )


def _parts(show: Any) -> tuple[list[Any], str]:
    """What a condition consists of, and how it is joined; a part may itself consist of several."""
    if not show:
        return [], "all"
    for how in ("all", "any"):
        parts = show.get(how) if isinstance(show, Mapping) else None
        if isinstance(parts, list):
            return list(parts), how
    return [show], "all"


def _joined(parts: list[Any], how: str) -> Any:
    return parts[0] if len(parts) == 1 else {how: parts} if parts else None


def _looked_at(definition: Mapping[str, Any], before: str) -> list[Looked]:
    """Every question, and row of a grid, of an earlier page."""
    questionnaire, _problems = read_unfinished(definition)
    found: list[Looked] = []
    for one in questionnaire.pages:
        if one.key == before:
            break
        for question in one.questions:
            asked = kinds().get(question.kind)
            if asked is not None and asked.asks and not asked.problems(question):
                found += [_of(question, part, questionnaire.language) for part in asked.possible(question)]
    return found


def _of(question: Question, possible: Any, language: str) -> Looked:
    asked, locale = kinds()[question.kind], locale_of(language)
    part = possible.part
    row = question.row_by_key.get(part) or question.option_by_key.get(part)
    called = " ".join(question.text.to(language).plain.split())[:80]
    if row is not None:
        called = f"{called}: {row.label.to(language).plain[:60]}"
    value = f"{question.key}{BETWEEN}{part}" if part else question.key
    if isinstance(possible, Choices):
        answers = tuple((key, asked.atom_words(question, part, key, locale)) for key in possible.keys)
        return Looked(value, called, answers, several=possible.most > 1)
    return Looked(value, called, (), amount=isinstance(possible, Amount), day=isinstance(possible, Day))


def _comparison(looked: Looked) -> type[Form]:
    """The form of one comparison with what somebody may answer."""
    operators = CHOSEN if looked.answers else AMOUNTS if looked.amount or looked.day else GIVEN
    if looked.several:
        operators = (*operators[:2], ("all_of", "includes all of these"), *operators[2:])
    fields: dict[str, Any] = {
        "operator": Radios("When the answer …", choices=list(operators), missing="Choose how it is compared")
    }
    if looked.answers:
        fields["of"] = Checkboxes("Answers", choices=list(looked.answers), optional=True, marked=False)
    elif looked.amount:
        fields["of"] = Text("Number", longest=40, optional=True, marked=False, width=10)
    elif looked.day:
        fields["of"] = Text("Day", hint="As year, month and day: 2026-11-23", optional=True, marked=False, width=10)
    return type("ComparisonForm", (Form,), fields)


def _test(looked: Looked, form: Form) -> dict[str, Any]:
    question, _slash, row = looked.value.partition(BETWEEN)
    test: dict[str, Any] = {"when": question, "is": form["operator"].data}
    if row:
        test["row"] = row
    if test["is"] == "answered":
        return test
    if test["is"] == NOT_GIVEN:
        return {"not": {**test, "is": "answered"}}
    given = form["of"].data if "of" in form else None
    if not given:
        raise Rejected("of", "Choose at least one answer" if looked.answers else "Enter what to compare with")
    test["of"] = given if isinstance(given, list) else [_day(given) if looked.day else _number(given)]
    return test


def _number(text: str) -> int | float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Rejected("of", "Enter a number")
    return int(number) if number.is_integer() else number


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Rejected("of", "Enter a real day, like 2026-11-23") from None
