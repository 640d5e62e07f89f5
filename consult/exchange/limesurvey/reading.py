"""What the readers of one survey share: the survey, what became of it so far, and how to say where something stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consult.exchange.limesurvey.pages import Layout
from consult.exchange.limesurvey.source import Asked, Source
from consult.exchange.losses import Losses

if TYPE_CHECKING:
    from consult.exchange.limesurvey.words import Words


@dataclass(frozen=True)
class Place:
    """Where something stands: what it belongs to, the line of the file, the field or attribute."""

    thing: str
    line: int | None
    column: str = ""

    def at(self, column: str, line: int | None = None) -> Place:
        """Another field of the same thing."""
        return Place(self.thing, line or self.line, column)


@dataclass(frozen=True)
class Reading:
    """One survey while it is read."""

    source: Source
    losses: Losses
    layout: Layout
    words: Words
    #: LimeSurvey's languages with their codes here
    spoken: dict[str, str]

    @property
    def languages(self) -> list[str]:
        """The codes of the languages, the survey's own first."""
        return list(self.spoken.values())

    def place(self, asked: Asked, column: str = "") -> Place:
        """Where a question stands."""
        return Place(f"question {asked.code}", asked.line, column)

    def lose(self, severity: str, place: Place, done: str, *, said: str = "", together: str = "") -> None:
        """Report something that is not kept."""
        column = self.source.headings.get(place.column, place.column)
        self.losses.add(
            severity, sheet=place.thing, row=place.line, column=column, said=said, done=done, together=together
        )
