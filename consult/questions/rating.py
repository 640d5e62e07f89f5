"""A rating on a labelled scale, or from one to a number of points."""

from __future__ import annotations

from random import Random
from typing import Any

from wtforms import Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, scale
from consult.domain.possible import Choices, Possible
from consult.domain.questionnaire import Question
from consult.domain.statistics import Tally
from consult.domain.wording import Wording
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
    said,
    spoken,
)


class Settings(Form):
    """How many points the scale has where its steps have no labels of their own."""

    points = IntegerField(validators=[Optional(), NumberRange(2, 10)])


class Rating(QuestionType):
    """A rating on a scale."""

    name = "rating"
    title = N_("A rating on a scale")
    settings = Settings
    missing = N_("Select a rating")

    def problems(self, question: Question) -> list[str]:
        return [] if question.options or 2 <= self.points(question) <= 10 else ["needs from 2 to 10 points"]

    def points(self, question: Question) -> int:
        """How many steps an unlabelled scale has."""
        points = question.settings.get("points")
        return points if isinstance(points, int) and not isinstance(points, bool) else 0

    def keys(self, question: Question) -> list[str]:
        """The steps from first to last."""
        if question.options:
            return [option.key for option in question.options]
        return [str(point) for point in range(1, self.points(question) + 1)]

    def texts(self, question: Question) -> list[str]:
        return []

    def _label(self, question: Question, key: str, locale: Locale) -> dict[str, Any]:
        option = question.option_by_key.get(key)
        if option is not None:
            return spoken(option.label, locale)
        ends = {"1": question.settings.get("low"), str(self.points(question)): question.settings.get("high")}
        end = ends.get(key)
        words = said(end, locale) if isinstance(end, Wording) and end else ""
        number = locale.number(int(key)) if key.isdigit() else key
        return {"text": f"{number} – {words}" if words else number}

    def component(self, question: Question, drawing: Drawing) -> Component:
        chosen = set(drawing.chosen())
        return Component(
            "radios",
            {
                "idPrefix": input_name(question),
                "name": input_name(question),
                "fieldset": {"legend": heading_words(question, drawing)},
                "hint": hint_words(question, drawing),
                "errorMessage": drawing.error(),
                "items": [
                    {"value": key, "label": self._label(question, key, drawing.locale), "checked": key in chosen}
                    for key in self.keys(question)
                ],
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = [key for key in data.get(MAIN, ()) if key]
        if len(given) > 1 or any(key not in self.keys(question) for key in given):
            return {MAIN: locale.say(N_("Choose from the answers shown"))}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        given = [key for key in data.get(MAIN, ()) if key in self.keys(question)]
        return (Value(choice=given[0]),) if given else ()

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        return [self._label(question, value.choice, locale)["text"] for value in values if value.choice]

    def possible(self, question: Question) -> list[Possible]:
        return [Choices(tuple(self.keys(question)))]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, key) for key in self.keys(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return scale(question, tally, self.keys(question), everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        return str(self._label(question, atom, locale)["text"])

    def invent(self, question: Question, random: Random) -> Values:
        keys = self.keys(question)
        return (Value(choice=random.choices(keys, range(1, len(keys) + 1))[0]),)
