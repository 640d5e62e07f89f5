"""What one definition says in other languages, taken over into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consult.domain.editing.places import Definition, copied
from consult.domain.questionnaire import LANGUAGE


def same_parts(definition: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two definitions differ in nothing but their translations."""
    language = str(definition.get("language") or "en")

    def alone(one: Mapping[str, Any]) -> Any:
        return _bare({name: value for name, value in one.items() if name != "languages"}, language)

    return bool(alone(definition) == alone(other))


def bare(thing: Mapping[str, Any], language: str) -> Any:
    """A page, section or question by itself: without its translations and without what stands in it."""
    return _bare({name: value for name, value in thing.items() if name != "questions"}, language)


def with_translations(definition: Mapping[str, Any], other: Mapping[str, Any]) -> Definition:
    """The definition with what another says in other languages, wherever both have the same thing."""
    made = copied(definition)
    language = str(made.get("language") or "en")
    taken = {name: _merged(value, other[name], language) if name in other else value for name, value in made.items()}
    taken["languages"] = list(dict.fromkeys([language, *other.get("languages", [])]))
    return taken


def _texts(value: Any, language: str) -> bool:
    return (
        isinstance(value, Mapping)
        and isinstance(value.get(language), str)
        and all(isinstance(text, str) and LANGUAGE.fullmatch(str(name)) for name, text in value.items())
    )


def _bare(value: Any, language: str) -> Any:
    if _texts(value, language):
        return {language: value[language]}
    if isinstance(value, Mapping):
        return {name: _bare(one, language) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(one, language) for one in value]
    return value


def _merged(mine: Any, theirs: Any, language: str) -> Any:
    if _texts(mine, language) and _texts(theirs, language):
        return {**theirs, language: mine[language]}
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return {
            name: _merged(value, theirs[name], language) if name in theirs else value for name, value in mine.items()
        }
    if isinstance(mine, list) and isinstance(theirs, list):
        by_key = {_name(one): one for one in theirs if _name(one)}
        return [_merged(one, by_key[_name(one)], language) if _name(one) in by_key else one for one in mine]
    return mine


def _name(value: Any) -> str:
    return str(value.get("section") or value.get("key") or "") if isinstance(value, Mapping) else ""
