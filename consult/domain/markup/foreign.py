"""HTML out of other systems as our markup, with a sentence for everything that is left out. No text is lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import quote

from lxml import etree
from lxml import html as lxml_html

from consult.domain.markup.html_words import (
    BLOCKS,
    ELEMENTS,
    EMPHASIS,
    GONE,
    HIDDEN,
    LOWERED,
    RAISED,
    STRIPPED,
    STRONG,
    TAG,
)
from consult.domain.markup.pieces import Style, parted, tidied, written
from consult.domain.markup.reading import ADDRESS, literal, tidy

_SPACE = re.compile(r"[ \t\n\r\f]+")
#: Elements deeper than this are nobody's layout.
DEEPEST = 120


def from_html(text: str) -> tuple[str, list[str]]:
    """Our markup for `text`, and what was left out of it, each as the object of a sentence: "a script".

    A text without any tag keeps its lines; in all others, lines are what the tags say.
    """
    text = tidy(text)
    tree, deepest = _parsed(text)
    if deepest > DEEPEST:
        return literal(" ".join(html.unescape(TAG.sub(" ", text)).split())), ["its layout, which is too deep to follow"]
    reading = _Reading()
    reading.element(tree, Style())
    return reading.markup(), list(dict.fromkeys(reading.left_out))


def _parsed(text: str) -> tuple[etree._Element, int]:
    """The tree of what is HTML in it, and its depth; every `<` that begins no element is text."""
    kept, at = [], 0
    for found in TAG.finditer(text) if "<" in text else ():
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
            self.add("“", style)
        elif tag in ("td", "th") and self.cells is not None:
            if self.cells:
                self.add(" | ", Style())
            self.cells += 1
        start = len(self.line)
        self.text(element.text, style, pre=pre)
        for child in element:
            self.element(child, style, pre=pre)
            self.text(child.tail, style, pre=pre)
        if tag == "q":
            self.add("”", style)
        elif tag in ("sup", "sub"):
            self.moved(start, RAISED if tag == "sup" else LOWERED)
        elif tag == "a" and style.address and not any(words.strip() for words, _ in self.line[start:]):
            self.add(style.address, style)

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
            self.add(f" {words} ", style)

    def marked(self) -> str:
        """How the next item of the innermost list begins; lists in lists are one list."""
        if not self.lists or self.lists[-1] is None:
            return "- "
        number, self.lists[-1] = self.lists[-1], self.lists[-1] + 1
        return f"{number}. "

    def text(self, text: str | None, style: Style, *, pre: bool) -> None:
        """Text as it stood in the source."""
        if text:
            self.add(tidy(text) if pre else _SPACE.sub(" ", tidy(text)), style)

    def add(self, words: str, style: Style) -> None:
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
            self.add(" ", Style())
            return
        pieces, self.line = self.line, []
        lines = parted(pieces) if not self.mark else [pieces]
        for line in lines:
            words = written(tidied(line), self.left_out)
            if words:
                one_line = re.sub(r"\n+", " " if self.mark == ROW else "\n", words)
                self.found.append((self.mark, one_line if self.mark else words))
                self.mark = ""


#: Stands before a line that was the row of a table.
ROW = "row"


def _first(element: etree._Element) -> int:
    start = element.get("start", "1")
    return int(start) if re.fullmatch("[0-9]{1,6}", start) else 1


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:119]}…"
