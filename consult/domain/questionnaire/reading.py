"""Reading a definition: every problem in it at once, so that an author sees all of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from consult.domain import conditions
from consult.domain.conditions import Condition
from consult.domain.errors import ConsultError
from consult.domain.markup.reading import NEVER
from consult.domain.questionnaire import checking
from consult.domain.questionnaire.definition import Option, Page, Picture, Question, Questionnaire, Row, Section
from consult.domain.wording import Wording

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
OPTION_KEY = re.compile(r"[^\s\x00-\x1f\ue000-\uf8ff]{1,100}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_QUESTIONS = checking.MOST_QUESTIONS
#: Steps of answering that are not pages of the questionnaire: /answer/<step>.
RESERVED_PAGES = frozenset({"check", "done", "equality", "save", "begun"})
#: Kinds whose answers are personal whatever the definition says: those with `QuestionType.personal`.
PERSONAL_KINDS = frozenset({"email", "telephone"})


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
        self.problems: list[tuple[str, str]] = []
        self.language = str(data.get("language") or "en")
        self.data = data
        self.sections: list[str] = []

    def problem(self, where: str, sentence: str) -> None:
        self.problems.append((where, sentence))

    def words(self, value: Any, where: str) -> Wording:
        if value is None or isinstance(value, str):
            return Wording(NEVER.sub("", value or ""), self.language)
        if isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values()):
            return Wording({str(language): NEVER.sub("", text) for language, text in value.items()}, self.language)
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
        questions: list[Question] = []
        for number, asked in enumerate(self.things(data.get("questions"), where), 1):
            if "section" in asked:
                questions += self.section(asked, f"{where}, section {asked['section']}")
            else:
                questions.append(self.question(asked, f"{where}, question {number}"))
        if not questions:
            self.problem(where, "a page needs a question")
        return Page(
            key,
            tuple(questions),
            self.words(data.get("title"), where),
            self.condition(data.get("show"), where),
            self.words(data.get("text"), where),
        )

    def section(self, data: Mapping[str, Any], where: str) -> list[Question]:
        section = Section(
            self.key(data.get("section"), where),
            self.words(data.get("title"), where),
            self.words(data.get("text"), where),
            self.condition(data.get("show"), where),
        )
        self.sections.append(section.key)
        asked = self.things(data.get("questions"), where)
        if not asked:
            self.problem(where, "a section needs a question")
        if any("section" in one for one in asked):
            self.problem(where, "a section cannot stand in a section")
        return [
            replace(self.question(one, f"{where}, question {number}"), section=section)
            for number, one in enumerate(asked, 1)
            if "section" not in one
        ]

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
            settings={str(name): self.setting(value) for name, value in settings.items()},
            constraint=self.condition(data.get("constraint"), where, constraint=True),
            constraint_message=self.words(data.get("constraint_message"), where),
            personal=bool(data.get("personal")) or data.get("kind") in PERSONAL_KINDS,
            about_you=bool(data.get("about_you")),
            note=self.words(data.get("note"), where),
        )

    def setting(self, value: Any, name: str = "") -> Any:
        """Plain JSON, in which texts by language are words: a setting itself, or what is called “alt” inside one."""
        if isinstance(value, Mapping):
            if name in ("", "alt") and all(
                isinstance(text, str) and LANGUAGE.fullmatch(str(language)) for language, text in value.items()
            ):
                return self.words(value, name)
            return {str(inner): self.setting(one, str(inner)) for inner, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.setting(one, "[]") for one in value]
        return value

    def option(self, data: Mapping[str, Any], where: str) -> Option:
        key = self.key(data.get("key"), f"{where}, option", OPTION_KEY)
        here = f"{where}, option {key}"
        label = self.words(data.get("label"), where)
        if not label:
            self.problem(here, "an option needs words")
        score = data.get("score")
        if score is not None and (
            isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score)
        ):
            self.problem(here, "a score is a number")
            score = None
        return Option(
            key,
            label,
            self.words(data.get("hint"), where),
            self.condition(data.get("show"), here),
            exclusive=bool(data.get("exclusive")),
            other=bool(data.get("other")),
            last=bool(data.get("last")),
            unknown=bool(data.get("unknown")),
            picture=self.picture(data.get("picture"), here),
            score=score,
        )

    def picture(self, value: Any, where: str) -> Picture | None:
        if value is None:
            return None
        if not isinstance(value, Mapping) or not SHA256.fullmatch(str(value.get("file"))):
            self.problem(where, "a picture has the sha256 of its “file”, and “alt” words")
            return None
        alt = self.words(value.get("alt"), f"{where}, picture")
        if not alt:
            self.problem(where, "a picture needs words that say what it shows (“alt”)")
        return Picture(str(value["file"]), alt)

    def row(self, data: Mapping[str, Any], where: str) -> Row:
        key = self.key(data.get("key"), f"{where}, row")
        label = self.words(data.get("label"), where)
        if not label:
            self.problem(f"{where}, row {key}", "a row needs words")
        return Row(key, label, self.condition(data.get("show"), f"{where}, row {key}"), bool(data.get("required")))


def read(data: Mapping[str, Any]) -> Questionnaire:
    """A questionnaire from its JSON definition; raises BadDefinition with every problem found."""
    if not isinstance(data, Mapping):
        raise BadDefinition([Problem("definition", "an object is needed")])
    questionnaire, found = read_unfinished(data)
    if found:
        raise BadDefinition(found)
    return questionnaire


def read_unfinished(data: Mapping[str, Any]) -> tuple[Questionnaire, list[Problem]]:
    """As much of a questionnaire as a definition has, to look at while it is written, and what keeps it from use."""
    reader = _Reader(data)
    questionnaire = reader.questionnaire()
    found = [*reader.problems, *checking.problems(questionnaire, reader.sections)]
    return questionnaire, [Problem(where, sentence) for where, sentence in found]
