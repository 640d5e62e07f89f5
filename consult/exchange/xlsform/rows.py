"""The rows of an XLSForm survey as a tree of groups, and what each type becomes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from consult.exchange.losses import NOTE, Losses, Refused
from consult.exchange.workbook import Row, Sheet
from consult.exchange.xlsform.columns import Columns

FROM = r"(?:\s+(?:from|using|prompt\s+using))?"
ONE = re.compile(rf"^(?:add\s+)?(?:select[\s_]*(?:one|1){FROM}|select1)\s+(.+)$", re.I)
MANY = re.compile(rf"^(?:add\s+)?select[\s_]*(?:all[\s_]*that[\s_]*apply|multiple){FROM}\s+(.+)$", re.I)
RANK = re.compile(r"^rank(?:ing)?\s+(.+)$", re.I)
PLAIN_SELECT = re.compile(r"^select\s+(?!one\b|multiple\b|all\b)(.+)$", re.I)
BARE_SELECT = re.compile(r"^select[\s_]?(one|1|multiple)$", re.I)
ELSEWHERE = re.compile(r"^select[\s_](?:one|multiple)[\s_](?:external|from[\s_]file)\b", re.I)
OR_OTHER = re.compile(r"\s+or[\s_]+(?:specify[\s_]+)?other\s*$", re.I)
BEGIN = re.compile(r"^begin[\s_]*(.*)$", re.I)
END = re.compile(r"^end(?:[\s_]+.*|group|repeat)$", re.I)
KINDS = {
    # Things a device collects by itself: they would tell people apart.
    "metadata": {
        "start", "end", "today", "deviceid", "phonenumber", "username", "email", "simserial", "subscriberid", "imei",
        "audit", "start-geopoint", "background-audio", "background-geopoint", "uri:deviceid", "uri:phonenumber",
        "uri:username", "uri:email", "uri:simserial", "uri:subscriberid", "uri:imei", "get today", "get start time",
        "get end time", "get device id", "get phone number", "get subscriber id", "get sim id", "start time",
        "end time", "device id", "sim id",
    },
    "place": {
        "geopoint", "geotrace", "geoshape", "gps", "location", "osm", "add location prompt", "q location", "q geopoint",
    },
    "media": {
        "image", "photo", "picture", "audio", "video", "file", "barcode", "q barcode", "q picture", "q image",
        "add image prompt", "add photo prompt", "add audio prompt", "add video prompt", "add barcode prompt",
        "signature", "draw", "annotate",
    },
    "worked out": {"calculate", "hidden", "q calculate", "add calculate prompt"},
    "elsewhere": {"xml-external", "csv-external"},
    "ordered": {"rank"},
    "setting": {"set form title", "set form id"},
    "text": {"text", "string", "q string", "add text prompt"},
    "whole": {"integer", "int", "q int", "add integer prompt"},
    "decimal": {"decimal", "q decimal", "add decimal prompt"},
    "percentage": {"percentage", "add percentage prompt"},
    "date": {"date", "q date", "add date prompt"},
    "moment": {"datetime", "date time", "date and time", "q datetime", "add date time prompt", "add datetime prompt"},
    "time": {"time", "q time", "add time prompt"},
    "note": {"note", "q note", "add note prompt"},
    "ticked": {"acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"},
    "personal": {"phone number", "tel", "phone", "telephone"},
    "range": {"range", "q range", "add range prompt"},
}  # fmt: skip
#: Rows of a survey, and groups inside groups.
MOST_ROWS, DEEPEST = 5_000, 40
#: Kinds that are told about and not asked, so that their rows need no name.
NAMELESS = {"note", "metadata", "unknown", "worked out", "setting", "elsewhere"}


@dataclass
class Item:
    """A question row, or a group with what is in it."""

    row: Row
    kind: str
    name: str
    choices: str = ""
    with_other: bool = False
    inside: list[Item] = field(default_factory=list)
    #: the row that ends a group
    end: int = 0

    @property
    def is_group(self) -> bool:
        """Whether it holds other rows."""
        return self.kind in ("group", "repeat") or self.kind.startswith("begin ")

    def flat(self) -> Iterator[Item]:
        """It, or the questions in it at any depth."""
        if not self.is_group:
            yield self
        for inner in self.inside:
            yield from inner.flat()


def kind_of(said: str) -> tuple[str, str, bool]:
    """What a type is: (kind, list, or_other). Kinds of our own: one, many, text, whole, decimal, …; "unknown" else."""
    text = " ".join(said.split())
    with_other = bool(OR_OTHER.search(text))
    text = OR_OTHER.sub("", text)
    lower = text.lower().replace("_", " ")
    if ELSEWHERE.match(text):
        return "elsewhere", "", False
    for pattern, kind in ((ONE, "one"), (MANY, "many"), (RANK, "ordered"), (PLAIN_SELECT, "many")):
        found = pattern.match(text)
        if found:
            return kind, found[1].strip(), with_other
    bare = BARE_SELECT.match(text)
    if bare:
        return "many" if bare[1].lower() == "multiple" else "one", "", with_other
    for kind, spellings in KINDS.items():
        if lower in spellings or text.lower() in spellings or lower.replace(" ", "") in spellings:
            return kind, "", False
    first = lower.split(" ")[0]
    return {"rank": "ordered", "osm": "place"}.get(first, "unknown"), "", False


def tree(sheet: Sheet, columns: Columns, losses: Losses) -> list[Item]:
    """The rows nested by their groups; raises Refused where groups do not close, or rows have no name or another's."""
    top: list[Item] = []
    open_groups: list[Item] = []
    if len(sheet.rows) > MOST_ROWS:
        raise _refused(sheet, sheet.rows[MOST_ROWS], columns, "type", "this is more than a questionnaire can ask")
    for row in sheet.rows:
        said = columns.get(row, "type")
        if columns.get(row, "disabled").lower() in ("yes", "true", "1", "y"):
            done = "The row is switched off in the form, so it is left out."
            losses.add(NOTE, sheet=sheet.name, row=row.number, column=columns.heading("disabled"), said=said, done=done)
            continue
        here = open_groups[-1].inside if open_groups else top
        if not said:
            here.extend(_remark(row, columns))
        elif END.match(said) and kind_of(said)[0] != "metadata":
            if not open_groups:
                raise _refused(sheet, row, columns, "type", f"“{said}” ends a group that was never begun")
            open_groups.pop().end = row.number
        elif BEGIN.match(said):
            group = Item(row, _group_kind(said), columns.get(row, "name"))
            here.append(group)
            open_groups.append(group)
            if len(open_groups) > DEEPEST:
                raise _refused(sheet, row, columns, "type", f"there are more than {DEEPEST} groups inside each other")
        else:
            here.append(_item(sheet, row, columns, said))
    if open_groups:
        raise _refused(sheet, open_groups[-1].row, columns, "type", "this group is never ended")
    _no_twins(sheet, columns, top)
    return top


def _remark(row: Row, columns: Columns) -> Iterator[Item]:
    """A row without a type, if there is anything in it that a type would go with."""
    worded = any(row.get(heading) for headings in columns.words.values() for heading in headings.values())
    if worded or any(columns.get(row, name) for name in ("name", "relevant", "constraint", "calculation")):
        yield Item(row, "comment", columns.get(row, "name"))


def _group_kind(said: str) -> str:
    found = BEGIN.match(" ".join(said.replace("_", " ").split()).lower())
    what = found[1] if found else ""
    if what.startswith(("group", "lgroup")):
        return "group"
    return "repeat" if what.startswith(("repeat", "loop")) else f"begin {what}"


def _item(sheet: Sheet, row: Row, columns: Columns, said: str) -> Item:
    kind, listed, with_other = kind_of(said)
    name = columns.get(row, "name")
    if not name:
        if kind not in NAMELESS:
            raise _refused(sheet, row, columns, "name", "the question has no name")
        name = f"{kind.replace(' ', '_')}_{row.number}"
    return Item(row, kind, name, listed, with_other)


def _no_twins(sheet: Sheet, columns: Columns, items: list[Item]) -> None:
    seen: dict[str, int] = {}
    for item in items:
        if item.is_group:
            _no_twins(sheet, columns, item.inside)
        if not item.name or item.kind in ("comment", "setting"):
            continue
        if item.name in seen:
            sentence = f"the name “{item.name}” is used in row {seen[item.name]} already"
            raise _refused(sheet, item.row, columns, "name", sentence)
        seen[item.name] = item.row.number


def _refused(sheet: Sheet, row: Row, columns: Columns, meaning: str, sentence: str) -> Refused:
    return Refused(f"Sheet “{sheet.name}”, row {row.number}, column “{columns.heading(meaning)}”: {sentence}.")
