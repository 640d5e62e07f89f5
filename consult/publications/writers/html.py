"""A document as one HTML file that needs nothing else: no script, no picture or font from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from consult.domain.wording import direction
from consult.publications.document import (
    Blank,
    Block,
    Document,
    Grid,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Together,
)

SIGNS = {"circles": "○", "boxes": "☐"}


def write_html(document: Document) -> bytes:
    """The whole file, in UTF-8."""
    return html_of(document).encode("utf-8", "replace")


def html_of(document: Document) -> str:
    """The same as a text."""
    language = escape(document.language)
    author = f'<meta name="author" content="{escape(document.author)}">' if document.author else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{document.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title.text)}</title>\n{author}\n<style>\n{style()}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_Writer(document.language).line(document.title)}</h1>\n"
        + "\n".join(_Writer(document.language).blocks(document.blocks))
        + "\n</main>\n</body>\n</html>\n"
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

    def listing(self, listing: Listing) -> str:
        tag = "ol" if listing.marks == "numbers" else "ul"
        start = f' start="{listing.start}"' if tag == "ol" and listing.start != 1 else ""
        return f'<{tag} class="{listing.marks}"{start}>\n' + "\n".join(map(self.item, listing.items)) + f"\n</{tag}>"

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
            return f'{above}<div class="box lines-{min(blank.lines, 6)}"></div>'
        return f'<p class="plain">{label}<span class="line"></span>{after}</p>'

    def grid(self, grid: Grid) -> str:
        sign = SIGNS.get(grid.marks, "")
        head = "".join(f'<th scope="col">{self.line(one)}</th>' for one in grid.columns)
        cells = f"<td>{sign}</td>" * len(grid.columns)
        rows = "\n".join(f'<tr><th scope="row">{self.line(row)}</th>{cells}</tr>' for row in grid.rows)
        return (
            f"<table>\n<caption>{self.line(grid.caption)}</caption>\n"
            f"<thead><tr><td></td>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )

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
