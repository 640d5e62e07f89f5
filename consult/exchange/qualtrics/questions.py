"""Qualtrics questions as questions of ours, by their types and selectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consult.domain.markup import from_html, plain
from consult.exchange.assembly import Words
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.qualtrics.options import options, order, rows
from consult.exchange.qualtrics.reading import Reading, step_into
from consult.exchange.structure import Thing, number_of, shown, text_of

LINE, LINES = 500, 4000
LONGEST_LINE, LONGEST_LINES = 1000, 20_000
MOST_POINTS = 1_000_000
IDENTIFIES = "This can identify people, so it is kept apart from all other answers."
#: A question without its words, and the keys of its choices, or rows, by their numbers.
Made = tuple[dict[str, Any], dict[str, str]]
MULTIPLE = frozenset({"MAVR", "MAHR", "MACOL", "MSB"})
SELECTS = frozenset({"DL", "SB"})


def settings_of(thing: Thing) -> dict[str, Any]:
    """What is said about good answers."""
    value = step_into(thing.data.get("Validation"), "Settings")
    return value if isinstance(value, dict) else {}


def required(thing: Thing) -> bool:
    """Whether an answer is needed."""
    said = settings_of(thing)
    force = text_of(said.get("ForceResponse"))
    if force == "ON":
        return text_of(said.get("ForceResponseType")) != "RequestResponse"
    if force == "RequestResponse":
        done = "People are not asked once more when they leave it out; it may be left out."
        thing.lose(NOTE, "Validation", done, said=force)
    return False


def choice(reading: Reading, thing: Thing) -> Made:
    """Multiple choice: one, several, or how likely somebody is to recommend."""
    selector = thing.text("Selector")
    if selector == "NPS":
        return _recommend(reading, thing)
    several = selector in MULTIPLE
    made, keys = options(reading, thing, several=several)
    settings: dict[str, Any] = order(thing, made)
    if not several:
        if selector in SELECTS and not any(option.get("other") for option in made):
            settings["appearance"] = "select"
        return {"kind": "single_choice", "options": made, "settings": settings}, keys
    said = settings_of(thing)
    for name, setting in (("MinChoices", "least"), ("MaxChoices", "most")):
        count = number_of(said.get(name))
        if isinstance(count, int) and 0 < count <= len(made) and "hoice" in text_of(said.get("Type")):
            settings[setting] = count
    if settings.get("least", 0) > settings.get("most", len(made)):
        del settings["least"]
    return {"kind": "multiple_choice", "options": made, "settings": settings}, keys


def _recommend(reading: Reading, thing: Thing) -> Made:
    """From 0 to 10, with words at the two ends."""
    thing.seen("Choices", "ChoiceOrder")
    choices = thing.data.get("Choices")
    numbers = [
        text_of(step_into(one, "Display")) for one in (choices.values() if isinstance(choices, dict) else choices or ())
    ]
    if numbers != [str(number) for number in range(11)]:
        made, keys = options(reading, thing, several=False)
        return {"kind": "rating", "options": made, "settings": _ends(reading, thing)}, keys
    settings = {"first": 0, "points": 11, **_ends(reading, thing)}
    return {"kind": "rating", "settings": settings}, {str(number): str(number) for number in range(11)}


def _ends(reading: Reading, thing: Thing) -> dict[str, Words]:
    """The words at the two ends of a scale."""
    labels = thing.data.get("ColumnLabels") or thing.data.get("Labels")
    name = "ColumnLabels" if thing.data.get("ColumnLabels") else "Labels"
    listed = (
        list(labels)
        if isinstance(labels, dict)
        else [str(at) for at in range(len(labels))]
        if isinstance(labels, list)
        else []
    )
    words = [(one, reading.line(thing, name, one, "Display")) for one in listed]
    words = [(one, found) for one, found in words if found]
    if not words:
        return {}
    for _one, found in words[1:-1]:
        done = "Words between the two ends of a scale are not kept."
        thing.lose(CHANGED, name, done, said=next(iter(found.values())))
    ends = {"low": words[0][1]}
    return ends if len(words) < 2 else {**ends, "high": words[-1][1]}


def text(reading: Reading, thing: Thing) -> Made:
    """A line, lines, or a form of several lines."""
    selector, said = thing.text("Selector"), settings_of(thing)
    if selector == "FORM":
        return _form(reading, thing)
    content = text_of(said.get("ContentType")) if text_of(said.get("Type")) == "ContentType" else ""
    if content == "ValidEmail":
        thing.lose(NOTE, "Validation", IDENTIFIES, said=content)
        return {"kind": "email"}, {}
    if content == "ValidPhone":
        thing.lose(NOTE, "Validation", IDENTIFIES, said=content)
        return {"kind": "telephone"}, {}
    if content == "ValidNumber":
        return {"kind": "number", "settings": _bounds(said.get("ValidNumber"))}, {}
    if content == "ValidDate":
        return {"kind": "date"}, {}
    if content:
        done = "Answers are not checked for this; they are texts."
        thing.lose(CHANGED, "Validation", done, said=content)
    long = selector in ("ML", "ESTB")
    made: dict[str, Any] = {
        "kind": "long_text" if long else "short_text",
        "settings": {"longest": _longest(thing, said, long=long)},
    }
    least = number_of(said.get("MinChars"))
    if isinstance(least, int) and 1 < least < 10_000 and text_of(said.get("Type")) in ("MinChar", "CharRange"):
        made["constraint"] = {"when": ".", "is": "matches", "of": [rf"[\s\S]{{{least},}}"]}
    if text_of(step_into(thing.data.get("SearchSource"), "AllowFreeResponse")) == "false" and step_into(
        thing.data.get("SearchSource"), "SourceData"
    ):
        thing.lose(CHANGED, "SearchSource", "Answers are not taken from a list while somebody types.")
    return made, {}


def _bounds(value: Any) -> dict[str, Any]:
    least, most = number_of(step_into(value, "Min")), number_of(step_into(value, "Max"))
    found = {"least": least, "most": most}
    if least is not None and most is not None and least > most:
        found = {}
    places = number_of(step_into(value, "NumDecimals"))
    return {name: bound for name, bound in found.items() if bound is not None} | (
        {} if places == 0 else {"decimal": True}
    )


def _longest(thing: Thing, said: dict[str, Any], *, long: bool) -> int:
    most, otherwise = (LONGEST_LINES, LINES) if long else (LONGEST_LINE, LINE)
    total = number_of(said.get("TotalChars") or said.get("MaxChars"))
    if isinstance(total, int) and total > 0 and text_of(said.get("Type")) in ("TotalChar", "MaxChar", "CharRange"):
        return min(total, most)
    done = f"The file sets no limit; answers like this one may be up to {otherwise:,} characters long."
    thing.lose(NOTE, "Validation", done, said="", together=f"longest {otherwise}")
    return otherwise


def _form(reading: Reading, thing: Thing) -> Made:
    """Several lines with a label each."""
    made, keys = rows_of_boxes(reading, thing)
    return {"kind": "matrix_text", "rows": made, "settings": {"longest": LINE}}, keys


def rows_of_boxes(reading: Reading, thing: Thing) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The boxes of a form or the bars of a slider as rows."""
    choices = thing.data.get("Choices")
    # Every line of a form is a box, which says nothing more.
    for one in choices.values() if isinstance(choices, dict) else choices if isinstance(choices, list) else ():
        if isinstance(one, dict):
            one.pop("TextEntry", None)
    return rows(reading, thing, required=required(thing))


def slider(reading: Reading, thing: Thing) -> Made:
    """Numbers on a bar, or stars."""
    made, keys = rows_of_boxes(reading, thing)
    config = thing.data.get("Configuration")
    stars = number_of(step_into(config, "StarCount"))
    labels = _ends(reading, thing)
    if thing.text("Selector") == "STAR" and isinstance(stars, int) and 2 <= stars <= 10:
        done = "A row of stars is asked as a scale of numbers."
        thing.lose(CHANGED, "Selector", done, said=f"STAR, {stars}")
        if text_of(step_into(config, "StarType")) == "half":
            thing.lose(CHANGED, "Configuration", "Half stars cannot be chosen.", said="half")
        if len(made) == 1:
            return {
                "kind": "rating",
                "settings": {"points": stars, **labels},
                "alone": made[0]["label"],
            }, keys
        numbers = [{"key": str(one), "label": {reading.language: str(one)}} for one in range(1, stars + 1)]
        return {"kind": "matrix", "options": numbers, "rows": made}, keys
    settings: dict[str, Any] = {}
    least, most = number_of(step_into(config, "CSSliderMin")), number_of(step_into(config, "CSSliderMax"))
    settings |= {"least": 0 if least is None else least, "most": 100 if most is None else most}
    if settings["least"] > settings["most"]:
        settings = {}
    places = number_of(step_into(config, "NumDecimals"))
    settings |= {"decimal": True} if places else {}
    thing.lose(NOTE, "QuestionType", "A slider is asked as a number that is typed.", said=thing.text("Selector"))
    for words in labels.values():
        done = "Words at the ends of a slider are not kept."
        thing.lose(CHANGED, "Labels", done, said=next(iter(words.values())))
    if len(made) == 1:
        return {"kind": "number", "settings": settings, "alone": made[0]["label"]}, keys
    return {"kind": "matrix_numbers", "rows": made, "settings": settings}, keys


def ranking(reading: Reading, thing: Thing) -> Made:
    """Choices put in order."""
    made, keys = options(reading, thing, several=False, boxes=False)
    return {
        "kind": "ranking",
        "options": made,
        "settings": {**order(thing, made), "partial": not required(thing)},
    }, keys


def points(reading: Reading, thing: Thing) -> Made:
    """Numbers for each choice that make a total, where there is one."""
    total = number_of(settings_of(thing).get("ChoiceTotal"))
    if isinstance(total, int) and 0 < total <= MOST_POINTS and "otal" in text_of(settings_of(thing).get("Type")):
        made, keys = options(reading, thing, several=False, boxes=False)
        return {"kind": "points", "options": made, "settings": {"total": total, "exactly": True}}, keys
    found, keys = rows_of_boxes(reading, thing)
    return {"kind": "matrix_numbers", "rows": found, "settings": {}}, keys


KINDS: dict[str, Callable[[Reading, Thing], Made]] = {
    "MC": choice,
    "TE": text,
    "Slider": slider,
    "RO": ranking,
    "CS": points,
}
#: Selectors that cannot be asked, by type.
NOT_ASKED = {("TE", "PW"): "Passwords are never asked for; the question is left out."}
#: Types that are not asked, with what becomes of them.
TYPES_NOT_ASKED = {
    "Meta": "What a device says about itself is never collected; it is left out.",
    "Timing": "How long people take is never measured; it is left out.",
    "FileUpload": "Files cannot be sent with an answer; the question is left out.",
    "Draw": "Drawings and signatures are not collected; the question is left out.",
    "HotSpot": "Places on a picture cannot be chosen; the question is left out.",
    "HeatMap": "Places on a picture cannot be chosen; the question is left out.",
    "HL": "Words in a text cannot be marked; the question is left out.",
    "PGR": "Things that are sorted into groups cannot be asked; the question is left out.",
    "DD": "Choices that open other choices cannot be asked; the question is left out.",
    "TreeSelect": "Choices that open other choices cannot be asked; the question is left out.",
    "Captcha": "Nobody has to show that they are no machine; it is left out.",
    "SS": "Pictures of a screen are not collected; the question is left out.",
    "MaxDiff": "Best and worst of changing sets cannot be asked; the question is left out.",
}


def leave_out(reading: Reading, thing: Thing, done: str) -> None:
    """Report a question that is not asked, with all its words."""
    for said in words_of(reading, thing):
        thing.lose(LOST, "QuestionType", done, said=said)
    thing.seen(*thing.data)


def words_of(reading: Reading, thing: Thing) -> list[str]:
    """The words of a question: what it asks, then its choices and answers in one line each."""

    def bare(value: Any) -> str:
        return " ".join(plain(from_html(text_of(value))[0]).split()) if isinstance(value, str | int | float) else ""

    found = [bare(thing.data.get("QuestionText")) or thing.text("DataExportTag")]
    for name in ("Choices", "Answers", "Labels", "ColumnLabels", "Groups"):
        value = thing.data.get(name)
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        words = [bare(step_into(one, "Display")) for one in items]
        found.append(" / ".join(word for word in words if word))
    for _code, translation in reading.translations(thing):
        found.append(bare(translation.get("QuestionText")))
    return [said for said in found if said] or [shown(thing.data)]
