"""Conditions in words that go by the numbers of questions, and where somebody goes on after an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from consult import questions
from consult.domain import conditions
from consult.domain.answers import Answers, Value
from consult.domain.conditions import Condition, Joined, Test
from consult.domain.questionnaire import Question, Questionnaire
from consult.questions.base import Locale


@dataclass(frozen=True)
class Numbered:
    """A questionnaire whose questions have numbers, spoken of in one language."""

    questionnaire: Questionnaire
    numbers: Mapping[str, int]
    locale: Locale

    def condition(self, what: Condition, *, outermost: bool = True) -> str:
        """“the answer to question 3 is “Bus” or “Car””."""
        if isinstance(what, Joined):
            parts = [self.condition(part, outermost=False) for part in what.parts]
            if what.how == "not":
                return _("it is not so that %(condition)s", condition=parts[0])
            both = _(" and ") if what.how == "all" else _(" or ")
            joined = both.join(parts)
            return joined if outermost or len(parts) == 1 else f"({joined})"
        return self._test(what)

    def _test(self, test: Test) -> str:
        subject = self._subject(test)
        right = self._right(test)
        if test.count:
            return self._count(test, right)
        if test.operator == "answered":
            return _("%(question)s is answered", question=subject)
        if test.operator == "none_of":
            return _("the answer to %(question)s is not %(answer)s", question=subject, answer=right)
        if test.operator == "all_of":
            return _("the answers to %(question)s include %(answer)s", question=subject, answer=right)
        if test.operator == "at_least":
            return _("the answer to %(question)s is %(answer)s or more", question=subject, answer=right)
        if test.operator == "at_most":
            return _("the answer to %(question)s is %(answer)s or less", question=subject, answer=right)
        if test.operator == "above":
            return _("the answer to %(question)s is more than %(answer)s", question=subject, answer=right)
        if test.operator == "below":
            return _("the answer to %(question)s is less than %(answer)s", question=subject, answer=right)
        return _("the answer to %(question)s is %(answer)s", question=subject, answer=right)

    def _count(self, test: Test, right: str) -> str:
        subject = self._subject(test)
        if test.operator in ("at_least", "above"):
            more = right if test.operator == "at_least" else f"> {right}"
            return _("the number of answers to %(question)s is %(answer)s or more", question=subject, answer=more)
        if test.operator in ("at_most", "below"):
            less = right if test.operator == "at_most" else f"< {right}"
            return _("the number of answers to %(question)s is %(answer)s or less", question=subject, answer=less)
        return _("the number of answers to %(question)s is %(answer)s", question=subject, answer=right)

    def _subject(self, test: Test) -> str:
        if test.when == conditions.ITSELF:
            return _("this question")
        subject = self.question(test.when)
        asked = self.questionnaire.question_by_key.get(test.when)
        if test.row is None or asked is None:
            return subject
        row = asked.row_by_key.get(test.row) or asked.option_by_key.get(test.row)
        words = row.label.to(self.locale.language).text if row else test.row
        return _("“%(row)s” in %(question)s", row=words, question=subject)

    def question(self, key: str) -> str:
        """“question 3”."""
        return _("question %(number)s", number=self.locale.number(self.numbers.get(key, 0)))

    def _right(self, test: Test) -> str:
        if test.against is not None:
            return _("the answer to %(question)s", question=self.question(test.against))
        days = getattr(test, "today", None)
        if days is not None and not test.of:
            return self._today(days)
        asked = self.questionnaire.question_by_key.get(test.when)
        either = _(" and ") if test.operator == "all_of" else _(" or ")
        return either.join(self._constant(asked, test, constant) for constant in test.of)

    def _constant(self, asked: Question | None, test: Test, constant: object) -> str:
        if isinstance(constant, int | float) and not isinstance(constant, bool):
            return self.locale.number(constant)
        if isinstance(constant, Mapping) and "today" in constant:
            return self._today(int(constant["today"]))
        if asked is None or test.count or test.operator in ("at_least", "at_most", "above", "below", "matches"):
            return str(constant)
        kind = questions.kinds().get(asked.kind)
        said = kind.atom_words(asked, test.row or "", str(constant), self.locale) if kind else str(constant)
        return _("“%(answer)s”", answer=said)

    def _today(self, days: int) -> str:
        if not days:
            return _("today")
        if days < 0:
            return ngettext("%(num)s day before today", "%(num)s days before today", -days)
        return ngettext("%(num)s day after today", "%(num)s days after today", days)


def onward(questionnaire: Questionnaire, question: Question, choice: str) -> str | None:
    """The key of the question that comes next for sure not to be passed over after one answer; None for the end.

    Only what follows from this answer alone is known here: a question that other answers could hide is not passed over.
    """
    answers = {question.key: (Value(choice=choice),)}
    after = False
    for page in questionnaire.pages:
        for one in page.questions:
            if one.key == question.key:
                after = True
                continue
            section = getattr(one, "section", None)
            shows = (page.show, section.show if section else None, one.show)
            if after and not any(show is not None and _known(show, answers) is False for show in shows):
                return one.key
    return None


def _known(condition: Condition, answers: Answers) -> bool | None:
    """Whether it is true or false whatever else is answered; None where that depends."""
    if isinstance(condition, Joined):
        parts = [_known(part, answers) for part in condition.parts]
        if condition.how == "not":
            return None if parts[0] is None else not parts[0]
        deciding = condition.how == "any"
        if deciding in parts:
            return deciding
        return None if None in parts else not deciding
    if condition.when not in answers or condition.against is not None:
        return None
    return conditions.holds(condition, answers)
