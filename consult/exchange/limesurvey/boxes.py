"""Boxes to write in: numbers, texts, dates and times, with what stands around them."""

from __future__ import annotations

import re
from datetime import date as Day
from typing import Any

from consult.exchange.assembly import IDENTIFYING
from consult.exchange.conditions import Broken, Unsupported
from consult.exchange.limesurvey import attributes
from consult.exchange.limesurvey.checks import number_said
from consult.exchange.limesurvey.conditions import Reader
from consult.exchange.limesurvey.expressions import Compared, Variable, parse
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.made import Made
from consult.exchange.limesurvey.reading import Reading
from consult.exchange.limesurvey.source import Asked
from consult.exchange.losses import CHANGED, NOTE

LONGEST_TEXT, LONGEST_LINES = 500, 4000
MOST_DIGITS = 15
IDENTIFIES = "The answer identifies people: it is kept apart from all others."
#: Words that ask who somebody is, besides those that are told for every format.
NAMING = re.compile(
    r"\b(?:maiden names?|e-?mail|telephone|telefon\w*|vorname|nachname|nom de famille|prénom|apellidos?|"
    r"courriel|correo electrónico|adresse|dirección|nazwisko|achternaam|voornaam|sobrenome)\b",
    re.I,
)
NOW = {"now", "today", "date()", "time()", "date('y-m-d')", 'date("y-m-d")', "'now'", '"now"', "'today'", '"today"'}


def frame(reading: Reading, asked: Asked, made: Made, *, unit: bool = False) -> None:
    """What stands before and behind a box: a unit behind numbers, else words under the question."""
    around: dict[str, dict[str, str]] = {}
    for name in ("prefix", "suffix", "placeholder"):
        made.used.add(name)
        words = attributes.words_of(asked, name, reading.source.languages)
        around[name] = reading.words.label(words, reading.place(asked, name))
    if unit and around["suffix"]:
        made.unit = around.pop("suffix")
    for name, words in around.items():
        if not words:
            continue
        shown = {"prefix": "{} …", "suffix": "… {}", "placeholder": "{}"}[name]
        made.under({language: shown.format(text) for language, text in words.items()})
        done = "These words stand under the question, not at its box."
        reading.lose(NOTE, reading.place(asked, name), done, said=next(iter(words.values())))


def bounds(reading: Reading, asked: Asked, made: Made, names: dict[str, str]) -> dict[str, int | float | None]:
    """The smallest and largest number; one that depends on an earlier answer is a rule."""
    found: dict[str, int | float | None] = {}
    for name, ours in names.items():
        made.used.add(name)
        text = asked.get(name)
        number = number_said(text)
        if number is not None:
            found[ours] = number
        elif text:
            _depends(reading, asked, made, name, ours)
    return found


def _depends(reading: Reading, asked: Asked, made: Made, name: str, ours: str) -> None:
    text = asked.get(name).strip("{} ")
    place = reading.place(asked, name).at(name, asked.attributes[name].line)
    try:
        node = parse(text)
        if not isinstance(node, Variable):
            raise Unsupported("a number that is worked out")
        if asked.kind != "N":
            raise Unsupported("an earlier answer, and those are compared with single numbers only")
        itself = Known(".", "number")
        reader = Reader(lambda code: reading.layout.place(code), reading.layout.parts, [itself])
        operator = ">=" if ours == "least" else "<="
        test = reader.condition(Compared(Variable("self"), operator, Variable(node.name, ("NAOK",))))
        other = reading.layout.place(node.name)
    except (Unsupported, Broken) as reason:
        reading.lose(CHANGED, place, f"This bound is not kept: it needs {reason}.", said=asked.get(name))
        return
    made.rules.append({"any": [{"not": {**other.left, "is": "answered"}}, test]})


def in_bounds(reading: Reading, asked: Asked, settings: dict[str, Any]) -> dict[str, Any]:
    """Settings without bounds that no number is within."""
    for least, most in (("least", "most"), ("minimum", "maximum"), ("earliest", "latest")):
        if least in settings and most in settings and settings[least] > settings[most]:
            done = "No answer is within these bounds, so they are not kept."
            said = f"{settings[least]} … {settings[most]}"
            reading.lose(CHANGED, reading.place(asked, "bounds"), done, said=said)
            return {name: value for name, value in settings.items() if name not in (least, most)}
    return settings


def longest(
    reading: Reading, asked: Asked, made: Made, settings: dict[str, Any], *, digits: bool = False, most: int = 0
) -> None:
    """How much may be written."""
    made.used.add("maximum_chars")
    said = asked.get("maximum_chars")
    number = number_said(said)
    place = reading.place(asked, "maximum_chars")
    if isinstance(number, int) and number > 0:
        if digits and number <= MOST_DIGITS:
            settings["most"] = min(10**number - 1, settings.get("most", 10**MOST_DIGITS))
        elif not digits:
            settings["longest"] = min(number, most or LONGEST_TEXT)
            if number > settings["longest"]:
                done = f"Answers may be up to {settings['longest']:,} characters long."
                reading.lose(CHANGED, place, done, said=said)
    else:
        if said:
            reading.lose(
                CHANGED, place, "How long answers may be depends on other answers, which is not kept.", said=said
            )
        if most:
            settings["longest"] = most
            done = f"The survey sets no limit; answers like this one may be up to {most:,} characters long."
            reading.lose(
                NOTE, reading.place(asked, "type"), done, said=f"{asked.kind}: {asked.code}", together="longest"
            )


def number(reading: Reading, asked: Asked, made: Made) -> None:
    """A number with what it is counted in."""
    frame(reading, asked, made, unit=True)
    names = {"min_num_value_n": "least", "max_num_value_n": "most"}
    settings: dict[str, Any] = {
        one: value for one, value in bounds(reading, asked, made, names).items() if value is not None
    }
    settings = in_bounds(reading, asked, settings)
    longest(reading, asked, made, settings, digits=True)
    made.used.add("num_value_int_only")
    settings["decimal"] = asked.get("num_value_int_only") != "1"
    if made.unit:
        settings["unit"] = made.unit
    _with_rules(made, {"kind": "number", "settings": settings}, {"": Known(made.key, "number")})


def _with_rules(made: Made, question: dict[str, Any], names: dict[str, Known]) -> None:
    if made.rules:
        question["constraint"] = made.rules[0] if len(made.rules) == 1 else {"all": list(made.rules)}
    made.add(question, names)


def short_text(reading: Reading, asked: Asked, made: Made) -> None:
    """A few words, or a number where only numbers are accepted."""
    made.used.add("numbers_only")
    numeric = asked.get("numbers_only") == "1"
    frame(reading, asked, made, unit=numeric)
    settings: dict[str, Any] = {"decimal": True} if numeric else {}
    longest(reading, asked, made, settings, digits=numeric, most=0 if numeric else LONGEST_TEXT)
    if numeric:
        if made.unit:
            settings["unit"] = made.unit
        made.add({"kind": "number", "settings": settings}, {"": Known(made.key, "number")})
        return
    made.add({"kind": "short_text", "settings": settings}, {"": Known(made.key, "text", closed=False)})


def tell_naming(reading: Reading, asked: Asked, column: str, texts: list[str]) -> None:
    """Words that ask who somebody is."""
    found = [text for text in texts if NAMING.search(text) and not IDENTIFYING.search(text)]
    if found:
        done = "This may tell who somebody is: mark it as personal, which keeps it apart, or leave it out."
        reading.lose(NOTE, reading.place(asked, column), done, said=found[0])


def long_text(reading: Reading, asked: Asked, made: Made) -> None:
    """A longer text."""
    frame(reading, asked, made)
    settings: dict[str, Any] = {}
    longest(reading, asked, made, settings, most=LONGEST_LINES)
    made.add({"kind": "long_text", "settings": settings}, {"": Known(made.key, "text", closed=False)})


def date(reading: Reading, asked: Asked, made: Made) -> None:
    """A date, a part of one, or a time: what the format asks for."""
    made.used.add("date_format")
    said = asked.get("date_format")
    clock = bool(re.search("[Hh]|MM", said.partition(" ")[2] if " " in said else said)) and bool(
        re.search("[Hh]", said)
    )
    days, months, years = (
        "d" in said or "j" in said,
        bool(re.search("m|[FMn]", re.sub("H+.?M+|M+$", "", said))),
        "y" in said.lower(),
    )
    place = reading.place(asked, "date_format")
    if clock and not years and not days:
        made.used |= {"date_min", "date_max"}
        _not_bound(reading, asked)
        made.add({"kind": "time"}, {"": Known(made.key, "time")})
        return
    if said and years and not days and not clock:
        what = "month and year" if months else "year"
        done = f"The {what} can be given alone; people may add the rest of the date."
        reading.lose(CHANGED, place, done, said=said)
        _dated(reading, asked, made, "partial_date")
        return
    if clock:
        reading.lose(CHANGED, place, "The day is asked, not the time of day.", said=said)
    elif said and not (days and months and years):
        reading.lose(CHANGED, place, "The whole date is asked.", said=said)
    _dated(reading, asked, made, "date")


def _dated(reading: Reading, asked: Asked, made: Made, kind: str) -> None:
    settings: dict[str, Any] = {}
    for name, ours in (("date_min", "earliest"), ("date_max", "latest")):
        made.used.add(name)
        _day(reading, asked, made, settings, name, ours)
    settings = in_bounds(reading, asked, settings)
    _with_rules(made, {"kind": kind, "settings": settings}, {"": Known(made.key, "date")})


def _not_bound(reading: Reading, asked: Asked) -> None:
    for name in ("date_min", "date_max"):
        if asked.get(name):
            reading.lose(CHANGED, reading.place(asked, name), "This bound is not kept.", said=asked.get(name))


def _day(reading: Reading, asked: Asked, made: Made, settings: dict[str, Any], name: str, ours: str) -> None:
    said = asked.get(name)
    text = said.strip("{} \"'")
    if not text:
        return
    if re.fullmatch(r"\d{4}", text):
        settings[ours] = f"{text}-01-01" if ours == "earliest" else f"{text}-12-31"
        return
    try:
        settings[ours] = Day.fromisoformat(text[:10]).isoformat()
        return
    except ValueError:
        pass
    moved = re.fullmatch(r"(?:(?:now|today)\s*)?([+-])\s*(\d{1,5})\s*(day|week|month|year)s?", text, re.I)
    test = "at_least" if ours == "earliest" else "at_most"
    if said.lower().strip("{} ") in NOW or text.lower() in NOW or moved:
        days = 0
        if moved:
            each = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}[moved[3].lower()]
            days = round(int(moved[2]) * each) * (1 if moved[1] == "+" else -1)
        made.rules.append({"when": ".", "is": test, "of": {"today": days}})
        return
    done = "This bound is not kept: it is no date."
    reading.lose(CHANGED, reading.place(asked, name), done, said=said)
