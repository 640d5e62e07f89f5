"""The sections of LimeSurvey's XML put together: what belongs to which question, in which language."""

from __future__ import annotations

from collections.abc import Iterable

from consult.exchange.limesurvey.documents import Document, Row
from consult.exchange.limesurvey.source import (
    MOST_PARTS,
    MOST_QUESTIONS,
    Asked,
    Attribute,
    Group,
    Old,
    Other,
    Part,
    Source,
    Texts,
)
from consult.exchange.losses import Refused

KINDS = ("Survey", "Group", "Question", "Label set")
#: What each section may hold; a field that is not listed is told about.
FIELDS = {
    "groups": "gid sid group_name group_order description language randomization_group grelevance",
    "group_l10ns": "id gid sid group_name group_order description language randomization_group grelevance",
    "questions": "qid parent_qid sid gid type title question preg help other mandatory encrypted question_order "
    "scale_id same_default relevance question_theme_name modulename same_script language tid",
    "question_l10ns": "id qid question help script language",
    "answers": "aid id qid code answer sortorder assessment_value language scale_id default_value",
    "answer_l10ns": "id aid answer language",
    "question_attributes": "qaid qid attribute value language",
    "conditions": "cid qid cqid cfieldname method value scenario",
    "labelsets": "lid owner_id label_name languages",
    "labels": "id lid code title sortorder assessment_value language",
    "label_l10ns": "id label_id title language",
}
FIELDS["subquestions"] = FIELDS["questions"]
#: Sections that are told about row by row, not kept.
TOLD = {
    "quota", "quota_members", "quota_languagesettings", "assessments", "defaultvalues", "defaultvalue_l10ns", "themes",
    "themes_inherited", "survey_urlparameters", "plugin_settings", "tokens", "question_themes", "permissions",
    "surveys_groups", "responses",
}  # fmt: skip
#: What of a row of some sections is said.
SAID = {
    "quota": ("name", "qlimit"),
    "quota_members": ("qid", "code"),
    "quota_languagesettings": ("quotals_message",),
    "defaultvalues": ("qid", "defaultvalue"),
    "assessments": ("name", "minimum", "maximum", "message"),
    "survey_urlparameters": ("parameter",),
}
READ = {*FIELDS, "surveys", "surveys_languagesettings"}


def put_together(document: Document, filename: str) -> Source:
    """The survey of a document; raises Refused with a sentence naming the section and the line."""
    if document.kind not in KINDS:
        raise Refused(f"“{filename}” is from LimeSurvey, but holds no questions: it says “{document.kind[:40]}”.")
    settings = document.rows("surveys")
    own = settings[0].get("language").strip() if settings else ""
    languages = list(dict.fromkeys([own, *document.languages] if own else document.languages))
    version = int(document.version) if document.version.isdigit() else 0
    source = Source(filename, document.kind, languages[0] if languages else "", languages, version)
    if document.kind == "Label set":
        _labels(document, source)
    else:
        _settings(document, source)
        _survey(document, source)
    _tell(document, source)
    return source


def _labels(document: Document, source: Source) -> None:
    """A set of labels as the answers of one question, which the name of the set asks."""
    sets = document.rows("labelsets")
    if not sets or not document.rows("labels"):
        missing = "labels" if sets else "labelsets"
        raise Refused(f"“{source.filename}” has no section “{missing}”, so there are no labels in it.")
    languages = [one for listed in sets for one in listed.get("languages").split()]
    source.languages = list(dict.fromkeys([*source.languages, *languages])) or ["en"]
    source.language = source.languages[0]
    words = _texts(document.rows("label_l10ns"), "label_id", "title")
    group = Group("1", sets[0].line)
    for listed in sets:
        name = listed.get("label_name").strip() or "Labels"
        asked = Asked(f"L{listed.get('lid') or 1}", "L", listed.line, number=listed.get("lid"))
        asked.texts = dict.fromkeys(source.languages, name)
        own = [row for row in document.rows("labels") if row.get("lid") == listed.get("lid")]
        for row in own:
            part = _known(asked.answers, row, row.get("code"), "id")
            part.texts |= words.get(row.get("id"), {})
            if row.get("title"):
                part.texts[row.get("language") or source.language] = row.get("title")
        _in_order(asked.answers)
        group.questions.append(asked)
    source.groups.append(group)
    source.texts["surveyls_title"] = dict.fromkeys(source.languages, sets[0].get("label_name"))


def _known(parts: list[Part], row: Row, code: str, _number: str) -> Part:
    """The answer of a code, as it was or new: old files have a row for each language."""
    scale = row.number("scale_id")
    for part in parts:
        if (part.code, part.scale) == (code, scale):
            return part
    parts.append(Part(code, row.line, scale, row.number("sortorder"), assessment=row.get("assessment_value")))
    return parts[-1]


def _settings(document: Document, source: Source) -> None:
    for row in document.rows("surveys")[:1]:
        source.settings = {name: (text, row.line) for name, text in row.cells.items()}
        source.number = row.get("sid")
    for row in document.rows("surveys_languagesettings"):
        language = row.get("surveyls_language") or source.language
        for name, text in row.cells.items():
            source.texts.setdefault(name, {})[language] = text
            source.lines.setdefault(name, row.line)


def _texts(rows: Iterable[Row], by: str, name: str) -> dict[str, Texts]:
    """Texts of a table of translations: by the number of what they belong to, then by language."""
    found: dict[str, Texts] = {}
    for row in rows:
        if row.get(name):
            found.setdefault(row.get(by), {})[row.get("language")] = row.get(name)
    return found


def _survey(document: Document, source: Source) -> None:
    if not document.rows("questions"):
        raise Refused(f"“{source.filename}” has no section “questions” with rows in it, so there is nothing to ask.")
    _groups(document, source)
    asked = _questions(document, source)
    _subquestions(document, source, asked)
    _answers(document, source, asked)
    _attributes(document, source, asked)
    for row in document.rows("conditions"):
        old = Old(
            row.get("qid"), row.line, row.get("cqid"), row.get("cfieldname"), row.get("method").strip(),
            row.get("value"), row.get("scenario"),
        )  # fmt: skip
        source.conditions.append(old)
    if sum(len(one.rows) + len(one.answers) for one in asked.values()) > MOST_PARTS:
        raise Refused(f"“{source.filename}” has more than {MOST_PARTS:,} answers, which is more than can be asked.")


def _groups(document: Document, source: Source) -> None:
    rows = document.rows("groups")
    if not rows:
        if source.document != "Question":
            raise Refused(f"“{source.filename}” has no section “groups”, so its questions stand nowhere.")
        source.groups.append(Group("", 0))
        return
    groups: dict[str, Group] = {}
    for row in rows:
        number = row.get("gid")
        group = groups.setdefault(number, Group(number, row.line, row.number("group_order")))
        group.relevance = group.relevance or row.get("grelevance")
        group.random = group.random or row.get("randomization_group")
        _say(group.names, row, "group_name", source)
        _say(group.descriptions, row, "description", source)
    for row in document.rows("group_l10ns"):
        if row.get("gid") not in groups:
            source.others.append(Other("section group_l10ns", row.line, "gid", row.get("group_name"), "orphan"))
            continue
        group = groups[row.get("gid")]
        _say(group.names, row, "group_name", source)
        _say(group.descriptions, row, "description", source)
    source.groups = sorted(groups.values(), key=lambda group: group.order)


def _say(texts: Texts, row: Row, name: str, source: Source) -> None:
    if row.get(name):
        texts[row.get("language") or source.language] = row.get(name)


def _questions(document: Document, source: Source) -> dict[str, Asked]:
    groups = {group.number: group for group in source.groups}
    found: dict[str, Asked] = {}
    codes: dict[str, Asked] = {}
    texts = {name: _texts(document.rows("question_l10ns"), "qid", name) for name in ("question", "help", "script")}
    for row in document.rows("questions"):
        number = row.get("qid")
        if row.get("parent_qid") not in ("", "0"):
            continue
        if number not in found:
            asked = _question(row)
            twin = codes.setdefault(asked.code, asked)
            if twin is not asked:
                sentence = f"the code “{asked.code}” is used in line {twin.line} already"
                raise Refused(f"Section “questions”, line {row.line}, “title”: {sentence}.")
            if not asked.code:
                raise Refused(f"Section “questions”, line {row.line}, “title”: the question has no code.")
            found[number] = asked
            asked.texts |= texts["question"].get(number, {})
            asked.helps |= texts["help"].get(number, {})
            asked.scripts |= texts["script"].get(number, {})
            group = groups.get(asked.group) or (source.groups[0] if source.document == "Question" else None)
            if group is None:
                source.others.append(
                    Other(f"question {asked.code}", row.line, "gid", f"{asked.code}: group {asked.group}", "astray")
                )
            else:
                group.questions.append(asked)
        _say(found[number].texts, row, "question", source)
        _say(found[number].helps, row, "help", source)
    if len(found) > MOST_QUESTIONS:
        raise Refused(
            f"“{source.filename}” has more than {MOST_QUESTIONS:,} questions, which is more than can be asked."
        )
    for group in source.groups:
        group.questions.sort(key=lambda asked: asked.order)
    numbers = {row.get("qid") for name in ("questions", "subquestions") for row in document.rows(name)}
    for row in document.rows("question_l10ns"):
        if row.get("qid") not in numbers:
            source.others.append(Other("section question_l10ns", row.line, "qid", row.get("question"), "orphan"))
    return found


def _question(row: Row) -> Asked:
    return Asked(
        row.get("title").strip(), row.get("type"), row.line,
        number=row.get("qid"), group=row.get("gid"), order=row.number("question_order"), mandatory=row.get("mandatory"),
        other=row.get("other") == "Y", pattern=row.get("preg"), relevance=row.get("relevance"),
        theme=row.get("question_theme_name") or row.get("modulename"),
    )  # fmt: skip


def _subquestions(document: Document, source: Source, asked: dict[str, Asked]) -> None:
    texts = _texts(document.rows("question_l10ns"), "qid", "question")
    helps = _texts(document.rows("question_l10ns"), "qid", "help")
    inside = [row for row in document.rows("questions") if row.get("parent_qid") not in ("", "0")]
    parts: dict[str, Part] = {}
    places: dict[tuple[str, int, str], Part] = {}
    for row in [*document.rows("subquestions"), *inside]:
        parent = asked.get(row.get("parent_qid"))
        if parent is None:
            source.others.append(Other("section subquestions", row.line, "parent_qid", row.get("title"), "orphan"))
            continue
        number = row.get("qid")
        if number not in parts:
            part = Part(row.get("title"), row.line, row.number("scale_id"), row.number("question_order"))
            part.relevance = row.get("relevance")
            twin = places.setdefault((parent.number, part.scale, part.code), part)
            if twin is not part:
                sentence = f"the code “{part.code}” is used in line {twin.line} already"
                raise Refused(f"Question “{parent.code}”, line {row.line}, subquestion: {sentence}.")
            part.texts |= texts.get(number, {})
            part.helps |= helps.get(number, {})
            parts[number] = part
            parent.rows.append(part)
        _say(parts[number].texts, row, "question", source)
        _say(parts[number].helps, row, "help", source)
    for one in asked.values():
        _in_order(one.rows)


def _answers(document: Document, source: Source, asked: dict[str, Asked]) -> None:
    texts = _texts(document.rows("answer_l10ns"), "aid", "answer")
    seen: dict[tuple[str, str, str, str], int] = {}
    parts: dict[tuple[str, int, str], Part] = {}
    for row in document.rows("answers"):
        parent = asked.get(row.get("qid"))
        if parent is None:
            source.others.append(Other("section answers", row.line, "qid", row.get("code"), "orphan"))
            continue
        what = (row.get("qid"), row.get("scale_id"), row.get("code"), row.get("language"))
        if what in seen:
            sentence = f"the code “{row.get('code')}” is used in line {seen[what]} already"
            raise Refused(f"Question “{parent.code}”, line {row.line}, answer: {sentence}.")
        seen[what] = row.line
        place = (parent.number, row.number("scale_id"), row.get("code"))
        if place not in parts:
            part = Part(place[2], row.line, place[1], row.number("sortorder"), assessment=row.get("assessment_value"))
            part.texts |= texts.get(row.get("aid"), {})
            parts[place] = part
            parent.answers.append(part)
        _say(parts[place].texts, row, "answer", source)
    for one in asked.values():
        _in_order(one.answers)


def _attributes(document: Document, source: Source, asked: dict[str, Asked]) -> None:
    for row in document.rows("question_attributes"):
        parent, name = asked.get(row.get("qid")), row.get("attribute").strip()
        if parent is None:
            if row.get("value"):
                source.others.append(
                    Other("section question_attributes", row.line, name, row.get("value"), "orphan attribute")
                )
            continue
        attribute = parent.attributes.setdefault(name, Attribute(name, row.line))
        attribute.values[row.get("language")] = row.get("value")


def _in_order(parts: list[Part]) -> None:
    parts.sort(key=lambda part: (part.scale, part.order))


def _tell(document: Document, source: Source) -> None:
    """Sections and fields that are not kept."""
    codes = {asked.number: asked.code for asked in source.questions}
    for name, rows in document.sections.items():
        if name not in READ:
            for row in rows:
                said = ", ".join(f"{field}={text}" if field else text for field, text in row.cells.items() if text)
                if name in SAID:
                    parts = [codes.get(row.get(one), "") if one == "qid" else row.get(one) for one in SAID[name]]
                    said = ": ".join(one for one in parts if one) or said
                place = f"section {name}"
                source.others.append(Other(place, row.line, "", said, name if name in TOLD else ""))
            if not rows and name not in TOLD:
                source.others.append(Other(f"section {name}", document.lines[name], "", name))
            continue
        known = set(FIELDS.get(name, "").split())
        told: set[str] = set()
        for row in rows if known else ():
            for field, text in row.cells.items():
                if field not in known and field not in told and text.strip():
                    told.add(field)
                    source.others.append(Other(f"section {name}", row.line, field, text, "field"))
