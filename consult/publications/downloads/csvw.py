"""What stands beside a CSV file for programs: its columns, types and marks, as CSV on the Web (W3C)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from consult.publications.downloads.tables import Table
from consult.questions.variables import Holds, Variable
from consult.results.export import FIGURES, HEADINGS, HIDDEN_MARK, NONE_MARK
from consult.results.sheets import guarded
from consult.web.locale import catalogues, locale_of

MIMETYPE = "application/csvm+json"
#: Where programs look for it: beside the file, under its own name and this.
SUFFIX = "-metadata.json"
CONTEXT = "http://www.w3.org/ns/csvw"
DIALECT = {"encoding": "utf-8", "header": True, "delimiter": ",", "doubleQuote": True, "lineTerminators": ["\r\n"]}
GUARD = "A cell that a spreadsheet would take for a formula begins with an apostrophe that is not part of it."
WHOLE = {"base": "integer", "minimum": 0}
DATATYPES: dict[Holds, Any] = {
    Holds.TICK: {"base": "integer", "minimum": 0, "maximum": 1},
    Holds.NUMBER: "number",
    Holds.DAY: "date",
    Holds.TEXT: "string",
}


def released(
    data: Mapping[str, Any], *, file: str, publisher: str, titles: Callable[[], Mapping[str, str]]
) -> dict[str, Any]:
    """The description of the released tables, its headings in every language of the site."""
    spoken = {language: _spoken(language, titles) for language in catalogues()}
    columns: list[dict[str, Any]] = []
    for name in HEADINGS:
        said = {language: words[name] for language, words in spoken.items() if words.get(name)}
        one: dict[str, Any] = {"name": name, "titles": {"und": name, **said}}
        if name in FIGURES:
            one |= {"datatype": WHOLE, "null": [HIDDEN_MARK, NONE_MARK]}
        elif name == "answered":
            one |= {"datatype": WHOLE, "required": True}
        elif name == "answered_is_about":
            one |= {"datatype": {"base": "boolean", "format": "yes|no"}, "required": True}
        else:
            one |= (
                {"datatype": "string", "lang": data["language"]} if name.endswith("_text") else {"datatype": "string"}
            )
        columns.append(one)
    described = {
        "dc:title": {"@value": data["title"], "@language": data["language"]},
        "dc:publisher": publisher,
        "dc:language": data["language"],
        "dc:description": _("People chose to take part, so this is not a poll."),
        **({"dc:issued": {"@value": data["published"], "@type": "xsd:date"}} if data["published"] else {}),
    }
    notes = {HIDDEN_MARK: _("Hidden, so that nobody can be recognised.")}
    notes[NONE_MARK] = _("There is no such figure, or too few people answered for a percentage.")
    return _table(file, str(data["language"]), described, columns, notes)


def of_rows(table: Table, *, file: str) -> dict[str, Any]:
    """The description of rows: what each column is about, in every language of the question, and the keys in it."""
    described = {
        "dc:title": {"@value": f"{table.title}: {table.name.lower()}", "@language": "en"},
        "dc:accessRights": "Confidential personal-level data.",
    }
    return _table(file, "en", described, [_column(one) for one in table.columns], {})


def _table(
    file: str, language: str, described: dict[str, Any], columns: list[dict[str, Any]], marks: Mapping[str, str]
) -> dict[str, Any]:
    said = [{"@value": f"{mark}: {meaning}", "@language": language} for mark, meaning in marks.items()]
    return {
        "@context": [CONTEXT, {"@language": language}],
        "url": file,
        **described,
        "rdfs:comment": [*said, {"@value": GUARD, "@language": "en"}],
        "dialect": DIALECT,
        "tableSchema": {"columns": columns},
    }


def _column(variable: Variable) -> dict[str, Any]:
    titles = {language: variable.label.to(language).plain for language in variable.label}
    one: dict[str, Any] = {
        "titles": {"und": variable.name, **titles},
        "datatype": DATATYPES.get(variable.holds, "string"),
    }
    if variable.holds is Holds.NUMBER and variable.whole:
        one["datatype"] = "integer"
    if variable.keys:
        one["datatype"] = {"base": "string", "format": "|".join(re.escape(str(guarded(key))) for key in variable.keys)}
        one["dc:description"] = [said for key in variable.keys for said in _words(variable, key)]
    return one


def _words(variable: Variable, key: str) -> list[dict[str, str]]:
    """What a key stands for, in every language in which it was asked; where the words are ours, in English."""
    option = variable.question.option_by_key.get(key) if variable.question else None
    if option is None or not option.label:
        return [{"@value": f"{key}: {variable.words_of(key, locale_of('en'))}", "@language": "en"}]
    return [{"@value": f"{key}: {option.label.to(language).plain}", "@language": language} for language in option.label]


def _spoken(language: str, titles: Callable[[], Mapping[str, str]]) -> Mapping[str, str]:
    with force_locale(language.replace("-", "_")):
        return titles()
