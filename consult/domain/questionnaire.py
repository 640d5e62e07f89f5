"""A questionnaire as it is defined: pages of questions, whole in every language.

`read` turns the JSON definition kept in drafts and frozen revisions into these objects and refuses what could not be
asked: see `docs/questionnaire.md` for the JSON form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from consult.domain import conditions
from consult.domain.conditions import Condition
from consult.domain.errors import ConsultError
from consult.domain.wording import Wording

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
OPTION_KEY = re.compile(r"[^\s\x00-\x1f\ue000-\uf8ff]{1,100}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
MOST_QUESTIONS = 2_000
#: Steps of answering that are not pages of the questionnaire: /answer/<step>.
RESERVED_PAGES = frozenset({"check", "done", "equality", "save", "begun"})


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen; `exclusive` clears the others, `other` opens a box to say what."""

    key: str
    label: Wording
    hint: Wording = field(default_factory=Wording)
    show: Condition | None = None
    exclusive: bool = False
    other: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a grid."""

    key: str
    label: Wording
    show: Condition | None = None
    required: bool = False


@dataclass(frozen=True)
class Question:
    """One question; `kind` names a file in consult/questions."""

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


@dataclass(frozen=True)
class Page:
    """What is asked together."""

    key: str
    questions: tuple[Question, ...]
    title: Wording = field(default_factory=Wording)
    show: Condition | None = None


@dataclass(frozen=True)
class Questionnaire:
    """The whole: `language` it was written in, `languages` it has words for."""

    title: Wording
    pages: tuple[Page, ...]
    language: str = "en"
    languages: tuple[str, ...] = ("en",)

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

    def wordings(self) -> Iterator[tuple[str, Wording]]:
        """Every authored text with a name for its place, for translation and completeness checks."""
        yield "title", self.title
        for page in self.pages:
            yield f"page {page.key}: title", page.title
            for question in page.questions:
                where = f"question {question.key}"
                yield where, question.text
                yield f"{where}: hint", question.hint
                yield f"{where}: message when not answered", question.required_message
                yield f"{where}: message when not accepted", question.constraint_message
                for option in question.options:
                    yield f"{where}, option {option.key}", option.label
                    yield f"{where}, option {option.key}: hint", option.hint
                for row in question.rows:
                    yield f"{where}, row {row.key}", row.label
                for name, value in question.settings.items():
                    if isinstance(value, Wording):
                        yield f"{where}: {name}", value

    def lacking(self, language: str) -> list[str]:
        """The places that have words, but not in `language`; empty when the questionnaire is complete in it."""
        return [where for where, wording in self.wordings() if wording and language not in wording]

    @cached_property
    def complete_languages(self) -> tuple[str, ...]:
        """Its own language and every other in which nothing is missing."""
        others = (language for language in self.languages if language != self.language and not self.lacking(language))
        return (self.language, *others)


@dataclass(frozen=True)
class Problem:
    """Why a definition cannot be asked, and where."""

    where: str
    sentence: str


class BadDefinition(ConsultError):
    """A definition that cannot be asked; `problems` says what is wrong and where."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.sentence}" for problem in problems))
        self.problems = problems


class _Reader:
    """Collects problems while it reads, so that an author sees all of them at once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.problems: list[Problem] = []
        self.language = str(data.get("language") or "en")
        self.data = data

    def problem(self, where: str, sentence: str) -> None:
        self.problems.append(Problem(where, sentence))

    def words(self, value: Any, where: str) -> Wording:
        if value is None or isinstance(value, str):
            return Wording(value or {}, self.language)
        if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
            return Wording(value, self.language)
        self.problem(where, "words are a text, or texts by language")
        return Wording({}, self.language)

    def key(self, value: Any, where: str, pattern: re.Pattern[str] = KEY) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        self.problem(where, f"“{str(value)[:80]}” is not a usable key")
        return str(value)

    def condition(self, value: Any, where: str, *, constraint: bool = False) -> Condition | None:
        if not value:
            return None
        try:
            return conditions.read(value, constraint=constraint)
        except conditions.BadCondition as error:
            self.problem(where, str(error))
            return None

    def things(self, value: Any, where: str) -> list[Mapping[str, Any]]:
        if value is None:
            return []
        if isinstance(value, list | tuple) and all(isinstance(one, Mapping) for one in value):
            return list(value)
        self.problem(where, "a list of objects is needed")
        return []

    def questionnaire(self) -> Questionnaire:
        pages = tuple(
            self.page(page, f"page {number}")
            for number, page in enumerate(self.things(self.data.get("pages"), "pages"), 1)
        )
        languages = self.data.get("languages") or [self.language]
        if not isinstance(languages, list | tuple) or not all(
            isinstance(one, str) and LANGUAGE.fullmatch(one) for one in (*languages, self.language)
        ):
            self.problem("languages", "a list of language codes is needed")
            languages = [self.language]
        if self.language not in languages:
            languages = [self.language, *languages]
        return Questionnaire(
            self.words(self.data.get("title"), "title"), pages, self.language, tuple(dict.fromkeys(languages))
        )

    def page(self, data: Mapping[str, Any], where: str) -> Page:
        key = self.key(data.get("key"), where)
        if key in RESERVED_PAGES:
            self.problem(where, f"“{key}” is the address of another step: give the page another key")
        questions = tuple(
            self.question(question, f"{where}, question {number}")
            for number, question in enumerate(self.things(data.get("questions"), where), 1)
        )
        if not questions:
            self.problem(where, "a page needs a question")
        return Page(key, questions, self.words(data.get("title"), where), self.condition(data.get("show"), where))

    def question(self, data: Mapping[str, Any], where: str) -> Question:
        key = self.key(data.get("key"), where)
        where = f"question {key}"
        settings = data.get("settings") or {}
        if not isinstance(settings, Mapping):
            self.problem(where, "settings are an object")
            settings = {}
        text = self.words(data.get("text"), where)
        if not text:
            self.problem(where, "a question needs words")
        return Question(
            key=key,
            kind=str(data.get("kind") or ""),
            text=text,
            hint=self.words(data.get("hint"), where),
            required=bool(data.get("required")),
            required_message=self.words(data.get("required_message"), where),
            show=self.condition(data.get("show"), where),
            options=tuple(self.option(option, where) for option in self.things(data.get("options"), where)),
            rows=tuple(self.row(row, where) for row in self.things(data.get("rows"), where)),
            settings={
                str(name): Wording(value, self.language) if isinstance(value, Mapping) else value
                for name, value in settings.items()
            },
            constraint=self.condition(data.get("constraint"), where, constraint=True),
            constraint_message=self.words(data.get("constraint_message"), where),
            personal=bool(data.get("personal")),
            about_you=bool(data.get("about_you")),
        )

    def option(self, data: Mapping[str, Any], where: str) -> Option:
        key = self.key(data.get("key"), f"{where}, option", OPTION_KEY)
        label = self.words(data.get("label"), where)
        if not label:
            self.problem(f"{where}, option {key}", "an option needs words")
        return Option(
            key,
            label,
            self.words(data.get("hint"), where),
            self.condition(data.get("show"), f"{where}, option {key}"),
            bool(data.get("exclusive")),
            bool(data.get("other")),
        )

    def row(self, data: Mapping[str, Any], where: str) -> Row:
        key = self.key(data.get("key"), f"{where}, row")
        label = self.words(data.get("label"), where)
        if not label:
            self.problem(f"{where}, row {key}", "a row needs words")
        return Row(key, label, self.condition(data.get("show"), f"{where}, row {key}"), bool(data.get("required")))

    def check(self, questionnaire: Questionnaire) -> None:
        self.twice("page", [page.key for page in questionnaire.pages])
        self.twice("question", [question.key for question in questionnaire.questions])
        if not questionnaire.pages:
            self.problem("pages", "a questionnaire needs a page")
        if sum(len(page.questions) for page in questionnaire.pages) > MOST_QUESTIONS:
            self.problem("pages", f"more than {MOST_QUESTIONS} questions")
        earlier: set[str] = set()
        for page in questionnaire.pages:
            self.looks_back(page.show, earlier, f"page {page.key}")
            for question in page.questions:
                where = f"question {question.key}"
                self.twice(f"{where}: option", [option.key for option in question.options])
                self.twice(f"{where}: row", [row.key for row in question.rows])
                self.looks_back(question.show, earlier, where)
                self.looks_back(question.constraint, earlier, f"{where}: constraint", itself=True)
                for option in question.options:
                    self.looks_back(option.show, earlier, f"{where}, option {option.key}")
                for row in question.rows:
                    self.looks_back(row.show, earlier, f"{where}, row {row.key}")
            earlier |= {question.key for question in page.questions}

    def twice(self, what: str, keys: list[str]) -> None:
        for key in sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) != len(keys) else ():
            self.problem(f"{what} {key}", "the same key is used twice")

    def looks_back(self, condition: Condition | None, earlier: set[str], where: str, *, itself: bool = False) -> None:
        if condition is None:
            return
        for test in conditions.tests(condition):
            if test.when == conditions.ITSELF and not itself:
                self.problem(where, "a condition cannot look at its own question")
        for name in dict.fromkeys(conditions.named(condition)):
            if name not in earlier:
                self.problem(where, f"its condition looks at “{name}”, which is not asked on an earlier page")


def read(data: Mapping[str, Any]) -> Questionnaire:
    """A questionnaire from its JSON definition; raises BadDefinition with every problem found."""
    if not isinstance(data, Mapping):
        raise BadDefinition([Problem("definition", "an object is needed")])
    reader = _Reader(data)
    questionnaire = reader.questionnaire()
    reader.check(questionnaire)
    if reader.problems:
        raise BadDefinition(reader.problems)
    return questionnaire


def as_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """The definition again: `read(as_json(q)) == q`; empty parts are left out."""
    return {
        "consult": 1,
        "language": questionnaire.language,
        "languages": list(questionnaire.languages),
        "title": questionnaire.title.as_json(),
        "pages": [_page(page) for page in questionnaire.pages],
    }


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", False, {}, [], ())}


def _condition(condition: Condition | None) -> dict[str, Any] | None:
    return None if condition is None else conditions.as_json(condition)


def _page(page: Page) -> dict[str, Any]:
    return _kept(
        {
            "key": page.key,
            "title": page.title.as_json(),
            "show": _condition(page.show),
            "questions": [_question(question) for question in page.questions],
        }
    )


def _question(question: Question) -> dict[str, Any]:
    return _kept(
        {
            "key": question.key,
            "kind": question.kind,
            "text": question.text.as_json(),
            "hint": question.hint.as_json(),
            "required": question.required,
            "required_message": question.required_message.as_json(),
            "show": _condition(question.show),
            "options": [
                _kept(
                    {
                        "key": option.key,
                        "label": option.label.as_json(),
                        "hint": option.hint.as_json(),
                        "show": _condition(option.show),
                        "exclusive": option.exclusive,
                        "other": option.other,
                    }
                )
                for option in question.options
            ],
            "rows": [
                _kept(
                    {
                        "key": row.key,
                        "label": row.label.as_json(),
                        "show": _condition(row.show),
                        "required": row.required,
                    }
                )
                for row in question.rows
            ],
            "settings": {
                name: value.as_json() if isinstance(value, Wording) else value
                for name, value in question.settings.items()
            },
            "constraint": _condition(question.constraint),
            "constraint_message": question.constraint_message.as_json(),
            "personal": question.personal,
            "about_you": question.about_you,
        }
    )
