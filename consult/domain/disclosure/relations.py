"""What the questionnaire itself says about its tables: who was asked a question is who gave a certain answer before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consult.domain.conditions import Condition, Joined, Test
from consult.domain.disclosure import rows
from consult.domain.disclosure.attack import TOTAL, Relation, Where
from consult.domain.findings import UNPLACED, Finding, Grid, Ranks, Table
from consult.domain.questionnaire import Questionnaire
from consult.domain.statistics import Band, band


def relations(questionnaire: Questionnaire, findings: Iterable[Finding]) -> list[Relation]:
    """The relations between these exact findings that anybody can read off the questionnaire's conditions."""
    findings = list(findings)
    tables = {table.key: table for finding in findings for table in finding.tables}
    found: list[Relation] = []
    for finding in findings:
        question = questionnaire.question_by_key.get(finding.question)
        if isinstance(finding, Ranks):
            found += rows.ranked(finding)
        elif isinstance(finding, Grid) and finding.shared:
            found += rows.points(finding)
        if question is None:
            continue
        for table in finding.tables:
            row = question.row_by_key.get(table.part)
            conditions = questionnaire.shown_when(question) + ([row.show] if row and row.show else [])
            must = question.required or bool(row and row.required)
            alone = len(conditions) == 1 and isinstance(conditions[0], Test)
            for test in (test for condition in conditions for test in _tests(condition)):
                found += _relation(table, test, tables, whole=must and alone)
    return found


def _tests(condition: Condition) -> Iterator[Test]:
    """The comparisons that must all be true; alternatives and negations say less and are left out."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Joined) and condition.how == "all":
        for part in condition.parts:
            yield from _tests(part)


def _relation(table: Table, test: Test, tables: Mapping[str, Table], *, whole: bool) -> Iterator[Relation]:
    parent = tables.get(f"{test.when}/{test.row}" if test.row else test.when)
    if parent is None or test.count or test.against is not None:
        return
    answered: tuple[Where, ...] = ((table.key, TOTAL),)
    if test.operator == "answered":
        given = tuple((parent.key, cell.key) for cell in parent.cells if cell.key != UNPLACED)
        ranked = UNPLACED in parent.cell_by_key
        yield Relation(answered, given if ranked else ((parent.key, TOTAL),))
    elif test.operator == "all_of":
        for one in test.of:
            if str(one) in parent.cell_by_key:
                yield Relation(answered, ((parent.key, str(one)),))
    else:
        yield from _by_answer(table, test, parent, whole=whole)


def _by_answer(table: Table, test: Test, parent: Table, *, whole: bool) -> Iterator[Relation]:
    """Who was asked is in the cells whose answers the comparison lets through, and may be all of them."""
    answered: tuple[Where, ...] = ((table.key, TOTAL),)
    wanted = {cell.key: _meets(test, cell.key) for cell in parent.cells}
    cells: tuple[Where, ...] = tuple((parent.key, key) for key, meets in wanted.items() if meets is not False)
    if not cells:
        return
    count = sum(parent.cell_by_key[key].about for _table, key in cells)
    if test.operator == "none_of":
        only = tuple((parent.key, key) for key, meets in wanted.items() if meets)
        if only and not parent.unticked:
            yield Relation((*answered, *only))
    elif test.operator == "any_of" or not parent.unticked:
        counted_once = not parent.unticked or len(cells) == 1
        sure = None not in wanted.values()
        yield Relation(answered, cells, same=whole and sure and counted_once and count == table.base.count)


def _meets(test: Test, key: str) -> bool | None:
    """Whether an answer in this cell meets the comparison (for `none_of`: is one of them); None where it may."""
    if test.operator in ("any_of", "none_of") and any(str(one) == key for one in test.of):
        return True
    among = _numbers(key)
    constants = [one for one in test.of if isinstance(one, int | float) or _numbers(str(one)) is not None]
    if among is None or not constants:
        return False
    if test.operator in ("any_of", "none_of"):
        if among.low == among.high:
            return any(float(one) == among.low for one in constants)
        return None if any(float(one) in among for one in constants) else False
    return _ordered(test.operator, among, float(constants[0]))


def _ordered(operator: str, among: Band, constant: float) -> bool | None:
    low = float("-inf") if among.low is None else among.low
    high = float("inf") if among.high is None else among.high
    # A band ends below its upper edge; a single number is both edges.
    single = low == high
    if operator in ("at_least", "above"):
        every = low > constant or (low == constant and operator == "at_least")
        some = high > constant or (single and every)
    else:
        last = high if single else high - 1
        every = last < constant or (last == constant and operator == "at_most")
        some = low < constant or (low == constant and operator == "at_most")
    return True if every else None if some else False


def _numbers(key: str) -> Band | None:
    """The numbers an answer in this cell may be: a place or a step of a scale, or a band of them."""
    try:
        return band(key) if ".." in key else Band(float(key), float(key))
    except ValueError:
        return None
