"""An XLSForm from its bytes to a definition that can be asked, with a report of what could not be brought in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from consult.domain.questionnaire import BadDefinition, Questionnaire, read
from consult.exchange.languages import code_of
from consult.exchange.losses import NOTE, Imported, Loss, Losses, Refused
from consult.exchange.workbook import Row, Sheet, read_sheets
from consult.exchange.xlsform import kept
from consult.exchange.xlsform.choices import Lists
from consult.exchange.xlsform.columns import read_columns, report_others, rows_of, split
from consult.exchange.xlsform.expressions import names_in
from consult.exchange.xlsform.ours import read_ours
from consult.exchange.xlsform.pages import Layout
from consult.exchange.xlsform.reading import Reading
from consult.exchange.xlsform.rows import Item, tree
from consult.exchange.xlsform.survey import lay_out
from consult.exchange.xlsform.words import Words, plain

#: Settings that are used, or that say nothing about what people are asked.
SETTINGS_KEPT = {"form_title", "title", "default_language", "form_id", "id_string", "version", "form_version"}


def read_xlsform(content: bytes, filename: str) -> Imported:
    """A workbook as a definition and its losses; raises Refused with a sentence naming sheet, row and column."""
    sheets = read_sheets(content, filename)
    if "survey" not in sheets:
        there = ", ".join(f"“{sheet.name}”" for sheet in sheets.values()) or "none"
        raise Refused(f"“{filename}” has no sheet “survey”, so it is not an XLSForm. Its sheets: {there}.")
    reading = _begin(sheets, filename)
    settings = _settings(sheets)
    items = tree(reading.survey, reading.columns, reading.losses)
    _no_loops(reading, items)
    ours = _ours(sheets)
    if ours:
        read_ours(reading, items)
        reading.lists.filters_used |= {"shown", *(one for one in reading.lists.columns.others if "image" in one)}
    else:
        lay_out(reading, items)
        _report_title(reading, sheets.get("settings"))
    report_others(reading.survey, reading.columns, reading.losses)
    reading.lists.finish()
    _report_sheets(sheets, reading.losses)
    title = settings.get("form_title") or settings.get("title") or ""
    return _imported(reading, _titles(reading, ours, title))


def _ours(sheets: dict[str, Sheet]) -> dict[str, Any]:
    """What a form that was written here says of itself; {} for any other."""
    sheet = sheets.get("settings")
    found = kept.read_kept(kept.SETTINGS, sheet.rows[0].cells) if sheet and sheet.rows else None
    return found if found and found.get("consult") == kept.VERSION else {}


def _titles(reading: Reading, ours: dict[str, Any], title: str) -> dict[str, str]:
    """The form's one title in every language, or all that it had when it was written here."""
    if ours and kept.sum_of(title) == ours.get("as"):
        return dict(ours["title"])
    text = plain(title) or PurePath(reading.filename).stem.replace("_", " ")
    if ours:
        return {**ours["title"], reading.language: text.strip()}
    return dict.fromkeys(reading.languages, text.strip())


def _begin(sheets: dict[str, Sheet], filename: str) -> Reading:
    survey, losses = sheets["survey"], Losses()
    ours = _ours(sheets)
    codes = dict(ours.get("languages", {}))
    language = ours.get("language") or _language(survey, _settings(sheets), losses)
    columns = read_columns(survey, default=language, losses=losses, codes=codes)
    for needed in ("type", "name"):
        if needed not in columns.plain:
            raise Refused(f"Sheet “{survey.name}”, row {survey.head}: there is no column “{needed}”.")
    lists = Lists(sheets.get("choices"), default=language, losses=losses, codes=codes)
    spoken = (*codes.values(), language, *columns.languages, *lists.columns.languages)
    languages = tuple(dict.fromkeys(spoken))
    lists.read(languages)
    layout = Layout()
    words = Words(survey.name, columns, losses, layout.said)
    return Reading(filename, survey, columns, words, lists, layout, losses, language, languages)


def _settings(sheets: dict[str, Sheet]) -> dict[str, str]:
    sheet = sheets.get("settings")
    if sheet is None or not sheet.rows:
        return {}
    return {heading.strip().lower(): text for heading, text in sheet.rows[0].cells.items()}


def _language(survey: Sheet, settings: dict[str, str], losses: Losses) -> str:
    """The form's own language: what its settings say, else English for bare words, else English or its first."""
    named = [split(heading)[1] for heading in survey.headings if split(heading)[0] in ("label", "caption")]
    codes = [code_of(one)[0] for one in named if one]
    bare = "" in named or not codes
    said = settings.get("default_language", "")
    if said and said.lower() not in ("none", "default"):
        code, known = code_of(said)
        if code in codes or (known and bare):
            return code
    if not bare:
        return "en" if "en" in codes else codes[0]
    if "en" not in codes:
        heading = next((one for one in survey.headings if split(one) in (("label", ""), ("caption", ""))), "label")
        done = "The form does not say which language this is; it is taken to be English."
        losses.add(NOTE, sheet=survey.name, row=survey.head, column=heading, said=heading, done=done)
    return "en"


def _imported(reading: Reading, titles: dict[str, str]) -> Imported:
    pages = reading.layout.pages
    inside = (one for page in pages for part in page["questions"] for one in part.get("questions", (part,)))
    if not any(question["kind"] != "statement" for question in inside):
        raise Refused(
            f"“{reading.filename}” has no question on its sheet “{reading.survey.name}” that can be asked here."
        )
    definition: dict[str, Any] = {
        "consult": 1,
        "language": reading.language,
        "languages": list(reading.languages),
        "title": titles,
        "pages": pages,
    }
    try:
        questionnaire = read(definition)
    except BadDefinition as refusal:
        problem = refusal.problems[0]
        raise Refused(f"“{reading.filename}” cannot be asked: {problem.where}: {problem.sentence}.") from None
    _report_languages(reading, questionnaire)
    asked = sum(question.kind != "statement" for question in questionnaire.questions)
    return Imported(definition, reading.languages, asked, tuple(_in_order(reading)))


def _report_title(reading: Reading, settings: Sheet | None) -> None:
    """A title in one language, or none at all."""
    for heading, said in settings.rows[0].cells.items() if settings and settings.rows else ():
        if heading.strip().lower() in ("form_title", "title") and said:
            if settings and len(reading.languages) > 1:
                done = "A form has one title; it stands in every language until somebody translates it."
                row = settings.rows[0].number
                reading.losses.add(NOTE, sheet=settings.name, row=row, column=heading, said=said, done=done)
            return
    done = "The form has no title, so the name of the file stands there until somebody gives it one."
    reading.losses.add(NOTE, sheet=settings.name if settings else "settings", column="form_title", done=done)


def _report_languages(reading: Reading, questionnaire: Questionnaire) -> None:
    survey, losses = reading.survey, reading.losses
    for language in reading.languages:
        places = questionnaire.lacking(language) if language != reading.language else []
        if places:
            texts = "1 text has" if len(places) == 1 else f"{len(places)} texts have"
            done = f"{texts} no words in this language, the first at {places[0]}. It can be offered once complete."
            heading = reading.columns.heading("label", language)
            losses.add(NOTE, sheet=survey.name, row=survey.head, column=heading, said=language, done=done)


def _in_order(reading: Reading) -> list[Loss]:
    """As somebody goes through the file: sheet by sheet, row by row."""
    choices = reading.lists.sheet.name if reading.lists.sheet else "choices"
    order = {reading.survey.name: 0, choices: 1, "settings": 2}
    return sorted(reading.losses.found, key=lambda loss: (order.get(loss.sheet, 3), loss.row or 0))


def _report_sheets(sheets: dict[str, Sheet], losses: Losses) -> None:
    for name, sheet in sheets.items():
        if name in ("survey", "choices") or not sheet.rows:
            continue
        if name != "settings":
            done = f"This sheet is not read. It has {rows_of(len(sheet.rows))}."
            losses.add(NOTE, sheet=sheet.name, said=sheet.name, done=done)
            continue
        for heading, said in sheet.rows[0].cells.items():
            if heading.strip().lower() not in SETTINGS_KEPT and not heading.startswith(kept.SETTINGS):
                done = "This setting is not kept."
                losses.add(NOTE, sheet=sheet.name, row=sheet.rows[0].number, column=heading, said=said, done=done)
        for row in sheet.rows[1:]:
            done = "Settings stand in one row; this one is not read."
            said = next(iter(row.cells.values()))
            losses.add(NOTE, sheet=sheet.name, row=row.number, said=said, done=done, together="settings")


def _no_loops(reading: Reading, items: list[Item]) -> None:
    """Refuse conditions that wait for each other."""
    looks: dict[str, set[str]] = {}
    rows: dict[str, Row] = {}
    for item, names in _conditions(reading, items, frozenset()):
        looks.setdefault(item.name, set()).update(names)
        rows.setdefault(item.name, item.row)
    done: set[str] = set()
    for start in looks:
        path = dict.fromkeys([start] if start not in done else [])
        waits = [iter(sorted(looks[start]))]
        while path:
            following = next(waits[len(path) - 1], None)
            if following is None:
                done.add(path.popitem()[0])
                waits.pop()
            elif following in path:
                name = next(reversed(path))
                back = f"which waits for “{name}”" if following != name else "which is itself"
                sentence = f"the conditions go round in a loop: “{name}” waits for “{following}”, {back}"
                raise reading.refused(rows[name], "relevant", sentence)
            elif following in looks and following not in done:
                path[following] = None
                waits.append(iter(sorted(looks[following])))


def _conditions(
    reading: Reading, items: list[Item], inherited: frozenset[str]
) -> Iterator[tuple[Item, frozenset[str]]]:
    """Every question with the names that its condition and those of its groups look at."""
    for item in items:
        names = inherited | names_in(reading.get(item.row, "relevant"))
        if item.is_group:
            yield from _conditions(reading, item.inside, names)
        elif item.name and item.kind != "comment":
            yield item, names
