"""A document as one HTML file that needs nothing else: no script, no picture or font from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from consult.domain.wording import direction
from consult.publications.document import (
    Areas,
    Blank,
    Block,
    Document,
    Grid,
    Heading,
    Item,
    Line,
    Listing,
    Panel,
    Paragraph,
    Together,
)

#: The tallest box to write in.
MOST_LINES = 24
SIGNS = {"circles": "○", "boxes": "☐"}


def write_html(document: Document) -> bytes:
    """The whole file, in UTF-8."""
    return html_of(document).encode("utf-8", "replace")


def html_of(document: Document) -> str:
    """The same as a text."""
    language = escape(document.language)
    author = f'<meta name="author" content="{escape(document.author)}">' if document.author else ""
    look = (' class="form large"' if document.large else ' class="form"') if document.foot else ""
    reference = f'<p class="reference">{escape(document.foot.reference)}</p>\n' if document.foot else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{document.direction}"{look}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title.text)}</title>\n{author}\n<style>{style_of(document)}</style>\n</head>\n<body>\n<main>\n"
        f"{reference}<h1>{_Writer(document.language).line(document.title)}</h1>\n"
        + "\n".join(_Writer(document.language).blocks(document.blocks))
        + "\n</main>\n</body>\n</html>\n"
    )


def style_of(document: Document) -> str:
    """How this document looks: the same for all, and its foot on every sheet."""
    if document.foot is None:
        return f"\n{style()}"
    before, counted, after = document.foot.page.partition("%(page)s")
    between, _counted, last = after.partition("%(pages)s")
    parts = [_quoted(before), "counter(page)", _quoted(between), "counter(pages)", _quoted(last)]
    page = " ".join(parts) if counted else "counter(page)"
    near, far = ("right", "left") if document.direction == "rtl" else ("left", "right")
    size = "14pt" if document.large else "11pt"
    return (
        f"\n{style()}\n@page {{ @bottom-center {{ content: none; }} "
        f"@bottom-{near} {{ content: {_quoted(document.foot.reference)}; font-size: {size}; direction: ltr; }} "
        f"@bottom-{far} {{ content: {page}; font-size: {size}; direction: {document.direction}; }} }}\n"
    )


def _quoted(text: str) -> str:
    """A string of CSS: everything but letters, digits and spaces is written as its number."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):06x}" for one in text) + '"'


def policy(document: Document) -> str:
    """The Content-Security-Policy under which the file looks as it should on a site: its own style and nothing else."""
    digest = b64encode(sha256(style_of(document).encode("utf-8", "replace")).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def style() -> str:
    """How documents look, on screens and on paper."""
    return (Path(__file__).parent / "document.css").read_text(encoding="utf-8")


class _Writer:
    def __init__(self, language: str) -> None:
        self.language = language

    def blocks(self, blocks: Sequence[Block]) -> list[str]:
        return [self.block(one) for one in blocks]

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                return f"<h{block.level}>{self.line(block.line)}</h{block.level}>"
            case Paragraph():
                return f'<p class="{block.role}">{self.line(block.line)}</p>'
            case Listing():
                return self.listing(block)
            case Blank():
                return self.blank(block)
            case Grid():
                return self.grid(block)
            case Together():
                return '<section class="together">\n' + "\n".join(self.blocks(block.blocks)) + "\n</section>"
            case Panel():
                inner = "\n".join(self.blocks(block.blocks))
                return f'<section class="panel {block.role}">\n{inner}\n</section>'
            case Areas():
                return self.areas(block)

    def areas(self, areas: Areas) -> str:
        width = float(areas.viewbox.split()[2])
        drawn = "".join(
            f'<path d="{escape(outline)}" fill="none" stroke="#000" stroke-width="{width / 300:.4g}"/>'
            + (
                f'<text x="{at[0]}" y="{at[1]}" font-size="{width / 25:.4g}" text-anchor="middle">{escape(code)}</text>'
                if at
                else ""
            )
            for code, outline, at in areas.outlines
        )
        alt = escape(areas.alt.text)
        return f'<p class="map"><svg role="img" aria-label="{alt}" viewBox="{escape(areas.viewbox)}">{drawn}</svg></p>'

    def listing(self, listing: Listing) -> str:
        if any(item.code for item in listing.items):
            return self.ticks(listing)
        tag = "ol" if listing.marks == "numbers" else "ul"
        start = f' start="{listing.start}"' if tag == "ol" and listing.start != 1 else ""
        return f'<{tag} class="{listing.marks}"{start}>\n' + "\n".join(map(self.item, listing.items)) + f"\n</{tag}>"

    def ticks(self, listing: Listing) -> str:
        """Options with a box to tick and the code of each; beside each other where their words are short."""
        short = len(listing.items) > 2 and all(len(one.line.text) <= 12 and not one.hint for one in listing.items)
        drawn = "\n".join(
            f'<li><span class="at"><span class="tick"></span></span><span class="code">{escape(one.code)}</span> '
            f'<span class="words">{self.line(one.line)}'
            + (f'<br><span class="hint">{self.line(one.hint)}</span>' if one.hint else "")
            + "</span></li>"
            for one in listing.items
        )
        return f'<ul class="ticks{" short" if short else ""}">\n{drawn}\n</ul>'

    def item(self, item: Item) -> str:
        arrow = "←" if direction(self.language) == "rtl" else "→"
        then = f' <span class="then">{arrow} {self.line(item.then)}</span>' if item.then else ""
        hint = f'<br><span class="hint">{self.line(item.hint)}</span>' if item.hint else ""
        return f"<li>{self.line(item.line)}{then}{hint}</li>"

    def blank(self, blank: Blank) -> str:
        label = f"{self.line(blank.label)} " if blank.label else ""
        after = f" {self.line(blank.after)}" if blank.after else ""
        if blank.lines > 1:
            above = f'<p class="plain">{label}</p>' if label else ""
            return f'{above}<div class="box lines-{min(blank.lines, MOST_LINES)}"></div>'
        wide = "" if label or after else " wide"
        return f'<p class="plain">{label}<span class="line{wide}"></span>{after}</p>'

    def grid(self, grid: Grid) -> str:
        sign = SIGNS.get(grid.marks, "")
        head = "".join(f'<th scope="col">{self.line(one)}</th>' for one in grid.columns)
        cells = "".join(
            f'<td><span class="tick"></span><span class="code">{escape(code)}</span></td>' for code in grid.codes
        ) or (f"<td>{sign}</td>" * len(grid.columns))
        rows = "\n".join(f'<tr><th scope="row">{self.line(row)}</th>{cells}</tr>' for row in grid.rows)
        table = (
            f"<table>\n<caption>{self.line(grid.caption)}</caption>\n"
            f"<thead><tr><td></td>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )
        return f'<div class="wide" tabindex="0">{table}</div>' if grid.codes else table

    def line(self, line: Line) -> str:
        words = "".join(self.run(run.text, run.strong, run.emphasis, run.address) for run in line.runs)
        if line.language == self.language:
            return words
        return f'<span lang="{escape(line.language)}" dir="{line.direction}">{words}</span>'

    def run(self, text: str, strong: bool, emphasis: bool, address: str) -> str:
        made = escape(text)
        if emphasis:
            made = f"<em>{made}</em>"
        if strong:
            made = f"<strong>{made}</strong>"
        return f'<a href="{escape(address)}">{made}</a>' if address else made
