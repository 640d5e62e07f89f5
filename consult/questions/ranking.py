"""Things put in order: each gets a place from a list of places, never by dragging."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from wtforms import BooleanField, Form, IntegerField
from wtforms.validators import NumberRange, Optional

from consult.domain.answers import Value, Values
from consult.domain.findings import UNPLACED, Finding, ranks
from consult.domain.possible import Amount, Possible
from consult.domain.questionnaire import Option, Question
from consult.domain.statistics import Tally
from consult.questions import order
from consult.questions.base import (
    N_,
    Component,
    Data,
    Drawing,
    Locale,
    QuestionType,
    hinted,
    input_name,
    said,
)
from consult.questions.grids import Line, grid, line_words


class Settings(Form):
    """Whether some may be left without a place, how many places there are, and in which order they stand."""

    partial = BooleanField("People may leave answers without a place")
    most = IntegerField(
        "How many places there are, if not one for each answer", validators=[Optional(), NumberRange(min=1)]
    )
    order = order.order_setting()


class Ranking(QuestionType):
    """An order of things; the place is kept as the number of its option."""

    name = "ranking"
    title = N_("Things to put in order")
    settings = Settings
    seconds = 40
    needs_options = True
    missing = N_("Choose a place for each answer")

    def problems(self, question: Question) -> list[str]:
        found = super().problems(question)
        if len(question.options) == 1:
            found.append("needs two options or more to put in order")
        return found

    def inputs(self, question: Question) -> list[str]:
        return [option.key for option in question.options]

    def texts(self, question: Question) -> list[str]:
        return []

    def places(self, question: Question) -> int:
        """How many places there are: the first so many count, or all of them."""
        most = question.settings.get("most")
        there = len(question.options)
        return max(1, min(most, there)) if isinstance(most, int) and not isinstance(most, bool) else there

    def partial(self, question: Question) -> bool:
        """Whether some places may be left out."""
        return bool(question.settings.get("partial"))

    # Asking

    def component(self, question: Question, drawing: Drawing) -> Component:
        locale = drawing.locale
        return grid(
            question,
            drawing,
            question.options,
            lambda option: self._line(question, option, drawing),
            hints=[self.told(question, locale)],
            attributes=_spoken_by_the_buttons(locale) | ({"data-partial": "true"} if self.partial(question) else {}),
        )

    def told(self, question: Question, locale: Locale) -> str:
        """What to do."""
        last = locale.number(self.places(question))
        if self.partial(question) and self.places(question) == len(question.options):
            return locale.say(N_("Give a place to as many answers as you like. 1 is first."))
        if self.partial(question):
            return locale.say(N_("Give a place to up to %(count)s answers. 1 is first."), count=last)
        if self.places(question) < len(question.options):
            return locale.say(N_("Give a place to %(count)s answers. 1 is first."), count=last)
        return locale.say(N_("Give each answer its own place. 1 is first and %(last)s is last."), last=last)

    def _line(self, question: Question, option: Line, drawing: Drawing) -> Component:
        chosen = set(drawing.chosen(option.key))
        hint = hinted(option.hint, drawing.locale) if isinstance(option, Option) else {"text": ""}
        places = [
            {"value": str(place), "text": drawing.locale.number(place), "selected": str(place) in chosen}
            for place in range(1, self.places(question) + 1)
        ]
        return Component(
            "select",
            {
                "id": input_name(question, option.key),
                "name": input_name(question, option.key),
                "label": line_words(question, option, drawing),
                "hint": hint if hint["text"] else None,
                "errorMessage": drawing.error(option.key),
                "items": [{"value": "", "text": drawing.locale.say(N_("No place"))}, *places],
                "formGroup": {"classes": "app-grid__row app-grid__line"},
            },
        )

    # What was given

    def errors(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        places = {str(place) for place in range(1, self.places(question) + 1)}
        given = {option.key: [key for key in data.get(option.key, ()) if key] for option in question.options}
        wrong = {
            key: locale.say(N_("Choose from the answers shown"))
            for key, keys in given.items()
            if len(keys) > 1 or not places.issuperset(keys)
        }
        if wrong:
            return wrong
        placed = {key: int(keys[0]) for key, keys in given.items() if keys}
        if not placed:
            if not question.required:
                return {}
            return {self.first_input(question): self.required_message(question, locale)}
        return self._ties(question, placed, locale) or self._gaps(question, placed, locale)

    def _ties(self, question: Question, placed: Mapping[str, int], locale: Locale) -> dict[str, str]:
        first: dict[int, str] = {}
        wrong = {}
        for key, place in placed.items():
            other = first.setdefault(place, key)
            if other != key:
                wrong[key] = locale.say(
                    N_("“%(one)s” and “%(other)s” both have place %(place)s: choose another place for one of them"),
                    one=said(question.option_by_key[other].label, locale),
                    other=said(question.option_by_key[key].label, locale),
                    place=locale.number(place),
                )
        return wrong

    def _gaps(self, question: Question, placed: Mapping[str, int], locale: Locale) -> dict[str, str]:
        last = max(placed.values()) if self.partial(question) else self.places(question)
        lacking = [place for place in range(1, last + 1) if place not in placed.values()]
        if not lacking:
            return {}
        empty = [option for option in question.options if option.key not in placed]
        if len(lacking) == len(empty) and not self.partial(question) and last == len(question.options):
            return {
                option.key: locale.say(N_("Choose a place for “%(option)s”"), option=said(option.label, locale))
                for option in empty
            }
        after = sorted((place, key) for key, place in placed.items() if place > lacking[0])
        at = empty[0].key if empty and not after else after[0][1] if after else self.first_input(question)
        return {
            at: locale.say(
                N_("No answer has place %(place)s: choose it for one of them"), place=locale.number(lacking[0])
            )
        }

    def required_message(self, question: Question, locale: Locale) -> str:
        own = said(question.required_message, locale)
        if own or (not self.partial(question) and self.places(question) == len(question.options)):
            return own or locale.say(self.missing)
        return locale.say(N_("Choose the answer that comes first"))

    def values(self, question: Question, data: Data) -> Values:
        places = {str(place) for place in range(1, self.places(question) + 1)}
        return tuple(
            Value(part=option.key, number=int(key))
            for option in question.options
            for key in [key for key in data.get(option.key, ()) if key in places][:1]
        )

    def data(self, question: Question, values: Values) -> Data:
        return {value.part: [str(value.number)] for value in closed_up(values)}

    def closed(self, question: Question, values: Values) -> Values:
        return closed_up(values)

    # Saying and counting

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        lines = []
        for value in sorted(values, key=lambda value: value.number or 0):
            option = question.option_by_key.get(value.part)
            if option is not None and value.number is not None:
                lines.append(f"{locale.number(value.number)}. {said(option.label, locale)}")
        return lines

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        placed = {value.part: str(value.number) for value in closed_up(values)}
        return [(option.key, placed.get(option.key, UNPLACED)) for option in question.options] if placed else []

    def _cells(self, question: Question) -> list[str]:
        places = [str(place) for place in range(1, self.places(question) + 1)]
        all_placed = not self.partial(question) and len(places) == len(question.options)
        return places if all_placed else [*places, UNPLACED]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(option.key, cell) for option in question.options for cell in self._cells(question)]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        full = not self.partial(question) and not question.conditional
        return ranks(question, tally, self._cells(question), full=full, everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        if atom == UNPLACED:
            return locale.say(N_("No place"))
        return locale.say(N_("Place %(number)s"), number=locale.number(int(atom)))

    def possible(self, question: Question) -> list[Possible]:
        return [Amount(option.key, least=1, most=self.places(question), whole=True) for option in question.options]

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{option.key}" for option in question.options]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        placed = {value.part: value.number for value in closed_up(values)}
        return [placed.get(option.key) for option in question.options]

    def invent(self, question: Question, random: Random) -> Values:
        ordered = sorted(enumerate(question.options), key=lambda one: one[0] + random.gauss(0, 2))
        count = random.randint(1, self.places(question)) if self.partial(question) else self.places(question)
        placed = {option.key: place for place, (_at, option) in enumerate(ordered[:count], 1)}
        return tuple(
            Value(part=option.key, number=placed[option.key]) for option in question.options if option.key in placed
        )


def closed_up(values: Values) -> Values:
    """The same order without the gaps that options leave which are hidden now."""
    places = sorted({value.number for value in values if value.number is not None})
    return tuple(
        Value(part=value.part, number=places.index(value.number) + 1) for value in values if value.number is not None
    )


def _spoken_by_the_buttons(locale: Locale) -> dict[str, str]:
    """What the buttons of the script say; places in braces are filled by it."""
    return {
        "data-ranking": "true",
        "data-up": locale.say(N_("Move up")),
        "data-down": locale.say(N_("Move down")),
        "data-moved": locale.say(N_("{option}: place {place}")),
        "data-first": locale.say(N_("{option} is first already")),
        "data-last": locale.say(N_("{option} is last already")),
        "data-none": locale.say(N_("{option}: no place")),
    }
