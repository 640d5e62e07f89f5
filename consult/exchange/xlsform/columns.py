"""What the columns of an XLSForm mean, however they are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
MEDIA = ("image", "audio", "video", "bigimage", "media")
#: Columns that are used where they stand, or told about row by row.
TOLD = frozenset(
    {
        "type", "name", "list", "disabled", *WORDED, "required", "relevant", "constraint", "choice_filter",
        "appearance", "parameters", "calculation", "repeat_count", "read_only",
    }
)  # fmt: skip
#: Columns that are ours.
OURS = ("consult::kept", "consult_kept")
NOT_KEPT = {
    "default": "Answers filled in beforehand are not kept: everybody starts with empty fields.",
    "trigger": "Questions are not worked out again when others change.",
}


@dataclass(frozen=True)
class Columns:
    """For one sheet: headings by meaning, headings of words by meaning and language, and the rest."""

    plain: dict[str, str]
    words: dict[str, dict[str, str]]
    others: tuple[str, ...]
    languages: tuple[str, ...] = field(default=())
    #: headings with words for a meaning and language that has a heading already, and which
    doubles: dict[str, str] = field(default_factory=dict)

    def get(self, row: Row, meaning: str) -> str:
        """The text of a column by its meaning."""
        heading = self.plain.get(meaning)
        return row.get(heading) if heading else ""

    def heading(self, meaning: str, language: str = "") -> str:
        """How the sheet itself calls a column; its meaning where it has none."""
        worded = self.words.get(meaning, {})
        return self.plain.get(meaning) or worded.get(language) or next(iter(worded.values()), meaning)


def read_columns(sheet: Sheet, *, default: str, losses: Losses, codes: Mapping[str, str] | None = None) -> Columns:
    """Understand a line of headings; languages that cannot be told are kept under a private code and reported.

    `codes` are those of languages that a form written here calls by names of their own.
    """
    named = codes or {}
    plain: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    others: list[str] = []
    languages: list[str] = []
    doubles: dict[str, str] = {}
    for heading in sheet.headings:
        base, language = split(heading)
        meaning = ALIASES.get(base)
        if meaning in WORDED:
            code, known = (
                (named[language], True) if language in named else code_of(language) if language else (default, True)
            )
            if not known:
                _unknown_language(sheet, heading, language, code, losses)
            if code in words.setdefault(meaning, {}):
                others.append(heading)
                doubles[heading] = words[meaning][code]
                continue
            words[meaning][code] = heading
            if code not in languages:
                languages.append(code)
        elif meaning and not language and meaning not in plain:
            plain[meaning] = heading
        else:
            others.append(heading)
    return Columns(plain, words, tuple(others), tuple(languages), doubles)


def _unknown_language(sheet: Sheet, heading: str, language: str, code: str, losses: Losses) -> None:
    losses.add(
        NOTE,
        sheet=sheet.name,
        row=sheet.head,
        column=heading,
        said=language,
        done=f"The language was not recognised; its words are kept under the code {code}.",
        together=language,
    )


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


def rows_of(count: int) -> str:
    """How many rows, in words."""
    return "1 row" if count == 1 else f"{count} rows"


def report_others(sheet: Sheet, columns: Columns, losses: Losses, *, used: Iterable[str] = ()) -> None:
    """Say of every column with something in it that is not kept, and of cells outside any column, once."""
    kept = set(used)
    for heading in columns.others:
        if heading in kept or heading.startswith(OURS):
            continue
        if heading in columns.doubles:
            _report_double(sheet, heading, columns.doubles[heading], losses)
            continue
        base = _tidy(re.split("::?", heading.removeprefix("media").lstrip(":") or heading)[0])
        media = base in MEDIA or heading.lower().startswith("media")
        done = "Pictures, sounds and films are not kept." if media else "This column is not kept."
        _report_column(sheet, heading, CHANGED if media else NOTE, done, losses)
    for meaning, heading in columns.plain.items():
        if meaning not in TOLD:
            _report_column(sheet, heading, NOTE, NOT_KEPT.get(meaning, "This column is not kept."), losses)
    for number, column, text in sheet.astray:
        done = "This stands under no heading of its own and is not kept."
        losses.add(NOTE, sheet=sheet.name, row=number, column=column, said=text, done=done, together=sheet.name)


def _report_double(sheet: Sheet, heading: str, kept: str, losses: Losses) -> None:
    """Only where the words differ from those of the column that is kept is anything lost."""
    other = [row for row in sheet.rows if row.get(heading) and row.get(heading) != row.get(kept)]
    if other:
        done = f"The column “{kept}” has words in the same language and is kept; this one is not."
        done = f"{done} It says something else in {rows_of(len(other))}."
        losses.add(
            CHANGED, sheet=sheet.name, row=other[0].number, column=heading, said=other[0].get(heading), done=done
        )


def _report_column(sheet: Sheet, heading: str, severity: str, done: str, losses: Losses) -> None:
    filled = [row for row in sheet.rows if row.get(heading)]
    if filled:
        told = f"{done} It has something in {rows_of(len(filled))}."
        losses.add(
            severity, sheet=sheet.name, row=filled[0].number, column=heading, said=filled[0].get(heading), done=told
        )
