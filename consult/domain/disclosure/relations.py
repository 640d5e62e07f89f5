"""What the questionnaire itself says about its tables: who was asked a question is who gave a certain answer before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from consult.domain.conditions import Condition, Joined, Test
from consult.domain.disclosure.attack import TOTAL, Relation, Where
from consult.domain.findings import Finding, Ranks, Table
from consult.domain.questionnaire import Questionnaire


def relations(questionnaire: Questionnaire, findings: Iterable[Finding]) -> list[Relation]:
    """The relations between these exact findings that anybody can read off the questionnaire's conditions."""
    findings = list(findings)
    tables = {table.key: table for finding in findings for table in finding.tables}
    found: list[Relation] = []
    for finding in findings:
        question = questionnaire.question_by_key.get(finding.question)
        if isinstance(finding, Ranks):
            found += _one_each(finding)
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
    cells: tuple[Where, ...] = tuple((parent.key, str(one)) for one in test.of if str(one) in parent.cell_by_key)
    count = sum(parent.cell_by_key[key].about for _table, key in cells)
    if test.operator == "answered":
        yield Relation(answered, ((parent.key, TOTAL),))
    elif test.operator == "any_of" and cells:
        counted_once = not parent.unticked or len(cells) == 1
        yield Relation(answered, cells, same=whole and counted_once and count == table.base.count)
    elif test.operator == "all_of":
        for cell in cells:
            yield Relation(answered, (cell,))
    elif test.operator == "none_of" and cells and not parent.unticked:
        yield Relation((*answered, *cells))


def _one_each(ranks: Ranks) -> Iterator[Relation]:
    """Nobody gives one place to two things."""
    for column in ranks.columns:
        yield Relation(tuple((table.key, column) for table in ranks.tables))
