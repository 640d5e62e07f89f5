"""Questions of a page are brought under one heading, and freed of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from consult.domain.editing.places import PAGE, QUESTION, SECTION, Definition, copied, find, fresh_key, things
from consult.domain.errors import Rejected


def add_section(
    definition: Mapping[str, Any], *, page: str, title: str, questions: Collection[str]
) -> tuple[Definition, str]:
    """A heading over some questions of a page, where the first of them stands; gives its key too."""
    made = copied(definition)
    there = find(made, PAGE, page).data
    chosen = _chosen(made, page, questions)
    key = fresh_key(made, SECTION, title or "section")
    section: dict[str, Any] = {"section": key, "questions": []}
    if title.strip():
        section["title"] = {made["language"]: title.strip()}
    first = next(at for at, one in enumerate(there["questions"]) if _holds(one, chosen[0]))
    there["questions"].insert(first, section)
    return _filled(made, page, section, chosen), key


def choose_for_section(definition: Mapping[str, Any], key: str, *, questions: Collection[str]) -> Definition:
    """A section with these questions of its page and no others; those that leave it stand behind it."""
    made = copied(definition)
    thing = find(made, SECTION, key)
    page = str(thing.page["key"])
    chosen = _chosen(made, page, questions)
    leaving = [one for one in thing.data["questions"] if one["key"] not in chosen]
    thing.among[thing.at + 1 : thing.at + 1] = leaving
    thing.data["questions"] = [one for one in thing.data["questions"] if one["key"] in chosen]
    return _filled(made, page, thing.data, chosen)


def dissolve(definition: Mapping[str, Any], key: str) -> Definition:
    """Without the heading, its introduction and its condition; its questions stay where they are."""
    made = copied(definition)
    thing = find(made, SECTION, key)
    thing.among[thing.at : thing.at + 1] = thing.data["questions"]
    return made


def questions_of(definition: Mapping[str, Any], page: str) -> list[tuple[dict[str, Any], str]]:
    """The questions of a page in order, each with the key of the section that it stands in."""
    return [
        (thing.data, str(thing.section["section"]) if thing.section else "")
        for thing in things(definition)
        if thing.kind == QUESTION and thing.page["key"] == page
    ]


def _chosen(made: Definition, page: str, questions: Collection[str]) -> list[str]:
    chosen = [str(one["key"]) for one, _section in questions_of(made, page) if one["key"] in questions]
    if not chosen:
        raise Rejected("questions", "Choose at least one question")
    return chosen


def _filled(made: Definition, page: str, section: dict[str, Any], chosen: list[str]) -> Definition:
    """Move into a section what is chosen and stands elsewhere on its page; sections left empty go."""
    there = find(made, PAGE, page).data
    inside = {str(one["key"]) for one in section["questions"]}
    for key in chosen:
        if key not in inside:
            thing = find(made, QUESTION, key)
            section["questions"].append(thing.among.pop(thing.at))
    there["questions"] = [one for one in there["questions"] if "section" not in one or one.get("questions")]
    return made


def _holds(one: Mapping[str, Any], key: str) -> bool:
    return one.get("key") == key or any(inner["key"] == key for inner in one.get("questions", []))
