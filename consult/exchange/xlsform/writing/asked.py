"""A question as rows of a form: one, or a group with a row for each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import force_locale

from consult import questions
from consult.domain.questionnaire import Question, Questionnaire
from consult.exchange.losses import CHANGED, LOST, NOTE, Losses
from consult.exchange.xlsform.writing.expressions import expression, quoted
from consult.exchange.xlsform.writing.kinds import KINDS, Definition, Kind, settings
from consult.exchange.xlsform.writing.names import Names, Said, choice_names
from consult.exchange.xlsform.writing.sheets import Row, Words
from consult.questions.base import Locale, QuestionType
from consult.web.locale import catalogues, locale_of

#: What a question's definition calls its words, and the columns they stand in.
COLUMNS = {
    "text": "label",
    "hint": "hint",
    "note": "guidance_hint",
    "required_message": "required_message",
    "constraint_message": "constraint_message",
}
MESSAGES = {name: COLUMNS[name] for name in ("required_message", "constraint_message")}
#: What a choice has that only a column of ours can hold, with what other programs do instead.
CHOICE_LOSES = {
    "hint": "XLSForm has no hints for choices; it is kept for Consult only.",
    "other": "The box to say what is a text question of its own after this one.",
    "picture": "The picture is named here, but its file has to be put beside the form by hand.",
}
SAY_WHAT = "Please say what"


@dataclass
class Form:
    """The form while it is written."""

    questionnaire: Questionnaire
    languages: tuple[str, ...]
    names: Names = field(default_factory=Names)
    known: dict[str, Said] = field(default_factory=dict)
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)
    losses: Losses = field(default_factory=Losses)
    #: questions whose answers later words say, by key and row
    said_later: set[tuple[str, str]] = field(default_factory=set)

    def lose(self, severity: str, where: str, part: str, said: object, done: str) -> None:
        """Report what XLSForm cannot say."""
        self.losses.add(severity, sheet=where, column=part, said=str(said), done=done, together=f"{part} {done}")

    def own(self, words: str) -> dict[str, str]:
        """Words of the interface in every language of the form."""
        return {language: spoken_in(language, lambda locale: locale.say(words)) for language in self.languages}

    def xpath(self, condition: Mapping[str, Any] | None, itself: Said | None = None) -> str:
        """A condition as an expression; "" for none."""
        return expression(condition, self.known, itself) if condition else ""


def spoken_in(language: str, say: Callable[[Locale], str]) -> str:
    """What our own words say in a language; in English where the interface does not speak it."""
    spoken = language if language in catalogues() else "en"
    with force_locale(spoken.replace("-", "_")):
        return str(say(replace(locale_of(spoken), language=language)))


def without(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A part of a definition without what the cells hold."""
    return {name: value for name, value in data.items() if name not in names}


def ask(form: Form, definition: Definition, question: Question) -> None:
    """Write one question."""
    kind = KINDS.get(question.kind)
    if kind is None:
        done = "This kind of question is not known here; other programs ask for a text."
        form.lose(LOST, f"question {question.key}", "kind", question.kind, done)
        kind = Kind("text")
    _report(form, definition, kind)
    for setting in kind.before:
        _note(form, question.key, {"setting": setting}, settings(definition).get(setting), definition)
    (_group if kind.parts else _single)(form, definition, question, kind)
    for setting in kind.after:
        _note(form, question.key, {"setting": setting}, settings(definition).get(setting), definition)
    _say(form, question)


def _report(form: Form, definition: Definition, kind: Kind) -> None:
    where = f"question {definition['key']}"
    for setting, done in kind.lost.items():
        if settings(definition).get(setting) not in (None, "", False, [], {}):
            form.lose(NOTE, where, setting, _first(settings(definition)[setting]), done)
    for option in definition.get("options", ()):
        for name, done in CHOICE_LOSES.items():
            if option.get(name):
                severity = CHANGED if name == "picture" else NOTE
                form.lose(severity, where, f"option {name}", _first(option["label"]), done)


def _first(value: Any) -> Any:
    return next(iter(value.values()), "") if isinstance(value, Mapping) else value


def _note(form: Form, key: str, what: dict[str, str], words: Any, definition: Definition) -> None:
    """Words beside a question as a note of their own."""
    if not isinstance(words, Mapping) or not words:
        return
    cells = {"type": "note", "name": form.names.give(f"{key}_{next(iter(what.values()))}")}
    cells["relevant"] = form.xpath(definition.get("show"))
    form.survey.append(Row(cells, {"label": words}, {"for": key, **what}))


def _words(definition: Definition, columns: Mapping[str, str]) -> dict[str, Words]:
    return {column: definition[name] for name, column in columns.items() if definition.get(name)}


def _inside(kind: Kind, definition: Definition) -> list[str]:
    """The settings whose words are in notes."""
    return [name for name in (*kind.before, *kind.after) if isinstance(settings(definition).get(name), Mapping)]


def _fragment(definition: Definition, kind: Kind, *names: str) -> dict[str, Any]:
    """What is kept of a question: all but its words and its parts."""
    fragment = without(definition, *COLUMNS, *names)
    if settings(definition):
        fragment["settings"] = without(settings(definition), *_inside(kind, definition))
    return fragment


def _single(form: Form, definition: Definition, question: Question, kind: Kind) -> None:
    name = form.names.question(question.key)
    row = Row(
        _cells(form, definition, kind, name),
        _words(definition, COLUMNS),
        {"question": _fragment(definition, kind, "options")},
    )
    row.cells["relevant"] = form.xpath(definition.get("show"))
    row.cells["required"] = "yes" if definition.get("required") else ""
    names: dict[str, str] = {}
    if kind.chooses:
        names = _choose(form, definition, question, kind, row, name)
    form.survey.append(row)
    form.known[question.key] = Said({"": f"${{{name}}}"}, kind.answers, names)
    row.cells["constraint"] = _rules(form, definition, kind, Said({"": "."}, kind.answers, names))
    if kind.chooses:
        _boxes(form, definition, question, name, names)


def _cells(form: Form, definition: Definition, kind: Kind, name: str) -> dict[str, str]:
    said = settings(definition)
    decimal = kind.type == "integer" and said.get("decimal")
    look = {"select": "minimal", "type_ahead": "autocomplete"}.get(str(said.get("appearance")), kind.appearance)
    return {"type": "decimal" if decimal else kind.type, "name": name, "appearance": look}


def _rules(form: Form, definition: Definition, kind: Kind, itself: Said) -> str:
    """Everything an answer is checked by, as one expression."""
    found = kind.rules(definition)
    for option in definition.get("options", ()):
        if option.get("exclusive") and kind.answers == "many":
            chosen = f"selected(., {quoted(itself.choices.get(option['key'], option['key']))})"
            found.append(f"not({chosen} and count-selected(.) > 1)")
    if definition.get("constraint"):
        found.append(form.xpath(definition["constraint"], itself))
    return found[0] if len(found) == 1 else " and ".join(f"({one})" for one in found)


def _choose(form: Form, definition: Definition, question: Question, kind: Kind, row: Row, name: str) -> dict[str, str]:
    """Give a row its list of choices; their names in the form by their keys."""
    choices, names = _choices(form, definition, question)
    if not choices:
        done = "There is nothing to choose from yet, so other programs ask for a text."
        form.lose(CHANGED, f"question {question.key}", "options", question.kind, done)
        row.cells["type"] = "text"
        return {}
    listed = _listed(form, choices, name)
    row.cells["type"] = f"{row.cells['type']} {listed}"
    conditions = [(choice.cells["shown"], choice.kept["show"]) for choice in choices if choice.cells["shown"]]
    if conditions:
        parts = [f"(shown = '{shown}' and ({form.xpath(show)}))" for shown, show in dict(conditions).items()]
        row.cells["choice_filter"] = " or ".join(["shown = ''", *parts])
    if settings(definition).get("order") == "random":
        row.cells["parameters"] = "randomize=true"
    return names


def _choices(form: Form, definition: Definition, question: Question) -> tuple[list[Row], dict[str, str]]:
    """The choices of a question: its options, or those its kind always has."""
    kind = questions.kinds().get(question.kind)
    options = {option["key"]: option for option in definition.get("options", ())}
    keys = list(options)
    if kind is not None:
        counted = [key for _part, key in kind.counted(question)]
        keys = list(dict.fromkeys((*counted, *keys))) if set(options) - set(counted) == set() else keys
    names = choice_names(keys)
    shown: dict[str, str] = {}
    rows = []
    for key in keys:
        option = options.get(key)
        if option is None:
            assert kind is not None
            words = {one: spoken_in(one, _naming(kind, question, key)) for one in form.languages}
            rows.append(Row({"name": names[key], "shown": ""}, {"label": words}, {"fixed": True}))
            continue
        kept = without(option, "label")
        if option["key"] == names[key]:
            kept.pop("key")
        when = ""
        if option.get("show"):
            when = kept["shown"] = shown.setdefault(repr(option["show"]), f"when_{len(shown) + 1}")
        made = Row({"name": names[key], "shown": when}, {"label": option["label"]}, kept)
        if isinstance(option.get("picture"), Mapping):
            made.words["media::image"] = dict.fromkeys(form.languages, f"{option['picture'].get('file', '')[:16]}.png")
        rows.append(made)
    return rows, names


def _naming(kind: QuestionType, question: Question, key: str) -> Callable[[Locale], str]:
    return lambda locale: kind.atom_words(question, "", key, locale)


def _listed(form: Form, choices: list[Row], name: str) -> str:
    """The name of a list with just these choices: one that is there already, or a new one."""
    same = repr([(choice.cells, choice.words, choice.kept) for choice in choices])
    if same not in form.lists:
        form.lists[same] = name
        for choice in choices:
            choice.cells["list_name"] = name
            form.choices.append(choice)
    return form.lists[same]


def _boxes(form: Form, definition: Definition, question: Question, name: str, names: Mapping[str, str]) -> None:
    """A text question for each choice that asks what it is."""
    for option in definition.get("options", ()):
        if option.get("other"):
            words = {
                one: f"{option['label'].get(one) or _first(option['label'])}: {say}"
                for one, say in form.own(SAY_WHAT).items()
            }
            cells = {
                "type": "text",
                "name": form.names.give(f"{question.key}_{names[option['key']].replace('.', '_')}_said"),
                "relevant": f"selected(${{{name}}}, {quoted(names[option['key']])})",
            }
            form.survey.append(Row(cells, {"label": words}, {"for": question.key, "box": option["key"]}))


def _group(form: Form, definition: Definition, question: Question, kind: Kind) -> None:
    """A question of several rows."""
    parts = _parts(form, definition, question, kind)
    name = form.names.question(question.key)
    options = "options" if kind.parts != "options" else ""
    head = Row(
        {"type": "begin_group", "name": name, "relevant": form.xpath(definition.get("show"))},
        {"label": definition["text"]},
        {"question": _fragment(definition, kind, "rows", options or "rows")},
    )
    head.kept["question"] |= {one: definition[one] for one in ("note",) if definition.get(one)}
    form.survey.append(head)
    if definition.get("hint"):
        _note(form, question.key, {"words": "hint"}, definition["hint"], {})
    filled = Row({"type": "", "name": "", "parameters": "", "choice_filter": ""})
    names: dict[str, str] = {}
    if kind.chooses:
        filled.cells["type"] = kind.type
        names = _choose(form, definition, question, kind, filled, name)
        if not filled.cells["choice_filter"] and len({part["key"] for part in parts}) > 1:
            head.cells["appearance"] = "table-list"
    variables: dict[str, str] = {}
    for part in parts:
        own = form.names.question(question.key, part["key"])
        variables[part["key"]] = f"${{{own}}}"
        row = Row(_cells(form, definition, kind, own) | {k: v for k, v in filled.cells.items() if k != "name" and v})
        row.cells["relevant"] = form.xpath(part.get("show"))
        row.cells["required"] = "yes" if definition.get("required") or part.get("required") else ""
        row.words = {"label": part["label"], **_words(definition, MESSAGES)}
        row.kept = {"part": without(part, "label")}
        row.cells["constraint"] = _rules(form, definition, kind, Said({"": "."}, kind.answers, names))
        if question.kind == "points" and part is parts[-1]:
            row.cells["constraint"] = _total(definition, list(variables.values())[:-1])
        form.survey.append(row)
    form.survey.append(Row({"type": "end_group"}))
    form.known[question.key] = Said(variables, kind.answers, names)


def _total(definition: Definition, earlier: list[str]) -> str:
    total = settings(definition).get("total", 100)
    summed = " + ".join([*(f"coalesce({one}, 0)" for one in earlier), "."])
    return f"(. >= 0) and ({summed} {'=' if settings(definition).get('exactly') else '<='} {total})"


def _parts(form: Form, definition: Definition, question: Question, kind: Kind) -> list[dict[str, Any]]:
    """The rows of its group: from its definition, or the kind's own."""
    if kind.parts in ("rows", "options"):
        return [dict(one) for one in definition.get(kind.parts, ())]
    parts = (("from", "First day"), ("to", "Last day"))
    return [{"key": key, "label": form.own(words), "fixed": True} for key, words in parts]


def _say(form: Form, question: Question) -> None:
    """A value that later words name: the words of a choice, not its name."""
    for key, row in sorted(form.said_later):
        if key != question.key:
            continue
        said = form.known[key]
        variable = said.variables.get(row) or next(iter(said.variables.values()), "")
        if not variable:
            continue
        name = form.names.question(key, f"{row}.said".strip("."))
        spoken = f"jr:choice-name({variable}, '{variable}')" if said.answers == "one" else variable
        cells = {"type": "calculate", "name": name, "calculation": spoken}
        form.survey.append(Row(cells, {}, {"for": key, "said": row}))
