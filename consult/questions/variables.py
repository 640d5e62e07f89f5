"""The columns that a question fills in a file of responses, and what stands in them: numbers, days, ticks, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.possible import Amount, Choices, Day, Possible
from consult.domain.questionnaire import Option, Question, Row
from consult.domain.wording import Wording
from consult.questions import codes, kind
from consult.questions.base import Locale

#: What files of statistics programs are coded with where a tick box was ticked, and where it was not.
TICKED, NOT_TICKED = 1, 0


class Holds(StrEnum):
    """What kind of thing the cells of a column are."""

    CHOICE = "choice"
    TICK = "tick"
    NUMBER = "number"
    DAY = "day"
    TEXT = "text"


@dataclass(frozen=True)
class Variable:
    """One column: its heading, what it is about in every language, and what may stand in it."""

    name: str
    label: Wording
    holds: Holds
    question: Question | None = None
    #: the row of a grid, or the option that gets a place or points
    part: str = ""
    #: the option that was ticked or not
    option: str = ""
    #: the keys that may stand in it, in order
    keys: tuple[str, ...] = ()
    #: those of them outside the scale: don't know, prefer not to say
    unknown: frozenset[str] = frozenset()
    whole: bool = False
    least: float | None = None

    @property
    def about_you(self) -> bool:
        """Whether it says something about whoever answered, rather than what they think."""
        return self.question is not None and self.question.about_you

    def words_of(self, key: str, locale: Locale) -> str:
        """What stands for a key in words."""
        if self.question is None:
            return key
        option = self.question.option_by_key.get(key)
        if option is not None and option.label:
            return option.label.to(locale.language).plain
        return kind(self.question.kind).atom_words(self.question, self.part, key, locale)

    def code_of(self, key: str) -> int:
        """The number that stands for a key: itself where all are numbers, else that of the printed code sheet."""
        if all(_whole_number(one) for one in self.keys):
            return int(key)
        return int(codes.choice_codes(self.question)[key]) if self.question is not None else self.keys.index(key) + 1


def variables(question: Question) -> tuple[Variable, ...]:
    """The columns of a question, one for each heading that its kind gives."""
    asked = kind(question.kind)
    names = asked.columns(question)
    room = asked.possible(question)
    chosen = [(row.key, option.key) for row in question.rows for option in question.options]
    if names == [f"{question.key}/{option.key}" for option in question.options] and isinstance(room[0], Choices):
        return tuple(
            _tick(question, name, "", option.key) for name, option in zip(names, question.options, strict=True)
        )
    if question.rows and names == [f"{question.key}/{row}/{option}" for row, option in chosen]:
        return tuple(_tick(question, name, *one) for name, one in zip(names, chosen, strict=True))
    parts: Sequence[Possible | None] = room if len(room) == len(names) else [None for _ in names]
    return tuple(_of_part(question, name, possible) for name, possible in zip(names, parts, strict=True))


def _tick(question: Question, name: str, row: str, option: str) -> Variable:
    lines = (question.row_by_key.get(row), question.option_by_key[option])
    unknown = frozenset({option} & set(kind(question.kind).apart(question)))
    return Variable(name, _label(question, *lines), Holds.TICK, question, row, option, unknown=unknown, whole=True)


def _of_part(question: Question, name: str, possible: Possible | None) -> Variable:
    part = possible.part if possible is not None else ""
    line = question.row_by_key.get(part) or question.option_by_key.get(part)
    # The first and last day of a time are parts that have no words of the author's.
    label = _label(question, line, part="" if line else part)
    if isinstance(possible, Choices):
        apart = frozenset(kind(question.kind).apart(question))
        return Variable(name, label, Holds.CHOICE, question, part, keys=possible.keys, unknown=apart)
    if isinstance(possible, Amount):
        return Variable(name, label, Holds.NUMBER, question, part, whole=possible.whole, least=possible.least)
    return Variable(name, label, Holds.DAY if isinstance(possible, Day) else Holds.TEXT, question, part)


def _label(question: Question, *lines: Row | Option | None, part: str = "") -> Wording:
    """The words of the question and of the line, in every language that the question has."""
    texts = {}
    for language in question.text:
        words = [question.text, *(line.label for line in lines if line is not None)]
        said = [one.to(language).plain for one in words if one]
        texts[language] = " – ".join([*said, part] if part else said)
    return Wording(texts, question.text.source)


def _whole_number(key: str) -> bool:
    return key.lstrip("-").isdecimal() and key.isascii() and len(key) <= 9 and str(int(key)) == key
