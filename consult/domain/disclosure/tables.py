"""One table made fit to be seen: cells hidden and rounded, and one of them rounded more coarsely where that is needed.

How coarsely is decided only by what will be seen anyway: it must be safe for every set of true counts that would have
led to the same decision, so that somebody who knows this code learns nothing from the decision itself. (Rounding more
coarsely only where the true counts need it tells that they needed it: of 100 people 1 or 2 said no, or it would have
said 95.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consult.domain.disclosure.attack import LEAST_VALUES, within
from consult.domain.disclosure.integers import Sums
from consult.domain.disclosure.profiles import COARSER, Profile, rounded, stands_for
from consult.domain.findings import HIDDEN, Cell, Table

#: Of many possible roundings only those at either end can be unsafe: in between there is more room.
ENDS = 3


def protected(raw: Table, profile: Profile, responses: int) -> Table | None:
    """The exact table as it may be shown when nothing else is known about its people; None when it must be withheld."""
    if not profile.protects:
        return raw
    if raw.base.count < profile.least_base:
        return None
    counted = raw.base.count if raw.unticked else sum(cell.about for cell in raw.cells)
    raw = replace(raw, complete=raw.complete and counted == responses)
    if raw.unticked:
        pairs = [_pair(ticked, raw, profile) for ticked in raw.cells]
        cells, unticked = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    else:
        total = range(responses, responses + 1) if raw.complete else range(profile.least_base, responses + 1)
        safe = _guarded(raw.cells, total, profile, breakdown=raw.breakdown)
        if safe is None:
            return None
        cells, unticked = tuple(safe), ()
    table = replace(
        raw, cells=cells, unticked=unticked, asked=responses if raw.everyone and raw.asked == responses else None
    )
    return replace(table, base=table.recount())


def plainly(raw: Table, profile: Profile, responses: int) -> Table | None:
    """The exact table with the rule for each figure and no more; None when it is of too few people.

    For rows that say something about each other: rounding one of them more coarsely would tell about the others why
    it was needed. They are shown like this, or not at all where that is not safe, which can be seen from the figures.
    """
    if not profile.protects:
        return raw
    if raw.base.count < profile.least_base:
        return None
    cells = tuple(profile.cell(cell.key, cell.about, breakdown=raw.breakdown) for cell in raw.cells)
    complete = raw.complete and raw.base.count == responses
    asked = responses if raw.everyone and raw.asked == responses else None
    table = replace(raw, cells=cells, complete=complete, asked=asked)
    return replace(table, base=table.recount())


def coarser(table: Table, raw: Table) -> Table | None:
    """The same with its largest shown cell rounded to the next of 10, 20, 50; None when there is none left."""
    both = [*zip(table.cells, raw.cells, strict=True), *zip(table.unticked, raw.unticked, strict=True)]
    shown = [pair for pair in both if pair[0].nearest > 1 and not pair[0].hidden]
    if not shown:
        return None
    largest, exact = max(shown, key=lambda pair: pair[0].about)
    step = next((step for step in reversed(COARSER) if step > largest.nearest), None)
    if step is None:
        return None
    rounder = rounded(largest.key, exact.about, step)
    table = replace(
        table,
        cells=tuple(rounder if cell is largest else cell for cell in table.cells),
        unticked=tuple(rounder if cell is largest else cell for cell in table.unticked),
    )
    return replace(table, base=table.recount())


def _pair(ticked: Cell, raw: Table, profile: Profile) -> tuple[Cell, Cell]:
    """Ticked and did not tick: safe even for somebody who knows exactly how many answered; else both hidden."""
    pair = (ticked, raw.unticked_by_key[ticked.key])
    base = raw.base.count
    cells = [profile.cell(cell.key, cell.about, breakdown=raw.breakdown) for cell in pair]
    if not any(cell.hidden for cell in cells):
        return cells[0], cells[1]
    # Up to twice the threshold both may be small: always hiding both does not tell whether they are.
    safe = (
        None
        if base <= 2 * profile.hidden_to
        else _guarded(pair, range(base, base + 1), profile, breakdown=raw.breakdown)
    )
    return (safe[0], safe[1]) if safe else (Cell(ticked.key, HIDDEN), Cell(ticked.key, HIDDEN))


def _guarded(exact: Sequence[Cell], total: range, profile: Profile, *, breakdown: bool) -> list[Cell] | None:
    """Cells that add up to something in `total`, each hidden one with five values left; None when that cannot be."""
    cells = [profile.cell(cell.key, cell.about, breakdown=breakdown) for cell in exact]
    if not any(cell.hidden for cell in cells):
        return cells
    if profile.another:
        return _hide_more(cells, exact, total, profile, breakdown=breakdown)
    shown = [cell.about for cell in cells if not cell.hidden and cell.about]
    if not shown:
        return cells if _safe(cells, total, profile, breakdown=breakdown) else None
    at = next(at for at, cell in enumerate(cells) if cell.about == max(shown) and not cell.hidden)
    count = exact[at].about
    room = range(_least_of_largest(cells, at, profile), total.stop)
    best: Cell | None = None
    for step in (*COARSER, profile.nearest):
        if all(
            _safe(cells, total, profile, breakdown=breakdown, at=at, room=part)
            for part in _parts(cells, total, profile, breakdown=breakdown, at=at, room=room, step=step)
        ):
            best = rounded(cells[at].key, count, step)
            room = _overlap(room, best)
    if best is None or not best.count:
        if not _safe(cells, total, profile, breakdown=breakdown, at=at, room=room):
            return None
        known = _sums(cells, total, profile, breakdown=breakdown, at=at, room=room).span(at)
        best = _covering(cells[at].key, known, profile)
    return None if best is None else [*cells[:at], best, *cells[at + 1 :]]


def _covering(key: str, known: range, profile: Profile) -> Cell | None:
    """A figure that says no more than is known already: around all it may be, as narrow as 10, 20 or 50 allow."""
    middle = (known.start + known.stop - 1) // 2
    for step in reversed(COARSER):
        around = rounded(key, middle, profile.nearest).about
        for count in (around, around - profile.nearest, around + profile.nearest):
            low, high = stands_for(count, step)
            if count > 0 and low <= known.start and high >= known.stop - 1:
                return Cell(key, count, step)
    return None


def _least_of_largest(cells: Sequence[Cell], at: int, profile: Profile) -> int:
    """The least the largest cell can be, because it was chosen as the largest (the first of equals)."""
    least = profile.hidden_to + 1
    for other, cell in enumerate(cells):
        if other != at and not cell.hidden and cell.about:
            reached = cell.about + (profile.nearest if other < at else 0)
            least = max(least, stands_for(reached, profile.nearest)[0])
    return least


def _parts(
    cells: Sequence[Cell], total: range, profile: Profile, *, breakdown: bool, at: int, room: range, step: int
) -> list[range]:
    """What would be known of the largest cell after rounding it to `step`, for every way it may turn out."""
    possible = _sums(cells, total, profile, breakdown=breakdown, at=at, room=room).span(at)
    if not possible:
        return []
    first, last = (rounded("", one, step).about for one in (possible[0], possible[-1]))
    outcomes = range(first, last + 1, step)
    ends = {*outcomes[:ENDS], *outcomes[-ENDS:]}
    return [part for one in ends if (part := _overlap(room, Cell("", one, step)))]


def _overlap(room: range, cell: Cell) -> range:
    low, high = stands_for(cell.about, cell.nearest)
    return range(max(room.start, low), min(room.stop, high + 1))


def _safe(
    cells: Sequence[Cell],
    total: range,
    profile: Profile,
    *,
    breakdown: bool,
    at: int | None = None,
    room: range = range(0),
) -> bool:
    """Whether each hidden cell keeps five values; trivially so where these figures cannot come about."""
    sums = _sums(cells, total, profile, breakdown=breakdown, at=at, room=room)
    if not sums.possible():
        return True
    hidden = [number for number, cell in enumerate(cells) if cell.hidden]
    return all(len(sums.values(number, LEAST_VALUES)) == LEAST_VALUES for number in hidden)


def _sums(
    cells: Sequence[Cell], total: range, profile: Profile, *, breakdown: bool, at: int | None, room: range
) -> Sums:
    sums = Sums()
    for number, cell in enumerate(cells):
        if number == at:
            sums.number(number, room.start, room.stop - 1)
        else:
            low, high = within(cell, cells, total.stop - 1, profile, pair=False, breakdown=breakdown)
            sums.number(number, low, high)
    sums.sum(range(len(cells)), [], total.start, total.stop - 1)
    return sums


def _hide_more(
    cells: list[Cell], exact: Sequence[Cell], total: range, profile: Profile, *, breakdown: bool
) -> list[Cell] | None:
    """The publishers' way where figures are exact: the next lowest is hidden too, until nothing can be worked out."""
    counts = {cell.key: cell.about for cell in exact}
    while True:
        alone = sum(cell.hidden for cell in cells) == 1
        if not alone and _safe(cells, total, profile, breakdown=breakdown):
            return cells
        shown = [cell for cell in cells if not cell.hidden and cell.about]
        if not shown:
            return None
        lowest = min(shown, key=lambda cell: counts[cell.key])
        cells = [Cell(cell.key, HIDDEN) if cell is lowest else cell for cell in cells]
