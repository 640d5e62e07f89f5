"""LimeSurvey's tab-separated text: a row for each group, question, subquestion and answer, in any encoding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from consult.exchange.limesurvey.source import MOST_PARTS, MOST_QUESTIONS, Asked, Attribute, Group, Other, Part, Source
from consult.exchange.losses import Refused

MEGABYTE = 1024 * 1024
LARGEST = 8 * MEGABYTE
MOST_ROWS, MOST_COLUMNS = 100_000, 2_000
NEEDED = ("class", "type/scale", "name")
#: Columns that are no attributes of questions.
COLUMNS = {
    "id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "encrypted", "other", "default", "same_default", "question_theme_name", "same_script",
}  # fmt: skip
#: What LimeSurvey's fields are called here.
HEADINGS = {
    "question": "text", "answer": "text", "row": "text", "column": "text", "description": "text", "group_name": "name",
    "title": "name", "code": "name", "preg": "validation", "grelevance": "relevance", "type": "type/scale",
    "randomization_group": "random_group", "script": "text",
}  # fmt: skip
#: What Windows writes each language in, where a file is not in UTF-8.
WINDOWS = {
    "cp1250": "pl cs sk hu sl hr bs ro sq sr-Latn",
    "cp1251": "ru uk bg be mk sr mn kk ky",
    "cp1253": "el",
    "cp1254": "tr az",
    "cp1255": "he yi",
    "cp1256": "ar fa ur ps ckb prs",
    "cp1257": "et lv lt",
    "cp1258": "vi",
    "cp874": "th",
    "cp932": "ja",
    "cp949": "ko",
    "gb18030": "zh zh-Hans",
    "big5": "zh-Hant-HK zh-Hant-TW",
}
NAMES = {"cp932": "Shift JIS", "gb18030": "GB 18030", "big5": "Big5", "latin-1": "ISO 8859-1"}


def is_tabs(content: bytes) -> bool:
    """Whether this is LimeSurvey's tab-separated text, by its first line."""
    head = content[:4096].replace(b"\x00", b"").lstrip(codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + b" \t\r\n")
    cells = {cell.strip(b' "\r').lower() for cell in head.split(b"\n")[0].split(b"\t")}
    return {b"class", b"type/scale", b"name"} <= cells


def read_tabs(content: bytes, filename: str) -> Source:
    """The survey in a file; raises Refused with a sentence naming line and column."""
    if len(content) > LARGEST:
        raise Refused(f"“{filename}” is larger than {LARGEST // MEGABYTE} MB, which no questionnaire is.")
    text, encoding = decode(content)
    lines = list(_lines(text, filename))
    if not lines:
        raise Refused(f"“{filename}” is empty.")
    head = [cell.strip() for cell in lines[0][1]]
    for needed in NEEDED:
        if needed not in head:
            raise Refused(
                f"“{filename}”, line 1: there is no column “{needed}”, so it is not a survey of LimeSurvey’s."
            )
    reader = _Reader(filename, head)
    for number, cells in lines[1:]:
        reader.row(number, cells)
    source = reader.done()
    source.encoding = encoding
    return source


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: as its first bytes say, else UTF-8, else as its languages are written."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            name = "UTF-8" if encoding == "utf-8" else "UTF-16"
            return content[len(mark) :].decode(encoding, "replace"), name
    if content[1:200:2].count(0) > 50:
        return content.decode("utf-16-le", "replace"), "UTF-16"
    if content[0:200:2].count(0) > 50:
        return content.decode("utf-16-be", "replace"), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    for encoding in (*_likely(content), "cp1252"):
        try:
            return content.decode(encoding), NAMES.get(encoding, f"Windows-{encoding[2:]}")
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), NAMES["latin-1"]


def _likely(content: bytes) -> list[str]:
    """The encodings that the languages of a file are written in; its headings and codes are the same in all of them."""
    rows = [line.split(b"\t") for line in content.splitlines()]
    head = [cell.strip(b' "').lower() for cell in rows[0]] if rows else []
    if b"language" not in head:
        return []
    at = head.index(b"language")
    said = [row[at].strip(b' "').decode("ascii", "ignore") for row in rows[1:] if len(row) > at]
    languages = dict.fromkeys(one for one in said if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", one))
    spoken = {code: encoding for encoding, codes in WINDOWS.items() for code in codes.split()}
    found = [spoken.get(one) or spoken.get(one.split("-")[0]) for one in languages]
    return list(dict.fromkeys(one for one in found if one))


def _lines(text: str, filename: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line each begins on; a cell in quotation marks may go on over lines."""
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    begins, count = 1, 0
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS or count > MOST_ROWS:
                raise Refused(f"“{filename}”, line {begins}: this is more than a questionnaire can hold.")
            if any(cell.strip() for cell in cells):
                count += 1
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused(f"“{filename}”, line {begins}: the row cannot be read: {error}.") from None


class _Reader:
    """Puts rows together as they come: what follows a question belongs to it, in every language again."""

    def __init__(self, filename: str, head: list[str]) -> None:
        self.source = Source(filename, "Survey", "", [], headings=HEADINGS)
        self.head = head
        self.codes: dict[str, Asked] = {}
        self.seen: dict[tuple[str, ...], int] = {}
        self.here: dict[str, int] = {}
        self.group: Group | None = None
        self.asked: Asked | None = None
        self.parts = 0

    def row(self, line: int, cells: list[str]) -> None:
        row = {name: cell for name, cell in zip(self.head, cells, strict=False) if name}
        astray = [cell for name, cell in zip(self.head, cells, strict=False) if not name and cell.strip()]
        for said in [*astray, *(cell for cell in cells[len(self.head) :] if cell.strip())]:
            self.source.others.append(Other("tab-separated rows", line, "", said, "no heading"))
        what = row.get("class", "").strip()
        reader = {"S": self.setting, "SL": self.text, "G": self.begin, "Q": self.question}.get(what)
        if reader is not None:
            reader(line, row)
        elif what in ("SQ", "A"):
            self.part(line, row, what)
        else:
            said = ", ".join(f"{name}={cell}" for name, cell in row.items() if cell.strip() and name != "class")
            self.source.others.append(Other(f"class {what or '(none)'}", line, row.get("name", ""), said, what.lower()))

    def setting(self, line: int, row: dict[str, str]) -> None:
        name, text = row["name"].strip(), row.get("text", "")
        self.source.settings[name] = (text, line)
        if name == "language":
            self.source.language = text.strip()
        if name == "additional_languages":
            self.source.languages += text.split()
        if name == "sid":
            self.source.number = text.strip()

    def language(self, row: dict[str, str]) -> str:
        said = row.get("language", "").strip()
        self.source.language = self.source.language or said or "en"
        return said or self.source.language

    def text(self, line: int, row: dict[str, str]) -> None:
        name = row["name"].strip()
        self.source.texts.setdefault(name, {})[self.language(row)] = row.get("text", "")
        self.source.lines.setdefault(name, line)

    def begin(self, line: int, row: dict[str, str]) -> None:
        """A group; in another language it is the group that stood in the same place in the first."""
        language = self.language(row)
        at = self.here[language] = self.here.get(language, 0) + 1
        number = row.get("type/scale", "").strip()
        known = [group for group in self.source.groups if number and group.number == number]
        if language == self.source.language or not self.source.groups:
            known = [one for one in known if language not in one.names and language not in one.descriptions]
            if not known:
                known = [Group(number or f"#{at}", line, at, relevance=row.get("relevance", ""))]
                known[0].random = row.get("random_group", "") or row.get("randomization_group", "")
                self.source.groups.append(known[0])
        elif len(known) != 1:
            known = self.source.groups[at - 1 : at]
        self.group, self.asked = (known[0] if known else None), None
        if self.group is None:
            self.source.others.append(Other(f"group “{row['name']}”", line, "name", row["name"], "orphan"))
            return
        self.group.names.setdefault(language, row["name"])
        if row.get("text"):
            self.group.descriptions.setdefault(language, row["text"])

    def question(self, line: int, row: dict[str, str]) -> None:
        language, code = self.language(row), row["name"].strip()
        if not code:
            raise self.refused(line, "name", "the question has no code")
        before = self.seen.setdefault(("Q", code, language), line)
        if before != line:
            raise self.refused(line, "name", f"the code “{code}” is used in line {before} already")
        known = self.codes.get(code)
        if known is None:
            if self.group is None:
                raise self.refused(line, "class", f"the question “{code}” stands before any group")
            known = self.codes[code] = Asked(
                code, row["type/scale"].strip(), line, number=row.get("id", ""), order=len(self.codes),
                mandatory=row.get("mandatory", "").strip(), other=row.get("other", "").strip() == "Y",
                pattern=row.get("validation", ""), relevance=row.get("relevance", ""), default=row.get("default", ""),
                theme=row.get("question_theme_name", "").strip(),
            )  # fmt: skip
            self.group.questions.append(known)
            if len(self.codes) > MOST_QUESTIONS:
                raise self.refused(line, "class", "this is more than a questionnaire can ask")
        if row.get("text"):
            known.texts[language] = row["text"]
        if row.get("help"):
            known.helps[language] = row["help"]
        self.asked = known
        for name, text in row.items():
            if name not in COLUMNS and text:
                bare, _, own = name.partition("_language_")
                attribute = known.attributes.setdefault(bare, Attribute(bare, line))
                attribute.values.setdefault(own or language, text)

    def part(self, line: int, row: dict[str, str], what: str) -> None:
        if self.asked is None:
            raise self.refused(line, "class", f"“{row.get('name', '')}” belongs to no question: none stands before it")
        language, code = self.language(row), row["name"].strip()
        scale = int(row["type/scale"]) if row.get("type/scale", "").strip().isdigit() else 0
        before = self.seen.setdefault((what, self.asked.code, str(scale), code, language), line)
        if before != line:
            sentence = f"the code “{code}” is used in line {before} already"
            raise self.refused(line, "name", f"question “{self.asked.code}”: {sentence}")
        parts = self.asked.rows if what == "SQ" else self.asked.answers
        known = next((part for part in parts if (part.code, part.scale) == (code, scale)), None)
        if known is None:
            known = Part(code, line, scale, len(parts))
            self.parts += 1
            if self.parts > MOST_PARTS:
                raise self.refused(line, "class", "this is more answers than can be asked")
            parts.append(known)
            if what == "SQ":
                known.relevance, known.default = row.get("relevance", ""), row.get("default", "")
            else:
                known.assessment = row.get("relevance", "")
        if row.get("text"):
            known.texts[language] = row["text"]
        if row.get("help"):
            known.helps[language] = row["help"]

    def refused(self, line: int, column: str, sentence: str) -> Refused:
        return Refused(f"“{self.source.filename}”, line {line}, column “{column}”: {sentence}.")

    def done(self) -> Source:
        source = self.source
        spoken = [language for asked in self.codes.values() for language in asked.texts]
        source.language = source.language or "en"
        source.languages = list(dict.fromkeys([source.language, *source.languages, *spoken]))
        if not self.codes:
            raise Refused(f"“{source.filename}” has no row of the class “Q”, so there is nothing to ask.")
        return source
