"""Where things are in a definition, what names them, and what is still wrong with it."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.domain.errors import Missing
from consult.domain.questionnaire import BadDefinition, read
from consult.domain.questionnaire.reading import RESERVED_PAGES, Problem

Definition = dict[str, Any]
PAGE, SECTION, QUESTION = "page", "section", "question"
#: How conditions name a question in JSON, and how words repeat an answer.
PIPE = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_]*)")
LONGEST_KEY = 40
#: What only a whole questionnaire has, and one that is being written need not have yet.
NOT_YET = "a questionnaire needs a page"


@dataclass(frozen=True)
class Thing:
    """A page, section or question: itself, the list it stands in, its place there, and the page it is on."""

    kind: str
    data: dict[str, Any]
    among: list[dict[str, Any]]
    at: int
    page: dict[str, Any]
    section: dict[str, Any] | None = None


def copied(definition: Mapping[str, Any]) -> Definition:
    """The definition to change: the one given stays as it is."""
    return copy.deepcopy(dict(definition))


def things(definition: Mapping[str, Any]) -> Iterator[Thing]:
    """Every page, section and question in order."""
    pages = definition.get("pages") or []
    for number, page in enumerate(pages):
        yield Thing(PAGE, page, pages, number, page)
        asked = page.setdefault("questions", [])
        for place, one in enumerate(asked):
            if "section" not in one:
                yield Thing(QUESTION, one, asked, place, page)
                continue
            yield Thing(SECTION, one, asked, place, page)
            inner = one.setdefault("questions", [])
            for at, question in enumerate(inner):
                yield Thing(QUESTION, question, inner, at, page, one)


def key_of(thing: Thing) -> str:
    """The key of a thing."""
    return str(thing.data["section" if thing.kind == SECTION else "key"])


def find(definition: Mapping[str, Any], kind: str, key: str) -> Thing:
    """A page, section or question by its key; raises Missing."""
    for thing in things(definition):
        if thing.kind == kind and key_of(thing) == key:
            return thing
    raise Missing(f"This {kind} is not there any more.")


def questions_before(definition: Mapping[str, Any], page: str) -> list[dict[str, Any]]:
    """The questions of earlier pages: all that a condition on this page may look at."""
    found = []
    for thing in things(definition):
        if thing.kind == PAGE and key_of(thing) == page:
            break
        if thing.kind == QUESTION:
            found.append(thing.data)
    return found


def named_by(definition: Mapping[str, Any], questions: Iterable[str]) -> list[str]:
    """What names one of these questions from outside them, in a condition or in words: “question wait” and so on."""
    wanted = set(questions)
    found = []
    for thing in things(definition):
        if thing.kind == QUESTION and key_of(thing) in wanted:
            continue
        own = {name: value for name, value in thing.data.items() if name != "questions"}
        if wanted & set(names_in(own)):
            found.append(f"{thing.kind} “{label(thing, definition)}”")
    return found


def label(thing: Thing, definition: Mapping[str, Any]) -> str:
    """What a thing is called in a sentence: its words, or its key."""
    words = thing.data.get("text" if thing.kind == QUESTION else "title") or {}
    text = words if isinstance(words, str) else words.get(definition.get("language", "en"), "")
    first = " ".join(str(text).split())
    return f"{first[:59]}…" if len(first) > 60 else first or key_of(thing)


def names_in(value: Any) -> Iterator[str]:
    """The keys of questions that conditions and words in it name."""
    if isinstance(value, Mapping):
        if isinstance(value.get("when"), str):
            yield value["when"]
        if isinstance(value.get("of"), Mapping) and isinstance(value["of"].get("question"), str):
            yield value["of"]["question"]
        for one in value.values():
            yield from names_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from names_in(one)
    elif isinstance(value, str) and "[[" in value:
        yield from PIPE.findall(value)


def problems(definition: Mapping[str, Any]) -> list[Problem]:
    """What keeps it from being asked, as far as the definition itself says; nothing when it is whole."""
    try:
        read(definition)
    except BadDefinition as error:
        return error.problems
    return []


def fresh_key(definition: Mapping[str, Any], kind: str, words: str) -> str:
    """A key made of words that nothing of its kind has: “How did you call?” becomes how_did_you_call."""
    taken = {key_of(thing) for thing in things(definition) if thing.kind == kind}
    if kind == PAGE:
        taken |= RESERVED_PAGES
    return unused(words, taken, kind)


def unused(words: str, taken: Iterable[str], otherwise: str) -> str:
    """A key made of words that is none of those taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_KEY].strip("_")
    if not re.match(r"[a-z]", base):
        base = f"{otherwise}_{base}".rstrip("_")
    taken, key, number = set(taken), base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key
