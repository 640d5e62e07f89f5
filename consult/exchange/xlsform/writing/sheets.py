"""The sheets of a form while they are written: rows by what a column means, headings in every language, bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import babel

from consult.exchange.workbook import LONGEST_CELL, as_read
from consult.exchange.xlsform import kept
from consult.exchange.xlsform.words import NO_WORDS, marked, one_line
from consult.exchange.xlsform.writing.names import Names

#: Columns with words, in the order they are written; each stands in every language.
WORDED = ("label", "hint", "guidance_hint", "required_message", "constraint_message")
PLAIN = (
    "type", "name", "required", "relevant", "constraint", "appearance", "parameters", "choice_filter", "calculation",
    "read_only",
)  # fmt: skip
Words = Mapping[str, str]
#: What Markdown would take for emphasis or a heading, and we do not.
LONE = re.compile(r"((?<![\\*])\*(?!\*)|^#)", re.M)
#: A question's answer said in words: [[how|somehow]].
PIPE = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_]*)(?:\.([A-Za-z][A-Za-z0-9_]*))?(?:\|([^\[\]]*))?\]\]")


@dataclass
class Row:
    """One row: plain cells by their column, words by column and language, and what is kept beside it."""

    cells: dict[str, str] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


@cache
def _known_codes() -> frozenset[str]:
    """The codes that pyxform takes for machine-readable."""
    folder = files("pyxform") / "validators" / "pyxform" / "iana_subtags"
    names = ("iana_subtags_2_characters.txt", "iana_subtags_3_or_more_characters.txt")
    return frozenset(line for name in names for line in (folder / name).read_text(encoding="utf-8").split())


def headings_of(languages: Sequence[str]) -> dict[str, str]:
    """What each language is called in headings: “Polish (pl)”; a variety has its language's code and its own name."""
    found: dict[str, str] = {}
    for language in languages:
        first = language.split("-")[0]
        try:
            name = babel.Locale.parse(first).get_display_name("en") or first
        except (babel.UnknownLocaleError, ValueError):
            name = first
        more = language.partition("-")[2]
        code = first if first in _known_codes() else "und"
        found[language] = f"{name}, {more} ({code})" if more else f"{name} ({code})"
    return found


def written(text: str, names: Names | None = None) -> str:
    """Words as XLSForm reads them: earlier answers by their names there, and nothing else that looks like one."""
    safe = LONE.sub(r"\\\1", text.replace("${", "$ {"))
    if names is not None:
        safe = PIPE.sub(lambda found: _said(found, names), safe)
    return safe if len(safe) <= LONGEST_CELL - 100 else safe[: LONGEST_CELL - 101] + "…"


def _said(found: re.Match[str], names: Names) -> str:
    name = names.of.get((found[1], f"{found[2] or ''}.said".strip(".")))
    return f"${{{name}}}" if name else found[3] or ""


@dataclass
class Sheet:
    """The rows of one sheet."""

    title: str
    first: tuple[str, ...]
    kept: str
    languages: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)

    def grid(self, names: Names) -> list[list[str]]:
        """Headings and cells; columns that nothing stands in are left out, languages never."""
        cells = [self._cells(row, names) for row in self.rows]
        used = {heading for row in cells for heading, text in row.items() if text}
        ours = kept.headings(cells, self.kept)
        worded = [
            f"{column}::{name}"
            for column in dict.fromkeys(("label", *(column for row in self.rows for column in row.words)))
            for name in self.languages.values()
        ]
        order = (*WORDED, "media::image")
        worded.sort(key=lambda heading: order.index(heading.rpartition("::")[0]))
        plain = [*self.first, *sorted((used - set(self.first)) - set(worded) - set(ours), key=_place)]
        headings = [*plain[:2], *worded, *plain[2:], *ours]
        return [headings, *([row.get(heading, "") for heading in headings] for row in cells)]

    def _cells(self, row: Row, names: Names) -> dict[str, str]:
        cells = dict(row.cells)
        meant: dict[str, dict[str, list[str]]] = {}
        line = self.kept == kept.CHOICES
        for column, words in row.words.items():
            for language, text in words.items():
                heading = f"{column}::{self.languages[language]}"
                cells[heading] = written(text, names)
                if column != "media::image" and decoded(cells[heading], line=line) != text:
                    meant.setdefault(column, {})[language] = [kept.sum_of(cells[heading]), text]
        ours = dict(row.kept)
        if ours and self.kept == kept.SURVEY:
            ours["as"] = kept.sums_of({name: text for name, text in row.cells.items() if name != "name"})
        if meant:
            ours["meant"] = meant
        return cells | (kept.cells_of(self.kept, ours) if ours else {})


def decoded(cell: str, *, line: bool = False) -> str:
    """Words of a cell as an importer reads them where nothing else is known."""
    text = marked(as_read(cell))[0]
    text = one_line(text) if line else text
    return "" if text.lower() in NO_WORDS else text


def _place(heading: str) -> int:
    return PLAIN.index(heading) if heading in PLAIN else len(PLAIN)


def workbook(sheets: Iterable[tuple[str, list[list[str]]]]) -> bytes:
    """An .xlsx of texts only, with the first line and the names held in place."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for title, grid in sheets:
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 2)
        for number, heading in enumerate(grid[0]):
            wide = 8 if heading.startswith("consult") else 40 if "::" in heading else 22
            sheet.set_column(number, number, wide, text)
        for at, row in enumerate(grid):
            for number, cell in enumerate(row):
                if cell:
                    sheet.write_string(at, number, cell, head if not at else text)
    book.close()
    return held.getvalue()
