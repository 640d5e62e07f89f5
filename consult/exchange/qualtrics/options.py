"""Choices and answers of a Qualtrics question as options and rows."""

from __future__ import annotations

from typing import Any

from consult.domain.markup import from_html, plain
from consult.exchange.conditions import Keys, Unsupported, option_keys
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.qualtrics.logic import meaning
from consult.exchange.qualtrics.reading import Reading, numbered, step_into
from consult.exchange.structure import Thing, shown, text_of

#: What a choice says about its looks, its own number, or what is read elsewhere.
INTERNAL = (
    "Display", "TextEntrySize", "TextEntryLength", "TextEntryForceResponse", "TextEntryValidation", "InputHeight",
    "InputWidth", "RecodeValue", "VariableName", "IsLabelDefault", "NotApplicable",
)  # fmt: skip
Options = tuple[list[dict[str, Any]], dict[str, str]]


def options(reading: Reading, thing: Thing, *, several: bool, name: str = "Choices", boxes: bool = True) -> Options:
    """The options in their order, and their keys by the numbers that logic knows them by."""
    listed = numbered(thing, name, "ChoiceOrder" if name == "Choices" else "AnswerOrder")
    codes = {number: _code(thing, number, name) for number, _choice in listed}
    if len(set(codes.values())) < len(codes):
        codes = {number: number for number in codes}
    keys = option_keys(codes.values())
    apart = thing.data.get("AnalyzeChoices")
    made: list[dict[str, Any]] = []
    for number, choice in listed:
        choice.place = f"{thing.place}, choice {number}"
        label = reading.line(thing, name, number, "Display")
        show, never = _shown(reading, choice)
        if not label or never:
            done = "It is never shown, so it is left out." if never else "It has no words, so it is left out."
            choice.lose(LOST, "Display", done, said=next(iter(label.values()), shown(choice.data)))
            continue
        one: dict[str, Any] = {"key": keys[codes[number]], "label": label, "show": show}
        if _on(choice, "TextEntry"):
            one["other"] = boxes
            if not boxes:
                done = "There is no box to say more in here; it is an answer like the rest."
                choice.lose(CHANGED, "TextEntry", done, said=next(iter(label.values())))
        one["exclusive"] = several and _on(choice, "ExclusiveAnswer")
        # Values under nothing stand apart from a scale: that is how “no opinion” and the like are written there.
        below = codes[number].startswith("-") and any(not code.startswith("-") for code in codes.values())
        one["unknown"] = below or text_of(step_into(apart, number)) == "No" or _on(choice, "NotApplicable")
        _picture(choice)
        reading.finish(choice, *INTERNAL, "TextEntry", "ExclusiveAnswer", "DisplayLogic")
        made.append({part: value for part, value in one.items() if value})
    thing.seen("ChoiceGroups", "ChoiceGroupOrder")
    groups = thing.data.get("ChoiceGroups")
    if groups and name == "Choices":
        for group in groups.values() if isinstance(groups, dict) else groups if isinstance(groups, list) else [groups]:
            said = (group.get("GroupLabel") or group.get("Display")) if isinstance(group, dict) else group
            done = "Headings between choices are not kept; the choices stand in one list."
            thing.lose(CHANGED, "ChoiceGroups", done, said=text_of(said) or shown(group))
    if "DynamicChoices" in thing:
        thing.lose(LOST, "DynamicChoices", "Choices taken from earlier answers cannot be kept.")
        thing.seen("DynamicChoices")
    return made, {number: keys[codes[number]] for number in codes}


def rows(reading: Reading, thing: Thing, *, required: bool) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The statements of a grid as its rows, and their keys by their numbers."""
    taken = Keys()
    made: list[dict[str, Any]] = []
    keys: dict[str, str] = {}
    for number, choice in numbered(thing, "Choices", "ChoiceOrder"):
        choice.place = f"{thing.place}, statement {number}"
        label = reading.line(thing, "Choices", number, "Display")
        show, never = _shown(reading, choice)
        if not label or never:
            done = "It is never shown, so it is left out." if never else "It has no words, so it is left out."
            said = next(iter(label.values()), shown(choice.data))
            choice.lose(LOST, "Display", done, said=said, together=choice.place)
            continue
        if _on(choice, "TextEntry"):
            done = "People cannot write what this row is about; the row is asked as it stands."
            choice.lose(CHANGED, "TextEntry", done, said=next(iter(label.values())), together=choice.place)
        _picture(choice)
        reading.finish(choice, *INTERNAL, "TextEntry", "ExclusiveAnswer", "DisplayLogic", "DefaultChoices")
        code = step_into(thing.data.get("ChoiceDataExportTags"), number)
        keys[number] = taken.key(text_of(code) or f"r{number}")
        row = {"key": keys[number], "label": label, "show": show, "required": required}
        made.append({part: value for part, value in row.items() if value})
    return made, keys


def _code(thing: Thing, number: str, name: str) -> str:
    """What results call a choice: its recoded value, else its number."""
    if name == "Choices" and thing.data.get("QuestionType") == "Matrix":
        return number
    return text_of(step_into(thing.data.get("RecodeValues"), number)) or number


def _on(choice: Thing, name: str) -> bool:
    value = choice.raw(name)
    return value is True or text_of(value).lower() in ("true", "on", "yes")


def _shown(reading: Reading, choice: Thing) -> tuple[dict[str, Any] | None, bool]:
    """When a choice is there, and whether it never is."""
    logic = choice.raw("DisplayLogic")
    if not logic:
        return None, False
    try:
        made = meaning(reading, logic)
    except Unsupported as reason:
        choice.lose(
            CHANGED, "DisplayLogic", f"It is shown to everyone: its condition needs {reason}.", said=told(logic)
        )
        return None, False
    return (made, False) if isinstance(made, dict) else (None, not made)


def told(logic: Any) -> str:
    """Logic in the words that Qualtrics keeps beside it."""
    found: list[str] = []

    def look(value: Any, depth: int) -> None:
        if isinstance(value, dict) and depth < 8:
            if isinstance(value.get("Description"), str) and "LogicType" in value:
                found.append(value["Description"])
            for one in value.values():
                look(one, depth + 1)

    look(logic, 0)
    return " ".join(plain(from_html(" ".join(found).replace("><", "> <"))[0]).split()) or shown(logic)


def _picture(choice: Thing) -> None:
    if "Image" in choice:
        picture = choice.raw("Image")
        said = picture.get("Display") if isinstance(picture, dict) else picture
        done = "The picture lies elsewhere and is not fetched; the choice is shown by its words."
        choice.lose(LOST, "Image", done, said=text_of(said) or shown(picture))


def order(thing: Thing, made: list[dict[str, Any]]) -> dict[str, str]:
    """The setting for a random order; choices that are fixed at the end stay there."""
    random = thing.raw("Randomization")
    if not isinstance(random, dict):
        return {}
    kind = text_of(random.get("Type"))
    if kind in ("None", ""):
        return {}
    if kind == "All":
        return {"order": "random"}
    if kind == "ScaleReversal":
        thing.lose(NOTE, "Randomization", "The scale is not turned round for half of the people.", said=kind)
        return {}
    thing.lose(CHANGED, "Randomization", "The order is the file's own for everyone.", said=shown(random))
    return {}
