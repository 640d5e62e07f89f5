"""A questionnaire as statements for a solver: what may be seen and answered together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import z3

from consult.domain import conditions
from consult.domain.answers import Value
from consult.domain.conditions import ITSELF, Condition, Joined, Test
from consult.domain.possible import Amount, Choices, Day, Possible, Words
from consult.domain.questionnaire import Page, Question, Questionnaire

#: How long a questionnaire is open at most, for what “today” may be.
LONGEST_OPEN = 400
#: Milliseconds the solver may think about one question of ours.
TIMEOUT = 2_000
ORDER: Mapping[str, Callable[[Any, Any], Any]] = {
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "above": lambda left, right: left > right,
    "below": lambda left, right: left < right,
}


@dataclass
class Part:
    """What stands in one part of an answer: whether anything does, and what."""

    possible: Possible
    given: Any
    #: by option key, for choices
    chosen: Mapping[str, Any]
    #: a number, or the ordinal of a day
    value: Any = None


class World:
    """Statements about one questionnaire; pages are added from first to last, as people meet them."""

    def __init__(self, questionnaire: Questionnaire, *, today: date) -> None:
        self.questionnaire = questionnaire
        self.solver = z3.Solver()
        self.solver.set("timeout", TIMEOUT)
        self.today = z3.Int("today")
        self.solver.add(self.today >= today.toordinal(), self.today <= today.toordinal() + LONGEST_OPEN)
        self.seen: dict[str, Any] = {}
        self.page_seen: dict[str, Any] = {}
        self.option_seen: dict[tuple[str, str], Any] = {}
        self.row_seen: dict[tuple[str, str], Any] = {}
        self.parts: dict[str, list[Part]] = {}
        self._unknown: dict[tuple[Any, ...], Any] = {}
        self._names = 0

    def found(self) -> Any:
        """The answers the solver found last; None when it found none in time."""
        try:
            return self.solver.model()
        except z3.Z3Exception:
            return None

    def impossible(self, *statements: Any) -> bool:
        """Whether no answers at all make these true; an undecided solver is no proof."""
        return bool(self.solver.check(*statements) == z3.unsat)

    # What is seen

    def add_page(self, page: Page) -> None:
        """The page and what its conditions show of it."""
        self.page_seen[page.key] = self.named(f"page {page.key}", self.truth(page.show))
        for question in page.questions:
            shown = [self.page_seen[page.key], self.truth(question.show)]
            shown.append(self.truth(section_show(question)))
            for kind, things, into in (
                ("option", question.options, self.option_seen),
                ("row", question.rows, self.row_seen),
            ):
                for one in things:
                    name = f"{kind} {question.key} {one.key}"
                    into[question.key, one.key] = (
                        self.named(name, self.truth(one.show)) if one.show else z3.BoolVal(True)
                    )
                if things and all(one.show for one in things):
                    shown.append(z3.Or([into[question.key, one.key] for one in things]))
            self.seen[question.key] = self.named(f"question {question.key}", z3.And(shown))

    def named(self, name: str, statement: Any) -> Any:
        """A name that stands for a statement, so that nothing grows with what it is built on."""
        self._names += 1
        known = z3.Bool(f"{self._names} {name}")
        self.solver.add(known == statement)
        return known

    def add_answers(self, question: Question, possible: Sequence[Possible]) -> None:
        """What may be answered where the question is seen."""
        self.parts[question.key] = [self._part(question, one) for one in possible]

    def answered(self, question: str) -> Any:
        """That something was answered."""
        return z3.Or([part.given for part in self.parts.get(question, ())])

    def offered(self, question: Question, possible: Choices) -> Any:
        """How many of the options can be seen."""
        return z3.Sum([z3.If(self._option(question, key), 1, 0) for key in possible.keys])

    def _option(self, question: Question, key: str) -> Any:
        return self.option_seen.get((question.key, key), z3.BoolVal(True))

    def _gate(self, question: Question, part: str) -> Any:
        gates = [self.seen[question.key]]
        if (question.key, part) in self.row_seen:
            gates.append(self.row_seen[question.key, part])
        elif (question.key, part) in self.option_seen:
            gates.append(self.option_seen[question.key, part])
        return z3.And(gates)

    def _part(self, question: Question, possible: Possible) -> Part:
        self._names += 1
        name = f"{self._names} {question.key}/{possible.part}"
        given = z3.Bool(f"given {name}")
        gate = self._gate(question, possible.part)
        self.solver.add(z3.Implies(given, gate))
        if isinstance(possible, Choices):
            chosen = {key: z3.Bool(f"chosen {name}/{key}") for key in possible.keys}
            self.solver.add(given == z3.Or(list(chosen.values())))
            for key, one in chosen.items():
                self.solver.add(z3.Implies(one, self._option(question, key)))
            flags = [(one, 1) for one in chosen.values()]
            if flags and possible.most < len(flags):
                self.solver.add(z3.PbLe(flags, possible.most))
            if flags and possible.least > 1:
                alone = [chosen[key] for key in possible.exclusive if key in chosen]
                self.solver.add(z3.Implies(given, z3.Or([z3.PbGe(flags, possible.least), *alone])))
            for key in possible.exclusive:
                for other in chosen:
                    if key in chosen and other != key:
                        self.solver.add(z3.Not(z3.And(chosen[key], chosen[other])))
            return Part(possible, given, chosen)
        if isinstance(possible, Amount):
            value = z3.Int(f"amount {name}") if possible.whole else z3.Real(f"amount {name}")
            if possible.least is not None:
                self.solver.add(value >= _exact(possible.least))
            if possible.most is not None:
                self.solver.add(value <= _exact(possible.most))
            return Part(possible, given, {}, value)
        if isinstance(possible, Day):
            value = z3.Int(f"day {name}")
            earliest = possible.earliest or date.min
            latest = possible.latest or date.max
            self.solver.add(value >= earliest.toordinal(), value <= latest.toordinal())
            return Part(possible, given, {}, value)
        return Part(possible, given, {})

    # What conditions say

    def truth(self, condition: Condition | None, itself: Question | None = None) -> Any:
        """The statement that a condition holds; `itself` is the question a constraint is about."""
        if condition is None:
            return z3.BoolVal(True)
        if isinstance(condition, Joined):
            parts = [self.truth(part, itself) for part in condition.parts]
            if condition.how == "not":
                return z3.Not(parts[0])
            return z3.And(parts) if condition.how == "all" else z3.Or(parts)
        return self._test(condition, itself)

    def _test(self, test: Test, itself: Question | None) -> Any:
        key = itself.key if test.when == ITSELF and itself else test.when
        parts = self._named_parts(key, test.row)
        if test.count:
            return self._counted(test, key, parts)
        given = z3.Or([part.given for part in parts])
        if test.operator == "answered":
            return given
        if test.against is not None:
            other = itself.key if test.against == ITSELF and itself else test.against
            right = self.parts.get(other, ())
            both = z3.And(given, z3.Or([part.given for part in right]))
            found = self._compared_with(replace(test, when=key), parts, right)
            return z3.Or(z3.Not(both), found) if test.operator == "none_of" else z3.And(both, found)
        if test.operator == "none_of":
            return z3.Not(z3.Or([self._any(part, test, key) for part in parts]))
        if test.operator == "all_of":
            each = [
                z3.Or([self._any(part, replace(test, operator="any_of", of=(constant,)), key) for part in parts])
                for constant in test.of
            ]
            return z3.And([given, *each])
        return z3.Or([self._any(part, test, key) for part in parts])

    def _named_parts(self, key: str, row: str | None) -> list[Part]:
        """The parts a condition looks at; a kind that does not say what its parts are may have any."""
        every = self.parts.get(key, [])
        named = [part for part in every if row is None or part.possible.part == row]
        return named or [part for part in every if isinstance(part.possible, Words)]

    def _any(self, part: Part, test: Test, key: str) -> Any:
        """That one part compares as asked with the constants; for `none_of`, that it is one of them."""
        operator = "any_of" if test.operator == "none_of" else test.operator
        if isinstance(part.possible, Choices):
            alone = replace(test, when=ITSELF, operator=operator, row=None)
            true = [one for option, one in part.chosen.items() if conditions.holds(alone, {}, (Value(choice=option),))]
            return z3.Or(true)
        rights = [self._constant(part.possible, constant) for constant in test.of]
        if operator == "matches" or any(right is None for right in rights) or isinstance(part.possible, Words):
            return z3.And(part.given, self._either_way((key, part.possible.part, operator, test.of)))
        if operator == "any_of":
            return z3.And(part.given, z3.Or([part.value == right for right in rights]))
        return z3.And(part.given, ORDER[operator](part.value, rights[0]))

    def _constant(self, possible: Possible, constant: Any) -> Any:
        """The constant as the solver compares it with such an answer; None when it cannot be known here."""
        days = getattr(constant, "days", None)
        if isinstance(possible, Day):
            if days is not None:
                return self.today + days
            try:
                return z3.IntVal(date.fromisoformat(str(constant)).toordinal())
            except ValueError:
                return None
        if isinstance(possible, Amount) and days is None:
            try:
                return _exact(float(constant))
            except (TypeError, ValueError):
                return None
        return None

    def _compared_with(self, test: Test, left: Sequence[Part], right: Sequence[Part]) -> Any:
        """That two questions compare as asked, both being answered; for `none_of`, that nothing is the same."""
        same = [(one, other, self._same(test, one, other)) for one in left for other in right]
        if test.operator in ("any_of", "none_of"):
            found = z3.Or([statement for _one, _other, statement in same])
            return z3.Not(found) if test.operator == "none_of" else found
        if test.operator == "all_of" or len(left) != 1 or len(right) != 1:
            return self._either_way((test.when, test.against, test.operator, test.row))
        one, other = left[0], right[0]
        if type(one.possible) is type(other.possible) and one.value is not None:
            return ORDER[test.operator](one.value, other.value)
        return self._either_way((test.when, test.against, test.operator, test.row))

    def _same(self, test: Test, one: Part, other: Part) -> Any:
        if isinstance(one.possible, Choices) and isinstance(other.possible, Choices):
            return z3.Or(
                [z3.And(chosen, other.chosen[key]) for key, chosen in one.chosen.items() if key in other.chosen]
            )
        both = z3.And(one.given, other.given)
        if type(one.possible) is type(other.possible) and one.value is not None:
            return z3.And(both, one.value == other.value)
        return z3.And(both, self._either_way((test.when, one.possible.part, test.against, other.possible.part)))

    def _counted(self, test: Test, key: str, parts: Sequence[Part]) -> Any:
        known = all(not isinstance(part.possible, Words) for part in parts)
        if test.against is not None or test.operator == "answered" or not known:
            return self._either_way((key, "count", test.operator, test.against, test.of))
        if test.count == "rows":
            flags = [part.given for part in parts]
        else:
            flags = [one for part in parts for one in part.chosen.values()]
        number = z3.Sum([z3.If(flag, 1, 0) for flag in flags]) if flags else z3.IntVal(0)
        try:
            rights = [_exact(float(constant)) for constant in test.of]
        except (TypeError, ValueError):
            return self._either_way((key, "count", test.operator, test.of))
        if test.operator in ORDER:
            return ORDER[test.operator](number, rights[0])
        same = [number == right for right in rights]
        if test.operator == "all_of":
            return z3.And(same)
        return z3.Not(z3.Or(same)) if test.operator == "none_of" else z3.Or(same)

    def _either_way(self, what: tuple[Any, ...]) -> Any:
        """A comparison whose outcome depends on what cannot be known here; the same one always turns out alike."""
        if what not in self._unknown:
            self._unknown[what] = z3.Bool(f"unknown {len(self._unknown)}")
        return self._unknown[what]


def section_show(question: Question) -> Condition | None:
    """The condition of the section a question stands in."""
    return question.section.show if question.section is not None else None


def _exact(number: float) -> Any:
    """A decimal number without the noise of its binary form."""
    return z3.RealVal(repr(float(number)))
