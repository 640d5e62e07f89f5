"""What kinds with options to choose from share: items, the box after "other", and the answer in words."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Option, Picture, Question
from consult.questions import order
from consult.questions.base import (
    MAIN,
    N_,
    UNLISTED,
    Component,
    Data,
    Drawing,
    Locale,
    clean,
    hinted,
    input_name,
    said,
    spoken,
)

LONGEST_OTHER = 500
#: Radios stop being readable in long lists; the NHS pattern allows a select there.
LONGEST_RADIOS = 20


def other_input(option: Option, question: Question) -> str:
    """The suffix of the box that says what "other" is."""
    return f"other{[one.key for one in question.options if one.other].index(option.key) + 1}"


def other_inputs(question: Question) -> list[str]:
    """The suffixes of every such box, in order; they do not move when options are hidden before them."""
    return [f"other{number}" for number, _ in enumerate((one for one in question.options if one.other), 1)]


def items(question: Question, drawing: Drawing) -> list[dict[str, Any]]:
    """Radio or checkbox items, "other" with its box, and a divider before an exclusive last one.

    In a random order each has an id by its place, so that the first is where a message leads.
    """
    shuffled = order.is_random(question)
    options = order.in_order(question, question.options, None if drawing.places else drawing.shuffle)
    found = [_item(question, option, drawing) for option in options]
    for at, item in enumerate(found if shuffled else (), 1):
        item["id"] = input_name(question) + (f"-{at}" if at > 1 else "")
    exclusive = [option.exclusive for option in options]
    if exclusive.count(True) == 1 and exclusive[-1] and len(found) > 1:
        found.insert(-1, {"divider": drawing.locale.say("or")})
    if shuffled and drawing.places:
        moving = order.movable(options)
        for option, item in zip(moving, found[: len(moving)], strict=True):
            item["id"] = input_name(question) + order.placed_id(option.key)
        marked = [one for at, option in enumerate(moving) for one in ({"divider": order.place(option.key)}, found[at])]
        found = [*marked, {"divider": order.LAST_PLACE}, *found[len(moving) :]]
    return found


def _item(question: Question, option: Option, drawing: Drawing) -> dict[str, Any]:
    label = spoken(option.label, drawing.locale)
    if option.picture is not None:
        label["html"] = _with_picture(label, option.picture, drawing.locale)
    item: dict[str, Any] = {
        "value": option.key,
        "label": label,
        "checked": option.key in drawing.chosen(),
    }
    hint = hinted(option.hint, drawing.locale)
    if hint["text"]:
        item["hint"] = hint
    if option.exclusive:
        item["exclusive"] = True
    if option.other:
        item["conditional"] = {"html": [_box(question, option, drawing)]}
    return item


def _with_picture(label: dict[str, Any], picture: Picture, locale: Locale) -> Markup:
    """The words of an option with its picture under them, described in words of its own."""
    words = Markup(label["html"]) if "html" in label else escape(label["text"])  # noqa: S704 - escaped by markup.inline
    alt = picture.alt.to(locale.language)
    elsewhere = Markup(' lang="{}" dir="{}"').format(alt.language, alt.direction) if alt.language else Markup("")
    return Markup('{}<img class="app-option__picture" src="{}" alt="{}"{} loading="lazy">').format(
        words, picture_address(picture.file), said(picture.alt, locale), elsewhere
    )


def picture_address(file: str) -> str:
    """Where the site gives out a picture; see `consultations/routes/pictures.py`."""
    return f"/pictures/{file}"


def _box(question: Question, option: Option, drawing: Drawing, *, alone: bool = False) -> Component:
    """The box directly under its option, always there; under a drop-down list (`alone`) it names its option."""
    suffix = other_input(option, question)
    return Component(
        "input",
        {
            "id": input_name(question, suffix),
            "name": input_name(question, suffix),
            "label": {"html": (_label_alone if alone else _box_label)(option, drawing.locale)},
            "value": drawing.typed(suffix),
            "errorMessage": drawing.error(suffix),
        },
    )


def _box_label(option: Option, locale: Locale) -> Markup:
    """What to say, after the option for those who only hear it."""
    again = Markup('<span class="nhsuk-u-visually-hidden" lang="{}" dir="{}">{}: </span>').format(
        *_marked(option, locale)
    )
    return again + locale.say("Please say what")


def _label_alone(option: Option, locale: Locale) -> Markup:
    language, way, words = _marked(option, locale)
    name = Markup('<span lang="{}" dir="{}">{}</span>').format(language, way, words)
    if language == locale.language:
        name = escape(words)
    told = escape(locale.say(N_("If you chose “%(option)s”, please say what"), option=_NAME))
    return Markup(told.replace(_NAME, name))  # noqa: S704 - both sides are escaped


#: Stands where the name of an option goes; no text holds it.
_NAME = "\ufdd0"


def _marked(option: Option, locale: Locale) -> tuple[str, str, str]:
    worded = option.label.to(locale.language)
    return worded.language, worded.direction, said(option.label, locale)


def without_unknown(question: Question, data: Data, locale: Locale) -> dict[str, str]:
    """The message for an option that does not exist."""
    if any(key and key not in question.option_by_key for key in data.get(MAIN, ())):
        return {MAIN: locale.say(N_("Choose from the answers shown"))}
    return {}


def too_long_others(question: Question, data: Data, locale: Locale) -> dict[str, str]:
    """Messages for boxes after "other" with too much in them."""
    return {
        suffix: locale.say(N_("Shorten this to %(count)s characters or fewer"), count=LONGEST_OTHER)
        for suffix in other_inputs(question)
        if any(len(text.strip()) > LONGEST_OTHER for text in data.get(suffix, ()))
    }


def chosen_values(question: Question, keys: list[str], data: Data) -> Values:
    """Atoms for the chosen options; what was typed after "other" goes with it, and alone it chooses "other"."""
    if not keys:
        keys = [option.key for option in question.options if option.other and _other_text(question, option, data)][:1]
    values = []
    for option in question.options:
        if option.key in keys:
            text = _other_text(question, option, data) if option.other else ""
            values.append(Value(choice=option.key, text=text or None))
    return tuple(values)


def _other_text(question: Question, option: Option, data: Data) -> str:
    texts = data.get(other_input(option, question), ())
    return clean(texts[0]).strip() if texts else ""


def choice_data(question: Question, values: Values) -> Data:
    """The atoms, as the form wants them back."""
    data: dict[str, list[str]] = {MAIN: [value.choice for value in values if value.choice is not None]}
    for value in values:
        option = question.option_by_key.get(value.choice or "")
        if option is not None and option.other and value.text:
            data[other_input(option, question)] = [value.text]
    return data


def choice_words(question: Question, values: Values, locale: Locale) -> list[str]:
    """The chosen options in words, with what was said after "other"."""
    lines = []
    for value in values:
        option = question.option_by_key.get(value.choice or "")
        label = said(option.label, locale) if option else value.choice or ""
        lines.append(f"{label}: {value.text}" if value.text else label)
    return lines


def select_component(
    question: Question, drawing: Drawing, words: dict[str, Any], hint: dict[str, Any] | None, *, type_ahead: bool
) -> Component:
    """A plain select for a long list, with nothing chosen at first; the boxes after "other" stand below it.

    With `type_ahead` the script of that name makes it a box to type in, in the words that its attributes hold.
    """
    chosen = set(drawing.chosen())
    listed: list[dict[str, Any]] = [{"value": "", "text": drawing.locale.say("Choose an answer")}]
    for option in question.options:
        worded = option.label.to(drawing.locale.language)
        attributes = {"data-pinned": "true"} if option.pinned else {}
        if worded.language != drawing.locale.language:
            attributes |= {"lang": worded.language, "dir": worded.direction}
        listed.append(
            {
                "value": option.key,
                "text": said(option.label, drawing.locale),
                "selected": option.key in chosen,
                "attributes": attributes,
            }
        )
    for typed in (key for key in drawing.chosen() if type_ahead and key.startswith(UNLISTED)):
        words_typed = typed.removeprefix(UNLISTED)
        listed.append({"value": typed, "text": words_typed, "selected": True, "attributes": {"data-typed": "true"}})
    select = Component(
        "select",
        {
            "id": input_name(question),
            "name": input_name(question),
            "label": words,
            "hint": hint,
            "errorMessage": drawing.error(),
            "items": listed,
            "attributes": _spoken_by_the_box(drawing.locale) if type_ahead else {},
        },
    )
    others = [_box(question, option, drawing, alone=True) for option in question.options if option.other]
    return Component("stack", {"parts": [select, *others]}) if others else select


def _spoken_by_the_box(locale: Locale) -> dict[str, str]:
    """What the box to type in says; places in braces are filled by the script."""
    return {
        "data-type-ahead": "true",
        "data-none": locale.say(N_("No results found")),
        "data-results": locale.say(N_("Results: {count}")),
        "data-option": locale.say(N_("{option}, {number} of {count}")),
        "data-hint": locale.say(
            N_(
                "Type to search the list. Use the up and down arrows to look through the results, and Enter to choose. "
                "On a touch screen, explore by touch or with swipes."
            )
        ),
    }


def unlisted(question: Question, data: Data, locale: Locale) -> dict[str, str]:
    """The message for words that were typed but are not on the list."""
    typed = [key.removeprefix(UNLISTED) for key in data.get(MAIN, ()) if key.startswith(UNLISTED)]
    if not typed:
        return {}
    return {
        MAIN: locale.say(N_("“%(words)s” is not on the list: choose an answer from the list"), words=typed[0][:100])
    }
