"""What a variant lacks beside the questionnaire that everybody else is asked; Easy Read by DOMAIN F4."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from consult.domain import markup
from consult.domain.questionnaire import Questionnaire

#: The longest sentence of Easy Read, in words.
LONGEST_SENTENCE = 15
_SENTENCES = re.compile(r"[.!?…]+\s+|\n+")


@dataclass(frozen=True)
class SomeOptions:
    """A question that has words for some of its options: those keys are among all of its keys, never others."""

    question: str
    shown: tuple[str, ...]
    all: tuple[str, ...]


@dataclass(frozen=True)
class EasyRead:
    """What Easy Read lacks: words by place, pictures by place, sentences that are too long with their words counted."""

    places: int
    words: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    #: how many ideas there are that a picture can stand beside
    ideas: int = 0
    long: tuple[tuple[str, int], ...] = ()
    some_options: tuple[SomeOptions, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is lacking."""
        return not (self.words or self.pictures or self.long)


def easy_read(questionnaire: Questionnaire, language: str, *, drawn_by: Collection[str]) -> EasyRead:
    """Compare Easy Read (`language`) with the questionnaire; kinds in `drawn_by` have pictures beside their options."""
    places = [(place, wording) for place, wording in questionnaire.wordings() if wording]
    options = [
        (f"question {question.key}, option {option.key}", option)
        for question in questionnaire.questions
        if question.kind in drawn_by
        for option in question.options
    ]
    return EasyRead(
        places=len(places),
        words=tuple(place for place, wording in places if language not in wording),
        pictures=tuple(place for place, option in options if option.picture is None),
        ideas=len(options),
        long=tuple(
            (place, longest)
            for place, wording in places
            if language in wording and (longest := longest_sentence(wording[language])) > LONGEST_SENTENCE
        ),
        some_options=tuple(_some_options(questionnaire, language)),
    )


def longest_sentence(text: str) -> int:
    """How many words the longest sentence has; what is marked up counts as it is read."""
    plain = markup.plain(text) if markup.has_markup(text) else text
    return max((len(sentence.split()) for sentence in _SENTENCES.split(plain)), default=0)


def _some_options(questionnaire: Questionnaire, language: str) -> list[SomeOptions]:
    found = []
    for question in questionnaire.questions:
        every = tuple(option.key for option in question.options)
        shown = tuple(option.key for option in question.options if language in option.label)
        if shown and shown != every:
            found.append(SomeOptions(question.key, shown, every))
    return found
