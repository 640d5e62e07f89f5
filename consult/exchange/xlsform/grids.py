"""Rows that share one list of choices and stand in a table become a grid."""

from __future__ import annotations

from typing import Any

from consult.exchange.conditions import looked_at, usable
from consult.exchange.losses import CHANGED
from consult.exchange.xlsform import checks
from consult.exchange.xlsform.conditions import Known
from consult.exchange.xlsform.questions import NEVER, label_of, report_looks
from consult.exchange.xlsform.reading import Reading
from consult.exchange.xlsform.rows import Item

SELECTS = ("one", "many")
#: What a row of a grid cannot have of its own.
ROW_LOSES = {
    "constraint": "Rows of a grid are not checked by rules of their own.",
    "hint": "Rows of a grid have no hints of their own; this one is left out.",
    "guidance": "Rows of a grid have no hints of their own; this one is left out.",
    "required_message": "Rows of a grid share one message; this one is left out.",
    "constraint_message": "Rows of a grid share one message; this one is left out.",
}


def alike(reading: Reading, first: Item, other: Item) -> bool:
    """Whether two rows may stand in one table."""
    return (
        other.kind == first.kind
        and other.choices == first.choices
        and not other.with_other
        and not reading.get(other.row, "choice_filter")
    )


def run_length(reading: Reading, items: list[Item], at: int) -> int:
    """How many rows from here make a table: a “label” row and the “list-nolabel” rows after it; 0 for none."""
    first = items[at]
    if first.kind not in SELECTS or not ({"label", "list-nolabel"} & reading.looks(first.row)):
        return 0
    if not alike(reading, first, first):
        return 0
    run = 1
    while at + run < len(items) and alike(reading, first, items[at + run]):
        if "list-nolabel" not in reading.looks(items[at + run].row):
            break
        run += 1
    return run if run > 1 else 0


def table_rows(reading: Reading, items: list[Item]) -> list[Item]:
    """Of a table-list's rows those that make its table: the first select and all that share its list; at least two."""
    first = next((item for item in items if item.kind in SELECTS and alike(reading, item, item)), None)
    rows = [item for item in items if first is not None and alike(reading, first, item)]
    return rows if len(rows) > 1 else []


def several_answers(reading: Reading, first: Item) -> None:
    """Report a table of tick boxes, which becomes one question after another."""
    done = "A grid with several answers in a row cannot be kept; each row is a question of its own."
    reading.lose(CHANGED, first.row, "type", done)


def grid(
    reading: Reading,
    items: list[Item],
    *,
    heading: dict[str, str],
    hint: dict[str, str],
    condition: dict[str, Any] | None,
) -> None:
    """Lay out one matrix of these rows."""
    options = reading.lists.options(reading, items[0], filtered=False)
    names = reading.lists.keys(items[0].choices, options)
    key = reading.layout.key(f"{usable(items[0].name)}_grid")
    kind = "matrix" if items[0].kind == "one" else "matrix_several"
    rows: list[dict[str, Any]] = []
    known: dict[str, Known] = {}
    looks = looked_at(condition)
    for item in items:
        show, lost = checks.relevance(reading, item.row, "This row")
        if show is False:
            reading.layout.dropped[item.name] = NEVER
            continue
        row = _row(reading, item, {one["key"] for one in rows})
        row["show"] = show
        row["required"] = checks.required(reading, item.row) and not lost
        rows.append(row)
        known[item.name] = Known(key, row["key"], items[0].kind, names)
        looks |= looked_at(show)
    if rows:
        made = {"key": key, "kind": kind, "text": heading or rows[0]["label"], "hint": hint, "options": options}
        reading.layout.add({**made, "rows": rows, "show": condition}, looks_at=looks, names=known)


def _row(reading: Reading, item: Item, taken: set[str]) -> dict[str, Any]:
    label = reading.words.of(item.row, "label", line=True) or label_of(reading, item)[0]
    report_looks(reading, item)
    for meaning, done in ROW_LOSES.items():
        said = reading.get(item.row, meaning) or next(iter(reading.words.of(item.row, meaning).values()), "")
        if said:
            reading.lose(CHANGED, item.row, meaning, done, said=said)
    key, number = usable(item.name), 1
    while key in taken:
        number += 1
        key = f"{usable(item.name)}_{number}"
    return {"key": key, "label": label}
