"""Grids: one answer in each row, two scales, numbers, texts."""

from __future__ import annotations

import re
from typing import Any

from consult.exchange.conditions import option_keys, usable
from consult.exchange.limesurvey import attributes, filters
from consult.exchange.limesurvey.boxes import LONGEST_TEXT, bounds, frame, in_bounds, longest, tell_naming
from consult.exchange.limesurvey.checks import number_said
from consult.exchange.limesurvey.choices import label, options, order
from consult.exchange.limesurvey.known import Known
from consult.exchange.limesurvey.made import Made
from consult.exchange.limesurvey.reading import Reading
from consult.exchange.limesurvey.source import Asked, Part
from consult.exchange.limesurvey.wordings import said
from consult.exchange.losses import CHANGED, LOST, NOTE

#: Points that can be shared out.
MOST_POINTS = 1_000_000
Rows = list[dict[str, Any]]
#: The answers of kinds that have their own.
FIXED = {
    "A": [str(point) for point in range(1, 6)],
    "B": [str(point) for point in range(1, 11)],
    "C": {"Y": "yes", "U": "uncertain", "N": "no"},
    "E": {"I": "increase", "S": "same", "D": "decrease"},
}


def _rows(reading: Reading, asked: Asked, made: Made, parts: list[Part]) -> tuple[Rows, dict[str, str]]:
    """The rows that are ever shown, with LimeSurvey's codes for their keys."""
    shows = filters.shows(reading, asked, parts)
    made.used |= {"array_filter", "array_filter_exclude"}
    rows: Rows = []
    codes: dict[str, str] = {}
    for part in parts:
        show = shows.get(part.code)
        if show is False:
            continue
        key = _key(part.code or "row", {row["key"] for row in rows})
        codes[part.code] = key
        alone = len(parts) == 1 and not any(text.strip() for text in part.texts.values())
        row: dict[str, Any] = {"key": key, "label": made.text if alone else label(reading, asked, part, "row")}
        row["label"] = _between(reading, asked, row["label"])
        if isinstance(show, dict):
            row["show"] = show
        if made.needed:
            row["required"] = True
        rows.append(row)
    return rows, codes


def _between(reading: Reading, asked: Asked, label: dict[str, str]) -> dict[str, str]:
    """Words at both ends of a row, or of a slider, stand behind it: “left|right” becomes “left – right”."""
    slider = asked.get("slider_layout") == "1"
    mark = (asked.get("slider_separator") or "|") if slider else "|"
    # A mark inside of an earlier answer, “[[key|…]]”, parts nothing.
    parting = re.compile(re.escape(mark) + r"(?![^\[\]]*\]\])")
    if not any(parting.search(text) for text in label.values()):
        return label
    found = {}
    for language, text in label.items():
        parts = [part.strip() for part in parting.split(text) if part.strip()] or [text]
        ends = " – ".join(parts[1:])
        found[language] = f"{parts[0]} ({ends})" if slider and len(parts) > 2 else " – ".join(parts)
    done = f"Words at the ends of a row, parted by “{mark}”, stand together."
    said = next(iter(label.values()))
    reading.lose(NOTE, reading.place(asked, "row"), done, said=said, together=f"ends {asked.code}")
    return found


def _key(code: str, taken: set[str]) -> str:
    key, number = usable(code), 1
    while key in taken:
        number += 1
        key = f"{usable(code)}_{number}"
    return key


def _nothing(reading: Reading, asked: Asked, what: str) -> None:
    words = next((" ".join(text.split()) for text in asked.texts.values() if text.strip()), "")
    done = f"There are no {what} in this grid, so it is left out."
    reading.lose(LOST, reading.place(asked, "type"), done, said=f"{asked.kind}: {asked.code}: {words}")


def _options(reading: Reading, asked: Asked, scale: int = 0) -> tuple[list[dict[str, Any]], dict[str, str]]:
    fixed = FIXED.get(asked.kind)
    if isinstance(fixed, list):
        found = [{"key": key, "label": dict.fromkeys(reading.languages, key)} for key in fixed]
        return found, {key: key for key in fixed}
    if isinstance(fixed, dict):
        found = [{"key": key, "label": said(what, reading.languages)} for key, what in fixed.items()]
        return found, {key: key for key in fixed}
    return options(reading, asked, asked.choices(scale))


def one_each(reading: Reading, asked: Asked, made: Made) -> None:
    """One answer in each row."""
    rows, codes = _rows(reading, asked, made, asked.scale(0))
    found, answers = _options(reading, asked)
    if not rows or not found:
        _nothing(reading, asked, "answers" if rows else "rows")
        return
    names = {code: Known(made.key, "one", row=key, codes=answers, siblings=len(rows)) for code, key in codes.items()}
    settings = order(reading, asked, made, by="rows")
    made.add({"kind": "matrix", "options": found, "rows": rows, "settings": settings}, names)


def dual(reading: Reading, asked: Asked, made: Made) -> None:
    """Two scales beside each other become two grids, one under the other."""
    rows, codes = _rows(reading, asked, made, asked.scale(0))
    headings = []
    for name in ("dualscale_headerA", "dualscale_headerB"):
        text = attributes.words_of(asked, name, reading.source.languages)
        headings.append(reading.words.label(text, reading.place(asked, name)))
        made.used |= {name, "dropdown_prepostfix", "dropdown_separators"}
    _around_lists(reading, asked, made)
    text, when = made.text, made.when
    for scale in (0, 1):
        found, answers = _options(reading, asked, scale)
        if not rows or not found:
            _nothing(reading, asked, f"answers on scale {scale + 1}" if rows else "rows")
            continue
        heading = headings[scale]
        spoken = {one: f"{words} – {heading.get(one, scale + 1)}" for one, words in text.items()}
        key = reading.layout.key(f"{usable(asked.code)[:50]}_{scale + 1}")
        names = {
            f"{code}_{scale}": Known(key, "one", row=row, codes=answers, siblings=len(rows))
            for code, row in codes.items()
        }
        copied = [dict(row) for row in rows]
        settings = order(reading, asked, made, by="rows")
        question = {"kind": "matrix", "text": spoken, "options": found, "rows": copied, "settings": settings}
        made.add({**question, "required": made.needed}, names, key=key, when=when)
    done = "The two scales are two grids, one under the other."
    reading.lose(CHANGED, reading.place(asked, "type"), done, said=f"1: {asked.code}")


def _around_lists(reading: Reading, asked: Asked, made: Made) -> None:
    """Words before, between and behind two lists of a row."""
    for name in ("dropdown_prepostfix", "dropdown_separators"):
        text = asked.get(name)
        if text and text != "|":
            done = "Words around two lists of one row are not kept."
            reading.lose(NOTE, reading.place(asked, name), done, said=text)


def _cells(reading: Reading, asked: Asked, made: Made) -> tuple[Rows, dict[str, str]]:
    """Each cell of a grid as a row: “down: across”."""
    down, codes = _rows(reading, asked, made, asked.scale(0))
    across = asked.scale(1)
    rows: Rows = []
    cells: dict[str, str] = {}
    words = {part.code: label(reading, asked, part, "column") for part in across}
    by_key = {row["key"]: row for row in down}
    for code, key in codes.items():
        for part in across:
            cell = _key(f"{key}_{part.code}", {row["key"] for row in rows})
            before, behind = by_key[key]["label"], words[part.code]
            spoken = {one: f"{before[one]}: {behind[one]}" for one in before if one in behind}
            rows.append({**by_key[key], "key": cell, "label": spoken or {**behind, **before}})
            cells[f"{code}_{part.code}"] = cell
    return rows, cells


def numbers(reading: Reading, asked: Asked, made: Made) -> None:
    """A number in each cell, or a box to tick."""
    if asked.get("multiflexible_checkbox") == "1":
        _ticked(reading, asked, made)
        return
    rows, cells = _cells(reading, asked, made)
    if not rows:
        _nothing(reading, asked, "rows or columns")
        return
    boxed = asked.get("input_boxes") == "1"
    made.used |= {"input_boxes", "multiflexible_checkbox"}
    settings: dict[str, Any] = {} if boxed else {"least": 1, "most": 10}
    extra = bounds(reading, asked, made, {"multiflexible_min": "least", "multiflexible_max": "most"})
    settings = in_bounds(
        reading, asked, {**settings, **{one: value for one, value in extra.items() if value is not None}}
    )
    longest(reading, asked, made, settings, digits=True)
    settings |= order(reading, asked, made, by="rows")
    settings["decimal"] = boxed or any(isinstance(value, float) for value in settings.values())
    names = {code: Known(made.key, "number", row=key, siblings=len(rows)) for code, key in cells.items()}
    _add_cells(reading, asked, made, {"kind": "matrix_numbers", "rows": rows, "settings": settings}, names)


def _add_cells(reading: Reading, asked: Asked, made: Made, question: dict[str, Any], names: dict[str, Known]) -> None:
    made.add(question, names)
    done = "Each cell of the grid is a row of its own: “row: column”."
    reading.lose(NOTE, reading.place(asked, "type"), done, said=f"{asked.kind}: {asked.code}")


def _ticked(reading: Reading, asked: Asked, made: Made) -> None:
    made.used |= {"multiflexible_checkbox", "input_boxes", "multiflexible_min", "multiflexible_max"}
    made.used.add("multiflexible_step")
    rows, codes = _rows(reading, asked, made, asked.scale(0))
    across = asked.scale(1)
    keys = option_keys(part.code for part in across)
    found = [{"key": keys[part.code], "label": label(reading, asked, part, "column")} for part in across]
    if not rows or not found:
        _nothing(reading, asked, "columns" if rows else "rows")
        return
    names = {
        f"{code}_{part.code}": Known(made.key, "option", row=key, option=keys[part.code], siblings=0)
        for code, key in codes.items() for part in across
    }  # fmt: skip
    settings = order(reading, asked, made, by="rows")
    made.add({"kind": "matrix_several", "options": found, "rows": rows, "settings": settings}, names)


def texts(reading: Reading, asked: Asked, made: Made) -> None:
    """A text in each cell, or a number where only numbers are accepted."""
    rows, cells = _cells(reading, asked, made)
    if not rows:
        _nothing(reading, asked, "rows or columns")
        return
    made.used.add("numbers_only")
    if asked.get("numbers_only") == "1":
        settings: dict[str, Any] = {"decimal": True}
        longest(reading, asked, made, settings, digits=True)
        names = {code: Known(made.key, "number", row=key, siblings=len(rows)) for code, key in cells.items()}
        _add_cells(reading, asked, made, {"kind": "matrix_numbers", "rows": rows, "settings": settings}, names)
        return
    settings = order(reading, asked, made, by="rows")
    longest(reading, asked, made, settings, most=LONGEST_TEXT)
    names = {code: Known(made.key, "text", row=key, closed=False, siblings=len(rows)) for code, key in cells.items()}
    _add_cells(reading, asked, made, {"kind": "matrix_text", "rows": rows, "settings": settings}, names)


def several_texts(reading: Reading, asked: Asked, made: Made) -> None:
    """Several short texts, each with its own words."""
    rows, codes = _rows(reading, asked, made, asked.scale(0))
    if not rows:
        _nothing(reading, asked, "rows")
        return
    frame(reading, asked, made)
    made.used.add("numbers_only")
    numeric = asked.get("numbers_only") == "1"
    settings: dict[str, Any] = {"decimal": True} if numeric else {}
    longest(reading, asked, made, settings, digits=numeric, most=0 if numeric else LONGEST_TEXT)
    settings |= order(reading, asked, made, by="rows")
    kind = "number" if numeric else "text"
    names = {code: Known(made.key, kind, row=key, closed=numeric, siblings=len(rows)) for code, key in codes.items()}
    made.add({"kind": "matrix_numbers" if numeric else "matrix_text", "rows": rows, "settings": settings}, names)
    if not numeric:
        tell_naming(reading, asked, "subquestions", [text for row in rows for text in row["label"].values()])


def several_numbers(reading: Reading, asked: Asked, made: Made) -> None:
    """Several numbers; where they have to come to a sum, points to share out."""
    rows, codes = _rows(reading, asked, made, asked.scale(0))
    if not rows:
        _nothing(reading, asked, "rows")
        return
    total = _sum(reading, asked, made)
    if total is not None and len(rows) > 1:
        _points(reading, asked, made, rows, codes, total)
        return
    frame(reading, asked, made, unit=True)
    settings = dict(_slider(reading, asked, made))
    names_of = {"min_num_value_n": "least", "max_num_value_n": "most"}
    settings |= {one: value for one, value in bounds(reading, asked, made, names_of).items() if value is not None}
    settings = in_bounds(reading, asked, settings)
    longest(reading, asked, made, settings, digits=True)
    made.used.add("num_value_int_only")
    settings |= order(reading, asked, made, by="rows")
    settings["decimal"] = asked.get("num_value_int_only") != "1"
    if made.unit:
        settings["unit"] = made.unit
    names = {code: Known(made.key, "number", row=key, siblings=len(rows)) for code, key in codes.items()}
    if len(rows) == 1 and rows[0]["label"] is made.text and "show" not in rows[0]:
        names = {code: Known(made.key, "number") for code in codes}
        made.add({"kind": "number", "settings": settings}, names)
        return
    made.add({"kind": "matrix_numbers", "rows": rows, "settings": settings}, names)


def _sum(reading: Reading, asked: Asked, made: Made) -> tuple[int, bool] | None:
    """What the numbers have to come to: just that, or no more."""
    for name, exactly in (("equals_num_value", True), ("num_value_equals_sgqa", True), ("max_num_value", False)):
        text = asked.get(name)
        number = number_said(text)
        if isinstance(number, int) and 0 < number <= MOST_POINTS and _whole(asked):
            made.used.add(name)
            return number, exactly
        if text and (name != "max_num_value" or not asked.get("equals_num_value")):
            made.used.add(name)
            what = "depends on other answers" if number is None else "is for numbers with decimals"
            done = f"What the numbers have to come to {what}, which is not kept."
            reading.lose(CHANGED, reading.place(asked, name), done, said=f"{name}={text}")
    return None


def _whole(asked: Asked) -> bool:
    """Whether the numbers can be points: neither less than none nor bound one by one."""
    least, most = number_said(asked.get("min_num_value_n")), number_said(asked.get("max_num_value_n"))
    return (least is None or least == 0) and most is None and not asked.get("max_num_value_n").strip()


def _points(
    reading: Reading, asked: Asked, made: Made, rows: Rows, codes: dict[str, str], total: tuple[int, bool]
) -> None:
    made.used |= {"min_num_value_n", "max_num_value_n", "num_value_int_only"}
    frame(reading, asked, made)
    keys = option_keys(codes)
    by_row = {row: keys[code] for code, row in codes.items()}
    found = [
        {name: one for name, one in row.items() if name != "required"} | {"key": by_row[row["key"]]} for row in rows
    ]
    names = {code: Known(made.key, "number", row=keys[code], siblings=len(rows)) for code in codes}
    settings = {"total": total[0], "exactly": total[1], **order(reading, asked, made, by="rows")}
    made.add({"kind": "points", "options": found, "settings": settings}, names)
    if asked.get("num_value_int_only") != "1":
        done = "Points are whole numbers; LimeSurvey takes decimals here."
        reading.lose(CHANGED, reading.place(asked, "equals_num_value"), done, said=str(total[0]))


def _slider(reading: Reading, asked: Asked, made: Made) -> dict[str, Any]:
    made.used |= {"slider_min", "slider_max"}
    if asked.get("slider_layout") != "1":
        return {}
    found: dict[str, Any] = {}
    for name, ours, otherwise in (("slider_min", "least", 0), ("slider_max", "most", 100)):
        number = number_said(asked.get(name))
        if number is None and asked.get(name):
            done = "This bound depends on other answers, which is not kept."
            reading.lose(CHANGED, reading.place(asked, name), done, said=asked.get(name))
        else:
            found[ours] = otherwise if number is None else number
    return found
