"""A consultation on two pages for a committee: what was asked, who took part, what they said, and what was done.

Everything in it is public already: figures come from the release, answers from the published You Said, We Did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from consult.consultations.models import Consultation
from consult.domain.feedback import Feedback, Row
from consult.domain.findings import Excerpts, TooFew
from consult.domain.wording import Wording
from consult.feedback.models import FeedbackPublication
from consult.feedback.routes import in_words
from consult.publications.document import Block, Document, Heading, Item, Line, Listing, Paragraph, said, worded
from consult.publications.document import paragraphs as spoken
from consult.results import drawn
from consult.results.drawn import Block as Figures
from consult.results.drawn import Shown
from consult.results.models import Release
from consult.web.locale import current_language, say_date, say_number

#: What fits on two pages of A4 in letters of 12 points; the rest is counted, with where it stands.
MOST_FINDINGS, MOST_POINTS, MOST_ROWS = 10, 7, 3
#: Answers named where none stands out.
NAMED = 3
LONGEST = 420


def summary(
    consultation: Consultation, release: Release, publication: FeedbackPublication | None, *, site: str
) -> Document:
    """The document in the reader's language; `site` is the address before paths."""
    language = current_language()
    title = consultation.wording("title")
    page = f"{site}/consultations/{consultation.slug}"
    figures = release.released()
    shown = drawn.everything(release.questionnaire(), figures.findings)
    left_out = {one.question for one in figures.findings if isinstance(one, TooFew | Excerpts)}
    told = [one for one in shown if one.anchor.removeprefix("result-") not in left_out]
    blocks: list[Block] = [
        Heading(2, said(_("What we asked"), language)),
        *_short(consultation.wording("summary"), language),
        Heading(2, said(_("Who took part"), language)),
        Paragraph(said(" ".join(_who(consultation, figures.responses)), language)),
        Heading(2, said(_("What people said"), language)),
        *_findings(told, language, f"{page}/results", few=figures.responses is None),
        Heading(2, said(_("You said, we did"), language)),
        *_done(publication.feedback() if publication else None, language, f"{page}/you-said-we-did"),
    ]
    if consultation.what_next:
        blocks += [
            Heading(2, said(_("What happens next"), language)),
            *_short(consultation.wording("what_next"), language),
        ]
    author = Wording(consultation.group.name, consultation.language).to(language).text
    return Document(worded(title, language), language, tuple(blocks), author)


def _who(consultation: Consultation, responses: int | None) -> Iterator[str]:
    if responses is None:
        yield _(
            "Fewer than ten people took part. Figures would show who said what, so there are none. "
            "We read every comment."
        )
    else:
        number = say_number(responses)
        yield ngettext("%(number)s person took part.", "%(number)s people took part.", responses, number=number)
    if consultation.opens_at and consultation.closes_at:
        yield _(
            "It was open from %(opens)s to %(closes)s.",
            opens=say_date(consultation.opens_at),
            closes=say_date(consultation.closes_at),
        )
    yield _("People chose to take part, so this is not a poll.")


def _findings(shown: Sequence[Shown], language: str, address: str, *, few: bool) -> Iterator[Block]:
    items = [item for one in shown[:MOST_FINDINGS] for item in _finding(one, language)]
    if items:
        yield Listing(tuple(items))
    if not few:
        yield Paragraph(
            said(_("Figures are rounded, and small ones are hidden, so that nobody can be recognised."), language),
            "hint",
        )
    more = max(0, len(shown) - MOST_FINDINGS)
    if more:
        yield Paragraph(
            said(
                ngettext(
                    "%(number)s more question is on the page of results:",
                    "%(number)s more questions are on the page of results:",
                    more,
                    number=say_number(more),
                ),
                language,
            )
        )
    if not few:
        yield Paragraph(said(address, language))


def _finding(one: Shown, language: str) -> Iterator[Item]:
    heading = _plain(one.heading)
    if one.sentence:
        yield Item(said(f"{heading} {_plain(one.sentence)}", language))
        return
    blocks = one.blocks[:MOST_ROWS]
    for block in blocks:
        asked = f"{heading} – {_plain(block.heading)}" if block.heading is not None else heading
        words = _plain(block.sentence) if block.sentence else _spread(block)
        if words:
            yield Item(said(f"{asked} {words}", language))


def _spread(block: Figures) -> str:
    """The answers given most, where none stands out."""
    known = [line for line in block.lines if not line.hidden and line.width]
    most = sorted(known, key=lambda line: -line.width)[:NAMED]
    if not most:
        return ""
    answers = "; ".join(
        _("“%(answer)s”: %(figure)s", answer=_plain(line.label), figure=line.percent or line.people) for line in most
    )
    return _("Given most: %(answers)s.", answers=answers)


def _done(feedback: Feedback | None, language: str, address: str) -> Iterator[Block]:
    if feedback is None:
        yield Paragraph(said(_("Nothing is published yet."), language))
        return
    points = list(feedback.rows)
    yield Paragraph(said(" ".join(list(in_words.in_short(feedback))[1:]), language))
    yield Listing(tuple(_point(row, language) for row in points[:MOST_POINTS]))
    more = len(points) - MOST_POINTS
    if more > 0:
        yield Paragraph(
            said(
                ngettext(
                    "%(number)s more point is answered on the page:",
                    "%(number)s more points are answered on the page:",
                    more,
                    number=say_number(more),
                ),
                language,
            )
        )
    yield Paragraph(said(address, language))


def _point(row: Row, language: str) -> Item:
    heard = worded(row.heard, language)
    answer = str(in_words.ANSWERS[row.answer])
    words = row.words.to(language).text if row.words else ""
    return Item(heard, Line(said(f"{answer}{': ' if words else '.'}{_cut(words)}", language).runs, language))


def _short(words: Wording, language: str) -> list[Block]:
    """Its first paragraphs, as long as they fit."""
    found: list[Block] = []
    room = LONGEST
    for block in spoken(words, language):
        room -= len(block.line.text) if isinstance(block, Paragraph) else 100
        if found and room < 0:
            break
        found.append(block)
    return found


def _cut(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= LONGEST else f"{one[:LONGEST].rsplit(' ', 1)[0]} …"


def _plain(words: Markup | str | None) -> str:
    return unescape(str(escape(words).striptags())) if words else ""
