"""What is wrong with a definition as a whole: keys used twice, conditions and words that do not look back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consult.domain import conditions
from consult.domain.conditions import Condition
from consult.domain.markup import Pipe, pipes
from consult.domain.questionnaire.definition import Question, Questionnaire, grouped
from consult.domain.wording import Wording

MOST_QUESTIONS = 2_000
#: Two brackets that are not escaped: an earlier answer to be said, or a mistake.
BRACKETS = re.compile(r"(?<!\\)\[\[([^\[\]\n]*)\]\]")
#: (where, sentence)
Found = tuple[str, str]


def problems(questionnaire: Questionnaire, sections: Sequence[str]) -> list[Found]:
    """Everything that only shows when all pages have been read; `sections` are the keys of all, in order."""
    return list(_Checks(questionnaire).all(sections))


@dataclass(frozen=True)
class Piped:
    """An earlier answer that words say: where the words stand, and the question it names, if there is one."""

    where: str
    pipe: Pipe
    question: Question | None


def piped(questionnaire: Questionnaire) -> Iterator[Piped]:
    """Every earlier answer that words of the questionnaire say."""
    for where, wording in questionnaire.wordings():
        for pipe in dict.fromkeys(_pipes(wording)):
            yield Piped(where, pipe, questionnaire.question_by_key.get(pipe.key))


def _pipes(wording: Wording) -> Iterator[Pipe]:
    for text in wording.values():
        if "[[" in text:
            yield from pipes(text)


class _Checks:
    """The questions of earlier pages, growing page by page."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.earlier: dict[str, Question] = {}

    def all(self, sections: Sequence[str]) -> Iterator[Found]:
        pages = self.questionnaire.pages
        yield from _twice("page", [page.key for page in pages])
        yield from _twice("section", sections)
        yield from _twice("question", [question.key for question in self.questionnaire.questions])
        if not pages:
            yield "pages", "a questionnaire needs a page"
        if sum(len(page.questions) for page in pages) > MOST_QUESTIONS:
            yield "pages", f"more than {MOST_QUESTIONS} questions"
        yield from self.says("title", self.questionnaire.title)
        for page in pages:
            yield from self.looks_back(page.show, f"page {page.key}")
            yield from self.says(f"page {page.key}", page.title, page.text)
            for section, questions in grouped(page.questions):
                if section is not None:
                    yield from self.looks_back(section.show, f"section {section.key}")
                    yield from self.says(f"section {section.key}", section.title, section.text)
                for question in questions:
                    yield from self.question(question)
            self.earlier.update((question.key, question) for question in page.questions)

    def question(self, question: Question) -> Iterator[Found]:
        where = f"question {question.key}"
        yield from _twice(f"{where}: option", [option.key for option in question.options])
        yield from _twice(f"{where}: row", [row.key for row in question.rows])
        yield from self.looks_back(question.show, where)
        yield from self.looks_back(question.constraint, f"{where}: constraint", itself=True)
        for option in question.options:
            yield from self.looks_back(option.show, f"{where}, option {option.key}")
        for row in question.rows:
            yield from self.looks_back(row.show, f"{where}, row {row.key}")
        for place, wording in question.wordings():
            yield from self.says(place, wording)

    def looks_back(self, condition: Condition | None, where: str, *, itself: bool = False) -> Iterator[Found]:
        if condition is None:
            return
        if not itself and any(test.when == conditions.ITSELF for test in conditions.tests(condition)):
            yield where, "a condition cannot look at its own question"
        for name in dict.fromkeys(conditions.named(condition)):
            if name not in self.earlier:
                yield where, f"its condition looks at “{name}”, which is not asked on an earlier page"

    def says(self, where: str, *wordings: Wording) -> Iterator[Found]:
        """Problems with the earlier answers that words say."""
        for text in (text for wording in wordings for text in wording.values() if "[[" in text):
            yield from self._brackets(text, where)
            for pipe in dict.fromkeys(pipes(text)):
                question = self.earlier.get(pipe.key)
                if question is None:
                    yield where, f"its words say the answer to “{pipe.key}”, which is not asked on an earlier page"
                elif question.personal:
                    yield where, f"its words say the answer to “{pipe.key}”, which is personal and is never repeated"
                elif pipe.row and _parts(question) and pipe.row not in _parts(question):
                    yield where, f"its words say “{pipe.key}.{pipe.row}”, but “{pipe.key}” has no such row"
                elif not pipe.fallback.strip():
                    yield (
                        where,
                        f"its words say the answer to “{pipe.key}”, but not what to say without one: [[{pipe.key}|…]]",
                    )

    def _brackets(self, text: str, where: str) -> Iterator[Found]:
        for inside in dict.fromkeys(BRACKETS.findall(text)):
            if not pipes(f"[[{inside}]]"):
                yield (
                    where,
                    f"“[[{inside[:80]}]]” does not say an earlier answer: write [[key|words without one]], "
                    "or a backslash before each bracket",
                )


def _parts(question: Question) -> Mapping[str, object]:
    return question.row_by_key or question.option_by_key


def _twice(what: str, keys: Iterable[str]) -> Iterator[Found]:
    for key, times in sorted(Counter(keys).items()):
        if times > 1:
            yield f"{what} {key}", "the same key is used twice"
