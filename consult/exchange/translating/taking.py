"""What comes back from a translator is put in its places, one text at a time, and what is not taken is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from consult.domain import markup
from consult.exchange.translating.units import Bundle, Unit

_ADDRESS = re.compile(r"\]\((\S+?)\)")


@dataclass(frozen=True)
class Untaken:
    """A text that was not taken, where it stands and why."""

    place: str
    words: str
    why: str


@dataclass(frozen=True)
class Report:
    """What was taken (new words by place), how many were the same already, and what was not taken."""

    taken: dict[str, str]
    same: int = 0
    untaken: tuple[Untaken, ...] = field(default=())
    #: places that still have no words
    missing: tuple[str, ...] = ()


def take(come_back: Bundle, now: Bundle) -> Report:
    """Compare what came back with the texts as they are now; nothing is changed here."""
    places = {unit.place: unit for unit in now.units}
    taken: dict[str, str] = {}
    untaken: list[Untaken] = []
    same = 0
    seen: set[str] = set()
    for unit in come_back.units:
        place = places.get(unit.place)
        words = unit.target.strip()
        if place is None:
            untaken.append(Untaken(unit.place, words, "There is no such text in this consultation any more."))
        elif not words:
            continue
        elif unit.place in seen:
            untaken.append(Untaken(unit.place, words, "The file has this text twice: the first was taken."))
        elif unit.source and _plainly(unit.source) != _plainly(place.source):
            untaken.append(Untaken(unit.place, words, "The original was changed after the file was made."))
        elif why := wrong(place, words):
            untaken.append(Untaken(unit.place, words, why))
        elif words == place.target:
            same += 1
            seen.add(unit.place)
        else:
            taken[unit.place] = words
            seen.add(unit.place)
    missing = tuple(unit.place for unit in now.units if not unit.target and unit.place not in taken)
    return Report(taken, same, tuple(untaken), missing)


def fits(come_back: Bundle, now: Bundle, *, languages: Collection[str] = ()) -> str:
    """Why a file cannot be meant for this consultation and language, in a sentence; nothing when it can."""
    if come_back.consultation and come_back.consultation != now.consultation:
        return f"This file belongs to another consultation: “{come_back.consultation}”."
    if come_back.target_language and come_back.target_language.lower() != now.target_language.lower():
        return f"This file is in another language: “{come_back.target_language}” instead of “{now.target_language}”."
    if come_back.source_language and come_back.source_language.lower() != now.source_language.lower():
        return f"This file was translated from “{come_back.source_language}”, not from “{now.source_language}”."
    known = {unit.place for unit in now.units}
    if not any(unit.place in known for unit in come_back.units):
        return "Nothing in this file belongs to this consultation."
    return ""


def wrong(unit: Unit, words: str) -> str:
    """Why these words cannot stand in this place, in a sentence; nothing when they can."""
    if _pipes(unit.source) != _pipes(words):
        wanted = ", ".join(f"[[{key}|…]]" for key in _pipes(unit.source)) or "no double brackets"
        return f"What stands in double brackets must stay: {wanted}. Only the words after the bar are translated."
    if Counter(_ADDRESS.findall(unit.source)) != Counter(_ADDRESS.findall(words)):
        return "The addresses of its links are not those of the original."
    return ""


def _pipes(text: str) -> Counter[str]:
    return Counter(f"{pipe.key}.{pipe.row}" if pipe.row else pipe.key for pipe in markup.pipes(text))


def _plainly(text: str) -> str:
    """A text as tools leave it alone: some change the ends of lines and spaces."""
    return " ".join(text.split())
