"""Which pages, questions, rows and options somebody sees, given what they answered so far.

Conditions look only at earlier pages, so one pass from the first page to the last is enough; an answer that is hidden
counts as not given for everything after it. A route looks at a page when it is asked for, and at those its conditions
need: one page of a thousand questions costs no more than one of twelve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from consult.domain.answers import Answers, Values
from consult.domain.conditions import holds
from consult.domain.questionnaire import Option, Page, Question, Questionnaire, Row, Section, grouped


@dataclass(frozen=True)
class Stop:
    """A page on somebody's route: its visible questions, with their visible rows and options only."""

    page: Page
    questions: tuple[Question, ...]

    @property
    def groups(self) -> list[tuple[Section | None, tuple[Question, ...]]]:
        """Its questions by the section they stand in; None for those in none."""
        return grouped(self.questions)


class Route:
    """Somebody's way through: the pages they see, their answers without hidden ones, and which were dropped."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers, today: date | None = None) -> None:
        self.questionnaire = questionnaire
        self.given = answers
        self.today = today
        #: by the number of the page, None where it is hidden; only pages looked at so far
        self._seen: dict[int, Stop | None] = {}
        #: the answers that count, of the pages looked at so far
        self._kept: dict[str, Values] = {}

    # One page

    def stop(self, page: str) -> Stop | None:
        """The page with this key as they see it, or None when it is not on their way."""
        number = self.questionnaire.page_numbers.get(page)
        return None if number is None else self._look(number)

    def after(self, page: str) -> Stop | None:
        """The stop that follows; None when check-your-answers does."""
        return self._next(range(self.questionnaire.page_numbers.get(page, -1) + 1, len(self.questionnaire.pages)))

    def before(self, page: str) -> Stop | None:
        """The stop in front of this one, or None at the first."""
        return self._next(range(self.questionnaire.page_numbers.get(page, 0) - 1, -1, -1))

    def _next(self, numbers: range) -> Stop | None:
        return next((stop for number in numbers if (stop := self._look(number)) is not None), None)

    @cached_property
    def answers(self) -> Answers:
        """Their answers without hidden ones; each is looked at when it is asked for."""
        return _Kept(self)

    # All of it

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Every page they see, in order."""
        looked = (self._look(number) for number in range(len(self.questionnaire.pages)))
        return tuple(stop for stop in looked if stop is not None)

    @cached_property
    def kept(self) -> dict[str, Values]:
        """All their answers without hidden ones, in the order of the questionnaire."""
        return {key: self._kept[key] for key in self.by_question if key in self._kept}

    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """The questions with an answer that is hidden now, as a whole or in part."""
        kept = self.kept
        return tuple(key for key, values in self.given.items() if values and kept.get(key) != tuple(values))

    @cached_property
    def by_question(self) -> dict[str, Question]:
        """The visible questions by their keys."""
        return {question.key: question for stop in self.stops for question in stop.questions}

    # Looking

    def _look(self, number: int) -> Stop | None:
        if number in self._seen:
            return self._seen[number]
        looks_at = self.questionnaire.looks_at
        waiting = [number]
        while waiting:
            at = waiting[-1]
            ahead = [one for one in looks_at[at] if one not in self._seen]
            if ahead:
                waiting += ahead
                continue
            waiting.pop()
            if at not in self._seen:
                self._seen[at] = self._evaluate(self.questionnaire.pages[at])
        return self._seen[number]

    def _evaluate(self, page: Page) -> Stop | None:
        stop = self._visible(page) if page.conditional else Stop(page, page.questions)
        if stop is not None:
            for question in stop.questions:
                values = self.given.get(question.key)
                if values and (values := shown(question, values)):
                    self._kept[question.key] = values
        return stop

    def _visible(self, page: Page) -> Stop | None:
        kept, today = self._kept, self.today
        if page.show is not None and not holds(page.show, kept, today=today):
            return None
        questions = []
        sections: dict[str, bool] = {}
        for question in page.questions:
            section = question.section
            if section is not None and section.show is not None:
                if section.key not in sections:
                    sections[section.key] = holds(section.show, kept, today=today)
                if not sections[section.key]:
                    continue
            if question.show is not None and not holds(question.show, kept, today=today):
                continue
            visible = restricted(question, kept, today=today)
            if (question.options and not visible.options) or (question.rows and not visible.rows):
                continue
            questions.append(visible)
        return Stop(page, tuple(questions)) if questions else None

    def _answer(self, question: str) -> Values:
        page = self.questionnaire.page_of.get(question)
        if page is None:
            return ()
        self._look(self.questionnaire.page_numbers[page.key])
        return self._kept.get(question, ())


class _Kept(Mapping[str, Values]):
    """The answers of a route that count."""

    def __init__(self, route: Route) -> None:
        self._route = route

    def __getitem__(self, question: str) -> Values:
        values = self._route._answer(question) if question in self._route.given else ()
        if not values:
            raise KeyError(question)
        return values

    def __iter__(self) -> Iterator[str]:
        return iter(self._route.kept)

    def __len__(self) -> int:
        return len(self._route.kept)


def walk(questionnaire: Questionnaire, answers: Answers, *, today: date | None = None) -> Route:
    """The route of somebody who answered so; `today` is the day where people answer."""
    return Route(questionnaire, answers, today)


def restricted(question: Question, answers: Answers, *, today: date | None = None) -> Question:
    """The question with only the rows and options these answers show; itself when none comes and goes."""
    if not question.conditional:
        return question

    def there(one: Option | Row) -> bool:
        return one.show is None or holds(one.show, answers, today=today)

    return replace(
        question,
        options=tuple(option for option in question.options if there(option)),
        rows=tuple(row for row in question.rows if there(row)),
    )


def shown(question: Question, values: Values) -> Values:
    """Those atoms whose row and option are still there; in a ranking or with points to share, options are the parts."""
    options, parts = question.option_by_key, question.row_by_key
    if not options and not parts:
        return values
    if not parts and any(value.part for value in values):
        parts = options  # type: ignore[assignment]
    there = [
        value
        for value in values
        if (not parts or value.part in parts) and (not options or value.choice is None or value.choice in options)
    ]
    return values if len(there) == len(values) else tuple(there)
