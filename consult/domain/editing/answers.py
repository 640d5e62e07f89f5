"""The answers of a question and the rows of a grid are changed, keeping their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from consult.domain.editing.places import QUESTION, Definition, copied, find, key_of, things, unused
from consult.domain.errors import Rejected

#: What an answer is besides ordinary, as the field of the definition that says it.
SORTS = ("other", "exclusive", "unknown", "last")
MOST_OPTIONS = 500


def pasted(text: str) -> list[str]:
    """A list as it is pasted: one answer on each line, without bullets, numbers, empty lines and repeats."""
    found = []
    for line in text.splitlines():
        bare = line.strip().lstrip("•◦▪–—-*·").strip()
        head, dot, rest = bare.partition(". ") if ". " in bare else bare.partition(") ")
        if dot and len(head) <= 3 and (head.isdigit() or (len(head) == 1 and head.isalpha())):
            bare = rest.strip()
        if bare:
            found.append(bare)
    return list(dict.fromkeys(found))


def change_options(
    definition: Mapping[str, Any], key: str, *, kept: Sequence[Mapping[str, str]], added: Iterable[str]
) -> Definition:
    """The answers of a question in this order, then new ones.

    Each of `kept` has its `key`, its `label`, and its `sort` ("" or one of SORTS). One that is not among them goes;
    raises Rejected where a condition looks at it.
    """
    made = copied(definition)
    question = find(made, QUESTION, key).data
    options = _kept(made, question.get("options", []), kept, added, "answer")
    for option, one in zip(options, kept, strict=False):
        for sort in SORTS:
            option.pop(sort, None)
        if one.get("sort") in SORTS:
            option[one["sort"]] = True
    gone = {str(one["key"]) for one in question.get("options", [])} - {str(one["key"]) for one in options}
    _nobody_looks_at(made, key, gone)
    _put(question, "options", options)
    return made


def change_rows(
    definition: Mapping[str, Any], key: str, *, kept: Sequence[Mapping[str, str]], added: Iterable[str]
) -> Definition:
    """The rows of a grid in this order, then new ones; raises Rejected where a condition looks at one that goes."""
    made = copied(definition)
    question = find(made, QUESTION, key).data
    rows = _kept(made, question.get("rows", []), kept, added, "row")
    gone = {str(one["key"]) for one in question.get("rows", [])} - {str(one["key"]) for one in rows}
    for thing in things(made):
        if any(test.get("when") == key and test.get("row") in gone for test in _tests(thing.data)):
            raise Rejected("", f"The condition of {thing.kind} {key_of(thing)} looks at a row you took out.")
    _put(question, "rows", rows)
    return made


def _kept(
    made: Definition,
    there: Sequence[Mapping[str, Any]],
    kept: Sequence[Mapping[str, str]],
    added: Iterable[str],
    name: str,
) -> list[dict[str, Any]]:
    by_key = {str(one["key"]): one for one in there}
    language = made["language"]
    found = []
    for one in kept:
        old = by_key.get(one["key"])
        if old is None:
            raise Rejected("", f"An {name} you changed is not there any more. Look at the list again.")
        if not one["label"].strip():
            raise Rejected("", f"Enter words for each {name}, or take it out.")
        label = old.get("label") or {}
        label = {language: label} if isinstance(label, str) else dict(label)
        found.append({**old, "label": {**label, language: one["label"].strip()}})
    # A key that once was is not given to another answer.
    taken = set(by_key)
    for words in added:
        key = unused(words, taken, name)
        taken.add(key)
        found.append({"key": key, "label": {language: words}})
    if len(found) > MOST_OPTIONS:
        raise Rejected("added", f"At most {MOST_OPTIONS} can be kept.")
    return found


def _nobody_looks_at(made: Definition, key: str, gone: set[str]) -> None:
    for thing in things(made):
        for test in _tests(thing.data):
            of = test.get("of")
            named = set(map(str, of)) if isinstance(of, list) else {str(of)}
            if test.get("when") == key and named & gone:
                raise Rejected("", f"The condition of {thing.kind} {key_of(thing)} looks at an answer you took out.")


def _tests(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every comparison in a thing, of its own condition and of those of its answers and rows."""
    if isinstance(value, Mapping):
        if isinstance(value.get("when"), str):
            yield value
        for name, one in value.items():
            if name != "questions":
                yield from _tests(one)
    elif isinstance(value, list):
        for one in value:
            yield from _tests(one)


def _put(data: dict[str, Any], name: str, value: list[Any]) -> None:
    if value:
        data[name] = value
    else:
        data.pop(name, None)
