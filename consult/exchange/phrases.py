"""Other people's words as ours: HTML becomes our markup, names of earlier answers become places for them.

What had to be left out of words is told with its place; the words themselves are always kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from consult.domain.markup import from_html, literal, plain
from consult.exchange.assembly import CLOSED, Asked, Words
from consult.exchange.conditions import Unsupported
from consult.exchange.losses import CHANGED, NOTE
from consult.exchange.structure import Thing

#: What makes a text HTML: a tag, a remark, or a character by its name or number.
HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|tel:)[^\s()]+)\)")
LISTED = re.compile(r"^[ \t]*(?:-|[0-9]{1,9}\.)[ \t]", re.MULTILINE)
#: Stands for an earlier answer while the words around it are read; no text needs it.
MARK = "\u2063"
MARKED = re.compile(f"{MARK}([0-9]+){MARK}")
GAP = "…"
LONGEST = 20_000
#: Paragraphs that together are no longer than this are one line.
SHORT = 160


@dataclass(frozen=True)
class Phrases:
    """Reads the words of one file: `token` finds what stands for an answer, its first group that is there names it."""

    token: re.Pattern[str]
    #: the question that a name stands for; raises Unsupported
    place: Callable[[str], Asked]
    #: texts are HTML even where nothing in them looks like it
    always_html: bool = False

    def block(self, words: Mapping[str, str], thing: Thing, name: str) -> Words:
        """Paragraphs and lists, in our markup."""
        return _kept({language: self._marked(text, thing, name) for language, text in words.items()})

    def line(self, words: Mapping[str, str], thing: Thing, name: str) -> Words:
        """One line for the label of an option or a row: a link's address stands in brackets."""
        made = self.block(words, thing, name)
        return {language: " ".join(LINK.sub(r"\1 (\2)", text).split()) for language, text in made.items()}

    def title(self, words: Mapping[str, str], thing: Thing, name: str) -> Words:
        """One plain line."""
        made = self.block(words, thing, name)
        return {language: " ".join(plain(text).split()) for language, text in made.items()}

    def question(self, words: Mapping[str, str], thing: Thing, name: str, *, language: str) -> tuple[Words, Words]:
        """What is asked, in a line, and the paragraphs around it, which stand under it as its hint."""
        made = self.block(words, thing, name)
        chunks = {one: re.split(r"\n{2,}", text) for one, text in made.items()}
        first = chunks.get(language) or next(iter(chunks.values()), [""])
        asks = _asking(first)
        if asks is None:
            return {one: " ".join(text.split()) for one, text in made.items()}, {}
        text: Words = {}
        around: Words = {}
        for one, parts in chunks.items():
            at = asks if len(parts) == len(first) else (_asking(parts) or 0)
            text[one] = " ".join(parts[at].split())
            around[one] = "\n\n".join(parts[:at] + parts[at + 1 :])
        done = "These are several paragraphs: one is the question, the others stand under it as its hint."
        thing.lose(NOTE, name, done, said=plain(made.get(language) or next(iter(made.values()))), together="paragraphs")
        return text, _kept(around)

    def _marked(self, text: str, thing: Thing, name: str) -> str:
        if len(text) > LONGEST:
            thing.lose(CHANGED, name, f"These words are cut after {LONGEST:,} characters.", said=text[-200:])
            text = text[:LONGEST]
        found: list[str] = []

        def out(match: re.Match[str]) -> str:
            found.append(self._answer(match, text, thing, name))
            return f"{MARK}{len(found) - 1}{MARK}"

        bare = self.token.sub(out, text.replace(MARK, ""))
        if self.always_html or HTML.search(bare):
            made, left = from_html(bare)
            for what in left:
                done = f"In these words {what} was left out; the words are kept."
                thing.lose(NOTE, name, done, said=text, together=what)
        else:
            made = literal(bare).strip()
        return MARKED.sub(lambda match: found[int(match[1])] if int(match[1]) < len(found) else "", made)

    def _answer(self, match: re.Match[str], text: str, thing: Thing, name: str) -> str:
        said = next((group for group in match.groups() if group), match[0])
        try:
            asked = self.place(said)
            if asked.kind not in CLOSED:
                raise Unsupported(f"“{said}”, whose answer is written freely")
        except Unsupported as reason:
            done = f"“{GAP}” stands in these words for {reason}."
            thing.lose(CHANGED, name, done, said=text, together=f"{thing.place} {name} {said}")
            return GAP
        return f"[[{asked.key}{f'.{asked.row}' if asked.row else ''}|{GAP}]]"


def _asking(parts: list[str]) -> int | None:
    """Which paragraph asks, where there are several that do not make one line."""
    if len(parts) < 2:
        return None
    if sum(len(part) for part in parts) <= SHORT and not any(LISTED.search(part) for part in parts):
        return None
    plainly = [plain(part).rstrip(" :*_") for part in parts]
    asking = (at for at, part in enumerate(plainly) if part.endswith(("?", "؟")) and not LISTED.search(parts[at]))
    return next(asking, 0)


def _kept(words: Words) -> Words:
    return {language: text for language, text in words.items() if text.strip()}
