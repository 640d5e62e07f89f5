"""The words in a cell as plain text: mark-up is left out, and so is what stands for an earlier answer."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from consult.exchange.losses import CHANGED, NOTE, Losses
from consult.exchange.workbook import Row
from consult.exchange.xlsform import kept
from consult.exchange.xlsform.columns import Columns

TAGS = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S)
BREAKS = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6])>", re.I)
#: **strong**, __strong__ and *emphasis*, but neither blanks to write on (____) nor a lone star.
EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*|__)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])|(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])",
    re.S,
)
HEADS = re.compile(r"^\s{0,3}#{1,6}\s+", re.M)
LINKS = re.compile(r"\[([^\]\n]+)\]\(((?:https?:|mailto:)?[^)\s]+)\)")
#: A mark that the author wants to be seen: Member\*innen.
ESCAPED = re.compile(r"\\([*_#~`\[\]])")
#: Where such marks wait, out of reach of the rest: letters for private use.
APART = 0xF500
MARKS = re.compile("[\uf500-\uf57f]")
PIPED = re.compile(r"\$\{\s*([^}]+?)\s*\}")
GAP = "…"
#: What the columns that we write are called.
WRITTEN = {"guidance": "guidance_hint"}
#: What authors write where a column wants words and they have none.
NO_WORDS = frozenset({"-", "--", "–", "—", ".", "_", GAP, "no_label", "no label", "delete_this_line"})


class Words:
    """Turns the cells of one sheet into plain words, and reports what plain words cannot hold."""

    def __init__(self, sheet: str, columns: Columns, losses: Losses) -> None:
        self.sheet = sheet
        self.columns = columns
        self.losses = losses

    def of(self, row: Row, meaning: str) -> dict[str, str]:
        """The words of one row by language; none for words that only stand in for some."""
        found = {}
        meant = self._meant(row).get(WRITTEN.get(meaning, meaning), {})
        for language, heading in self.columns.words.get(meaning, {}).items():
            written, words = meant.get(language, ("", ""))
            if written and kept.sum_of(row.get(heading)) == written:
                found[language] = words
                continue
            text = self._plain(row.get(heading), row, heading, meaning)
            if text and text.lower() not in NO_WORDS:
                found[language] = text
        return found

    def _meant(self, row: Row) -> Mapping[str, Any]:
        """Words that XLSForm could not say as they were, in a form that was written here."""
        for heading in (kept.SURVEY, kept.CHOICES):
            if heading in row.cells:
                return (kept.read_kept(heading, row.cells) or {}).get("meant", {})
        return {}

    def _plain(self, text: str, row: Row, heading: str, meaning: str) -> str:
        if not text:
            return ""
        marked = plain(text)
        if marked != _tidy(html.unescape(ESCAPED.sub(r"\1", text))):
            done = "Formatting in the words was left out; the words are kept."
            self.losses.add(
                NOTE, sheet=self.sheet, row=row.number, column=heading, said=text, done=done, together="formatting"
            )
        if not PIPED.search(marked):
            return marked
        gapped = PIPED.sub(GAP, marked)
        whole = any(one.isalnum() for one in gapped)
        done = (
            "An earlier answer cannot be put into these words; “…” stands in its place."
            if whole
            else "These words are nothing but earlier answers or values, which cannot be put in; they are left out."
        )
        place = f"{self.sheet} {row.number} {meaning}"
        self.losses.add(CHANGED, sheet=self.sheet, row=row.number, column=heading, said=text, done=done, together=place)
        return gapped if whole else ""


def plain(text: str) -> str:
    """Without HTML and Markdown, as lines without needless spaces."""
    hidden = ESCAPED.sub(lambda found: chr(APART + ord(found[1])), text)
    without = TAGS.sub("", BREAKS.sub("\n", hidden))
    marked = HEADS.sub("", LINKS.sub(_link, without))
    shown = EMPHASIS.sub(lambda found: found[2] or found[3] or "", marked)
    return _tidy(html.unescape(MARKS.sub(lambda found: chr(ord(found[0]) - APART), shown)))


def _link(found: re.Match[str]) -> str:
    """A link's words with its address, which plain words would lose otherwise."""
    words, address = found[1].strip("*_ "), found[2].removeprefix("mailto:")
    return words if words == address else f"{words} ({address})"


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
