"""How long the shortest, the typical and the longest way through a questionnaire are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import z3

from consult.domain.questionnaire import Page, Question
from consult.domain.reach.world import World, section_show

#: Milliseconds the solver may look for a shorter or a longer way.
TIMEOUT = 4_000


@dataclass(frozen=True)
class Length:
    """One way through; `exact` says that no shorter (or longer) one exists, else it is the best that was found."""

    questions: int
    seconds: int
    exact: bool = True

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up, at least one."""
        return max(1, -(-self.seconds // 60))


@dataclass(frozen=True)
class Lengths:
    """The shortest and the longest way in questions and time, and what half of invented people need at most."""

    shortest: Length
    longest: Length
    typical_seconds: int

    @property
    def typical_minutes(self) -> int:
        """Whole minutes, rounded up, at least one."""
        return max(1, -(-self.typical_seconds // 60))


def lengths(world: World, *, seconds: Callable[[Question], int], typical: int) -> Lengths:
    """The extremes over all ways through; `typical` is passed on."""
    always_questions = always_seconds = 0
    #: what comes and goes together: the statement that decides it, how many questions, how many seconds
    together: dict[Any, tuple[Any, int, int]] = {}
    for page in world.questionnaire.pages:
        for question in page.questions:
            takes, asks = seconds(question), int(bool(world.parts.get(question.key)))
            deciding = _deciding(question, page)
            if deciding is None:
                always_questions, always_seconds = always_questions + asks, always_seconds + takes
                continue
            seen, asked, taken = together.get(deciding, (world.seen[question.key], 0, 0))
            together[deciding] = (seen, asked + asks, taken + takes)
    groups = list(together.values())

    def found(best: Callable[[Any, Any], Any]) -> Length:
        if not groups:
            return Length(always_questions, always_seconds)
        optimum = z3.Optimize()
        optimum.set("timeout", TIMEOUT)
        optimum.add(world.solver.assertions())
        best(optimum, z3.Sum([z3.If(seen, takes, 0) for seen, _asks, takes in groups]))
        result = optimum.check()
        model = optimum.model() if result == z3.sat else (world.solver.check() == z3.sat and world.found()) or None
        if model is None:
            return Length(always_questions, always_seconds, exact=False)
        here = [(asks, takes) for seen, asks, takes in groups if z3.is_true(model.eval(seen, model_completion=True))]
        return Length(
            always_questions + sum(asks for asks, _takes in here),
            always_seconds + sum(takes for _asks, takes in here),
            exact=result == z3.sat,
        )

    return Lengths(
        found(lambda optimum, cost: optimum.minimize(cost)),
        found(lambda optimum, cost: optimum.maximize(cost)),
        typical,
    )


def _deciding(question: Question, page: Page) -> Any:
    """What decides whether a question is seen, the same for all that come and go together; None when nothing does."""
    parts = tuple(
        tuple(one.show for one in things) if things and all(one.show for one in things) else ()
        for things in (question.options, question.rows)
    )
    deciding = (page.show, section_show(question), question.show, *parts)
    return deciding if any(deciding) else None
