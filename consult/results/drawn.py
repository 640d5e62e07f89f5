"""Findings as pages print them: rows with labels, figures and bars. Shapes are known here, kinds of question never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consult.domain.disclosure import Figures
from consult.domain.equality import PREFER_NOT, PREFER_NOT_WORDS, QUESTIONS
from consult.domain.findings import Bars, Cell, Excerpts, Finding, Grid, Ranks, Scale, Table, TooFew, Total
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.statistics import LEAST_FOR_PERCENTAGES, Nearness, share
from consult.questions import kind
from consult.web.locale import current_locale, say_number
from consult.web.page import plain, words


@dataclass(frozen=True)
class Line:
    """One row of a table: its label, the figure in words, the percentage, and how long its bar is (0–100)."""

    label: Markup
    people: str
    hidden: bool
    percent: str
    width: int


@dataclass(frozen=True)
class Block:
    """One table with its bars: for a question, or for one row of a grid."""

    heading: Markup | None
    lines: tuple[Line, ...]
    base: str
    sentence: str
    percentages: bool


@dataclass(frozen=True)
class Shown:
    """A question with what is shown of it."""

    key: str
    heading: Markup
    shape: str
    blocks: tuple[Block, ...]
    #: said instead of figures: too few answered, or free text
    instead: str
    withheld: tuple[Markup, ...]


def everything(questionnaire: Questionnaire, found: tuple[Finding, ...]) -> list[Shown]:
    """Every finding in the order of its questions."""
    return [
        _shown(finding, questionnaire.question_by_key[finding.question])
        for finding in found
        if finding.question in questionnaire.question_by_key
    ]


def about_people(found: tuple[Bars, ...]) -> list[Shown]:
    """The equality counts, in the words of their questions."""
    listed = []
    for finding in found:
        question = QUESTIONS[finding.question]
        labels = {**{key: _(text) for key, text in question.options}, PREFER_NOT: _(PREFER_NOT_WORDS)}
        block = _block(finding.table, None, lambda cell, labels=labels: Markup.escape(labels.get(cell.key, cell.key)))
        listed.append(Shown(finding.question, Markup.escape(_(question.text)), "bars", (block,), "", ()))
    return listed


def _shown(finding: Finding, question: Question) -> Shown:
    heading = words(question.text)
    if isinstance(finding, TooFew):
        return Shown(question.key, heading, "too_few", (), _("Too few people answered this to show figures without giving anybody away."), ())
    if isinstance(finding, Excerpts):
        return Shown(question.key, heading, "excerpts", (), _wrote(finding), ())
    if isinstance(finding, Grid | Ranks):
        blocks = tuple(_block(table, _row(question, table.part), lambda cell: _label(question, table_part="", cell=cell)) for table in finding.tables)
        return Shown(question.key, heading, finding.shape, blocks, "", tuple(_row(question, part) for part in finding.withheld))
    several = isinstance(finding, Bars) and finding.several
    block = _block(finding.table, None, lambda cell: _label(question, table_part="", cell=cell), several=several, scale=isinstance(finding, Scale))
    return Shown(question.key, heading, finding.shape, (block,), "", ())


def _wrote(finding: Excerpts) -> str:
    cell = finding.table.cells[0] if finding.table.cells else None
    if cell is None or cell.hidden or not cell.about:
        return _("We read every comment.")
    return _("%(people)s wrote something here. We read every comment.", people=people(Total(cell.about, about=cell.nearest > 1)))


def _row(question: Question, part: str) -> Markup:
    row = question.row_by_key.get(part)
    return words(row.label) if row else Markup.escape(part)


def _label(question: Question, *, table_part: str, cell: Cell) -> Markup:
    option = question.option_by_key.get(cell.key)
    if option is not None:
        return words(option.label)
    return Markup.escape(kind(question.kind).atom_words(question, table_part, cell.key, current_locale()))


def people(total: Total) -> str:
    """“412 people”, “about 410 people”."""
    number = say_number(total.count)
    if total.about:
        return ngettext("about %(number)s person", "about %(number)s people", total.count, number=number)
    return ngettext("%(number)s person", "%(number)s people", total.count, number=number)


def _block(table: Table, heading: Markup | None, label: Any, *, several: bool = False, scale: bool = False) -> Block:
    percentages = table.base.count >= LEAST_FOR_PERCENTAGES
    most = max((cell.about for cell in table.cells if not cell.hidden), default=0)
    lines = []
    for cell in table.cells:
        percent = table.percentage(cell.key) if percentages and not cell.hidden else None
        width = (percent if percent is not None else round(100 * cell.about / most) if most else 0) if not cell.hidden else 0
        lines.append(
            Line(
                label(cell),
                _("hidden") if cell.hidden else say_number(cell.about),
                cell.hidden,
                "" if percent is None else _("%(number)s%%", number=say_number(percent)),
                min(100, width),
            )
        )
    base = _("People who answered: %(people)s.", people=people(table.base))
    if table.asked is not None and table.asked > table.base.count:
        base = _("People who answered: %(people)s, of %(asked)s who were asked.", people=people(table.base), asked=say_number(table.asked))
    return Block(heading, tuple(lines), base, _sentence(table, label, several), percentages)


def _sentence(table: Table, label: Any, several: bool) -> str:
    """The finding in one sentence: what most people said, in tenths."""
    shown = [cell for cell in table.cells if not cell.hidden and cell.about]
    if len(shown) < 1 or not table.base.count:
        return ""
    top = max(shown, key=lambda cell: cell.about)
    if sum(cell.about == top.about for cell in shown) > 1:
        return ""
    part = share(top.about, table.base.count)
    said = Markup(label(top)).striptags()
    if part is None or part.nearness in (Nearness.NONE, Nearness.ALMOST_NONE):
        return ""
    if part.nearness is Nearness.ALL:
        return _("Everybody chose “%(answer)s”.", answer=said)
    if part.nearness is Nearness.ALMOST_ALL:
        return _("Almost everybody chose “%(answer)s”.", answer=said)
    return _("Chosen most often: “%(answer)s”, by about %(number)s in 10 people.", answer=said, number=say_number(part.of_ten))


def rows(questionnaire: Questionnaire, figures: Figures) -> Iterator[dict[str, Any]]:
    """Every released cell as a flat row: the same for CSV, spreadsheet and JSON. A hidden figure is “[c]”."""
    for finding in figures.findings:
        question = questionnaire.question_by_key.get(finding.question)
        if question is None:
            continue
        for table in finding.tables:
            row = question.row_by_key.get(table.part)
            for cell in table.cells:
                option = question.option_by_key.get(cell.key)
                percent = table.percentage(cell.key) if table.base.count >= LEAST_FOR_PERCENTAGES and not cell.hidden else None
                yield {
                    "question": question.key,
                    "question_text": plain(question.text),
                    "row": table.part,
                    "row_text": plain(row.label) if row else "",
                    "answer": cell.key,
                    "answer_text": plain(option.label) if option else kind(question.kind).atom_words(question, table.part, cell.key, current_locale()),
                    "people": "[c]" if cell.hidden else cell.about,
                    "rounded_to": cell.nearest,
                    "percent": percent,
                    "answered": table.base.count,
                    "answered_is_about": table.base.about,
                }
