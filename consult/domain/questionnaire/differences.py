"""What differs between two states of a questionnaire, or of a page's texts: word by word, and in what it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from consult.domain.questionnaire.definition import Option, Question, Questionnaire, grouped
from consult.domain.wording import Wording

#: Texts whose lengths in words multiplied are more than this are compared as wholes: it would take seconds.
MOST_COMPARED = 4_000_000
#: Texts that share less than this of their words and spaces are told as wholes: word by word nobody could read them.
LEAST_ALIKE = 0.4

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Piece:
    """Words of a text that are the `same`, `added` or `removed`."""

    how: str
    text: str


@dataclass(frozen=True)
class Reworded:
    """One text in one language: its place within its part, and `added`, `removed` or `changed`."""

    place: str
    language: str
    how: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Rule:
    """Something that is not words: its name, what it was and what it is; None for nothing."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """A part (text, questionnaire, page, section, question) that is `added`, `removed` or `changed`."""

    part: str
    key: str
    how: str
    words: tuple[Reworded, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class _Part:
    words: Mapping[str, Wording]
    rules: Mapping[str, Any]


def questionnaires(before: Questionnaire | None, after: Questionnaire | None) -> tuple[Difference, ...]:
    """What differs, in the order of the new one; what is gone stands at the end."""
    old, new = dict(_parts(before)), dict(_parts(after))
    kept = {key: _shared(old[key], new[key]) for key in new if key in old}
    return tuple(
        difference
        for key in (*new, *(key for key in old if key not in new))
        if (difference := _difference(*key, *kept.get(key, (old.get(key), new.get(key))))) is not None
    )


def texts(before: Texts, after: Texts) -> tuple[Difference, ...]:
    """What differs between the texts of a page, by name and language."""
    found = []
    for name in dict.fromkeys((*after, *before)):
        old = _Part({"": Wording(before[name])}, {}) if before.get(name) else None
        new = _Part({"": Wording(after[name])}, {}) if after.get(name) else None
        if old or new:
            found.append(_difference("text", name, old, new))
    return tuple(one for one in found if one is not None)


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, in order: those that are the same, and what was removed and added between them."""
    if before == after:
        return (Piece("same", after),) if after else ()
    old, new = _tokens(before), _tokens(after)
    if len(old) * len(new) > MOST_COMPARED:
        return (Piece("removed", before), Piece("added", after))
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if compared.ratio() < LEAST_ALIKE:
        return tuple(Piece(how, text) for how, text in (("removed", before), ("added", after)) if text)
    found: list[Piece] = []
    for _tag, a, b, c, d in compared.get_opcodes():
        if old[a:b] == new[c:d]:
            found.append(Piece("same", "".join(new[c:d])))
            continue
        if a < b:
            found.append(Piece("removed", "".join(old[a:b])))
        if c < d:
            found.append(Piece("added", "".join(new[c:d])))
    return tuple(found)


def _tokens(text: str) -> list[str]:
    """Words with what stands at them, and the spaces between."""
    return [one for one in re.split(r"(\s+)", text) if one]


def _difference(part: str, key: str, before: _Part | None, after: _Part | None) -> Difference | None:
    how = "added" if before is None else "removed" if after is None else "changed"
    reworded = tuple(_reworded(before.words if before else {}, after.words if after else {}))
    rules: Iterable[Rule] = ()
    if before is not None and after is not None:
        names = dict.fromkeys((*after.rules, *before.rules))
        rules = (Rule(name, before.rules.get(name), after.rules.get(name)) for name in names)
    differing = tuple(rule for rule in rules if rule.before != rule.after)
    if how == "changed" and not reworded and not differing:
        return None
    return Difference(part, key, how, reworded, differing)


def _reworded(before: Mapping[str, Wording], after: Mapping[str, Wording]) -> Iterator[Reworded]:
    for place in dict.fromkeys((*after, *before)):
        old, new = before.get(place) or Wording(), after.get(place) or Wording()
        for language in dict.fromkeys((*new, *old)):
            was, now = old.get(language, ""), new.get(language, "")
            if was != now:
                how = "added" if not was else "removed" if not now else "changed"
                yield Reworded(place, language, how, pieces(was, now))


def _shared(before: _Part, after: _Part) -> tuple[_Part, _Part]:
    """Both, with orders told only of what both have: what came or went is told by itself."""
    names = [name for name in after.rules if name.startswith("order") and name in before.rules]
    if not names:
        return before, after
    old, new = dict(before.rules), dict(after.rules)
    for name in names:
        both = set(old[name]) & set(new[name])
        old[name] = tuple(one for one in old[name] if one in both)
        new[name] = tuple(one for one in new[name] if one in both)
    return _Part(before.words, old), _Part(after.words, new)


def _parts(questionnaire: Questionnaire | None) -> Iterator[tuple[tuple[str, str], _Part]]:
    if questionnaire is None:
        return
    order = tuple(page.key for page in questionnaire.pages)
    yield ("questionnaire", ""), _Part({"title": questionnaire.title}, {"order of the pages": order})
    for page in questionnaire.pages:
        questions = tuple(question.key for question in page.questions)
        rules = {"shown when": page.show, "order of the questions": questions}
        yield ("page", page.key), _Part({"title": page.title, "introduction": page.text}, rules)
        for section, asked in grouped(page.questions):
            if section is not None:
                words = {"title": section.title, "introduction": section.text}
                yield ("section", section.key), _Part(words, {"shown when": section.show})
            for question in asked:
                yield ("question", question.key), _question(question, page.key)


def _question(question: Question, page: str) -> _Part:
    start = f"question {question.key}"
    words = {place.removeprefix(start).lstrip(":, "): wording for place, wording in question.wordings()}
    rules: dict[str, Any] = {
        "kind": question.kind,
        "has to be answered": question.required,
        "shown when": question.show,
        "accepted when": question.constraint,
        "page": page,
        "section": question.section.key if question.section else None,
        "asks for a name or the like": question.personal,
        "about the person": question.about_you,
        "order of the options": tuple(option.key for option in question.options),
        "order of the rows": tuple(row.key for row in question.rows),
    }
    rules |= {f"setting {name}": value for name, value in question.settings.items() if _plain(value)}
    rules |= {f"option {option.key}": said for option in question.options if (said := _option(option))}
    rules |= {f"option {option.key} shown when": option.show for option in question.options if option.show}
    rules |= {f"row {row.key} shown when": row.show for row in question.rows if row.show}
    return _Part(words, rules)


def _option(option: Option) -> str:
    """What is special of an option, in words."""
    said = [
        name
        for name, so in (
            ("clears the others", option.exclusive),
            ("opens a box", option.other),
            ("stays last", option.last),
            ("outside the scale", option.unknown),
        )
        if so
    ]
    if option.score is not None:
        said.append(f"worth {option.score}")
    if option.picture is not None:
        said.append(f"picture {option.picture.file[:12]}")
    return ", ".join(said)


def _plain(value: Any) -> bool:
    """Whether a setting has no words in it: those are compared as words."""
    if isinstance(value, Wording):
        return False
    if isinstance(value, Mapping):
        return all(_plain(one) for one in value.values())
    return all(_plain(one) for one in value) if isinstance(value, list | tuple) else True
