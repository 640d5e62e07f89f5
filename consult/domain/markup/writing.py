"""Our markup as HTML that can do nothing but be read, and as plain text."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable

from consult.domain.markup.reading import Block, Item, Pipe, blocks, tidy, tokens

#: Gives the HTML (or for `plain` the text) to stand where an earlier answer is to be said.
Piped = Callable[[Pipe], str]
TAGS = {"strong_open": "<strong>", "strong_close": "</strong>", "em_open": "<em>", "em_close": "</em>"}


def inline(text: str, *, links: bool = True, piped: Piped | None = None) -> str:
    """One line of HTML: strong, emphasis and links (without `links`, their words only); line ends become spaces."""
    return _inline(tidy(text).replace("\n", " "), links=links, piped=piped)


def block(text: str | Iterable[Block], *, piped: Piped | None = None) -> str:
    """Paragraphs and lists of HTML; a line end within a paragraph is a line break."""
    return "\n".join(_block(one, piped) for one in (blocks(text) if isinstance(text, str) else text))


def plain(text: str, *, piped: Piped | None = None) -> str:
    """The words alone, a line for each paragraph and item of a list: titles, exports, results."""
    return "\n".join(
        f"{mark}{_plain(item.text, piped)}" for one in blocks(text) for item in one.items for mark in [_mark(one, item)]
    )


def _mark(one: Block, item: Item) -> str:
    return {"bullets": "- ", "numbers": f"{item.number}. "}.get(one.kind, "")


def _block(one: Block, piped: Piped | None) -> str:
    words = [_inline(item.text, links=True, piped=piped).replace("\n", "<br>") for item in one.items]
    if one.kind == "paragraph":
        return f"<p>{words[0]}</p>"
    if one.kind == "bullets":
        return f'<ul class="nhsuk-list nhsuk-list--bullet">{"".join(f"<li>{line}</li>" for line in words)}</ul>'
    lines, expected = [], 1
    for item, line in zip(one.items, words, strict=True):
        number = expected if item.number is None else item.number
        lines.append(f"<li>{line}</li>" if number == expected else f'<li value="{number}">{line}</li>')
        expected = number + 1
    return f'<ol class="nhsuk-list nhsuk-list--number">{"".join(lines)}</ol>'


def _inline(text: str, *, links: bool, piped: Piped | None) -> str:
    drawn = []
    for token in tokens(text):
        if token.type in TAGS:
            drawn.append(TAGS[token.type])
        elif token.type == "link_open":
            drawn.append(_opening(str(token.attrs["href"])) if links else "")
        elif token.type == "link_close":
            drawn.append("</a>" if links else "")
        elif token.type == "pipe":
            pipe = token.meta["pipe"]
            drawn.append(piped(pipe) if piped else html.escape(pipe.fallback))
        else:
            drawn.append(html.escape(token.content))
    return "".join(drawn)


def _opening(address: str) -> str:
    outside = ' rel="noopener noreferrer"' if address.lower().startswith("http") else ""
    return f'<a href="{html.escape(address)}"{outside}>'


def _plain(text: str, piped: Piped | None) -> str:
    said = []
    for token in tokens(text):
        if token.type == "pipe":
            pipe = token.meta["pipe"]
            said.append(piped(pipe) if piped else pipe.fallback)
        else:
            said.append(token.content)
    return "".join(said)
