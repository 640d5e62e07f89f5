"""What kinds with options to choose from share: items, the box after "other", and the answer in words."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from consult.domain.answers import Value, Values
from consult.domain.questionnaire import Option, Question
from consult.domain.wording import direction
from consult.questions.base import MAIN, N_, Component, Data, Drawing, Locale, clean, input_name, spoken

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
    """Radio or checkbox items, "other" with its box, and a divider before an exclusive last one."""
    chosen = set(drawing.chosen())
    found: list[dict[str, Any]] = []
    for option in question.options:
        label = spoken(option.label, drawing.locale)
        item: dict[str, Any] = {"value": option.key, "label": label, "checked": option.key in chosen}
        hint = spoken(option.hint, drawing.locale)
        if hint["text"]:
            item["hint"] = hint
        if option.exclusive:
            item["exclusive"] = True
        if option.other:
            item["conditional"] = {"html": [_box(question, option, drawing)]}
        found.append(item)
    exclusive = [option.exclusive for option in question.options]
    if exclusive.count(True) == 1 and exclusive[-1] and len(found) > 1:
        found.insert(-1, {"divider": drawing.locale.say("or")})
    return found


def _box(question: Question, option: Option, drawing: Drawing) -> Component:
    """The box directly under its option, always there; its label says the option again to those who only hear it."""
    suffix = other_input(option, question)
    return Component(
        "input",
        {
            "id": input_name(question, suffix),
            "name": input_name(question, suffix),
            "label": {"html": _box_label(option, drawing.locale)},
            "value": drawing.typed(suffix),
            "errorMessage": drawing.error(suffix),
        },
    )


def _box_label(option: Option, locale: Locale) -> Markup:
    worded = option.label.to(locale.language)
    again = Markup('<span class="nhsuk-u-visually-hidden" lang="{}" dir="{}">{}: </span>').format(
        worded.language, direction(worded.language), worded.text
    )
    return again + locale.say("Please say what")


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
        label = option.label.to(locale.language).text if option else value.choice or ""
        lines.append(f"{label}: {value.text}" if value.text else label)
    return lines


def select_component(
    question: Question, drawing: Drawing, words: dict[str, Any], hint: dict[str, Any] | None
) -> Component:
    """A plain select for a long list, with nothing chosen at first."""
    chosen = set(drawing.chosen())
    listed: list[dict[str, Any]] = [{"value": "", "text": drawing.locale.say("Choose an answer")}]
    for option in question.options:
        worded = option.label.to(drawing.locale.language)
        item: dict[str, Any] = {"value": option.key, "text": worded.text, "selected": option.key in chosen}
        if worded.language != drawing.locale.language:
            item["attributes"] = {"lang": worded.language, "dir": direction(worded.language)}
        listed.append(item)
    return Component(
        "select",
        {
            "id": input_name(question),
            "name": input_name(question),
            "label": words,
            "hint": hint,
            "errorMessage": drawing.error(),
            "items": listed,
        },
    )
