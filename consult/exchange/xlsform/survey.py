"""Walks a survey from row to row and lays its questions out on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from consult.exchange.conditions import both, looked_at
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.xlsform import checks, grids, questions
from consult.exchange.xlsform.questions import HIDDEN, NEVER, READ
from consult.exchange.xlsform.reading import Reading
from consult.exchange.xlsform.rows import NAMELESS, Item

AGAIN = "asked again and again in the form, which is not kept"
YES = {"yes", "true", "true()", "1"}


@dataclass(frozen=True)
class Inherited:
    """What questions have from the groups they are in: a condition, and whether one of theirs could not be kept."""

    condition: dict[str, Any] | None = None
    open_to_all: bool = False
    outermost: bool = True


def lay_out(reading: Reading, items: list[Item]) -> None:
    """Every row, in order; what is not kept is known beforehand, so that conditions on it can say why."""
    _know(reading, items)
    _walk(reading, items, Inherited())


def _know(reading: Reading, items: list[Item]) -> None:
    dropped = reading.layout.dropped
    for item in items:
        reading.layout.names.add(item.name)
        if item.is_group and item.kind != "group":
            dropped.setdefault(item.name, "a part that is asked again and again")
            for inner in item.flat():
                dropped[inner.name] = AGAIN
        elif item.is_group:
            dropped.setdefault(item.name, "a group, not a question")
            _know(reading, item.inside)
        elif why := questions.not_asked(reading, item):
            dropped[item.name] = why
        elif _only_read(reading, item):
            dropped[item.name] = READ


def _only_read(reading: Reading, item: Item) -> bool:
    return item.kind == "note" or reading.get(item.row, "read_only").strip().lower() in YES


def _walk(reading: Reading, items: list[Item], inherited: Inherited) -> None:
    at = 0
    while at < len(items):
        run = grids.run_length(reading, items, at)
        if run:
            _run(reading, items[at : at + run], inherited)
            at += run
            continue
        if items[at].is_group:
            _group(reading, items[at], inherited)
        elif items[at].kind == "comment":
            _remark(reading, items[at])
        else:
            _question(reading, items[at], inherited)
        at += 1


def _run(reading: Reading, items: list[Item], inherited: Inherited) -> None:
    """A “label” row with the rows under it."""
    heading: dict[str, str] = {}
    hint: dict[str, str] = {}
    if "label" in reading.looks(items[0].row):
        head, *items = items
        heading, hint = reading.words.of(head.row, "label"), reading.words.of(head.row, "hint")
        reading.layout.dropped[head.name] = "the heading of a grid"
        if head.kind == "many" and heading and not questions.there("matrix_several"):
            key = reading.layout.key(head.name)
            words = {"key": key, "kind": "statement", "text": heading, "hint": hint, "show": inherited.condition}
            reading.layout.heading(words, looks_at=looked_at(inherited.condition))
    _table_of(reading, items, heading, hint, inherited)


def _table_of(
    reading: Reading, items: list[Item], heading: dict[str, str], hint: dict[str, str], inherited: Inherited
) -> None:
    if items[0].kind == "one" or questions.there("matrix_several"):
        grids.grid(reading, items, heading=heading, hint=hint, condition=inherited.condition)
        return
    grids.several_answers(reading, items[0])
    for item in items:
        _question(reading, item, inherited)


def _remark(reading: Reading, item: Item) -> None:
    said = item.name or next(iter(item.row.cells.values()))
    done = "The row has no type, so it is taken for a remark and left out."
    reading.lose(NOTE, item.row, "type", done, said=said, together="remark")


def _group(reading: Reading, item: Item, inherited: Inherited) -> None:
    layout, row = reading.layout, item.row
    questions.report_looks(reading, item)
    if item.kind != "group" or "hidden" in reading.looks(row):
        _leave_out(reading, item)
        return
    show, lost = checks.relevance(reading, row, "This group", left=_left_out(item))
    if show is False:
        layout.dropped.update((inner.name, NEVER) for inner in item.flat())
        return
    condition = both(inherited.condition, show if isinstance(show, dict) else None)
    inside = Inherited(condition, inherited.open_to_all or lost, outermost=False)
    looks, label = reading.looks(row), reading.words.of(row, "label")
    hint = reading.words.of(row, "hint")
    alone, table = inherited.outermost or "field-list" in looks, "table-list" in looks
    before, kept = layout.title, len(layout.keys.taken)
    if alone:
        layout.turn({} if table else label or ({} if inherited.outermost else before))
    rows = grids.table_rows(reading, item.inside) if table else []
    heading = ""
    gridded = bool(rows) and (rows[0].kind == "one" or questions.there("matrix_several"))
    if label and not (alone and not table) and not gridded:
        heading = layout.key(item.name or f"group_{row.number}")
        words = {"key": heading, "kind": "statement", "text": label, "hint": hint, "show": condition}
        layout.heading(words, looks_at=looked_at(condition))
    elif hint and not rows:
        reading.lose(NOTE, row, "hint", "The hint of a group is not kept.", said=next(iter(hint.values())))
    _inside(reading, item, rows, label, hint, inside)
    if heading and layout.forget(heading) and len(layout.keys.taken) > kept:
        said = next(iter(label.values()))
        reading.lose(NOTE, row, "label", "Nothing in this group is asked, so its heading is left out.", said=said)
    if alone:
        layout.turn({} if inherited.outermost else before)


def _inside(
    reading: Reading, item: Item, rows: list[Item], label: dict[str, str], hint: dict[str, str], inside: Inherited
) -> None:
    """What is in a group; the rows of its table stand together where the first of them does."""
    if not rows:
        _walk(reading, item.inside, inside)
        return
    at = item.inside.index(rows[0])
    _walk(reading, item.inside[:at], inside)
    _table_of(reading, rows, label, hint, inside)
    _walk(reading, [inner for inner in item.inside[at:] if inner not in rows], inside)


def _leave_out(reading: Reading, item: Item) -> None:
    row, said = item.row, item.name or reading.get(item.row, "type")
    left = _left_out(item)
    if item.kind == "group":
        reading.layout.dropped.update((inner.name, HIDDEN) for inner in item.flat())
        reading.lose(LOST, row, "appearance", f"The form hides this group from people; {left}.", said=said)
    elif item.kind == "repeat":
        done = f"Questions that are asked again and again cannot be kept; {left}."
        reading.lose(LOST, row, "type", done, said=said)
    else:
        done = f"A group of the kind “{reading.get(row, 'type')}” cannot be kept; {left}."
        reading.lose(LOST, row, "type", done, said=said)


def _left_out(group: Item) -> str:
    count = sum(inner.kind not in NAMELESS for inner in group.flat() if inner.kind != "comment")
    what = {0: "nothing in them is asked", 1: "1 question"}.get(count, f"{count} questions")
    return f"rows {group.row.number} to {group.end} are left out ({what})"


def _question(reading: Reading, item: Item, inherited: Inherited) -> None:
    layout = reading.layout
    why = questions.not_asked(reading, item)
    if why:
        questions.report_not_asked(reading, item, why)
        return
    show, lost = checks.relevance(reading, item.row, "This question")
    if show is False:
        layout.dropped[item.name] = NEVER
        return
    condition = both(inherited.condition, show if isinstance(show, dict) else None)
    if _only_read(reading, item):
        _read(reading, item, condition)
        return
    needed = checks.required(reading, item.row)
    if needed and (lost or inherited.open_to_all):
        needed = False
        done = "Everybody is asked this now, so an answer is no longer required."
        reading.lose(CHANGED, item.row, "required", done)
    made, known = questions.question(reading, item, needed=needed)
    made["show"] = condition
    looks = looked_at(condition) | looked_at(made.get("constraint"))
    for option in made.get("options", ()):
        looks |= looked_at(option.get("show"))
    layout.add(made, looks_at=looks, names={item.name: known})


def _read(reading: Reading, item: Item, condition: dict[str, Any] | None) -> None:
    """Words to read: a note, or a question that the form does not let people answer."""
    if item.kind != "note":
        done = "The form does not let people answer this, so its words are only shown."
        reading.lose(CHANGED, item.row, "read_only", done, said=f"{reading.get(item.row, 'type')}: {item.name}")
    questions.report_looks(reading, item)
    made = questions.statement(reading, item, key=reading.layout.key(item.name))
    if made is not None:
        reading.layout.add({**made, "show": condition}, looks_at=looked_at(condition), names={})
