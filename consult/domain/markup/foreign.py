"""HTML out of other systems as our markup, with a sentence for everything that is left out. No text is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from lxml import etree
from lxml import html as lxml_html

from consult.domain.markup.reading import ADDRESS, MARKS, escape_marks, literal, tidy

#: The elements of HTML; `<5 years>` or `<name@example.org>` are none, and stay text.
ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "audio",
        "b",
        "base",
        "basefont",
        "bdi",
        "bdo",
        "big",
        "blink",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "map",
        "mark",
        "marquee",
        "math",
        "menu",
        "meta",
        "meter",
        "nav",
        "nobr",
        "noframes",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "param",
        "picture",
        "pre",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "script",
        "search",
        "section",
        "select",
        "slot",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "track",
        "tt",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
        "xml",
    ]
)
_TAG = re.compile(
    r"</?([A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9:-]*)?)(?=[\s/>])"  # a name, then attributes, quoted or not
    r"""(?:"[^"]*"|'[^']*'|[^'"<>])*>"""
    r"|<!--.*?-->|<!\[(?:if|else|endif)[^>]*>|<!doctype[^>]*>|<\?xml[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "textarea",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
STRONG = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend", "summary", "th"})
EMPHASIS = frozenset({"i", "em", "cite", "dfn", "var"})
#: What is left out with everything inside it.
GONE = {
    "script": "a script",
    "style": "a style",
    "template": "a template",
    "svg": "a drawing",
    "canvas": "a drawing",
    "head": "",
    "title": "the title of its page",
    "map": "",
}
#: What is left out, but not the text inside it.
STRIPPED = {
    "iframe": "a page from another site",
    "frame": "a page from another site",
    "embed": "a page from another site",
    "object": "a page from another site",
    "applet": "a script",
    "audio": "a sound recording",
    "video": "a film",
    "input": "a form field",
    "select": "a form field",
    "textarea": "a form field",
    "button": "a form field",
    "font": "a style",
    "center": "a style",
    "big": "a style",
    "small": "a style",
    "basefont": "a style",
    "marquee": "a style",
    "blink": "a style",
    "link": "a style",
    "u": "underlining",
    "ins": "underlining",
    "s": "a line through words",
    "strike": "a line through words",
    "del": "a line through words",
    "mark": "a style",
    "math": "the layout of a formula",
    "meta": "a command to the browser",
    "base": "a command to the browser",
}
RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


@dataclass(frozen=True)
class Style:
    """How a piece of text looked."""

    strong: bool = False
    emphasis: bool = False
    address: str = ""


#: Elements deeper than this are nobody's layout.
DEEPEST = 120


def from_html(text: str) -> tuple[str, list[str]]:
    """Our markup for `text`, and what was left out of it, each as the object of a sentence: "a script".

    A text without any tag keeps its lines; in all others, lines are what the tags say.
    """
    text = tidy(text)
    tree, deepest = _parsed(text)
    if deepest > DEEPEST:
        return literal(" ".join(html.unescape(_TAG.sub(" ", text)).split())), [
            "its layout, which is too deep to follow"
        ]
    reading = _Reading()
    reading.element(tree, Style())
    return reading.markup(), list(dict.fromkeys(reading.left_out))


def _parsed(text: str) -> tuple[etree._Element, int]:
    """The tree of what is HTML in it, and its depth; every `<` that begins no element is text."""
    kept, at = [], 0
    for found in _TAG.finditer(text) if "<" in text else ():
        name = (found[1] or "").lower()
        if name and name not in ELEMENTS and not re.search("[:-]", name):
            continue
        kept += [text[at : found.start()].replace("<", "&lt;"), found[0]]
        at = found.end()
    rest = text[at:].replace("<", "&lt;")
    kept.append(rest if kept else rest.replace("\n", "<br>"))
    body = f"<html><body><div>{''.join(kept)}</div></body></html>".encode()
    tree = lxml_html.document_fromstring(body, parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return tree, deepest


class _Reading:
    """Collects paragraphs and list items while it walks the tree, and what it leaves out."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self.found: list[tuple[str, str]] = []
        self.line: list[tuple[str, Style]] = []
        self.mark = ""
        self.lists: list[int | None] = []
        #: the cells so far of the row of a table that is being read
        self.cells: int | None = None

    def markup(self) -> str:
        """Everything found, as one text: items of one list, and rows of one table, on lines that follow each other."""
        self.end()
        said, before = "", ""
        for mark, words in self.found:
            kind = "number" if mark[:1].isdigit() else mark
            said += (
                ("\n" if kind and kind == before else "\n\n" if said else "") + (mark if mark != ROW else "") + words
            )
            before = kind
        return said

    def element(self, element: etree._Element, style: Style, *, pre: bool = False) -> None:
        """What one element says; its tail is its parent's."""
        if not isinstance(element.tag, str):
            if element.tag is etree.Comment and (element.text or "").strip():
                self.left_out.append("a hidden comment")
            return
        tag = element.tag.lower()
        if tag in GONE:
            self.left_out += [GONE[tag]] if GONE[tag] else []
            return
        if self.hidden(element):
            return
        self.notice(tag, element)
        style = self.styled(tag, element, style)
        pre = pre or tag in ("pre", "textarea")
        if tag in BLOCKS:
            self.end()
        if tag in ("ul", "ol", "menu", "dir"):
            self.lists.append(_first(element) if tag == "ol" else None)
            self.inside(tag, element, style, pre=pre)
            self.end()
            self.lists.pop()
        elif tag == "tr" and self.cells is None and len(element.xpath("./td|./th")) > 1:
            self.cells = 0
            self.inside(tag, element, style, pre=pre)
            self.cells = None
            self.mark = ROW
            self.end()
        elif tag == "li" and self.cells is None:
            self.mark = self.marked()
            self.inside(tag, element, style, pre=pre)
            self.end()
        else:
            self.inside(tag, element, style, pre=pre)
            if tag in BLOCKS:
                self.end()
        if tag in ("li", "tr"):
            self.mark = ""

    def inside(self, tag: str, element: etree._Element, style: Style, *, pre: bool) -> None:
        """Its text and everything in it."""
        if tag == "br":
            self.line.append(("\n", style))
        elif tag == "img":
            self.image(element, style)
        elif tag == "q":
            self.say("“", style)
        elif tag in ("td", "th") and self.cells is not None:
            if self.cells:
                self.say(" | ", Style())
            self.cells += 1
        start = len(self.line)
        self.text(element.text, style, pre=pre)
        for child in element:
            self.element(child, style, pre=pre)
            self.text(child.tail, style, pre=pre)
        if tag == "q":
            self.say("”", style)
        elif tag in ("sup", "sub"):
            self.moved(start, RAISED if tag == "sup" else LOWERED)
        elif tag == "a" and style.address and not any(words.strip() for words, _ in self.line[start:]):
            self.say(style.address, style)

    def hidden(self, element: etree._Element) -> bool:
        """Whether nobody saw it in the other system; its words go into the report."""
        if not (HIDDEN.search(element.get("style", "")) or "hidden" in element.attrib):
            return False
        words = " ".join("".join(element.itertext()).split())
        self.left_out.append(f"hidden text: “{words}”" if words else "a hidden part")
        return True

    def notice(self, tag: str, element: etree._Element) -> None:
        """Report what goes although the words stay."""
        if tag in STRIPPED:
            source = (
                element.get("src") or element.get("data") or element.get("value") or element.get("placeholder") or ""
            )
            self.left_out.append(f"{STRIPPED[tag]} ({_short(source)})" if source else STRIPPED[tag])
        for name in element.attrib:
            if name.lower().startswith("on"):
                self.left_out.append("a script")
            elif name.lower() in ("style", "bgcolor", "background", "color", "face"):
                self.left_out.append("a style")
        if element.get("title", "").strip():
            self.left_out.append(f"an explanation ({_short(element.get('title', ''))})")

    def styled(self, tag: str, element: etree._Element, style: Style) -> Style:
        """The style inside an element."""
        look = element.get("style", "").lower()
        if tag in STRONG or re.search(r"font-weight\s*:\s*(bold|[6-9]00)", look):
            style = replace(style, strong=True)
        if tag in EMPHASIS or re.search(r"font-style\s*:\s*(italic|oblique)", look):
            style = replace(style, emphasis=True)
        target = element.get("href") if tag == "a" else None
        if target is None or not target.strip():
            return style
        target = re.sub("[\t\n\r]", "", target).strip()
        address = quote(f"https:{target}" if target.startswith("//") else target, safe="!#$%&'*+,-./:;=?@[]_~")
        if re.fullmatch(ADDRESS, address, re.I):
            return replace(style, address=address)
        self.left_out.append(f"a link that leads nowhere outside its system ({_short(target)})")
        return style

    def image(self, element: etree._Element, style: Style) -> None:
        """A picture is left out; what it shows is said."""
        source, words = element.get("src") or "", (element.get("alt") or "").strip()
        tiny = {element.get("width", "").strip("px"), element.get("height", "").strip("px")} <= {"0", "1"}
        outside = re.match(r"(?:https?:)?//", source.strip(), re.I)
        what = "a tracking image" if tiny else "an image from another site" if outside else "an image"
        shown = source if not source.startswith("data:") else source.partition(";")[0]
        self.left_out.append(f"{what} ({_short(shown)})" if shown else what)
        if words:
            self.say(f" {words} ", style)

    def marked(self) -> str:
        """How the next item of the innermost list begins; lists in lists are one list."""
        if not self.lists or self.lists[-1] is None:
            return "- "
        number, self.lists[-1] = self.lists[-1], self.lists[-1] + 1
        return f"{number}. "

    def text(self, text: str | None, style: Style, *, pre: bool) -> None:
        """Text as it stood in the source."""
        if text:
            self.say(tidy(text) if pre else _SPACE.sub(" ", tidy(text)), style)

    def say(self, words: str, style: Style) -> None:
        """Add words to the line."""
        self.line.append((words, style))

    def moved(self, start: int, table: dict[int, int]) -> None:
        """Raised or lowered figures have characters of their own; anything else is said on the line."""
        words = "".join(text for text, _ in self.line[start:])
        if words.strip() and all(ord(one) in table for one in words.strip()):
            self.line[start:] = [(text.translate(table), style) for text, style in self.line[start:]]
        elif words.strip():
            self.left_out.append("raised or lowered letters")

    def end(self) -> None:
        """Close the paragraph or the item; in a row of a table, only part the words."""
        if self.cells is not None:
            self.say(" ", Style())
            return
        pieces, self.line = self.line, []
        lines = _parted(pieces) if not self.mark else [pieces]
        for line in lines:
            words = _written(_tidied(line), self.left_out)
            if words:
                one_line = re.sub(r"\n+", " " if self.mark == ROW else "\n", words)
                self.found.append((self.mark, one_line if self.mark else words))
                self.mark = ""


#: Stands before a line that was the row of a table.
ROW = "row"


def _parted(pieces: list[tuple[str, Style]]) -> list[list[tuple[str, Style]]]:
    """Paragraphs: what is parted by two line ends or more."""
    parted: list[list[tuple[str, Style]]] = [[]]
    ends = 0
    for words, style in pieces:
        for part in re.split("(\n)", words):
            if part == "\n":
                ends += 1
            elif part.strip(" \t"):
                ends = 0
            if ends > 1:
                parted.append([])
            elif part:
                parted[-1].append((part, style))
    return parted


def _first(element: etree._Element) -> int:
    start = element.get("start", "1")
    return int(start) if re.fullmatch("[0-9]{1,6}", start) else 1


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:119]}…"


def _tidied(pieces: Iterable[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Pieces of one style joined, spaces once and outside of marks, none at the ends of lines."""
    letters = [(one, style) for words, style in pieces for one in words]
    kept: list[tuple[str, Style]] = []
    for one, style in letters:
        blank = one in " \t"
        if blank and (not kept or kept[-1][0] in " \n"):
            continue
        if one == "\n" and kept and kept[-1][0] == " ":
            kept.pop()
        kept.append((" " if blank else one, style))
    while kept and kept[-1][0].isspace():
        kept.pop()
    while kept and kept[0][0].isspace():
        kept.pop(0)
    joined: list[tuple[str, Style]] = []
    for one, style in kept:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + one, style)
        else:
            joined.append((one, style))
    return _bare_edges(joined)


def _bare_edges(pieces: list[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Spaces at the edge of a style belong to what both sides share."""
    moved: list[tuple[str, Style]] = []
    for at, (words, style) in enumerate(pieces):
        before = pieces[at - 1][1] if at else Style()
        after = pieces[at + 1][1] if at + 1 < len(pieces) else Style()
        core = words.strip()
        if not core:
            moved.append((words, _shared(_shared(before, style), after)))
            continue
        start, end = words[: words.index(core)], words[words.index(core) + len(core) :]
        moved += [(start, _shared(before, style))] if start else []
        moved.append((core, style))
        moved += [(end, _shared(style, after))] if end else []
    joined: list[tuple[str, Style]] = []
    for words, style in moved:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + words, style)
        else:
            joined.append((words, style))
    return joined


def _shared(one: Style, other: Style) -> Style:
    return Style(
        one.strong and other.strong,
        one.emphasis and other.emphasis,
        one.address if one.address == other.address else "",
    )


def _written(pieces: list[tuple[str, Style]], left_out: list[str]) -> str:
    """One paragraph with its marks: links around strong around emphasis."""
    strong, emphasis, opens, closes, bracket, bracket_closes = MARKS
    said, now, addresses = "", Style(), []
    for words, style in [*_without_torn_emphasis(pieces, left_out), ("", Style())]:
        elsewhere = style.address != now.address
        if now.emphasis and style != now:
            said += emphasis
        if now.strong and (elsewhere or not style.strong):
            said += strong
        if now.address and elsewhere:
            said += closes
            addresses.append(now.address)
        if style.address and elsewhere:
            said += opens
        if style.strong and (elsewhere or not now.strong):
            said += strong
        if style.emphasis and style != now:
            said += emphasis
        said += words.replace("[", bracket).replace("]", bracket_closes) if style.address else words
        now = style
    return escape_marks(said, addresses)


def _without_torn_emphasis(pieces: list[tuple[str, Style]], left_out: list[str]) -> list[tuple[str, Style]]:
    """Underscores mark no part of a word: such emphasis is left out."""
    kept = []
    for at, (words, style) in enumerate(pieces):
        if style.emphasis:
            before, after = pieces[at - 1] if at else None, pieces[at + 1] if at + 1 < len(pieces) else None
            torn = (before and replace(before[1], emphasis=True) == style and before[0][-1].isalnum()) or (
                after and replace(after[1], emphasis=True) == style and after[0][0].isalnum()
            )
            if torn:
                left_out.append("emphasis within a word")
                style = replace(style, emphasis=False)
        kept.append((words, style))
    return kept
