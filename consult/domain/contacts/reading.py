"""A table of people as text: separated values in the encodings that spreadsheet programs write."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

MEGABYTE = 1024 * 1024
#: A list of every patient of a large group of practices fits many times over.
LARGEST = 10 * MEGABYTE
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 1_000
SEPARATORS = (",", ";", "\t", "|")
#: Runs of bytes that are not ASCII: long ones are words of another script, short ones letters with accents.
RUNS = re.compile(rb"[\x80-\xff]+")
WORD = 3


class Refused(ValueError):
    """A file that cannot be read at all, as a sentence that names the place."""


@dataclass(frozen=True)
class Written:
    """A line of the table: its number as the spreadsheet shows it, and its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A line of headings, the lines below, and how the text was read."""

    headings: Sequence[str]
    rows: Sequence[Written]
    read_as: str


def read_csv(content: bytes) -> Table:
    """Separated values; raises Refused with a sentence."""
    text, read_as = decoded(content)
    separator = separator_of(text)
    lines: list[Written] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines.extend(Written(number, cells) for number, cells in enumerate(islice(reader, MOST_ROWS * 2), 1))
    except csv.Error as error:
        why = "a quotation mark is never closed" if "unexpected end" in str(error) else "it is not a good CSV line"
        raise Refused(f"Line {reader.line_num}: {why}.") from None
    return table(lines, read_as)


def table(lines: Sequence[Written], read_as: str) -> Table:
    """The first line with something in it has the headings; raises Refused where a line cannot be."""
    kept = []
    for line in lines:
        if len(line.cells) > MOST_COLUMNS:
            raise Refused(f"Row {line.number} has more than {MOST_COLUMNS} columns.")
        for cell in line.cells:
            if "\0" in cell:
                raise Refused(f"Row {line.number} has a character that no text holds (NUL).")
            if len(cell) > LONGEST_CELL:
                raise Refused(f"Row {line.number} has a cell with more than {LONGEST_CELL} characters.")
        if any(cell.strip() for cell in line.cells):
            kept.append(line)
    if not kept:
        raise Refused("The file is empty.")
    if len(kept) - 1 > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} people. Put them into several lists.")
    return Table([" ".join(cell.split()) for cell in kept[0].cells], kept[1:], read_as)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(name), name.removesuffix("-sig").upper()
            except UnicodeDecodeError:
                raise Refused(f"The file says that it is {name.removesuffix('-sig').upper()}, but is not.") from None
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise Refused(f"Row {line} has a character that no text holds (NUL). Is this a CSV file?")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        runs = [len(run) for run in RUNS.findall(content)]
        arabic = sum(one for one in runs if one >= WORD) * 2 > sum(runs)
        name = "cp1256" if arabic else "cp1252"
        try:
            return content.decode(name), name.replace("cp", "Windows-")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise Refused(f"Row {line} has a character that cannot be read. Save the file as UTF-8.") from None


def separator_of(text: str) -> str:
    """What stands between the headings."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)
