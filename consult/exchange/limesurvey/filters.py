"""Which rows and answers are shown: by equations of their own, and by what was chosen before (array filters)."""

from __future__ import annotations

import re
from typing import Any

from consult.exchange.conditions import Unsupported, both, joined, opposite
from consult.exchange.limesurvey import checks
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.reading import Place, Reading
from consult.exchange.limesurvey.source import Asked, Part
from consult.exchange.losses import CHANGED, LOST

Shows = dict[str, dict[str, Any] | bool | None]


def shows(reading: Reading, asked: Asked, parts: list[Part], *, other: bool = False) -> Shows:
    """When each part is shown, by its code: a condition, None for always, False for never."""
    made: Shows = {}
    for part in parts:
        place = Place(f"question {asked.code}, {part.code}", part.line, "relevance")
        made[part.code] = checks.relevance(
            reading, part.relevance, place, "This part", together=f"{asked.code} {part.relevance}"
        ).when
    codes = [*made, "other"] if other else list(made)
    for name in ("array_filter", "array_filter_exclude"):
        for code in _named(asked.get(name)):
            _filter(reading, asked, name, code, codes, made)
    if made and all(show is False for show in made.values()):
        place = reading.place(asked, "relevance")
        reading.lose(LOST, place, "No part of this question is ever shown, so it is left out.", said=asked.code)
    return made


def _named(said: str) -> list[str]:
    return [code.strip() for code in re.split(r"[;,]", said) if code.strip()]


def _filter(reading: Reading, asked: Asked, name: str, code: str, codes: list[str], made: Shows) -> None:
    attribute = asked.attributes[name]
    place = reading.place(asked, name).at(name, attribute.line)
    try:
        reading.layout.place_of(code)
    except Unsupported as reason:
        done = f"All of it is shown to everyone: the filter needs {reason}."
        reading.lose(CHANGED, place, done, said=attribute.value)
        return
    for one in codes:
        chosen = _chosen(reading.layout.known[code], one)
        if chosen is None:
            continue
        condition = chosen if name == "array_filter" else opposite(chosen)
        before = made.get(one)
        if before is not False and isinstance(condition, dict):
            made[one] = both(before if isinstance(before, dict) else None, condition)


def _chosen(known: dict[str, Known], code: str) -> dict[str, Any] | None:
    """That the part of this code was ticked or answered in the question before; None where it has no such part."""
    ranked = [one for suffix, one in known.items() if suffix.isdigit() and one.kind == "rank"]
    if ranked:
        return next((_ranked(one, code) for one in ranked if code in one.codes), None)
    own = known.get("")
    if own is not None and own.kind == "one":
        return {**own.left, "is": "any_of", "of": [own.codes[code]]} if code in own.codes else None
    given = [
        one.given for suffix, one in known.items()
        if (suffix == code or suffix.startswith(f"{code}_")) and not suffix.endswith("comment")
    ]  # fmt: skip
    if not given:
        return None
    made = joined("any", [*given])
    return made if isinstance(made, dict) else None


def _ranked(known: Known, code: str) -> dict[str, Any]:
    return {"when": known.key, "row": known.codes[code], "is": "answered"}
