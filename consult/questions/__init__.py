"""Kinds of question, one file each, found by their presence in this folder.

To add a kind: write a file with one `QuestionType` in it. The parametrised test in tests/questions covers it from then
on.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from inspect import isabstract, isclass

from consult.domain.questionnaire import Problem, Questionnaire
from consult.questions import piping, settings
from consult.questions.base import QuestionType


class UnknownKind(KeyError):
    """A definition names a kind of question that this version does not have."""


@cache
def kinds() -> dict[str, QuestionType]:
    """Every kind by its name; two files with one name are refused."""
    found: dict[str, QuestionType] = {}
    for module in pkgutil.iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        for one in vars(loaded).values():
            if not (isclass(one) and issubclass(one, QuestionType)) or one.__module__ != loaded.__name__:
                continue
            if isabstract(one) or not getattr(one, "name", ""):
                continue
            if one.name in found:
                raise RuntimeError(f"two kinds of question are called {one.name}")
            found[one.name] = one()
    return found


def kind(name: str) -> QuestionType:
    """The kind called `name`; raises UnknownKind."""
    try:
        return kinds()[name]
    except KeyError:
        raise UnknownKind(name) from None


def check(questionnaire: Questionnaire) -> list[Problem]:
    """What the kinds themselves say is wrong with a definition: unknown kinds, missing options, bad settings."""
    problems = []
    for question in questionnaire.questions:
        where = f"question {question.key}"
        if question.kind not in kinds():
            problems.append(Problem(where, f"“{question.kind}” is not a kind of question"))
            continue
        asked = kind(question.kind)
        problems += [Problem(where, one) for one in (*asked.problems(question), *settings.problems(asked, question))]
        problems += [Problem(where, one) for one in asked.problems_among(question, questionnaire)]
    return [*problems, *piping.problems(questionnaire)]
