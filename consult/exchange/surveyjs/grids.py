"""SurveyJS matrices as grids of ours; one whose columns ask different things becomes a grid for each column."""

from __future__ import annotations

from typing import Any

from consult.exchange.assembly import Asked, Words
from consult.exchange.conditions import Keys, option_keys
from consult.exchange.losses import CHANGED, LOST, NOTE
from consult.exchange.structure import Thing, shown, text_of
from consult.exchange.surveyjs import choices
from consult.exchange.surveyjs.questions import LINE, YES_NO, rating
from consult.exchange.surveyjs.reading import Reading

#: What a cell asks, as the kind of grid that a column becomes.
CELLS = {
    "dropdown": "matrix", "radiogroup": "matrix", "buttongroup": "matrix", "boolean": "matrix", "rating": "matrix",
    "checkbox": "matrix_several", "tagbox": "matrix_several", "text": "matrix_text", "comment": "matrix_text",
}  # fmt: skip
ONLY_LOOKS = ("rowsOrder", "sortOrder", "transposeData", "rowTitleWidth", "useCaseSensitiveComparison")
Grid = tuple[dict[str, Any], dict[str, Asked]]


def matrix(reading: Reading, thing: Thing, key: str) -> Grid | None:
    """One choice in each row, or several where its cells are boxes to tick."""
    listed, keys = _columns(reading, thing)
    several = thing.text("cellType") == "checkbox"
    rows, names = _rows(reading, thing)
    made: dict[str, Any] = {"kind": "matrix_several" if several else "matrix", "options": listed, "rows": rows}
    made["settings"] = _order(thing)
    if thing.flag("eachRowUnique") or thing.flag("isUniqueRow"):
        thing.lose(CHANGED, "eachRowUnique", "The same answer may be given in several rows.", said="true")
    if thing.text("cellType") not in ("", "default", "checkbox"):
        done = "Cells with words of their own are not kept; each row has the same choices."
        thing.lose(CHANGED, "cellType", done)
    if "cells" in thing:
        thing.lose(CHANGED, "cells", "Words of single cells are not kept; each row has the same choices.")
        thing.seen("cells")
    if not listed:
        return None
    if not rows:
        return {"kind": "single_choice", "options": listed, "settings": {}}, _known(
            thing, key, "single_choice", keys, {}
        )
    return made, _known(thing, key, made["kind"], keys, names)


def _known(
    thing: Thing, key: str, kind: str, keys: dict[str, str], names: dict[str, str], column: str = ""
) -> dict[str, Asked]:
    """Each row as conditions name it: {question.row}, or {question.row.column}."""
    name = thing.text("name")
    cell = "multiple_choice" if kind == "matrix_several" else {"matrix": "single_choice"}.get(kind, "short_text")
    tail = f".{column}" if column else ""
    found = {f"{name}.{said}{tail}": Asked(key, cell, keys, row=row) for said, row in names.items()}
    return found if column else found | {name: Asked(key, kind, keys)}


def _columns(reading: Reading, thing: Thing) -> tuple[list[dict[str, Any]], dict[str, str]]:
    listed, keys = choices.options(reading, thing, several=False, name="columns")
    for name in ("columnsVisibleIf", "columnsEnableIf"):
        if name in thing:
            thing.lose(CHANGED, name, "All columns are shown to everyone.")
            thing.seen(name)
    return listed, keys


def _rows(reading: Reading, thing: Thing) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The rows, and their keys by the names that the file has for them."""
    every = thing.flag("isAllRowRequired") or thing.flag("eachRowRequired")
    show, _lost = (
        reading.condition(thing, "rowsVisibleIf", "Every row")
        if "{item}" not in thing.text("rowsVisibleIf")
        else (None, True)
    )
    if "{item}" in thing.text("rowsVisibleIf"):
        thing.lose(CHANGED, "rowsVisibleIf", "All rows are shown to everyone: the condition needs “{item}”.")
    taken, rows, names = Keys(), [], {}
    for value in thing.values("rows"):
        row = Thing(value if isinstance(value, dict) else {"value": value}, f"{thing.place}, row", thing.losses)
        said = text_of(row.raw("value")).strip()
        label = reading.line(row, "text") or reading.phrases.line(
            {reading.language: said} if said else {}, row, "value"
        )
        if not label or (said and said in names):
            thing.lose(LOST, "rows", "This row has no words, or stands there twice; it is left out.", said=shown(value))
            continue
        row.place = f"{thing.place}, row {said}"
        one: dict[str, Any] = {"key": taken.key(said or next(iter(label.values()))), "label": label, "required": every}
        conditions = [show] if isinstance(show, dict) else []
        never = show is False
        for name in ("visibleIf", "enableIf"):
            made, lost = reading.condition(row, name, "This row")
            never = never or made is False
            one["required"] = one["required"] and not lost
            conditions += [made] if isinstance(made, dict) else []
        if never:
            row.lose(LOST, "visibleIf", "This row is never there by its condition, so it is left out.", said=said)
            continue
        if conditions:
            one["show"] = conditions[0] if len(conditions) == 1 else {"all": conditions}
        reading.finish(row)
        names[said or one["key"]] = one["key"]
        rows.append({name: value for name, value in one.items() if value})
    return rows, names


def _order(thing: Thing) -> dict[str, str]:
    """The order of rows."""
    said = (thing.text("rowsOrder") or thing.text("rowOrder")).lower()
    return {"order": "random"} if said == "random" else {}


def dropdowns(reading: Reading, thing: Thing, title: Words, keys: Keys) -> list[Grid]:
    """A grid for each column: the question's words and the column's stand above it."""
    grids: list[Grid] = []
    shared = text_of(thing.raw("cellType")) or "dropdown"
    columns = thing.things("columns")
    if len(columns) > 1:
        done = "Columns that ask different things become a grid each."
        thing.lose(CHANGED, "columns", done, said=", ".join(column.text("name") for column in columns))
    for name in ("detailElements", "detailPanelMode", "columnsVisibleIf", "totalText"):
        if name in thing:
            thing.lose(LOST, name, "What unfolds under a row, or is summed up, is not kept.")
            thing.seen(name)
    for column in columns:
        name = column.text("name")
        column.place = f"{thing.place}, column {name}"
        words = reading.title(column) or {reading.language: name}
        made = _column(reading, thing, column, shared, words)
        if made is None:
            continue
        text = _under(title, words) if len(columns) > 1 else title
        grid, answers = made
        grid |= {"key": keys.key(f"{thing.text('name')}_{name}"), "text": text, "required": column.flag("isRequired")}
        rows, names = _rows(reading, thing)
        if grid["required"]:
            rows = [{**row, "required": True} for row in rows]
        grid["rows"] = rows
        grid["settings"] = {**grid.get("settings", {}), **_order(thing)}
        for inside in ("visibleIf", "enableIf", "requiredIf", "totalType", "totalExpression", "isUnique", "validators"):
            if inside in column:
                column.lose(CHANGED, inside, "Columns have no rules of their own.", said=shown(column.raw(inside)))
        reading.finish(column)
        if rows:
            grids.append((grid, _known(thing, grid["key"], grid["kind"], answers, names, name)))
    return grids


def _under(title: Words, column: Words) -> Words:
    found = {}
    for language in {**title, **column}:
        above, below = title.get(language), column.get(language)
        if above and below:
            found[language] = f"{above.rstrip(' :')}: {below}"
        elif above and len(column) == 1:
            # Words in one language alone stand for all.
            found[language] = f"{above.rstrip(' :')}: {next(iter(column.values()))}"
    return found or title or column


def _column(
    reading: Reading, thing: Thing, column: Thing, shared: str, words: Words
) -> tuple[dict[str, Any], dict[str, str]] | None:
    asked = column.text("cellType")
    asked = shared if asked in ("", "default") else asked
    expected = column.text("inputType").lower()
    kind = CELLS.get(asked)
    if kind is None:
        column.lose(
            LOST,
            "cellType",
            f"A column of the kind “{asked}” cannot be asked, so it is left out.",
            said=next(iter(words.values()), asked),
        )
        column.seen(*column.data)
        return None
    if asked == "text" and expected in ("number", "range"):
        return {"kind": "matrix_numbers", "settings": {}}, {}
    if kind == "matrix_text":
        if expected not in ("", "text"):
            column.lose(CHANGED, "inputType", "It is asked as a line of text.")
        longest = column.number("maxLength")
        return {
            "kind": kind,
            "settings": {"longest": longest if isinstance(longest, int) and 0 < longest <= LINE else LINE},
        }, {}
    if asked == "boolean":
        yes, no = reading.line(column, "labelTrue"), reading.line(column, "labelFalse")
        answers = option_keys(["true", "false"])
        labels = (yes or {"en": YES_NO["en"][0]}, no or {"en": YES_NO["en"][1]})
        return {
            "kind": kind,
            "options": [{"key": one, "label": label} for one, label in zip(answers, labels, strict=True)],
        }, answers
    if asked == "rating":
        made, answers = rating(reading, column)
        if "options" in made:
            return {"kind": kind, "options": made["options"]}, answers
        first = made["settings"].get("first", 1)
        numbers = [str(first + at) for at in range(made["settings"].get("points", 0))]
        if not numbers:
            return {"kind": "matrix_numbers", "settings": made["settings"]}, {}
        _ends(column, made["settings"])
        return {"kind": kind, "options": [{"key": one, "label": {"en": one}} for one in numbers]}, {
            one: one for one in numbers
        }
    listed, keys = choices.options(reading, column, several=kind == "matrix_several")
    if not listed:
        listed, keys = choices.options(reading, thing, several=kind == "matrix_several")
    if any(option.pop("other", False) for option in listed):
        done = "“Other” has no box to say what in a grid; it is a choice like the rest."
        column.lose(CHANGED, "showOtherItem", done, said=next(iter(words.values()), ""))
    if not listed:
        column.lose(
            LOST, "choices", "This column has no choices, so it is left out.", said=next(iter(words.values()), "")
        )
        return None
    return {"kind": kind, "options": listed}, keys


def _ends(column: Thing, settings: dict[str, Any]) -> None:
    for end in ("low", "high"):
        for said in settings.get(end, {}).values():
            column.lose(NOTE, "rating", "The words at the ends of a scale in a grid are not kept.", said=said)
