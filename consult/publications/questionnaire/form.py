"""A questionnaire as a form to fill in on paper, with the codes that it is keyed by; and the sheet of those codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from consult import questions
from consult.domain.equality import PREFER_NOT, PREFER_NOT_WORDS, EqualityQuestion
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.wording import Wording
from consult.publications.document import (
    Blank,
    Block,
    Document,
    Foot,
    Heading,
    Item,
    Line,
    Listing,
    Panel,
    Paragraph,
    Run,
    Together,
    said,
    worded,
)
from consult.publications.questionnaire.blanks import Blanks
from consult.publications.questionnaire.tree import Reader
from consult.questions import codes
from consult.questions.base import Component
from consult.web.locale import catalogues, locale_of

#: Longer lists are written instead of ticked: keyers type the words.
MOST_CHOICES = 40
#: Letters that somebody writes on a line, and how few and how many lines there are room for.
LETTERS, FEWEST, MOST = 80, 3, 13


@dataclass(frozen=True)
class Sending:
    """What a form says about itself: which version it is, where it is sent and until when."""

    #: such as "blood-tests/3"
    reference: str
    to: str
    free: bool
    by: date | None
    equality: tuple[EqualityQuestion, ...] = ()
    purpose: Wording | None = None


def fillable(
    questionnaire: Questionnaire,
    language: str,
    sending: Sending,
    *,
    title: Wording | None = None,
    author: str = "",
    large: bool = False,
) -> Document:
    """The form in one of its languages; the routes are in words, and everybody gets all pages."""
    spoken = language if language in catalogues() else "en"
    with force_locale(spoken.replace("-", "_")):
        reader = _Form(questionnaire, language)
        blocks: list[Block] = [*opening(language, sending, questionnaire)]
        blocks += [block for number, page in enumerate(questionnaire.pages, 1) for block in reader.page(page, number)]
        if sending.equality:
            blocks.append(equality(language, sending))
        blocks += closing(language, sending)
        foot = Foot(
            f"{sending.reference} {language}", _("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s")
        )
        named = title if title else questionnaire.title
        return Document(worded(named, language), language, tuple(blocks), author, foot, large)


def opening(language: str, sending: Sending, questionnaire: Questionnaire) -> Iterator[Block]:
    """The box for the number of the form, and how to fill it in."""
    yield Panel((Blank(1, said(_("For office use. Form number:"), language)),), "office")
    yield Heading(2, said(_("How to fill in this form"), language))
    told = [
        _("Use a pen. Put a cross or a tick in the box beside your answer."),
        _("If you make a mistake, fill the whole box in and mark the right one."),
        _("The small numbers beside the boxes are there for us. You need not do anything with them."),
        _("Some answers tell you which question to go to. Otherwise go on to the next one."),
        _("If there is not enough room to write, add a sheet with the number of the question."),
    ]
    if not any(question.required for question in questionnaire.questions):
        told.append(_("You can leave out any question."))
    told.append(
        _("What you write in your own words can show who you are. Do not write names, addresses or dates of birth.")
    )
    told.append(_("Nobody reads this form straight away. If somebody’s life is at risk, call 999."))
    yield Listing(tuple(Item(said(one, language)) for one in told))
    yield from where(language, sending)


def where(language: str, sending: Sending) -> Iterator[Block]:
    """Where the form is sent, and until when."""
    lines: list[Block] = []
    if sending.to:
        free = _("Send the form back to this address. You do not need a stamp:")
        paid = _("Send the form back to this address:")
        lines.append(Paragraph(said(free if sending.free else paid, language)))
        lines += [
            Paragraph(Line((Run(one.strip(), strong=True),), "en")) for one in sending.to.splitlines() if one.strip()
        ]
    if sending.by is not None:
        day = locale_of(language if language in catalogues() else "en").date(sending.by.isoformat())
        lines.append(Paragraph(said(_("It must reach us by %(date)s.", date=day), language)))
    if lines:
        yield Panel(tuple(lines), "send")


def closing(language: str, sending: Sending) -> Iterator[Block]:
    """Thanks, and once more where it is sent."""
    yield Together((Heading(2, said(_("Thank you"), language)), *where(language, sending)))


class _Form(Reader):
    """The same questions, with boxes, codes and routes for paper."""

    def part(self, number: int) -> str:
        """Sheets of paper have numbers too."""
        return _("Part %(number)s", number=self.locale.number(number))

    def room(self, question: Question, component: Component) -> Iterator[Block]:
        """Boxes with codes, and after them where to go on."""
        yield from self.map(question)
        ticks = Blanks(self.language, asked=question.text, then=lambda _choice: None)
        ticks.codes = {**codes.choice_codes(question)}
        letters = codes.line_codes(question)
        ticks.letters = {
            " ".join(worded(line.label, self.language).text.split()): letters[line.key]
            for line in codes.lines(question)
            if line.label
        }
        ticks.box_lines = lines_for(question)
        ticks.most_choices = MOST_CHOICES
        yield from ticks.of(component)
        if component.name in ("radios", "select"):
            yield from self.onward(question, ticks.codes)

    def onward(self, question: Question, known: Mapping[str, str]) -> Iterator[Block]:
        """ "If you ticked 2 or 3, go to question 7"."""
        leading: dict[int | None, list[str]] = {}
        for key, code in known.items():
            passes, number = self.leads_to(question, key)
            if passes:
                leading.setdefault(number, []).append(code)
        for number, ticked in leading.items():
            either = _(" or ").join(ticked)
            words = _("If you ticked %(codes)s, go to the end.", codes=either)
            if number is not None:
                there = self.locale.number(number)
                words = _("If you ticked %(codes)s, go to question %(number)s.", codes=either, number=there)
            yield Paragraph(said(words, self.language), "leads")


def lines_for(question: Question) -> int:
    """How many lines to write on: as many as the longest answer fills, within reason."""
    longest = question.settings.get("longest")
    if not isinstance(longest, int) or isinstance(longest, bool):
        return 6
    return max(FEWEST, min(MOST, -(-longest // LETTERS)))


def equality(language: str, sending: Sending) -> Panel:
    """The questions about equality, on a sheet of their own that may be left empty."""
    blocks: list[Block] = [
        Heading(2, said(_("Questions about you"), language)),
        Paragraph(
            Line((Run(_("You need not fill in this part. Each question can be left out."), strong=True),), language)
        ),
        Paragraph(said(_("What you say here is only counted. It is never kept beside your other answers."), language)),
    ]
    if sending.purpose:
        blocks.append(Paragraph(worded(sending.purpose, language)))
    for number, question in enumerate(sending.equality, 1):
        known = codes.equality_codes(question)
        options = [*question.options, (PREFER_NOT, PREFER_NOT_WORDS)]
        items = tuple(Item(said(_(words), language), code=known[key]) for key, words in options)
        several = _("Choose all that apply") if question.several else _("Choose one answer")
        hint = [Paragraph(said(_(question.hint), language), "hint")] if question.hint else []
        heading = Heading(3, Line((Run(f"E{number}. "), Run(_(question.text))), language))
        blocks.append(Together((heading, *hint, Paragraph(said(several, language), "hint"), Listing(items, "boxes"))))
    return Panel(tuple(blocks), "sheet")


def code_sheet(
    questionnaire: Questionnaire, language: str, sending: Sending, *, title: Wording | None = None
) -> Document:
    """For whoever keys: every question with its codes, as short as can be."""
    numbers = codes.numbers(questionnaire)
    blocks: list[Block] = [
        Paragraph(said("Nothing ticked or written: -   Two ticked, or not to be read: ?", "en")),
    ]
    for question in questionnaire.questions:
        if question.key not in numbers:
            continue
        heading = Line((Run(f"{numbers[question.key]}. "), *worded(question.text, language).runs), language)
        lettered = codes.line_codes(question)
        rows = [(lettered[line.key], worded(line.label, language)) for line in codes.lines(question)]
        options = question.option_by_key
        drawn = [
            (code, words_of_choice(question, key, options, language))
            for key, code in codes.choice_codes(question).items()
        ]
        blocks.append(Together((Heading(3, heading), *listed(rows), *listed(drawn[:MOST_CHOICES]), *note(rows, drawn))))
    for number, one in enumerate(sending.equality, 1):
        known = codes.equality_codes(one)
        words = dict([*one.options, (PREFER_NOT, PREFER_NOT_WORDS)])
        drawn = [(code, said(words[key], "en")) for key, code in known.items()]
        blocks.append(Together((Heading(3, said(f"E{number}. {one.text}", "en")), *listed(drawn))))
    foot = Foot(f"{sending.reference} {language}", "Page %(page)s of %(pages)s")
    named = worded(title if title else questionnaire.title, language)
    return Document(Line((Run("Codes: "), *named.runs), named.language), language, tuple(blocks), "", foot)


def words_of_choice(question: Question, key: str, options: object, language: str) -> Line:
    """What an answer says."""
    option = question.option_by_key.get(key)
    if option is not None:
        return worded(option.label, language)
    kind = questions.kind(question.kind)
    return said(kind.atom_words(question, "", key, locale_of(language if language in catalogues() else "en")), language)


def listed(lines: Sequence[tuple[str, Line]]) -> list[Block]:
    """Codes and what they stand for, one line each."""
    items = tuple(Item(Line((Run(f"{code}  ", strong=True), *line.runs), line.language)) for code, line in lines)
    return [Listing(items)] if items else []


def note(rows: Sequence[object], drawn: Sequence[object]) -> list[Block]:
    """What is typed where there is no code, or too many."""
    if len(drawn) > MOST_CHOICES:
        return [Paragraph(said("A long list: type the words as they are written, or the code.", "en"), "hint")]
    if not drawn:
        return [Paragraph(said("Type what is written." if not rows else "Type a number for each line.", "en"), "hint")]
    return []
