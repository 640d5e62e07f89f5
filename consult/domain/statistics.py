"""What counts are made of: tallies of atoms, bands for numbers, whole percentages, and parts of sentences about them.

A tally is `(question, part, atom) -> people`: `part` is the row of a grid or "", `atom` an option's key, a band's key
or one of `ASKED` and `ANSWERED`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.domain.answers import Answers, Values
from consult.domain.journey import walk
from consult.domain.questionnaire import Question, Questionnaire

#: How many were shown a question or row, and how many answered it. No option can be called so: its key has no spaces.
ASKED = "was asked"
ANSWERED = "did answer"

Place = tuple[str, str, str]
Tally = Mapping[Place, int]
#: What a kind of question counts in an answer, as (part, atom).
Atoms = Callable[[Question, Values], Iterable[tuple[str, str]]]

#: Fewer people than this are given as counts, not as per cent (DOMAIN H3).
LEAST_FOR_PERCENTAGES = 50
DEFAULT_BANDS = 6


def places(
    questionnaire: Questionnaire, answers: Answers, atoms: Atoms, *, today: date | None = None
) -> Iterator[Place]:
    """Every place of the tally one response adds one to; each at most once.

    `answers` are those given, with their free text still in them; hidden ones count as not given. `today` is the day
    they were sent, for a questionnaire that looks at it.
    """
    route = walk(questionnaire, answers, today=today)
    for question in route.by_question.values():
        values = route.answers.get(question.key, ())
        yield (question.key, "", ASKED)
        for row in question.rows:
            yield (question.key, row.key, ASKED)
        if values:
            yield (question.key, "", ANSWERED)
        for part in {value.part for value in values} - {""}:
            yield (question.key, part, ANSWERED)
        for part, atom in set(atoms(question, values)):
            yield (question.key, part, atom)


def tally(questionnaire: Questionnaire, responses: Iterable[Answers], atoms: Atoms) -> Counter[Place]:
    """The tally of many responses, counted one by one: the truth that kept tallies are tested against."""
    return Counter(place for answers in responses for place in places(questionnaire, answers, atoms))


# Numbers in bands


@dataclass(frozen=True)
class Band:
    """Numbers from `low` up to, not including, `high`; None is without end."""

    low: float | None
    high: float | None

    @property
    def key(self) -> str:
        """Its name in tallies: `10..20`, `..10`, `20..`."""
        return f"{_plain(self.low)}..{_plain(self.high)}"

    def __contains__(self, number: float) -> bool:
        return (self.low is None or number >= self.low) and (self.high is None or number < self.high)


def band(key: str) -> Band:
    """The band with this key; raises ValueError."""
    low, dots, high = key.partition("..")
    if not dots:
        raise ValueError(f"not a band: {key}")
    return Band(float(low) if low else None, float(high) if high else None)


def bands(minimum: float | None, maximum: float | None, declared: Sequence[float] = ()) -> tuple[Band, ...]:
    """The bands a number question is counted in: between the declared edges, else about six round ones in its range.

    The first and last are open: every number has exactly one band, and none tells the smallest or largest answer.
    """
    edges = sorted(set(declared))
    if not edges:
        least = 0 if minimum is None else minimum
        most = least + 100 if maximum is None or maximum <= least else maximum
        step = _round_step((most - least) / DEFAULT_BANDS)
        first = (least // step + 1) * step
        edges = [edge for at in range(DEFAULT_BANDS) if (edge := first + step * at) <= most] or [first]
    return (Band(None, edges[0]), *map(Band, edges, edges[1:]), Band(edges[-1], None))


def band_of(number: float, among: Iterable[Band]) -> Band:
    """The one band a number falls in."""
    return next(one for one in among if number in one)


def _round_step(step: float) -> float:
    """The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … at or above it."""
    size = 1.0
    while size / 10 >= step:
        size /= 10
    while True:
        for factor in (1, 2, 5):
            if factor * size >= step:
                return factor * size
        size *= 10


def _plain(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


# Saying how many


def percentage(count: int, whole: int) -> int | None:
    """The whole per cent, halves up; None of nobody."""
    return None if whole <= 0 else (200 * count + whole) // (2 * whole)


class Nearness(StrEnum):
    """How a share stands to the tenths it is told in."""

    NONE = "none"
    ALMOST_NONE = "almost_none"
    ABOUT = "about"
    ALMOST_ALL = "almost_all"
    ALL = "all"


@dataclass(frozen=True)
class Share:
    """A share in words that need no per cent: ABOUT and `of_ten` 7 are "about 7 in 10"; pages say it."""

    nearness: Nearness
    of_ten: int


def share(count: int, whole: int) -> Share | None:
    """The share as tenths, halves up; None of nobody."""
    if whole <= 0:
        return None
    of_ten = min(10, (20 * count + whole) // (2 * whole))
    if count <= 0:
        return Share(Nearness.NONE, 0)
    if count >= whole:
        return Share(Nearness.ALL, 10)
    if of_ten == 0:
        return Share(Nearness.ALMOST_NONE, 0)
    return Share(Nearness.ALMOST_ALL if of_ten == 10 else Nearness.ABOUT, of_ten)
