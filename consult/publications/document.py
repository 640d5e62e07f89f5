"""What a document is made of, whatever it is written as: lines of words in blocks, with the language each is in.

A writer (consult/publications/writers) knows these blocks and nothing of what the document is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain import markup
from consult.domain.wording import Worded, Wording, direction

#: How the lines of a list begin: with a dot, a number, a circle to choose one, a box to choose several.
MARKS = ("bullets", "numbers", "circles", "boxes")


@dataclass(frozen=True)
class Run:
    """Words in one style; `address` where they lead somewhere."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""


@dataclass(frozen=True)
class Line:
    """Words with the language they are in."""

    runs: tuple[Run, ...]
    language: str

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True)
class Heading:
    """A heading of level 2, 3 or 4; the title of the document is level 1."""

    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its role says how it looks: plain, hint, route, leads (to another question) or passage."""

    line: Line
    role: str = "plain"


@dataclass(frozen=True)
class Item:
    """One line of a list, with a hint under it and where to go on from it."""

    line: Line
    hint: Line | None = None
    then: Line | None = None
    #: what is typed for it when the paper is keyed
    code: str = ""


@dataclass(frozen=True)
class Listing:
    """A list; `marks` is one of MARKS, `start` the first number."""

    items: tuple[Item, ...]
    marks: str = "bullets"
    start: int = 1


@dataclass(frozen=True)
class Blank:
    """Room to write: a line, or a box of several; what it is for, and what stands behind it, such as a unit."""

    lines: int = 1
    label: Line | None = None
    after: Line | None = None


@dataclass(frozen=True)
class Grid:
    """A table to answer in: headings over the columns, a heading for each row, the same mark in every cell.

    The mark is "circles", "boxes" or "" for room to write.
    """

    caption: Line
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    marks: str = "circles"
    #: what is typed for each column when the paper is keyed
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Together:
    """Blocks that should stand on one sheet of paper where they can: a question and its answers."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Panel:
    """Blocks in a frame of their own (`role` "office" or "send"), or on a sheet of their own ("sheet")."""

    blocks: tuple[Block, ...]
    role: str = "office"


@dataclass(frozen=True)
class Areas:
    """A map of areas, each an SVG path with the code that stands in it and where; what it shows in words."""

    viewbox: str
    outlines: tuple[tuple[str, str, tuple[float, float] | None], ...]
    alt: Line


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every sheet: a reference, and "Page %(page)s of %(pages)s" in the reader's words."""

    reference: str
    page: str


Block = Heading | Paragraph | Listing | Blank | Grid | Together | Panel | Areas


@dataclass(frozen=True)
class Document:
    """The whole: its language decides what is said in our own words, and which way it runs."""

    title: Line
    language: str
    blocks: tuple[Block, ...]
    #: who it is from
    author: str = ""
    #: only a form to be filled in has one; its boxes are large, and everything is black on white
    foot: Foot | None = None
    #: print of 18 points instead of 12
    large: bool = False

    @property
    def direction(self) -> str:
        """ltr or rtl."""
        return direction(self.language)


def said(text: str, language: str) -> Line:
    """Plain words."""
    return Line((Run(text),), language)


def worded(words: Wording | Worded, language: str) -> Line:
    """Authored words as one line, in a language or the one they fall back to."""
    found = words if isinstance(words, Worded) else words.to(language)
    runs = [run for one in markup.blocks(found.text) for item in one.items for run in (*item.runs, None)][:-1]
    return Line(tuple(_run(run) if run else Run(" ") for run in runs), found.language)


def paragraphs(words: Wording, language: str, role: str = "plain") -> list[Block]:
    """Authored words as paragraphs and lists."""
    found = words.to(language)
    made: list[Block] = []
    for one in markup.blocks(found.text):
        lines = [Line(tuple(_run(run) for run in item.runs), found.language) for item in one.items]
        if one.kind == "paragraph":
            made += [Paragraph(line, role) for line in lines]
            continue
        start = one.items[0].number
        listed: Sequence[Item] = [Item(line) for line in lines]
        made.append(Listing(tuple(listed), one.kind, 1 if start is None else start))
    return made


def _run(run: markup.Run) -> Run:
    text = f"({run.text})" if run.pipe is not None and run.text else run.text
    return Run(" ".join(text.split("\n")), run.strong, run.emphasis, run.address)
