"""Every text of a LimeSurvey file, read without our importer, beside what was kept of it and what was reported.

`unaccounted(path, imported)` names each piece of text that is neither in the questionnaire, word for word and in its
language, nor told in the report. Pieces are what stands between two paragraphs, lines, cells or expressions.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from consult.domain import markup
from consult.exchange.losses import Imported, Loss

#: The fields that hold words, by section.
WORDED = {
    "groups": ("group_name", "description"),
    "group_l10ns": ("group_name", "description"),
    "questions": ("question", "help"),
    "subquestions": ("question", "help"),
    "question_l10ns": ("question", "help"),
    "answers": ("answer",),
    "answer_l10ns": ("answer",),
    "labels": ("title",),
    "label_l10ns": ("title",),
    "quota_languagesettings": ("quotals_message",),
}
WORDED_ATTRIBUTES = {
    "prefix", "suffix", "other_replace_text", "em_validation_q_tip", "em_validation_sq_tip", "dualscale_headerA",
    "dualscale_headerB", "placeholder", "time_limit_message", "time_limit_warning_message",
}  # fmt: skip
SILENT = {"surveyls_survey_id", "surveyls_language", "surveyls_dateformat", "surveyls_numberformat", "surveyls_alias"}
UNREAD = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.S | re.I)
PARTING = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|td|th|table|tbody|thead|h[1-6]|hr|center|dd|dt|dl|legend|blockquote|pre)\b[^>]*>", re.I
)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
WORD = re.compile(r"[^\W_]+")
#: A part of a question whose question is told to be left out is told with it.
#: Words of a report that can only be those of one text, wherever they stand.
LONG_ENOUGH = 20
LEFT_OUT = ("type", "hidden", "relevance", "question", "conditions")


@dataclass(frozen=True)
class Text:
    """One text of a file: what it belongs to, the field, the language, the words."""

    thing: str
    column: str
    language: str
    text: str


def texts_of(path: Path) -> list[Text]:
    """Every text of a file that people might have read."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read(next(name for name in archive.namelist() if name.endswith(".lss")))
    if content.lstrip()[:1] == b"<":
        return list(_of_xml(content))
    return list(_of_tabs(content.decode("utf-8-sig")))


def _of_xml(content: bytes) -> Iterator[Text]:
    root = etree.fromstring(content.lstrip())
    own = root.findtext("surveys/rows/row/language") or root.findtext("languages/language") or "de"
    codes, parents, answers = {}, {}, {}
    for row in root.iterfind(".//row"):
        if row.getparent().getparent().tag in ("questions", "subquestions"):
            codes[row.findtext("qid")] = row.findtext("title")
            parents[row.findtext("qid")] = row.findtext("parent_qid")
        if row.findtext("aid") and row.findtext("qid"):
            answers[row.findtext("aid")] = row.findtext("qid")
    for section in root:
        for row in section.iterfind("rows/row"):
            language = row.findtext("language") or row.findtext("surveyls_language") or own
            number = row.findtext("qid") or answers.get(row.findtext("aid") or "", "")
            parent = parents.get(number)
            thing = f"question {codes.get(parent if parent not in (None, '0', '') else number, '')}"
            fields = WORDED.get(section.tag, ())
            if section.tag == "surveys_languagesettings":
                fields, thing = tuple(cell.tag for cell in row if cell.tag not in SILENT), "survey texts"
            if section.tag.startswith("group"):
                thing = "group"
            for field in fields:
                if (row.findtext(field) or "").strip():
                    yield Text(thing, field, language, row.findtext(field))
            if section.tag == "question_attributes" and row.findtext("attribute") in WORDED_ATTRIBUTES:
                yield Text(
                    thing, row.findtext("attribute"), row.findtext("language") or "", row.findtext("value") or ""
                )


def _of_tabs(text: str) -> Iterator[Text]:
    csv.field_size_limit(10**7)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    question = own = ""
    for row in rows:
        what, name = (row["class"] or "").strip(), row["name"] or ""
        own = row["text"] if (what, name) == ("S", "language") else own
        language = (row["language"] or "").strip() or own
        if what == "Q":
            question = name
        if what == "SL" and name not in SILENT:
            yield Text("survey texts", name, language, row["text"] or "")
        if what == "G":
            yield Text("group", "name", language, name)
        if what in ("G", "Q", "SQ", "A"):
            thing = "group" if what == "G" else f"question {question}"
            yield Text(thing, "text", language, row["text"] or "")
            yield Text(thing, "help", language, row.get("help") or "")


def pieces(text: str) -> list[str]:
    """A text as words, piece by piece."""
    bare = UNREAD.sub("", text)
    parted = _without_expressions(PARTING.sub("\n\n", bare) if TAG.search(bare) else bare.replace("\n", "\n\n"))
    words = [" ".join(WORD.findall(html.unescape(TAG.sub("", one)))) for one in re.split(r"\n{2,}", parted)]
    return [one for one in words if one]


def _without_expressions(text: str) -> str:
    """With a parting where an expression stood; digits and commas in braces are none."""
    before = None
    while before != text:
        before, text = text, re.sub(r"\{(?!\s)(?![\d\s,.]+\})[^{}]*(?<!\s)\}", "\n\n", text)
    return text


def kept_words(definition: dict[str, Any]) -> dict[str, str]:
    """All words of a definition by language, as one text with partings."""
    found: dict[str, list[str]] = defaultdict(list)

    def collect(value: Any) -> None:
        if isinstance(value, dict) and value and all(isinstance(one, str) for one in value.values()):
            for language, text in value.items():
                said = markup.plain(text, piped=lambda _pipe: "\n")
                found[language] += [
                    " ".join(WORD.findall(one)) for one in (said, text, said.replace("\n", " "), TAG.sub("", said))
                ]
                found[language] += [" ".join(WORD.findall(one)) for one in said.split("\n")]
        elif isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(definition)
    return {language: f" {' | '.join(texts)} " for language, texts in found.items()}


def unaccounted(path: Path, imported: Imported, spoken: dict[str, str]) -> list[str]:
    """Pieces that are neither kept nor told; `spoken` is what each language of the file is called here."""
    kept = kept_words(imported.definition)
    told = [(_words(loss.said), _words(loss.done), loss) for loss in imported.losses]
    missing = []
    for one in texts_of(path):
        here = kept.get(spoken.get(one.language, one.language), "") if one.language else " | ".join(kept.values())
        for piece in pieces(one.text):
            if f" {piece} " in here or _told(one, piece, told):
                continue
            missing.append(f"{one.thing}, {one.column} ({one.language}): {piece[:160]}")
    return missing


def _told(one: Text, piece: str, told: list[tuple[str, str, Loss]]) -> bool:
    whole = _words(one.text)
    for said, done, loss in told:
        if one.column == loss.column or loss.sheet.startswith(one.thing) or len(said) > LONG_ENOUGH:
            cut = said.rsplit(" ", 1)[0] if loss.said.endswith("…") else said
            if cut and (whole.startswith(cut) or piece in cut or (loss.said.endswith("…") and cut in whole)):
                return True
            if f" {piece} " in f" {done} ":
                return True
        letter = one.column.startswith(("surveyls_email", "email_")) and loss.done.startswith("LimeSurvey’s letters")
        alike = one.column == loss.column and loss.times > 1
        same = loss.sheet == one.thing or loss.sheet.startswith(f"{one.thing},")
        if letter or alike or (same and loss.severity == "lost" and loss.column in LEFT_OUT):
            return True
    return False


def _words(text: str) -> str:
    return " ".join(WORD.findall(html.unescape(re.sub(r"<[^<>]*…?$", "", TAG.sub(" ", text)))))


def mangled(imported: Imported) -> list[str]:
    """Signs of harm in what was kept: entities, tags, marks of our own, replacement characters."""
    text = json.dumps(imported.definition, ensure_ascii=False)
    signs = (r"&(?:amp|nbsp|lt|gt|quot|#\d+);", r"</?(?:p|br|span|div|strong|b)\b", r"zq\d+qz", "\ufffd", "[\x80-\x9f]")
    return [found[0] for sign in signs for found in re.finditer(sign, text)]
