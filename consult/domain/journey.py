"""Which pages, questions, rows and options somebody sees, given what they answered so far.

Conditions look only at earlier pages, so one pass from the first page to the last is enough; an answer that is hidden
counts as not given for everything after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from consult.domain.answers import Answers, Value, Values
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


@dataclass(frozen=True)
class Route:
    """Somebody's way through: the pages they see, their answers without hidden ones, and which were dropped."""

    stops: tuple[Stop, ...]
    answers: Mapping[str, Values]
    dropped: tuple[str, ...] = field(default=())

    @cached_property
    def by_page(self) -> dict[str, Stop]:
        """The stops by their page's key."""
        return {stop.page.key: stop for stop in self.stops}

    @cached_property
    def by_question(self) -> dict[str, Question]:
        """The visible questions by their keys."""
        return {question.key: question for stop in self.stops for question in stop.questions}

    def after(self, page: str) -> Stop | None:
        """The stop that follows; None when check-your-answers does."""
        keys = [stop.page.key for stop in self.stops]
        at = keys.index(page) + 1 if page in keys else 0
        return self.stops[at] if at < len(self.stops) else None

    def before(self, page: str) -> Stop | None:
        """The stop in front of this one, or None at the first."""
        keys = [stop.page.key for stop in self.stops]
        at = keys.index(page) - 1 if page in keys else -1
        return self.stops[at] if at >= 0 else None


def walk(questionnaire: Questionnaire, answers: Answers, *, today: date | None = None) -> Route:
    """Evaluate every condition once, in order; `today` is the day where people answer."""
    kept: dict[str, Values] = {}
    stops: list[Stop] = []
    for page in questionnaire.pages:
        if page.show is not None and not holds(page.show, kept, today=today):
            continue
        questions = []
        here: dict[str, Values] = {}
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
            values = answers.get(question.key)
            if values and (values := shown(visible, values)):
                here[question.key] = values
        kept.update(here)
        if questions:
            stops.append(Stop(page, tuple(questions)))
    dropped = tuple(key for key, values in answers.items() if values and kept.get(key) != tuple(values))
    return Route(tuple(stops), kept, dropped)


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
    parts = question.row_by_key or (question.option_by_key if any(value.part for value in values) else None)

    def there(value: Value) -> bool:
        if parts is not None and value.part not in parts:
            return False
        return not (question.options and value.choice is not None and value.choice not in question.option_by_key)

    return values if all(there(value) for value in values) else tuple(value for value in values if there(value))
