"""Ready questions as definitions, in every language of the interface; each says what it is for and whose its words are.

A question keeps its key from version to version; what was asked in an earlier version is not comparable unless its
source says so.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from consult.domain.bank.access import CONTACT, WAIT, WAYS
from consult.domain.bank.entries import Entry
from consult.domain.bank.friends_and_family import BETTER, FRIENDS_AND_FAMILY, WHY
from consult.domain.bank.recommend import RECOMMEND

__all__ = ["ENTRIES", "Entry", "keys", "question"]

ENTRIES = {entry.key: entry for entry in (FRIENDS_AND_FAMILY, WHY, BETTER, RECOMMEND, CONTACT, WAYS, WAIT)}


def keys() -> tuple[str, ...]:
    """What there is, in order."""
    return tuple(ENTRIES)


def question(key: str) -> dict[str, Any]:
    """A question of the bank as a definition (docs/questionnaire.md), to be changed at will; KeyError for none.

    Its note says which version it is, so that files and those who compare results later know it too, and whose words
    nobody has checked yet.
    """
    entry = ENTRIES[key]
    unchecked = f" Words not checked yet: {', '.join(entry.unchecked)}." if entry.unchecked else ""
    note = f"From the question bank: {entry.key}, version {entry.version}. {entry.source}{unchecked}"
    return {"key": entry.key, **deepcopy(entry.definition), "note": {"en": note}}
