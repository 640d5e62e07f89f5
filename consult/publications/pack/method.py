"""How the figures were made, in the reader's words: who is in them, what is rounded, hidden and left out."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.domain.disclosure import LEAST_DIFFERENCE, LEAST_VALUES, PROFILES
from consult.domain.disclosure.profiles import LEAST_CROSSED
from consult.domain.findings import HIDDEN_COUNTS_AS
from consult.domain.statistics import LEAST_FOR_PERCENTAGES
from consult.publications.document import Block, Document, Heading, Item, Listing, Paragraph, said, worded
from consult.publications.pack.published import Published
from consult.publications.writers import write_html
from consult.results import drawn
from consult.results.export import HIDDEN_MARK, NONE_MARK
from consult.web.locale import current_language, say_date, say_number
from consult.web.page import plain


def note(published: Published) -> Document:
    """The note in the language that is spoken."""
    language = current_language()
    title = said(_("How these figures were made"), language)
    blocks: list[Block] = [Paragraph(worded(published.worded_title, language))]
    for heading, sentences in _parts(published):
        blocks += [Heading(2, said(heading, language)), Listing(tuple(Item(said(one, language)) for one in sentences))]
    return Document(title, language, tuple(blocks), plain(published.worded_publisher))


def as_html(document: Document) -> bytes:
    """To read in a browser and to print."""
    return write_html(document)


def as_text(document: Document) -> bytes:
    """The same without any mark-up."""
    lines = [document.title.text, ""]
    for block in document.blocks:
        if isinstance(block, Heading):
            lines += ["", block.line.text, ""]
        elif isinstance(block, Listing):
            lines += [f"- {item.line.text}" for item in block.items]
        elif isinstance(block, Paragraph):
            lines.append(block.line.text)
    return ("\n".join(lines) + "\n").encode()


def _parts(published: Published) -> Iterator[tuple[str, list[str]]]:
    yield _("Who took part"), list(_people(published))
    if published.figures.responses is not None:
        yield _("Rules that protect people"), list(_rules(published))
    if published.left_out:
        yield _("Answers we left out"), list(_left_out(published))
    yield _("About this file"), list(_about(published))


def _people(published: Published) -> Iterator[str]:
    responses = published.figures.responses
    if responses is None:
        yield _(
            "Fewer than ten people took part. Figures would show who said what, so there are none. "
            "We read every comment."
        )
    else:
        number = say_number(responses)
        yield ngettext("%(number)s person took part.", "%(number)s people took part.", responses, number=number)
    if published.opened_on and published.closed_on:
        opens, closes = say_date(published.opened_on), say_date(published.closed_on)
        yield _("It was open from %(opens)s to %(closes)s.", opens=opens, closes=closes)
    yield _("People chose to take part, so this is not a poll.")


def _rules(published: Published) -> Iterator[str]:
    rules, caution = PROFILES[published.figures.profile], drawn.caution(published.figures)
    yield _(
        "The number who took part is exact. All other figures are rounded to the nearest %(number)s, "
        "and totals are added up from the rounded figures.",
        number=say_number(rules.nearest),
    )
    if rules.protects:
        yield _(
            "Figures from 1 to %(number)s are hidden and marked %(mark)s. In tables about one group of people, 0 is "
            "hidden too.",
            number=say_number(rules.hidden_to),
            mark=HIDDEN_MARK,
        )
        yield _(
            "In totals a hidden figure counts as %(number)s, so such a total is about right and not exact.",
            number=say_number(HIDDEN_COUNTS_AS),
        )
        yield _("A question is left out if fewer than %(number)s people answered.", number=say_number(rules.least_base))
    if published.figures.crossed:
        yield _(
            "Groups of fewer than %(number)s people are left out, and figures from 0 to 7 are hidden and marked [c].",
            number=say_number(LEAST_CROSSED),
        )
    if caution.rounds_more:
        yield _("Some figures are rounded more, so that hidden ones cannot be worked out.")
    yield _(
        "There is no percentage where fewer than %(number)s people answered.", number=say_number(LEAST_FOR_PERCENTAGES)
    )
    yield _(
        "A program tried to work out every hidden figure from all that was ever published. At least %(number)s "
        "different figures stayed possible for each.",
        number=say_number(LEAST_VALUES),
    )
    yield _(
        "Results are published again only when at least %(number)s people more or fewer are counted.",
        number=say_number(LEAST_DIFFERENCE),
    )
    none = _("There is no such figure, or too few people answered for a percentage.")
    yield f"{NONE_MARK} – {none}"
    yield _("What people wrote is not shown here.")


def _left_out(published: Published) -> Iterator[str]:
    because = {
        "trap": _("They filled in a field that people cannot see."),
        "fast": _("They were sent faster than a person can answer."),
        "same": _("They gave the same answers in the same words."),
    }
    for reason, number in published.left_out.items():
        left = _("Number of answers: at least %(number)s.", number=say_number(number))
        yield f"{because.get(reason, reason)} {left}"


def _about(published: Published) -> Iterator[str]:
    yield _("Published on %(date)s", date=say_date(published.published_on))
    yield _("Release: %(number)s", number=say_number(published.number))
    rules = _("Rules that protect people")
    yield f"{rules}: {published.figures.profile}"
    made = f"{published.software['name']} {published.software['version']}"
    yield _("Made by the program %(name)s.", name=made)
    yield f"SHA-256: {published.software['source_sha256']}"
