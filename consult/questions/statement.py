"""Words to read, with nothing to answer."""

from __future__ import annotations

from random import Random
from typing import Any

from consult.domain.answers import Values
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
from consult.questions.base import N_, Component, Data, Drawing, QuestionType


class Statement(QuestionType):
    """Words to read."""

    name = "statement"
    title = N_("A statement to read")
    seconds = 10
    asks = False

    def inputs(self, question: Question) -> list[str]:
        return []

    def texts(self, question: Question) -> list[str]:
        return []

    def errors(self, question: Question, data: Data, locale: Any) -> dict[str, str]:
        return {}

    def component(self, question: Question, drawing: Drawing) -> Component:
        worded = question.text.to(drawing.locale.language)
        more = question.hint.to(drawing.locale.language)
        return Component(
            "statement",
            {
                "paragraphs": [part.strip() for part in worded.text.split("\n\n") if part.strip()],
                "more": [part.strip() for part in more.text.split("\n\n") if part.strip()],
                "language": worded.language if worded.language != drawing.locale.language else "",
                "direction": worded.direction,
                "heading": drawing.heading,
            },
        )

    def values(self, question: Question, data: Data) -> Values:
        return ()

    def data(self, question: Question, values: Values) -> Data:
        return {}

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return []

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> None:
        return None

    def columns(self, question: Question) -> list[str]:
        return []

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        return []

    def invent(self, question: Question, random: Random) -> Values:
        return ()
