"""What an author should know before anybody answers: parts that nobody sees, conditions that decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import z3

from consult.domain.conditions import Condition
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Page, Question, Questionnaire
from consult.domain.reach.lengths import Lengths, lengths
from consult.domain.reach.world import World

PossibleOf = Callable[[Question], Sequence[Possible]]
SecondsOf = Callable[[Question], int]


class Code(StrEnum):
    """What is the matter."""

    NEVER = "never"
    ALWAYS = "always"
    CANNOT_ANSWER = "cannot_answer"
    SOMETIMES_CANNOT_ANSWER = "sometimes_cannot_answer"


@dataclass(frozen=True)
class Finding:
    """One thing the author should know."""

    code: Code
    #: the key of the page, section, question, option or row, with the question's before it: `q7`, `q7/none`
    key: str
    what: str
    sentence: str

    @property
    def stops(self) -> bool:
        """Whether somebody could not get through, so that it may not be published."""
        return self.code in (Code.CANNOT_ANSWER, Code.SOMETIMES_CANNOT_ANSWER)


@dataclass(frozen=True)
class Report:
    """What the route checker found, and how long the ways through are."""

    findings: tuple[Finding, ...]
    lengths: Lengths


def check(
    questionnaire: Questionnaire, *, possible: PossibleOf, seconds: SecondsOf, typical: int, today: date
) -> Report:
    """Ask of every condition whether it can be true and false, of every needed question whether it can be answered.

    `possible` says what may come back from a question, `seconds` how long it takes, `typical` how many seconds half of
    invented people need; `today` is the first day on which it may be answered.
    """
    checker = _Checker(questionnaire, possible, today)
    findings = tuple(checker.run())
    return Report(findings, lengths(checker.world, seconds=seconds, typical=typical))


class _Checker:
    def __init__(self, questionnaire: Questionnaire, possible: PossibleOf, today: date) -> None:
        self.questionnaire = questionnaire
        self.possible = possible
        self.world = World(questionnaire, today=today)
        #: answers already found, each of which may show that something can be
        self.witnesses: list[Any] = []

    def run(self) -> Iterator[Finding]:
        for page in self.questionnaire.pages:
            self.world.add_page(page)
            self.witnesses.clear()
            yield from self.page(page)
            for question in page.questions:
                possible = self.possible(question)
                self.world.add_answers(question, possible)
            self.witnesses.clear()
            for question in page.questions:
                yield from self.answers(question)

    def page(self, page: Page) -> Iterator[Finding]:
        everybody = z3.BoolVal(True)
        yield from self.condition(page.show, everybody, page.key, "page")
        here = self.world.page_seen[page.key]
        if not self.could(here):
            return
        sections: set[str] = set()
        for question in page.questions:
            section = question.section
            within = here
            if section is not None:
                if section.key not in sections:
                    sections.add(section.key)
                    yield from self.condition(section.show, here, section.key, "section")
                within = z3.And(here, self.world.truth(section.show))
                if not self.could(within):
                    continue
            yield from self.condition(question.show, within, question.key, "question")
            seen = self.world.seen[question.key]
            if not self.could(seen):
                if self.could(z3.And(within, self.world.truth(question.show))):
                    yield self.never(
                        question.key, "question", "every one of its options or rows is hidden from everybody"
                    )
                continue
            for option in question.options:
                yield from self.condition(option.show, seen, f"{question.key}/{option.key}", "option")
            for row in question.rows:
                yield from self.condition(row.show, seen, f"{question.key}/{row.key}", "row")

    def condition(self, condition: Condition | None, within: Any, key: str, what: str) -> Iterator[Finding]:
        if condition is None:
            return
        truth = self.world.truth(condition)
        if not self.could(z3.And(within, truth)):
            yield self.never(key, what, "its condition can never be true")
        elif not self.could(z3.And(within, z3.Not(truth))):
            yield Finding(
                Code.ALWAYS, key, what, "Its condition is always true, so it decides nothing: take it away, or mend it."
            )

    def never(self, key: str, what: str, why: str) -> Finding:
        return Finding(Code.NEVER, key, what, f"Nobody can ever see it: {why}.")

    def answers(self, question: Question) -> Iterator[Finding]:
        """Whether a question can be answered where it is seen; then it is taken to be, where it is needed."""
        world, key = self.world, question.key
        seen, answered = world.seen[key], world.answered(key)
        parts = world.parts[key]
        if not parts or not self.could(seen):
            return
        accepted = world.truth(question.constraint, question) if question.constraint else z3.BoolVal(True)
        rows = [
            (row, z3.Or([part.given for part in parts if part.possible.part == row.key]))
            for row in question.rows
            if row.required or question.required
        ]
        needed = [z3.Implies(z3.And(seen, world.row_seen[key, row.key]), given) for row, given in rows]
        if question.required and not rows:
            needed.append(z3.Implies(seen, answered))
        if needed and not self.could(seen, answered, accepted, *needed):
            yield Finding(
                Code.CANNOT_ANSWER, key, "question", "It needs an answer, and no answer to it can be accepted."
            )
            return
        if not needed and not self.could(seen, answered, accepted):
            yield Finding(Code.CANNOT_ANSWER, key, "question", "No answer to it can be accepted.")
            return
        yield from self.too_few(question, needed=bool(needed))
        world.solver.add(z3.Implies(answered, accepted), *needed)
        self.witnesses.clear()

    def too_few(self, question: Question, *, needed: bool) -> Iterator[Finding]:
        for part in self.world.parts[question.key]:
            possible = part.possible
            if not isinstance(possible, Choices) or possible.least < 2 or possible.exclusive:
                continue
            offered = self.world.offered(question, possible)
            if self.could(self.world.seen[question.key], offered < possible.least):
                yield Finding(
                    Code.SOMETIMES_CANNOT_ANSWER,
                    question.key,
                    "question",
                    f"Some people are shown fewer than the {possible.least} options they have to choose"
                    + (", and could not go on." if needed else "."),
                )

    def could(self, *statements: Any) -> bool:
        """Whether there may be answers in which all of these hold."""
        together = z3.And(*statements) if len(statements) > 1 else statements[0]
        for model in self.witnesses:
            if z3.is_true(model.eval(together, model_completion=True)):
                return True
        if self.world.impossible(together):
            return False
        model = self.world.found()
        if model is not None and len(self.witnesses) < MOST_WITNESSES:
            self.witnesses.append(model)
        return True


#: More than these are slower to look through than to ask the solver.
MOST_WITNESSES = 6
