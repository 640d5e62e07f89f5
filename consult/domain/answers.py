"""The atoms of an answer, as drafts, responses, tallies and exports share them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Value:
    """One atom of an answer.

    `part` is the row of a grid or "" ; `choice` an option's key; `number` a finite number; `text` written words, or a
    date as YYYY-MM-DD or a time as HH:MM.
    """

    part: str = ""
    choice: str | None = None
    number: int | float | None = None
    text: str | None = None


Values = tuple[Value, ...]
Answers = Mapping[str, Values]


def tidy(text: str) -> str:
    """Words that every database takes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def pack(answers: Answers) -> dict[str, list[list[Any]]]:
    """Answers as plain JSON: `{"q1": [["", "yes"]]}`, trailing nulls left out."""
    packed: dict[str, list[list[Any]]] = {}
    for key, values in answers.items():
        rows = []
        for value in values:
            row: list[Any] = [value.part, value.choice, value.number, value.text]
            while len(row) > 1 and row[-1] is None:
                row.pop()
            rows.append(row)
        if rows:
            packed[key] = rows
    return packed


def unpack(packed: Mapping[str, Any]) -> dict[str, Values]:
    """The inverse of `pack`; raises ValueError for anything else."""
    unpacked = {key: _values(rows) for key, rows in packed.items()}
    return {key: values for key, values in unpacked.items() if values}


class Packed(Mapping[str, Values]):
    """Packed answers of which each is unpacked when it is asked for: a page needs few of a thousand."""

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self._packed = {key: rows for key, rows in packed.items() if rows}

    def __getitem__(self, question: str) -> Values:
        return _values(self._packed[question])

    def __contains__(self, question: object) -> bool:
        return question in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _values(rows: Any) -> Values:
    values = []
    for row in rows:
        part, choice, number, text = (*row, None, None, None)[:4]
        if not isinstance(part, str) or not (choice is None or isinstance(choice, str)):
            raise ValueError("not a packed answer")
        if number is not None and (isinstance(number, bool) or not isinstance(number, int | float)):
            raise ValueError("not a packed answer")
        if isinstance(number, float) and not math.isfinite(number):
            raise ValueError("not a packed answer")
        values.append(Value(part, choice, number, text))
    return tuple(values)
