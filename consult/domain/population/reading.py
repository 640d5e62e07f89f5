"""Tables of a population as people download them: long or wide, one row for each figure or for each place.

What is understood: the tables of the Census 2021 by local authority or any other area, long (a column of groups, a
column of figures) or wide (a column for each group, as NOMIS gives them), mid-year estimates by sex and single year of
age, and lists of places or practices with how many people belong to each.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consult.domain.population.labels import (
    AREA,
    BY_AGE_AND_SEX,
    IGNORED,
    LANGUAGES,
    QUESTIONS,
    TOTALS,
    ages,
    band_of,
    option_of,
)

CODES = re.compile(
    r"(area|geography|practice|organisation|ward|msoa|lsoa)[ _]?code"
    r"|.*\b(authorities|areas|countries|regions|wards) code",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"(area|geography|practice|organisation|ward)[ _]?name|geography|.*\b(authorities|areas|countries|regions|wards)",
    re.IGNORECASE,
)
FIGURES = re.compile(r"value|observation|obs_value|count|population|registered_patients|total_patients", re.IGNORECASE)
DAYS = re.compile(r"date|period|year|time", re.IGNORECASE)
#: Columns that say how and of what, never of whom.
ASIDE = re.compile(
    r"measures?|units?|rural urban|geography|indicator|.*[ _]code|.*postcode|.*_name|locality", re.IGNORECASE
)
#: Between the code and the name of a place, where places are the groups.
BETWEEN = "\t"
#: No table of ours has more rows.
MOST_ROWS = 300_000


class NotUnderstood(ValueError):
    """A file that is no table we know; the sentence says what is missing and where."""


@dataclass(frozen=True)
class Benchmark:
    """How many people of each group live in one area, on one day; `counts` by option key."""

    area_code: str
    area_name: str
    question: str
    dated: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Understood:
    """What a file holds, and in plain words what was left out of it."""

    benchmarks: tuple[Benchmark, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    code: str
    name: str
    day: str


Row = dict[str, str]
Where = Callable[[Row], _Place]


def read(content: bytes) -> Understood:
    """The tables in a CSV file; raises NotUnderstood with a sentence."""
    text = _text(content)
    reader = csv.reader(io.StringIO(text))
    try:
        heads = [head.strip() for head in next(reader, [])]
        rows = [dict(zip(heads, (cell.strip() for cell in row), strict=False)) for row in reader if any(row)]
    except csv.Error as error:
        raise NotUnderstood(f"This is not a CSV file: line {reader.line_num} cannot be read.") from error
    if len(heads) < 2 or not rows:
        raise NotUnderstood("This is not a CSV file with a row of headings and rows of figures.")
    if len(rows) > MOST_ROWS:
        raise NotUnderstood(f"The file has more than {MOST_ROWS:,} rows. Choose fewer areas when you download it.")
    code = next((head for head in heads if CODES.fullmatch(head)), None)
    name = next((head for head in heads if head != code and NAMES.fullmatch(head)), None)
    if code is None and name is None:
        raise NotUnderstood(
            "No column says which area a row is about. We looked for “area_code”, “geography code” or “practice_code”. "
            f"The headings are: {_listed(heads)}."
        )
    day = next((head for head in heads if DAYS.fullmatch(head)), None)

    def place(row: Row) -> _Place:
        called = row.get(name or "", "")
        return _Place(row.get(code or "", "") or called, called or row.get(code or "", ""), row.get(day or "", ""))

    taken = {code, name, day}
    figure = next((head for head in heads if head not in taken and FIGURES.fullmatch(head)), None)
    others = [head for head in heads if head not in {*taken, figure}]
    found = _wide(rows, others, place)
    if not found.benchmarks and figure is not None:
        found = _long(rows, others, figure, place)
    if not found.benchmarks:
        raise NotUnderstood(found.left_out[0] if found.left_out else _nothing(heads))
    return found


def _long(rows: list[Row], others: list[str], figure: str, place: Where) -> Understood:
    """A row for each figure: one or two columns name the group."""
    rows = [row for row in rows if row.get("measure", "Count").lower() in ("count", "value", "number", "")]
    labels = {head: list(dict.fromkeys(row.get(head, "") for row in rows)) for head in others}
    told = {head: found for head in others if (found := _question(head, labels[head], labels))}
    problems = [one for one in told.values() if isinstance(one, str) and one.startswith("!")]
    named = {head: one for head, one in told.items() if not one.startswith("!")}
    if not named:
        if problems:
            return Understood((), (problems[0][1:],))
        unnamed = [head for head in others if not ASIDE.fullmatch(head) and len(labels[head]) > 1]
        return _areas(rows, figure, place) if not unnamed else Understood((), (_unknown(unnamed, labels),))
    counts: dict[tuple[_Place, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    both = set(named.values()) >= {"age_band", "sex"}
    bad = 0
    for row in rows:
        people = _number(row.get(figure, ""))
        if people is None:
            bad += 1
            continue
        options = {one: option_of(one, row.get(head, "")) for head, one in named.items()}
        for one, option in options.items():
            rest = [other for key, other in options.items() if key != one]
            # Of another column only the total is taken, where it has one; else its groups are added up.
            if option and (not rest or all(other == IGNORED for other in rest) or not _has_total(named, one, labels)):
                counts[place(row), one][option] += people
        if both and options["age_band"] and options["sex"]:
            counts[place(row), BY_AGE_AND_SEX][f"{options['age_band']}.{options['sex']}"] += people
    left = (f"{bad} rows have no figure and were left out.",) if bad else ()
    return Understood(_benchmarks(counts), left)


def _has_total(named: Mapping[str, str], question: str, labels: Mapping[str, list[str]]) -> bool:
    """Whether every other column has a total, so that adding its groups up would count people twice."""
    return all(
        any(option_of(one, label) == IGNORED and TOTALS.fullmatch(label) for label in labels[head])
        for head, one in named.items()
        if one != question
    )


def _wide(rows: list[Row], others: list[str], place: Where) -> Understood:
    """A column for each group, a row for each area (and for each sex, as in the mid-year estimates)."""
    sexes = next((head for head in others if head.lower() == "sex"), None)
    single = {
        head: band
        for head in others
        if re.fullmatch(r"\d+\+?", head) and (years := ages(head)) and (band := band_of(years))
    }
    if sexes and len(single) > 15:
        return _by_year(rows, single, sexes, place)
    heads = {head: _bare(head) for head in others}
    best: tuple[str, dict[str, str]] | None = None
    for question in QUESTIONS:
        if question == "main_language" and not any(LANGUAGES.search(head) for head in others):
            continue
        options = {head: option for head, label in heads.items() if (option := option_of(question, label))}
        if len(set(options.values())) >= 2 and (best is None or len(options) > len(best[1])):
            best = question, options
    if best is None:
        return Understood(())
    question, options = best
    # Where a group stands beside its own parts, the parts would count it twice.
    whole = {head for head in options if ":" not in heads[head]}
    options = {
        head: option
        for head, option in options.items()
        if head in whole or option not in {options[one] for one in whole}
    }
    counts: dict[tuple[_Place, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for head, option in options.items():
            people = _number(row.get(head, ""))
            if people is not None:
                counts[place(row), question][option] += people
    unused = [head for head in others if head not in options and not ASIDE.fullmatch(head)]
    found = _benchmarks(counts)
    left = (f"Columns that were not needed: {_listed(unused)}.",) if unused and found else ()
    return Understood(found, left)


def _by_year(rows: list[Row], single: Mapping[str, str], sexes: str, place: Where) -> Understood:
    counts: dict[tuple[_Place, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        sex = option_of("sex", row.get(sexes, ""))
        for head, band in single.items():
            people = _number(row.get(head, ""))
            if people is None:
                continue
            if sex:
                counts[place(row), BY_AGE_AND_SEX][f"{band}.{sex}"] += people
                counts[place(row), "sex"][sex] += people
            elif sex == IGNORED:
                counts[place(row), "age_band"][band] += people
    return Understood(_benchmarks(counts))


def _areas(rows: list[Row], figure: str, place: Where) -> Understood:
    """Nothing but places and how many belong to each: a benchmark for where people live or are registered."""
    counts: dict[str, int] = {}
    day = ""
    for row in rows:
        where, people = place(row), _number(row.get(figure, ""))
        if people is not None and where.name:
            day = where.day
            key = f"{where.code}{BETWEEN}{where.name}"
            counts[key] = counts.get(key, 0) + people
    if len(counts) < 2:
        return Understood(())
    return Understood((Benchmark("", "", AREA, day, counts),))


def _question(head: str, labels: Sequence[str], columns: Mapping[str, list[str]]) -> str:
    """Which question a column's labels answer; “” for none, and after “!” a sentence where they nearly do."""
    if len(labels) < 2 or (ASIDE.fullmatch(head) and head.lower() != "indicator"):
        return ""
    around = " ".join([head, *(label for one in columns.values() if len(one) == 1 for label in one)])
    for question in QUESTIONS:
        if question == "main_language" and not LANGUAGES.search(around):
            continue
        options = [option_of(question, label) for label in labels]
        if None not in options and len({one for one in options if one}) >= 2:
            return question
        if question == "age_band" and all(ages(label) or TOTALS.fullmatch(label) for label in labels):
            across = [label for label in labels if (years := ages(label)) and band_of(years) is None]
            return (
                f"!The file has these ages together: {_listed(across)}. Ours begin at 16, 25, 35 and so on, "
                "so take the table by single year of age."
            )
    return ""


def _bare(head: str) -> str:
    """A heading of NOMIS without what it begins and ends with: “Ethnic Group: White; measures: Value” is “White”."""
    text = re.sub(r"; *measures?: *value$", "", head, flags=re.IGNORECASE)
    text = re.sub(r"^(total_)?(male|female)$", r"\2", text, flags=re.IGNORECASE)
    variable = re.match(
        r"(ethnic group|age|sex|religion|provision of unpaid care|disability|sexual orientation|gender identity|"
        r"main language|proficiency)[^:]*: *",
        text,
        re.IGNORECASE,
    )
    return text[variable.end() :] if variable else text


def _benchmarks(counts: Mapping[tuple[_Place, str], Mapping[str, int]]) -> tuple[Benchmark, ...]:
    return tuple(
        Benchmark(where.code, where.name, question, where.day, dict(groups))
        for (where, question), groups in counts.items()
        if sum(groups.values()) > 0 and len(groups) > 1
    )


def _number(text: str) -> int | None:
    plain = text.replace(",", "").replace(" ", "")
    return round(float(plain)) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotUnderstood("This is not a CSV file. Save the table as CSV and choose that file.")


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"“{name}”" for name in names[:most]) + more


def _unknown(heads: Sequence[str], labels: Mapping[str, list[str]]) -> str:
    head = heads[0]
    return (
        f"We do not know the groups in the column “{head}”: {_listed(labels[head])}. A file is about one of: "
        "age, sex, ethnic group, disability, unpaid care, religion, sexual orientation, gender identity, language, "
        "or places."
    )


def _nothing(heads: Sequence[str]) -> str:
    return (
        f"We found no groups of people under these headings: {_listed(heads)}. A file has a column of groups and a "
        "column “value”, or a column for each group."
    )
