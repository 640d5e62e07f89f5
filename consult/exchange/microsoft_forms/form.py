"""A Microsoft Forms export as a definition: its headings are the questions, its responses are only looked at.

No response is kept, nor put into the report; what was guessed from them is said to be guessed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from consult.exchange.assembly import Assembly, Part
from consult.exchange.conditions import option_keys
from consult.exchange.losses import CHANGED, NOTE, Imported, Loss, Losses, Refused
from consult.exchange.microsoft_forms.guessing import FEWEST, MANY, Guess, guess
from consult.exchange.microsoft_forms.headings import MARKED, looks_like_responses, own
from consult.exchange.phrases import Phrases
from consult.exchange.structure import Thing, tidy
from consult.exchange.workbook import PACKED, Sheet, read_sheets

LINE, LINES = 500, 4000
LONGEST_PART = 2_000_000
#: A part in brackets that Forms' exports add to a name: “Survey(1-250)”.
RANGE = re.compile(r"\s*\(\d+-\d+\)\s*$")
NOTHING = re.compile(r"(?!)")
Column = tuple[str, list[str]]


def is_microsoft_forms(content: bytes, filename: str) -> bool:
    """Whether a workbook holds responses of Microsoft Forms, by its first row; an XLSForm has a sheet “survey”."""
    if not content.startswith(PACKED):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = archive.getinfo("xl/workbook.xml")
            if book.file_size > LONGEST_PART or re.search(rb'name="survey"', archive.read(book), re.I):
                return False
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return False
    try:
        sheets = list(read_sheets(content, filename).values())
    except Refused:
        return False
    return any(looks_like_responses(list(sheet.headings)) for sheet in sheets)


def read_microsoft_forms(content: bytes, filename: str) -> Imported:
    """The questions of an export and what could not be known of them; raises Refused with a sentence."""
    losses = Losses()
    sheets = read_sheets(content, filename)
    sheet = next(sheet for sheet in sheets.values() if looks_like_responses(list(sheet.headings)))
    assembly = Assembly(filename, "en", losses)
    columns = _columns(sheet, losses)
    if not columns:
        raise Refused(f"“{filename}”, sheet “{sheet.name}”, row {sheet.head}: no column is a question.")
    done = (
        "An export holds responses, not the questionnaire: kinds of question and choices are guessed from them. No "
        "response is kept. Required answers, routes, hints and sections are not in the file."
    )
    losses.add(CHANGED, sheet=sheet.name, row=sheet.head, said=f"{len(sheet.rows)} responses", done=done)
    if len(sheet.rows) < FEWEST:
        done = f"Fewer than {FEWEST} responses say nothing about choices, so every question is asked in words."
        losses.add(CHANGED, sheet=sheet.name, row=sheet.head, said=f"{len(sheet.rows)} responses", done=done)
    assembly.turn(Part())
    words = Phrases(NOTHING, assembly.place)
    for group in _groups(columns):
        if len(group) > 1:
            _grid(assembly, words, sheet, group, losses)
        else:
            _question(assembly, words, sheet, group[0], losses)
    for other in sheets.values():
        if other is not sheet and other.rows:
            losses.add(NOTE, sheet=other.name, said=other.name, done="This sheet is not read.")
    title = RANGE.sub("", PurePath(filename).stem).replace("_", " ").strip()
    imported = assembly.finish({"en": tidy(title)} if title else {}, ("en",), title_place=sheet.name)
    done = "The language of the questions is taken to be English; the name of the file is the title."
    note = Loss(NOTE, sheet.name, sheet.head, "", title, done)
    return replace(imported, losses=(*imported.losses, note))


def _columns(sheet: Sheet, losses: Losses) -> list[Column]:
    """The questions with what was answered; Forms' own columns are told and not looked at."""
    questions: list[Column] = []
    early = {own(heading) for heading in sheet.headings[:8]} - {""}
    for at, heading in enumerate(sheet.headings):
        what = own(heading)
        if what and (at < 9 or what == "points"):
            done = "Forms adds this column by itself; it is not a question, and nothing of it is read."
            losses.add(NOTE, sheet=sheet.name, row=sheet.head, column=heading, said=heading, done=done, together="own")
        elif MARKED.fullmatch(heading) and early:
            done = "Points and feedback of a quiz are not kept."
            losses.add(NOTE, sheet=sheet.name, row=sheet.head, column=heading, said=heading, done=done, together="quiz")
        else:
            questions.append((heading, [row.get(heading) for row in sheet.rows]))
    for number, heading, _value in sheet.astray[:1]:
        done = "A column has no heading, or one that is there before; it is not read."
        losses.add(CHANGED, sheet=sheet.name, row=number, column=heading, done=done)
    return questions


def _groups(columns: list[Column]) -> list[list[Column]]:
    """Columns beside each other whose headings begin with the same question, as those of a grid do: “Question.Row”."""
    groups: list[list[Column]] = []
    for column in columns:
        start = _start(column[0])
        if groups and start and _start(groups[-1][-1][0]) == start:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _start(heading: str) -> str:
    """What stands before the last full stop that is followed by a row's words at once."""
    found = re.fullmatch(r"(.{3,}?)\.(?=\S)([^.]{1,200})", heading.strip(), re.S)
    return found[1].strip() if found else ""


def _thing(sheet: Sheet, heading: str, losses: Losses) -> Thing:
    return Thing({"heading": tidy(heading)}, sheet.name, losses)


def _question(assembly: Assembly, words: Phrases, sheet: Sheet, column: Column, losses: Losses) -> None:
    heading, values = column
    guessed = guess(values)
    thing = _thing(sheet, heading, losses)
    text, hint = words.question({"en": tidy(heading)}, thing, "heading", language="en")
    made = {
        "key": assembly.keys.key(_short(heading)),
        "text": text or {"en": "?"},
        "hint": hint,
        **_kind(words, thing, guessed),
    }
    _tell(sheet, heading, guessed, values, losses)
    assembly.add(made)


def _kind(words: Phrases, thing: Thing, guessed: Guess) -> dict[str, Any]:
    if guessed.kind in ("single_choice", "multiple_choice", "ranking"):
        if {choice.lower() for choice in guessed.choices} == {"yes", "no"} and guessed.kind == "single_choice":
            return {"kind": "yes_no"}
        return {"kind": guessed.kind, "options": _options(words, thing, guessed.choices)}
    if guessed.kind == "rating":
        first, last = map(int, guessed.choices)
        return {"kind": "rating", "settings": {"points": last - first + 1} | ({"first": 0} if first == 0 else {})}
    if guessed.kind == "number":
        return {"kind": "number", "settings": {"decimal": True} if guessed.choices else {}}
    longest = {"short_text": LINE, "long_text": LINES}.get(guessed.kind)
    return {"kind": guessed.kind, "settings": {"longest": longest} if longest else {}}


def _options(words: Phrases, thing: Thing, choices: tuple[str, ...]) -> list[dict[str, Any]]:
    keys = option_keys(choices)
    return [{"key": keys[one], "label": words.line({"en": tidy(one)}, thing, "heading")} for one in choices]


def _grid(assembly: Assembly, words: Phrases, sheet: Sheet, group: list[Column], losses: Losses) -> None:
    """Rows with the same choices are a grid; others stay questions of their own."""
    guesses = [guess(values) for _heading, values in group]
    choices = list(dict.fromkeys(choice for one in guesses for choice in one.choices))
    if any(one.kind != "single_choice" for one in guesses) or len(choices) > 11:
        for column in group:
            _question(assembly, words, sheet, column, losses)
        return
    start = _start(group[0][0])
    thing = _thing(sheet, start, losses)
    merged = guess([value for _heading, values in group for value in values])
    listed = (
        merged.choices if merged.kind == "single_choice" and set(merged.choices) >= set(choices) else tuple(choices)
    )
    text, hint = words.question({"en": tidy(start)}, thing, "heading", language="en")
    rows = [
        {"key": f"r{at}", "label": words.line({"en": tidy(heading[len(start) + 1 :].strip())}, thing, "heading")}
        for at, (heading, _values) in enumerate(group, 1)
    ]
    made = {"key": assembly.keys.key(_short(start)), "kind": "matrix", "text": text, "hint": hint, "rows": rows}
    assembly.add({**made, "options": _options(words, thing, listed)})
    for (heading, values), one in zip(group, guesses, strict=True):
        _tell(sheet, heading, one, values, losses, grid=True)


def _tell(sheet: Sheet, heading: str, guessed: Guess, values: list[str], losses: Losses, *, grid: bool = False) -> None:
    """Say what was guessed, without a word that fewer than `MANY` people gave."""
    names = {
        "single_choice": "one choice of a list", "multiple_choice": "several choices of a list",
        "ranking": "an order of choices", "rating": "a scale of numbers", "number": "a number", "date": "a date",
        "time": "a time", "short_text": "words on a line", "long_text": "words on several lines",
    }  # fmt: skip
    what = "a row of a grid" if grid else names[guessed.kind]
    given = sum(bool(value.strip()) for value in values)
    done = f"Guessed from {given} answers: {what}."
    if guessed.kind in ("single_choice", "multiple_choice", "ranking"):
        done += " Check the choices and their order: a choice that hardly anybody took is missing."
    if guessed.kind == "rating":
        done += f" The scale is taken to go from {guessed.choices[0]} to {guessed.choices[1]}."
    losses.add(CHANGED, sheet=sheet.name, row=sheet.head, column=heading, said=heading, done=done)
    if guessed.unexplained:
        done = (
            f"Answers that fewer than {MANY} people gave are not taken for choices: they may be what people wrote "
            "under “other”. If there is such a choice, add it."
        )
        said = "1 answer" if guessed.unexplained == 1 else f"{guessed.unexplained} answers"
        losses.add(CHANGED, sheet=sheet.name, row=sheet.head, column=heading, said=said, done=done)


def _short(heading: str) -> str:
    """A few words of a question as its key."""
    return "_".join(re.findall(r"[A-Za-z0-9]+", heading)[:6])[:40] or "question"
