"""A release: all findings of a consultation made fit to be published together and beside earlier releases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from consult.domain.disclosure.attack import Relation, found_out, tied
from consult.domain.disclosure.figures import Figures
from consult.domain.disclosure.profiles import DEFAULT, PROFILES
from consult.domain.disclosure.tables import coarser, plainly, protected
from consult.domain.findings import Finding, Grid, Ranks, Table, with_tables

#: A later release needs this many responses more or fewer than every earlier one.
LEAST_DIFFERENCE = 10


def while_open(responses: int) -> int:
    """What everybody may know while answers still come in: the number at the last sweep, rounded down to ten."""
    return responses // 10 * 10


def release(
    findings: Iterable[Finding],
    *,
    responses: int,
    profile: str = DEFAULT,
    relations: Iterable[Relation] = (),
    earlier: Sequence[Figures] = (),
) -> Figures:
    """Exact findings as figures for everybody; `responses` is how many were counted.

    With `earlier` releases of the same consultation, oldest first, the last of them is returned unchanged when the new
    figures would differ by too few people, or would give somebody away beside the old ones.
    """
    findings, relations, rules = tuple(findings), tuple(relations), PROFILES[profile]
    shown_before = [figures for figures in earlier if figures.responses is not None]
    if any(abs(responses - (figures.responses or 0)) < LEAST_DIFFERENCE for figures in shown_before):
        return shown_before[-1]
    if responses < rules.least_responses:
        return shown_before[-1] if shown_before else Figures(None, profile)
    raw = {table.key: table for finding in findings for table in finding.tables}
    rows = {table.key for finding in findings if _together(finding) for table in finding.tables}
    tables = {}
    for key, one in raw.items():
        table = plainly(one, rules, responses) if key in rows else protected(one, rules, responses)
        if table is not None:
            tables[key] = table
    known = {key: table.base.count for key, table in raw.items() if table.unticked}
    while True:
        if rules.protects:
            _no_row_alone(findings, tables, raw)
            _all_rows_or_none(findings, tables)
        figures = Figures(responses, profile, tuple(with_tables(finding, tables) for finding in findings))
        if not rules.protects:
            return figures
        places = found_out(figures, known=known, relations=relations)
        if not places:
            break
        _protect_more(places[0].table, tables, raw, relations)
    if shown_before and found_out(figures, earlier=shown_before, relations=relations):
        return shown_before[-1]
    return figures


def _protect_more(key: str, tables: dict[str, Table], raw: Mapping[str, Table], relations: Sequence[Relation]) -> None:
    """Withhold what helps to find out a cell of this table: the smallest group, a later question, or round it more."""
    others = [other for other in raw if other in tables and other in tied(key, relations)]
    groups = [other for other in others if tables[other].breakdown]
    if groups:
        del tables[min(groups, key=lambda other: raw[other].base.count)]
    elif len(others) > 1:
        del tables[others[-1]]
    elif rounder := coarser(tables[key], raw[key]):
        tables[key] = rounder
    else:
        del tables[key]


def _no_row_alone(findings: Iterable[Finding], tables: dict[str, Table], raw: Mapping[str, Table]) -> None:
    """Beside a table of everybody a single withheld group could be worked out: the next smallest goes with it."""
    for finding in findings:
        if isinstance(finding, Grid) and any(table.breakdown for table in finding.tables):
            shown = [table.key for table in finding.tables if table.key in tables]
            if shown and len(finding.tables) - len(shown) == 1:
                del tables[min(shown, key=lambda key: raw[key].base.count)]


def _all_rows_or_none(findings: Iterable[Finding], tables: dict[str, Table]) -> None:
    """Rows that add up across are shown all together: a withheld one could be worked out from the others.

    They are not shown where most figures in them are hidden, which tells nothing. Nor are points where not everybody
    had the same things to give them to: what follows from that for each row is not known here.
    """
    for finding in findings:
        if not _together(finding):
            continue
        doubtful = isinstance(finding, Grid) and finding.shared is not None and not finding.shared.alike
        shown = [tables[table.key] for table in finding.tables if table.key in tables]
        cells = [cell for table in shown for cell in table.cells]
        hidden = sum(cell.hidden for cell in cells)
        if doubtful or len(shown) < len(finding.tables) or 2 * hidden > len(cells):
            for table in finding.tables:
                tables.pop(table.key, None)


def _together(finding: Finding) -> bool:
    return isinstance(finding, Grid | Ranks) and finding.together
