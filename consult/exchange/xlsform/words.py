"""The words in a cell in our own markup, with earlier answers where the form says them and they can be said."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from consult.domain.markup import from_html, literal
from consult.domain.markup import plain as markup_plain
from consult.exchange.losses import CHANGED, NOTE, Losses
from consult.exchange.workbook import Row
from consult.exchange.xlsform import kept
from consult.exchange.xlsform.columns import Columns

TAGS = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S)
#: **strong**, __strong__, *emphasis* and _emphasis_, but neither blanks to write on (____) nor a lone star.
EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*|__)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])|(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=[^\s_])_(?![\w_])",
    re.S,
)
HEADS = re.compile(r"^\s{0,3}#{1,6}\s+(.+)$", re.M)
LINKS = re.compile(r"\[([^\]\n]+)\]\(((?:https?:|mailto:)?[^)\s]+)\)")
#: A mark that the author wants to be seen: Member\*innen.
ESCAPED = re.compile(r"\\([*_#~`\[\]])")
#: What any of this begins with.
MARKUP = re.compile(r"[<&*_\[\\]|^\s{0,3}#", re.M)
#: A link in our own markup.
OURS = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|tel:)[^\s()]+)\)")
#: Where an earlier answer stood while the words around it are read; no text needs this character.
HOLE = "\u2063"
HOLES = re.compile(f"{HOLE}([0-9]+){HOLE}")
PIPED = re.compile(r"\$\{\s*([^}]+?)\s*\}")
GAP = "…"
#: What the columns that we write are called.
WRITTEN = {"guidance": "guidance_hint"}
#: What authors write where a column wants words and they have none.
NO_WORDS = frozenset({"-", "--", "–", "—", ".", "_", GAP, "no_label", "no label", "delete_this_line"})


class Words:
    """Turns the cells of one sheet into plain words, and reports what plain words cannot hold."""

    def __init__(
        self, sheet: str, columns: Columns, losses: Losses, answer: Callable[[str], str] = lambda _name: ""
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self.losses = losses
        #: how an earlier answer stands in words, by the name of its question; "" where it cannot
        self.answer = answer

    def of(self, row: Row, meaning: str, *, line: bool = False) -> dict[str, str]:
        """The words of one row by language, as one `line`; none for words that only stand in for some."""
        found = {}
        meant = self._meant(row).get(WRITTEN.get(meaning, meaning), {})
        for language, heading in self.columns.words.get(meaning, {}).items():
            written, words = meant.get(language, ("", ""))
            if written and kept.sum_of(row.get(heading)) == written:
                found[language] = words
                continue
            text = self._plain(row.get(heading), row, heading, meaning)
            if text and text.lower() not in NO_WORDS:
                found[language] = one_line(text) if line else text
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
        said: list[str] = []

        def out(found: re.Match[str]) -> str:
            said.append(found[1].strip())
            return f"{HOLE}{len(said) - 1}{HOLE}"

        made, left = marked(PIPED.sub(out, text.replace(HOLE, "")))
        for what in left:
            done = f"In these words {what} was left out; the words are kept."
            self.losses.add(NOTE, sheet=self.sheet, row=row.number, column=heading, said=text, done=done, together=what)
        if not said:
            return made
        gapped = HOLES.sub(lambda found: self.answer(said[int(found[1])]) or GAP, made)
        if all(self.answer(one) for one in said):
            return gapped
        whole = any(one.isalnum() for one in gapped)
        done = (
            "An earlier answer cannot be put into these words; “…” stands in its place."
            if whole
            else "These words are nothing but earlier answers or values, which cannot be put in; they are left out."
        )
        place = f"{self.sheet} {row.number} {meaning}"
        self.losses.add(CHANGED, sheet=self.sheet, row=row.number, column=heading, said=text, done=done, together=place)
        return gapped if whole else ""


def marked(text: str) -> tuple[str, list[str]]:
    """Words in Markdown or HTML as our markup, as lines without needless spaces, and what was left out of them."""
    if not MARKUP.search(text):
        return literal(_tidy(text)), []
    hidden = ESCAPED.sub(lambda found: f"&#{ord(found[1])};", text)
    tagged = EMPHASIS.sub(_emphasised, LINKS.sub(_link, HEADS.sub(r"<strong>\1</strong>", hidden)))
    if tagged != hidden or TAGS.search(hidden):
        tagged = tagged.replace("\n", "<br>")
    made, left = from_html(tagged)
    return _tidy(made), left


def plain(text: str) -> str:
    """The words alone, for titles and names."""
    return markup_plain(marked(text)[0])


def one_line(text: str) -> str:
    """Words of a choice or a row of a grid: one line, with the address of a link behind its words."""
    return " ".join(OURS.sub(r"\1 (\2)", text).split())


def _emphasised(found: re.Match[str]) -> str:
    return f"<strong>{found[2]}</strong>" if found[2] else f"<em>{found[3] or found[4]}</em>"


def _link(found: re.Match[str]) -> str:
    return f'<a href="{html.escape(found[2])}">{found[1]}</a>'


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
