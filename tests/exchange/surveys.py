"""Small LimeSurvey files made here: XML of the old and the new kind, and text with tabs, from the same questions."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from consult.exchange.files import read_file
from consult.exchange.losses import Imported

Words = str | dict[str, str]
#: From this version on, words stand in tables of their own.
APART = 400


def q(code: str, kind: str, text: Words | None = None, **more: Any) -> dict[str, Any]:
    """A question; `subs` and `answers` are (code, words[, scale[, relevance]])."""
    return {"code": code, "kind": kind, "text": f"{code}?" if text is None else text, **more}


def spoken(words: Words | None, languages: tuple[str, ...]) -> dict[str, str]:
    """Words in each language."""
    if isinstance(words, dict):
        return words
    return dict.fromkeys(languages, words or "")


def section(name: str, rows: list[dict[str, Any]]) -> str:
    """A section of XML with its rows."""
    if not rows:
        return ""
    cells = [
        "<row>" + "".join(f"<{field}>{escape(str(text))}</{field}>" for field, text in row.items()) + "</row>"
        for row in rows
    ]
    fields = "".join(f"<fieldname>{field}</fieldname>" for field in rows[0])
    return f"<{name}><fields>{fields}</fields>\n<rows>\n" + "\n".join(cells) + f"\n</rows></{name}>\n"


def lss(
    *questions: dict[str, Any],
    version: int = 366,
    languages: tuple[str, ...] = ("en",),
    document: str = "Survey",
    groups: dict[int, dict[str, Any]] | None = None,
    settings: dict[str, str] | None = None,
    texts: dict[str, Words] | None = None,
    conditions: list[dict[str, Any]] | None = None,
    extra: str = "",
) -> bytes:
    """A survey as XML of one version."""
    tables: dict[str, list[dict[str, Any]]] = {}

    def put(table: str, by: dict[str, Any], words: dict[str, Words | None], l10ns: str, key: str) -> None:
        if version >= APART:
            tables.setdefault(table, []).append(by)
            for language in languages:
                said = {name: spoken(text, languages).get(language, "") for name, text in words.items()}
                tables.setdefault(l10ns, []).append({"id": 1, key: by[key], **said, "language": language})
        else:
            for language in languages:
                said = {name: spoken(text, languages).get(language, "") for name, text in words.items()}
                tables.setdefault(table, []).append({**by, **said, "language": language})

    used = {one.get("group", 1) for one in questions}
    for number in sorted(used):
        made = (groups or {}).get(number, {})
        by = {"gid": number, "sid": 11, "group_order": number, "grelevance": made.get("relevance", "1")}
        by["randomization_group"] = made.get("random", "")
        words = {"group_name": made.get("name", f"Group {number}"), "description": made.get("text", "")}
        put("groups", by, words, "group_l10ns", "gid")
    part = answer = 1000
    for number, one in enumerate(questions, 1):
        by = {"qid": number, "parent_qid": 0, "sid": 11, "gid": one.get("group", 1), "type": one["kind"]}
        by |= {"title": one["code"], "other": one.get("other", "N"), "mandatory": one.get("mandatory", "N")}
        by |= {"preg": one.get("preg", ""), "question_order": number, "relevance": one.get("relevance", "1")}
        by |= one.get("fields", {})
        put("questions", by, {"question": one["text"], "help": one.get("help", "")}, "question_l10ns", "qid")
        for at, (code, text, *rest) in enumerate(one.get("subs", ())):
            part += 1
            sub = {"qid": part, "parent_qid": number, "sid": 11, "gid": 1, "title": code, "question_order": at}
            sub |= {"scale_id": rest[0] if rest else 0, "relevance": rest[1] if len(rest) > 1 else "1"}
            put("subquestions", sub, {"question": text}, "question_l10ns", "qid")
        for at, (code, text, *rest) in enumerate(one.get("answers", ())):
            answer += 1
            score = rest[1] if len(rest) > 1 else 0
            made = {"aid": answer, "qid": number, "code": code, "sortorder": at, "assessment_value": score}
            made["scale_id"] = rest[0] if rest else 0
            put("answers", made, {"answer": text}, "answer_l10ns", "aid")
        for name, value in one.get("attributes", {}).items():
            for language, text in value.items() if isinstance(value, dict) else [("", value)]:
                row = {"qid": number, "attribute": name, "value": text, "language": language}
                tables.setdefault("question_attributes", []).append(row)
    if document == "Survey":
        tables["surveys"] = [{"sid": 11, "language": languages[0], **(settings or {})}]
        for language in languages:
            said = {"surveyls_title": "A survey", **(texts or {})}
            words = {name: spoken(text, languages).get(language, "") for name, text in said.items()}
            tables.setdefault("surveys_languagesettings", []).append({"surveyls_language": language, **words})
    if conditions:
        tables["conditions"] = [{"scenario": 1, "method": "==", **one} for one in conditions]
    body = "".join(section(name, rows) for name, rows in tables.items())
    head = "".join(f"<language>{language}</language>" for language in languages)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<document><LimeSurveyDocType>{document}</LimeSurveyDocType>\n'
        f"<DBVersion>{version}</DBVersion>\n<languages>{head}</languages>\n{body}{extra}</document>"
    ).encode()


HEAD = [
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other",
    "default", "em_validation_q", "hidden", "random_order",
]  # fmt: skip


def tabs(*rows: dict[str, str], head: list[str] | None = None, encoding: str = "utf-8") -> bytes:
    """Rows with tabs between their cells."""
    head = head or HEAD
    lines = ["\t".join(head), *("\t".join(_cell(row.get(name, "")) for name in head) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(one in text for one in '"\t\n') else text


def row(what: str, name: str, text: str = "", language: str = "en", **more: str) -> dict[str, str]:
    """One row; `kind` is its type or scale."""
    return {"class": what, "name": name, "text": text, "language": language, "type/scale": more.pop("kind", ""), **more}


def survey(*questions: dict[str, Any], **more: Any) -> Imported:
    """A survey with these questions, imported."""
    return read_file(lss(*questions, **more), "survey.lss")


def asked(imported: Imported) -> dict[str, dict[str, Any]]:
    """Every question by its key."""
    return {one["key"]: one for page in imported.definition["pages"] for one in page["questions"]}


def pages(imported: Imported) -> list[list[str]]:
    """The keys on each page."""
    return [[one["key"] for one in page["questions"]] for page in imported.definition["pages"]]


def report(imported: Imported) -> str:
    """Everything the report says, as one text."""
    return "\n".join(
        f"{one.severity} | {one.sheet} | {one.row} | {one.column} | {one.said} | {one.done}" for one in imported.losses
    )
