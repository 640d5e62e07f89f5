"""What in somebody's words may tell who they are, for them to take out or to leave, and what sounds like danger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain import risk_words
from consult.domain.answers import Answers
from consult.domain.journey import Route
from consult.domain.messages import N_
from consult.domain.questionnaire import Question
from consult.domain.self_disclosure import Kind, find
from consult.questions import kind

#: What each kind of piece is called on the page: a msgid.
CALLED = {
    Kind.NHS_NUMBER: N_("an NHS number"),
    Kind.TELEPHONE: N_("a telephone number"),
    Kind.EMAIL: N_("an email address"),
    Kind.POSTCODE: N_("a postcode"),
    Kind.ADDRESS: N_("an address"),
    Kind.BIRTH_DATE: N_("a date of birth"),
    Kind.NAME: N_("a person’s name"),
}
#: More are not listed: whoever wrote so many has seen the point.
MOST = 12


@dataclass(frozen=True)
class Telling:
    """One piece of one answer; `called` is a msgid. Drawn once, kept nowhere."""

    question: str
    piece: str
    called: str


def telling(route: Route) -> list[Telling]:
    """What to point out in the words of this route; questions that ask who somebody is are left out."""
    found: list[Telling] = []
    for key, question in route.by_question.items():
        values = route.answers.get(key, ())
        if question.personal or not values:
            continue
        for _part, text in kind(question.kind).comments(question, values):
            found += [Telling(key, text[one.start : one.end], CALLED[one.kind]) for one in find(text)]
    return found[:MOST]


@dataclass(frozen=True)
class Worry:
    """Somebody's words, in one answer or one row of it, that sound as if somebody were in danger; kept nowhere."""

    question: str
    part: str
    text: str

    @property
    def name(self) -> str:
        """What a form calls it."""
        return f"{self.question}/{self.part}"


def worries(questions: Iterable[Question], answers: Answers) -> list[Worry]:
    """What sounds like danger in the words of these answers; all of it, however much."""
    found = []
    for question in questions:
        values = answers.get(question.key, ())
        if question.personal or not values:
            continue
        found += [
            Worry(question.key, part, text)
            for part, text in kind(question.kind).comments(question, values)
            if risk_words.find(text)
        ]
    return found
