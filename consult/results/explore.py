"""Looking closer, for staff: counts of some of the people, two questions against each other, and two waves.

It opens when everything is counted (docs/anonymity.md). No part of the people under the smallest group is counted, nor
one that leaves fewer than the smallest group out: the few who are left out could be worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from consult.domain.errors import Rejected
from consult.domain.findings import Excerpts, Finding, Scale, Table, TooFew
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.statistics import ANSWERED, LEAST_FOR_PERCENTAGES, percentage
from consult.questions import kind
from consult.results import queries
from consult.results.columns import Catalogue, Cut, Picked, Reader

#: More questions in one cut say more about a person than about people.
MOST_PICKED = 5
LEAST_POINTS = 4


@dataclass(frozen=True)
class Variable:
    """A question, or one row of a grid, with its closed answers: what people can be told apart by."""

    question: Question
    part: str
    atoms: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.question.key}/{self.part}" if self.part else self.question.key

    @property
    def place(self) -> tuple[str, str]:
        """Its question and part."""
        return self.question.key, self.part


@dataclass(frozen=True)
class Crossed:
    """Two variables against each other, among those who answered both."""

    rows: Variable
    columns: Variable
    cells: Mapping[tuple[str, str], int]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    base: int

    @property
    def tells_shares(self) -> bool:
        """Whether enough people answered both for per cent to mean something (DOMAIN H3)."""
        return self.base >= LEAST_FOR_PERCENTAGES

    def share(self, row: str, column: str, of: str) -> int | None:
        """The whole per cent of its row, its column or of all; None of nobody."""
        whole = {"row": self.row_totals.get(row, 0), "column": self.column_totals.get(column, 0), "all": self.base}[of]
        return percentage(self.cells.get((row, column), 0), whole)


@dataclass(frozen=True)
class Verdict:
    """What a scale comes to: per cent in the best two points, and that less the per cent in the worst two."""

    top_two: int
    net: int


def variables(findings: Iterable[Finding], questionnaire: Questionnaire, catalogue: Catalogue) -> dict[str, Variable]:
    """Everything that people can be told apart by, by key, in the order of the questionnaire."""
    asked = questionnaire.question_by_key
    found: dict[str, Variable] = {}
    for finding in findings:
        if isinstance(finding, Excerpts | TooFew) or finding.question not in asked:
            continue
        for table in finding.tables:
            one = Variable(asked[finding.question], table.part, tuple(cell.key for cell in table.cells))
            if one.place in catalogue.by_place:
                found[one.key] = one
    return found


def picked(given: Mapping[str, Sequence[str]], among: Mapping[str, Variable]) -> tuple[Picked, ...]:
    """The answers that were chosen, by the key of their variable; raises Rejected for what is not there."""
    found = []
    for key, atoms in given.items():
        variable = among.get(key)
        if variable is None or not set(atoms) <= set(variable.atoms):
            raise Rejected("cut", "One of the answers is not in this questionnaire. Choose the answers again.")
        found.append(Picked(*variable.place, tuple(atom for atom in variable.atoms if atom in atoms)))
    if len(found) > MOST_PICKED:
        raise Rejected("cut", f"Choose answers to {MOST_PICKED} questions at most.")
    return tuple(found)


def day(text: str, name: str) -> date | None:
    """A day as it is typed in an address; None for none; raises Rejected for one that does not exist."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Rejected(name, f"“{text[:20]}” is not a date. Write it as 2026-11-23.") from None


def check(reader: Reader, cut: Cut, *, least: int) -> int:
    """How many responses a cut has; raises Rejected when it is too few, or leaves too few out."""
    if cut.since and cut.until and cut.since > cut.until:
        raise Rejected("until", "The last day is before the first one.")
    everybody, some = reader.catalogue.responses, reader.responses(cut)
    if some < least:
        raise Rejected(
            "cut", f"Fewer than {least} people are in this part, so nothing is counted. Take something out of it."
        )
    if 0 < everybody - some < least:
        raise Rejected(
            "cut",
            f"Fewer than {least} people are left out of this part. What they said could be worked out from the counts "
            "of everybody, so nothing is counted.",
        )
    return some


def of_some(reader: Reader, questionnaire: Questionnaire, cut: Cut) -> tuple[Finding, ...]:
    """The exact findings of a cut."""
    return queries.found_in(questionnaire, reader.tally(cut))


def crossed(reader: Reader, rows: Variable, columns: Variable, cut: Cut) -> Crossed:
    """Two variables against each other; raises Rejected when they are the same."""
    if rows.place == columns.place:
        raise Rejected("columns", "Choose two different questions.")
    found = reader.crossed(rows.place, columns.place, cut)
    cells = {(one, other): found[one, other] for one in rows.atoms for other in columns.atoms}
    return Crossed(
        rows,
        columns,
        cells,
        {one: _total(found, cells, one, None) for one in rows.atoms},
        {other: _total(found, cells, None, other) for other in columns.atoms},
        found[ANSWERED, ANSWERED] or sum(cells.values()),
    )


def _total(
    found: Counter[tuple[str, str]], cells: Mapping[tuple[str, str], int], one: str | None, other: str | None
) -> int:
    """People with one answer who answered the other question at all; the sum of the cells where that is not kept."""
    kept = found[one if one is not None else ANSWERED, other if other is not None else ANSWERED]
    return kept or sum(n for (row, column), n in cells.items() if one in (None, row) and other in (None, column))


def verdict(finding: Finding) -> Verdict | None:
    """The best two and the net of a scale with at least four points in order; None where that says nothing.

    Points stand from the worst to the best where they are numbers, and as the questionnaire has them otherwise.
    """
    if not isinstance(finding, Scale):
        return None
    table: Table = finding.table
    points = [cell for cell in table.cells if cell.key not in finding.apart]
    whole = sum(cell.about for cell in points)
    if len(points) < LEAST_POINTS or whole < LEAST_FOR_PERCENTAGES:
        return None
    best, worst = (sum(cell.about for cell in some) for some in (points[-2:], points[:2]))
    top, bottom = percentage(best, whole), percentage(worst, whole)
    return None if top is None or bottom is None else Verdict(top, top - bottom)


# Two consultations, or two waves of one


@dataclass(frozen=True)
class Compared:
    """One question as two consultations asked it; `others` are tables by part of the other one."""

    question: Question
    mine: tuple[Table, ...]
    others: Mapping[str, Table]
    #: whether the words have changed, though not what can be answered
    reworded: bool

    @cached_property
    def tables(self) -> list[tuple[Table, Table]]:
        """Each table beside the other's."""
        return [(table, self.others[table.part]) for table in self.mine if table.part in self.others]


def compared(
    mine: tuple[Questionnaire, Iterable[Finding]], other: tuple[Questionnaire, Iterable[Finding]]
) -> tuple[list[Compared], list[Question]]:
    """Questions of both, and those that have the same key but cannot be compared.

    The same question is one with the same key, as the bank and copies of a questionnaire give it, and the same kind,
    settings, rows and answers.
    """
    theirs = {finding.question: finding for finding in other[1]}
    found, changed = [], []
    for finding in mine[1]:
        question = mine[0].question_by_key[finding.question]
        twin = other[0].question_by_key.get(finding.question)
        if twin is None or isinstance(finding, Excerpts | TooFew) or not kind(question.kind).asks:
            continue
        if not same(question, twin):
            changed.append(question)
            continue
        tables = {table.part: table for table in theirs[finding.question].tables}
        language = mine[0].language
        reworded = question.text.to(language).text != twin.text.to(language).text
        found.append(Compared(question, finding.tables, tables, reworded))
    return found, changed


def same(question: Question, other: Question) -> bool:
    """Whether two questions can be answered with the same answers."""
    return (
        question.kind == other.kind
        and [one.key for one in question.options] == [one.key for one in other.options]
        and [one.key for one in question.rows] == [one.key for one in other.rows]
        and _set(question) == _set(other)
    )


def _set(question: Question) -> dict[str, str]:
    """Its settings without words: numbers, limits and switches."""
    return {
        name: repr(value) for name, value in question.settings.items() if isinstance(value, int | float | str | bool)
    }
