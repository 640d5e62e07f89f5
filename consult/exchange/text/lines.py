"""What each line of a written questionnaire is: a heading, a question, something to tick, room to write, a way on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

#: Signs that people draw before or behind what is to be ticked.
BOXES = "☐□☑☒▢❑❏❍◻◽⬜○◯◦⚪⭘\uf06f\uf0a8\uf071\uf0a3"
TICKED = rf"(?:[{BOXES}]|\[ ?[xX_]? ?\]|\(\s{{0,3}}\)|\{{ \}})"
BULLET = re.compile(rf"^\s*(?:{TICKED}|[-–—•*▪‣●·o\uf0b7])\s+(?=\S)|^\s*(?:{TICKED})(?=\w)")
BOX = re.compile(rf"^\s*{TICKED}\s*")
LETTERED = re.compile(r"^\s*\(?([a-zA-Z]|i{1,3}|iv|vi{0,3})[.)]\s+(?=\S)")
NUMBERED = re.compile(
    r"^\s*(?:(?:Question|Q)\s*)?\(?(\d{1,3})(?:[.):]|\s?-)\)?\s*(?=[^\s\d_.])"
    r"|^\s*(?:Question|Q)\s*(\d{1,3})\s*[.):-]?\s+",
    re.I,
)
HEADING = re.compile(r"^(#{1,6})\s+(.+)$")
SECTION = re.compile(r"^(?:Section|Part)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\b(?:\s*[.:)–—-]\s*(.*))?$", re.I)
ROW = re.compile(r"^\s*\|(.*)\|\s*$")
FILL = re.compile(r"_{3,}|\.{5,}|…{2,}|‗{3,}")
DATE = re.compile(r"\b(?:dd?\s*[/.-]\s*mm?\s*[/.-]\s*yy(?:yy)?)\b|_+\s*/\s*_+\s*/\s*_+", re.I)
SCALE = re.compile(r"^(?P<low>[^\d]*?)[\s:=(]*(?P<points>(?:\d{1,2}[\s|,/\t]+){2,}\d{1,2})[\s).=]*(?P<high>[^\d]*)$")
DIRECTIVE = re.compile(
    r"[\s(\[]*(?:please\s+)?(?:(?:tick|select|choose|circle|check|mark|cross|pick)\s+"
    r"(?:all|one|only|just|up|as|any|the|a|your|two|three|\d)[^().\]?]{0,60}"
    r"|possible to pick more than one|one answer only|one only|all that apply|multiple answers?(?: allowed| possible)?)"
    r"\s*[)\].]*",
    re.I,
)
SEVERAL = re.compile(
    r"all that apply|all which apply|as many|more than one|multiple|any that|up to|two|three|\b[2-9]\b", re.I
)
UP_TO = re.compile(r"(?:up to|no more than|maximum(?: of)?|at most|only)\s+(\d{1,2}|two|three|four|five)\b", re.I)
JUST = re.compile(r"\b(?:choose|select|tick|pick)\s+(two|three|four|five|[2-9])\b", re.I)
#: Not the end of “prefer not to say”, which asks nobody for words.
SPECIFY = re.compile(
    r"(?<!\bto)(?<!\bto )[\s,;:(\[–—-]*\(?\s*(?:please\s+)?"
    r"(?:specify|state(?: which| what)?|say(?: what| which)?|describe|write in|tell us what|give details)"
    r"(?:\s+(?:what|which|here|below))?\s*[)\]:]*\s*[._…]*\s*$",
    re.I,
)
IF_OTHER = re.compile(r"^\W*(?:if\s+(?:you\s+(?:chose|ticked|selected)\s+)?[“\"']?other\b)", re.I)
OPTIONAL = re.compile(r"\s*\((?:optional|not required|leave blank[^)]*)\)\s*", re.I)
REQUIRED = re.compile(r"\s*\((?:required|mandatory|compulsory)\)\s*|\s*\*\s*$", re.I)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
LONGEST_OPTION = 90
LONGEST_HEADING = 80


@dataclass(frozen=True)
class Line:
    """A line and what it is: heading, question, option, options, scale, blank, row, specify, directive, text, empty."""

    number: int
    raw: str
    kind: str
    text: str = ""
    #: the number of a question, or the level of a heading
    value: int = 0
    #: options that stand in one line, cells of a row, or the points of a scale
    parts: tuple[str, ...] = ()
    #: the words at both ends of a scale
    ends: tuple[str, str] = ("", "")
    #: whether it begins with a box to tick
    boxed: bool = False


@dataclass(frozen=True)
class Directions:
    """What brackets in a line ask of people: one answer, or several, and how many."""

    text: str
    several: bool | None = None
    most: int | None = None
    optional: bool = False
    required: bool = False
    #: what was taken out of the line
    said: tuple[str, ...] = field(default=())


def lines_of(text: str) -> list[Line]:
    """Every line of a text, in order."""
    return [line_of(number, raw) for number, raw in enumerate(text.split("\n"), 1)]


def line_of(number: int, raw: str) -> Line:
    """One line, understood by itself."""
    line = raw.replace("\u00a0", " ").replace("\t", "    ").rstrip()
    stripped = line.strip()
    if not stripped:
        return Line(number, raw, "empty")
    row = ROW.match(line)
    if row:
        return Line(number, raw, "row", parts=tuple(cell.strip() for cell in row[1].split("|")))
    heading = HEADING.match(stripped)
    if heading:
        return Line(number, raw, "heading", heading[2].strip(), len(heading[1]))
    section = SECTION.match(stripped)
    if section and len(stripped) <= LONGEST_HEADING and not stripped.endswith("?"):
        return Line(number, raw, "heading", (section[1] or "").strip() or stripped, 2)
    if not FILL.sub("", stripped).strip(" .:()"):
        return Line(number, raw, "date" if DATE.search(stripped) else "blank")
    several = _in_one_line(line)
    if several:
        return Line(number, raw, "options", parts=several, boxed=True)
    return _marked(number, raw, line, stripped)


def _marked(number: int, raw: str, line: str, stripped: str) -> Line:
    numbered = NUMBERED.match(line)
    if numbered:
        rest = line[numbered.end() :].strip()
        if rest:
            return Line(number, raw, "question", rest, int(numbered[1] or numbered[2]))
    scale = _scale(stripped)
    if scale:
        return Line(number, raw, "scale", parts=scale[1], ends=(scale[0], scale[2]))
    bullet = BULLET.match(line)
    if bullet and line[bullet.end() :].strip():
        return Line(number, raw, "option", line[bullet.end() :].strip(), boxed=bool(BOX.match(line)))
    behind = re.search(rf"\s*{TICKED}\s*$", stripped)
    if behind and stripped[: behind.start()].strip():
        return Line(number, raw, "option", stripped[: behind.start()].strip(), boxed=True)
    lettered = LETTERED.match(line)
    if lettered:
        return Line(number, raw, "option", line[lettered.end() :].strip())
    if DATE.search(stripped) and len(stripped) < LONGEST_OPTION and "?" not in stripped:
        return Line(number, raw, "date", FILL.sub("", DATE.sub("", stripped)).strip(" :()"))
    directive = DIRECTIVE.fullmatch(stripped)
    if directive:
        return Line(number, raw, "directive", stripped)
    if SPECIFY.match(stripped) or IF_OTHER.match(stripped):
        return Line(number, raw, "specify", stripped)
    if FILL.search(stripped):
        return Line(number, raw, "blank", FILL.sub(" ", stripped).strip(" :"))
    return Line(number, raw, "text", stripped)


def _scale(stripped: str) -> tuple[str, tuple[str, ...], str] | None:
    """Numbers one after another, with words at the ends: “Very poor 1 2 3 4 5 Very good”."""
    found = SCALE.match(stripped)
    if not found or stripped.endswith("?"):
        return None
    points = tuple(re.findall(r"\d{1,2}", found["points"]))
    numbers = [int(one) for one in points]
    if numbers not in ([*range(numbers[0], numbers[0] + len(numbers))],) or numbers[0] > 1:
        return None
    low, high = found["low"].strip(" :-=(–"), found["high"].strip(" :-=)–.")
    return None if "|" in low else (low, points, high)


def _in_one_line(line: str) -> tuple[str, ...]:
    """“Yes ☐ No ☐”, “☐ Yes ☐ No”, “Yes / No”: what stands between the signs."""
    stripped = line.strip()
    boxes = list(re.finditer(TICKED, stripped))
    if len(boxes) > 1:
        first = boxes[0].start() == 0
        cuts = [one.start() if first else one.end() for one in boxes]
        edges = [0, *cuts] if not first else [*cuts, len(stripped)]
        pieces = [re.sub(TICKED, "", stripped[a:b]).strip(" ,;/") for a, b in pairwise(edges)]
        if not first and stripped[cuts[-1] :].strip():
            pieces.append(stripped[cuts[-1] :].strip())
        return tuple(piece for piece in pieces if piece)
    pieces = [piece.strip() for piece in stripped.split("/")]
    if 1 < len(pieces) <= 6 and len(stripped) <= LONGEST_OPTION and not NUMBERED.match(stripped):
        worded = all(re.fullmatch(r"[^\W\d_][\w’' ]{0,24}", piece) for piece in pieces)
        if worded and (" / " in stripped or {piece.casefold() for piece in pieces} >= {"yes", "no"}):
            return tuple(pieces)
    spread = [piece.strip() for piece in re.split(r"\s{3,}", stripped)]
    if len(spread) > 1 and {piece.lower().strip(".") for piece in spread} >= {"yes", "no"}:
        return tuple(spread)
    return ()


def directions(text: str) -> Directions:
    """Take out of a question's words what tells people how to answer on paper."""
    said: list[str] = []
    several: bool | None = None
    most = None

    def told(found: re.Match[str]) -> str:
        nonlocal several, most
        words = found[0].strip(" ()[].")
        if not words or (found.start() == 0 and found.end() == len(text)):
            return found[0]
        said.append(words)
        several = bool(SEVERAL.search(words))
        many = UP_TO.search(words) or JUST.search(words)
        if many:
            count = int(many[1]) if many[1].isdigit() else NUMBERS[many[1].lower()]
            most = count if count > 1 else None
            several = several and count != 1
        return " "

    optional, required = bool(OPTIONAL.search(text)), bool(REQUIRED.search(text))
    text = REQUIRED.sub(" ", OPTIONAL.sub(" ", text))
    left = " ".join(re.sub(rf"\(\s*{DIRECTIVE.pattern}|{DIRECTIVE.pattern}$", told, text, flags=re.I).split())
    return Directions(left.strip() or text.strip(), several, most, optional, required, tuple(said))
