"""Places on a page that rooms above fill, so that imports only go down.

A room says in its `register(app)` what it adds to the hub, to a group's or to a consultation's page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consult.domain.wording import Wording

#: Where something can be added: the hub (about nothing), the page of a group, of a consultation, its staff page and
#: its review.
PLACES = ("hub", "group", "consultation", "staff_consultation", "review_consultation", "privacy")


@dataclass(frozen=True)
class Card:
    """One thing to go to: where, its authored name, a sentence, and a note in the reader's words."""

    href: str
    title: Wording | Mapping[str, str] | str
    summary: Wording | Mapping[str, str] | str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading with cards; without any it says `empty`, or is left out."""

    title: str
    cards: Sequence[Card]
    empty: str = ""
    #: a link to all of them: (words, address)
    more: tuple[str, str] | None = None


Fill = Callable[[Any, datetime], Section | None]
_fills: dict[str, dict[str, tuple[int, Fill]]] = {place: {} for place in PLACES}


def add_section(place: str, fill: Fill, *, order: int) -> None:
    """Call `fill(subject, now)` for this place of a page; smaller orders stand first."""
    _fills[place][f"{fill.__module__}.{fill.__qualname__}"] = (order, fill)


def sections(place: str, subject: Any, now: datetime) -> list[Section]:
    """What rooms have to say here, in order."""
    made = [fill(subject, now) for _order, fill in sorted(_fills[place].values(), key=lambda one: one[0])]
    return [section for section in made if section is not None and (section.cards or section.empty)]
