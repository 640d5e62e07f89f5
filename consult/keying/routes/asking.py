"""The questions of a form as they stand on the keying page: number, words, codes, and plain boxes to type in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from consult.domain.equality import PREFER_NOT, PREFER_NOT_WORDS, asked
from consult.domain.questionnaire import Question
from consult.domain.wording import direction
from consult.keying import queries
from consult.keying.models import Batch
from consult.keying.sheet import EQUALITY, Sheet
from consult.questions import codes, kind
from consult.questions.base import Locale, input_name
from consult.web.locale import current_locale
from consult.web.questions import plainly

#: Kinds that are answered in several lines; in all others Enter saves the form.
IN_LINES = ("long_text", "document_comment")


@dataclass(frozen=True)
class Box:
    """One box to type in."""

    name: str
    label: Markup | str
    value: str = ""
    error: str = ""
    area: bool = False
    #: in characters; 0: as wide as the page
    width: int = 0


@dataclass(frozen=True)
class Asked:
    """One question."""

    key: str
    number: str
    text: Markup
    #: the same as it is printed, where that is another language
    printed: str
    language: str
    direction: str
    #: (code, words) of what can be ticked
    codes: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    #: a question as a whole has one box under its own words
    alone: bool


def sheet_of(batch: Batch) -> Sheet:
    """What the forms of a batch ask."""
    consultation, revision = queries.asked(batch)
    letters = batch.channel == "letter"
    return Sheet(
        revision.questionnaire,
        current_locale(),
        day=batch.received_on,
        equality=asked(consultation.equality_questions) if consultation.equality and not letters else (),
        letters=letters,
    )


def questions(
    sheet: Sheet,
    *,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    language: str,
    only: Iterable[str] | None = None,
) -> list[Asked]:
    """The questions in the order of the paper, then those about equality; all, or `only` those with these keys."""
    numbers = codes.numbers(sheet.questionnaire)
    wanted = None if only is None else set(only)
    found = [
        _question(sheet.locale, question, numbers[question.key], typed, wrong, language)
        for question in sheet.questions
        if wanted is None or question.key in wanted
    ]
    for number, one in enumerate(sheet.equality, 1):
        name = EQUALITY + one.key
        if wanted is not None and name not in wanted:
            continue
        known = codes.equality_codes(one)
        words = {**dict(one.options), PREFER_NOT: PREFER_NOT_WORDS}
        listed = tuple((code, sheet.locale.say(words[key])) for key, code in known.items() if words[key])
        text = Markup("{}").format(sheet.locale.say(one.text))
        box = Box(name, text, typed.get(name, ""), wrong.get(name, ""), width=10)
        found.append(Asked(name, f"E{number}", text, "", language, "ltr", listed, (box,), alone=True))
    return found


def _question(
    locale: Locale, question: Question, number: int, typed: Mapping[str, str], wrong: Mapping[str, str], language: str
) -> Asked:
    asked_kind = kind(question.kind)
    inputs, texts, known = asked_kind.inputs(question), set(asked_kind.texts(question)), codes.choice_codes(question)
    boxes = []
    for suffix in inputs:
        name = input_name(question, suffix)
        boxes.append(
            Box(
                name,
                _label(question, suffix, locale, alone=len(inputs) == 1),
                typed.get(name, ""),
                wrong.get(name, ""),
                area=asked_kind.name in IN_LINES,
                width=0 if suffix in texts and (asked_kind.free or suffix.startswith("other")) else 10,
            )
        )
    words = tuple((code, asked_kind.atom_words(question, "", key, locale)) for key, code in known.items())
    printed = question.text.to(language)
    mine = question.text.to(locale.language)
    return Asked(
        question.key,
        str(number),
        plainly(question.text, locale),
        printed.plain if printed.language != mine.language else "",
        printed.language,
        direction(printed.language),
        words,
        tuple(boxes),
        alone=len(boxes) == 1,
    )


def _label(question: Question, suffix: str, locale: Locale, *, alone: bool) -> Markup | str:
    """What one box is for: a line by its letter, a part by its name, the words after “other” by its code."""
    if alone and not question.rows:
        return plainly(question.text, locale)
    line = next((one for one in codes.lines(question) if one.key == suffix), None)
    if line is not None:
        return Markup("<b>{}</b> {}").format(codes.line_codes(question)[suffix], plainly(line.label, locale))
    if suffix.startswith("other"):
        others = [option for option in question.options if option.other]
        option = others[int(suffix.removeprefix("other")) - 1]
        return Markup("{}, {}: what").format(codes.choice_codes(question)[option.key], plainly(option.label, locale))
    return "Codes" if not suffix else suffix.replace("-", " ").capitalize()


def unasked_words(sheet: Sheet, keys: Iterable[str]) -> str:
    """The numbers of questions, as a list: 4, 7."""
    numbers = codes.numbers(sheet.questionnaire)
    return ", ".join(str(numbers[key]) for key in keys)


def named(sheet: Sheet, name: str) -> str:
    """The number of the question that an input belongs to."""
    if name.startswith(EQUALITY):
        keys = [question.key for question in sheet.equality]
        return f"E{keys.index(name.removeprefix(EQUALITY)) + 1}"
    return str(codes.numbers(sheet.questionnaire).get(name.split("--")[0], ""))
