"""A questionnaire as an XLSForm: its pages as groups, its questions as rows, its words in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.domain.questionnaire import Questionnaire, as_json
from consult.exchange.losses import Loss
from consult.exchange.xlsform import kept
from consult.exchange.xlsform.writing.asked import Form, ask, without
from consult.exchange.xlsform.writing.sheets import PIPE, Row, Sheet, headings_of, workbook, written


@dataclass(frozen=True)
class Written:
    """The workbook, and what XLSForm could not say of the questionnaire."""

    content: bytes
    losses: tuple[Loss, ...]


def write_xlsform(questionnaire: Questionnaire, *, version: str = "1") -> Written:
    """An .xlsx that pyxform accepts without a warning, and that becomes the same questionnaire again when read here."""
    definition = as_json(questionnaire)
    form = Form(questionnaire, questionnaire.languages)
    form.said_later = {(found[1], found[2] or "") for text in _texts(definition) for found in PIPE.finditer(text)}
    for page in definition["pages"]:
        _page(form, page)
    languages = headings_of(questionnaire.languages)
    survey = Sheet("survey", ("type", "name"), kept.SURVEY, languages, form.survey)
    choices = Sheet("choices", ("list_name", "name"), kept.CHOICES, languages, form.choices)
    for row in (*form.survey, *form.choices):
        row.cells = {name: text for name, text in row.cells.items() if text}
    sheets = [("survey", survey.grid(form.names)), ("settings", _settings(questionnaire, languages, version))]
    if form.choices:
        sheets.insert(1, ("choices", choices.grid(form.names)))
    return Written(workbook(sheets), tuple(form.losses.found))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _page(form: Form, page: Mapping[str, Any]) -> None:
    kept_page = {"page": without(page, "title", "text", "questions")}
    cells = {"type": "begin_group", "name": form.names.give(page["key"]), "appearance": "field-list"}
    _opened(form, page, cells, kept_page)
    for one in page["questions"]:
        if "section" not in one:
            ask(form, one, form.questionnaire.question_by_key[one["key"]])
            continue
        cells = {"type": "begin_group", "name": form.names.give(one["section"])}
        _opened(form, one, cells, {"section": without(one, "title", "text", "questions")})
        for inner in one.get("questions", ()):
            ask(form, inner, form.questionnaire.question_by_key[inner["key"]])
        form.survey.append(Row({"type": "end_group"}))
    form.survey.append(Row({"type": "end_group"}))


def _opened(form: Form, part: Mapping[str, Any], cells: dict[str, str], beside: dict[str, Any]) -> None:
    """The beginning of a page or a section, with its words."""
    cells["relevant"] = form.xpath(part.get("show"))
    form.survey.append(Row(cells, {"label": part["title"]} if part.get("title") else {}, beside))
    if part.get("text"):
        note = {"type": "note", "name": form.names.give(f"{cells['name']}_text")}
        form.survey.append(Row(note, {"label": part["text"]}, {"text": True}))


def _settings(questionnaire: Questionnaire, languages: Mapping[str, str], version: str) -> list[list[str]]:
    title = written(questionnaire.title.to(questionnaire.language).text)
    identity = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40] or "questionnaire"
    ours = {
        "consult": kept.VERSION,
        "language": questionnaire.language,
        "languages": {name: code for code, name in languages.items()},
        "title": questionnaire.title.as_json(),
        "as": kept.sum_of(title),
    }
    cells = {
        "form_title": title,
        "form_id": identity if identity[0].isalpha() else f"q_{identity}",
        "version": version,
        "default_language": languages[questionnaire.language],
        **kept.cells_of(kept.SETTINGS, ours),
    }
    return [list(cells), list(cells.values())]
