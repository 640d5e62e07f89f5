"""What a questionnaire is made of: pages, sections, questions, rows and options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from consult.domain.conditions import Condition, Today, named, tests
from consult.domain.wording import Wording


@dataclass(frozen=True)
class Picture:
    """A picture beside an option: the sha256 of its file, and what it shows in words."""

    file: str
    alt: Wording


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen; `exclusive` clears the others, `other` opens a box to say what.

    `last` keeps its place at the end when the order is random; `unknown` (don't know, prefer not to say, does not
    apply) stands outside a scale; `score` is what it is worth on one.
    """

    key: str
    label: Wording
    hint: Wording = field(default_factory=Wording)
    show: Condition | None = None
    exclusive: bool = False
    other: bool = False
    last: bool = False
    unknown: bool = False
    picture: Picture | None = None
    score: int | float | None = None

    @property
    def pinned(self) -> bool:
        """Whether it stays where it is when the order is random."""
        return self.last or self.exclusive or self.other or self.unknown


@dataclass(frozen=True)
class Row:
    """One line of a grid."""

    key: str
    label: Wording
    show: Condition | None = None
    required: bool = False


@dataclass(frozen=True)
class Section:
    """Questions of a page that stand under one heading, and come and go together."""

    key: str
    title: Wording = field(default_factory=Wording)
    text: Wording = field(default_factory=Wording)
    show: Condition | None = None


@dataclass(frozen=True)
class Question:
    """One question; `kind` names a file in consult/questions; `note` is for those who write and translate it."""

    key: str
    kind: str
    text: Wording
    hint: Wording = field(default_factory=Wording)
    required: bool = False
    required_message: Wording = field(default_factory=Wording)
    show: Condition | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    constraint: Condition | None = None
    constraint_message: Wording = field(default_factory=Wording)
    personal: bool = False
    about_you: bool = False
    note: Wording = field(default_factory=Wording)
    section: Section | None = None

    @cached_property
    def option_by_key(self) -> dict[str, Option]:
        """Its options by their keys."""
        return {option.key: option for option in self.options}

    @cached_property
    def row_by_key(self) -> dict[str, Row]:
        """Its rows by their keys."""
        return {row.key: row for row in self.rows}

    @cached_property
    def conditional(self) -> bool:
        """Whether any option or row of it comes and goes."""
        return any(option.show for option in self.options) or any(row.show for row in self.rows)

    def __hash__(self) -> int:
        return hash((self.key, self.kind))

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        """Every text of it that respondents may read, with a name for its place; its note is not one of them."""
        where = f"question {self.key}"
        yield where, self.text
        yield f"{where}: hint", self.hint
        yield f"{where}: message when not answered", self.required_message
        yield f"{where}: message when not accepted", self.constraint_message
        for option in self.options:
            yield f"{where}, option {option.key}", option.label
            yield f"{where}, option {option.key}: hint", option.hint
            if option.picture is not None:
                yield f"{where}, option {option.key}: picture in words", option.picture.alt
        for row in self.rows:
            yield f"{where}, row {row.key}", row.label
        yield from settings_words(self.settings, f"{where}: ")


def settings_words(value: Any, where: str) -> Iterator[tuple[str, Wording]]:
    """Every text in settings, however deep, with the names that lead to it."""
    if isinstance(value, Wording):
        yield where, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from settings_words(one, f"{where}{name}" if where.endswith(": ") else f"{where} {name}")
    elif isinstance(value, list | tuple):
        for at, one in enumerate(value, 1):
            yield from settings_words(one, f"{where} {at}")


@dataclass(frozen=True)
class Page:
    """What is asked together; `text` introduces it."""

    key: str
    questions: tuple[Question, ...]
    title: Wording = field(default_factory=Wording)
    show: Condition | None = None
    text: Wording = field(default_factory=Wording)

    @cached_property
    def conditional(self) -> bool:
        """Whether it, or anything on it, comes and goes."""
        return next(self.shows(), None) is not None

    def shows(self) -> Iterator[Condition]:
        """Every condition that shows or hides something of it."""
        sections = {one.section.key: one.section.show for one in self.questions if one.section is not None}
        shows = [self.show, *sections.values()]
        for question in self.questions:
            shows.append(question.show)
            shows += [option.show for option in question.options]
            shows += [row.show for row in question.rows]
        return (show for show in shows if show is not None)


def grouped(questions: Iterable[Question]) -> list[tuple[Section | None, tuple[Question, ...]]]:
    """Questions that follow each other in one section, with that section; None for those in none."""

    def key(question: Question) -> str | None:
        return question.section.key if question.section else None

    groups = (tuple(group) for _key, group in groupby(questions, key))
    return [(group[0].section, group) for group in groups]


@dataclass(frozen=True)
class Questionnaire:
    """The whole: `language` it was written in, `languages` it has words for.

    `sometimes` says why not everybody was asked a question where several versions are told of together
    (`consult.domain.questionnaire.versions`).
    """

    title: Wording
    pages: tuple[Page, ...]
    language: str = "en"
    languages: tuple[str, ...] = ("en",)
    sometimes: Mapping[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def question_by_key(self) -> dict[str, Question]:
        """Every question by its key."""
        return {question.key: question for page in self.pages for question in page.questions}

    @cached_property
    def page_by_key(self) -> dict[str, Page]:
        """Every page by its key."""
        return {page.key: page for page in self.pages}

    @cached_property
    def page_of(self) -> dict[str, Page]:
        """The page each question is on, by the question's key."""
        return {question.key: page for page in self.pages for question in page.questions}

    @property
    def questions(self) -> Iterator[Question]:
        """Every question in order."""
        return (question for page in self.pages for question in page.questions)

    @property
    def sections(self) -> Iterator[Section]:
        """Every section in order."""
        for page in self.pages:
            yield from (section for section, _questions in grouped(page.questions) if section is not None)

    def shown_when(self, question: Question) -> list[Condition]:
        """The conditions that must all hold for a question to be asked: its page's, its section's and its own."""
        section = question.section
        shows = (self.page_of[question.key].show, section.show if section else None, question.show)
        return [show for show in shows if show is not None]

    @cached_property
    def looks_at_today(self) -> bool:
        """Whether what somebody is asked depends on the day on which they answer."""
        return any(isinstance(one, Today) for show in self.shows() for test in tests(show) for one in test.of)

    def shows(self) -> Iterator[Condition]:
        """Every condition that shows something or hides it."""
        return (show for page in self.pages for show in page.shows())

    @cached_property
    def page_numbers(self) -> dict[str, int]:
        """The place of each page, from 0, by its key."""
        return {page.key: number for number, page in enumerate(self.pages)}

    @cached_property
    def looks_at(self) -> tuple[tuple[int, ...], ...]:
        """For each page the numbers of the pages its conditions look at, so that one page can be shown without all."""
        numbers = {question.key: number for number, page in enumerate(self.pages) for question in page.questions}
        found = []
        for number, page in enumerate(self.pages):
            looked = {numbers.get(name, number) for show in page.shows() for name in named(show)}
            found.append(tuple(sorted(one for one in looked if one < number)))
        return tuple(found)

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        """Every authored text that respondents may read, with a name for its place: translation, completeness."""
        yield "title", self.title
        for page in self.pages:
            yield f"page {page.key}: title", page.title
            yield f"page {page.key}: introduction", page.text
            for section, questions in grouped(page.questions):
                if section is not None:
                    yield f"section {section.key}: title", section.title
                    yield f"section {section.key}: introduction", section.text
                for question in questions:
                    yield from question.wordings()

    def lacking(self, language: str) -> list[str]:
        """The places that have words, but not in `language`; empty when the questionnaire is complete in it."""
        return [where for where, wording in self.wordings() if wording and language not in wording]

    @cached_property
    def complete_languages(self) -> tuple[str, ...]:
        """Its own language and every other in which nothing is missing."""
        others = (language for language in self.languages if language != self.language and not self.lacking(language))
        return (self.language, *others)
