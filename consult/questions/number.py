"""A number, with its unit and range."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random
from typing import Any

from wtforms import BooleanField, DecimalField, Form, StringField
from wtforms.validators import Optional, ValidationError

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, numbers
from consult.domain.possible import Amount, Possible
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
    clean,
    heading_words,
    hint_words,
    input_name,
    said,
)
from consult.questions.reading import AMBIGUOUS, digits, parse


def in_order(_form: Form, field: StringField) -> None:
    """Refuse bands that are no numbers; they stand in a list, or in a text between commas."""
    if any(_bound(one) is None for one in (field.data or "").split(",")):
        raise ValidationError("Write numbers, separated by commas.")


def bands_setting() -> StringField:
    """Where one band ends and the next begins; without any they are made from the range."""
    return StringField("Bands for the results begin at, such as 5, 10, 20", validators=[Optional(), in_order])


class Settings(Form):
    """Range, whole or decimal, bands; older definitions call the ends minimum and maximum. The unit is words."""

    least = DecimalField("Smallest number accepted", validators=[Optional()])
    most = DecimalField("Largest number accepted", validators=[Optional()])
    decimal = BooleanField("Accept numbers that are not whole")
    bands = bands_setting()


class Number(QuestionType):
    """A number."""

    name = "number"
    title = N_("A number")
    settings = Settings
    missing = N_("Enter a number")
    worded = {"unit": "Unit, such as minutes or miles"}

    def problems(self, question: Question) -> list[str]:
        least, most = self.bounds(question)
        if least is not None and most is not None and least > most:
            return ["its smallest number is above its largest"]
        return []

    def bounds(self, question: Question) -> tuple[float | None, float | None]:
        """The smallest and largest number accepted."""
        settings = question.settings
        return (
            _bound(settings.get("least", settings.get("minimum"))),
            _bound(settings.get("most", settings.get("maximum"))),
        )

    def decimal(self, question: Question) -> bool:
        """Whether it need not be whole."""
        return bool(question.settings.get("decimal"))

    def component(self, question: Question, drawing: Drawing) -> Component:
        least, most = self.bounds(question)
        attributes: dict[str, Any] = {"data-number": "1"}
        # The whole numbers that are accepted, also where decimal ones are.
        if least is not None:
            attributes["data-min"] = _plain(math.ceil(least))
        if most is not None:
            attributes["data-max"] = _plain(math.floor(most))
        params: dict[str, Any] = {
            "id": input_name(question),
            "name": input_name(question),
            "label": heading_words(question, drawing),
            "hint": hint_words(question, drawing, self.range_words(question, drawing.locale)),
            "errorMessage": drawing.error(),
            "value": drawing.typed(""),
            "inputmode": self.keyboard(question),
            "spellcheck": False,
            "width": 10,
            "attributes": attributes,
        }
        return Component("input", {**params, **self.around(question, drawing.locale)})

    def keyboard(self, question: Question) -> str:
        """Which keys a telephone shows; only those for text have a minus."""
        least, _most = self.bounds(question)
        if least is not None and least < 0:
            return "text"
        return "decimal" if self.decimal(question) else "numeric"

    def around(self, question: Question, locale: Locale) -> dict[str, Any]:
        """What stands before or behind the box."""
        unit = _unit(question)
        return {"suffix": said(unit, locale)} if unit else {}

    #: what the range is told with, under the question: a msgid
    range_said = N_("A number from %(low)s to %(high)s")

    def range_words(self, question: Question, locale: Locale) -> str:
        """The numbers accepted, where both ends are given and the author says nothing under the question."""
        least, most = self.bounds(question)
        if least is None or most is None or question.hint:
            return ""
        return locale.say(
            self.range_said, low=self.amount(question, least, locale), high=self.amount(question, most, locale)
        )

    def amount(self, question: Question, number: float, locale: Locale) -> str:
        """One number as it is said in messages and tables."""
        return locale.number(int(number) if float(number).is_integer() else number)

    #: what to do about something that is no number: a msgid
    unreadable = N_("Enter a number using digits, like 12")

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        text = _typed(data)
        if not text:
            return {}
        number = self.read(question, text)
        if number is None:
            return {MAIN: locale.say(self.refused(question, text))}
        least, most = self.bounds(question)
        if least is not None and number < least:
            return {MAIN: locale.say(N_("Enter %(number)s or more"), number=self.amount(question, least, locale))}
        if most is not None and number > most:
            return {MAIN: locale.say(N_("Enter %(number)s or less"), number=self.amount(question, most, locale))}
        return {}

    def read(self, question: Question, text: str) -> int | float | None:
        """What was typed as a number; the unit may stand with it."""
        return parse(self.bare(question, text), decimal=self.decimal(question))

    def refused(self, question: Question, text: str) -> str:
        """What to do about what cannot be read: a msgid."""
        bare = self.bare(question, text)
        if self.decimal(question):
            ambiguous = AMBIGUOUS.fullmatch(digits(bare))
            return N_("Enter the number without a comma, like 1200 or 1.2") if ambiguous else self.unreadable
        return self.unreadable if parse(bare, decimal=True) is None else N_("Enter a whole number, like 12")

    def bare(self, question: Question, text: str) -> str:
        """What was typed without the signs and words that people put around such numbers."""
        for unit in sorted((_unit(question) or {}).values(), key=len, reverse=True):
            if text.casefold().endswith(unit.casefold()):
                return text[: len(text) - len(unit)].strip()
        return text

    def values(self, question: Question, data: Data) -> Values:
        text = _typed(data)
        number = self.read(question, text) if text else None
        return () if number is None else (Value(number=number),)

    def data(self, question: Question, values: Values) -> Data:
        return {MAIN: [_plain(value.number) for value in values if value.number is not None]}

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        unit = _unit(question)
        after = f" {said(unit, locale)}" if unit else ""
        return [self.amount(question, value.number, locale) + after for value in values if value.number is not None]

    def possible(self, question: Question) -> list[Possible]:
        least, most = self.bounds(question)
        return [Amount(least=least, most=most, whole=not self.decimal(question))]

    def bands(self, question: Question) -> list[tuple[float | None, float | None]]:
        """The ranges numbers are counted in: (from, below), open at both ends; declared, or made from the bounds."""
        declared = question.settings.get("bands")
        if isinstance(declared, str):
            declared = declared.split(",")
        edges = (
            [edge for edge in (_bound(one) for one in declared) if edge is not None]
            if isinstance(declared, list | tuple)
            else []
        )
        if not edges:
            least, most = self.bounds(question)
            least = 0 if least is None else least
            most = least + 100 if most is None else most
            step = _round_step((most - least) / 6)
            first = (int(least // step) + 1) * step
            edges = [first + step * at for at in range(6) if first + step * at <= most]
        edges = sorted(set(edges)) or [1.0]
        return [(None, edges[0]), *pairwise(edges), (edges[-1], None)]

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        found = []
        for value in values:
            for low, high in self.bands(question) if value.number is not None else ():
                if (low is None or value.number >= low) and (high is None or value.number < high):  # type: ignore[operator]
                    found.append((MAIN, _band_key(low, high)))
        return found

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, _band_key(low, high)) for low, high in self.bands(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return numbers(question, tally, [key for _part, key in self.counted(question)], everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        low, high = (one and self.amount(question, float(one), locale) for one in atom.split("..", 1))
        if not low:
            return locale.say("under %(number)s", number=high)
        if not high:
            return locale.say("%(number)s or more", number=low)
        return locale.say("from %(low)s to under %(high)s", low=low, high=high)

    def invent(self, question: Question, random: Random) -> Values:
        least, most = self.bounds(question)
        least = 0 if least is None else least
        most = least + 100 if most is None else most
        number = min(max(random.gauss((least + most) / 2, (most - least) / 5), least), most)
        if not self.decimal(question):
            return (Value(number=int(min(max(round(number), -(-least // 1)), most // 1))),)
        return (Value(number=min(max(round(number, 1), least), most)),)


def _unit(question: Question) -> Wording | None:
    unit = question.settings.get("unit")
    return unit if isinstance(unit, Wording) and unit else None


def _typed(data: Data) -> str:
    texts = data.get(MAIN, ())
    return clean(texts[0]).strip() if texts else ""


def _bound(value: Any) -> float | None:
    try:
        number = None if value is None or isinstance(value, bool) or value == "" else float(value)
    except (TypeError, ValueError):
        return None
    return number if number is not None and math.isfinite(number) else None


def _plain(number: int | float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def _band_key(low: float | None, high: float | None) -> str:
    return f"{_plain(low)}..{_plain(high)}"


def _round_step(step: float) -> float:
    """The next of 1, 2, 5, 10, 20, … at or above it."""
    size = 1.0
    while True:
        for factor in (1, 2, 5):
            if factor * size >= step:
                return factor * size
        size *= 10
