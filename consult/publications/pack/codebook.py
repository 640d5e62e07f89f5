"""The code book: questions, answers and published figures as DDI-Codebook 2.5, which data archives and tools read.

A variable is a table of the release: a question, one row of a grid, or a question as one group of people answered it.
A hidden figure has no number but the mark of the tables. Elements stand in the order of the schema of 17 January 2012.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from lxml import etree

from consult.domain.crossing import Crossed, equality_question
from consult.domain.crossing.shape import BOTH
from consult.domain.disclosure import PROFILES
from consult.domain.equality import QUESTIONS
from consult.domain.findings import Cell, Excerpts, Table, TooFew
from consult.domain.questionnaire import Question
from consult.domain.wording import Wording
from consult.publications.pack.published import Published
from consult.publications.pack.speaking import speaking
from consult.questions import kind
from consult.results import drawn
from consult.results.export import HIDDEN_MARK

NAMESPACE = "ddi:codebook:2_5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
#: What XML cannot hold.
UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SELF_SELECTED = (
    "Everybody could take part who wanted to, or who was invited. People chose to take part: this is not a sample, "
    "and the figures say nothing about people who did not."
)
NOT_SHOWN = "No figures are shown for this: they could give somebody away, or too few people answered."


def written(published: Published) -> bytes:
    """The whole code book."""
    root = etree.Element(
        f"{{{NAMESPACE}}}codeBook", {"version": "2.5"}, nsmap={None: NAMESPACE, "xsi": LOCATION[1:].partition("}")[0]}
    )
    root.set(LOCATION, f"{NAMESPACE} {SCHEMA}")
    root.set(LANGUAGE, published.language)
    document = _add(root, "docDscr")
    _citation(document, published, of="Code book: ")
    _study(_add(root, "stdyDscr"), published)
    for language in published.languages:
        _file(_add(root, "fileDscr", ID=f"F-{language}", URI=f"tables/{language}/results.csv"), language)
    described = _add(root, "dataDscr")
    files = " ".join(f"F-{language}" for language in published.languages)
    for at, one in enumerate(_variables(published), 1):
        tell = _about_everybody if "about" in one["told"] else _variable
        tell(_add(described, "var", ID=f"V{at}", files=files, **one["attributes"]), published, **one["told"])
    etree.indent(root, " ")
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content + b"\n"


def _study(study: Any, published: Published) -> None:
    _citation(study, published)
    summed = _add(_add(study, "stdyInfo"), "sumDscr")
    for event, day in (("start", published.opened_on), ("end", published.closed_on)):
        if day is not None:
            _add(summed, "collDate", day.isoformat(), date=day.isoformat(), event=event)
    _add(summed, "anlyUnit", "Individuals")
    _add(summed, "universe", SELF_SELECTED)
    _add(summed, "dataKind", "Counts under disclosure control; no responses")
    method = _add(study, "method")
    collected = _add(method, "dataColl")
    _add(collected, "sampProc", SELF_SELECTED)
    for one in published.asked:
        _add(collected, "resInstru", f"Questionnaire, revision {one.number}: {one.file}")
    _add(collected, "weight", "Figures are not weighted.")
    rules = PROFILES[published.figures.profile]
    _add(
        method,
        "notes",
        f"Profile {rules.name}: figures from 1 to {rules.hidden_to} are hidden (in tables about one group of people "
        f"0 too), others rounded to the nearest {rules.nearest} or more coarsely; tables of fewer than "
        f"{rules.least_base} people are withheld. A hidden figure is marked {HIDDEN_MARK}. See method/en.txt.",
        type="disclosure control",
    )
    responses = published.figures.responses
    _add(method, "notes", f"Responses: {'fewer than ten' if responses is None else responses}", type="responses")
    used = _add(_add(study, "dataAccs"), "useStmt")
    _add(used, "confDec", "Everything here is published. Nobody can be recognised by it.", required="no")


def _citation(parent: Any, published: Published, *, of: str = "") -> None:
    citation = _add(parent, "citation")
    titles = _add(citation, "titlStmt")
    source = published.worded_title.to(published.language)
    _add(titles, "titl", of + source.plain, source.language)
    for language in published.worded_title if not of else ():
        if language != source.language:
            _add(titles, "parTitl", published.worded_title.to(language).plain, language)
    _add(titles, "IDNo", f"{published.consultation}/{published.number}")
    publisher = published.worded_publisher.to(published.language)
    _add(_add(citation, "rspStmt"), "AuthEnty", publisher.plain, publisher.language)
    software = published.software
    _add(_add(citation, "prodStmt"), "software", software["name"], version=software["version"])
    distributed = _add(citation, "distStmt")
    _add(distributed, "distrbtr", publisher.plain, publisher.language)
    day = published.published_on.isoformat()
    _add(distributed, "distDate", day, date=day)
    _add(_add(citation, "verStmt"), "version", f"Release {published.number}", date=day)


def _file(described: Any, language: str) -> None:
    told = _add(described, "fileTxt")
    _add(told, "fileName", "results.csv")
    _add(told, "fileCont", "Every published figure in a row of its own; column names are the same in every language.")
    _add(told, "fileType", "text/csv; charset=utf-8")
    _add(described, "notes", language, type="language of the words")


def _variables(published: Published) -> Iterator[dict[str, Any]]:
    """What is told of each table, and of each question without any."""
    found = published.figures.finding_by_question
    for question in published.questionnaire.questions:
        if not kind(question.kind).asks or question.personal:
            continue
        finding = found.get(question.key)
        form = {"representationType": "text" if kind(question.kind).free else "code"}
        if finding is None or isinstance(finding, TooFew) or not finding.tables:
            yield {"attributes": {"name": question.key, **form}, "told": {"question": question, "table": None}}
            continue
        if isinstance(finding, Excerpts):
            form["representationType"] = "text"
        for table in finding.tables:
            name = f"{question.key}/{table.part}" if table.part else question.key
            yield {"attributes": {"name": name, **form}, "told": {"question": question, "table": table}}
        for part in getattr(finding, "withheld", ()):
            told = {"question": question, "table": None, "part": part}
            yield {"attributes": {"name": f"{question.key}/{part}", **form}, "told": told}
    for finding in published.figures.findings:
        key = equality_question(finding)
        for table in finding.tables if key else ():
            told = {"about": key, "table": table}
            yield {"attributes": {"name": finding.question, "representationType": "code"}, "told": told}
    for grid in published.figures.crossed:
        of = Crossed.of(grid)
        question = published.questionnaire.question_by_key[of.question]
        for table in grid.tables:
            told = {"question": question, "table": replace(table, part=""), "people": (of.by, table.part)}
            yield {
                "attributes": {"name": f"{grid.question}/{table.part}", "representationType": "code"},
                "told": told,
            }


def _variable(
    variable: Any,
    published: Published,
    *,
    question: Question,
    table: Table | None,
    part: str = "",
    people: tuple[tuple[str, ...], str] | None = None,
) -> None:
    """One variable; `people` is the group it is about: equality questions, and the answers to them."""
    part = table.part if table is not None else part
    line = drawn.line_of(question, part) if part else None
    label = line.label if line is not None else question.text
    if people is not None:
        label = _of_group(published, question, *people)
    for language in label:
        _add(variable, "labl", label.to(language).plain, language)
    for language in question.text:
        _add(_add(variable, "qstn", None, language), "qstnLit", question.text.to(language).plain, language)
    if table is None:
        for option in question.options:
            _category(variable, option.key, option.label)
        _add(variable, "notes", NOT_SHOWN, type="withheld")
        return
    _counted(variable, table, lambda key: _labels(published, question, table.part, key))
    if people is not None:
        _add(variable, "notes", "One group of people, by what they said about themselves.", type="group")
    _based(variable, table)


def _about_everybody(variable: Any, published: Published, *, about: str, table: Table) -> None:
    """What everybody said about themselves to one equality question."""
    options = dict(QUESTIONS[about].options)
    for language in published.languages:
        with speaking(language):
            _add(variable, "labl", _(QUESTIONS[about].text), language)

    def words(key: str) -> Mapping[str, str]:
        found = {}
        for language in published.languages:
            with speaking(language):
                found[language] = _(options.get(key, key))
        return found

    _counted(variable, table, words)
    _add(variable, "notes", "People who would rather not say are not in this table.", type="people")
    _based(variable, table)


def _counted(variable: Any, table: Table, labels: Callable[[str], Mapping[str, str] | Wording]) -> None:
    _add(variable, "TotlResp", table.base.count)
    for cell in table.cells:
        _figures(_category(variable, cell.key, labels(cell.key)), table, cell)


def _based(variable: Any, table: Table) -> None:
    about = "about right: it is made of rounded or hidden figures" if table.base.about else "exact"
    _add(variable, "notes", f"The number of people who answered is {about}.", type="base")
    if table.unticked:
        _add(variable, "notes", "People could choose more than one answer.", type="several answers")


def _of_group(published: Published, question: Question, by: tuple[str, ...], part: str) -> Wording:
    """The question and the people whose answers these are: “How easy is it? – Female”."""
    found = {}
    for language in published.languages:
        if language in question.text:
            with speaking(language):
                options = [dict(QUESTIONS[key].options) for key in by]
                said = [_(one.get(key, key)) for one, key in zip(options, part.split(BOTH), strict=True)]
            found[language] = f"{question.text.to(language).plain} – {', '.join(said)}"
    return Wording(found, question.text.source)


def _category(variable: Any, key: str, labels: Mapping[str, str] | Wording) -> Any:
    category = _add(variable, "catgry")
    _add(category, "catValu", key)
    for language in labels:
        words = labels.to(language).plain if isinstance(labels, Wording) else labels[language]
        _add(category, "labl", words, language)
    return category


def _figures(category: Any, table: Table, cell: Cell) -> None:
    """What is published of an answer, and nothing where it is hidden."""
    if cell.hidden:
        _add(category, "catStat", HIDDEN_MARK, type="other", otherType="hidden")
    else:
        _add(category, "catStat", cell.about, type="freq")
        percent = drawn.percent_of(table, cell)
        if percent is not None:
            _add(category, "catStat", percent, type="percent")
        _add(category, "catStat", cell.nearest, type="other", otherType="rounded-to")
    twin = table.unticked_by_key.get(cell.key)
    if twin is not None:
        figure = HIDDEN_MARK if twin.hidden else twin.about
        _add(category, "catStat", figure, type="other", otherType="did-not-choose")


def _labels(published: Published, question: Question, part: str, key: str) -> Mapping[str, str] | Wording:
    """The author's words in the languages that have them; our own in every language of the site."""
    by_option = part in question.option_by_key and part not in question.row_by_key
    option = None if by_option else question.option_by_key.get(key)
    if option is not None and option.label:
        return option.label
    found = {}
    for language in published.languages:
        with speaking(language):
            found[language] = drawn.label_text(question, part, key)
    return found


def _add(parent: Any, name: str, text: object = None, language: str = "", /, **attributes: str) -> Any:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", {key: _said(one) for key, one in attributes.items()})
    if language:
        child.set(LANGUAGE, language)
    if text is not None:
        child.text = _said(str(text))
    return child


def _said(text: str) -> str:
    return UNSPEAKABLE.sub("", text)
