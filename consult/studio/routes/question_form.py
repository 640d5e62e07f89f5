"""The form in which a question is written: its words, what its kind can be told, its answers and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, SelectField, SelectMultipleField

from consult.domain import editing
from consult.domain.editing import QUESTION
from consult.domain.editing.answers import SORTS
from consult.domain.errors import Rejected
from consult.domain.questionnaire.reading import read_unfinished
from consult.questions import kinds
from consult.questions.base import QuestionType
from consult.questions.publish_consent import in_words
from consult.questions.settings import Sent, sent
from consult.web.forms import Checkboxes, Form, LongText, Select, Text

#: Kinds whose settings are more than a form can hold.
NOT_HERE = {"place_on_map": "Its map is put in with a definition: see “Put in a definition”."}
#: What an answer may be besides ordinary.
SORT_NAMES = {
    "": "An ordinary answer",
    "other": "Opens a box to say what",
    "exclusive": "Clears the others, such as none of these",
    "unknown": "Stands apart, such as I do not know",
    "last": "Always at the end",
}
ABOUT = {
    "required": "People have to answer it",
    "personal": "It asks who somebody is: answers are kept apart from the others",
    "about_you": "It is about the person: such answers are hidden when few share them",
}
SETTING, WORDS = "setting_", "words_"
#: A setting that nobody has chosen.
USUAL = "-"


def form_of(definition: Mapping[str, Any], key: str, *, fill: bool) -> Form:
    """The form of one question in a definition, with what stands there now where it is to be filled."""
    question, language = editing.find(definition, QUESTION, key).data, str(definition["language"])
    asked = kinds()[question["kind"]]
    fields: dict[str, Any] = {
        "text": LongText("Question", rows=2, longest=4000, missing="Enter the question"),
        "hint": LongText("Hint", rows=2, longest=4000, optional=True),
        "note": Text("Note for colleagues and translators", longest=1000, optional=True),
        "kind": Select("Kind of question", choices=[(name, str(one.title)) for name, one in _by_title()]),
        "about": Checkboxes("What else is so", choices=list(ABOUT.items()), optional=True, marked=False),
        "required_message": Text("What to say when it is not answered", longest=300, optional=True),
    }
    there = asked.settings()
    for setting in there:
        choices = _choices(setting, definition, question)
        if choices or not isinstance(setting, SelectField | SelectMultipleField):
            fields[f"{SETTING}{setting.name}"] = _ours(setting, choices)
    for name, label in asked.worded.items():
        fields[f"{WORDS}{name}"] = LongText(label, rows=2, longest=10_000, optional=True)
    if takes_options(asked, question):
        fields["added_options"] = LongText("Add answers", hint="One on each line.", rows=4, optional=True)
    if asked.needs_rows or question.get("rows"):
        fields["added_rows"] = LongText("Add rows", hint="One on each line.", rows=4, optional=True)
    form = type("QuestionForm", (Form,), fields)
    if not fill:
        return form()
    made = form(formdata=None)
    for name in ("text", "hint", "note", "required_message"):
        made[name].data = words_of(question.get(name), language)
    made["kind"].data = question["kind"]
    made["about"].data = [name for name in ABOUT if question.get(name)]
    settings = question.get("settings") or {}
    for setting in there:
        value = settings.get(setting.name)
        if f"{SETTING}{setting.name}" not in made:
            continue
        if value is None or isinstance(value, Mapping):
            if isinstance(setting, SelectField) and not isinstance(setting, SelectMultipleField):
                made[f"{SETTING}{setting.name}"].data = USUAL
            continue
        texts = sent(setting, value)
        several = isinstance(setting, SelectMultipleField)
        made[f"{SETTING}{setting.name}"].data = texts if several or isinstance(setting, BooleanField) else texts[0]
    for name in asked.worded:
        made[f"{WORDS}{name}"].data = words_of(settings.get(name), language)
    return made


def takes_options(asked: QuestionType, question: Mapping[str, Any]) -> bool:
    """Whether its answers are written one by one."""
    return asked.needs_options or asked.takes_options or bool(question.get("options"))


def changed(definition: Mapping[str, Any], key: str, form: Form, sent_data: Any) -> dict[str, Any]:
    """The definition with everything in the form; raises Rejected beside the field that is wrong."""
    question = editing.find(definition, QUESTION, key).data
    language = str(definition["language"])
    chosen = str(form["kind"].data)
    asked = kinds()[question["kind"]]
    settings = _settings(asked, question, form, language)
    about = set(form["about"].data or ())
    made = editing.change(
        definition,
        QUESTION,
        key,
        words={name: form[name].data or "" for name in ("text", "hint", "note", "required_message")},
        values={"kind": chosen, "settings": settings, **{name: name in about for name in ABOUT}},
    )
    for name, change in (("options", editing.change_options), ("rows", editing.change_rows)):
        if f"added_{name}" in form:
            added = editing.pasted(form[f"added_{name}"].data or "")
            made = change(made, key, kept=_kept(question.get(name, []), name, sent_data), added=added)
    return made


def _kept(there: list[dict[str, Any]], name: str, data: Any) -> list[dict[str, str]]:
    """The answers or rows as they were sent, in the order of their places; those taken out are not among them."""
    lines: list[tuple[float, int, dict[str, str]]] = []
    for at, _one in enumerate(there):
        prefix = f"{name}-{at}"
        if data.get(f"{prefix}-out"):
            continue
        place = str(data.get(f"{prefix}-place", at + 1)).strip()
        number = float(place) if place.replace(".", "", 1).isdigit() else at + 1
        sort = data.get(f"{prefix}-sort", "")
        line = {"key": data.get(f"{prefix}-key", ""), "label": data.get(f"{prefix}-label", "")}
        lines.append((number, at, line | {"sort": sort if sort in SORTS else ""}))
    # A line that was given the place of another comes before it.
    return [line for _number, _at, line in sorted(lines, key=lambda one: (one[0], _unmoved(one)))]


def _unmoved(line: tuple[float, int, dict[str, str]]) -> bool:
    return line[0] == line[1] + 1


def _settings(asked: QuestionType, question: Mapping[str, Any], form: Form, language: str) -> dict[str, Any]:
    """The settings as they are kept: what nobody touched stays as it was, to the letter."""
    before = dict(question.get("settings") or {})
    there = asked.settings()
    given = Sent(
        {one.name: _texts(form[f"{SETTING}{one.name}"], one) for one in there if f"{SETTING}{one.name}" in form}
    )
    there.process(given)
    if not there.validate():
        name, messages = next(iter(there.errors.items()))
        raise Rejected(f"{SETTING}{name}", str(messages[0]))
    kept = dict(before)
    for one in there:
        if one.name not in given:
            continue
        old = before.get(one.name)
        same = old is not None and not isinstance(old, Mapping) and sent(one, old) == given[one.name]
        if same or isinstance(old, Mapping):
            continue
        value = _plain(one)
        if value in (None, "", False, []):
            kept.pop(one.name, None)
        else:
            kept[one.name] = value
    for name in asked.worded:
        text = (form[f"{WORDS}{name}"].data or "").strip()
        old = before.get(name)
        texts = {language: old} if isinstance(old, str) else dict(old or {})
        if text:
            kept[name] = {**texts, language: text}
        else:
            kept.pop(name, None)
    return kept


def _texts(ours: Field, setting: Field) -> list[str]:
    data = ours.data
    if isinstance(setting, BooleanField):
        return ["y"] if data else [""]
    if isinstance(data, list):
        return data
    return ["" if data in (None, USUAL) else data]


def _plain(field: Field) -> Any:
    value = field.data
    if value is None or isinstance(value, bool | int | str | list):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _ours(setting: Field, choices: list[tuple[str, str]]) -> Any:
    """One of a kind's settings as a field of our own."""
    label = str(setting.label.text)
    if isinstance(setting, SelectMultipleField):
        return Checkboxes(label, choices=choices, optional=True, marked=False)
    if isinstance(setting, SelectField):
        return Select(label, choices=[(USUAL, "As usual"), *(one for one in choices if one[0])])
    if isinstance(setting, BooleanField):
        return Checkboxes(label, choices=[("y", "Yes")], optional=True, marked=False)
    return Text(label, longest=2_000, optional=True)


def _choices(setting: Any, definition: Mapping[str, Any], question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What may be chosen for a setting; where its form lists nothing, the questions that people answer in words."""
    if not isinstance(setting, SelectField | SelectMultipleField):
        return []
    listed = [(str(one[0]), str(one[1])) for one in setting.iter_choices()] if setting.choices else []
    if listed:
        return listed
    questionnaire, _problems = read_unfinished(definition)
    there = [one for one in questionnaire.questions if in_words(one)]
    found = {one.key: one.text.to(questionnaire.language).plain[:80] for one in there}
    kept = (question.get("settings") or {}).get(setting.name) or []
    return list(({str(one): str(one) for one in kept} | found).items())


def _by_title() -> list[tuple[str, QuestionType]]:
    return sorted(kinds().items(), key=lambda one: str(one[1].title))


def words_of(value: Any, language: str) -> str:
    """Authored words in one language, from a definition."""
    return str(value) if isinstance(value, str) else str((value or {}).get(language, ""))
