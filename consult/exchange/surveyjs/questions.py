"""The elements of SurveyJS as questions of ours, one function for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consult.exchange.assembly import Asked, Words
from consult.exchange.conditions import Keys
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.structure import Thing, text_of
from consult.exchange.surveyjs import choices
from consult.exchange.surveyjs.checks import IDENTIFIES, bounds, needed
from consult.exchange.surveyjs.reading import Reading

#: Characters of answers, where a file sets no limit.
LINE, LINES = 500, 4000
LONGEST_LINE, LONGEST_LINES = 1000, 20_000
#: Choices from which a list is searched rather than looked through.
LONG = 20
Made = tuple[dict[str, Any], dict[str, str]]
YES_NO = {"en": ("Yes", "No")}
#: Words for the two ends of a range.
FROM_TO: dict[str, tuple[str, str]] = {
    "en": ("From", "To"), "pl": ("Od", "Do"), "ar": ("من", "إلى"), "ro": ("De la", "Până la"), "cy": ("O", "I"),
    "ur": ("سے", "تک"), "fr": ("De", "À"), "de": ("Von", "Bis"), "es": ("Desde", "Hasta"), "nl": ("Van", "Tot"),
    "it": ("Da", "A"), "pt": ("De", "Até"),
}  # fmt: skip


def text(reading: Reading, thing: Thing) -> Made:
    """A line, or whatever its inputType says."""
    expected = thing.text("inputType").lower() or "text"
    if expected in ("number", "range"):
        step = thing.number("step")
        if step is not None and step != 1 and isinstance(step, int):
            done = "Steps are not kept: every number in the range is accepted."
            thing.lose(CHANGED, "step", done, said=text_of(step))
        made: dict[str, Any] = {"decimal": True} if step is None or not isinstance(step, int) else {}
        if expected == "range":
            made = {"least": 0, "most": 100}
        return {"kind": "number", "settings": {**made, **bounds(reading, thing, "number")}}, {}
    if expected in ("date", "datetime-local", "datetime", "week"):
        if expected != "date":
            done = "The day is asked, not the week." if expected == "week" else "The day is asked, not the time of day."
            thing.lose(CHANGED, "inputType", done)
        return {"kind": "date", "settings": bounds(reading, thing, "date")}, {}
    if expected == "month":
        thing.lose(CHANGED, "inputType", "A date is asked of which the day may be left out.")
        return {"kind": "partial_date", "settings": bounds(reading, thing, "partial_date")}, {}
    if expected == "time":
        return {"kind": "time", "settings": bounds(reading, thing, "time")}, {}
    if expected in ("email", "tel"):
        thing.lose(NOTE, "inputType", IDENTIFIES)
        bounds(reading, thing, "email")
        _longest(thing, "", LINE)
        return {"kind": "email" if expected == "email" else "telephone", "settings": {}}, {}
    if expected not in ("text", "url"):
        thing.lose(CHANGED, "inputType", "It is asked as a line of text.")
    _masked(thing)
    for name in ("dataList", "list"):
        if name in thing:
            thing.lose(NOTE, name, "Suggestions while somebody types are not kept.")
            thing.seen(name)
    bounds(reading, thing, "short_text")
    thing.seen("step")
    return {"kind": "short_text", "settings": _longest(thing, "longest", LINE, LONGEST_LINE)}, {}


def _masked(thing: Thing) -> None:
    for name in ("maskType", "maskSettings"):
        if name in thing and thing.raw(name) != "none":
            thing.lose(CHANGED, name, "Answers are not pressed into this form while somebody types.")


def _longest(thing: Thing, setting: str, otherwise: int, most: int = 0) -> dict[str, int]:
    said = thing.number("maxLength")
    if isinstance(said, int) and said > 0:
        if setting and said > most:
            thing.lose(CHANGED, "maxLength", f"Answers may be up to {most:,} characters long.", said=text_of(said))
        return {setting: min(said, most)} if setting else {}
    if setting:
        done = f"The file sets no limit; answers like this one may be up to {otherwise:,} characters long."
        thing.lose(NOTE, "type", done, together="longest")
    return {setting: otherwise} if setting else {}


def comment(reading: Reading, thing: Thing) -> Made:
    """Lines of text."""
    thing.seen("rows", "cols")
    return {"kind": "long_text", "settings": _longest(thing, "longest", LINES, LONGEST_LINES)}, {}


def one(reading: Reading, thing: Thing) -> Made:
    """One choice of a list."""
    listed, keys = choices.options(reading, thing, several=False)
    settings: dict[str, Any] = choices.order(thing)
    if thing.text("type") == "dropdown" and not any(option.get("other") for option in listed):
        searched = thing.flag("searchEnabled", True) and len(listed) > LONG
        settings["appearance"] = "type_ahead" if searched else "select"
    return {"kind": "single_choice", "options": listed, "settings": settings}, keys


def many(reading: Reading, thing: Thing) -> Made:
    """Any number of choices of a list."""
    listed, keys = choices.options(reading, thing, several=True)
    settings: dict[str, Any] = choices.order(thing)
    for name, setting in (("minSelectedChoices", "least"), ("maxSelectedChoices", "most")):
        count = thing.number(name)
        if isinstance(count, int) and 0 < count <= len(listed):
            settings[setting] = count
    return {"kind": "multiple_choice", "options": listed, "settings": settings}, keys


def pictures(reading: Reading, thing: Thing) -> Made:
    """Choices with pictures, of which the words are kept."""
    return many(reading, thing) if thing.flag("multiSelect") else one(reading, thing)


def boolean(reading: Reading, thing: Thing) -> Made:
    """Yes or no, or two answers with words of their own."""
    true, false = reading.line(thing, "labelTrue"), reading.line(thing, "labelFalse")
    values = [
        text_of(thing.raw(name)) or otherwise for name, otherwise in (("valueTrue", "true"), ("valueFalse", "false"))
    ]
    if thing.text("renderAs") == "checkbox":
        thing.lose(CHANGED, "renderAs", "One box to tick is asked with two answers instead.")
    plain = all(words.get("en", expected) == expected for words, expected in ((true, "Yes"), (false, "No"))) and not (
        {*true, *false} - {"en"}
    )
    if plain:
        return {"kind": "yes_no"}, {"true": "yes", "false": "no", values[0]: "yes", values[1]: "no"}
    keys = {"true": "true", "false": "false", values[0]: "true", values[1]: "false"}
    words: tuple[Words, Words] = (true or {"en": "Yes"}, false or {"en": "No"})
    listed = [{"key": "true", "label": words[0]}, {"key": "false", "label": words[1]}]
    return {"kind": "single_choice", "options": listed}, keys


def rating(reading: Reading, thing: Thing) -> Made:
    """A scale: points from 0 or 1, or steps with words."""
    low, high = reading.line(thing, "minRateDescription"), reading.line(thing, "maxRateDescription")
    least, most, step = (_or(thing.number(name), n) for name, n in (("rateMin", 1), ("rateMax", 5), ("rateStep", 1)))
    count = thing.number("rateCount")
    if isinstance(count, int) and "rateMax" not in thing.data and "rateValues" not in thing:
        most = least + (count - 1) * step
    looks = thing.text("rateDisplayMode") or thing.text("rateType") or thing.text("displayMode")
    if looks in ("stars", "smileys"):
        done = "A row of stars or faces is asked as a scale of numbers." if looks == "stars" else ""
        if done:
            thing.lose(CHANGED, "rateType", done, said=looks)
    settings: dict[str, Any] = {"low": low, "high": high}
    if looks == "smileys":
        settings["appearance"] = "faces"
    if "rateValues" in thing:
        listed, keys = choices.options(reading, thing, several=False, name="rateValues")
        return {"kind": "rating", "options": listed, "settings": _kept(settings)}, keys
    if step <= 0 or not 1 <= (most - least) / step <= 100:
        thing.lose(CHANGED, "rateMax", "This is no scale; a number is asked instead.")
        return {"kind": "number", "settings": {"least": min(least, most), "most": max(least, most)}}, {}
    if step == 1 and least in (0, 1) and most <= 10 and isinstance(most, int):
        if settings.get("appearance") == "faces" and (least, most) != (1, 5):
            del settings["appearance"]
        return {"kind": "rating", "settings": _scale(least, most, settings)}, {}
    numbers = [text_of(least + at * step) for at in range(int((most - least) / step) + 1)]
    if len(numbers) > 20:
        thing.lose(CHANGED, "rateMax", "A scale of so many steps is asked as a number.")
        return {"kind": "number", "settings": {"least": least, "most": most}}, {}
    listed = [{"key": number, "label": {"en": number}} for number in numbers]
    return {"kind": "rating", "options": listed, "settings": _kept({"low": low, "high": high})}, dict(
        zip(numbers, numbers, strict=True)
    )


def _scale(least: int | float, most: int | float, ends: dict[str, Any]) -> dict[str, Any]:
    """The settings of a scale of points from 0 or 1."""
    return _kept({**({"first": 0} if least == 0 else {}), "points": int(most - least) + 1, **ends})


def slider(reading: Reading, thing: Thing) -> Made:
    """A number, or two of them for a range."""
    low, high = _or(thing.number("min"), 0), _or(thing.number("max"), 100)
    step = thing.number("step")
    settings: dict[str, Any] = {"least": min(low, high), "most": max(low, high)}
    settings |= {"decimal": True} if isinstance(step, float) else {}
    if step not in (None, 1):
        thing.lose(CHANGED, "step", "Steps are not kept: every number in the range is accepted.", said=text_of(step))
    for name in ("minRangeLength", "maxRangeLength"):
        if name in thing:
            thing.lose(CHANGED, name, "How far apart the two ends are is not checked.", said=text_of(thing.raw(name)))
    for name in ("labelFormat", "customLabels", "autoGenerate", "labelCount"):
        if name in thing:
            thing.lose(NOTE, name, "How a slider moves and is labelled is not kept.")
            thing.seen(name)
    if thing.text("sliderType") != "range":
        thing.lose(NOTE, "type", "A slider is asked as a number that is typed.")
        return {"kind": "number", "settings": settings}, {}
    thing.lose(CHANGED, "sliderType", "The two ends of the range are asked as two numbers.")
    rows = [
        {
            "key": key,
            "label": {language: FROM_TO[language][at] for language in FROM_TO if language in (reading.language, "en")},
        }
        for at, key in enumerate(("from", "to"))
    ]
    return {"kind": "matrix_numbers", "rows": rows, "settings": settings}, {}


def ranking(reading: Reading, thing: Thing) -> Made:
    """Choices put in order."""
    listed, keys = choices.options(reading, thing, several=False)
    for option in listed:
        if option.pop("other", False):
            done = "“Other” cannot be ranked with a box of its own; it is an item like the rest."
            thing.lose(CHANGED, "showOtherItem", done, said=next(iter(option["label"].values())))
        option.pop("last", None)
    settings: dict[str, Any] = choices.order(thing)
    if thing.flag("selectToRankEnabled"):
        settings["partial"] = True
        most = thing.number("maxSelectedChoices")
        if isinstance(most, int) and 0 < most <= len(listed):
            settings["most"] = most
        if thing.number("minSelectedChoices"):
            thing.lose(CHANGED, "minSelectedChoices", "Fewer may be ranked.")
    thing.seen("minSelectedChoices", "maxSelectedChoices", "selectToRankEmptyRankedAreaText")
    return {"kind": "ranking", "options": listed, "settings": settings}, keys


def several_lines(reading: Reading, thing: Thing) -> Made:
    """Several boxes under one question."""
    items = thing.things("items")
    kinds = {item.text("inputType").lower() or "text" for item in items}
    numbers = kinds == {"number"}
    if kinds - {"text", "number"} or len(kinds) > 1:
        done = "These boxes are of several kinds; all are asked as lines of text."
        thing.lose(CHANGED, "items", done, said=", ".join(sorted(kinds)))
    taken, rows, names = Keys(), [], {}
    for item in items:
        name = item.text("name")
        item.place = f"{thing.place}, item {name}"
        label = reading.line(item, "title") or reading.phrases.line({reading.language: name}, item, "name")
        if not label:
            item.lose(LOST, "name", "This box has neither a name nor words, so it is left out.")
            continue
        names[name] = taken.key(name or next(iter(label.values())))
        rows.append({"key": names[name], "label": label, "required": needed(reading, item, None, open_to_all=False)})
        for rule in ("validators", "min", "max", "maxLength", "minValueExpression", "maxValueExpression"):
            if rule in item:
                item.lose(CHANGED, rule, "Boxes of one question are not checked by rules of their own.")
                item.seen(rule)
        if "requiredErrorText" in item:
            said = next(iter(reading.said(item, "requiredErrorText").values()), "")
            item.lose(NOTE, "requiredErrorText", "Boxes of one question share one message.", said=said)
        reading.finish(item)
    return {"kind": "matrix_numbers" if numbers else "matrix_text", "rows": rows, "settings": {}}, names


def _or(number: int | float | None, otherwise: int) -> int | float:
    return otherwise if number is None else number


def _kept(settings: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if value not in ({}, None, "")}


KINDS: dict[str, Callable[[Reading, Thing], Made]] = {
    "text": text,
    "comment": comment,
    "radiogroup": one,
    "dropdown": one,
    "buttongroup": one,
    "checkbox": many,
    "tagbox": many,
    "imagepicker": pictures,
    "boolean": boolean,
    "rating": rating,
    "slider": slider,
    "ranking": ranking,
    "multipletext": several_lines,
}


def known(made: dict[str, Any], keys: dict[str, str], thing: Thing) -> dict[str, Asked]:
    """A question, and each of its rows, as conditions and words may name them."""
    name, needed_now = thing.text("name"), bool(made.get("required"))
    if made["kind"] in ("matrix_text", "matrix_numbers"):
        row_kind = "number" if made["kind"] == "matrix_numbers" else "short_text"
        found = {f"{name}.{said}": Asked(made["key"], row_kind, row=key) for said, key in keys.items()}
        return found | {name: Asked(made["key"], made["kind"], optional=not needed_now)}
    found = {name: Asked(made["key"], made["kind"], keys, optional=not needed_now)}
    value_name = thing.text("valueName")
    return found | {value_name: found[name]} if value_name else found
