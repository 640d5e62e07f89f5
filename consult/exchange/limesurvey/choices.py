"""Lists of answers: one, several, with comments, in an order."""

from __future__ import annotations

from typing import Any

from consult.domain.markup import literal
from consult.exchange.conditions import both, option_keys, usable
from consult.exchange.limesurvey import attributes, filters
from consult.exchange.limesurvey.checks import number_said
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.made import Made
from consult.exchange.limesurvey.reading import Place, Reading
from consult.exchange.limesurvey.source import Asked, Part
from consult.exchange.limesurvey.wordings import said
from consult.exchange.limesurvey.words import picture_name
from consult.exchange.losses import CHANGED, LOST, NOTE

LONGEST_COMMENT = 4000
RANDOM = ("random_order", "answer_order", "subquestion_order")


def label(reading: Reading, asked: Asked, part: Part, what: str) -> dict[str, str]:
    """The words of a row or an answer; one without words is called by its picture or its code."""
    place = Place(f"question {asked.code}, {what} {part.code}", part.line, what)
    made = reading.words.label(part.texts, place)
    if made:
        return made
    pictures = {reading.spoken[one]: picture_name(text) for one, text in part.texts.items() if one in reading.spoken}
    pictures = {language: name for language, name in pictures.items() if name}
    shown = "the name of its picture" if pictures else "“other”" if part.code == "other" else "its code"
    done = f"There are no words here that can be kept; {shown} is shown instead."
    reading.lose(
        CHANGED, place, done, said=next(iter(part.texts.values()), part.code), together=f"{asked.code} {shown}"
    )
    if not pictures and part.code == "other":
        return said("other", reading.languages)
    return pictures or dict.fromkeys(reading.languages, literal(part.code).strip() or "–")


def options(
    reading: Reading, asked: Asked, parts: list[Part], *, scored: bool = True
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The options that these parts make, with LimeSurvey's codes for their keys."""
    keys = option_keys(part.code or "empty" for part in parts)
    codes: dict[str, str] = {}
    found = []
    for part in parts:
        key = codes[part.code] = keys[part.code or "empty"]
        option: dict[str, Any] = {"key": key, "label": label(reading, asked, part, "answer")}
        score = number_said(part.assessment) if scored else None
        if score:
            option["score"] = score
        if key != part.code:
            done = f"The results call this answer “{key}”: a code has no spaces and is not empty."
            place = Place(f"question {asked.code}, answer {part.code}", part.line, "code")
            reading.lose(NOTE, place, done, said=part.code)
        found.append(option)
    return found, codes


def add_other(reading: Reading, asked: Asked, found: list[dict[str, Any]], codes: dict[str, str], made: Made) -> str:
    """The option “other” with its box, where there is one; its key."""
    made.used.add("other_replace_text")
    if not asked.other:
        return ""
    place = reading.place(asked, "other_replace_text")
    words = reading.words.label(attributes.words_of(asked, "other_replace_text", reading.source.languages), place)
    words = {language: text.rstrip(" :") for language, text in words.items()}
    spoken = said("other", reading.languages)
    key = "other" if all(option["key"] != "other" for option in found) else "-oth-"
    codes["-oth-"] = key
    option = {"key": key, "label": {**spoken, **words}, "other": True}
    where = asked.get("other_position")
    at = {"beginning": 0}.get(where, len(found))
    if where == "specific":
        code = asked.get("other_position_code")
        at = next((at + 1 for at, one in enumerate(found) if one["key"] == codes.get(code)), len(found))
    made.used |= {"other_position", "other_position_code"}
    found.insert(at, option)
    return key


def shown_parts(
    reading: Reading, asked: Asked, found: list[dict[str, Any]], parts: list[Part], codes: dict[str, str], other: str
) -> list[dict[str, Any]]:
    """Options with what decides whether each is shown, without those that never are."""
    shows = filters.shows(reading, asked, parts, other=bool(other))
    by_key = {codes[part.code]: shows.get(part.code) for part in parts}
    if other:
        by_key[other] = shows.get("other")
    kept = []
    for option in found:
        show = by_key.get(option["key"])
        if show is False:
            continue
        if isinstance(show, dict):
            option["show"] = show
        kept.append(option)
    return kept


def order(reading: Reading, asked: Asked, made: Made, *, by: str) -> dict[str, Any]:
    """Whether answers come in random order; by the alphabet they are put in order once, here."""
    wanted = asked.get("answer_order" if by == "answers" else "subquestion_order")
    made.used |= {"random_order", "answer_order" if by == "answers" else "subquestion_order", "alphasort"}
    if asked.get("random_order") == "1" or wanted == "random":
        return {"order": "random"}
    return {}


def sort(reading: Reading, asked: Asked, found: list[dict[str, Any]], *, by: str) -> None:
    """Put answers in the order of the alphabet, where the survey says so."""
    wanted = asked.get("answer_order" if by == "answers" else "subquestion_order")
    if asked.get("alphasort") != "1" and wanted != "alphabetical":
        return
    language = reading.languages[0]
    name = "alphasort" if asked.get("alphasort") == "1" else "answer_order"
    found.sort(key=lambda one: next((one["label"].get(code, "") for code in (language, *one["label"])), "").casefold())
    done = "LimeSurvey sorts these by the alphabet in each language; they stand in the order of the first."
    reading.lose(NOTE, reading.place(asked, name), done, said=asked.get(name))


def single(reading: Reading, asked: Asked, made: Made) -> None:
    """A list of which one is chosen, with a box for a comment where there is one."""
    parts = asked.choices()
    if not parts and not asked.other:
        _no_answers(reading, asked)
        return
    found, codes = options(reading, asked, parts)
    sort(reading, asked, found, by="answers")
    other = add_other(reading, asked, found, codes, made)
    found = shown_parts(reading, asked, found, parts, codes, other)
    made.used |= {"array_filter", "array_filter_exclude"}
    if not found:
        return
    _headings(reading, asked, made)
    settings = order(reading, asked, made, by="answers")
    if asked.kind == "!" or asked.get("use_dropdown") == "1":
        settings["appearance"] = "select"
    known = Known(made.key, "one", codes=codes)
    names = {"": known}
    if other:
        names["other"] = Known(made.key, "other", option=other)
    made.add({"kind": "single_choice", "options": found, "settings": settings}, names)
    made.itself = made.itself[:1]
    if asked.kind == "O":
        key = reading.layout.key(f"{usable(asked.code)[:50]}_comment")
        text = said("comment", reading.languages)
        settings = {"longest": LONGEST_COMMENT}
        question = {"kind": "long_text", "text": text, "settings": settings}
        made.add(question, {"comment": Known(key, "text", closed=False)}, key=key)
        done = f"The comment is a question of its own under it, “{key}”."
        reading.lose(NOTE, reading.place(asked, "type"), done, said=f"{asked.kind}: {asked.code}")


def _headings(reading: Reading, asked: Asked, made: Made) -> None:
    """Answers of a drop-down list that are parted into a heading and an answer."""
    mark = asked.get("category_separator")
    said = next((text for part in asked.choices() for text in part.texts.values() if mark and mark in text), "")
    if said and asked.kind == "!":
        made.used.add("category_separator")
        done = f"Answers stand in one list; what LimeSurvey shows as a heading stands before “{mark}” in each."
        reading.lose(CHANGED, reading.place(asked, "category_separator"), done, said=said)


def _no_answers(reading: Reading, asked: Asked) -> None:
    place = reading.place(asked, "type")
    words = next((" ".join(text.split()) for text in asked.texts.values() if text.strip()), "")
    told = f"{asked.kind}: {asked.code}: {words}"
    reading.lose(LOST, place, "There is nothing to choose from here, so the question is left out.", said=told)


def yes_no(_reading: Reading, _asked: Asked, made: Made) -> None:
    """Yes or no."""
    known = Known(made.key, "one", codes={"Y": "yes", "N": "no"})
    made.add({"kind": "yes_no"}, {"": known})


def gender(reading: Reading, _asked: Asked, made: Made) -> None:
    """LimeSurvey's two answers to a question for gender."""
    found = [{"key": key, "label": said(what, reading.languages)} for key, what in (("F", "female"), ("M", "male"))]
    known = Known(made.key, "one", codes={"F": "F", "M": "M"})
    made.add({"kind": "single_choice", "options": found}, {"": known})


def five_points(_reading: Reading, _asked: Asked, made: Made) -> None:
    """One of five points without words."""
    known = Known(made.key, "one", codes={str(point): str(point) for point in range(1, 6)})
    made.add({"kind": "rating", "settings": {"points": 5}}, {"": known})


def several(reading: Reading, asked: Asked, made: Made) -> None:
    """Several of a list, each with a comment where LimeSurvey asks for one."""
    parts = asked.scale(0)
    if not parts and not asked.other:
        _no_answers(reading, asked)
        return
    found, codes = options(reading, asked, parts, scored=False)
    sort(reading, asked, found, by="rows")
    other = add_other(reading, asked, found, codes, made)
    _alone(reading, asked, found, codes, made)
    found = shown_parts(reading, asked, found, parts, codes, other)
    made.used |= {"array_filter", "array_filter_exclude"}
    if not found:
        return
    settings = {**order(reading, asked, made, by="rows"), **_how_many(reading, asked, made, len(found))}
    kept = {option["key"] for option in found}
    names = {
        part.code: Known(made.key, "option", option=codes[part.code], siblings=len(found))
        for part in parts if codes[part.code] in kept
    }  # fmt: skip
    if other in kept:
        names["other"] = Known(made.key, "other", option=other, siblings=len(found))
    made.add({"kind": "multiple_choice", "options": found, "settings": settings}, names)
    if asked.kind == "P":
        _comments(reading, asked, made, found, codes)


def _comments(reading: Reading, asked: Asked, made: Made, found: list[dict[str, Any]], codes: dict[str, str]) -> None:
    """A box for each answer that was chosen, on the page after."""
    key = reading.layout.key(f"{usable(asked.code)[:50]}_comment")
    rows, names = [], {}
    always = asked.get("commented_checkbox") == "allways"
    made.used |= {"commented_checkbox", "commented_checkbox_auto"}
    for option in found:
        row = usable(option["key"])
        chosen = {"when": made.key, "is": "any_of", "of": [option["key"]]}
        show = None if always else {"not": chosen} if asked.get("commented_checkbox") == "unchecked" else chosen
        rows.append({"key": row, "label": option["label"], "show": both(option.get("show"), show)})
        code = next((code for code, one in codes.items() if one == option["key"]), option["key"])
        names[f"{'other' if code == '-oth-' else code}comment"] = Known(key, "text", row=row, closed=False)
    text = said("comment", reading.languages)
    whole = {language: f"{made.text[language]} – {text[language]}" for language in made.text if language in text}
    made.add({"kind": "matrix_text", "text": whole or text, "rows": rows}, names, key=key)
    done = "The comments are asked on the page after, each where its answer was chosen."
    reading.lose(CHANGED, reading.place(asked, "type"), done, said=f"P: {asked.code}")


def _alone(reading: Reading, asked: Asked, found: list[dict[str, Any]], codes: dict[str, str], made: Made) -> None:
    """Answers that go with no other."""
    import re

    made.used.add("exclude_all_others")
    for code in re.split(r"[;,]", asked.get("exclude_all_others")):
        if not code.strip():
            continue
        key = codes.get(code.strip()) or (codes.get("-oth-") if code.strip() == "other" else None)
        option = next((one for one in found if one["key"] == key), None)
        if option is None:
            place = reading.place(asked, "exclude_all_others")
            reading.lose(NOTE, place, "There is no such answer in this question.", said=code.strip())
        else:
            option["exclusive"] = True


def _how_many(reading: Reading, asked: Asked, made: Made, there: int) -> dict[str, int]:
    """The least and the most answers, where they are numbers."""
    found: dict[str, int] = {}
    for name, ours in (("min_answers", "least"), ("max_answers", "most")):
        made.used.add(name)
        text = asked.get(name)
        number = number_said(text)
        if text and not isinstance(number, int):
            done = "How many answers may be given depends on other answers, which is not kept."
            reading.lose(CHANGED, reading.place(asked, name), done, said=text)
        elif isinstance(number, int) and number > 0:
            found[ours] = number
    if found.get("least", 0) > min(there, found.get("most", there)):
        done = "So many answers cannot be given, so this is not kept."
        reading.lose(CHANGED, reading.place(asked, "min_answers"), done, said=asked.get("min_answers"))
        del found["least"]
    return found


def ranking(reading: Reading, asked: Asked, made: Made) -> None:
    """Answers put into an order."""
    parts = asked.choices() or asked.scale(0)
    if not parts:
        _no_answers(reading, asked)
        return
    for part in asked.rows if asked.choices() else ():
        for text in part.texts.values():
            done = "What LimeSurvey calls the places of an order is not kept."
            place = reading.place(asked, "question").at("question", part.line)
            reading.lose(NOTE, place, done, said=text, together=f"{asked.code} places")
    found, codes = options(reading, asked, parts, scored=False)
    found = shown_parts(reading, asked, found, parts, codes, "")
    made.used |= {"array_filter", "array_filter_exclude"}
    if len(found) < 2:
        done = "There are not two things to put in order, so the question is left out."
        reading.lose(LOST, reading.place(asked, "type"), done, said=f"{asked.kind}: {asked.code}")
        return
    many = _how_many(reading, asked, made, len(found))
    settings: dict[str, Any] = {"partial": not made.needed or "most" in many or "least" in many}
    settings |= order(reading, asked, made, by="answers")
    if "most" in many:
        settings["most"] = min(many["most"], len(found))
    if "least" in many:
        done = "How many have to be put in order is not kept; people may put in order as many as they like."
        reading.lose(CHANGED, reading.place(asked, "min_answers"), done, said=asked.get("min_answers"))
    places = range(1, settings.get("most", len(found)) + 1)
    names = {str(rank): Known(made.key, "rank", place=rank, codes=codes, siblings=len(places)) for rank in places}
    made.add({"kind": "ranking", "options": found, "settings": settings}, names)
