"""What is declared before approval and frozen with the revision: which questions are crossed, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: How many closed questions may be crossed with answers about equality (DESIGN 5).
MOST = 6


@dataclass(frozen=True)
class Named:
    """One question to be crossed, the purpose by language, and whether also by age and sex together, for weighting."""

    question: str
    purpose: Mapping[str, str]
    weighted: bool = False


@dataclass(frozen=True)
class Declared:
    """The questions to be crossed and the equality questions that are asked; `equality` None for the usual ones."""

    named: tuple[Named, ...]
    equality: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, to be kept with a revision."""
        return {
            "named": [
                {"question": one.question, "purpose": dict(one.purpose), "weighted": one.weighted} for one in self.named
            ],
            "equality": None if self.equality is None else list(self.equality),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Declared:
        """The inverse; nothing declared for None."""
        data = data or {}
        equality = data.get("equality")
        return cls(
            tuple(
                Named(one["question"], one.get("purpose", {}), bool(one.get("weighted")))
                for one in data.get("named", ())
            ),
            None if equality is None else tuple(equality),
        )
