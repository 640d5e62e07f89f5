"""From one day to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Day
from datetime import timedelta
from random import Random

from consult.domain import possible
from consult.domain.answers import Value, Values
from consult.domain.findings import Finding, scale
from consult.domain.possible import Possible
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
from consult.questions.date import (
    PARTS,
    Settings,
    against_today,
    boxes,
    day_of,
    first_error,
    invented_span,
    iso_day,
    typed_part,
    wrong_date,
)

ENDS = ("from", "to")
CALLED = {"from": N_("First day"), "to": N_("Last day")}
#: Ranges are counted by how many days they have, both ends among them.
BANDS = ((1, 1), (2, 7), (8, 14), (15, 31), (32, 92), (93, None))


class DateRange(QuestionType):
    """Two dates, the first and the last day."""

    name = "date_range"
    title = N_("From one date to another")
    settings = Settings
    seconds = 25
    missing = N_("Enter the first and the last day")

    def inputs(self, question: Question) -> list[str]:
        return [f"{end}-{part}" for end in ENDS for part in PARTS]

    def texts(self, question: Question) -> list[str]:
        return self.inputs(question)

    def component(self, question: Question, drawing: Drawing) -> Component:
        return Component(
            "grid",
            {
                "id": f"{input_name(question)}--range",
                "legend": heading_words(question, drawing),
                "hint": hint_words(question, drawing, drawing.locale.say("For example, 27 3 2026.")),
                "rows": [self._end(question, end, drawing) for end in ENDS],
            },
        )

    def _end(self, question: Question, end: str, drawing: Drawing) -> Component:
        return Component(
            "date-input",
            {
                "id": f"{input_name(question)}--{end}",
                "fieldset": {"legend": {"text": drawing.locale.say(CALLED[end]), "size": "s"}},
                "errorMessage": first_error(drawing, f"{end}-"),
                "items": boxes(question, drawing, f"{end}-"),
            },
        )

    def check(self, question: Question, data: Data, locale: Locale) -> dict[str, str]:
        given = {end: {part: typed_part(data, f"{end}-{part}") for part in PARTS} for end in ENDS}
        if not any(text for one in given.values() for text in one.values()):
            return {}
        wrong: dict[str, str] = {}
        for end in ENDS:
            if any(given[end].values()):
                wrong |= {f"{end}-{part}": said for part, said in wrong_date(given[end], locale).items()}
            else:
                wrong[f"{end}-{PARTS[0]}"] = locale.say(N_("Enter this day too"))
        if wrong:
            return wrong
        days = {end: day for end in ENDS if (day := day_of(given[end]))}
        if days["to"] < days["from"]:
            return {f"to-{PARTS[0]}": locale.say(N_("The last day must be the first day or after it"))}
        return self._outside(question, days, locale)

    def errors_today(self, question: Question, values: Values, today: Day, locale: Locale) -> dict[str, str]:
        ends = {value.part: value.text or "" for value in values}
        said = against_today(question, ends["from"], ends["to"], today, locale) if set(ends) == set(ENDS) else ""
        end = "from" if question.settings.get("against_today") == "not_past" else "to"
        return {f"{end}-{PARTS[0]}": said} if said else {}

    def _outside(self, question: Question, days: dict[str, Day], locale: Locale) -> dict[str, str]:
        earliest, latest = (iso_day(question.settings.get(name)) for name in ("earliest", "latest"))
        if earliest and days["from"] < earliest:
            said = locale.say(N_("Enter %(date)s or a later date"), date=locale.date(earliest.isoformat()))
            return {f"from-{PARTS[0]}": said}
        if latest and days["to"] > latest:
            said = locale.say(N_("Enter %(date)s or an earlier date"), date=locale.date(latest.isoformat()))
            return {f"to-{PARTS[0]}": said}
        return {}

    def values(self, question: Question, data: Data) -> Values:
        days = [day_of({part: typed_part(data, f"{end}-{part}") for part in PARTS}) for end in ENDS]
        first, last = days
        if first is None or last is None or last < first:
            return ()
        return (Value("from", text=first.isoformat()), Value("to", text=last.isoformat()))

    def data(self, question: Question, values: Values) -> Data:
        found: dict[str, list[str]] = {}
        for value in values:
            day = iso_day(value.text)
            if day is not None:
                boxes = zip(PARTS, (day.day, day.month, day.year), strict=True)
                found |= {f"{value.part}-{part}": [str(number)] for part, number in boxes}
        return found

    def words(self, question: Question, values: Values, locale: Locale) -> list[str]:
        ends = {value.part: value.text for value in values if value.text}
        if set(ends) != set(ENDS):
            return []
        return [locale.say("from %(low)s to %(high)s", low=locale.date(ends["from"]), high=locale.date(ends["to"]))]

    def possible(self, question: Question) -> Sequence[Possible]:
        first, last = iso_day(question.settings.get("earliest")), iso_day(question.settings.get("latest"))
        return [possible.Day(end, first, last) for end in ENDS]

    def atoms(self, question: Question, values: Values) -> list[tuple[str, str]]:
        ends = {value.part: iso_day(value.text) for value in values}
        first, last = ends.get("from"), ends.get("to")
        if first is None or last is None:
            return []
        days = (last - first).days + 1
        return [(MAIN, _key(low, high)) for low, high in BANDS if days >= low and (high is None or days <= high)]

    def counted(self, question: Question) -> list[tuple[str, str]]:
        return [(MAIN, _key(low, high)) for low, high in BANDS]

    def finding(self, question: Question, tally: Tally, *, everyone: bool) -> Finding:
        return scale(question, tally, [_key(low, high) for low, high in BANDS], everyone=everyone)

    def atom_words(self, question: Question, part: str, atom: str, locale: Locale) -> str:
        low, _, high = atom.partition("..")
        if not high:
            return locale.say(N_("Days: %(number)s or more"), number=locale.number(int(low)))
        if low == high:
            return locale.say(N_("Days: %(number)s"), number=locale.number(int(low)))
        return locale.say(
            N_("Days: from %(low)s to %(high)s"), low=locale.number(int(low)), high=locale.number(int(high))
        )

    def columns(self, question: Question) -> list[str]:
        return [f"{question.key}/{end}" for end in ENDS]

    def cells(self, question: Question, values: Values) -> list[str | int | float | None]:
        by_end = {value.part: value.text for value in values}
        return [by_end.get(end) for end in ENDS]

    def invent(self, question: Question, random: Random) -> Values:
        first, last = invented_span(question)
        begins = first + timedelta(days=random.randint(0, (last - first).days))
        ends = min(last, begins + timedelta(days=random.choice((0, 3, 7, 14, 40, 100))))
        return (Value("from", text=begins.isoformat()), Value("to", text=max(begins, ends).isoformat()))


def _key(low: int, high: int | None) -> str:
    return f"{low}..{'' if high is None else high}"
