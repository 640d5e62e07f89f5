"""What the columns of an XLSForm mean, however they are spelt, and the words in them by language."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from consult.exchange.languages import code_of
from consult.exchange.losses import CHANGED, NOTE, Losses
from consult.exchange.workbook import Row, Sheet

#: Spellings of one column, without spaces, underscores and hyphens, in small letters.
ALIASES = {
    "type": "type",
    "name": "name",
    "listname": "list",
    "value": "name",
    "label": "label",
    "caption": "label",
    "hint": "hint",
    "guidancehint": "guidance",
    "required": "required",
    "bind:required": "required",
    "requiredmessage": "required_message",
    "requiredmsg": "required_message",
    "bind:jr:requiredmsg": "required_message",
    "relevant": "relevant",
    "relevance": "relevant",
    "bind:relevant": "relevant",
    "constraint": "constraint",
    "bind:constraint": "constraint",
    "constraintmessage": "constraint_message",
    "constraintmsg": "constraint_message",
    "bind:jr:constraintmsg": "constraint_message",
    "choicefilter": "choice_filter",
    "appearance": "appearance",
    "control:appearance": "appearance",
    "parameters": "parameters",
    "calculation": "calculation",
    "calculate": "calculation",
    "bind:calculate": "calculation",
    "repeatcount": "repeat_count",
    "jr:count": "repeat_count",
    "default": "default",
    "readonly": "read_only",
    "bind:readonly": "read_only",
    "trigger": "trigger",
    "disabled": "disabled",
}
WORDED = ("label", "hint", "guidance", "required_message", "constraint_message")
MEDIA = ("image", "audio", "video", "bigimage")
#: Columns that hold what a condition or a choice filter needs no words for.
QUIET = {"type", "name", "list", "disabled", *WORDED, "required", "relevant", "constraint", "choice_filter", "appearance", "parameters", "calculation", "repeat_count"}
TAGS = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S)
BREAKS = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.I)
EMPHASIS = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)|(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])", re.S)
HEADS = re.compile(r"^\s{0,3}#{1,6}\s+", re.M)
LINKS = re.compile(r"\[([^\]\n]+)\]\((?:https?:)?[^)\s]+\)")
PIPED = re.compile(r"\$\{\s*([^}]+?)\s*\}")


@dataclass(frozen=True)
class Columns:
    """For one sheet: headings by meaning, headings of words by meaning and language, and the rest."""

    plain: dict[str, str]
    words: dict[str, dict[str, str]]
    others: tuple[str, ...]
    languages: tuple[str, ...] = field(default=())

    def get(self, row: Row, meaning: str) -> str:
        """The text of a column by its meaning."""
        heading = self.plain.get(meaning)
        return row.get(heading) if heading else ""


def read_columns(sheet: Sheet, *, default: str, losses: Losses) -> Columns:
    """Understand a line of headings; languages that cannot be told are kept under a private code and reported."""
    plain: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    others: list[str] = []
    languages: list[str] = []
    for heading in sheet.headings:
        base, language = split(heading)
        meaning = ALIASES.get(base)
        if meaning in WORDED:
            code = default
            if language:
                code, known = code_of(language)
                if not known:
                    losses.add(NOTE, sheet=sheet.name, row=1, column=heading, said=language, done=f"The language was not recognised; its words are kept under the code {code}.", together=language)
            words.setdefault(meaning, {}).setdefault(code, heading)
            if code not in languages:
                languages.append(code)
        elif meaning and not language:
            plain.setdefault(meaning, heading)
        else:
            others.append(heading)
    return Columns(plain, words, tuple(others), tuple(languages))


def split(heading: str) -> tuple[str, str]:
    """A heading as its base, tidied, and what follows it as a language: `label::English (en)`, `label:French`."""
    text = heading.strip()
    for separator in ("::", ":"):
        base, found, language = text.partition(separator)
        tidy = _tidy(base)
        if found and ALIASES.get(tidy) in WORDED and language.strip():
            return tidy, language.strip()
    return _tidy(text), ""


def _tidy(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text).lower().replace("::", ":")


class Words:
    """Turns cells into plain words, and reports what plain words cannot hold."""

    def __init__(self, sheet: str, columns: Columns, losses: Losses, called: dict[str, str]) -> None:
        self.sheet = sheet
        self.columns = columns
        self.losses = losses
        #: what each question is called in words, for piping that cannot be kept
        self.called = called

    def of(self, row: Row, meaning: str) -> dict[str, str]:
        """The words of one row by language."""
        found = {}
        for language, heading in self.columns.words.get(meaning, {}).items():
            text = self.plain(row.get(heading), row, heading)
            if text and text != "-" or (text and meaning == "label"):
                found.setdefault(language, text)
        return found

    def plain(self, text: str, row: Row, heading: str) -> str:
        """Without mark-up and without names of other answers."""
        if not text:
            return ""
        cleaned = BREAKS.sub("\n", text)
        without = TAGS.sub("", cleaned)
        marked = EMPHASIS.sub(lambda found: found[2] or found[3] or "", HEADS.sub("", LINKS.sub(r"\1", without)))
        if marked != text:
            self.losses.add(NOTE, sheet=self.sheet, row=row.number, column=heading, said=text, done="Formatting in the words was left out; the words are kept.", together="markup")
        if PIPED.search(marked):
            self.losses.add(CHANGED, sheet=self.sheet, row=row.number, column=heading, said=text, done="An earlier answer cannot be put into these words; “…” stands in its place.")
            marked = PIPED.sub("…", marked)
        marked = html.unescape(marked)
        lines = [" ".join(line.split()) for line in marked.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def report_others(sheet: Sheet, columns: Columns, losses: Losses, *, used: Iterable[str] = ()) -> None:
    """Say of every column with something in it that is not kept, once."""
    kept = set(used)
    for heading in columns.others:
        filled = [row for row in sheet.rows if row.get(heading)]
        if not filled or heading in kept:
            continue
        base = _tidy(heading.split(":")[0] if not heading.lower().startswith("media") else "media")
        what = "Pictures, sounds and films are not kept." if base in (*MEDIA, "media") else "This column is not kept."
        losses.add(NOTE if base not in (*MEDIA, "media") else CHANGED, sheet=sheet.name, row=filled[0].number, column=heading, said=filled[0].get(heading), done=f"{what} It has something in {len(filled)} rows.")
    for meaning, heading in columns.plain.items():
        if meaning in QUIET:
            continue
        filled = [row for row in sheet.rows if row.get(heading)]
        if filled:
            what = {
                "default": "Answers filled in beforehand are not kept: everybody starts with empty fields.",
                "read_only": "Every question can be answered; “read only” is not kept.",
                "trigger": "Questions are not worked out again when others change.",
            }.get(meaning, "This column is not kept.")
            losses.add(NOTE, sheet=sheet.name, row=filled[0].number, column=heading, said=filled[0].get(heading), done=f"{what} It has something in {len(filled)} rows.")
