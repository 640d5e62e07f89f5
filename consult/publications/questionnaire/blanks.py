"""What stands on a page to be answered, as room to answer it on paper: it knows components, not kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

from flask_babel import gettext as _

from consult.domain.markup import plain
from consult.domain.wording import Worded, Wording
from consult.publications.document import Blank, Block, Grid, Item, Line, Listing, Paragraph, Run, said, worded
from consult.questions.base import Component

#: Columns that a table has room for on paper.
MOST_COLUMNS = 6
MARKS = {"radios": "circles", "select": "circles", "checkboxes": "boxes"}
#: Lines of the box for a longer text.
BOX_LINES = 6
Then = Callable[[str], Line | None]


class Blanks:
    """Turns the components of one question into blocks; `asked` is its own words, said already, `then` its routes."""

    #: codes of what is chosen, letters of lines by their words, and lines of boxes to write in: a form has them
    codes: Mapping[str, str] = {}
    letters: Mapping[str, str] = {}
    box_lines = BOX_LINES
    #: lists longer than this are written instead of ticked
    most_choices = 10_000

    def __init__(self, language: str, *, asked: Wording, then: Then) -> None:
        self.language = language
        found = asked.to(language)
        told = (found.text, worded(found, language).text, plain(found.text))
        self.asked = {" ".join(one.split()) for one in told}
        self.then = then

    def of(self, component: Component, *, inner: bool = False) -> list[Block]:
        """The blocks of a component; only what is chosen in the outermost one leads anywhere."""
        rows = self._rows(component)
        if rows:
            return [*self._hint(component.params, shortened=True), *rows]
        name, params = component.name, component.params
        if name in MARKS:
            leads = not inner and name != "checkboxes"
            return [*self._legend(params), *self._hint(params), *self._choices(name, params, leads=leads)]
        if name in ("input", "password-input"):
            before = self._label(params) or self._line(params.get("prefix"))
            return [*self._hint(params), Blank(1, before, self._line(params.get("suffix")))]
        if name in ("textarea", "character-count"):
            return [*self._hint(params), Blank(self.box_lines, self._label(params))]
        if name == "date-input":
            parts = [self._line(item.get("label") or item.get("name")) for item in params.get("items", ())]
            return [*self._legend(params), *self._hint(params), *(Blank(1, part) for part in parts)]
        return [*self._legend(params), *self._hint(params), *self._inside(params)]

    def _rows(self, component: Component) -> list[Block]:
        """A table, where the component is rows with the same choices in each."""
        listed = component.params.get("rows")
        rows = [one for one in listed if isinstance(one, Component)] if isinstance(listed, list) else []
        if rows and all(one.name == "select" for one in rows):
            # A place or a choice for each line is a box to write in.
            return [Blank(1, self._label(one.params)) for one in rows]
        if not rows or len({one.name for one in rows}) != 1 or rows[0].name not in ("radios", "checkboxes"):
            return []
        items = [item for item in rows[0].params.get("items", ()) if "divider" not in item]
        columns = [self._line(item.get("label") or item) for item in items]
        same = all(len(row.params.get("items", ())) == len(rows[0].params.get("items", ())) for row in rows)
        found = [self._line(_legend_of(row.params)) for row in rows]
        headings = [self._lettered(one) if one else None for one in found]
        if not same or not 1 <= len(columns) <= MOST_COLUMNS or not all(columns) or not all(headings):
            return []
        one = rows[0].name == "radios"
        told = _("Choose one answer in each row") if one else _("Choose all that apply in each row")
        caption = said(told, self.language)
        heads, lines = (tuple(one for one in found_lines if one) for found_lines in (columns, headings))
        codes = tuple(self.codes.get(str(item.get("value", "")), "") for item in items)
        return [Grid(caption, heads, lines, MARKS[rows[0].name], codes if any(codes) else ())]

    def _choices(self, name: str, params: Mapping[str, Any], *, leads: bool) -> list[Block]:
        items = [item for item in params.get("items", ()) if "divider" not in item and item.get("value") != ""]
        made: list[Block] = []
        if len(items) > self.most_choices:
            return [Paragraph(said(_("Write your answer"), self.language), "hint"), Blank(1)]
        if len(items) > 1 and (name != "checkboxes" or not params.get("hint")):
            told = _("Choose all that apply") if name == "checkboxes" else _("Choose one answer")
            made.append(Paragraph(said(told, self.language), "hint"))
        listed = []
        boxes: list[Block] = []
        for item in items:
            line = self._line(item.get("label") or item)
            hint = self._line(item.get("hint"))
            if line:
                value = str(item.get("value", ""))
                listed.append(Item(line, hint, self.then(value) if leads else None, self.codes.get(value, "")))
            boxes += self._inside(item)
        made.append(Listing(tuple(listed), MARKS[name]))
        return [*made, *boxes, *self._inside({key: value for key, value in params.items() if key != "items"})]

    def _inside(self, params: Mapping[str, Any]) -> list[Block]:
        return [block for inner in _components(params) for block in self.of(inner, inner=True)]

    def _legend(self, params: Mapping[str, Any]) -> list[Block]:
        line = self._line(_legend_of(params))
        return [Paragraph(self._lettered(line))] if line and not self._said(line) else []

    def _lettered(self, line: Line) -> Line:
        """A line of a grid behind its letter."""
        letter = self.letters.get(" ".join(line.text.split()))
        return Line((Run(f"{letter}. "), *line.runs), line.language) if letter else line

    def _label(self, params: Mapping[str, Any]) -> Line | None:
        line = self._line(params.get("label"))
        return None if line is None or self._said(line) else self._lettered(line)

    def _said(self, line: Line) -> bool:
        return " ".join(line.text.split()) in self.asked

    def _hint(self, params: Mapping[str, Any], *, shortened: bool = False) -> list[Block]:
        line = self._line(params.get("hint"))
        # A grid says over its columns how many to choose, so its hint need not.
        for told in (_("Select all that apply."), _("Select all that apply in each row.")):
            if line and shortened and line.text.endswith(told):
                line = said(line.text.removesuffix(told).rstrip(), line.language)
        return [Paragraph(line, "hint")] if line else []

    def _line(self, words: Any) -> Line | None:
        """The words of a component's parameter, with their language."""
        if isinstance(words, str):
            return said(words, self.language) if words.strip() else None
        if not isinstance(words, Mapping):
            return None
        text = words.get("text")
        if not isinstance(text, str) or not text.strip():
            text = str(words["html"]) if isinstance(words.get("html"), str) else ""
            text = _without_tags(text)
        if not text.strip():
            return None
        language = (words.get("attributes") or {}).get("lang") or self.language
        return worded(Worded(text, str(language)), self.language)


def _without_tags(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def _legend_of(params: Mapping[str, Any]) -> Any:
    return (params.get("fieldset") or {}).get("legend") or params.get("legend")


def _components(value: Any) -> Iterator[Component]:
    """Components anywhere in parameters, outermost first."""
    if isinstance(value, Component):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _components(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _components(inner)
