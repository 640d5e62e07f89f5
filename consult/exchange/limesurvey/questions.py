"""One question of LimeSurvey's as one of ours, or as two where ours ask one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consult.domain.markup import literal
from consult.exchange.limesurvey import arrays, attributes, boxes, checks, choices
from consult.exchange.limesurvey.checks import Rules
from consult.exchange.limesurvey.made import Made
from consult.exchange.limesurvey.reading import Place, Reading
from consult.exchange.limesurvey.source import Asked
from consult.exchange.limesurvey.words import picture_name
from consult.exchange.losses import CHANGED, LOST, NOTE

Maker = Callable[[Reading, Asked, Made], None]
MAKERS: dict[str, Maker] = {
    "L": choices.single, "!": choices.single, "O": choices.single, "Y": choices.yes_no, "G": choices.gender,
    "5": choices.five_points, "M": choices.several, "P": choices.several, "R": choices.ranking,
    "A": arrays.one_each, "B": arrays.one_each, "C": arrays.one_each, "E": arrays.one_each, "F": arrays.one_each,
    "H": arrays.one_each, "1": arrays.dual, ":": arrays.numbers, ";": arrays.texts, "K": arrays.several_numbers,
    "Q": arrays.several_texts,
    "N": boxes.number, "S": boxes.short_text, "T": boxes.long_text, "U": boxes.long_text, "D": boxes.date,
}  # fmt: skip
#: Kinds that are not asked: what they are to an equation that names them, and what was done.
NOT_ASKED = {
    "|": ("a file, which is not kept", "Files cannot be collected; the question is left out."),
    "I": (
        "a choice of language, not a question",
        "Languages are chosen at the top of every page; this question is left out.",
    ),
    "*": ("worked out by LimeSurvey, not asked", "Values that LimeSurvey works out are not kept."),
    "X": ("words to read, not a question", ""),
}
UNKNOWN = "of an unknown kind"
HIDDEN = "hidden in the survey, not asked"
NEVER = "never shown"
MANDATORY = {"Y": True, "S": False, "N": False, "": False, "0": False, "1": True, "y": True, "yes": True, "no": False}


@dataclass(frozen=True)
class Inherited:
    """What questions have from their group: whether its condition was lost."""

    open_to_all: bool = False


def not_asked(asked: Asked) -> str:
    """Why a question is not asked at all, known before anything is laid out; "" where it is."""
    if asked.get("hidden") == "1":
        return HIDDEN
    if asked.kind in NOT_ASKED:
        return NOT_ASKED[asked.kind][0]
    return "" if asked.kind in MAKERS else UNKNOWN


def lay_out(reading: Reading, asked: Asked, inherited: Inherited) -> None:
    """Put a question on the pages, with what is lost told."""
    why = not_asked(asked)
    _report_common(reading, asked)
    if why in (HIDDEN, UNKNOWN) or asked.kind in ("|", "I"):
        _leave_out(reading, asked, why)
        return
    show = checks.shown(reading, asked)
    if show.when is False:
        reading.layout.dropped[asked.code] = NEVER
        attributes.report(reading, asked, set(asked.attributes))
        return
    when = show.when if isinstance(show.when, dict) else None
    if asked.kind in ("X", "*"):
        _read(reading, asked, when)
        return
    made = _begin(reading, asked, when)
    made.needed = _needed(reading, asked, open_to_all=show.lost or inherited.open_to_all)
    MAKERS[asked.kind](reading, asked, made)
    if not made.questions:
        reading.layout.dropped[asked.code] = "without anything to choose, so it is not asked"
        attributes.report(reading, asked, made.used)
        return
    _check(reading, asked, made)
    attributes.report(reading, asked, made.used)
    for question in made.questions:
        reading.layout.add(question, code=asked.code, names=made.names.pop(question["key"], {}))


def _begin(reading: Reading, asked: Asked, when: dict[str, Any] | None) -> Made:
    text, more = words_of(reading, asked)
    hint = reading.words.block(asked.helps, reading.place(asked, "help"))
    made = Made(reading.layout.key(asked.code), text, when)
    made.under(more)
    made.under(hint)
    made.used |= {"hidden"}
    if made.key != asked.code:
        done = f"The results call this question “{made.key}”: a code is letters, digits and single underscores."
        reading.lose(NOTE, reading.place(asked, "title"), done, said=asked.code)
    return made


def words_of(reading: Reading, asked: Asked) -> tuple[dict[str, str], dict[str, str]]:
    """What a question says, and what stands under it; one that says nothing is called by its picture or its code."""
    place = reading.place(asked, "question")
    text, more = reading.words.line(asked.texts, place)
    if text:
        return text, more
    pictures = {reading.spoken[one]: picture_name(said) for one, said in asked.texts.items() if one in reading.spoken}
    pictures = {language: name for language, name in pictures.items() if name}
    what = "the name of its picture" if pictures else "its code"
    if asked.kind != "X":
        done = f"The question has no words; {what} is asked instead."
        reading.lose(CHANGED, place, done, said=asked.code)
    return pictures or dict.fromkeys(reading.languages, literal(asked.code)), more


def _needed(reading: Reading, asked: Asked, *, open_to_all: bool) -> bool:
    said = asked.mandatory.strip()
    place = reading.place(asked, "mandatory")
    if said not in MANDATORY:
        reading.lose(CHANGED, place, "This is not known here; the question may be left out.", said=said)
    if said == "S":
        done = "LimeSurvey asks people once more before they leave this out; here they may leave it out."
        reading.lose(CHANGED, place, done, said=said, together="soft")
    if MANDATORY.get(said) and open_to_all:
        reading.lose(CHANGED, place, "Everybody is asked this now, so an answer is no longer required.", said=said)
        return False
    return bool(MANDATORY.get(said))


def _check(reading: Reading, asked: Asked, made: Made) -> None:
    """Rules for good answers; a rule that is lost is still told to people where its author worded it."""
    first = made.questions[0]
    itself = [known for known in made.itself if known.key == "."]
    rules: Rules = checks.rules(reading, asked, itself, first["kind"])
    made.used |= {"em_validation_q"}
    place = reading.place(asked, "em_validation_q_tip")
    tip = reading.words.label(attributes.words_of(asked, "em_validation_q_tip", reading.source.languages), place)
    made.used.add("em_validation_q_tip")
    sub_tip = attributes.words_of(asked, "em_validation_sq_tip", reading.source.languages)
    made.used.add("em_validation_sq_tip")
    if sub_tip:
        told = reading.words.label(sub_tip, place.at("em_validation_sq_tip"))
        first["hint"] = joined_words(first.get("hint", {}), told)
    if rules.needed:
        first["required"] = True
        first["required_message"] = tip
    settings = first.get("settings", {})
    for name, value in rules.settings.items():
        checks.narrow(settings, name, value)
    if settings:
        first["settings"] = boxes.in_bounds(reading, asked, settings)
    if rules.email and first["kind"] == "short_text":
        first.update(personal=True, settings={**settings, "expects": "email"})
        column = "preg" if asked.pattern.strip() else "em_validation_q"
        reading.lose(NOTE, reading.place(asked, column), boxes.IDENTIFIES, said=asked.pattern or asked.get(column))
    elif rules.digits and first["kind"] == "short_text":
        first["settings"] = {**settings, "expects": "digits", "longest": rules.digits}
    if first["kind"] == "short_text" and not first.get("personal"):
        boxes.tell_naming(reading, asked, "question", list(made.text.values()))
    constraint = rules.constraint
    if constraint is not None:
        earlier = first.get("constraint")
        first["constraint"] = {"all": [earlier, constraint]} if earlier else constraint
    if tip and (first.get("constraint") or rules.settings) and not rules.lost:
        first["constraint_message"] = tip
    elif tip and not rules.needed:
        first["hint"] = joined_words(first.get("hint", {}), tip)


def joined_words(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """Words under words, by language; what stands there already stands once."""
    found = dict(one)
    for language, text in other.items():
        before = found.get(language, "")
        if text not in before:
            found[language] = f"{before}\n\n{text}" if before else text
    return found


def _read(reading: Reading, asked: Asked, when: dict[str, Any] | None) -> None:
    """Words to read. What LimeSurvey works out is not kept; the words around it are, where people saw any."""
    place = reading.place(asked, "question")
    attributes.report(reading, asked, {"hidden", "em_validation_q_tip"} & set(asked.attributes))
    plain = asked.kind == "*" and _nothing_but_equations(asked)
    if asked.kind == "*":
        reading.layout.dropped[asked.code] = NOT_ASKED["*"][0]
        if plain:
            said = next(iter(asked.texts.values()), "")
            reading.lose(LOST, place, NOT_ASKED["*"][1], said=f"{asked.code}: {said}")
            return
        done = "LimeSurvey keeps what these words come to; here they are only shown."
        reading.lose(CHANGED, place, done, said=asked.code)
    else:
        reading.layout.dropped[asked.code] = NOT_ASKED["X"][0]
    text = reading.words.block(asked.texts, place)
    hint = reading.words.block(asked.helps, place.at("help"))
    if not text and not hint:
        said = next((one for one in asked.texts.values() if one.strip()), asked.code)
        reading.lose(LOST, place, "There are no words to read here, so this is left out.", said=said)
        return
    key = reading.layout.key(asked.code)
    question = {"key": key, "kind": "statement", "text": text or hint, "hint": hint if text else {}, "show": when}
    reading.layout.add(question, code=asked.code, names={})


def _nothing_but_equations(asked: Asked) -> bool:
    import re

    bare = [re.sub(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|<[^<>]*>|&\w+;", "", text) for text in asked.texts.values()]
    return not any(one.isalnum() for text in bare for one in text)


def _leave_out(reading: Reading, asked: Asked, why: str) -> None:
    place = reading.place(asked, "type")
    said = next((" ".join(text.split()) for text in asked.texts.values() if text.strip()), "")
    told = f"{asked.kind or '(no type)'}: {asked.code}: {said}".removesuffix(": ")
    if why == HIDDEN:
        done = "The survey hides this from people, so it is left out."
        reading.lose(LOST, place.at("hidden", asked.attributes["hidden"].line), done, said=told)
    elif why == UNKNOWN:
        reading.lose(LOST, place, "This kind of question is not known; it is left out.", said=told)
    else:
        reading.lose(NOTE if asked.kind == "I" else LOST, place, NOT_ASKED[asked.kind][1], said=told)
    reading.layout.dropped[asked.code] = why


def _report_common(reading: Reading, asked: Asked) -> None:
    for language, script in asked.scripts.items():
        if script.strip():
            done = "Programs in questions are left out."
            reading.lose(LOST, reading.place(asked, "script"), done, said=f"{language}: {script}")
            break
    if asked.default.strip():
        done = "Nothing is filled in beforehand."
        reading.lose(CHANGED, reading.place(asked, "default"), done, said=asked.default)
    for part in asked.rows:
        where = Place(f"question {asked.code}, {part.code}", part.line)
        if part.default.strip():
            reading.lose(CHANGED, where.at("default"), "Nothing is filled in beforehand.", said=part.default)
        helps = [text for text in part.helps.values() if text.strip()]
        if helps:
            reading.lose(NOTE, where.at("help"), "Parts of a question have no help of their own.", said=helps[0])
    if asked.other and asked.kind not in ("L", "!", "M", "P"):
        done = "LimeSurvey offers “other” for lists only, and so is it here."
        reading.lose(NOTE, reading.place(asked, "other"), done, said="Y")
