"""The choices of a SurveyJS question as options: its own list, and “other”, “none”, “prefer not to say”."""

from __future__ import annotations

from typing import Any

from consult.exchange.assembly import Asked, Words
from consult.exchange.conditions import option_keys
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.structure import Thing, shown, text_of
from consult.exchange.surveyjs.reading import Reading

#: Special choices: the switches that show them, their words in the file, words where it has none, and what they are.
SPECIAL: tuple[tuple[tuple[str, ...], str, str, str, dict[str, bool]], ...] = (
    (("showOtherItem", "hasOther"), "otherText", "other", "Other (describe)", {"other": True, "last": True}),
    (("showNoneItem", "hasNone"), "noneText", "none", "None", {"exclusive": True}),
    (
        ("showRefuseItem", "hasRefuse"),
        "refuseText",
        "refused",
        "Prefer not to say",
        {"exclusive": True, "unknown": True},
    ),
    (("showDontKnowItem",), "dontKnowText", "dontknow", "Don't know", {"exclusive": True, "unknown": True}),
)
#: Special choices as other versions list them among the choices.
LISTED = {"other": 0, "none": 1, "refused": 2, "dontknow": 3}
FROM_ELSEWHERE = {
    "choicesByUrl": "The choices come from an address while people answer; they cannot be fetched.",
    "choicesFromQuestion": "The choices come from the answers to another question, which is not kept.",
}


def options(
    reading: Reading, thing: Thing, *, several: bool, name: str = "choices"
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The options, and their keys by the values that the file has for them."""
    found: list[tuple[str, Words, dict[str, Any]]] = []
    for value in thing.values(name):
        one = _choice(reading, thing, value, name, several=several)
        if one is not None:
            found.append(one)
    for missing, done in FROM_ELSEWHERE.items():
        if missing in thing:
            thing.lose(LOST, missing, done)
            thing.seen(missing)
    if not found:
        found = _numbered(thing)
    found = _special(reading, thing, found, several=several)
    keys = option_keys(value for value, _words, _more in found)
    if len(keys) < len(found):
        twice = {value for value, _words, _more in found if [one[0] for one in found].count(value) > 1}
        thing.lose(CHANGED, name, "A choice that stands there twice is kept once.", said=", ".join(sorted(twice)))
    made: dict[str, dict[str, Any]] = {}
    for value, words, more in found:
        made.setdefault(keys[value], {"key": keys[value], "label": words, **more})
    order = thing.text("choicesOrder").lower()
    listed = list(made.values())
    if order in ("asc", "desc"):
        special = [option for option in listed if set(option) & {"other", "exclusive", "unknown"}]
        plain = [option for option in listed if option not in special]
        plain.sort(key=lambda option: next(iter(option["label"].values())).lower(), reverse=order == "desc")
        listed = plain + special
    return listed, keys


def order(thing: Thing) -> dict[str, str]:
    """The setting for choices in random order."""
    return {"order": "random"} if thing.text("choicesOrder").lower() == "random" else {}


def _choice(
    reading: Reading, thing: Thing, value: Any, name: str, *, several: bool
) -> tuple[str, Words, dict[str, Any]] | None:
    if not isinstance(value, dict):
        said = text_of(value).strip()
        if not said:
            thing.lose(LOST, name, "This is no choice, so it is left out.", said=shown(value))
            return None
        words = reading.phrases.line({reading.language: said}, thing, name)
        return said, words, _listed_special(said, several=several)
    choice = Thing(value, f"{thing.place}, choice", thing.losses)
    said = text_of(choice.raw("value")).strip()
    words = reading.line(choice, "text")
    if not said:
        said = next(iter(words.values()), "")
    if not said:
        thing.lose(LOST, name, "This choice has neither a value nor words, so it is left out.", said=shown(value))
        return None
    choice.place = f"{thing.place}, choice {said}"
    words = words or reading.phrases.line({reading.language: said}, choice, "value")
    more = _listed_special(said, several=several) if "text" not in choice else {}
    if choice.flag("isExclusive") and several:
        more["exclusive"] = True
    show = None
    for condition in ("visibleIf", "enableIf"):
        made, _lost = reading.condition(choice, condition, "This choice")
        if made is False:
            choice.lose(LOST, condition, "This choice is never there by its condition, so it is left out.")
            return None
        if isinstance(made, dict):
            show = made if show is None else {"all": [show, made]}
    if show:
        more["show"] = show
    for picture in ("imageLink", "imageLink_", "icon"):
        if picture in choice:
            done = "The picture lies elsewhere and is not fetched; the choice is shown by its words."
            choice.lose(LOST, picture, done)
            choice.seen(picture)
    if choice.flag("showCommentArea") or choice.flag("hasComment"):
        more |= {"other": True}
    reading.finish(choice)
    return said, words, more


def _listed_special(value: str, *, several: bool) -> dict[str, Any]:
    """“none” and the like, where they are listed as plain values: newer versions do that to place them."""
    at = LISTED.get(value)
    return {} if at is None else _kept(SPECIAL[at][4], several=several)


def _kept(more: dict[str, bool], *, several: bool) -> dict[str, Any]:
    return {name: value for name, value in more.items() if several or name != "exclusive"}


def _numbered(thing: Thing) -> list[tuple[str, Words, dict[str, Any]]]:
    """A list of numbers that is only described: choicesMin, choicesMax, choicesStep."""
    least, most = thing.number("choicesMin"), thing.number("choicesMax")
    step = thing.number("choicesStep") or 1
    if least is None or most is None or step <= 0 or not 0 <= (most - least) / step <= 1_000:
        return []
    count = int((most - least) / step) + 1
    numbers = (text_of(least + at * step) for at in range(count))
    return [(number, {"en": number}, {}) for number in numbers]


def _special(
    reading: Reading, thing: Thing, found: list[tuple[str, Words, dict[str, Any]]], *, several: bool
) -> list[tuple[str, Words, dict[str, Any]]]:
    made = list(found)
    for switches, words_name, value, otherwise, more in SPECIAL:
        words = reading.line(thing, words_name)
        shown_here = [thing.flag(switch) for switch in switches]
        at = next((at for at, one in enumerate(made) if one[0] == value), None)
        if at is not None and words and made[at][1] == {reading.language: value}:
            made[at] = (value, words, made[at][2])
        if not any(shown_here) or at is not None:
            continue
        if not words:
            words = {"en": otherwise}
            if reading.language != "en":
                done = f"The program's own words stand for this choice; in English: “{otherwise}”."
                thing.lose(CHANGED, switches[0], done)
        made.append((value, words, _kept(more, several=several)))
    for placeholder in ("otherPlaceholder", "otherPlaceHolder", "otherErrorText"):
        if placeholder in thing:
            done = "The box after “other” has words of its own here; these are not kept."
            said = next(iter(reading.said(thing, placeholder).values()), "")
            thing.lose(NOTE, placeholder, done, said=said)
    if thing.flag("showSelectAllItem") or thing.flag("hasSelectAll"):
        done = "“Select all” is not kept; people choose what applies."
        thing.lose(
            CHANGED, "showSelectAllItem", done, said=next(iter(reading.said(thing, "selectAllText").values()), "")
        )
    return made


def known(key: str, kind: str, keys: dict[str, str], *, needed: bool, row: str | None = None) -> Asked:
    """A question of choices as conditions know it."""
    return Asked(key, kind, keys, row=row, optional=not needed)
