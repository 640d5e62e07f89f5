"""What a keyer types for one form, read with the rules of the pages online.

Codes become options; then each question is asked whether the answer is a good one, exactly as online. Two signs stand
for what paper has and a page has not: `-` for nothing ticked, `?` for two ticked or not to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from wtforms.form import BaseForm

from consult.answering.paper import NOTED
from consult.domain.answers import Value, Values, pack, unpack
from consult.domain.equality import EqualityQuestion, accepted
from consult.domain.journey import Route, walk
from consult.domain.questionnaire import Question, Questionnaire
from consult.questions import codes, kind
from consult.questions.base import AnswerField, Locale, clean, input_name
from consult.questions.reading import digits

NOTHING = "-"
UNCLEAR = "?"
NOT_ASKED = "not asked"
#: What stands between codes, in the scripts of our languages.
BETWEEN = re.compile(r"[\s,;،؛]+")
#: The names of equality inputs on the sheet.
EQUALITY = "equality--"
LONGEST_CODES = 200
#: As many characters as any question may take.
LONGEST_LETTER = 20_000


class Typed(Protocol):
    """What a form sent."""

    def get(self, name: str, default: str, /) -> Any: ...


@dataclass(frozen=True)
class Entry:
    """One form as somebody keyed it: what two of them are compared by, and what goes into the box."""

    language: str
    answers: dict[str, Values]
    #: questions in which two were ticked, or that cannot be read
    unclear: tuple[str, ...] = ()
    #: questions answered though the way did not lead there, in whole or in part; their answers are left out
    not_asked: tuple[str, ...] = ()
    equality: dict[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "l": self.language,
            "a": pack(self.answers),
            "u": list(self.unclear),
            "n": list(self.not_asked),
            "e": self.equality,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Entry:
        """The inverse of `kept`."""
        return cls(kept["l"], unpack(kept["a"]), tuple(kept["u"]), tuple(kept["n"]), dict(kept["e"]))

    def for_the_box(self) -> dict[str, Values]:
        """The answers, and among them what was noted about the form, to be counted when it is settled."""
        noted = [Value(part=key, choice="unclear") for key in self.unclear]
        noted += [Value(part=key, choice=NOT_ASKED) for key in self.not_asked]
        return {**self.answers, NOTED: tuple(noted)} if noted else dict(self.answers)


@dataclass(frozen=True)
class Sheet:
    """A questionnaire to be keyed: all of it, or for letters only what is answered in people's own words."""

    questionnaire: Questionnaire
    locale: Locale
    #: the day for rules that look at it
    day: date
    equality: tuple[EqualityQuestion, ...] = ()
    letters: bool = False

    @property
    def questions(self) -> list[Question]:
        """What is keyed, in the order of the paper."""
        asking = [question for question in self.questionnaire.questions if kind(question.kind).asks]
        return [question for question in asking if in_words(question)] if self.letters else asking


def in_words(question: Question) -> bool:
    """Whether a letter may answer it."""
    return kind(question.kind).free and not question.personal


@dataclass
class Reading:
    """What was typed, what it means, and what is wrong with it, by the name of the input."""

    entry: Entry
    typed: dict[str, str]
    wrong: dict[str, str]


def typed_in(sheet: Sheet, form: Typed) -> dict[str, str]:
    """What stands in every input of the sheet, by its name."""
    names = [
        input_name(question, suffix) for question in sheet.questions for suffix in kind(question.kind).inputs(question)
    ]
    names += [EQUALITY + question.key for question in sheet.equality]
    return {name: clean(form.get(name, "")) for name in names}


def read(sheet: Sheet, typed: dict[str, str], *, language: str) -> Reading:
    """Read a whole form."""
    wrong: dict[str, str] = {}
    given: dict[str, Given] = {}
    for question in sheet.questions:
        given[question.key] = read_question(question, typed)
    answers = {key: one.values for key, one in given.items() if one.values}
    route = walk(sheet.questionnaire, answers, today=sheet.day)
    kept: dict[str, Values] = {}
    not_asked: list[str] = []
    for question in sheet.questions:
        one = given[question.key]
        asked = question if sheet.letters else route.by_question.get(question.key)
        if asked is None:
            if one.typed:
                not_asked.append(question.key)
            continue
        values = one.values if sheet.letters else route.answers.get(question.key, ())
        if values != one.values:
            not_asked.append(question.key)
        wrong |= one.wrong or faults(sheet, question, asked, one, values, route)
        if values:
            kept[question.key] = values
    equality = read_equality(sheet, typed, wrong)
    unclear = tuple(key for key, one in given.items() if one.unclear and key not in not_asked)
    return Reading(Entry(language, kept, unclear, tuple(not_asked), equality), typed, wrong)


@dataclass(frozen=True)
class Given:
    """What was typed for one question."""

    data: dict[str, list[str]]
    values: Values
    wrong: dict[str, str]
    #: inputs that say that there is nothing, or nothing clear
    empty: frozenset[str]
    unclear: bool
    typed: bool


def read_question(question: Question, typed: Mapping[str, str]) -> Given:
    """The inputs of one question, codes turned into the keys of options."""
    asked = kind(question.kind)
    texts, known = set(asked.texts(question)), codes.choice_codes(question)
    data: dict[str, list[str]] = {}
    wrong: dict[str, str] = {}
    empty: set[str] = set()
    unclear = False
    for suffix in asked.inputs(question):
        text = typed.get(input_name(question, suffix), "")
        if text.strip() in (NOTHING, UNCLEAR):
            empty.add(suffix)
            unclear |= text.strip() == UNCLEAR
        elif suffix in texts:
            data[suffix] = [text]
        elif known:
            data[suffix], message = coded(question, text, known)
            if message:
                wrong[input_name(question, suffix)] = message
        else:
            data[suffix] = [digits(one) for one in BETWEEN.split(text.strip()) if one]
    values = () if wrong else asked.values(question, data)
    return Given(data, values, wrong, frozenset(empty), unclear, bool(values or wrong or any_text(data)))


def any_text(data: Mapping[str, Sequence[str]]) -> bool:
    """Whether anything but spaces was typed."""
    return any(text.strip() for texts in data.values() for text in texts)


def coded(question: Question, text: str, known: Mapping[str, str]) -> tuple[list[str], str]:
    """The options that codes stand for, and a message where there is one that stands for none.

    The words of an option will do too: long lists of places are printed without codes.
    """
    if not text.strip():
        return [], ""
    words = text.strip().casefold()
    for option in question.options:
        if words in {said.strip().casefold() for said in option.label.values()}:
            return [option.key], ""
    keys = {code: key for key, code in known.items()}
    typed = [digits(one) for one in BETWEEN.split(text.strip()[:LONGEST_CODES]) if one]
    strange = [one for one in typed if one not in keys]
    if strange:
        listed = list(known.values())
        return [], f"“{strange[0][:20]}” is not a code of this question: they go from {listed[0]} to {listed[-1]}"
    return list(dict.fromkeys(keys[one] for one in typed)), ""


def faults(
    sheet: Sheet, question: Question, asked: Question, given: Given, values: Values, route: Route
) -> dict[str, str]:
    """Messages about an answer by the name of the input, from the question's own rules."""
    whole = not question.conditional
    if not whole and (found := validated(sheet, optional(question), given.data, route)):
        return found
    data = given.data if whole else dict(kind(asked.kind).data(asked, values))
    needed = as_long_as_it_is(optional(asked)) if sheet.letters else without(asked, given.empty)
    found = validated(sheet, needed, data, route)
    if found and not given.typed and not given.empty:
        return {name: f"{message}. If nothing is ticked or written, type {NOTHING}" for name, message in found.items()}
    return found


def validated(sheet: Sheet, question: Question, data: Mapping[str, Sequence[str]], route: Route) -> dict[str, str]:
    """What the field of this question says online."""
    form = BaseForm({question.key: kind(question.kind).field(question, sheet.locale)})
    form.process(None)
    one: AnswerField = form[question.key]
    one.data, one.earlier, one.today = dict(data), route.answers, sheet.day
    one.validate(form)
    return {input_name(question, suffix): message for suffix, message in one.part_errors.items()}


def optional(question: Question) -> Question:
    """The question, with nothing in it needed."""
    return replace(question, required=False, rows=tuple(replace(row, required=False) for row in question.rows))


def as_long_as_it_is(question: Question) -> Question:
    """The question for a letter, which knew of no limit."""
    return replace(question, settings={**question.settings, "longest": LONGEST_LETTER})


def without(question: Question, empty: Iterable[str]) -> Question:
    """The question, with nothing needed where the paper says nothing clear."""
    empty = set(empty)
    if not empty:
        return question
    if not question.rows:
        return optional(question)
    rows = (
        replace(row, required=(row.required or question.required) and row.key not in empty) for row in question.rows
    )
    return replace(question, required=False, rows=tuple(rows))


def read_equality(sheet: Sheet, typed: Mapping[str, str], wrong: dict[str, str]) -> dict[str, str]:
    """The answers about equality; adds to `wrong` what does not go together."""
    given: dict[str, str] = {}
    for question in sheet.equality:
        name = EQUALITY + question.key
        text = typed.get(name, "").strip()
        if text in ("", NOTHING, UNCLEAR):
            continue
        keys = {code: key for key, code in codes.equality_codes(question).items()}
        found = [digits(one) for one in BETWEEN.split(text[:LONGEST_CODES]) if one]
        strange = [one for one in found if one not in keys]
        if strange:
            wrong[name] = f"“{strange[0][:20]}” is not a code of this question: they go from 1 to {len(keys)}"
            continue
        chosen = {question.key: ",".join(dict.fromkeys(keys[one] for one in found))}
        if not chosen.keys() <= accepted(chosen).keys():
            wrong[name] = f"These codes do not go together: type one, or {UNCLEAR} if more are ticked"
            continue
        given |= chosen
    return accepted(given)


# Two entries beside each other


def differences(sheet: Sheet, first: Entry, second: Entry) -> list[str]:
    """What the two do not agree on: keys of questions, of equality questions after `equality--`, or the language."""
    found = ["language"] if first.language != second.language else []
    found += [
        question.key
        for question in sheet.questions
        if first.answers.get(question.key, ()) != second.answers.get(question.key, ())
    ]
    return found + [
        EQUALITY + question.key
        for question in sheet.equality
        if first.equality.get(question.key) != second.equality.get(question.key)
    ]


def in_typing(sheet: Sheet, entry: Entry) -> dict[str, str]:
    """A whole form as it would be typed again, by the name of the input; what was asked and is empty has its sign."""
    found: dict[str, str] = {}
    reached = walk(sheet.questionnaire, entry.answers, today=sheet.day).by_question
    for question in sheet.questions:
        asked = kind(question.kind)
        texts, known = set(asked.texts(question)), codes.choice_codes(question)
        values = entry.answers.get(question.key, ())
        data = asked.data(question, values) if values else {}
        sign = NOTHING if question.key in reached else ""
        if question.key in entry.unclear:
            sign = UNCLEAR
        for suffix in asked.inputs(question):
            given = [one for one in data.get(suffix, ()) if one]
            if suffix not in texts and known:
                given = [known[key] for key in given if key in known]
            found[input_name(question, suffix)] = " ".join(given) or sign
    for one in sheet.equality:
        known = codes.equality_codes(one)
        given = [key for key in entry.equality.get(one.key, "").split(",") if key]
        found[EQUALITY + one.key] = " ".join(known[key] for key in given) or NOTHING
    return found


def compared(sheet: Sheet) -> int:
    """How many answers of a form are compared, whatever was asked on its way."""
    return len(sheet.questions) + len(sheet.equality)


def inputs_of(sheet: Sheet, key: str) -> list[str]:
    """The names of the inputs of a question, or of one about equality."""
    if key.startswith(EQUALITY):
        return [key]
    question = sheet.questionnaire.question_by_key[key]
    return [input_name(question, suffix) for suffix in kind(question.kind).inputs(question)]


def decided(sheet: Sheet, first: Entry, second: Entry, typed: dict[str, str], *, language: str) -> Reading:
    """A form as somebody decided it, read again with all its rules; what one of the two left out stays noted."""
    reading = read(sheet, typed, language=language)
    before = [key for key in (*first.not_asked, *second.not_asked) if not reading.entry.answers.get(key)]
    noted = tuple(dict.fromkeys((*reading.entry.not_asked, *before)))
    return replace(reading, entry=replace(reading.entry, not_asked=noted))
