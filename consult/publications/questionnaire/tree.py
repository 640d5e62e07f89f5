"""A questionnaire as a tree of blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask_babel import force_locale
from flask_babel import gettext as _

from consult import questions
from consult.domain.conditions import Condition
from consult.domain.questionnaire import Option, Page, Question, Questionnaire, Row
from consult.domain.wording import Wording
from consult.publications.document import (
    Areas,
    Block,
    Document,
    Heading,
    Line,
    Paragraph,
    Run,
    Together,
    paragraphs,
    said,
    worded,
)
from consult.publications.questionnaire.blanks import Blanks, Then
from consult.publications.questionnaire.phrases import Numbered, onward
from consult.questions.base import Component, Drawing
from consult.questions.codes import choice_codes
from consult.questions.place_on_map import alt_words
from consult.web.locale import catalogues, locale_of


def readable(
    questionnaire: Questionnaire, language: str, *, title: Wording | None = None, author: str = ""
) -> Document:
    """The questionnaire in one of its languages; our own words are English where we do not speak it."""
    spoken = language if language in catalogues() else "en"
    with force_locale(spoken.replace("-", "_")):
        reader = Reader(questionnaire, language)
        blocks = [block for number, page in enumerate(questionnaire.pages, 1) for block in reader.page(page, number)]
        named = title if title else questionnaire.title
        return Document(worded(named, language), language, tuple(blocks), author)


class Reader:
    """Reads a questionnaire in one language, a block at a time."""

    def __init__(self, questionnaire: Questionnaire, language: str) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.locale = replace(locale_of(language if language in catalogues() else "en"), language=language)
        asking = [one.key for one in questionnaire.questions if questions.kind(one.kind).asks]
        self.order = [one.key for one in questionnaire.questions]
        self.numbers = {key: number for number, key in enumerate(asking, 1)}
        self.numbered = Numbered(questionnaire, self.numbers, self.locale)

    def page(self, page: Page, number: int) -> Iterator[Block]:
        """A page with its sections and questions."""
        said_number = self.part(number)
        title = worded(page.title, self.language)
        if title:
            yield Heading(2, Line((Run(f"{said_number}: "), *title.runs), title.language))
        else:
            yield Heading(2, said(said_number, self.language))
        yield from self.route(page.show)
        yield from paragraphs(getattr(page, "text", Wording()), self.language)
        section = None
        for question in page.questions:
            begun = getattr(question, "section", None)
            if begun is not None and begun != section:
                if begun.title:
                    yield Heading(3, worded(begun.title, self.language))
                yield from self.route(begun.show)
                yield from paragraphs(begun.text, self.language)
            section = begun
            yield Together(tuple(self.question(question, 4 if begun is not None and begun.title else 3)))

    def part(self, number: int) -> str:
        """What a page is called."""
        return _("Page %(number)s", number=self.locale.number(number))

    def route(self, show: Condition | None) -> Iterator[Block]:
        """When a part is asked, in words."""
        if show is not None:
            words = _("Asked only if %(condition)s.", condition=self.numbered.condition(show))
            yield Paragraph(said(words, self.language), "route")

    def question(self, question: Question, level: int) -> Iterator[Block]:
        """One question with room for its answer."""
        kind = questions.kind(question.kind)
        text = worded(question.text, self.language)
        number = self.numbers.get(question.key)
        if number is None:
            yield from self.statement(question)
            return
        yield Heading(level, self.asked(question, text, number))
        yield from self.route(question.show)
        drawing = Drawing(locale=self.locale, data={}, errors={}, typed=lambda _suffix: "")
        yield from self.settings(question, "passage")
        yield from self.room(question, kind.component(question, drawing))
        parts: list[Option | Row] = [*question.options, *question.rows]
        for part in parts:
            if part.show is not None:
                words = _(
                    "“%(answer)s” is offered only if %(condition)s.",
                    answer=part.label.to(self.language).text,
                    condition=self.numbered.condition(part.show),
                )
                yield Paragraph(said(words, self.language), "route")

    def room(self, question: Question, component: Component) -> Iterator[Block]:
        """Room for the answer."""
        yield from self.map(question)
        yield from Blanks(self.language, asked=question.text, then=self.then(question)).of(component)

    def map(self, question: Question) -> Iterator[Block]:
        """The map that a place is chosen on, with the code of each area."""
        drawn = question.settings.get("map")
        if isinstance(drawn, Wording) or not isinstance(drawn, Mapping) or not isinstance(drawn.get("areas"), Mapping):
            return
        if questions.kind(question.kind).problems(question):
            return
        given, codes = drawn.get("points"), choice_codes(question)
        points = given if isinstance(given, Mapping) else {}
        outlines = []
        for key, outline in drawn["areas"].items():
            at = points.get(key)
            spot = (float(at[0]), float(at[1])) if isinstance(at, list | tuple) and len(at) == 2 else None
            outlines.append((codes.get(key, ""), str(outline), spot))
        yield Areas(str(drawn["viewbox"]), tuple(outlines), worded(alt_words(question), self.language))

    def asked(self, question: Question, text: Line, number: int) -> Line:
        """The words of a question behind its number, and whether it may be left out."""
        before, after = Run(f"{self.locale.number(number)}. "), ""
        if not question.required:
            before_words, _gap, after = _("%(question)s (optional)", question="\n").partition("\n")
            before = Run(before.text + before_words)
        return Line((before, *text.runs, Run(after)), text.language)

    def statement(self, question: Question) -> Iterator[Block]:
        """Words to read."""
        yield from self.route(question.show)
        yield from paragraphs(question.text, self.language)
        yield from paragraphs(question.hint, self.language, "hint")
        yield from self.settings(question, "background")

    def settings(self, question: Question, name: str) -> Iterator[Block]:
        """A longer text that belongs to a question."""
        words = question.settings.get(name)
        if isinstance(words, Wording):
            yield from paragraphs(words, self.language, "passage")

    def then(self, question: Question) -> Then:
        """Where each choice leads, where it passes over a question."""

        def leads(choice: str) -> Line | None:
            passes, number = self.leads_to(question, choice)
            if not passes:
                return None
            if number is None:
                return said(_("Go to the end"), self.language)
            return said(_("Go to question %(number)s", number=self.locale.number(number)), self.language)

        return leads

    def leads_to(self, question: Question, choice: str) -> tuple[bool, int | None]:
        """Whether an answer passes over a question, and the number of the one it leads to; None for the end."""
        following = self.order[self.order.index(question.key) + 1 :]
        key = onward(self.questionnaire, question, choice)
        passed = following[: following.index(key)] if key else following
        if not any(one in self.numbers for one in passed):
            return False, None
        return True, next((self.numbers[one] for one in following[len(passed) :] if one in self.numbers), None)
