"""What the check looks at, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from consult.domain.questionnaire import Questionnaire

#: The ways besides this site in which people may read and answer, with their names.
FORMATS = {
    "paper": "Paper",
    "large_print": "Large print",
    "easy_read": "Easy Read",
    "telephone": "Telephone",
    "braille": "Braille",
    "audio": "Audio",
    "bsl": "British Sign Language",
}


@dataclass(frozen=True)
class Election:
    """A time before an election: both days count."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Plan:
    """A consultation as its authors plan it; days are those where people answer, texts in its own language."""

    activity: str
    #: the page's texts by their names: title, summary, why, decided, still_open, what_next
    texts: Mapping[str, str]
    opens_on: date | None = None
    closes_on: date | None = None
    documents: int = 0
    languages: tuple[str, ...] = ("en",)
    questionnaire: Questionnaire | None = None
    #: the keys of the questions that people answer in their own words
    in_words: frozenset[str] = frozenset()
    #: about how many minutes half of the people need at most
    minutes: int = 0
    equality: bool = False
    #: what the authors said about it
    who_decides: str = ""
    decision_on: date | None = None
    significant: bool = False
    alternatives: bool = False
    impacts: bool = False
    equality_assessment: str = ""
    privacy_assessment: str = ""
    #: about how many people it concerns; None where nobody said
    audience: int | None = None
    formats: frozenset[str] = frozenset()
    elections: tuple[Election, ...] = field(default=())

    @property
    def days(self) -> int | None:
        """How many days people can answer."""
        return (self.closes_on - self.opens_on).days if self.opens_on and self.closes_on else None
