"""What each text is in each language: missing, stale, a draft, or signed off by a second person."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

#: From what needs most work to what needs none.
MISSING, STALE, DRAFT, SIGNED = STATES = ("missing", "stale", "draft", "signed")

#: Refusals, as people at the desk read them.
EMPTY = "There are no words to sign off."
OLD = "Its original has changed since it was translated. Translate it again, or say that it is still right."
BY_YOU = "You wrote this translation yourself, so somebody else has to sign it off."


class Kept(Protocol):
    """What is kept about one text in one language."""

    #: the original that it was made from
    source: str
    #: the mark of the translation that this speaks of
    target_mark: str
    #: whether a second person has signed it off
    signed: bool
    #: the account that wrote it; none when it came from the command line
    written_by: int | None


def plainly(text: str) -> str:
    """A text as tools leave it alone: some change the ends of lines and spaces."""
    return " ".join(text.split())


def mark(*texts: str) -> str:
    """A short name for these words, in this order: other words have another."""
    return hashlib.sha256("\0".join(plainly(text) for text in texts).encode()).hexdigest()[:32]


def speaks_of(kept: Kept | None, target: str) -> bool:
    """Whether what is kept is about these words, and not about others that stood there before."""
    return kept is not None and kept.target_mark == mark(target)


def state(source: str, target: str, kept: Kept | None) -> str:
    """One of STATES. Words that nobody has kept anything about are a draft: they came with a file."""
    if not target.strip():
        return MISSING
    if kept is None or not speaks_of(kept, target):
        return DRAFT
    if plainly(kept.source) != plainly(source):
        return STALE
    return SIGNED if kept.signed else DRAFT


def why_not_sign(source: str, target: str, kept: Kept | None, by: int) -> str | None:
    """Why somebody may not sign off a translation, in a sentence; None when they may."""
    now = state(source, target, kept)
    if now == MISSING:
        return EMPTY
    if now == STALE:
        return OLD
    if kept is not None and speaks_of(kept, target) and kept.written_by == by:
        return BY_YOU
    return None


@dataclass(frozen=True)
class Progress:
    """How many texts of one language are in each state."""

    missing: int = 0
    stale: int = 0
    draft: int = 0
    signed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.missing + self.stale + self.draft + self.signed

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.signed == self.total

    @property
    def percent(self) -> int:
        """How much is signed off, never 100 before all of it is."""
        return 100 * self.signed // self.total if self.total else 100


def progress(states: Iterable[str]) -> Progress:
    """Count them."""
    return Progress(**Counter(states))


def sentence(language: str, counted: Progress) -> str:
    """What keeps a language from being offered, such as “Polish: 3 texts are missing.”; empty when nothing does."""
    found = [
        (number, words)
        for number, words in (
            (counted.missing, "missing"),
            (counted.stale, "out of date because the original has changed"),
            (counted.draft, "not signed off by a second person"),
        )
        if number
    ]
    if not found:
        return ""
    parts = [f"{number} {'is' if number == 1 else 'are'} {words}" for number, words in found]
    number = found[0][0]
    parts[0] = parts[0].replace(f"{number} ", f"{number} {'text' if number == 1 else 'texts'} ", 1)
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{language}: {listed}. See the translation desk."


def restrained(held: Iterable[Collection[str] | None]) -> frozenset[str] | None:
    """The languages of several roles taken together; None means every language."""
    languages: set[str] = set()
    for one in held:
        if one is None:
            return None
        languages |= set(one)
    return frozenset(languages)
