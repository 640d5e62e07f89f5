"""A time of day, in two boxes."""

from __future__ import annotations

from random import Random

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, scale
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
from consult.questions.base import (
    MAIN,
    N_,
    Component,
    Data,
    Drawing,
    Locale,
    QuestionType,
    heading_words,
    hint_words,
    input_name,
)
from consult.questions.reading import digits

PARTS = ("hour", "minute")
LABELS = {"hour": N_("Hour"), "minute": N_("Minute")}
#: Times are counted in quarters of the day.
QUARTERS = ("00", "06", "12", "18")


class Time(QuestionType):
    """A time of day on the 24-hour clock."""

    name = "time"
    title = N_("A time of day")
    missing = N_("Enter a time")

    def inputs(self, question: Question) -> list[str]:
        return list(PARTS)

    def texts(self, question: Question) -> list[str]:
        return list(PARTS)

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "date-input",
            {
                "id": f"{input_name(question)}--time",
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(
                    question, drawing, drawing.locale.say("For example, 19 30 for half past seven in the evening.")
                ),
                "errorMessage": drawing.error("hour") or drawing.error("minute"),
                "items": [
                    {
                        "id": input_name(question, part),
                        "name": input_name(question, part),
                        "label": drawing.locale.say(LABELS[part]),
                        "width": 2,
                        "value": drawing.typed(part),
                        "classes": "nhsuk-input--error" if drawing.errors else "",
                    }
                    for part in PARTS
                ],
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        if any(_typed(data, part) for part in PARTS) and not self.values(question, data):
            wrong = "minute" if _below(_typed(data, "hour"), 24) else "hour"
            return {wrong: locale.say(N_("Enter a time from 0 0 to 23 59, like 19 30"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        hour, minute = (_typed(data, part) for part in PARTS)
        minute = minute or ("0" if hour else "")
        if not (_below(hour, 24) and _below(minute, 60)):
            return ()
        return (Value(text=f"{int(hour):02}:{int(minute):02}"),)

    def data(self, question: Question, values: Values) -> Data:
        for value in values:
            if value.text:
                hour, minute = value.text.split(":")
                return {"hour": [hour], "minute": [minute]}
        return {}

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        return [(MAIN, QUARTERS[int(value.text[:2]) // 6]) for value in values if value.text]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, quarter) for quarter in QUARTERS]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return scale(question, tally, QUARTERS, everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return locale.say("from %(low)s to %(high)s", low=f"{atom}:00", high=f"{int(atom) + 5:02}:59")

    def invent(self, question: Question, random: Random) -> Values:
        return (Value(text=f"{random.randint(7, 20):02}:{random.choice((0, 15, 30, 45)):02}"),)


def _below(text: str, end: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2 and int(text) < end


def _typed(data: Data, part: str) -> str:
    texts = data.get(part, ())
    return digits(texts[0]) if texts else ""
