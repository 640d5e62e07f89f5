"""A questionnaire's conditions in words, for the people who check it."""

from __future__ import annotations

from consult.domain import conditions
from consult.domain.conditions import Condition, Joined, Test, Today
from consult.domain.questionnaire import Question, Questionnaire

LONGEST_NAME = 70
COMPARED = {"at_least": "is at least", "at_most": "is at most", "above": "is more than", "below": "is less than"}


def condition(what: Condition, questionnaire: Questionnaire) -> str:
    """“the answer to “How was it?” is “Poor” or “Bad””."""
    if isinstance(what, Joined):
        if what.how == "not":
            return f"it is not so that {_part(what.parts[0], questionnaire)}"
        if len(what.parts) == 1:
            return condition(what.parts[0], questionnaire)
        return (" and " if what.how == "all" else " or ").join(_part(part, questionnaire) for part in what.parts)
    return _test(what, questionnaire)


def _part(what: Condition, questionnaire: Questionnaire) -> str:
    """One of several, in brackets where it consists of several itself."""
    while isinstance(what, Joined) and what.how != "not" and len(what.parts) == 1:
        what = what.parts[0]
    said = condition(what, questionnaire)
    return f"({said})" if isinstance(what, Joined) and what.how != "not" else said


def _test(test: Test, questionnaire: Questionnaire) -> str:
    question = questionnaire.question_by_key.get(test.when)
    subject = _subject(test, question, questionnaire)
    if test.operator == "answered":
        return f"{subject} is given"
    if test.against is not None:
        other = questionnaire.question_by_key.get(test.against)
        right = f"the answer to {_name(other, test.against, questionnaire)}"
    else:
        right = _constants(test, question, questionnaire)
    if test.operator == "any_of":
        return f"{subject} is {right}"
    if test.operator == "none_of":
        return f"{subject} is not {right}"
    if test.operator == "all_of":
        return f"{subject} includes {right.replace(' or ', ' and ')}"
    if test.operator == "matches":
        return f"{subject} fits the pattern {right}"
    return f"{subject} {COMPARED[test.operator]} {right}"


def _subject(test: Test, question: Question | None, questionnaire: Questionnaire) -> str:
    if test.when == conditions.ITSELF:
        return "the answer"
    name = _name(question, test.when, questionnaire)
    if test.count == "rows":
        return f"the number of rows answered in {name}"
    if test.count:
        return f"the number of answers chosen for {name}"
    if test.row is not None:
        row = (question.row_by_key.get(test.row) or question.option_by_key.get(test.row)) if question else None
        label = row.label.to(questionnaire.language).plain if row else test.row
        return f"the answer to “{label}” in {name}"
    return f"the answer to {name}"


def _name(question: Question | None, key: str, questionnaire: Questionnaire) -> str:
    words = question.text.to(questionnaire.language).plain if question else key
    words = " ".join(words.split())
    return f"“{words[: LONGEST_NAME - 1]}…”" if len(words) > LONGEST_NAME else f"“{words}”"


def _constants(test: Test, question: Question | None, questionnaire: Questionnaire) -> str:
    said = []
    for constant in test.of:
        if isinstance(constant, Today):
            said.append(_day(constant.days))
            continue
        option = question.option_by_key.get(str(constant)) if question and not test.count else None
        said.append(f"“{option.label.to(questionnaire.language).plain}”" if option else f"“{constant}”")
    return " or ".join(said)


def _day(days: int) -> str:
    if days == 0:
        return "today"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'after' if days > 0 else 'before'} today"
