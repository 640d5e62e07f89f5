"""Rows for SPSS and PSPP: numbers with their words, and marks for what is no opinion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from struct import pack
from typing import Any

from consult.publications.downloads.names import for_spss
from consult.publications.downloads.tables import Table
from consult.questions.variables import Holds, Variable
from consult.results.personal import NOT_ASKED, Cells
from consult.results.sheets import Cell
from consult.web.locale import locale_of

NOTHING = float("nan")
#: What stands for "was not asked" where no answer can be so; numbers that may be below zero have the second.
NOT_ASKED_CODES = (-8, -88, -999_999_999)
#: The first day of SPSS, from which it counts seconds.
FIRST_DAY = date(1582, 10, 14).toordinal()
SECONDS = 86_400
#: Bytes that labels of columns and of values may have, and a text.
LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TEXT = 250, 120, 32_000
#: Discrete values that SPSS can take as missing.
MOST_MISSING = 3
TICKS = {0.0: "Not chosen", 1.0: "Chosen"}


@dataclass(frozen=True)
class Coded:
    """How one column goes into the file."""

    name: str
    variable: Variable
    code: Callable[[Cell], float | str]
    words: dict[float, str]
    missing: tuple[float, ...]

    @property
    def measure(self) -> str:
        """Whether its values are names, or amounts."""
        return "scale" if self.variable.holds in (Holds.NUMBER, Holds.DAY) else "nominal"


def write_rows(table: Table, output: Path) -> None:
    """The file, through pyreadstat, which wants all columns at once: eight bytes a cell of numbers."""
    # They are big, and few processes ever write such a file.
    import numpy
    import pandas
    import pyreadstat

    names = for_spss(one.name for one in table.columns)
    coded = [_coded(name, one) for name, one in zip(names, table.columns, strict=True)]
    left = iter(coded)
    groups = [_Group(list(islice(left, size))) for size in table.groups]
    keeping = [group.keep for group in groups]
    for row in table.routes(lambda at, cells: groups[at].said(cells)):
        for keep, said in zip(keeping, row, strict=True):
            keep(said)
    data: dict[str, Any] = {}
    for group in groups:
        for at, one in enumerate(group.columns):
            if group.words:
                column = [row[at] for row in group.rows]
                data[one.name] = pandas.array(column, dtype="str" if one.variable.holds is Holds.TEXT else "float64")
            else:
                data[one.name] = numpy.frombuffer(group.numbers).reshape(-1, len(group.columns))[:, at]
    pyreadstat.write_sav(
        pandas.DataFrame(data, copy=False),
        str(output),
        file_label=_short(f"{table.title}: {table.name.lower()}", 60),
        column_labels={one.name: _short(_label(one.variable), LONGEST_LABEL) for one in coded},
        variable_value_labels={one.name: one.words for one in coded if one.words},
        missing_ranges={one.name: _missing(one.missing) for one in coded if one.missing},
        variable_measure={one.name: one.measure for one in coded},
        variable_format={one.name: form for one in coded if (form := _format(one.variable))},
        row_compress=True,
    )


class _Group:
    """The columns of one question: rows of eight bytes a number, or as they are where there are words among them."""

    def __init__(self, columns: list[Coded]) -> None:
        self.columns = columns
        self.words = any(one.variable.holds is Holds.TEXT for one in columns)
        self.numbers = bytearray()
        self.rows: list[Any] = []
        self.keep: Callable[[Any], None] = self.rows.append if self.words else self.numbers.extend

    def said(self, cells: Cells) -> Any:
        """The cells as numbers, packed, or as numbers and words."""
        coded = tuple(one.code(cell) for one, cell in zip(self.columns, cells, strict=True))
        return coded if self.words else pack(f"={len(coded)}d", *coded)


def _coded(name: str, variable: Variable) -> Coded:
    if variable.holds is Holds.TEXT:
        return Coded(name, variable, _as_text, {}, ())
    below_zero = variable.holds is Holds.NUMBER and (variable.least is None or variable.least < 0)
    codes = _codes(variable)
    taken = set(codes.values())
    absent = float(next(one for one in NOT_ASKED_CODES if one not in taken and not (below_zero and one > -100)))
    words = {codes[key]: _short(variable.words_of(key, locale_of("en")), LONGEST_VALUE_LABEL) for key in variable.keys}
    if variable.holds is Holds.TICK:
        words = dict(TICKS)
    missing = tuple(codes[key] for key in variable.keys if key in variable.unknown)
    if variable.question is not None:
        words[absent] = "Not asked"
        missing = (absent, *missing)
    return Coded(name, variable, _number(variable, codes, absent), words, missing)


def _codes(variable: Variable) -> dict[str, float]:
    """The numbers of the keys; where more than SPSS can list stand outside the scale, those go from -1 downwards."""
    codes = {key: float(variable.code_of(key)) for key in variable.keys}
    apart = [key for key in variable.keys if key in variable.unknown]
    if len(apart) < MOST_MISSING:
        return codes
    within = {key: code for key, code in codes.items() if key not in variable.unknown and code >= 0}
    substance = [key for key in variable.keys if key not in variable.unknown]
    kept = within if len(within) == len(substance) else {key: float(at) for at, key in enumerate(substance, 1)}
    return {key: kept[key] if key in kept else -float(apart.index(key) + 1) for key in variable.keys}


def _number(variable: Variable, codes: dict[str, float], absent: float) -> Callable[[Cell], float]:
    if variable.holds is Holds.CHOICE:
        known: dict[Cell, float] = {NOT_ASKED: absent}
        known.update(codes)
        return lambda cell: known.get(cell, NOTHING)

    def number(cell: Cell) -> float:
        if cell is None:
            return NOTHING
        if cell == NOT_ASKED:
            return absent
        return _seconds(cell) if isinstance(cell, str) else float(cell)

    return number


def _seconds(cell: str) -> float:
    try:
        return float((date.fromisoformat(cell).toordinal() - FIRST_DAY) * SECONDS)
    except ValueError:
        return NOTHING


def _as_text(cell: Cell) -> str:
    return "" if cell is None or cell == NOT_ASKED else _short(str(cell), LONGEST_TEXT)


def _missing(values: tuple[float, ...]) -> list[Any]:
    """Up to three values, or else "not asked" and the span of all that stand outside the scale."""
    if len(values) <= MOST_MISSING:
        return list(values)
    return [values[0], {"lo": min(values[1:]), "hi": max(values[1:])}]


def _format(variable: Variable) -> str:
    if variable.holds is Holds.DAY:
        return "SDATE10"
    if variable.holds is Holds.TEXT:
        return ""
    return "F8.0" if variable.holds is not Holds.NUMBER or variable.whole else "F12.2"


def _label(variable: Variable) -> str:
    return " ".join(variable.label.to("en").plain.split()) or variable.name


def _short(text: str, longest: int) -> str:
    """Words that fit into so many bytes."""
    return text if len(text.encode()) <= longest else text.encode()[: longest - 3].decode(errors="ignore") + "…"
