"""Reading our markup: lines into paragraphs and lists, lines into pieces of text with what is said of them.

Pairs of marks are matched by markdown-it, with rules of our own in the place of its: fewer marks, fewer surprises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

#: What a link may lead to. Anything else stays text.
ADDRESS = r"(?:https?://|mailto:|tel:)(?:[^\s()<>\"\\\ufdd0-\ufdef]|\([^\s()<>\"\\\ufdd0-\ufdef]*\))+"
LINK_END = re.compile(rf"\(({ADDRESS})\)", re.IGNORECASE)
PIPE = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_.]{0,160})\|([^\[\]\n|]*)\]\]")
ESCAPE = re.compile(r"(\\+)([*_\[\]]?)")
BULLET = re.compile(r"[ \t]*-[ \t]+(?=\S)")
NUMBER = re.compile(r"[ \t]*([0-9]{1,9})\.[ \t]+(?=\S)")
LITERAL_MARK = re.compile(r"^([ \t]*[0-9]{0,9}\\*)\\([-.])(?=[ \t]+\S)", re.MULTILINE)
#: Without any of these a text has no markup.
MAY_BE_MARKED = re.compile(r"[*_\[\\]|^[ \t]*(?:-|[0-9]+\.)[ \t]", re.MULTILINE)
LINES = re.compile(r"\r\n|\r|\u2028|\u2029")
#: What no text holds, and our own signs for parts of a page: never let through.
NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000\ue001\ufdd0-\ufdef]")
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Pipe:
    """An earlier answer to be said here: `[[key|fallback]]` or `[[key.row|fallback]]`."""

    key: str
    row: str
    fallback: str


@dataclass(frozen=True)
class Run:
    """A piece of text in one style; `address` where it leads somewhere, `pipe` where an earlier answer stands."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    pipe: Pipe | None = None


@dataclass(frozen=True)
class Item:
    """A paragraph, or one item of a list with the number that its author gave it."""

    text: str
    number: int | None = None

    @property
    def runs(self) -> list[Run]:
        """Its text in pieces; lines are parted by newlines."""
        return runs(self.text)


@dataclass(frozen=True)
class Block:
    """A paragraph (one item), a bulleted or a numbered list: `kind` is `paragraph`, `bullets` or `numbers`."""

    kind: str
    items: tuple[Item, ...]


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text, in order; the text of each item is still marked up."""
    found: list[tuple[str, list[tuple[list[str], int | None]]]] = []
    fresh = True
    for line in tidy(text).split("\n"):
        if not line.strip():
            fresh = True
            continue
        kind, number, words = _line(line)
        last = found[-1] if found else None
        if kind == "numbers" and not fresh and number != 1 and (last is None or last[0] != "numbers"):
            kind, number, words = "paragraph", None, line.strip()
        if kind != "paragraph" and last is not None and last[0] == kind:
            last[1].append(([words], number))
        elif kind != "paragraph" or fresh or last is None:
            found.append((kind, [([words], number)]))
        else:
            last[1][-1][0].append(words)
        fresh = False
    return [Block(kind, tuple(Item("\n".join(lines), number) for lines, number in items)) for kind, items in found]


def _line(line: str) -> tuple[str, int | None, str]:
    if mark := BULLET.match(line):
        return "bullets", None, line[mark.end() :].rstrip()
    if mark := NUMBER.match(line):
        return "numbers", int(mark[1]), line[mark.end() :].rstrip()
    return "paragraph", None, line.strip()


def tidy(text: str) -> str:
    """The text with one kind of line end, and without what no text should hold."""
    if SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return NEVER.sub("", LINES.sub("\n", text))


def starts_list(text: str) -> bool:
    """Whether the first line is an item of a list."""
    return bool(BULLET.match(text.lstrip("\n")) or NUMBER.match(text.lstrip("\n")))


def has_markup(text: str) -> bool:
    """Whether anything in it would be drawn otherwise than as it is written, line ends apart."""
    if NEVER.search(text):
        text = tidy(text)
    return bool(MAY_BE_MARKED.search(text)) and (
        any(one.kind != "paragraph" for one in blocks(text))
        or any(token.type != "text" for token in tokens(text))
        or "".join(token.content for token in tokens(text)) != tidy(text)
    )


def pipes(text: str) -> list[Pipe]:
    """The earlier answers that a text would say."""
    return [run.pipe for run in runs(text) if run.pipe is not None]


def runs(text: str) -> list[Run]:
    """One paragraph's text in pieces, each with its style."""
    found: list[Run] = []
    strong = emphasis = False
    address = ""
    for token in tokens(text):
        if token.type in ("strong_open", "strong_close"):
            strong = token.nesting == 1
        elif token.type in ("em_open", "em_close"):
            emphasis = token.nesting == 1
        elif token.type in ("link_open", "link_close"):
            address = str(token.attrs.get("href", ""))
        elif token.type == "pipe":
            pipe = token.meta["pipe"]
            found.append(Run(pipe.fallback, strong, emphasis, address, pipe))
        elif token.content:
            found.append(Run(token.content, strong, emphasis, address))
    return found


def tokens(text: str) -> Iterator[Token]:
    """Text, pipes, and openings and closings of strong, em and link, properly nested."""
    marked = LITERAL_MARK.sub(r"\1\2", tidy(text))
    for token in _parser().parseInline(marked):
        yield from token.children or ()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero")
    inline = parser.inline.ruler
    inline.at("escape", _escape)
    inline.at("emphasis", _marks)
    inline.at("link", _link)
    inline.before("link", "pipe", _pipe)
    inline.enable(["escape", "emphasis", "pipe", "link"])
    parser.inline.ruler2.at("emphasis", _match_marks)
    parser.inline.ruler2.enable(["emphasis"])
    return parser


def _escape(state: StateInline, silent: bool) -> bool:
    """Backslashes before a mark: each pair is one, and one left over makes the mark literal."""
    found = ESCAPE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    count = len(found[1])
    if not found[2]:
        state.pending += "" if silent else found[1]
        state.pos += count
        return True
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = "\\" * (count // 2) + (found[2] if count % 2 else "")
        token.info = "escape"
    state.pos += count + count % 2
    return True


def _marks(state: StateInline, silent: bool) -> bool:
    """Exactly two asterisks, or exactly one underscore outside of a word; longer rows of them are literal."""
    source, start = state.src, state.pos
    mark = source[start]
    if silent or mark not in "*_":
        return False
    end = start
    while end < state.posMax and source[end] == mark:
        end += 1
    before = source[start - 1] if start else " "
    after = source[end] if end < state.posMax else " "
    opens, closes = not after.isspace(), not before.isspace()
    if mark == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    token = state.push("text", "", 0)
    token.content = source[start:end]
    if end - start == (2 if mark == "*" else 1):
        state.delimiters.append(
            Delimiter(marker=ord(mark), length=1, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos = end
    return True


def _match_marks(state: StateInline) -> None:
    """Turn the matched pairs into openings and closings."""
    for delimiters in (
        state.delimiters,
        *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta),
    ):
        for opener in delimiters:
            if opener.end == -1 or opener.marker not in (0x2A, 0x5F):
                continue
            tag = "strong" if opener.marker == 0x2A else "em"
            for at, name, nesting in ((opener, "open", 1), (delimiters[opener.end], "close", -1)):
                token = state.tokens[at.token]
                token.type, token.tag, token.nesting, token.content = f"{tag}_{name}", tag, nesting, ""


def _pipe(state: StateInline, silent: bool) -> bool:
    found = PIPE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        key, _, row = found[1].partition(".")
        state.push("pipe", "", 0).meta["pipe"] = Pipe(key, row, found[2])
    state.pos = found.end()
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """`[words](address)`, where the address leads somewhere we allow; anything else stays text."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    end = parseLinkLabel(state, state.pos, True)
    found = LINK_END.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found or not state.src[state.pos + 1 : end].strip():
        return False
    if not silent:
        most = state.posMax
        state.pos, state.posMax = state.pos + 1, end
        state.push("link_open", "a", 1).attrs = {"href": found[1]}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = most
    state.pos = found.end()
    return True


def literal(text: str) -> str:
    """Plain text as markup that says just that: what would be taken for a mark is escaped."""
    return escape_marks(tidy(text))


#: Where a mark of ours will stand, until everything literal around it is escaped; the last two are literal in links.
MARKS = {"\ufdd0": "**", "\ufdd1": "_", "\ufdd2": "[", "\ufdd3": "]", "\ufdd4": "\\[", "\ufdd5": "\\]"}
LINK_CLOSES = "\ufdd3"
_SPECIAL = re.compile("(?<!\\\\)(\\\\*)(\\*+|_+|\\[+|\\]+|[\ufdd0-\ufdd5])")
_AT_START = re.compile(r"^([ \t]*)([0-9]{0,9})(\\*)([-.])(?=[ \t]+\S)", re.MULTILINE)


def escape_marks(text: str, addresses: Sequence[str] = ()) -> str:
    """Escape what is literal in `text`, then put the marks where their signs stand, and `addresses` after links."""
    escaped = _AT_START.sub(_escaped_start, _SPECIAL.sub(_escaped, text))
    for sign, mark in MARKS.items():
        if sign != LINK_CLOSES:
            escaped = escaped.replace(sign, mark)
    words = escaped.split(LINK_CLOSES)
    return words[0] + "".join(f"]({address}){more}" for address, more in zip(addresses, words[1:], strict=True))


def _escaped(found: re.Match[str]) -> str:
    slashes, special = found[1], found[2]
    if special in MARKS:
        return slashes * 2 + special
    before = found.string[found.start(2) - 1] if found.start(2) else ""
    after = found.string[found.end()] if found.end() < len(found.string) else ""
    if not slashes and _harmless(special, before, after):
        return special
    return slashes * 2 + "".join(f"\\{one}" for one in special)


def _escaped_start(found: re.Match[str]) -> str:
    space, digits, slashes, mark = found.groups()
    begins = bool(slashes) or (not digits if mark == "-" else bool(digits))
    return space + digits + slashes + ("\\" if begins else "") + mark


def _harmless(special: str, before: str, after: str) -> bool:
    """Whether marks that are meant literally would be taken so without a backslash."""
    if before in MARKS or after in MARKS:
        return False
    if special[0] == "*":
        return len(special) != 2
    if special[0] == "_":
        spaces = (not before or before.isspace()) and (not after or after.isspace())
        return len(special) > 1 or spaces or (before.isalnum() and after.isalnum())
    if special[0] == "[":
        return len(special) == 1
    return after != "("
