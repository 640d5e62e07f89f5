"""Points to share out over things: a number for each, with a total."""

from __future__ import annotations

from random import Random

from wtforms import BooleanField, Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, Shared, shared
from consult.domain.possible import Amount, Possible
from consult.domain.questionnaire import Option, Question
from consult.domain.statistics import Band, Tally, band, band_of
from consult.questions import order
from consult.questions.base import (
    N_,
    Component,
    Data,
    Drawing,
    Locale,
    QuestionType,
    clean,
    hinted,
    input_name,
    said,
)
from consult.questions.grids import Line, grid, grid_id, line_words
from consult.questions.reading import parse

#: How many points there are where nobody says.
TOTAL = 100
MOST = 1_000_000


class Settings(Form):
    """How many points there are, whether all of them must be given, and in which order the things stand."""

    total = IntegerField("Points to share out", validators=[Optional(), NumberRange(1, MOST)])
    exactly = BooleanField("All of them must be given")
    order = order.order_setting()


class Points(QuestionType):
    """So many points, shared out over things."""

    name = "points"
    title = N_("Points to share out")
    settings = Settings
    seconds = 45
    needs_options = True

    def problems(self, question: Question) -> list[str]:
        found = super().problems(question)
        if len(question.options) == 1:
            found.append("needs two options or more to share points between")
        total = question.settings.get("total", TOTAL)
        if isinstance(total, bool) or not isinstance(total, int) or not 1 <= total <= MOST:
            found.append(f"needs a total from 1 to {MOST} points")
        return found

    def total(self, question: Question) -> int:
        """How many points there are."""
        total = question.settings.get("total", TOTAL)
        return total if isinstance(total, int) and not isinstance(total, bool) and 1 <= total <= MOST else TOTAL

    def exactly(self, question: Question) -> bool:
        """Whether all of them must be given."""
        return bool(question.settings.get("exactly"))

    def inputs(self, question: Question) -> list[str]:
        return [option.key for option in question.options]

    def texts(self, question: Question) -> list[str]:
        return self.inputs(question)

    # Asking

    def component(self, question: Question, drawing: Drawing) -> Component:
        locale = drawing.locale
        first = self.first_input(question)
        whole = not self.unreadable(question, first, drawing.data, locale)
        return grid(
            question,
            drawing,
            question.options,
            lambda option: self._line(question, option, drawing, said_above=whole and option.key == first),
            hints=[self.told(question, locale)],
            errorMessage=drawing.error(first) if whole else None,
            attributes={
                "data-points": str(self.total(question)),
                "data-given": locale.say(N_("You have given {given} of {total} points")),
            },
        )

    def told(self, question: Question, locale: Locale) -> str:
        """What to do."""
        total = locale.number(self.total(question))
        if self.exactly(question):
            return locale.say(N_("Share out exactly %(total)s points."), total=total)
        return locale.say(N_("Share out up to %(total)s points."), total=total)

    def _line(self, question: Question, option: Line, drawing: Drawing, *, said_above: bool) -> Component:
        hint = hinted(option.hint, drawing.locale) if isinstance(option, Option) else {"text": ""}
        return Component(
            "input",
            {
                "id": input_name(question, option.key),
                "name": input_name(question, option.key),
                "label": line_words(question, option, drawing),
                "hint": hint if hint["text"] else None,
                # A message about the sum stands above all of them, and this is where it leads.
                "errorMessage": True if said_above and drawing.error(option.key) else drawing.error(option.key),
                "describedBy": f"{grid_id(question)}-error" if said_above and drawing.error(option.key) else None,
                "value": drawing.typed(option.key),
                "inputmode": "numeric",
                "spellcheck": False,
                "width": 5,
                "attributes": {"data-number": "1", "data-min": "0", "data-max": str(self.total(question))},
                "formGroup": {"classes": "app-grid__row app-grid__line"},
            },
        )

    # What was given

    def unreadable(self, question: Question, key: str, data: Data, locale: Locale) -> str:
        """What is wrong with one number by itself."""
        text = _typed(data, key)
        number = parse(text, decimal=False)
        if not text or (number is not None and number >= 0):
            return ""
        return locale.say(
            N_("%(row)s: %(message)s"),
            row=said(question.option_by_key[key].label, locale),
            message=locale.say(N_("Enter a whole number of points, like 12")),
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        messages = {key: self.unreadable(question, key, data, locale) for key in self.inputs(question)}
        wrong = {key: message for key, message in messages.items() if message}
        values = self.values(question, data)
        if wrong or not values:
            return wrong
        total, given = self.total(question), sum(int(value.number or 0) for value in values)
        if given == total or (given < total and not self.exactly(question)):
            return {}
        short = N_("You have given %(given)s of %(total)s points: give %(count)s more")
        over = N_("You have given %(given)s of %(total)s points: take %(count)s away")
        message = locale.say(
            short if given < total else over,
            given=locale.number(given),
            total=locale.number(total),
            count=locale.number(abs(total - given)),
        )
        return {self.first_input(question): message}

    def required_message(self, question: Question, locale: Locale) -> str:
        return said(question.required_message, locale) or self.told(question, locale).rstrip(".")

    def values(self, question: Question, data: Data) -> Values:
        values = []
        for option in question.options:
            number = parse(_typed(data, option.key), decimal=False)
            if number is not None and number >= 0:
                values.append(Value(part=option.key, number=number))
        return tuple(values)

    def data(self, question: Question, values: Values) -> Data:
        return {value.part: [str(int(value.number))] for value in values if value.number is not None}

    # Saying and counting

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        lines = []
        for value in values:
            option = question.option_by_key.get(value.part)
            if option is not None and value.number is not None:
                lines.append(f"{said(option.label, locale)}: {locale.number(value.number)}")
        return lines

    def bands(self, question: Question) -> list[Band]:
        """None, less than a quarter, less than a half, and more: so few that they say little about each other."""
        total = self.total(question)
        edges = sorted({1, -(-total // 4), -(-total // 2)})
        return [Band(0, edges[0]), *map(Band, edges, edges[1:]), Band(edges[-1], None)]

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        given = {value.part: value.number for value in values if value.number is not None}
        bands = self.bands(question)
        if not given:
            return []
        return [(option.key, band_of(given.get(option.key, 0), bands).key) for option in question.options]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(option.key, one.key) for option in question.options for one in self.bands(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        of = Shared(self.total(question), self.exactly(question), alike=not question.conditional)
        return shared(question, tally, [one.key for one in self.bands(question)], of=of, everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        found = band(atom)
        if found.high == 1:
            return locale.say(N_("No points"))
        low = locale.number(int(found.low or 0))
        if found.high is None:
            return locale.say(N_("%(number)s points or more"), number=low)
        high = locale.number(int(found.high) - 1)
        if low == high:
            return locale.say(N_("Points: %(number)s"), number=low)
        return locale.say(N_("From %(low)s to %(high)s points"), low=low, high=high)

    def possible(self, question: Question) -> list[Possible]:
        return [Amount(option.key, least=0, most=self.total(question), whole=True) for option in question.options]

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{option.key}" for option in question.options]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        given = {value.part: value.number for value in values}
        return [given.get(option.key, 0) if given else None for option in question.options]

    def invent(self, question: Question, random: Random) -> Values:
        total, count = self.total(question), len(question.options)
        step = next(step for step in (10, 5, 1) if step == 1 or (total % step == 0 and total >= step * count))
        cuts = sorted(random.choices(range(total // step + 1), k=count - 1))
        parts = [(high - low) * step for low, high in zip([0, *cuts], [*cuts, total // step], strict=True)]
        if not self.exactly(question) and random.random() < 0.3:
            parts[-1] //= 2
        return tuple(Value(part=option.key, number=part) for option, part in zip(question.options, parts, strict=True))


def _typed(data: Data, key: str) -> str:
    texts = data.get(key, ())
    return clean(texts[0]).strip() if texts else ""
