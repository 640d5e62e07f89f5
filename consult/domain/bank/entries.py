"""What the bank knows of a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One question: `purpose` and `source` are plain English, for those who choose what is asked.

    Only the words in the languages of `checked` are those of its source; the others are ours, and nobody has checked
    them.
    """

    key: str
    version: str
    purpose: str
    source: str
    definition: Mapping[str, Any]
    checked: tuple[str, ...] = ("en",)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The languages whose words somebody still has to check."""
        return tuple(language for language in self.definition["text"] if language not in self.checked)


def words(en: str, *, pl: str, ar: str, ro: str, cy: str, ur: str) -> dict[str, str]:
    """The same in every language of the interface."""
    return {"en": en, "pl": pl, "ar": ar, "ro": ro, "cy": cy, "ur": ur}
