"""Words that may mean that somebody is in danger: the help panel comes back for them, and nothing else happens.

The kinds are DOMAIN G5's. The lists are our own, one file for each language, in one notation:

- words of a phrase follow each other; `/` between forms of one word, `*` for any ending, `...` for up to three words;
- letters count without accents, and Arabic and Urdu without vowel signs and with each letter in one shape;
- no phrase goes across the end of a sentence.

Whoever writes may mix languages, so all lists are looked through. Rather one panel too many than one too few: a
“suicide prevention leaflet” shows it too. Only what clearly means something else (“killing time”) is left out. Nothing
found is kept anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consult.domain.risk_words import arabic, english, polish, romanian, urdu, welsh
from consult.domain.risk_words.kinds import Kind
from consult.domain.risk_words.matching import Phrases, compiled

__all__ = ["LANGUAGES", "Found", "Kind", "find"]

LANGUAGES = {"en": english, "pl": polish, "ar": arabic, "ro": romanian, "cy": welsh, "ur": urdu}
#: Longer texts are looked through only so far.
LONGEST = 20_000


@dataclass(frozen=True)
class Found:
    """One piece: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


def find(text: str) -> list[Found]:
    """Every piece that may mean danger, in order, without overlaps; the longest where several begin together."""
    phrases, otherwise = _compiled()
    text = text[:LONGEST]
    matches = phrases.find(text)
    if not matches:
        return []
    meant_otherwise = otherwise.find(text)
    kept: list[Found] = []
    for start, end, kind in sorted(matches, key=lambda one: (one[0], -one[1])):
        elsewhere = any(start < last and first < end for first, last, _kind in meant_otherwise)
        if not elsewhere and (not kept or start >= kept[-1].end):
            kept.append(Found(Kind(kind), start, end))
    return kept


@cache
def _compiled() -> tuple[Phrases, Phrases]:
    """What is looked for, and what means something else."""
    sought, otherwise = Phrases(), Phrases()
    for module in LANGUAGES.values():
        for kind, lines in module.WORDS.items():
            for phrase in compiled(lines, mutated=module.mutated if module is welsh else None):
                sought.add(phrase, kind)
        for phrase in compiled(module.OTHERWISE):
            otherwise.add(phrase, "")
    return sought, otherwise
