"""A question or a whole page that is written already is put into a questionnaire."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult.domain.editing.places import (
    PAGE,
    QUESTION,
    SECTION,
    Definition,
    copied,
    find,
    fresh_key,
    key_of,
    names_in,
    questions_before,
    things,
)


@dataclass(frozen=True)
class Brought:
    """The definition with what was put in, its key, and in words what could not come with it."""

    definition: Definition
    key: str
    dropped: tuple[str, ...] = ()


def put_question(definition: Mapping[str, Any], question: Mapping[str, Any], *, page: str) -> Brought:
    """A question at the end of a page; a condition that looks at what is not asked before is dropped."""
    made = copied(definition)
    there = find(made, PAGE, page).data
    before = {str(one["key"]) for one in questions_before(made, page)}
    new = copy.deepcopy(dict(question))
    new["key"] = fresh_key(made, QUESTION, str(new["key"]))
    dropped = _freed(new, before)
    there.setdefault("questions", []).append(new)
    return Brought(made, str(new["key"]), tuple(dropped))


def put_page(definition: Mapping[str, Any], page: Mapping[str, Any]) -> Brought:
    """A page at the end, with new keys where they are taken; conditions that name nothing asked before are dropped."""
    made = copied(definition)
    before = {key_of(thing) for thing in things(made) if thing.kind == QUESTION}
    new = copy.deepcopy(dict(page))
    inside = Definition(pages=[new])
    made.setdefault("pages", []).append(new)
    taken = copied(definition)
    taken.setdefault("pages", [])
    new["key"] = fresh_key(taken, PAGE, str(new["key"]))
    dropped = _freed(new, before)
    for thing in [*things(inside)]:
        if thing.kind == PAGE:
            continue
        name = "section" if thing.kind == SECTION else "key"
        old, thing.data[name] = str(thing.data[name]), ""
        thing.data[name] = fresh_key(made, thing.kind, old)
        if thing.kind == QUESTION:
            dropped += _freed(thing.data, before)
    return Brought(made, str(new["key"]), tuple(dropped))


def _freed(thing: dict[str, Any], before: set[str]) -> list[str]:
    """Take out every condition of a thing, its answers and its rows that looks at something not asked before."""
    dropped = []
    for one in (thing, *thing.get("options", ()), *thing.get("rows", ())):
        for name in ("show", "constraint"):
            if name in one and set(names_in(one[name])) - before - {"."}:
                del one[name]
                dropped.append(f"a condition of “{one.get('key') or one.get('section')}”")
    return dropped
