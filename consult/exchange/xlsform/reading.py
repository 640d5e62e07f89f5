"""What the readers of one form share: its sheets, what became of them so far, how to say where something stands."""

from __future__ import annotations

from dataclasses import dataclass

from consult.exchange.losses import Losses, Refused
from consult.exchange.workbook import Row, Sheet
from consult.exchange.xlsform.choices import Lists
from consult.exchange.xlsform.columns import Columns
from consult.exchange.xlsform.pages import Layout
from consult.exchange.xlsform.words import Words


@dataclass(frozen=True)
class Reading:
    """One form while it is read."""

    filename: str
    survey: Sheet
    columns: Columns
    words: Words
    lists: Lists
    layout: Layout
    losses: Losses
    language: str
    languages: tuple[str, ...]

    def get(self, row: Row, meaning: str) -> str:
        """The text of a row's column."""
        return self.columns.get(row, meaning)

    def looks(self, row: Row) -> set[str]:
        """The words of a row's appearance, in small letters."""
        return set(self.get(row, "appearance").lower().split())

    def lose(
        self, severity: str, row: Row, meaning: str, done: str, *, said: str | None = None, together: str = ""
    ) -> None:
        """Report what a row of the survey says that is not kept."""
        heading = self.columns.heading(meaning, self.language)
        said = self.get(row, meaning) if said is None else said
        self.losses.add(
            severity, sheet=self.survey.name, row=row.number, column=heading, said=said, done=done, together=together
        )

    def refused(self, row: Row, meaning: str, sentence: str) -> Refused:
        """A refusal that names the place."""
        heading = self.columns.heading(meaning, self.language)
        return Refused(f"Sheet “{self.survey.name}”, row {row.number}, column “{heading}”: {sentence}.")
