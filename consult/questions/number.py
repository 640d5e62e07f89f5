"""A number, with its unit and range."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from random import Random
from typing import Any

from wtforms import BooleanField, DecimalField, Form
from wtforms.validators import Optional

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

WHOLE = re.compile(r"[+-]?\d{1,15}")
DECIMAL = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,10})?|[.,]\d{1,10})")
#: Arabic-Indic and Extended Arabic-Indic digits, as typed on Arabic and Urdu keyboards.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


class Settings(Form):
    """Range, whole or decimal; older definitions call the ends minimum and maximum."""

    least = DecimalField(validators=[Optional()])
    most = DecimalField(validators=[Optional()])
    decimal = BooleanField()


def parse(text: str, *, decimal: bool) -> int | float | None:
    """What was typed as a number, or None; digits of any keyboard, comma or point, spaces between thousands."""
    compact = re.sub(r"[\s\u00a0\u202f]", "", text).translate(DIGITS)
    if WHOLE.fullmatch(compact):
        return int(compact)
    if decimal and DECIMAL.fullmatch(compact):
        return float(compact.replace(",", "."))
    return None


class Number(QuestionType):
    """A number."""

    name = "number"
    title = N_("A number")
    settings = Settings
    missing = N_("Enter a number")

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
            "inputmode": "decimal" if self.decimal(question) else "numeric",
            "spellcheck": False,
            "width": 10,
            "attributes": attributes,
        }
        return Component("input", {**params, **self.around(question, drawing.locale)})

    def around(self, question: Question, locale: Locale) -> dict[str, Any]:
        """What stands before or behind the box."""
        unit = question.settings.get("unit")
        return {"suffix": said(unit, locale)} if isinstance(unit, Wording) and unit else {}

    def range_words(self, question: Question, locale: Locale) -> str:
        """The numbers accepted, where both ends are given and the author says nothing under the question."""
        least, most = self.bounds(question)
        if least is None or most is None or question.hint:
            return ""
        return locale.say(N_("A number from %(low)s to %(high)s"), low=locale.number(least), high=locale.number(most))

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        text = _typed(data)
        if not text:
            return {}
        decimal = self.decimal(question)
        number = parse(self.bare(text), decimal=decimal)
        if number is None:
            if not decimal and parse(text, decimal=True) is not None:
                return {MAIN: locale.say(N_("Enter a whole number, like 12"))}
            return {MAIN: locale.say(N_("Enter a number using digits, like 12"))}
        least, most = self.bounds(question)
        if least is not None and number < least:
            return {MAIN: locale.say(N_("Enter %(number)s or more"), number=locale.number(least))}
        if most is not None and number > most:
            return {MAIN: locale.say(N_("Enter %(number)s or less"), number=locale.number(most))}
        return {}

    def bare(self, text: str) -> str:
        """What was typed without the signs people put around such numbers."""
        return text

    def values(self, question: Question, data: Data) -> Values:
        number = parse(self.bare(_typed(data)), decimal=self.decimal(question))
        return () if number is None else (Value(number=number),)

    def data(self, question: Question, values: Values) -> Data:
        return {MAIN: [_plain(value.number) for value in values if value.number is not None]}

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        unit = question.settings.get("unit")
        after = f" {said(unit, locale)}" if isinstance(unit, Wording) and unit else ""
        return [locale.number(value.number) + after for value in values if value.number is not None]

    def possible(self, question: Question) -> list[Possible]:
        least, most = self.bounds(question)
        return [Amount(least=least, most=most, whole=not self.decimal(question))]

    def bands(self, question: Question) -> list[tuple[float | None, float | None]]:
        """The ranges numbers are counted in: (from, below), open at both ends; declared, or made from the bounds."""
        declared = question.settings.get("bands")
        edges = (
            [edge for edge in (_bound(one) for one in declared) if edge is not None]
            if isinstance(declared, list)
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
        low, _, high = atom.partition("..")
        if not low:
            return locale.say("under %(number)s", number=locale.number(float(high)))
        if not high:
            return locale.say("%(number)s or more", number=locale.number(float(low)))
        return locale.say(
            "from %(low)s to under %(high)s", low=locale.number(float(low)), high=locale.number(float(high))
        )

    def invent(self, question: Question, random: Random) -> Values:
        least, most = self.bounds(question)
        least = 0 if least is None else least
        most = least + 100 if most is None else most
        number = min(max(random.gauss((least + most) / 2, (most - least) / 5), least), most)
        return (
            Value(
                number=round(number, 1)
                if self.decimal(question)
                else min(max(round(number), -(-least // 1)), most // 1)
            ),
        )


def _typed(data: Data) -> str:
    texts = data.get(MAIN, ())
    return clean(texts[0]).strip() if texts else ""


def _bound(value: Any) -> float | None:
    try:
        return None if value in (None, "") else float(value)
    except (TypeError, ValueError):
        return None


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
