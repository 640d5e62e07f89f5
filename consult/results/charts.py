"""Charts of findings: one bar of parts for a scale, bars round a middle for rows, columns for numbers.

They are drawn from the figures and percentages of the table beside them, and only where none of these is hidden: a bar
of parts would show how large the hidden one is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from markupsafe import Markup

from consult.domain import charts
from consult.domain.charts import Piece
from consult.domain.findings import Finding, Grid, Numbers, Scale, Table
from consult.domain.gunning.wording import in_order, is_good, is_unknown
from consult.domain.questionnaire import Question
from consult.domain.wording import direction
from consult.web.locale import current_language, say_number


@dataclass(frozen=True)
class Named:
    """One answer of a table: its label, and its per cent as given out (None where it is hidden or not said)."""

    key: str
    label: Markup
    percent: int | None


@dataclass(frozen=True)
class Row:
    """One bar: what it is about (nothing for the only one), its parts, and all of it in words."""

    label: Markup | None
    pieces: tuple[Piece, ...]
    said: str
    #: what stands outside the scale, such as “don’t know”
    apart: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars with one legend, or columns with the names of the first and the last."""

    kind: str
    rows: tuple[Row, ...] = ()
    legend: tuple[tuple[int, int, Markup], ...] = ()
    columns: tuple[tuple[float, float, float] | None, ...] = ()
    ends: tuple[Markup, Markup] | None = None
    said: str = ""


@dataclass(frozen=True)
class Order:
    """Whether the answers of a question have an order of their own, which stand outside it, and where it begins."""

    ordered: bool
    outside: frozenset[str]
    good_first: bool


def order_of(question: Question) -> Order:
    """By the words it was written in, so that readers of every language see the same."""
    written = {option.key: option.label.to("en").plain for option in question.options}
    outside = {option.key for option in question.options if option.unknown or is_unknown(written[option.key])}
    inside = [label for key, label in written.items() if key not in outside]
    return Order(in_order(inside), frozenset(outside), bool(inside) and is_good(inside[0]))


def by_size(table: Table, question: Question) -> Table:
    """The same table with the largest answer first; what belongs to the end stays there, hidden ones before it."""
    order = order_of(question)
    if order.ordered or not question.options:
        return table
    last = {option.key for option in question.options if option.pinned} | order.outside
    cells = sorted(
        table.cells, key=lambda cell: (cell.key in last, cell.hidden, 0 if cell.key in last else -cell.about)
    )
    return replace(table, cells=tuple(cells))


def chart_of(
    finding: Finding, question: Question, tables: Sequence[tuple[Markup | None, Sequence[Named]]]
) -> Chart | None:
    """The chart of a finding whose tables have these labels and per cents; None where a table says it better."""
    if any(one.percent is None for _label, named in tables for one in named):
        return None
    if isinstance(finding, Scale):
        return _of_scale(tables[0][1], finding.apart, order_of(question))
    if isinstance(finding, Numbers):
        return _of_numbers(tables[0][1])
    if isinstance(finding, Grid) and len(tables) > 1 and all(_one_answer(table) for table in finding.tables):
        order = order_of(question)
        return _of_rows(tables, order) if order.ordered else None
    return None


def _one_answer(table: Table) -> bool:
    return not table.unticked


def _of_scale(named: Sequence[Named], apart: Collection[str], order: Order) -> Chart | None:
    inside = [one for one in named if one.key not in apart]
    if len(inside) > charts.MOST_PARTS:
        return _of_numbers(inside)
    pieces = charts.stacked([one.percent or 0 for one in inside], good_first=order.good_first)
    if not pieces:
        return None
    row = Row(None, _here(pieces), _said(inside), _apart(named, apart))
    return Chart("stacked", (row,), _legend(inside, order))


def _of_rows(tables: Sequence[tuple[Markup | None, Sequence[Named]]], order: Order) -> Chart | None:
    inside = [[one for one in named if one.key not in order.outside] for _label, named in tables]
    drawn = charts.diverging([[one.percent or 0 for one in named] for named in inside], good_first=order.good_first)
    if not drawn:
        return None
    rows = tuple(
        Row(label, _here(pieces), _said(kept), _apart(named, order.outside))
        for (label, named), kept, pieces in zip(tables, inside, drawn, strict=True)
    )
    return Chart("diverging", rows, _legend(inside[0], order))


def _of_numbers(named: Sequence[Named]) -> Chart | None:
    columns = charts.columns([one.percent for one in named])
    if len(columns) < 3:
        return None
    if _backwards():
        columns = [None if one is None else (round(100 - one[0] - one[1], 2), one[1], one[2]) for one in columns]
    return Chart("columns", columns=tuple(columns), ends=(named[0].label, named[-1].label), said=_said(named))


def _legend(named: Sequence[Named], order: Order) -> tuple[tuple[int, int, Markup], ...]:
    tones = charts.shades(len(named), good_first=order.good_first)
    return tuple((number, tones[number - 1], one.label) for number, one in enumerate(named, 1))


def _apart(named: Sequence[Named], apart: Collection[str]) -> str:
    outside = [one for one in named if one.key in apart]
    return _("Not in the chart: %(answers)s.", answers=_said(outside)) if outside else ""


def _said(named: Sequence[Named]) -> str:
    """The chart in words, for those who do not see it."""
    percents = (_("%(number)s%%", number=say_number(one.percent or 0)) for one in named)
    return "; ".join(f"{one.label.striptags()} {percent}" for one, percent in zip(named, percents, strict=True))


def _here(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The parts as they lie for this reader."""
    return tuple(one.mirrored() for one in pieces) if _backwards() else tuple(pieces)


def _backwards() -> bool:
    return direction(current_language()) == "rtl"
