"""The exact shapes, from tallies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consult.domain.findings.shapes import Bars, Cell, Excerpts, Grid, Numbers, Ranks, Scale, Shared, Table, Total
from consult.domain.questionnaire import Question, Questionnaire, Row
from consult.domain.statistics import ANSWERED, ASKED, Tally


def asked_of_everybody(questionnaire: Questionnaire, question: Question) -> bool:
    """Whether no condition of its page, its section, its own or of all its options or rows can hide it from anybody.

    Nor may any version that was answered have left it out or asked it otherwise.
    """
    shows = [[option.show for option in question.options], [row.show for row in question.rows]]
    remains = all(not conditions or None in conditions for conditions in shows)
    return not questionnaire.shown_when(question) and remains and question.key not in questionnaire.sometimes


def table(
    question: Question,
    tally: Tally,
    keys: Sequence[str],
    *,
    row: Row | None = None,
    several: bool = False,
    everyone: bool = True,
) -> Table:
    """The exact table of one question or one row; `everyone` says that neither it nor its page has a condition."""
    part = row.key if row else ""

    def count(atom: str) -> int:
        return int(tally.get((question.key, part, atom), 0))

    answered, asked = count(ANSWERED), count(ASKED)
    cells = tuple(Cell(key, count(key)) for key in keys)
    everyone = everyone and not (row and row.show)
    required = question.required or bool(row and row.required)
    return Table(
        question.key,
        cells,
        Total(answered),
        asked,
        part,
        tuple(Cell(cell.key, answered - cell.about) for cell in cells) if several else (),
        tuple(option.key for option in question.options if option.exclusive) if several else (),
        everyone,
        everyone and required and answered == asked,
    )


def bars(
    question: Question, tally: Tally, keys: Sequence[str] | None = None, *, several: bool = False, everyone: bool = True
) -> Bars:
    """One answer or several from `keys`, by default the question's options."""
    keys = [option.key for option in question.options] if keys is None else keys
    return Bars(table(question, tally, keys, several=several, everyone=everyone))


def scale(
    question: Question, tally: Tally, keys: Sequence[str], *, apart: Sequence[str] = (), everyone: bool = True
) -> Scale:
    """One answer from `keys` in order; `apart` are those outside the order."""
    return Scale(table(question, tally, keys, everyone=everyone), tuple(apart))


def numbers(question: Question, tally: Tally, keys: Sequence[str], *, everyone: bool = True) -> Numbers:
    """Numbers counted in bands with these keys."""
    return Numbers(table(question, tally, keys, everyone=everyone))


def grid(
    question: Question,
    tally: Tally,
    keys: Sequence[str] | None = None,
    *,
    several: bool = False,
    everyone: bool = True,
) -> Grid:
    """A table for each row of a matrix, over its options or over `keys` such as bands."""
    keys = [option.key for option in question.options] if keys is None else keys
    rows = tuple(table(question, tally, keys, row=row, several=several, everyone=everyone) for row in question.rows)
    return Grid(question.key, rows)


def ranks(question: Question, tally: Tally, places: Sequence[str], *, full: bool, everyone: bool = True) -> Ranks:
    """A table for each option over the places it was given; `full`: everybody who answered gave all of them."""
    return Ranks(question.key, _by_option(question, tally, places, everyone=everyone), full=full)


def shared(question: Question, tally: Tally, keys: Sequence[str], *, of: Shared, everyone: bool = True) -> Grid:
    """A table for each option over the bands of what it was given."""
    return Grid(question.key, _by_option(question, tally, keys, everyone=everyone), shared=of)


def _by_option(question: Question, tally: Tally, keys: Sequence[str], *, everyone: bool) -> tuple[Table, ...]:
    """Tables in which everybody who answered and saw an option is in exactly one cell of it.

    They are tables of options by places, so a zero is no better to show in them than in any breakdown.
    """
    tables = []
    for option in question.options:
        cells = tuple(Cell(key, int(tally.get((question.key, option.key, key), 0))) for key in keys)
        answered, asked = sum(cell.about for cell in cells), int(tally.get((question.key, "", ASKED), 0))
        always = everyone and option.show is None
        tables.append(
            Table(
                question.key,
                cells,
                Total(answered),
                asked if option.show is None else None,
                option.key,
                everyone=always,
                complete=always and question.required and answered == asked,
                breakdown=True,
            )
        )
    return tuple(tables)


def excerpts(question: Question, tally: Tally, *, everyone: bool = True) -> Excerpts:
    """How many wrote something."""
    return Excerpts(table(question, tally, [ANSWERED], everyone=everyone))


def sensitive(
    question: str, counts: Mapping[str, int], keys: Sequence[str] | None = None, *, answered: int | None = None
) -> Bars:
    """Counts of something sensitive, such as an equality question: released without zeros.

    `answered` is how many people answered where each could give several answers.
    """
    cells = tuple(Cell(key, counts.get(key, 0)) for key in (counts if keys is None else keys))
    if answered is not None:
        unticked = tuple(Cell(cell.key, answered - cell.about) for cell in cells)
        return Bars(Table(question, cells, Total(answered), unticked=unticked, breakdown=True))
    return Bars(Table(question, cells, Total(sum(cell.about for cell in cells)), breakdown=True))
