"""Small markup in authored words: paragraphs, `**strong**`, `_emphasis_`, `[words](https://…)`, lists; nothing else.

Whatever forms no markup is literal text: `5 * 3`, `snake_case`, `[1]`, `<b>` and `f***` mean themselves. A backslash
before `*`, `_`, `[` or `]` makes it literal, and so does one before the mark of a list. docs/questionnaire.md describes
it for authors.
"""

from consult.domain.markup.foreign import from_html
from consult.domain.markup.reading import Block, Item, Pipe, Run, blocks, has_markup, literal, pipes, starts_list
from consult.domain.markup.writing import block, inline, plain

__all__ = [
    "Block",
    "Item",
    "Pipe",
    "Run",
    "block",
    "blocks",
    "from_html",
    "has_markup",
    "inline",
    "literal",
    "pipes",
    "plain",
    "starts_list",
]
