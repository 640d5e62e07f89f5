"""The rows of an XLSForm survey as a tree of groups, and what each type becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from consult.exchange.columns import Columns
from consult.exchange.losses import Refused
from consult.exchange.workbook import Row, Sheet

BEGIN = re.compile(r"^begin[\s_]*(group|repeat|lgroup|looped group|loop|kobomatrix|score|rank|\w+)?$", re.I)
END = re.compile(r"^end[\s_]*(group|repeat|lgroup|looped group|loop|kobomatrix|score|rank|\w+)?$", re.I)
ONE = re.compile(r"^(?:add\s+)?(?:select[\s_]*(?:one|1)(?:\s+from|\s+prompt\s+using)?|select1)\s+(.+)$", re.I)
MANY = re.compile(r"^(?:add\s+)?select[\s_]*(?:all[\s_]*that[\s_]*apply(?:\s+from)?|multiple(?:\s+from|\s+prompt\s+using)?)\s+(.+)$", re.I)
PLAIN_SELECT = re.compile(r"^select\s+(?!one\b|multiple\b|all\b)(.+)$", re.I)
OR_OTHER = re.compile(r"\s+or[\s_]+(?:specify[\s_]+)?other\s*$", re.I)
#: Things a device collects by itself: they would tell people apart.
METADATA = {
    "start", "end", "today", "deviceid", "phonenumber", "username", "email_metadata", "simserial", "subscriberid", "imei", "audit",
    "start-geopoint", "background-audio", "background-geopoint", "uri:deviceid", "uri:phonenumber", "uri:username", "uri:email",
    "uri:simserial", "uri:subscriberid", "uri:imei", "get today", "get start time", "get end time", "get device id", "get phone number",
    "start time", "end time", "device id", "phone number metadata", "date and time started",
}  # fmt: skip
PLACES = {"geopoint", "geotrace", "geoshape", "gps", "location", "osm"}
MEDIA = {"image", "photo", "audio", "video", "file", "barcode", "signature", "draw", "annotate"}
WORKED_OUT = {"calculate", "hidden", "set", "xml-external", "csv-external", "calculate-here"}
TEXTS = {"text", "string", "add text prompt", "q string"}
WHOLE = {"integer", "int", "add integer prompt", "q int"}
PARTS = {"decimal", "add decimal prompt", "q decimal"}
DATES = {"date", "add date prompt", "q date"}
MOMENTS = {"datetime", "date time", "add datetime prompt"}
TIMES = {"time", "add time prompt"}
NOTES = {"note", "add note prompt", "trigger-note"}
TICKED = {"acknowledge", "trigger", "add acknowledge prompt"}
PERSONAL = {"email", "tel", "phone", "telephone", "phonenumber_question"}


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


def kind_of(said: str) -> tuple[str, str, bool]:
    """What a type is: (kind, list, or_other). Kinds of our own: one, many, text, whole, decimal, …; "unknown" else."""
    text = " ".join(said.split())
    with_other = bool(OR_OTHER.search(text))
    text = OR_OTHER.sub("", text)
    lower = text.lower().replace("_", " ")
    for pattern, kind in ((ONE, "one"), (MANY, "many"), (PLAIN_SELECT, "many")):
        found = pattern.match(text)
        if found and not re.match(r"select[\s_]one[\s_](external|from[\s_]file)|select[\s_]multiple[\s_](from[\s_]file|external)", text, re.I):
            return kind, found[1].strip(), with_other
    if re.match(r"select[\s_]?(one|multiple|1)$", text, re.I):
        return "one" if "mult" not in lower else "many", "", with_other
    tight = lower.replace(" ", "")
    for kinds, kind in (
        (METADATA, "metadata"), (PLACES, "place"), (MEDIA, "media"), (WORKED_OUT, "worked out"), (TEXTS, "text"), (WHOLE, "whole"),
        (PARTS, "decimal"), (DATES, "date"), (MOMENTS, "moment"), (TIMES, "time"), (NOTES, "note"), (TICKED, "ticked"), (PERSONAL, "personal"),
    ):  # fmt: skip
        if lower in kinds or tight in kinds or text.lower() in kinds:
            return kind, "", False
    if lower == "range":
        return "range", "", False
    return "unknown", "", False


def tree(sheet: Sheet, columns: Columns) -> list[Item]:
    """The rows nested by their groups; raises Refused where groups do not close or rows have no name."""
    top: list[Item] = []
    open_groups: list[Item] = []
    for row in sheet.rows:
        said = columns.get(row, "type")
        disabled = columns.get(row, "disabled").lower() in ("yes", "true", "1", "y")
        if disabled:
            continue
        here = open_groups[-1].inside if open_groups else top
        if not said:
            if any(columns.get(row, name) for name in ("name", "relevant", "constraint")) or any(
                row.get(heading) for headings in columns.words.values() for heading in headings.values()
            ):
                here.append(Item(row, "comment", columns.get(row, "name")))
            continue
        tight = " ".join(said.replace("_", " ").split()).lower()
        if tight.startswith("end ") or re.match(r"^end(group|repeat)$", tight):
            if tight in METADATA:
                here.append(Item(row, "metadata", columns.get(row, "name")))
                continue
            if not open_groups:
                raise Refused(f"Sheet “{sheet.name}”, row {row.number}, column “{columns.plain['type']}”: “{said}” ends a group that was never begun.")
            open_groups.pop().end = row.number
            continue
        if tight.startswith("begin ") or re.match(r"^begin(group|repeat)$", tight):
            what = tight.removeprefix("begin").strip()
            kind = "group" if what in ("group", "lgroup") else "repeat" if what in ("repeat", "loop", "looped group") or what.startswith("loop over") else f"begin {what}"
            group = Item(row, kind, columns.get(row, "name"))
            here.append(group)
            open_groups.append(group)
            continue
        kind, listed, with_other = kind_of(said)
        name = columns.get(row, "name")
        if not name:
            if kind not in ("note", "metadata", "unknown", "worked out"):
                raise Refused(f"Sheet “{sheet.name}”, row {row.number}, column “{columns.plain.get('name', 'name')}”: the question has no name.")
            name = f"{kind.replace(' ', '_')}_{row.number}"
        here.append(Item(row, kind, name, listed, with_other))
    if open_groups:
        row = open_groups[-1].row
        raise Refused(f"Sheet “{sheet.name}”, row {row.number}: this group is never ended.")
    _no_twins(sheet, columns, top)
    return top


def _no_twins(sheet: Sheet, columns: Columns, items: list[Item]) -> None:
    seen: dict[str, int] = {}
    for item in items:
        if item.is_group:
            _no_twins(sheet, columns, item.inside)
        if not item.name or item.kind == "comment":
            continue
        if item.name in seen:
            raise Refused(
                f"Sheet “{sheet.name}”, row {item.row.number}, column “{columns.plain.get('name', 'name')}”: the name “{item.name}” is used in row {seen[item.name]} already."
            )
        seen[item.name] = item.row.number
