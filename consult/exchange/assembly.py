"""Questions of any format, put together as a questionnaire that can be asked: pages, sections, keys, languages.

Conditions and words may only look at earlier pages, so a page ends where the next question looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from consult import questions
from consult.domain.questionnaire import RESERVED_PAGES, BadDefinition, read
from consult.exchange.conditions import Keys, Unsupported, both, looked_at
from consult.exchange.losses import NOTE, Imported, Losses, Refused

#: Questions on one page, unless the file wants fewer.
MOST = 10
#: Parts of a definition that are words.
WORDED = frozenset({"title", "text", "hint", "label", "low", "high", "unit", "required_message", "constraint_message"})
#: Options of all questions together.
MOST_OPTIONS = 60_000
PIPED = re.compile(r"\[\[([A-Za-z]\w*)")
#: Kinds whose answers may stand in later words.
CLOSED = frozenset(
    {
        "single_choice", "multiple_choice", "yes_no", "rating", "number", "money", "percentage", "date", "partial_date",
        "time", "duration", "place", "ranking", "matrix",
    }
)  # fmt: skip
#: Words of questions for text that ask who somebody is.
IDENTIFYING = re.compile(
    r"\b(?:(?:first|given|last|middle|full|family|your)\s+names?|surname|post\s?code|zip code"
    r"|e-?mail address|(?:home|postal|street|your)\s+address|phone number|mobile number|NHS number|patient number)\b",
    re.I,
)
Words = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """A question that later parts of a file may name: its key, its kind, and its choices as the file has them."""

    key: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)
    row: str | None = None
    #: an answer can be left out
    optional: bool = True

    @property
    def choices(self) -> bool:
        """Whether what is answered are its options."""
        return bool(self.options)

    @property
    def several(self) -> bool:
        """Whether several options may be chosen."""
        return self.kind in ("multiple_choice", "matrix_several")

    def test(self, operator: str, of: Any = None, *, count: bool = False) -> dict[str, Any]:
        """A condition with this question on its left."""
        made: dict[str, Any] = {"when": self.key, "is": operator}
        if self.row is not None:
            made["row"] = self.row
        if count:
            made["count"] = True
        if of is not None:
            made["of"] = of
        return made


@dataclass
class Part:
    """A page or a section before anything stands on it."""

    title: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    show: dict[str, Any] | None = None
    #: its text stands somewhere already
    told: bool = False


class Assembly:
    """The questionnaire so far."""

    def __init__(self, filename: str, language: str, losses: Losses) -> None:
        self.filename = filename
        self.language = language
        self.losses = losses
        self.keys = Keys(dict.fromkeys(RESERVED_PAGES, 1))
        self.pages: list[dict[str, Any]] = []
        #: questions by the names that the file gives them
        self.asked: dict[str, Asked] = {}
        #: names that are not asked, with why
        self.dropped: dict[str, str] = {}
        #: every name in the file
        self.names: set[str] = set()
        self.most = MOST
        self._page = Part()
        self._section: Part | None = None
        self._fresh = True
        self._open: dict[str, Any] | None = None
        self._here: set[str] = set()

    def place(self, name: str) -> Asked:
        """The question a condition names; raises Unsupported for one that is not kept, or comes later."""
        if name in self.asked:
            return self.asked[name]
        if name in self.dropped:
            raise Unsupported(f"“{name}”, which is {self.dropped[name]}")
        if name in self.names:
            raise Unsupported(f"“{name}”, which is not asked before it")
        raise Unsupported(f"“{name}”, which is not in the file")

    def turn(self, page: Part) -> None:
        """Begin a page; it is there when something stands on it."""
        self._finish(self._section)
        self._finish(self._page)
        self._page, self._section, self._open, self._fresh = page, None, None, True

    def open(self, section: Part) -> Part | None:
        """Begin a section of the page; gives the one around it, whose condition it has too."""
        around = self._section
        self._finish(around)
        section.show = both(around.show if around else None, section.show)
        self._section, self._open = section, None
        return around

    def close(self, around: Part | None = None) -> None:
        """End the section; what follows stands in the one around it."""
        self._finish(self._section)
        self._section, self._open = around, None

    def add(self, question: dict[str, Any], names: Mapping[str, Asked] | None = None) -> None:
        """Put a question on the page, or on a new one if it looks at this one or this one is full."""
        looks = _looks(question)
        if self._section is not None and self._open is None:
            looks |= looked_at(self._section.show) | _piped([self._section.title, self._section.text])
        full = not self._fresh and _count(self.pages[-1]) >= self.most
        if self._fresh or looks & self._here or full:
            self._begin()
        where = self.pages[-1]["questions"]
        if self._section is not None:
            if self._open is None:
                self._open = self._part(self._section, "section") | {"questions": []}
                where.append(self._open)
            where = self._open["questions"]
        where.append({name: value for name, value in question.items() if value not in (None, {}, [], "")})
        self._here.add(question["key"])
        self.asked.update(names or {})

    def _begin(self) -> None:
        self.pages.append(self._part(self._page, "key") | {"questions": []})
        self._fresh, self._open, self._here = False, None, set()

    def _part(self, part: Part, called: str) -> dict[str, Any]:
        key = self.keys.key(f"page_{len(self.pages) + 1}" if called == "key" else "section")
        made: dict[str, Any] = {called: key, "title": part.title, "show": part.show}
        if not part.told:
            part.told = True
            made["text"] = part.text
        return {name: value for name, value in made.items() if value}

    def _finish(self, part: Part | None) -> None:
        """Words of a page or section that has no question are a page to read."""
        if part is None or not part.text or part.told:
            return
        part.told = True
        alone: dict[str, Any] = {"key": self.keys.key("words"), "kind": "statement", "text": part.title or part.text}
        alone |= {"hint": part.text if part.title else {}, "show": part.show}
        before, self._section, self._open = (self._section, self._open), None, None
        self.add(alone)
        self._section, self._open = before

    def refused(self, sentence: str) -> Refused:
        """A refusal of this file."""
        return Refused(f"“{self.filename}” {sentence}")

    def finish(self, title: Words, languages: tuple[str, ...], *, title_place: str = "title") -> Imported:
        """The whole as a definition that can be asked, with its losses; raises Refused with a sentence."""
        self.turn(Part())
        if not any(_asks(question) for question in self.questions()):
            raise self.refused("has no question that can be asked here.")
        if sum(len(question.get("options", ())) for question in self.questions()) > MOST_OPTIONS:
            raise self.refused("has more choices than a questionnaire can hold.")
        if not title:
            done = "The file has no title, so its own name stands there until somebody gives it one."
            self.losses.add(NOTE, sheet=title_place, column="title", done=done)
            title = {self.language: PurePath(self.filename).stem.replace("_", " ").strip() or "Questionnaire"}
        if len(languages) > 1 and len(title) == 1:
            done = "There is one title; it stands in every language until somebody translates it."
            said = next(iter(title.values()))
            self.losses.add(NOTE, sheet=title_place, column="title", said=said, done=done)
            title = dict.fromkeys(languages, said)
        _numbers_everywhere(self.pages, languages)
        definition: dict[str, Any] = {
            "consult": 1,
            "language": self.language,
            "languages": list(languages),
            "title": title,
            "pages": self.pages,
        }
        try:
            questionnaire = read(definition)
        except BadDefinition as refusal:
            problem = refusal.problems[0]
            raise self.refused(f"cannot be asked: {problem.where}: {problem.sentence}.") from None
        problems = questions.check(questionnaire)
        if problems:
            raise self.refused(f"cannot be asked: {problems[0].where}: {problems[0].sentence}.")
        for language in languages:
            places = questionnaire.lacking(language) if language != self.language else []
            if places:
                texts = "1 text has" if len(places) == 1 else f"{len(places)} texts have"
                done = f"{texts} no words in this language, the first at {places[0]}. It can be offered once complete."
                self.losses.add(NOTE, sheet="languages", said=language, done=done)
        self._tell_identifying()
        asked = sum(questions.kind(question.kind).asks for question in questionnaire.questions)
        return Imported(definition, languages, asked, tuple(self.losses.found))

    def questions(self) -> list[dict[str, Any]]:
        """Every question so far, in order."""
        found: list[dict[str, Any]] = []
        for page in self.pages:
            for one in page["questions"]:
                found += one["questions"] if "section" in one else [one]
        return found

    def _tell_identifying(self) -> None:
        done = "This may tell who somebody is: mark it as personal, which keeps it apart, or leave it out."
        for question in self.questions():
            if question["kind"] not in ("short_text", "matrix_text") or question.get("personal"):
                continue
            texts = [question["text"], *(row["label"] for row in question.get("rows", ()))]
            found = next((said for words in texts for said in words.values() if IDENTIFYING.search(said)), "")
            if found:
                self.losses.add(NOTE, sheet=f"question {question['key']}", said=found, done=done)


def _numbers_everywhere(value: Any, languages: tuple[str, ...], name: str = "") -> None:
    """Words without a letter, such as the points of a scale, are the same in every language."""
    if isinstance(value, list):
        for one in value:
            _numbers_everywhere(one, languages)
    elif isinstance(value, dict) and name in WORDED:
        said = next((one for one in value.values() if isinstance(one, str)), "")
        if said and not any(one.isalpha() for one in said):
            value |= {language: value.get(language, said) for language in languages}
            for language in [one for one in value if one not in languages]:
                del value[language]
    elif isinstance(value, dict):
        for inner, one in value.items():
            _numbers_everywhere(one, languages, inner)


def _asks(question: dict[str, Any]) -> bool:
    return bool(question["kind"] != "statement")


def _count(page: dict[str, Any]) -> int:
    return sum(len(one["questions"]) if "section" in one else 1 for one in page["questions"])


def _looks(question: dict[str, Any]) -> set[str]:
    """The keys of the questions that this one looks at, in conditions and in words."""
    looks = looked_at(question.get("show")) | looked_at(question.get("constraint"))
    for part in (*question.get("options", ()), *question.get("rows", ())):
        looks |= looked_at(part.get("show"))
    return (looks | _piped(question)) - {question["key"]}


def _piped(value: Any) -> set[str]:
    if isinstance(value, str):
        return set(PIPED.findall(value))
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found: set[str] = set()
    for one in inside:
        found |= _piped(one)
    return found


def shown_when(*conditions: dict[str, Any] | bool | None) -> dict[str, Any] | None:
    """All of several conditions that are not always true."""
    return both(*(one for one in conditions if isinstance(one, dict)))
