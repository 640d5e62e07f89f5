"""The formats that questionnaires come in, told apart by what is in a file, whatever its name says.

To add one: a package that reads it, and a line in FORMATS; the first that recognises a file reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consult.exchange.limesurvey import is_limesurvey, read_limesurvey
from consult.exchange.losses import Imported, Refused
from consult.exchange.microsoft_forms import is_microsoft_forms, read_microsoft_forms
from consult.exchange.ons import looks_like_ons, read_ons
from consult.exchange.own import looks_like_ours, read_own
from consult.exchange.qualtrics import looks_like_qualtrics, read_qualtrics
from consult.exchange.structure import read_structure
from consult.exchange.surveyjs import looks_like_surveyjs, read_surveyjs
from consult.exchange.text import is_document, read_text, text_of
from consult.exchange.workbook import COMPOUND, PACKED
from consult.exchange.xlsform import read_xlsform

BOM = b"\xef\xbb\xbf"
#: Names of files that ought to be JSON.
JSON_NAMES = (".json", ".qsf")


@dataclass(frozen=True)
class Content:
    """What is in a file."""

    raw: bytes
    filename: str

    @property
    def is_json(self) -> bool:
        """Whether it begins as JSON does, or is called so."""
        start = self.raw[:1024].removeprefix(BOM).lstrip()[:1]
        return start in (b"{", b"[") or self.filename.lower().endswith(JSON_NAMES)

    @property
    def is_workbook(self) -> bool:
        """Whether it is a packed file or a compound one, as spreadsheets are."""
        return self.raw.startswith((PACKED, COMPOUND))

    @cached_property
    def json(self) -> Any:
        """Its JSON; None where it is none; raises Refused where it should be and cannot be read."""
        return read_structure(self.raw, self.filename) if self.is_json else None


@dataclass(frozen=True)
class Format:
    """One format: what people call it, what it is known by, how it is recognised and how it is read."""

    name: str
    known_by: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content], Imported]


FORMATS: tuple[Format, ...] = (
    Format(
        "a document",
        "a Word (.docx) or OpenDocument (.odt) file with questions in it",
        lambda content: is_document(content.raw, content.filename),
        lambda content: read_text(text_of(content.raw, content.filename), content.filename).imported,
    ),
    Format(
        "our own JSON",
        "“consult”: 1",
        lambda content: looks_like_ours(content.json),
        lambda content: read_own(content.json, content.filename, content.raw),
    ),
    Format(
        "a questionnaire of the ONS",
        "“sections” of “groups” of “blocks”",
        lambda content: looks_like_ons(content.json),
        lambda content: read_ons(content.json, content.filename),
    ),
    Format(
        "Qualtrics",
        "“SurveyEntry” and “SurveyElements”",
        lambda content: looks_like_qualtrics(content.json),
        lambda content: read_qualtrics(content.json, content.filename),
    ),
    Format(
        "SurveyJS",
        "“pages” of “elements”",
        lambda content: looks_like_surveyjs(content.json),
        lambda content: read_surveyjs(content.json, content.filename),
    ),
    Format(
        "LimeSurvey",
        "XML with “LimeSurveyDocType”, an archive with a survey (.lss) in it, or rows parted by tabs with “type/scale”",
        lambda content: is_limesurvey(content.raw, content.filename),
        lambda content: read_limesurvey(content.raw, content.filename),
    ),
    Format(
        "Microsoft Forms",
        "a workbook of responses with “Start time” and “Completion time”",
        lambda content: is_microsoft_forms(content.raw, content.filename),
        lambda content: read_microsoft_forms(content.raw, content.filename),
    ),
    Format(
        "XLSForm",
        "a workbook with a sheet “survey”",
        lambda content: content.is_workbook,
        lambda content: read_xlsform(content.raw, content.filename),
    ),
)


def read_content(raw: bytes, filename: str) -> Imported:
    """The questionnaire in a file, by the first format that recognises it; raises Refused with what was looked for."""
    content = Content(raw, filename)
    if not raw.strip():
        raise Refused(f"“{filename}” is empty.")
    for form in FORMATS:
        if form.recognises(content):
            return form.read(content)
    looked_for = "; ".join(f"{form.name} ({form.known_by})" for form in FORMATS)
    raise Refused(f"“{filename}” is no questionnaire that is known here{_has(content.json)}. Looked for: {looked_for}.")


def _has(data: Any) -> str:
    """What JSON holds instead."""
    if isinstance(data, dict) and data:
        names = ", ".join(f"“{name[:40]}”" for name in list(data)[:5])
        return f": it is an object with {names}{' …' if len(data) > 5 else ''}"
    if data is None:
        return ": it is not a spreadsheet, and not JSON"
    what = "a list" if isinstance(data, list) else "an empty object" if isinstance(data, dict) else "one value"
    return f": it is {what}, not an object with questions in it"
