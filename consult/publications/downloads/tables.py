"""What is written into a file: columns that are described, and rows that can be read again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from consult.answering import queries as answering
from consult.consultations.models import Consultation
from consult.domain.wording import Wording
from consult.extensions import db
from consult.questions.variables import Holds, Variable
from consult.results import personal, queries
from consult.results.personal import Responses, Said, as_they_are
from consult.results.sheets import Cell

#: Rows as groups of cells, each said as a format says it (`consult.results.personal.Said`).
Rows = Callable[..., Iterator[Sequence[Any]]]

COMMENTS = (
    Variable("question", Wording("Key of the question"), Holds.TEXT),
    Variable("row", Wording("Row of a grid, or the option that had a box beside it"), Holds.TEXT),
    Variable("comment", Wording("What somebody wrote"), Holds.TEXT),
)


@dataclass(frozen=True)
class Table:
    """Rows as groups of cells, such as those of one question.

    `routes` gives the rows with a mark where somebody was not asked, for formats that can tell that from no answer.
    """

    name: str
    title: str
    columns: tuple[Variable, ...]
    rows: Rows
    routes: Rows
    #: the columns of each group
    groups: tuple[int, ...]
    count: int

    def cells(self) -> Iterator[list[Cell]]:
        """Each row as one line of cells."""
        return (list(chain.from_iterable(row)) for row in self.rows())


def responses(consultation: Consultation, *, least: int) -> Table:
    """One row for each response, with what fewer than `least` share blanked."""
    found = Responses(consultation, least=least)
    return Table(
        name="Responses",
        title=consultation.wording("title").to("en").plain,
        columns=found.columns,
        rows=found.rows,
        routes=found.rows_with_routes,
        groups=tuple(len(group) for group in found.groups),
        count=answering.responses(db.session, consultation.id),
    )


def comments(consultation: Consultation) -> Table:
    """What people wrote, in an order of its own."""

    def rows(said: Said = as_they_are) -> Iterator[Sequence[Any]]:
        return ((said(0, one),) for one in personal.comments(consultation))

    title = consultation.wording("title").to("en").plain
    written = queries.comments_written(consultation)
    return Table("Comments", title, COMMENTS, rows, rows, (len(COMMENTS),), written)
