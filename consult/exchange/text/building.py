"""What was understood of a text, as a definition with its losses; people may choose another kind for each question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult import questions
from consult.domain.markup import literal
from consult.exchange.assembly import Asked, Assembly, Part
from consult.exchange.conditions import both
from consult.exchange.losses import CHANGED, LOST, NOTE, Imported, Losses, Refused
from consult.exchange.structure import FORBIDDEN
from consult.exchange.text.goto import Route, only_if, same_answer
from consult.exchange.text.understanding import (
    ASKS_DATE,
    ASKS_NUMBER,
    ASKS_YES_NO,
    NONE,
    OPEN_ENDED,
    ORDER,
    SHORT_ANSWER,
    UNKNOWN,
    Understood,
    understand,
)

#: What somebody may make of a question, by what it has; the first is the usual one.
WITH_OPTIONS = ("single_choice", "multiple_choice", "ranking", "yes_no")
WITH_COLUMNS = ("matrix", "matrix_several")
WITH_ROWS = ("matrix_text", "matrix_numbers")
OPEN = ("short_text", "long_text", "number", "date", "yes_no", "rating", "email", "telephone", "postcode_district")
LEAVE = "leave"
PERSONAL = {"email": re.compile(r"\be-?mail\b", re.I), "telephone": re.compile(r"\b(?:tele)?phone\b|\bmobile\b", re.I)}
POSTCODE = re.compile(r"\bpostcode\b", re.I)
MOST_QUESTIONS = 600


@dataclass(frozen=True)
class Shown:
    """One part of a text as the page shows it: its lines, what it became, and what else it could become."""

    number: int
    lines: tuple[str, ...]
    what: str
    text: str
    kind: str
    kinds: tuple[str, ...]
    hint: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A text as it was understood."""

    imported: Imported
    parts: tuple[Shown, ...]


def read_text(text: str, filename: str, *, language: str = "en", kinds: Mapping[int, str] | None = None) -> Reading:
    """The questionnaire in a text; `kinds` are people's choices by the line a question begins on; raises Refused."""
    text = FORBIDDEN.sub("", text.replace("\r\n", "\n"))
    found = understand(text)
    if sum(one.what == "question" for one in found) > MOST_QUESTIONS:
        raise Refused(f"“{filename}” has more than {MOST_QUESTIONS} questions.")
    losses = Losses()
    builder = _Builder(filename, language, losses, kinds or {})
    builder.build(found)
    title = next((one.text for one in found if one.what == "title"), "")
    imported = builder.assembly.finish({language: literal(title)} if title else {}, (language,))
    lines = text.split("\n")
    shown = tuple(builder.shown(one, lines) for one in found)
    return Reading(imported, shown)


class _Builder:
    def __init__(self, filename: str, language: str, losses: Losses, chosen: Mapping[int, str]) -> None:
        self.assembly = Assembly(filename, language, losses)
        self.language = language
        self.losses = losses
        self.chosen = chosen
        self.before: Understood | None = None
        self.made: dict[int, dict[str, Any]] = {}
        self.keys: dict[int, str] = {}
        #: what must not have been answered for a question to be asked, by its number
        self.passed: dict[int, list[dict[str, Any]]] = {}
        self.notes: dict[int, list[str]] = {}

    def lose(self, severity: str, line: int, said: str, done: str, part: Understood) -> None:
        """Tell, on the page and in the report."""
        self.losses.add(severity, sheet="text", row=line, said=said, done=done)
        self.notes.setdefault(part.first, []).append(done)

    def build(self, found: list[Understood]) -> None:
        """Lay everything out, in order."""
        for at, one in enumerate(found):
            if one.what == "heading":
                part = Part(title={self.language: literal(one.text)})
                (self.assembly.turn if one.level <= 2 else self.assembly.open)(part)
            elif one.what == "words":
                self._words(one)
            elif one.what == "question":
                self._question(one, found[at + 1 :])

    def _words(self, one: Understood) -> None:
        if self.chosen.get(one.first) == LEAVE:
            self.lose(NOTE, one.first, one.text, "Somebody chose to leave these words out.", one)
            return
        text = {self.language: literal(one.text)}
        self.assembly.add({"key": self.assembly.keys.key("words"), "kind": "statement", "text": text})

    def _question(self, one: Understood, following: list[Understood]) -> None:
        usual, possible = kind_of(one)
        kind = self.chosen.get(one.first, usual)
        for line, words in one.left:
            done = "Said by the page itself, so it is not part of the words."
            self.lose(NOTE, line, words, done, one)
        for line, words in one.unkept:
            self.lose(CHANGED, line, words, "This way on is not kept: everybody is asked what follows.", one)
        if kind == LEAVE or kind not in (*possible, "statement"):
            self.lose(LOST, one.first, one.text, "Somebody chose to leave this question out.", one)
            self.before = None
            return
        made = self._made(one, kind)
        made["show"] = both(self._only_if(one, made), *self.passed.get(one.number, ()))
        names = {f"line {one.first}": Asked(made["key"], kind)}
        self.assembly.add(made, names)
        self.made[one.first] = made
        self._routes(one, made, following)
        self.before = one

    def _made(self, one: Understood, kind: str) -> dict[str, Any]:
        say = lambda text: {self.language: literal(" ".join(text.split()))}  # noqa: E731
        words = "_".join(re.findall(r"[a-z]+", one.text.lower())[:4])
        wanted = f"q{one.number}" if one.number else words or "question"
        key, asked = self.assembly.keys.key(wanted), say(one.text or "Question")
        made: dict[str, Any] = {"key": key, "kind": kind, "text": asked}
        made["required"] = one.required
        if one.hint:
            made["hint"] = {self.language: literal("\n\n".join(one.hint))}
        settings: dict[str, Any] = {}
        if kind in WITH_OPTIONS and one.options and kind != "yes_no":
            made["options"] = self._options(one, kind)
            if kind == "multiple_choice" and one.most and one.most < len(one.options):
                settings["most"] = one.most
        if kind in WITH_COLUMNS:
            made["options"] = [{"key": f"c{at}", "label": say(label)} for at, label in enumerate(one.columns, 1)]
            made["rows"] = [{"key": f"r{at}", "label": say(label)} for at, label in enumerate(one.rows, 1)]
        if kind in WITH_ROWS:
            made["rows"] = [{"key": f"r{at}", "label": say(label)} for at, label in enumerate(one.rows, 1)]
        if kind == "rating" and one.points:
            first, last = one.points
            settings["points"] = last if first == 1 else last + 1
            if first == 0:
                settings["first"] = 0
            settings |= {name: say(end) for name, end in zip(("low", "high"), one.ends, strict=True) if end}
        if kind == "long_text":
            settings["longest"] = 4000
        if kind == "short_text" and any(pattern.search(one.text) for pattern in (*PERSONAL.values(), POSTCODE)):
            made["personal"] = True
        if settings:
            made["settings"] = settings
        return made

    def _options(self, one: Understood, kind: str) -> list[dict[str, Any]]:
        made = []
        for at, option in enumerate(one.options, 1):
            listed: dict[str, Any] = {"key": f"o{at}", "label": {self.language: literal(option.label)}}
            if option.other and kind != "ranking":
                listed["other"] = True
            if kind == "multiple_choice" and (NONE.match(option.label) or UNKNOWN.match(option.label)):
                listed["exclusive"] = True
            made.append(listed)
        return made

    def _only_if(self, one: Understood, made: dict[str, Any]) -> dict[str, Any] | None:
        """“If yes, why is that?” is asked of those who said so, where the question before has such an answer."""
        found = only_if(one.text)
        if found is None or self.before is None or self.before.first not in self.made:
            return None
        answer, rest = found
        condition = self._answered(self.before, answer)
        if condition is None:
            done = f"Everybody is asked this: no answer to the question before is “{answer}”."
            self.lose(CHANGED, one.first, one.text, done, one)
            return None
        made["text"] = {self.language: literal(rest)}
        done = f"Asked only of people who answered “{answer}” before."
        self.lose(NOTE, one.first, one.text, done, one)
        return condition

    def _answered(self, before: Understood, answer: str, *, not_so: bool = False) -> dict[str, Any] | None:
        """That a question was answered so, or was not."""
        made = self.made[before.first]
        operator = "none_of" if not_so else "any_of"
        if made["kind"] == "yes_no" and answer.lower() in ("yes", "no"):
            return {"when": made["key"], "is": operator, "of": [answer.lower()]}
        for listed, option in zip(made.get("options", ()), before.options, strict=False):
            if same_answer(answer, option.label):
                return {"when": made["key"], "is": operator, "of": [listed["key"]]}
        return None

    def _routes(self, one: Understood, made: dict[str, Any], following: list[Understood]) -> None:
        for option in one.options:
            if option.route is not None:
                self._route(one, option.route, option.label, option.line, following)
        if one.route is not None:
            self._route(one, one.route, one.route.answer, one.first, following)

    def _route(self, one: Understood, route: Route, answer: str, line: int, following: list[Understood]) -> None:
        """Questions that an answer passes over are not asked of those who gave it."""
        between = [other for other in following if other.what == "question"]
        target = next((at for at, other in enumerate(between) if route.number and other.number == route.number), None)
        condition = self._answered(one, answer, not_so=True) if answer else None
        if target is None or condition is None:
            done = "This way on cannot be followed by itself: look at who should be asked what comes after it."
            self.lose(CHANGED, line, route.said, done, one)
            return
        passed = [other for other in between[:target] if other.number]
        for other in passed:
            self.passed.setdefault(other.number, []).append(condition)
        unnumbered = len(between[:target]) - len(passed)
        count = "1 question is" if len(passed) == 1 else f"{len(passed)} questions are"
        done = f"{count} passed over by people who answer “{answer}”, up to question {route.number}."
        if target == 0:
            done = "That question is the next one, so nobody passes anything over."
        self.lose(CHANGED if unnumbered else NOTE, line, route.said, done, one)

    def shown(self, one: Understood, lines: list[str]) -> Shown:
        """A part as the page shows it."""
        raw = tuple(line for line in lines[one.first - 1 : one.last] if line.strip())
        usual, possible = kind_of(one) if one.what == "question" else ("", ())
        return Shown(
            one.first,
            raw,
            one.what,
            one.text,
            self.chosen.get(one.first, usual or ("statement" if one.what == "words" else "")),
            possible,
            "\n".join(one.hint),
            tuple(option.label + (" …" if option.other else "") for option in one.options) or tuple(one.columns),
            tuple(one.rows),
            tuple(self.notes.get(one.first, ())),
        )


def kind_of(one: Understood) -> tuple[str, tuple[str, ...]]:
    """The usual kind of a question, and every kind that it could have."""
    known = questions.kinds()
    possible: tuple[str, ...]
    if one.columns and one.rows:
        usual, possible = "matrix_several" if one.several else "matrix", WITH_COLUMNS
    elif one.rows:
        usual, possible = "matrix_text", WITH_ROWS
    elif one.options:
        usual, possible = _chosen(one), WITH_OPTIONS
        if usual != "yes_no":
            possible = tuple(kind for kind in possible if kind != "yes_no")
    else:
        usual, possible = _open(one), OPEN
        if one.points is None:
            possible = tuple(kind for kind in possible if kind != "rating")
    there = tuple(kind for kind in possible if kind in known)
    if usual not in there:
        usual = there[0] if there else "long_text"
    return usual, there or ("long_text",)


def _chosen(one: Understood) -> str:
    labels = [option.label.casefold().strip(" .") for option in one.options]
    if labels == ["yes", "no"] and not one.several and not any(option.other for option in one.options):
        return "yes_no"
    if ORDER.search(one.text):
        return "ranking"
    return "multiple_choice" if one.several else "single_choice"


def _open(one: Understood) -> str:
    if one.points:
        return "rating"
    for kind, pattern in PERSONAL.items():
        if pattern.search(one.text) and len(one.text) < 60:
            return kind
    if one.dated or ASKS_DATE.search(one.text):
        return "date"
    if ASKS_NUMBER.match(one.text):
        return "number"
    if one.blanks == 1 and (SHORT_ANSWER.search(one.text) or len(one.text) < 40):
        return "short_text"
    if OPEN_ENDED.search(one.text):
        return "long_text"
    if not one.blanks and ASKS_YES_NO.match(one.text) and " or " not in one.text:
        return "yes_no"
    return "short_text" if SHORT_ANSWER.search(one.text) and not one.blanks > 1 else "long_text"
