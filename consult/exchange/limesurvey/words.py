"""LimeSurvey's texts as our words: HTML becomes small markup, and answers that are piped in stay where they can."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from consult.domain import markup
from consult.exchange.conditions import Broken, Unsupported
from consult.exchange.limesurvey.comparisons import text_of
from consult.exchange.limesurvey.expressions import PLAIN, Constant, Variable, parse
from consult.exchange.limesurvey.pages import Layout
from consult.exchange.limesurvey.reading import Place
from consult.exchange.limesurvey.source import Source, Texts
from consult.exchange.losses import CHANGED, NOTE, Losses

GAP = "…"
#: Programs and styles, in which braces mean something else.
PARAGRAPHS = "These are several paragraphs: one is the question, the others stand under it."
#: A question with its remarks may be so long and still stand on one line.
LONGEST_LINE = 200
UNREAD = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.S | re.I)
IMAGE = re.compile(r"<img\b[^>]*>", re.I)
SOURCE_OF = re.compile(r"""\b(alt|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(((?:https?://|mailto:|tel:)[^\s]*?)\)(?![^\s(]*\))", re.I)
#: What Windows writes where Unicode has control characters.
C1 = re.compile("[\x80-\x9f]")
#: What no text may hold: control characters, half characters, private ones.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
LONGEST = 40_000
#: Reasons for gaps in one text that are told one by one.
MOST_REASONS = 4
#: What every survey can say of itself.
OF_SURVEY = {"SURVEYNAME": "surveyls_title", "SURVEYDESCRIPTION": "surveyls_description"}
OF_SETTINGS = {"ADMINNAME": "admin", "ADMINEMAIL": "adminemail"}


@dataclass
class Words:
    """Turns texts into words and reports what words cannot hold."""

    source: Source
    losses: Losses
    layout: Layout
    spoken: dict[str, str]
    _strange: set[str] = field(default_factory=set)
    #: how the words begin that stand in the text being read for what LimeSurvey puts there
    _mark: str = "zq"
    #: expressions of the text that is being read that nothing can stand for, by reason
    _gaps: dict[str, list[str]] = field(default_factory=dict)
    #: expressions that show codes in LimeSurvey
    _codes: list[str] = field(default_factory=list)

    def block(self, texts: Texts, place: Place) -> dict[str, str]:
        """Words of any length, by language."""
        return self._all(texts, place)

    def label(self, texts: Texts, place: Place) -> dict[str, str]:
        """Words on one line without links, by language: answers, rows, titles."""
        made = self._all(texts, place)
        found = {language: without_links(one_line(text)) for language, text in made.items()}
        return {language: text for language, text in found.items() if text}

    def line(self, texts: Texts, place: Place) -> tuple[dict[str, str], dict[str, str]]:
        """Words that ask, on one line, and what of them is too long to stand there, in paragraphs."""
        made = self._all(texts, place)
        own = made.get(self.spoken.get(self.source.language, "")) or next(iter(made.values()), "")
        asking = _asking(own)
        chunks = {language: re.split(r"\n{2,}", text) for language, text in made.items()}
        if asking is None or any(len(parts) < 2 for parts in chunks.values()):
            return {language: one_line(text) for language, text in made.items()}, {}
        self._lose(NOTE, place, PARAGRAPHS, said=markup.plain(own), together="paragraphs")
        asked: dict[str, str] = {}
        around: dict[str, str] = {}
        for language, parts in chunks.items():
            at = asking if len(parts) == len(re.split(r"\n{2,}", own)) else (_asking(made[language]) or 0)
            asked[language] = one_line(parts[at])
            around[language] = "\n\n".join(parts[:at] + parts[at + 1 :])
        return asked, around

    def _all(self, texts: Texts, place: Place) -> dict[str, str]:
        found: dict[str, str] = {}
        for language, text in texts.items():
            if language not in self.spoken:
                if language not in self._strange and text.strip():
                    self._strange.add(language)
                    done = "The survey does not say that it is asked in this language; words in it are left out."
                    self._lose(NOTE, place, done, said=f"{language or '(none)'}: {text}")
                continue
            made = self._marked(text, language, place)
            if made:
                found[self.spoken[language]] = made
        return found

    def _marked(self, text: str, language: str, place: Place) -> str:
        if not text.strip():
            return ""
        clean = C1.sub(_as_windows, text)[:LONGEST]
        if len(text) > LONGEST:
            self._lose(
                CHANGED, place, f"These words are longer than {LONGEST:,} characters; the rest is left out.", said=text
            )
        stand_ins: dict[str, str] = {}
        self._mark = "zq"
        while self._mark in clean:
            self._mark += "q"
        held = _held(clean, lambda said: self._stand_in(said, language, place, stand_ins))
        self._tell_gaps(place)
        marked, left_out = _as_markup(FORBIDDEN.sub("", held))
        for what in dict.fromkeys(left_out):
            severity = NOTE if what in UNIMPORTANT else CHANGED
            self._lose(severity, place, f"Left out of the words: {what}.", said=text, together=f"left out: {what}")
        for stand_in, shown in stand_ins.items():
            marked = marked.replace(stand_in, shown)
        marked = marked.strip()
        if any(one.isalnum() for one in marked) or not stand_ins:
            return marked if any(not one.isspace() for one in marked) else ""
        return ""

    def _stand_in(self, said: str, language: str, place: Place, stand_ins: dict[str, str]) -> str:
        """A word that stands in an HTML text for what LimeSurvey puts there."""
        shown = self._piped(html.unescape(re.sub(r"<[^<>]+>", "", said)).strip(), language, place)
        stand_in = f"{self._mark}{len(stand_ins)}qz"
        stand_ins[stand_in] = shown
        return stand_in

    def _piped(self, said: str, language: str, place: Place) -> str:
        try:
            if re.fullmatch(r"[\d\s,.]+", said):
                return f"{{{said}}}"
            node: Any = parse(said)
            if isinstance(node, Constant):
                return markup.literal(text_of(node))
            if not isinstance(node, Variable):
                raise Unsupported("a value that is worked out")
            own = self._of_survey(node.name, language)
            if own is not None:
                return own
            return self._answer(node, place, said)
        except Unsupported as reason:
            why = str(reason)
        except Broken as reason:
            why = f"something that cannot be read ({reason})"
        self._gaps.setdefault(why, []).append(f"{{{said}}}")
        return GAP

    def _tell_gaps(self, place: Place) -> None:
        """Report what stands for nothing now: reason by reason, or together where there are many."""
        gaps, self._gaps = self._gaps, {}
        if len(gaps) > MOST_REASONS:
            count = sum(map(len, gaps.values()))
            done = f"“{GAP}” stands here {count} times in place of what LimeSurvey puts in, such as {next(iter(gaps))}."
            gaps = {done: [said for several in gaps.values() for said in several]}
        if self._codes:
            done = "LimeSurvey shows the code of an answer here; its words stand there now."
            told, self._codes = ", ".join(dict.fromkeys(self._codes)), []
            self._lose(NOTE, place, done, said=told, together=f"codes {place.thing} {place.column}")
        for why, said in gaps.items():
            done = why if why.startswith("“…” stands") else f"“{GAP}” stands here in place of {why}."
            told = ", ".join(dict.fromkeys(said))
            self._lose(CHANGED, place, done, said=told, together=f"{place.thing} {place.column}")

    def _of_survey(self, name: str, language: str) -> str | None:
        if name in OF_SURVEY:
            texts = self.source.texts.get(OF_SURVEY[name], {})
            text = texts.get(language) or texts.get(self.source.language, "")
            return one_line(markup.from_html(FORBIDDEN.sub("", text))[0]) if "{" not in text else None
        if name in OF_SETTINGS:
            said = self.source.settings.get(OF_SETTINGS[name], ("", 0))[0]
            return markup.literal(said) if said else None
        return None

    def _answer(self, node: Variable, place: Place, said: str) -> str:
        if node.name in ("self", "this", "that"):
            raise Unsupported(f"“{node.name}”")
        if node.name.startswith(("TOKEN:", "TOKENS:")) or node.name in TOKENS:
            raise Unsupported("what a participant list knows about a person, which nobody has here")
        others = [one for one in node.properties if one not in PLAIN and one != "shown"]
        if others:
            raise Unsupported(f"“.{others[0]}” of “{node.name}”")
        known = self.layout.place(node.name)
        if not known.closed or known.kind in UNSAID:
            raise Unsupported(f"“{node.name}”, {UNSAID.get(known.kind, 'an answer that people write')}")
        if known.kind == "one" and "shown" not in node.properties and not said.startswith("INSERTANS"):
            self._codes.append(f"{{{said}}}")
        name = known.key if known.row is None else f"{known.key}.{known.row}"
        return f"[[{name}|{GAP}]]"

    def _lose(self, severity: str, place: Place, done: str, *, said: str = "", together: str = "") -> None:
        column = self.source.headings.get(place.column, place.column)
        self.losses.add(
            severity, sheet=place.thing, row=place.line, column=column, said=said, done=done, together=together
        )


#: What is left out of nearly every text and changes nothing about what it says.
UNIMPORTANT = frozenset({"a style", "a class", "colours", "a font"})
#: Answers that no later words can say.
UNSAID = {
    "text": "an answer that people write", "option": "a box that may be ticked",
    "other": "what people write behind “other”", "rank": "a place in an order",
}  # fmt: skip
#: Names of what LimeSurvey knows of people it wrote to.
TOKENS = frozenset({"FIRSTNAME", "LASTNAME", "EMAIL", "TOKEN", "USESLEFT", "VALIDFROM", "VALIDUNTIL"}) | {
    f"ATTRIBUTE_{number}" for number in range(1, 20)
}


def _as_markup(text: str) -> tuple[str, list[str]]:
    """HTML as markup; a line without anything of HTML's needs no reading."""
    if any(one in text for one in "<&\n\r\u2028\u2029"):
        return markup.from_html(text)
    return markup.literal(" ".join(re.split(r"[ \t\f]+", text)).strip()), []


def _held(text: str, stand_in: Any) -> str:
    """A text with everything in braces replaced, outside of programs and styles; “{ so }” is no expression."""
    made, at = [], 0
    for skipped in UNREAD.finditer(text):
        made += [*_braces(text[at : skipped.start()], stand_in), skipped[0]]
        at = skipped.end()
    return "".join([*made, *_braces(text[at:], stand_in)])


def _braces(text: str, stand_in: Any) -> Iterator[str]:
    at = 0
    while at < len(text):
        begins = text.find("{", at)
        if begins < 0 or begins + 1 >= len(text):
            break
        ends = _ending(text, begins) if not text[begins + 1].isspace() else -1
        if ends < 0 or text[ends - 1].isspace() or ends == begins + 1:
            yield text[at : begins + 1]
            at = begins + 1
            continue
        yield text[at:begins]
        yield stand_in(text[begins + 1 : ends])
        at = ends + 1
    yield text[at:]


def _ending(text: str, begins: int) -> int:
    """Where the brace that opens here is closed; -1 where it is not."""
    depth = 0
    for at in range(begins, min(len(text), begins + 10_000)):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if not depth:
                return at
    return -1


def _as_windows(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return ""


def one_line(text: str) -> str:
    """Marked up words with their paragraphs and lists on one line."""
    said = []
    for block in markup.blocks(text):
        items = [" ".join(item.text.split()) for item in block.items]
        if block.kind == "numbers":
            items = [f"{item.number}. {line}" for item, line in zip(block.items, items, strict=True)]
        said.append("; ".join(items) if block.kind != "paragraph" else items[0])
    return " ".join(said)


def _asking(text: str) -> int | None:
    """Which paragraph asks, where there are several that do not make one line."""
    parts = re.split(r"\n{2,}", text)
    plain = all(len(markup.blocks(part)) == 1 and markup.blocks(part)[0].kind == "paragraph" for part in parts)
    if len(parts) < 2 or (plain and len(text) <= LONGEST_LINE):
        return None
    asks = [at for at, part in enumerate(parts) if markup.plain(part).rstrip(" :*").endswith(("?", "؟", "？"))]
    return next((at for at in asks if markup.blocks(parts[at])[0].kind == "paragraph"), 0)


def without_links(text: str) -> str:
    """Words with addresses in brackets instead of links."""

    def shown(found: re.Match[str]) -> str:
        words, address = found[1], re.sub(r"^(?:mailto|tel):", "", found[2])
        return words if words == address else f"{words} ({markup.literal(address)})"

    return LINK.sub(shown, text)


def picture_name(text: str) -> str:
    """What a text that is nothing but a picture can be called: its description, or the name of its file."""
    image = IMAGE.search(text)
    if not image:
        return ""
    said = {name.lower(): a or b or c for name, a, b, c in SOURCE_OF.findall(image[0])}
    name = html.unescape(said.get("alt", "")).strip()
    file = PurePosixPath(html.unescape(said.get("src", "")).split("?")[0][:200]).stem.replace("_", " ")
    return markup.literal(FORBIDDEN.sub("", " ".join((name or file).split())))
