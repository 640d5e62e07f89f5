"""Answers of an ONS file as questions of ours, by their types."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from consult.exchange.conditions import Unsupported, joined, option_keys
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.ons.reading import Reading
from consult.exchange.ons.when import days_of
from consult.exchange.structure import Thing, number_of, shown, text_of

LINE, LINES = 500, 4000
LONGEST_LINE, LONGEST_LINES = 1000, 20_000
#: Units of time that one answer of ours can hold.
TIMES = ("days", "hours", "minutes")
CURRENCIES = ("GBP", "EUR", "USD")
IDENTIFIES = "This can identify people, so it is kept apart from all other answers."
Made = tuple[dict[str, Any], dict[str, str]]
#: Values that say that somebody does not know or does not want to say.
UNKNOWN = re.compile(r"(?:i )?(?:do not|don['’]t) know|(?:i )?(?:would )?prefer not to say|not sure", re.I)


def radio(reading: Reading, answer: Thing) -> Made:
    """One of several."""
    options, keys = listed(reading, answer)
    settings = {"appearance": "select"} if answer.text("type") == "Dropdown" else {}
    return {"kind": "single_choice", "options": options, "settings": settings}, keys


def checkbox(reading: Reading, answer: Thing) -> Made:
    """Any number of several."""
    options, keys = listed(reading, answer)
    return {"kind": "multiple_choice", "options": options}, keys


def listed(reading: Reading, answer: Thing) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The options of an answer, and their keys by the file's values."""
    found: list[tuple[str, dict[str, Any]]] = []
    for option in answer.things("options"):
        value = option.text("value")
        option.place = f"{answer.place}, option “{value}”"
        label = reading.line(option, "label") or ({reading.language: value} if value else {})
        if not label:
            option.lose(LOST, "label", "This option has no words, so it is left out.", said=shown(option.data))
            continue
        value = value or next(iter(label.values()))
        one: dict[str, Any] = {"label": label, "hint": reading.blocks(option, "description")}
        detail = option.thing("detail_answer")
        if detail is not None:
            one["other"] = True
            said = reading.line(detail, "label")
            if said:
                done = "The box after an option says “please say what”; its own words are not kept."
                option.lose(NOTE, "detail_answer", done, said=next(iter(said.values())))
            if detail.text("type") not in ("TextField", "TextArea", ""):
                done = "The box after an option takes a text, not an answer of another kind."
                option.lose(CHANGED, "detail_answer", done, said=detail.text("type"))
            detail.seen("visible", "mandatory", "max_length", "parent_id", "placeholder")
            reading.assembly.dropped[detail.text("id")] = "the box after an option"
            reading.finish(detail)
        if option.flag("exclusive"):
            one["exclusive"] = True
        if UNKNOWN.fullmatch(value.strip()):
            one["unknown"] = True
        if option.text("q_code"):
            option.lose(
                NOTE,
                "q_code",
                "Codes of single options are not kept; results name them by their values.",
                together="q_code",
            )
        option.seen("child_answer_id")
        reading.finish(option)
        found.append((value, {name: part for name, part in one.items() if part}))
    if "dynamic_options" in answer:
        answer.lose(LOST, "dynamic_options", "Options that are worked out while somebody answers are not kept.")
        answer.seen("dynamic_options")
    keys = option_keys(value for value, _one in found)
    made: dict[str, dict[str, Any]] = {}
    for value, one in found:
        if keys[value] in made:
            answer.lose(CHANGED, "options", "An option that stands there twice is kept once.", said=value)
        made.setdefault(keys[value], {"key": keys[value], **one})
    return list(made.values()), keys


def line(reading: Reading, answer: Thing) -> Made:
    """A line of text."""
    if answer.data.get("suggestions_url") or answer.data.get("suggestions"):
        answer.lose(NOTE, "suggestions_url", "Suggestions while somebody types are not kept.")
        answer.seen("suggestions_url", "suggestions")
    return {"kind": "short_text", "settings": {"longest": _longest(answer, LINE, LONGEST_LINE)}}, {}


def lines(reading: Reading, answer: Thing) -> Made:
    """Lines of text."""
    answer.seen("rows")
    return {"kind": "long_text", "settings": {"longest": _longest(answer, LINES, LONGEST_LINES)}}, {}


def _longest(answer: Thing, otherwise: int, most: int) -> int:
    said = answer.number("max_length")
    if isinstance(said, int) and 0 < said <= most:
        return said
    done = f"The file sets no limit; answers like this one may be up to {otherwise:,} characters long."
    answer.lose(NOTE, "max_length", done, together=f"longest {otherwise}")
    return otherwise


def number(reading: Reading, answer: Thing) -> Made:
    """A number, money, a percentage, or an amount of something."""
    kind = answer.text("type")
    settings: dict[str, Any] = {}
    for name, setting in (("minimum", "least"), ("maximum", "most")):
        bound = answer.thing(name)
        if bound is None:
            continue
        value = bound.raw("value")
        if number_of(value) is None or isinstance(value, dict):
            answer.lose(CHANGED, name, "Answers are not checked against this bound, which is worked out.")
        else:
            settings[setting] = number_of(value)
            if bound.flag("exclusive"):
                answer.lose(CHANGED, name, "The bound itself is accepted too.", said=f"exclusive: {value}")
    if (answer.number("decimal_places") or 0) > 0:
        settings["decimal"] = True
    if kind == "Currency":
        settings["currency"] = answer.text("currency") or "GBP"
        settings.pop("decimal", None)
        if settings["currency"] not in CURRENCIES:
            done = "Amounts can be asked in pounds, euros and dollars; this is asked as a number."
            answer.lose(CHANGED, "currency", done, said=settings["currency"])
            settings |= {"decimal": True, "unit": {reading.language: settings.pop("currency")}}
            return {"kind": "number", "settings": settings}, {}
        return {"kind": "money", "settings": settings}, {}
    if kind == "Percentage" and (settings.get("least", 0) < 0 or settings.get("most", 0) > 100):
        return {"kind": "number", "settings": {**settings, "unit": {reading.language: "%"}}}, {}
    if kind == "Percentage":
        return {"kind": "percentage", "settings": settings}, {}
    if kind == "Unit":
        unit = answer.text("unit").rpartition("-")[2]
        settings["unit"] = {reading.language: unit} if unit else {}
        answer.seen("unit_length")
    return {"kind": "number", "settings": settings}, {}


def day(reading: Reading, answer: Thing) -> Made:
    """A date, or a part of one."""
    kind = answer.text("type")
    made: dict[str, Any] = {"kind": "date", "settings": {}}
    if kind != "Date":
        answer.lose(CHANGED, "type", "A date is asked of which the day, or the day and the month, may be left out.")
        made["kind"] = "partial_date"
    rules: list[dict[str, Any] | bool] = []
    for name, setting, operator in (("minimum", "earliest", "at_least"), ("maximum", "latest", "at_most")):
        bound = answer.thing(name)
        if bound is None:
            continue
        value, offset = bound.raw("value"), bound.raw("offset_by")
        offset = offset if isinstance(offset, dict) else {}
        try:
            if value == "now":
                rules.append({"when": ".", "is": operator, "of": {"today": days_of(offset)}})
            elif isinstance(value, str) and not offset:
                made["settings"][setting] = date.fromisoformat(value[:10]).isoformat()
            else:
                raise Unsupported("a day that is worked out")
        except (Unsupported, ValueError):
            done = "Answers are not checked against this day, which is not in the file."
            answer.lose(CHANGED, name, done, together=f"{name} bound")
    rule = joined("all", rules)
    if isinstance(rule, dict):
        made["constraint"] = rule
    if made["settings"].get("earliest", "0") > made["settings"].get("latest", "9"):
        made["settings"] = {}
    return made, {}


def duration(reading: Reading, answer: Thing) -> Made:
    """A length of time."""
    units = [text_of(unit) for unit in answer.values("units") if text_of(unit)] or ["minutes"]
    if all(unit in TIMES for unit in units):
        return {"kind": "duration", "settings": {"units": units}}, {}
    answer.lose(CHANGED, "units", "Each unit of time is asked as a number of its own.", said=", ".join(units))
    rows = [
        {"key": f"in_{unit}", "label": {reading.language: unit.capitalize()}}
        for unit in dict.fromkeys(units)
        if unit.isalpha()
    ]
    return {"kind": "matrix_numbers", "rows": rows, "settings": {"least": 0}}, {}


def telephone(reading: Reading, answer: Thing) -> Made:
    """A number to call."""
    answer.lose(NOTE, "type", IDENTIFIES)
    return {"kind": "telephone"}, {}


def address(reading: Reading, answer: Thing) -> Made:
    """An address, on lines of its own."""
    answer.lose(CHANGED, "type", f"An address is asked as lines of text, and is not looked up. {IDENTIFIES}")
    answer.seen("lookup_options")
    return {"kind": "long_text", "personal": True, "settings": {"longest": LINE}}, {}


TYPES: dict[str, Callable[[Reading, Thing], Made]] = {
    "Radio": radio, "Dropdown": radio, "Checkbox": checkbox, "TextField": line, "TextArea": lines, "Number": number,
    "Currency": number, "Percentage": number, "Unit": number, "Date": day, "MonthYearDate": day, "YearDate": day,
    "Duration": duration, "MobileNumber": telephone, "Address": address,
}  # fmt: skip


def made_of(reading: Reading, answer: Thing) -> Made | None:
    """An answer as a question without its words; None, and reported, for one that cannot be asked."""
    kind = answer.text("type")
    if kind not in TYPES:
        done = f"Answers of the type “{kind}” cannot be asked, so this is left out."
        if kind == "Relationship":
            done = "How people are related to each other cannot be asked, so this is left out."
        said = " / ".join(reading.line(answer, "label").values()) or kind
        answer.lose(LOST, "type", done, said=said)
        for option in answer.things("options"):
            answer.lose(
                LOST, "options", done, said=next(iter(reading.line(option, "label").values()), shown(option.data))
            )
        answer.seen(*answer.data)
        return None
    made, keys = TYPES[kind](reading, answer)
    if not made.get("options", True) or not made.get("rows", True):
        answer.lose(LOST, "options", "There is nothing to choose from, so this is left out.", said=answer.text("id"))
        return None
    return made, keys
