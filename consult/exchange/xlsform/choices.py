"""The lists of choices of an XLSForm, and choice filters worked into conditions of options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consult.exchange.conditions import Broken, Unsupported
from consult.exchange.losses import CHANGED, NOTE, Losses, Refused
from consult.exchange.workbook import Row, Sheet
from consult.exchange.xlsform.columns import Columns, read_columns, report_others
from consult.exchange.xlsform.conditions import Reader
from consult.exchange.xlsform.expressions import Bare, parse, parts_of
from consult.exchange.xlsform.words import Words

if TYPE_CHECKING:
    from consult.exchange.xlsform.reading import Reading
    from consult.exchange.xlsform.rows import Item

#: “Other” in the languages that forms come in, for `or_other`.
OTHER = {
    "en": "Other", "fr": "Autre", "es": "Otro", "pt": "Outro", "de": "Andere", "it": "Altro", "nl": "Anders",
    "sw": "Nyingine", "pl": "Inne", "ro": "Altceva", "ar": "غير ذلك", "ur": "دیگر", "cy": "Arall", "hi": "अन्य",
    "id": "Lainnya", "ne": "अन्य",
}  # fmt: skip
#: Options of all questions together.
MOST_OPTIONS = 60_000


@dataclass(frozen=True)
class Choice:
    """One line of a list: its name in the form, its key here, its words, and all its cells for filters."""

    name: str
    key: str
    words: dict[str, str]
    row: Row
    worded: bool


class Keys:
    """The keys of one list: the same name with the same words always has the same one, and no two others share one."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], str] = {}
        self.taken: dict[str, int] = {}

    def of(self, name: str, words: str) -> str:
        """A usable key made of a choice's name."""
        what = (name, words)
        if what not in self.known:
            plain = key = "_".join(name.split())[:90]
            while key in self.taken:
                self.taken[plain] += 1
                key = f"{plain}_{self.taken[plain]}"
            self.taken[key] = 1
            self.known[what] = key
        return self.known[what]


class Lists:
    """Every list by its name."""

    def __init__(
        self, sheet: Sheet | None, *, default: str, losses: Losses, codes: Mapping[str, str] | None = None
    ) -> None:
        self.sheet = sheet
        self.losses = losses
        self.lists: dict[str, list[Choice]] = {}
        self.columns = Columns({}, {}, ())
        self.filters_used: set[str] = set()
        self.used: set[str] = set()
        #: lines that were told about
        self.told: set[int] = set()
        self.options_made = 0
        if sheet is None:
            return
        self.columns = read_columns(sheet, default=default, losses=losses, codes=codes)
        for needed, called in (("list", "list_name"), ("name", "name")):
            if sheet.rows and needed not in self.columns.plain:
                raise Refused(f"Sheet “{sheet.name}”, row {sheet.head}: there is no column “{called}”.")

    def read(self, languages: tuple[str, ...]) -> None:
        """Read every line; a choice without words is shown by its name, in any language."""
        if self.sheet is None:
            return
        words = Words(self.sheet.name, self.columns, self.losses)
        keys: dict[str, Keys] = {}
        for row in self.sheet.rows:
            listed, name = self.columns.get(row, "list"), self.columns.get(row, "name")
            if not listed and not name:
                continue
            if not listed:
                self._lose(row, "list", name, "This choice belongs to no list and is not kept.")
                continue
            if not name:
                place = f"Sheet “{self.sheet.name}”, row {row.number}, column “{self.columns.plain['name']}”"
                raise Refused(f"{place}: the choice has no name.")
            said = words.of(row, "label", line=True)
            shown = said or dict.fromkeys(languages, name)
            key = keys.setdefault(listed, Keys()).of(name, shown.get(languages[0]) or next(iter(shown.values())))
            self.lists.setdefault(listed, []).append(Choice(name, key, shown, row, worded=bool(said)))

    def finish(self) -> None:
        """Report the columns that no filter used."""
        if self.sheet is not None:
            report_others(self.sheet, self.columns, self.losses, used=self.filters_used)

    def keys(self, name: str, options: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
        """The names of a list's choices as the form writes them, with the keys of the options made of them."""
        made = dict.fromkeys(option["key"] for option in options)
        found: dict[str, tuple[str, ...]] = {}
        for choice in self.lists.get(name, ()):
            if choice.key in made and choice.key not in found.get(choice.name, ()):
                found[choice.name] = (*found.get(choice.name, ()), choice.key)
        named = {key for keys in found.values() for key in keys}
        return {**found, **{key: (key,) for key in made if key not in named}}

    def options(self, reading: Reading, item: Item, *, filtered: bool = True) -> list[dict[str, Any]]:
        """A question's list as its options; a filter becomes a condition of each, or is reported."""
        choices = self._list(reading, item)
        shows = self._filter(reading, item, choices) if filtered else {}
        options: dict[str, dict[str, Any]] = {}
        for at, choice in enumerate(choices):
            show = shows.get(at, True)
            if show is False:
                continue
            known = options.get(choice.key)
            if known is None:
                options[choice.key] = {"key": choice.key, "label": choice.words}
                if show is not True:
                    options[choice.key]["show"] = show
                continue
            if not shows:
                self._twice(item.choices, choice)
            elif "show" in known:
                _widen(known, show)
        if item.with_other:
            _add_other(options, reading.languages)
        self.options_made += len(options)
        if self.options_made > MOST_OPTIONS:
            raise reading.refused(item.row, "type", "this is more choices than a questionnaire can hold")
        return list(options.values())

    def _list(self, reading: Reading, item: Item) -> list[Choice]:
        if not item.choices:
            raise reading.refused(item.row, "type", f"“{reading.get(item.row, 'type')}” names no list of choices")
        if self.sheet is None:
            raise reading.refused(
                item.row, "type", f"the list “{item.choices}” is needed, but there is no sheet “choices”"
            )
        if item.choices not in self.lists:
            raise reading.refused(
                item.row, "type", f"the list “{item.choices}” is not on the sheet “{self.sheet.name}”"
            )
        self._tell(item.choices)
        return self.lists[item.choices]

    def _twice(self, name: str, choice: Choice) -> None:
        if choice.row.number not in self.told:
            self.told.add(choice.row.number)
            done = f"The list “{name}” has this choice twice; it is kept once."
            self._lose(choice.row, "name", choice.name, done, together=name)

    def _tell(self, name: str) -> None:
        """Report what the lines of a list lack, when it is first used."""
        if name in self.used:
            return
        self.used.add(name)
        first: dict[str, Choice] = {}
        same: dict[str, Choice] = {}
        for choice in self.lists[name]:
            if not choice.worded:
                done = "The choice has no words; its name is shown instead."
                self._lose(choice.row, "label", choice.name, done, together=name)
            if choice.key == "_".join(choice.name.split())[:90] != choice.name:
                done = "In results, underscores stand for the spaces of this name."
                self._lose(choice.row, "name", choice.name, done, together=name, severity=NOTE)
            if same.setdefault(choice.key, choice).words != choice.words:
                done = f"The list “{name}” has this choice before with other words in another language; those are kept."
                self._lose(choice.row, "name", choice.name, done, together=name)
            elif same[choice.key] is choice and first.setdefault(choice.name, choice) is not choice:
                done = (
                    f"The list “{name}” has this name before with other words; both are kept, this as “{choice.key}”."
                )
                self._lose(choice.row, "name", choice.name, done)

    def _lose(
        self, row: Row, meaning: str, said: str, done: str, *, together: str = "", severity: str = CHANGED
    ) -> None:
        assert self.sheet is not None
        heading = self.columns.heading(meaning)
        self.losses.add(
            severity, sheet=self.sheet.name, row=row.number, column=heading, said=said, done=done, together=together
        )

    def _filter(self, reading: Reading, item: Item, choices: list[Choice]) -> dict[int, Any]:
        said = reading.get(item.row, "choice_filter")
        if not said:
            return {}
        made: dict[int, Any] = {}
        try:
            tree = parse(said)
            for at, choice in enumerate(choices):
                made[at] = Reader(reading.layout.place, columns=choice.row.cells).condition(tree)
        except Unsupported as reason:
            done = f"The choices cannot be filtered by {reason}; all of them are shown."
            reading.lose(CHANGED, item.row, "choice_filter", done)
            return {}
        except Broken as reason:
            raise reading.refused(item.row, "choice_filter", f"the choice filter cannot be read: {reason}") from None
        if all(show is False for show in made.values()):
            done = "The filter leaves no choice at all; all of them are shown."
            reading.lose(CHANGED, item.row, "choice_filter", done)
            return {}
        self.filters_used |= {part.name for part in parts_of(tree) if isinstance(part, Bare)}
        return made


def _widen(known: dict[str, Any], show: dict[str, Any] | bool) -> None:
    """A choice that stands in a list twice is shown when either is."""
    if show is True:
        del known["show"]
        return
    either = known["show"]["any"] if set(known["show"]) == {"any"} else [known["show"]]
    if show not in either:
        known["show"] = {"any": [*either, show]}


def _add_other(options: dict[str, dict[str, Any]], languages: tuple[str, ...]) -> None:
    other = next((one for key, one in options.items() if key.lower() == "other"), None)
    if other is None:
        label = {language: OTHER[language] for language in languages if language in OTHER} or {"en": OTHER["en"]}
        other = options["other"] = {"key": "other", "label": label}
    other["other"] = True
