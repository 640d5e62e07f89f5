"""What an importer could not bring in, said with its place, so that nothing is dropped silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from consult.domain.errors import ConsultError

#: How much a loss matters: something is not asked or not checked; something is asked differently; good to know.
LOST, CHANGED, NOTE = "lost", "changed", "note"
LONGEST_SAID = 300


class Refused(ConsultError):
    """A file that cannot be imported; the sentence names the place and nothing was changed."""


@dataclass(frozen=True)
class Loss:
    """One thing that was not kept as the file said it."""

    severity: str
    sheet: str
    row: int | None
    column: str
    said: str
    done: str
    #: how often the same was found
    times: int = 1

    def as_json(self) -> dict[str, Any]:
        """The same for `consult import`."""
        return {
            "severity": self.severity,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "said": self.said,
            "done": self.done,
            "times": self.times,
        }


@dataclass
class Losses:
    """Collects losses; with `together` those with the same words are told once, with how often they were found."""

    found: list[Loss] = field(default_factory=list)
    _at: dict[tuple[str, ...], int] = field(default_factory=dict)

    def add(
        self, severity: str, *, sheet: str = "survey", row: int | None = None, column: str = "", said: str = "", done: str, together: str = ""
    ) -> None:
        """Remember one."""
        said = said if len(said) <= LONGEST_SAID else said[: LONGEST_SAID - 1] + "…"
        if together:
            key = (severity, sheet, column, done, together)
            if key in self._at:
                old = self.found[self._at[key]]
                self.found[self._at[key]] = Loss(old.severity, old.sheet, old.row, old.column, old.said, old.done, old.times + 1)
                return
            self._at[key] = len(self.found)
        self.found.append(Loss(severity, sheet, row, column, said, done))


@dataclass(frozen=True)
class Imported:
    """What a file became: a definition that can be asked, and what could not be brought in."""

    definition: dict[str, Any]
    languages: tuple[str, ...]
    questions: int
    losses: tuple[Loss, ...]
