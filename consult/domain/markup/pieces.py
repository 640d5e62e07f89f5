"""Pieces of text, each in its style, as a paragraph of our markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from consult.domain.markup.reading import MARKS, escape_marks


@dataclass(frozen=True)
class Style:
    """How a piece of text looked."""

    strong: bool = False
    emphasis: bool = False
    address: str = ""


def parted(pieces: list[tuple[str, Style]]) -> list[list[tuple[str, Style]]]:
    """Paragraphs: what is parted by two line ends or more."""
    parted: list[list[tuple[str, Style]]] = [[]]
    ends = 0
    for words, style in pieces:
        for part in re.split("(\n)", words):
            if part == "\n":
                ends += 1
            elif part.strip(" \t"):
                ends = 0
            if ends > 1:
                parted.append([])
            elif part:
                parted[-1].append((part, style))
    return parted


def tidied(pieces: Iterable[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Pieces of one style joined, spaces once and outside of marks, none at the ends of lines."""
    letters = [(one, style) for words, style in pieces for one in words]
    kept: list[tuple[str, Style]] = []
    for one, style in letters:
        blank = one in " \t"
        if blank and (not kept or kept[-1][0] in " \n"):
            continue
        if one == "\n" and kept and kept[-1][0] == " ":
            kept.pop()
        kept.append((" " if blank else one, style))
    while kept and kept[-1][0].isspace():
        kept.pop()
    while kept and kept[0][0].isspace():
        kept.pop(0)
    return _bare_edges(_joined(kept))


def _joined(pieces: list[tuple[str, Style]]) -> list[tuple[str, Style]]:
    return [
        ("".join(words for words, _ in group), style) for style, group in groupby(pieces, key=lambda piece: piece[1])
    ]


def _bare_edges(pieces: list[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Spaces at the edge of a style belong to what both sides share."""
    moved: list[tuple[str, Style]] = []
    for at, (words, style) in enumerate(pieces):
        before = pieces[at - 1][1] if at else Style()
        after = pieces[at + 1][1] if at + 1 < len(pieces) else Style()
        core = words.strip()
        if not core:
            moved.append((words, _shared(_shared(before, style), after)))
            continue
        start, end = words[: words.index(core)], words[words.index(core) + len(core) :]
        moved += [(start, _shared(before, style))] if start else []
        moved.append((core, style))
        moved += [(end, _shared(style, after))] if end else []
    return _joined(moved)


def _shared(one: Style, other: Style) -> Style:
    return Style(
        one.strong and other.strong,
        one.emphasis and other.emphasis,
        one.address if one.address == other.address else "",
    )


def written(pieces: list[tuple[str, Style]], left_out: list[str]) -> str:
    """One paragraph with its marks: links around strong around emphasis."""
    strong, emphasis, opens, closes, bracket, bracket_closes = MARKS
    said, now, addresses = "", Style(), []
    for words, style in [*_without_torn_emphasis(pieces, left_out), ("", Style())]:
        elsewhere = style.address != now.address
        if now.emphasis and style != now:
            said += emphasis
        if now.strong and (elsewhere or not style.strong):
            said += strong
        if now.address and elsewhere:
            said += closes
            addresses.append(now.address)
        if style.address and elsewhere:
            said += opens
        if style.strong and (elsewhere or not now.strong):
            said += strong
        if style.emphasis and style != now:
            said += emphasis
        said += words.replace("[", bracket).replace("]", bracket_closes) if style.address else words
        now = style
    return escape_marks(said, addresses)


def _without_torn_emphasis(pieces: list[tuple[str, Style]], left_out: list[str]) -> list[tuple[str, Style]]:
    """Underscores mark no part of a word: such emphasis is left out."""
    kept = []
    for at, (words, style) in enumerate(pieces):
        if style.emphasis:
            before, after = pieces[at - 1] if at else None, pieces[at + 1] if at + 1 < len(pieces) else None
            torn = (before and replace(before[1], emphasis=True) == style and before[0][-1].isalnum()) or (
                after and replace(after[1], emphasis=True) == style and after[0][0].isalnum()
            )
            if torn:
                left_out.append("emphasis within a word")
                style = replace(style, emphasis=False)
        kept.append((words, style))
    return kept
