"""Pages and questions change their places, are written once more, or go."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from consult.domain.editing.places import (
    PAGE,
    QUESTION,
    SECTION,
    Definition,
    Thing,
    copied,
    find,
    fresh_key,
    named_by,
    problems,
)
from consult.domain.errors import Rejected
from consult.domain.questionnaire.reading import Problem


def move(definition: Mapping[str, Any], kind: str, key: str, *, by: int) -> Definition:
    """One place up (-1) or down (1) among its neighbours; raises Rejected where a condition would look forward."""
    made = copied(definition)
    thing = find(made, kind, key)
    at = min(max(0, thing.at + by), len(thing.among) - 1)
    thing.among.insert(at, thing.among.pop(thing.at))
    return _still_good(definition, made)


def move_to_page(definition: Mapping[str, Any], key: str, *, page: str) -> Definition:
    """A question to the end of another page; raises Rejected where a condition would look forward."""
    made = copied(definition)
    thing = find(made, QUESTION, key)
    target = find(made, PAGE, page)
    target.data.setdefault("questions", []).append(thing.among.pop(thing.at))
    _without_empty_sections(made)
    return _still_good(definition, made)


def duplicate(definition: Mapping[str, Any], kind: str, key: str) -> tuple[Definition, str]:
    """A page or question once more right behind it, under new keys; gives the key of the copy."""
    made = copied(definition)
    thing = find(made, kind, key)
    twin = copy.deepcopy(thing.data)
    thing.among.insert(thing.at + 1, twin)
    if kind == QUESTION:
        twin["key"] = fresh_key(definition, QUESTION, str(twin["key"]))
        return made, str(twin["key"])
    twin["key"] = fresh_key(definition, PAGE, str(twin["key"]))
    # The copy has no keys while new ones are looked for, so that each is free among all.
    inside = [*_each(twin.get("questions", []))]
    sections = [one for one in twin.get("questions", []) if "section" in one]
    old = [str(one["key"]) for one in inside], [str(one["section"]) for one in sections]
    for one in inside:
        one["key"] = ""
    for one in sections:
        one["section"] = ""
    for one, key in zip(inside, old[0], strict=True):
        one["key"] = fresh_key(made, QUESTION, key)
    for one, key in zip(sections, old[1], strict=True):
        one["section"] = fresh_key(made, SECTION, key)
    return made, str(twin["key"])


def remove(definition: Mapping[str, Any], kind: str, key: str) -> Definition:
    """Without a page, section or question and all in it; raises Rejected where something else names any of it."""
    made = copied(definition)
    thing = find(made, kind, key)
    gone = [str(one["key"]) for one in _inside(thing)]
    thing.among.pop(thing.at)
    names = named_by(made, gone)
    if names:
        raise Rejected("", f"First change what looks at it: {', '.join(names[:5])}.")
    _without_empty_sections(made)
    return made


def _inside(thing: Thing) -> Iterator[dict[str, Any]]:
    return iter([thing.data]) if thing.kind == QUESTION else _each(thing.data.get("questions", []))


def _each(asked: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in asked:
        if "section" in one:
            yield from one.get("questions", [])
        else:
            yield one


def _without_empty_sections(definition: Definition) -> None:
    for page in definition["pages"]:
        page["questions"] = [one for one in page["questions"] if "section" not in one or one.get("questions")]


def _still_good(before: Mapping[str, Any], after: Definition) -> Definition:
    """The definition after a move that makes no condition look forward; raises Rejected with the first that would."""
    known = {_said(one) for one in problems(before)}
    for one in problems(after):
        if _said(one) not in known and "earlier page" in one.sentence:
            raise Rejected("", f"It cannot stand there: in {one.where} {one.sentence}.")
    return after


def _said(one: Problem) -> tuple[str, str]:
    return one.where, one.sentence
