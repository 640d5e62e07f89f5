"""Lines into headings, words and questions; every line belongs to one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.exchange.text.goto import Route, way_on, without_route
from consult.exchange.text.lines import (
    FILL,
    LONGEST_HEADING,
    LONGEST_OPTION,
    SPECIFY,
    Directions,
    Line,
    directions,
    lines_of,
)

#: Lines that show how a question is answered.
SHAPES = frozenset({"option", "options", "scale", "blank", "date", "row"})
ASKS_YES_NO = re.compile(
    r"^(?:do|does|did|have|has|had|are|is|was|were|would|will|can|could|should) "
    r"(?:you|your|we|it|the|this|there)\b",
    re.I,
)
ASKS_NUMBER = re.compile(r"^(?:how many|how old|what is your age|number of)\b", re.I)
ASKS_DATE = re.compile(r"\b(?:date of birth|what date|on what date|date of)\b", re.I)
OPEN_ENDED = re.compile(
    r"\b(?:comments?|anything else|suggest(?:ions?)?|tell us|explain|describe|why|views|thoughts)\b", re.I
)
SHORT_ANSWER = re.compile(
    r"\b(?:name|postcode|e-?mail|telephone|phone|job title|occupation|which (?:one|surgery|practice))\b", re.I
)
FROM_TO = re.compile(r"(?:scale of|from|rate)\s+(\d{1,2})\s*(?:to|[-–])\s*(\d{1,2})", re.I)
ENDS = re.compile(r"(\d{1,2})\s*(?:=|is|being|means)\s*([^\d,;()]+?)(?=\s*(?:,|;|and|to|[-–]|\)|\d|$))", re.I)
IMPERATIVE = re.compile(
    r"^(?:please\s+)?"
    r"(?:rate|specify|tell|list|give|describe|say|choose|select|tick|rank|put|indicate|explain|comment)\b",
    re.I,
)
ORDER = re.compile(r"\b(?:rank|in order of|order of (?:importance|preference)|put .* in order)\b", re.I)
UNKNOWN = re.compile(r"^(?:don[’']?t know|do not know|not sure|unsure|prefer not to say|not applicable|n/?a)$", re.I)
OTHERWISE = re.compile(r"[\s,;:.–—-]*\b(?:otherwise|if not|else)\b[^?]*$", re.I)
NONE = re.compile(r"^(?:none of (?:these|the above)|none|nothing)$", re.I)


@dataclass
class Option:
    """Something to choose, with what the line says besides."""

    label: str
    line: int
    other: bool = False
    route: Route | None = None


@dataclass
class Understood:
    """A heading, words to read, or a question, with the lines it came from."""

    first: int
    last: int
    #: heading, title, words, question
    what: str
    text: str
    level: int = 0
    #: the number in the document
    number: int = 0
    hint: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    several: bool = False
    most: int | None = None
    required: bool = False
    points: tuple[int, int] | None = None
    ends: tuple[str, str] = ("", "")
    blanks: int = 0
    dated: bool = False
    #: its choices are numbered
    counted: bool = False
    route: Route | None = None
    #: what was taken out of the words: (line, words)
    left: list[tuple[int, str]] = field(default_factory=list)
    #: ways on that no condition of ours says: (line, words)
    unkept: list[tuple[int, str]] = field(default_factory=list)

    @property
    def shaped(self) -> bool:
        """Whether it is known how it is answered."""
        return bool(self.options or self.rows or self.points or self.blanks or self.dated)


def understand(text: str) -> list[Understood]:
    """What a text holds, in order."""
    return _Understanding(lines_of(text)).all()


class _Understanding:
    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.found: list[Understood] = []
        self.last_number = 0

    def all(self) -> list[Understood]:
        at = 0
        while at < len(self.lines):
            at = self.take(at)
        self._fit()
        return self.found

    def take(self, at: int) -> int:
        """One line, or several that belong together; gives the place after them."""
        line = self.lines[at]
        open_question = self.found[-1] if self.found and self.found[-1].what == "question" else None
        if line.kind == "empty":
            return at + 1
        if line.kind == "heading":
            self._heading(line)
        elif line.kind == "question":
            if self._continues(line, open_question):
                assert open_question is not None
                self._option(open_question, line.text, line)
            else:
                self._question(line, line.text, line.value)
        elif line.kind == "row":
            return self._table(at, open_question)
        elif open_question is None or line.kind == "text":
            self._words(at, open_question)
        else:
            self._answer(open_question, line)
        return at + 1

    def _following(self, at: int) -> Line | None:
        """The next line that says something."""
        return next((one for one in self.lines[at + 1 :] if one.kind not in ("empty", "directive")), None)

    def _heading(self, line: Line) -> None:
        first = not self.found
        self.found.append(Understood(line.number, line.number, "title" if first else "heading", line.text, line.value))
        self.last_number = 0

    def _question(self, line: Line, text: str, number: int = 0) -> Understood:
        route, rest = way_on(text), without_route(text)
        rest, otherwise = _parted(rest, OTHERWISE) if route else (rest, "")
        rest, choices = _choices_behind(rest)
        told = directions(rest)
        made = Understood(line.number, line.number, "question", told.text, number=number, route=route)
        if FILL.search(made.text) and FILL.sub("", made.text).strip(" .:"):
            made.text, made.blanks = " ".join(FILL.sub(" ", made.text).split()).rstrip(" :"), 1
        self._direct(made, told, line.number)
        if otherwise:
            made.unkept.append((line.number, otherwise))
        made.options = [Option(label, line.number) for label in choices]
        self.found.append(made)
        self.last_number = number or self.last_number
        return made

    def _direct(self, made: Understood, told: Directions, line: int) -> None:
        made.several = made.several or bool(told.several)
        made.most = told.most or made.most
        made.required = made.required or told.required
        made.left += [(line, words) for words in told.said]

    def _continues(self, line: Line, question: Understood | None) -> bool:
        """Whether a numbered line is a choice of the question before it: its numbers start again below it."""
        if question is None or line.text.endswith("?") or len(line.text) > LONGEST_OPTION:
            return False
        if question.options:
            return question.counted and line.value == len(question.options) + 1
        question.counted = line.value == 1 and self.last_number >= 1 and not question.shaped
        return question.counted

    def _answer(self, question: Understood, line: Line) -> None:
        question.last = line.number
        if line.kind == "option":
            if line.text.endswith("?") and not line.boxed and len(line.text) > 12:
                self._question(line, line.text)
                return
            self._option(question, line.text, line)
        elif line.kind == "options":
            for part in line.parts:
                self._option(question, part, line)
        elif line.kind == "scale":
            question.points = (int(line.parts[0]), int(line.parts[-1]))
            question.ends = (line.ends[0] or question.ends[0], line.ends[1] or question.ends[1])
        elif line.kind == "directive":
            told = directions(f"x {line.text}")
            self._direct(question, told, line.number)
        elif line.kind == "specify":
            self._specify(question, line)
        elif line.kind == "date":
            question.dated = True
        elif line.kind == "blank":
            self._blank(question, line)

    def _option(self, question: Understood, text: str, line: Line) -> None:
        route, rest = way_on(text), without_route(text)
        asks = SPECIFY.search(rest)
        label = SPECIFY.sub("", rest).strip(" ,:;–—-_.") if asks else rest.strip(" _")
        if not label:
            self._specify(question, line)
            return
        question.last = max(question.last, line.number)
        other = bool(asks) or bool(re.match(r"^other\b", label, re.I))
        question.options.append(Option(label, line.number, other, route))

    def _specify(self, question: Understood, line: Line) -> None:
        """“Please specify” on a line of its own belongs to the choice before it."""
        if not question.options:
            question.blanks += 1
            return
        other = next((one for one in question.options if re.match(r"^(?:other|another)\b", one.label, re.I)), None)
        (other or question.options[-1]).other = True
        question.left.append((line.number, line.raw.strip()))

    def _blank(self, question: Understood, line: Line) -> None:
        if line.text and question.shaped and not question.options:
            self._question(line, line.text).blanks = 1
        elif line.text and not question.shaped and len(line.text) > 3 and question.number:
            question.hint.append(line.text)
            question.blanks += 1
        elif line.text and question.options:
            self._specify(question, line)
        elif not (question.options and question.options[-1].other):
            question.blanks += 1

    def _words(self, at: int, question: Understood | None) -> None:
        """A line of plain words: a question, a choice, a heading, more of the question, or words to read."""
        line, after = self.lines[at], self._following(at)
        text = line.text or line.raw.strip()
        apart = at == 0 or self.lines[at - 1].kind == "empty"
        route = way_on(text)
        if question is not None and route and not without_route(text).strip(" .:"):
            question.last = line.number
            self._route(question, route, line)
            return
        listed_next = after is not None and self._list_of_words(after.number - 1)
        shaped_next = after is not None and (after.kind in SHAPES or listed_next)
        if line.kind == "blank":
            self._question(line, text).blanks = 1
        elif text.endswith("?") or (line.kind == "text" and ASKS_YES_NO.match(text) and "?" in text):
            self._question(line, text)
        elif question is not None and not question.shaped and self._goes_on(at, text, apart=apart, shaped=shaped_next):
            self._more(question, text, line)
        elif self._list_of_words(at) and question is not None and (not question.shaped or question.options):
            self._option(question, text, line)
        elif self._titles(at, text, after, apart):
            self._heading(Line(line.number, line.raw, "heading", text.strip(" :"), 2))
        elif shaped_next and (IMPERATIVE.match(text) or text.endswith(":") or line.kind == "text"):
            self._question(line, text)
        else:
            self.found.append(Understood(line.number, line.number, "words", text))

    def _goes_on(self, at: int, text: str, *, apart: bool, shaped: bool) -> bool:
        """Whether a line of words belongs to the question above it."""
        if not apart and len(text) > LONGEST_OPTION:
            return True
        return not self._list_of_words(at) and (not apart or shaped)

    def _more(self, question: Understood, text: str, line: Line) -> None:
        told = directions(text)
        question.last = line.number
        self._direct(question, told, line.number)
        rest = told.text if not told.said or len(told.text) > 3 else ""
        if rest:
            question.hint.append(rest)

    def _titles(self, at: int, text: str, after: Line | None, apart: bool) -> bool:
        """Whether a short line apart, with a question under it, is a heading."""
        ends = text.endswith((".", ";", ",", ":"))
        if not apart or len(text) > LONGEST_HEADING or ends or after is None or IMPERATIVE.match(text):
            return False
        next_empty = at + 1 < len(self.lines) and self.lines[at + 1].kind == "empty"
        asks = after.kind == "question" or (after.kind == "text" and after.text.endswith("?"))
        return (next_empty or text.isupper()) and (asks or (after.kind == "text" and not IMPERATIVE.match(text)))

    def _list_of_words(self, at: int) -> bool:
        """Whether this line is one of several short ones under a question, with no signs before them."""
        run = [at]
        for step in (-1, 1):
            here = at + step
            while 0 <= here < len(self.lines) and self._short(self.lines[here]):
                run.append(here)
                here += step
        return self._short(self.lines[at]) and len(run) > 1

    def _short(self, line: Line) -> bool:
        text = line.text
        return line.kind == "text" and 0 < len(text) <= LONGEST_OPTION and not text.endswith(("?", ".", ":", ";"))

    def _route(self, question: Understood, route: Route, line: Line) -> None:
        """“If no, go to 7” under a question."""
        option = next((one for one in question.options if route.answers(one.label)), None)
        if option is not None:
            option.route = route
        else:
            question.route = route

    def _table(self, at: int, question: Understood | None) -> int:
        end = at
        while end < len(self.lines) and self.lines[end].kind == "row":
            end += 1
        rows = [self.lines[one].parts for one in range(at, end)]
        first, last = self.lines[at].number, self.lines[end - 1].number
        if question is None or question.shaped:
            question = Understood(first, last, "question", "")
            self.found.append(question)
        question.last = last
        head, body = rows[0], rows[1:]
        empty = all(not any(_answered(cell) for cell in row[1:]) for row in body)
        if body and len(head) > 2 and (empty or (not head[0] and all(head[1:]))):
            question.text = question.text or head[0]
            question.columns = [cell for cell in head[1:] if cell]
            question.rows = [row[0] for row in body if row[0]]
        elif all(len(row) == 2 and not _answered(row[1]) for row in rows):
            question.rows = [row[0] for row in rows if row[0]]
        else:
            for number, row in enumerate(rows):
                for cell in row:
                    if _answered(cell):
                        self._option(question, re.sub(r"[☐□☑○◯]", "", cell).strip(), self.lines[at + number])
        if not question.text:
            question.text = "; ".join(question.rows[:3]) or "Table"
        return end

    def _fit(self) -> None:
        """What only the whole of a question shows."""
        for one in self.found:
            if one.what != "question":
                continue
            span = FROM_TO.search(one.text) or next((m for m in map(FROM_TO.search, one.hint) if m), None)
            if span and not one.options and not one.rows and one.points is None and int(span[1]) <= 1 < int(span[2]):
                one.points = (int(span[1]), int(span[2]))
            if one.points:
                said = dict(ENDS.findall(" ".join([one.text, *one.hint])))
                low, high = (said.get(str(point), "").strip() for point in one.points)
                one.ends = (one.ends[0] or low, one.ends[1] or high)
            if one.columns and one.columns == [str(number) for number in range(1, len(one.columns) + 1)]:
                one.ends = ("", "")


def _parted(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """A line without what the pattern finds at its end, and that."""
    found = pattern.search(text)
    return (text[: found.start()].strip(" ,;:–—-"), found[0].strip(" ,;:–—-.")) if found else (text, "")


def _choices_behind(text: str) -> tuple[str, list[str]]:
    """“Do you drive? Yes / No”: the question, and the choices behind it."""
    question, mark, behind = text.rpartition("?")
    behind = behind.strip(" .")
    pieces = [piece.strip() for piece in re.split(r"[/|]|\s{3,}", behind) if piece.strip()]
    if len(pieces) == 1 and re.fullmatch(r"yes,?\s+(?:or\s+)?no", behind, re.I):
        pieces = re.findall(r"yes|no", behind, re.I)
    short = all(re.fullmatch(r"[^\W\d_][\w’', -]{0,39}", piece) for piece in pieces)
    if mark and question.strip() and 1 < len(pieces) <= 8 and short:
        return f"{question}?", pieces
    return text, []


def _answered(cell: str) -> bool:
    """Whether a cell says something rather than leaving room."""
    return bool(re.sub(r"[\s☐□☑○◯_.…()\[\]]|\b\d{1,2}\b", "", cell))
