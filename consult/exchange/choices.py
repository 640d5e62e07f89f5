"""The lists of choices of an XLSForm, and choice filters worked into conditions of options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from consult.exchange import expressions
from consult.exchange.columns import Columns, Words, read_columns, report_others
from consult.exchange.expressions import Broken, Place, Unsupported
from consult.exchange.losses import CHANGED, Losses, Refused
from consult.exchange.workbook import Row, Sheet

#: “Other” in the languages that forms come in, for `or_other`.
OTHER = {
    "en": "Other", "fr": "Autre", "es": "Otro", "pt": "Outro", "de": "Andere", "sw": "Nyingine", "pl": "Inne", "ro": "Altceva",
    "ar": "غير ذلك", "ur": "دیگر", "cy": "Arall", "hi": "अन्य", "id": "Lainnya", "ne": "अन्य",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One line of a list: its key, words, and all its cells for filters."""

    key: str
    words: dict[str, str]
    row: Row


class Lists:
    """Every list by its name."""

    def __init__(self, sheet: Sheet | None, *, default: str, losses: Losses, called: dict[str, str]) -> None:
        self.sheet = sheet
        self.losses = losses
        self.lists: dict[str, list[Choice]] = {}
        self.columns: Columns | None = None
        self.languages: tuple[str, ...] = ()
        self.filters_used: set[str] = set()
        if sheet is None:
            return
        self.columns = read_columns(sheet, default=default, losses=losses)
        self.languages = self.columns.languages
        if sheet.rows and ("list" not in self.columns.plain or "name" not in self.columns.plain):
            lacking = "list_name" if "list" not in self.columns.plain else "name"
            raise Refused(f"Sheet “{sheet.name}”, row 1: there is no column “{lacking}”.")
        words = Words(sheet.name, self.columns, losses, called)
        for row in sheet.rows:
            name, key = self.columns.get(row, "list"), self.columns.get(row, "name")
            if not name and not key:
                continue
            if not name:
                losses.add(CHANGED, sheet=sheet.name, row=row.number, column=self.columns.plain["list"], said=key, done="This choice belongs to no list and is not kept.")
                continue
            if not key:
                raise Refused(f"Sheet “{sheet.name}”, row {row.number}, column “{self.columns.plain['name']}”: the choice has no name.")
            said = words.of(row, "label")
            if not said:
                losses.add(CHANGED, sheet=sheet.name, row=row.number, column="label", said=key, done="The choice has no words; its name is shown instead.")
                said = {default: key}
            self.lists.setdefault(name, []).append(Choice("_".join(key.split())[:100], said, row))

    def finish(self) -> None:
        """Report the columns that no filter used."""
        if self.sheet is not None and self.columns is not None:
            report_others(self.sheet, self.columns, self.losses, used=self.filters_used)

    def options(self, name: str, *, filtered: str, place: Place, row: Row, column: str, with_other: bool, languages: tuple[str, ...]) -> list[dict[str, Any]]:
        """A list as options of a question; a filter becomes a condition of each option, or is reported."""
        conditions = self._conditions(name, filtered, place, row, column) if filtered else {}
        options: dict[str, dict[str, Any]] = {}
        for at, choice in enumerate(self.lists[name]):
            show = conditions.get(at, True)
            if show is False:
                continue
            known = options.get(choice.key)
            if known is None:
                options[choice.key] = {"key": choice.key, "label": choice.words, **({} if show is True else {"show": show})}
                continue
            if known["label"] != choice.words:
                self.losses.add(CHANGED, sheet=self._name, row=choice.row.number, column="name", said=choice.key, done=f"The list “{name}” has this name twice with different words; the first words are kept.", together=f"{name} {choice.key}")
            elif not filtered:
                self.losses.add(CHANGED, sheet=self._name, row=choice.row.number, column="name", said=choice.key, done=f"The list “{name}” has this choice twice; it is kept once.", together=f"{name} {choice.key}")
            if "show" in known:
                if show is True:
                    del known["show"]
                else:
                    known["show"] = {"any": [*known["show"]["any"], show] if "any" in known["show"] else [known["show"], show]}
        if with_other:
            other = next((one for key, one in options.items() if key.lower() == "other"), None)
            if other is None:
                label = {language: OTHER[language] for language in languages if language in OTHER} or {"en": OTHER["en"]}
                other = options["other"] = {"key": "other", "label": label}
            other["other"] = True
        return list(options.values())

    @property
    def _name(self) -> str:
        return self.sheet.name if self.sheet else "choices"

    def _conditions(self, name: str, filtered: str, place: Place, row: Row, column: str) -> dict[int, Any]:
        made: dict[int, Any] = {}
        try:
            for at, choice in enumerate(self.lists[name]):
                tree = expressions.parse(filtered, columns=choice.row.cells)
                made[at] = expressions.condition(tree, place)
        except Unsupported as reason:
            self.losses.add(CHANGED, row=row.number, column=column, said=filtered, done=f"The choices cannot be filtered by {reason}; all of them are shown.")
            return {}
        except Broken as reason:
            raise Refused(f"Sheet “survey”, row {row.number}, column “{column}”: the choice filter cannot be read: {reason}.") from None
        self.filters_used |= {heading for heading in (self.sheet.headings if self.sheet else ()) if heading in filtered}
        if made and all(show is False for show in made.values()):
            self.losses.add(CHANGED, row=row.number, column=column, said=filtered, done="The filter leaves no choice at all; all of them are shown.")
            return {}
        return made
