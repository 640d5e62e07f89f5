"""Findings as pages and files print them: rows with labels, figures and bars. Shapes are known here, kinds never."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from consult.domain.disclosure import PROFILES, Figures
from consult.domain.disclosure.profiles import stands_for
from consult.domain.equality import PREFER_NOT, PREFER_NOT_WORDS, QUESTIONS
from consult.domain.findings import Bars, Cell, Excerpts, Finding, Grid, Ranks, Table, TooFew, Total
from consult.domain.questionnaire import Option, Question, Questionnaire, Row
from consult.domain.questionnaire.versions import EARLIER, LATER, OTHERWISE
from consult.domain.statistics import ANSWERED, LEAST_FOR_PERCENTAGES, Nearness, percentage, share
from consult.questions import kind
from consult.results.charts import Chart, Named, by_size, chart_of
from consult.web.locale import current_locale, say_number
from consult.web.page import plain, words

Label = Callable[[Cell], Markup]


@dataclass(frozen=True)
class Line:
    """One row of a table: its label, the figure and percentage in words, and how long its bar is (0 to 100)."""

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
    sentence: Markup
    percentages: bool
    several: bool
    #: how many answered, “about 25”
    people: str = ""


@dataclass(frozen=True)
class Shown:
    """A question with what is shown of it; `instead` is said in place of figures."""

    anchor: str
    heading: Markup
    shape: str
    blocks: tuple[Block, ...] = ()
    instead: str = ""
    #: what it comes to, where one thing stands out
    sentence: Markup = Markup("")
    #: rows of a grid that too few people answered
    withheld: tuple[Markup, ...] = ()
    chart: Chart | None = None
    #: why not everybody was asked it, where the questions were changed while people answered
    version: str = ""

    @property
    def several(self) -> bool:
        """Whether people could choose more than one answer."""
        return any(block.several for block in self.blocks)


@dataclass(frozen=True)
class Reach:
    """Who was heard from while answers still come in, in words only: what enough people said of themselves, or not."""

    heading: str
    heard: tuple[str, ...]
    not_yet: tuple[str, ...]


@dataclass(frozen=True)
class Caution:
    """What the figures of a release do not say, for the sentence above them."""

    nearest: int
    hides: bool
    rounds_more: bool


def everything(questionnaire: Questionnaire, found: tuple[Finding, ...]) -> list[Shown]:
    """Every finding in the order of its questions."""
    asked = questionnaire.question_by_key
    return [
        replace(_shown(finding, asked[finding.question]), version=_version(questionnaire, finding.question))
        for finding in found
        if finding.question in asked
    ]


def _version(questionnaire: Questionnaire, key: str) -> str:
    """Which versions asked it, where not all did."""
    why = questionnaire.sometimes.get(key)
    if why is None:
        return ""
    return {
        EARLIER: _("This was asked only until the questions were changed while the consultation was open."),
        LATER: _("This was asked only after the questions were changed while the consultation was open."),
        OTHERWISE: _("Who was asked this was changed while the consultation was open."),
    }[why]


def about_one(table: Table, anchor: str, heading: Markup, labels: Mapping[str, str], responses: int) -> Shown:
    """One equality question and its counts.

    Where some are hidden without per cents: most of those are nought, and would count as 5.
    """
    table = replace(table, base=Total(min(table.base.count, responses), table.base.about))
    block = _block(table, lambda cell: escape(labels.get(cell.key, cell.key)))
    if table.hides:
        lines = tuple(replace(line, percent="") for line in block.lines)
        block = replace(block, lines=lines, sentence=Markup(""), percentages=False)
    return Shown(anchor, heading, Bars.shape, (block,))


def reach(found: tuple[Bars, ...], *, least: int) -> list[Reach]:
    """Which answers about equality at least `least` people gave so far, in words only."""
    listed = []
    for finding in found:
        labels = equality_labels(finding.question)
        said = [
            (labels.get(cell.key, cell.key), cell.about >= least) for cell in finding.cells if cell.key != PREFER_NOT
        ]
        heard, not_yet = ([label for label, enough in said if enough is wanted] for wanted in (True, False))
        listed.append(Reach(_(QUESTIONS[finding.question].text), tuple(heard), tuple(not_yet)))
    return listed


def caution(figures: Figures) -> Caution:
    """How these figures are rounded and whether any is hidden."""
    profile = PROFILES[figures.profile]
    tables = figures.table_by_key.values()
    cells = [cell for table in tables for cell in (*table.cells, *table.unticked)]
    return Caution(
        profile.nearest,
        any(cell.hidden for cell in cells),
        any(cell.nearest > profile.nearest for cell in cells),
    )


def people(total: Total) -> str:
    """“412 people”, “about 410 people”."""
    number = say_number(total.count)
    if total.about:
        return ngettext("about %(number)s person", "about %(number)s people", total.count, number=number)
    return ngettext("%(number)s person", "%(number)s people", total.count, number=number)


def percent_of(table: Table, cell: Cell) -> int | None:
    """The whole per cent from the cells as shown; None where it is hidden or of too few people to say (DOMAIN H3)."""
    if cell.hidden or table.base.count < LEAST_FOR_PERCENTAGES:
        return None
    return table.percentage(cell.key)


def outstanding(table: Table) -> Cell | None:
    """The answer that is ahead of every other by at least a tenth of the people, and by more than rounding can make up.

    Rounding may have lifted the first figure and lowered the second, so the first counts with the lowest number it may
    stand for and the second with the highest. Hidden figures are smaller than any that is shown.
    """
    shown = sorted((cell for cell in table.cells if not cell.hidden), key=lambda cell: -cell.about)
    if not shown or not shown[0].about:
        return None
    top, next_to_it = shown[0], max((cell.about for cell in table.cells if cell is not shown[0]), default=0)
    if 10 * (top.about - next_to_it) < table.base.count:
        return None
    lowest, _highest = stands_for(top.about, top.nearest)
    return top if all(lowest > stands_for(cell.about, cell.nearest)[1] for cell in shown[1:] if cell.about) else None


@dataclass(frozen=True)
class Beside:
    """One answer as two sets of people gave it; shares and their difference where both are enough to say."""

    label: Markup
    mine: int
    theirs: int
    my_share: int | None
    their_share: int | None

    @property
    def points(self) -> int | None:
        """How many percentage points more the first has."""
        return None if self.my_share is None or self.their_share is None else self.my_share - self.their_share


@dataclass(frozen=True)
class SideBySide:
    """One table of two sets of people."""

    heading: Markup | None
    lines: tuple[Beside, ...]
    mine: int
    theirs: int


def side_by_side(question: Question, table: Table, other: Table) -> SideBySide:
    """The same question as two sets of people answered it, exactly."""
    label = _labels(question, table.part)
    lines = []
    for cell in table.cells:
        twin = other.cell_by_key.get(cell.key, Cell(cell.key, 0))
        shares = percent_of(table, cell), percent_of(other, twin)
        lines.append(Beside(label(cell), cell.about, twin.about, *shares))
    heading = _row(question, table.part) if table.part else None
    return SideBySide(heading, tuple(lines), table.base.count, other.base.count)


def label_text(question: Question, part: str, key: str) -> str:
    """What an answer is called, without mark-up."""
    if key == ANSWERED:
        return _("Wrote something")
    option = _option(question, part, key)
    if option is not None:
        return plain(option.label)
    return kind(question.kind).atom_words(question, part, key, current_locale())


def line_of(question: Question, part: str) -> Row | Option | None:
    """The row of a grid that a table is about, or the option that was given a place or points."""
    return question.row_by_key.get(part) or question.option_by_key.get(part)


def _option(question: Question, part: str, key: str) -> Option | None:
    """The option that a cell counts; none where options are the rows, and cells are places or points."""
    by_option = part in question.option_by_key and part not in question.row_by_key
    return None if by_option else question.option_by_key.get(key)


def _shown(finding: Finding, question: Question) -> Shown:
    shown = Shown(f"result-{question.key}", words(question.text), finding.shape)
    if isinstance(finding, TooFew):
        too_few = _(
            "These figures could give somebody away, so they are not shown: too few people answered, "
            "or too few gave some of the answers."
        )
        return replace(shown, instead=_("We read every comment.") if kind(question.kind).free else too_few)
    if isinstance(finding, Excerpts):
        return replace(shown, instead=_wrote(finding.cells[0]))
    if isinstance(finding, Grid | Ranks):
        blocks = tuple(
            _block(table, _labels(question, table.part), heading=_row(question, table.part)) for table in finding.tables
        )
        shown = replace(shown, blocks=blocks, withheld=tuple(_row(question, part) for part in finding.withheld))
    if isinstance(finding, Ranks):
        blocks = tuple(replace(block, sentence=Markup("")) for block in shown.blocks)
        return replace(shown, blocks=blocks, sentence=_put_first(finding, question))
    if isinstance(finding, Grid):
        return replace(shown, chart=chart_of(finding, question, _named(finding.tables, question)))
    table = by_size(finding.table, question) if isinstance(finding, Bars) else finding.table
    chart = chart_of(finding, question, _named([table], question))
    return replace(shown, blocks=(_block(table, _labels(question, "")),), chart=chart)


def _named(tables: Iterable[Table], question: Question) -> list[tuple[Markup | None, list[Named]]]:
    """The answers of each table with their labels and per cents, for a chart."""
    named: list[tuple[Markup | None, list[Named]]] = []
    for table in tables:
        label = _labels(question, table.part)
        answers = [Named(cell.key, label(cell), percent_of(table, cell)) for cell in table.cells]
        named.append((_row(question, table.part) if table.part else None, answers))
    return named


def _wrote(cell: Cell) -> str:
    if cell.hidden or not cell.about:
        return _("We read every comment.")
    wrote = people(Total(cell.about, about=cell.nearest > 1))
    return _("%(people)s wrote something here. We read every comment.", people=wrote[:1].upper() + wrote[1:])


def _put_first(ranks: Ranks, question: Question) -> Markup:
    """What most people put first, where that stands out."""
    first = tuple(replace(table.cells[0], key=table.part) for table in ranks.tables)
    table = Table(ranks.question, first, ranks.base)
    top = outstanding(table)
    part = None if top is None else share(top.about, table.base.count)
    if top is None or part is None or part.nearness is not Nearness.ABOUT:
        return Markup("")
    said = {"answer": Markup("<bdi>{}</bdi>").format(_row(question, top.key)), "number": say_number(part.of_ten)}
    if table.base.count < LEAST_FOR_PERCENTAGES:
        return escape(_("“%(answer)s” was put first most often.")) % said
    return escape(_("“%(answer)s” was put first most often, by about %(number)s in 10 people.")) % said


def _row(question: Question, part: str) -> Markup:
    line = line_of(question, part)
    return words(line.label) if line else escape(part)


def _labels(question: Question, part: str) -> Label:
    def label(cell: Cell) -> Markup:
        option = _option(question, part, cell.key)
        return words(option.label) if option else escape(label_text(question, part, cell.key))

    return label


def equality_labels(key: str) -> dict[str, str]:
    """What the options of an equality question are called."""
    return {**{option: _(text) for option, text in QUESTIONS[key].options}, PREFER_NOT: _(PREFER_NOT_WORDS)}


def _block(table: Table, label: Label, *, heading: Markup | None = None) -> Block:
    percentages = table.base.count >= LEAST_FOR_PERCENTAGES
    most = max((cell.about for cell in table.cells if not cell.hidden), default=0)
    lines = []
    for cell in table.cells:
        percent = percent_of(table, cell)
        width = percent if percentages else percentage(cell.about, most)
        lines.append(
            Line(
                label=label(cell),
                people="" if cell.hidden else say_number(cell.about),
                hidden=cell.hidden,
                percent="" if percent is None else _("%(number)s%%", number=say_number(percent)),
                width=0 if cell.hidden else min(100, width or 0),
            )
        )
    return Block(
        heading,
        tuple(lines),
        _base(table),
        _sentence(table, label),
        percentages,
        bool(table.unticked),
        people(table.base),
    )


def people_words(by: Iterable[str]) -> Markup:
    """What a crossing is by: the equality questions in words."""
    return escape(" ".join(_(QUESTIONS[one].text) for one in by))


def group_words(by: Iterable[str], part: str) -> Markup:
    """The people of one group in words: “45 to 54, Female”; `by` are the equality questions it is by."""
    labels = [equality_labels(key).get(option, option) for key, option in zip(by, part.split("."), strict=True)]
    return escape(", ".join(labels))


def group(question: Question, table: Table, heading: Markup) -> Block:
    """What one group of people answered to a closed question."""
    return _block(table, _labels(question, ""), heading=heading)


def _base(table: Table) -> str:
    """Who answered, of whom, that they chose to, and what is withheld."""
    told = [_answered(table), _("People chose to take part, so this is not a poll.")]
    if any(cell.hidden for cell in table.cells):
        told.append(_("Small figures are hidden and marked [c], so that nobody can be recognised."))
    return " ".join(told)


def _answered(table: Table) -> str:
    if table.asked is not None and table.asked > table.base.count:
        return _(
            "People who answered: %(people)s, of %(asked)s who were asked.",
            people=people(table.base),
            asked=say_number(table.asked),
        )
    return _("People who answered: %(people)s.", people=people(table.base))


def _sentence(table: Table, label: Label) -> Markup:
    """The finding in one sentence, from the cells as shown; nothing where no answer stands out."""
    top = outstanding(table)
    if top is None:
        return Markup("")
    twin = table.unticked_by_key.get(top.key)
    part = share(top.about, table.base.count if twin is None else top.about + twin.about)
    said = Markup("<bdi>{}</bdi>").format(label(top))
    if part is None or table.base.count < LEAST_FOR_PERCENTAGES:
        given = people(Total(top.about, about=top.nearest > 1))
        return escape(_("The most common answer was “%(answer)s”, from %(people)s.")) % {
            "answer": said,
            "people": given,
        }
    if part.nearness is Nearness.ALL:
        return escape(_("Everybody who answered said “%(answer)s”.")) % {"answer": said}
    if part.nearness is Nearness.ALMOST_ALL:
        return escape(_("Almost everybody who answered said “%(answer)s”.")) % {"answer": said}
    if part.nearness is Nearness.ABOUT:
        tenths = {"answer": said, "number": say_number(part.of_ten)}
        return escape(_("The most common answer was “%(answer)s”, from about %(number)s in 10 people.")) % tenths
    return Markup("")
