"""What a column of responses was probably a question for: choices that many gave, numbers, days, or words.

Responses are looked at in memory alone. Only what at least `MANY` people answered in the same words may become a
choice, since anything rarer may be what one person wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: People who must have given the same answer before it may be a choice; the site's smallest group is ten, a list of
#: choices names nobody, so three keep out what one person wrote.
MANY = 3
#: Responses that a guess needs at all.
FEWEST = 8
MOST_CHOICES = 30
LONGEST_CHOICE = 150
#: The part of all answers that choices must explain.
ENOUGH = 0.8
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?[ap]m)?", re.I)
#: Scales in their usual order, so that guessed choices stand as people expect them.
SCALES: tuple[tuple[str, ...], ...] = (
    ("very good", "good", "neither good nor poor", "neither", "fair", "poor", "very poor"),
    ("excellent", "very good", "good", "fair", "average", "poor", "very poor"),
    ("very satisfied", "somewhat satisfied", "satisfied", "neither satisfied nor dissatisfied", "neutral",
     "somewhat dissatisfied", "dissatisfied", "very dissatisfied"),
    ("strongly agree", "agree", "somewhat agree", "neither agree nor disagree", "neutral", "somewhat disagree",
     "disagree", "strongly disagree"),
    ("extremely likely", "very likely", "likely", "somewhat likely", "neither likely nor unlikely", "neutral",
     "unlikely", "somewhat unlikely", "very unlikely", "extremely unlikely", "not at all likely"),
    ("very easy", "fairly easy", "easy", "neither easy nor difficult", "neutral", "fairly difficult", "difficult",
     "very difficult"),
    ("always", "very often", "often", "usually", "sometimes", "occasionally", "rarely", "never"),
    ("daily", "every day", "weekly", "every week", "monthly", "every month", "yearly", "less often", "never"),
    ("very important", "important", "somewhat important", "neutral", "not very important", "not important",
     "not at all important"),
    ("yes", "maybe", "sometimes", "no"),
)  # fmt: skip
#: Always at the end.
LAST = ("other", "none", "none of the above", "not applicable", "n/a", "not sure", "unsure", "don't know", "don’t know",
        "do not know", "prefer not to say")  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """A kind, its choices in order, and how many answers the choices leave unexplained."""

    kind: str
    choices: tuple[str, ...] = ()
    unexplained: int = 0


def guess(values: Sequence[str]) -> Guess:
    """What a column with these answers (those that were given) was probably a question for."""
    given = [value.strip() for value in values if value.strip()]
    if len(given) < FEWEST:
        return Guess("long_text" if any(len(value) > 120 or "\n" in value for value in given) else "short_text")
    if all(DAY.fullmatch(value[:10]) and (len(value) == 10 or value[10] in " T") for value in given):
        return Guess("date")
    if all(TIME.fullmatch(value) for value in given):
        return Guess("time")
    if all(re.fullmatch(r"-?\d{1,9}", value) for value in given):
        numbers = [int(value) for value in given]
        least, most = min(numbers), max(numbers)
        if least >= 0 and 1 < most <= 10:
            return Guess("rating", ("0" if least == 0 else "1", "10" if most > 5 else "5"))
        return Guess("number")
    if all(re.fullmatch(r"-?\d{1,9}(?:[.,]\d{1,6})?", value) for value in given):
        return Guess("number", ("decimal",))
    if sum(value.endswith(";") for value in given) > len(given) * 0.9:
        return _several(given)
    return _one(given) or Guess("long_text" if sum(map(len, given)) > 60 * len(given) else "short_text")


def _one(given: list[str]) -> Guess | None:
    kept = _repeated(Counter(given), 2, len(given))
    if not kept:
        return None
    unexplained = sum(value not in kept for value in given)
    return Guess("single_choice", _ordered(kept), unexplained)


def _several(given: list[str]) -> Guess:
    answers = [[part.strip() for part in value.split(";") if part.strip()] for value in given]
    counts = Counter(part for parts in answers for part in dict.fromkeys(parts))
    ranked = {tuple(sorted(parts)) for parts in answers}
    orders = {tuple(parts) for parts in answers}
    if len(ranked) == 1 < len(orders) and 2 <= len(counts) <= MOST_CHOICES and min(counts.values()) >= MANY:
        return Guess("ranking", tuple(sorted(counts)))
    kept = _repeated(counts, 1, sum(counts.values()))
    if not kept:
        return Guess("long_text")
    unexplained = sum(count for part, count in counts.items() if part not in kept)
    return Guess("multiple_choice", _ordered(kept), unexplained)


def _repeated(counts: Counter[str], least: int, total: int) -> list[str]:
    """The answers that enough people gave, where they explain enough; none otherwise."""
    kept = [value for value, count in counts.items() if count >= MANY and len(value) <= LONGEST_CHOICE]
    if not least <= len(kept) <= MOST_CHOICES or sum(counts[value] for value in kept) < ENOUGH * total:
        return []
    return kept


def _ordered(choices: list[str]) -> tuple[str, ...]:
    """In the order of a known scale, else of the alphabet; “other” and the like at the end."""
    lower = {choice.lower().rstrip("."): choice for choice in choices}
    ends = [lower[one] for one in LAST if one in lower]
    rest = [choice for choice in choices if choice not in ends]
    for scale in SCALES:
        if len(rest) > 1 and all(choice.lower().rstrip(".") in scale for choice in rest):
            return (*sorted(rest, key=lambda choice: scale.index(choice.lower().rstrip("."))), *ends)
    return (*sorted(rest, key=lambda choice: (not choice[:1].isdigit(), _leading(choice), choice.lower())), *ends)


def _leading(choice: str) -> int:
    """The number that a choice begins with: 18 to 24 before 100 and over."""
    found = re.match(r"\d{1,9}", choice)
    return int(found[0]) if found else 0
