"""Walks a SurveyJS file from page to page and from element to element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consult.exchange.assembly import Asked, Part, Words, shown_when
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.structure import Thing, shown
from consult.exchange.surveyjs import grids, questions
from consult.exchange.surveyjs.checks import needed, rules
from consult.exchange.surveyjs.reading import Reading

#: Elements that are not asked, with what becomes of them.
NOT_ASKED = {
    "file": "Files cannot be sent with an answer; the question is left out.",
    "signaturepad": "Signatures are not collected; the question is left out.",
    "expression": "What a form works out by itself is not kept.",
    "image": "The picture lies elsewhere and is not fetched; it is left out.",
    "imagemap": "Places on a picture cannot be chosen; the question is left out.",
    "empty": "An empty place; it is left out.",
    "matrixdynamic": "Rows that people add themselves cannot be kept; the question is left out.",
    "paneldynamic": "Questions that are asked again and again cannot be kept; they are left out.",
}
WHY_NOT = {"expression": "worked out by the form", "matrixdynamic": "a list that people add to"}
AGAIN = "asked again and again, which is not kept"
PANELS = ("panel", "flowpanel")
#: Properties of a part that is left out whose words the report says.
WORDED = ("title", "description", "html", "altText", "text")
DEEPEST = 12
#: Words in several languages that are told in one line.
SHORT = 250


@dataclass(frozen=True)
class Inside:
    """What elements have from the panels around them."""

    condition: dict[str, Any] | None = None
    open_to_all: bool = False
    read_only: bool = False
    depth: int = 0


def know(reading: Reading, elements: list[Any], depth: int = 0) -> None:
    """Every name beforehand, so that a condition on what comes later, or is not kept, can say so."""
    for element in elements:
        if not isinstance(element, dict) or depth > DEEPEST:
            continue
        name, kind = str(element.get("name", "")), str(element.get("type", ""))
        reading.assembly.names.add(name)
        for inside in ("elements", "questions"):
            if isinstance(element.get(inside), list):
                know(reading, element[inside], depth + 1)
        if kind in PANELS:
            reading.assembly.dropped.setdefault(name, "a panel, not a question")
        elif kind in NOT_ASKED:
            reading.assembly.dropped.setdefault(name, WHY_NOT.get(kind, "not asked here"))


def walk(reading: Reading, elements: list[Thing], inside: Inside) -> None:
    """Every element, in order."""
    for element in elements:
        kind, name = element.text("type").lower() or "text", element.text("name")
        element.place = f"{kind} “{name}”" if name else kind
        if kind in PANELS:
            panel(reading, element, inside)
        elif kind in NOT_ASKED or (kind not in questions.KINDS and kind not in ("html", "matrix", "matrixdropdown")):
            leave_out(reading, element, kind)
        else:
            _element(reading, element, kind, inside)


def leave_out(reading: Reading, element: Thing, kind: str) -> None:
    """Report an element that is not asked, with all its words."""
    done = NOT_ASKED.get(kind, f"Elements of the kind “{kind}” are not known here; it is left out.")
    words = list(said_in(reading, element.data))
    element.lose(LOST, "type", done, said=words[0] if words else element.text("name") or kind)
    for said in words[1:]:
        element.lose(LOST, "type", f"{done[:-1]}, and so is this.", said=said)
    if "expression" in element:
        element.lose(LOST, "expression", done)
    for name, value in element.data.items():
        if name in ("visibleIf", "enableIf", "requiredIf", "validators", "choicesByUrl", "imageLink") and value:
            element.lose(NOTE, name, "It went with what it belongs to.", said=shown(value))
    element.seen(*element.data)


def said_in(reading: Reading, data: Any, depth: int = 0) -> Iterator[str]:
    """The words of a part that is left out: titles, descriptions, choices; each in the first language it has."""
    if depth > DEEPEST * 2:
        return
    if isinstance(data, dict):
        for name, value in data.items():
            if name in WORDED or name.endswith(("Text", "Title", "Description", "Caption", "Html")):
                texts = [value] if isinstance(value, str) else []
                if isinstance(value, dict):
                    texts = [one for one in value.values() if isinstance(one, str)]
                told = " / ".join(text.strip() for text in texts if text.strip())
                if len(told) < SHORT:
                    texts = [told]
                yield from (text.strip() for text in texts if text.strip())
            elif isinstance(value, dict | list):
                yield from said_in(reading, value, depth + 1)
    elif isinstance(data, list):
        plain = [str(one) for one in data if isinstance(one, str | int | float) and not isinstance(one, bool)]
        if plain:
            yield ", ".join(plain)
        for one in data:
            if isinstance(one, dict | list):
                yield from said_in(reading, one, depth + 1)


def conditions(reading: Reading, thing: Thing, what: str) -> tuple[dict[str, Any] | bool | None, bool]:
    """When something is there: what shows it and what lets people answer it; False for never; whether one was lost."""
    if "visible" in thing.data and not thing.flag("visible", True) and "visibleIf" not in thing:
        thing.lose(LOST, "visible", f"{what} is hidden from people, so it is left out.", said="false")
        return False, False
    kept: list[dict[str, Any]] = []
    lost = False
    for name in ("visibleIf", "enableIf"):
        made, gone = reading.condition(thing, name, what)
        lost = lost or gone
        if made is False:
            thing.lose(LOST, name, f"{what} is never there by this condition, so it is left out.")
            return False, False
        if isinstance(made, dict):
            kept.append(made)
            if name == "enableIf":
                done = "What could only be seen until an earlier answer opens it is not shown until then."
                thing.lose(CHANGED, name, done)
    return shown_when(*kept), lost


def panel(reading: Reading, thing: Thing, inside: Inside) -> None:
    """Elements together: a section where they have words or a condition."""
    assembly = reading.assembly
    show, lost = conditions(reading, thing, "This panel")
    if show is False:
        for said in said_in(reading, thing.data):
            thing.lose(LOST, "elements", "It went with the panel around it.", said=said)
        _forget(reading, thing.data)
        return
    title, text = reading.title(thing), reading.block(thing, "description")
    condition = shown_when(inside.condition, show)
    for name in ("isRequired", "requiredIf", "requiredErrorText"):
        if name in thing:
            thing.lose(CHANGED, name, "That one question of a panel is answered cannot be asked for.")
            thing.seen(name)
    read_only = inside.read_only or thing.flag("readOnly")
    if thing.text("questionOrder") == "random" or thing.text("questionsOrder") == "random":
        thing.lose(CHANGED, "questionOrder", "Questions stand in the order of the file.")
    if not title and not text:
        # Without words it is only a condition, which every question in it takes over.
        walk(reading, _elements(thing), Inside(condition, inside.open_to_all or lost, read_only, inside.depth + 1))
    else:
        around = assembly.open(Part(title, text, condition))
        if around is not None:
            done = "A panel within a panel is a section of its own, after the other."
            thing.lose(NOTE, "type", done, said=next(iter((title or text).values())), together="panels")
        walk(reading, _elements(thing), Inside(None, inside.open_to_all or lost, read_only, inside.depth + 1))
        assembly.close(around)
    reading.finish(thing)


def _elements(thing: Thing) -> list[Thing]:
    return thing.things("elements") + thing.things("questions")


def _forget(reading: Reading, data: dict[str, Any]) -> None:
    for name in ("elements", "questions"):
        for one in data.get(name, ()) if isinstance(data.get(name), list) else ():
            if isinstance(one, dict):
                reading.assembly.dropped[str(one.get("name", ""))] = "never shown"
                _forget(reading, one)


def _element(reading: Reading, thing: Thing, kind: str, inside: Inside) -> None:
    name = thing.text("name")
    show, lost = conditions(reading, thing, "This")
    if show is False:
        reading.assembly.dropped[name] = "never shown"
        for said in said_in(reading, thing.data):
            thing.lose(LOST, "type", "It went with the question.", said=said)
        return
    condition = shown_when(inside.condition, show)
    if kind == "html":
        _statement(reading, thing, reading.block(thing, "html"), condition)
        reading.finish(thing)
        return
    text, around = reading.question_words(thing)
    text = text or {reading.language: name.replace("_", " ") or kind}
    hint = _joined(around, reading.block(thing, "description"))
    if thing.flag("readOnly") or inside.read_only:
        thing.lose(
            CHANGED, "readOnly", "People cannot answer this in the file, so its words are only shown.", said="true"
        )
        reading.assembly.dropped[name] = "only there to be read"
        for said in list(said_in(reading, thing.data))[1:]:
            thing.lose(LOST, "readOnly", "It went with the question.", said=said)
        _statement(reading, thing, _joined(text, hint), condition)
        return
    required = needed(reading, thing, condition, open_to_all=lost or inside.open_to_all)
    shared = {"hint": hint, "show": condition, "required_message": reading.block(thing, "requiredErrorText")}
    for made, names in _made(reading, thing, kind, text):
        whole = {"text": text, **made, **{part: value for part, value in shared.items() if value}}
        whole["required"] = required or bool(made.get("required"))
        reading.assembly.add(whole, names)
        shared["hint"] = {}
    _comment_box(reading, thing, condition)
    _filled_in(thing)
    reading.finish(thing)


def _made(reading: Reading, thing: Thing, kind: str, text: Words) -> Iterator[tuple[dict[str, Any], dict[str, Asked]]]:
    """The questions that an element becomes, with their keys, and what later parts may call them."""
    name, keys = thing.text("name") or kind, reading.assembly.keys
    if kind == "matrixdropdown":
        split = grids.dropdowns(reading, thing, text, keys)
        if not split:
            _nothing(reading, thing)
        yield from split
        return
    if kind == "matrix":
        key = keys.key(name)
        grid = grids.matrix(reading, thing, key)
        if grid is None:
            _nothing(reading, thing)
        else:
            yield {**grid[0], "key": key}, grid[1]
        return
    made, answers = questions.KINDS[kind](reading, thing)
    made["key"] = keys.key(name)
    if not made.get("options", True) or not made.get("rows", True):
        _nothing(reading, thing)
        return
    rules(reading, thing, made, Asked(made["key"], made["kind"], answers), name)
    made["required"] = any(row.get("required") for row in made.get("rows", ()))
    yield made, questions.known(made, answers, thing)


def _nothing(reading: Reading, thing: Thing) -> None:
    done = "There is nothing to choose from or to fill in, so the question is left out."
    for said in list(said_in(reading, thing.data)) or [thing.text("name")]:
        thing.lose(LOST, "choices", done, said=said)
    reading.assembly.dropped[thing.text("name")] = "left out"


def _statement(reading: Reading, thing: Thing, text: Words, condition: dict[str, Any] | None) -> None:
    if not text:
        thing.lose(LOST, "html", "There are no words to read, so it is left out.")
        return
    key = reading.assembly.keys.key(thing.text("name") or "words")
    reading.assembly.add({"key": key, "kind": "statement", "text": text, "show": condition})


def _joined(first: Words, second: Words) -> Words:
    """Words under words."""
    if not second:
        return first
    return {
        language: "\n\n".join(part for part in (first.get(language), second.get(language)) if part)
        for language in {**first, **second}
    }


def _comment_box(reading: Reading, thing: Thing, condition: dict[str, Any] | None) -> None:
    """A box for more, which belongs to a question there and is one of its own here."""
    boxed = [thing.flag(name) for name in ("showCommentArea", "hasComment")]
    words = reading.line(thing, "commentText")
    if not any(boxed):
        return
    name = thing.text("name")
    key = reading.assembly.keys.key(f"{name}_comment")
    thing.lose(
        CHANGED,
        "showCommentArea",
        "The box for a comment is a question of its own after it.",
        said=next(iter(words.values()), "true"),
    )
    asked = words or {"en": "Please say more"}
    made = {"key": key, "kind": "long_text", "text": asked, "show": condition, "settings": {"longest": questions.LINES}}
    reading.assembly.add(made, {f"{name}-Comment": Asked(key, "long_text")})


def _filled_in(thing: Thing) -> None:
    """What would stand there beforehand, or be set while somebody answers."""
    for name in (
        "defaultValue",
        "defaultValueExpression",
        "setValueIf",
        "setValueExpression",
        "resetValueIf",
        "correctAnswer",
        "defaultRowValue",
    ):
        if name in thing:
            thing.lose(NOTE, name, "Nothing is filled in beforehand; people answer by themselves.")
            thing.seen(name)
