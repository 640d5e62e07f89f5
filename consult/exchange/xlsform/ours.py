"""A form that was written here becomes the same questionnaire again; what somebody changed in it since is read as such.

Rows carry the part of the definition they came from (`kept`). A cell that still says what was written is believed; one
that does not is read as in any XLSForm, and so is a row that was added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from consult.exchange.conditions import both, looked_at, usable
from consult.exchange.losses import CHANGED, NOTE
from consult.exchange.workbook import Row
from consult.exchange.xlsform import checks, kept, questions
from consult.exchange.xlsform.conditions import Known
from consult.exchange.xlsform.reading import Reading
from consult.exchange.xlsform.rows import Item
from consult.exchange.xlsform.writing.kinds import KINDS, Kind

Made = dict[str, Any]
#: What columns are called in a definition.
WORDS = {
    "text": "label",
    "hint": "hint",
    "note": "guidance",
    "required_message": "required_message",
    "constraint_message": "constraint_message",
}
MESSAGES = ("required_message", "constraint_message")
#: How the reader of conditions calls what answers are.
ANSWERS = {"one": "one", "many": "many", "ranked": "many", "number": "decimal", "date": "date", "text": "text"}
LOGIC = ("type", "required", "relevant", "constraint", "appearance", "parameters", "choice_filter", "calculation")


def read_ours(reading: Reading, items: list[Item]) -> None:
    """Lay out the pages of a form that was written here."""
    ours = Ours(reading)
    ours.collect(items)
    for item in items:
        if item.is_group and "page" in ours.kept(item.row):
            ours.page(item)
        else:
            ours.loose(item)
    reading.layout.pages[:] = [page for one in reading.layout.pages if one["questions"] for page in ours.apart(one)]


@dataclass
class Ours:
    """The form while it is read."""

    reading: Reading
    #: words that stand in notes of their own: (question, setting or part) → words by language
    beside: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def kept(self, row: Row) -> Made:
        """The part of a definition that a row came from; {} for a row of somebody else's."""
        return kept.read_kept(kept.SURVEY, row.cells) or {}

    def changed(self, row: Row) -> set[str]:
        """The cells that no longer say what was written."""
        written = self.kept(row).get("as", {})
        return {
            name
            for name in LOGIC
            if (kept.sum_of(self.reading.get(row, name)) if self.reading.get(row, name) else None) != written.get(name)
        }

    def collect(self, items: list[Item]) -> None:
        """Every name, and the words that belong to another row."""
        for item in items:
            self.reading.layout.names.add(item.name)
            beside = self.kept(item.row)
            if "for" in beside:
                part = beside.get("setting") or beside.get("words")
                if part:
                    self.beside[beside["for"], part] = self.reading.words.of(item.row, "label")
                elif self.changed(item.row):
                    done = "This row was made from the question before it; what was changed in it is not kept."
                    self.reading.lose(NOTE, item.row, "name", done, said=item.name)
            self.collect(item.inside)

    def key(self, name: str) -> str:
        """A key for something that was added."""
        return self.reading.layout.keys.key(name)

    def page(self, item: Item) -> None:
        """A page as it was, with what is on it now."""
        page: Made = {**self.opened(item, "page"), "questions": []}
        self.reading.layout.pages.append(page)
        self.parts(item, page["questions"], None)

    def opened(self, item: Item, what: str) -> Made:
        """A page or a section without its questions."""
        made: Made = dict(self.kept(item.row)[what])
        made["title"] = self.reading.words.of(item.row, "label")
        for inner in item.inside:
            if self.kept(inner.row).get("text"):
                made["text"] = self.reading.words.of(inner.row, "label")
        self.shown(made, item, "This page" if what == "page" else "This section")
        return made

    def shown(self, made: Made, item: Item, what: str) -> bool:
        """Put in when it is shown, where somebody changed that; whether it ever is."""
        if "relevant" not in self.changed(item.row):
            return True
        show, _lost = checks.relevance(self.reading, item.row, what)
        made["show"] = show if isinstance(show, dict) else None
        return show is not False

    def loose(self, item: Item) -> None:
        """A row that stands on no page goes on the last one, or on a page of its own."""
        pages = self.reading.layout.pages
        if not pages or item.is_group:
            label = self.reading.words.of(item.row, "label") if item.is_group else {}
            pages.append({"key": self.key("added"), "title": label, "questions": []})
        self.part(item, pages[-1]["questions"], None)

    def parts(self, item: Item, into: list[Made], inherited: Made | None) -> None:
        """Everything in a group."""
        for inner in item.inside:
            self.part(inner, into, inherited)

    def part(self, item: Item, into: list[Made], inherited: Made | None) -> None:
        """One row, or one group, of a page."""
        beside = self.kept(item.row)
        if "for" in beside or beside.get("text"):
            return
        if "section" in beside and item.is_group:
            section: Made = {**self.opened(item, "section"), "questions": []}
            self.parts(item, section["questions"], inherited)
            if section["questions"]:
                into.append(section)
            return
        fragment = beside.get("question")
        if fragment is not None:
            kind = KINDS.get(fragment.get("kind", ""), KINDS["short_text"])
            made = (self.several if item.is_group else self.single)(item, dict(fragment), kind)
        else:
            made = self.added(item, into, inherited)
        if made is not None:
            if inherited:
                made["show"] = both(inherited, made.get("show"))
            into.append(made)

    def added(self, item: Item, into: list[Made], inherited: Made | None) -> Made | None:
        """A row that was not written here, read as in any form."""
        reading = self.reading
        if item.kind == "comment":
            return None
        if item.is_group and item.kind != "group":
            done = "Questions that are asked again and again cannot be kept; they are left out."
            reading.lose(CHANGED, item.row, "type", done, said=item.name)
            return None
        show, lost = checks.relevance(reading, item.row, "This")
        if show is False:
            return None
        condition = show if isinstance(show, dict) else None
        if item.is_group:
            self.parts(item, into, both(inherited, condition))
            return None
        why = questions.not_asked(reading, item)
        if why:
            questions.report_not_asked(reading, item, why)
            return None
        if item.kind == "note":
            made = questions.statement(reading, item, key=self.key(item.name))
        else:
            made, known = questions.question(reading, item, needed=checks.required(reading, item.row) and not lost)
            self.know(item.name, known)
        if made is not None:
            made["show"] = condition
        return made

    def know(self, name: str, known: Known) -> None:
        """Conditions may name it from here on."""
        self.reading.layout.asked[name] = (known, len(self.reading.layout.pages))

    def single(self, item: Item, made: Made, kind: Kind) -> Made | None:
        """A question of one row."""
        reading, row, changed = self.reading, item.row, self.changed(item.row)
        if changed & {"type", "appearance", "parameters"}:
            key = made["key"]
            again, known = questions.question(reading, item, needed=checks.required(reading, row))
            again["key"] = key
            again["show"] = made.get("show")
            self.know(item.name, Known(key, None, known.kind, known.keys))
            return again if self.shown(again, item, "This question") else None
        names: dict[str, tuple[str, ...]] = {}
        if kind.chooses and item.choices:
            options, names = self.options(item, refiltered="choice_filter" in changed)
            if options:
                made["options"] = options
        made |= {name: words for name, column in WORDS.items() if (words := reading.words.of(row, column))}
        self.settings(made, kind)
        known = Known(made["key"], None, ANSWERS[kind.answers], names)
        if "required" in changed:
            made["required"] = checks.required(reading, row)
        if "constraint" in changed:
            self.ruled(made, item, known)
        self.know(item.name, known)
        return made if self.shown(made, item, "This question") else None

    def settings(self, made: Made, kind: Kind) -> None:
        """The settings whose words stand in notes."""
        for setting in (*kind.before, *kind.after):
            words = self.beside.get((made["key"], setting))
            if words:
                made.setdefault("settings", {})[setting] = words

    def ruled(self, made: Made, item: Item, known: Known) -> None:
        """What answers are checked by, as it is said now."""
        itself = Known(".", None, known.kind, known.keys)
        rules = checks.constraint(self.reading, item.row, item.name, itself)
        bounds = ("minimum", "maximum", "least", "most", "earliest", "latest", "longest")
        before = {name: value for name, value in made.get("settings", {}).items() if name not in bounds}
        made["settings"] = before | rules.settings
        made["constraint"] = rules.constraint
        for option in made.get("options", ()):
            option["exclusive"] = option["key"] in rules.alone

    def options(self, item: Item, *, refiltered: bool) -> tuple[list[Made], dict[str, tuple[str, ...]]]:
        """The options of a list, in its order, and their names in the form."""
        lists = self.reading.lists
        choices = lists.lists.get(item.choices, [])
        found: dict[str, Made] = {}
        names: dict[str, tuple[str, ...]] = {}
        for choice in choices:
            beside = dict(kept.read_kept(kept.CHOICES, choice.row.cells) or {})
            beside.pop("meant", None)
            names[choice.name] = (beside.get("key", choice.name),)
            refiltered = refiltered or choice.row.get("shown") != beside.pop("shown", "")
            if beside.get("fixed"):
                continue
            made = {"key": choice.name, **beside, "label": choice.words}
            if made["key"] in found:
                made["key"] = names[choice.name][0]
            found.setdefault(made["key"], made)
        if refiltered:
            shows = {one["key"]: one.get("show") for one in lists.options(self.reading, item)}
            for choice in choices:
                key = names[choice.name][0]
                if key in found:
                    found[key]["show"] = shows.get(choice.key)
        return list(found.values()), names

    def several(self, item: Item, made: Made, kind: Kind) -> Made | None:
        """A question of several rows."""
        reading, key = self.reading, made["key"]
        rows = [inner for inner in item.inside if "for" not in self.kept(inner.row) and not inner.is_group]
        made["text"] = reading.words.of(item.row, "label")
        if (key, "hint") in self.beside:
            made["hint"] = self.beside[key, "hint"]
        names: dict[str, tuple[str, ...]] = {}
        if kind.chooses and rows and rows[0].choices:
            made["options"], names = self.options(rows[0], refiltered="choice_filter" in self.changed(rows[0].row))
        parts: list[Made] = []
        for inner in rows:
            part = self.row(inner, {one["key"] for one in parts})
            if part is None:
                continue
            self.know(inner.name, Known(key, part["key"], ANSWERS[kind.answers], names))
            if not part.pop("fixed", False):
                parts.append(part)
        if kind.parts in ("rows", "options"):
            made[kind.parts] = parts
        for message in MESSAGES if rows else ():
            if words := reading.words.of(rows[0].row, message):
                made[message] = words
        self.settings(made, kind)
        return made if self.shown(made, item, "This question") else None

    def row(self, item: Item, taken: set[str]) -> Made | None:
        """One row of a question."""
        part: Made = dict(self.kept(item.row).get("part") or {"key": usable(item.name)})
        if part["key"] in taken:
            return None
        changed = self.changed(item.row)
        part["label"] = self.reading.words.of(item.row, "label")
        if "required" in changed:
            part["required"] = checks.required(self.reading, item.row)
        if changed & {"type", "constraint", "appearance", "parameters"} and self.kept(item.row):
            done = "The rows of a question are asked alike; what was changed in this one is not kept."
            self.reading.lose(CHANGED, item.row, "type", done)
        return part if self.shown(part, item, "This row") else None

    def apart(self, page: Made) -> Iterator[Made]:
        """A page, in two where a condition that somebody changed looks at what is on it."""
        here: set[str] = set()
        for at, one in enumerate(page["questions"]):
            inner = one["questions"] if "section" in one else [one]
            if at and _looks(one, inner) & here:
                rest = {**page, "key": self.key(f"{page['key']}_more"), "questions": page["questions"][at:]}
                rest.pop("text", None)
                yield {**page, "questions": page["questions"][:at]}
                yield from self.apart(rest)
                return
            here |= {question["key"] for question in inner}
        yield page


def _looks(one: Made, inner: list[Made]) -> set[str]:
    found = looked_at(one.get("show"))
    for question in inner:
        found |= looked_at(question.get("show")) | looked_at(question.get("constraint"))
        for part in (*question.get("options", ()), *question.get("rows", ())):
            found |= looked_at(part.get("show"))
    return found
