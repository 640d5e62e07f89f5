"""Phrases in a text, word by word: what is written in however many ways is one word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

#: Letters with what may stand on or between them: accents, vowel signs, joiners, apostrophes.
WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d'’])+")
END_OF_SENTENCE = re.compile(r"[.!?\n؟۔…]")
#: What NFKD does not take apart: letters that look and mean alike are one.
ALIKE = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ۍ": "ي",
        "ے": "ي",
        "ک": "ك",
        "ڪ": "ك",
        "ہ": "ه",
        "ھ": "ه",
        "ۃ": "ه",
        "ة": "ه",
        "ە": "ه",
        "ں": "ن",
        "ٱ": "ا",
        "ـ": None,
        "'": None,
        "’": None,
        "\u200c": None,
        "\u200d": None,
    }
)
ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
#: “and”, “so”, “in”, “for”, “like”, “the” are written together with the word that follows.
BEFORE = re.compile("^(?:[وف]?(?:لل|[بلك]?ال|[بلك])|[وف])(?=..)")
#: So many words may stand where a phrase has `...`.
BETWEEN = 3
GAP: frozenset[str] = frozenset()
#: A word that may have any ending has at least so many letters, by which it is found.
INDEXED = 3


@dataclass(frozen=True)
class Word:
    """One word of a text: `text[start:end]`, the ways it may be read, and whether a sentence begins with it."""

    start: int
    end: int
    forms: frozenset[str]
    begins: bool


#: One word of a phrase: the forms it may have, each alone or with any ending (`*`); an empty set stands for `...`.
Phrase = tuple[frozenset[str], ...]


def plain(word: str) -> str:
    """A word without accents, apostrophes and capitals, with each Arabic or Urdu letter in one shape."""
    if word.isascii():
        return word.lower().replace("'", "")
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).translate(ALIKE)


def words(text: str) -> list[Word]:
    """The words of a text."""
    found, last = [], 0
    for match in WORD.finditer(text):
        form = plain(match.group())
        forms = {form}
        if ARABIC_LETTER.match(form):
            forms.add(BEFORE.sub("", form))
        begins = bool(END_OF_SENTENCE.search(text, last, match.start()))
        found.append(Word(match.start(), match.end(), frozenset(forms), begins))
        last = match.end()
    return found


def compiled(lines: str, *, mutated: Callable[[str], Iterable[str]] | None = None) -> Iterator[Phrase]:
    """The phrases of a list, one a line; `mutated` gives the shapes a word takes after others."""
    for line in lines.split("\n"):
        phrase = []
        for word in line.split():
            if word == "...":
                phrase.append(GAP)
                continue
            forms: set[str] = set()
            for form in word.split("/"):
                forms.update(mutated(plain(form)) if mutated else (plain(form),))
            phrase.append(frozenset(forms))
        if phrase:
            yield tuple(phrase)


class Phrases:
    """Phrases to look for, found by their first words."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[tuple[Phrase, str]]] = {}
        #: by the first letters of words that may have any ending
        self._by_beginning: dict[str, list[tuple[str, Phrase, str]]] = {}

    def add(self, phrase: Phrase, kind: str) -> None:
        """Look for it too; what is found is told with its `kind`."""
        for form in phrase[0]:
            if form.endswith("*"):
                assert len(form) > INDEXED, form
                self._by_beginning.setdefault(form[:INDEXED], []).append((form[:-1], phrase, kind))
            else:
                self._by_word.setdefault(form, []).append((phrase, kind))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Where they stand: start, end and kind of each."""
        found = []
        all_words = words(text)
        for at, word in enumerate(all_words):
            for phrase, kind in self._beginning_with(word):
                last = _end(phrase, 1, all_words, at + 1)
                if last is not None:
                    found.append((word.start, all_words[last].end, kind))
        return found

    def _beginning_with(self, word: Word) -> Iterator[tuple[Phrase, str]]:
        for form in word.forms:
            yield from self._by_word.get(form, ())
            for beginning, phrase, kind in self._by_beginning.get(form[:INDEXED], ()):
                if form.startswith(beginning):
                    yield phrase, kind


def _end(phrase: Phrase, part: int, all_words: list[Word], at: int) -> int | None:
    """The place of the last word when the rest of a phrase stands from `at`."""
    if part == len(phrase):
        return at - 1
    if phrase[part] == GAP:
        for skipped in range(BETWEEN + 1):
            end = _end(phrase, part + 1, all_words, at + skipped)
            if end is not None:
                return end
            if at + skipped < len(all_words) and all_words[at + skipped].begins:
                return None
        return None
    if at >= len(all_words) or all_words[at].begins or not _fits(phrase[part], all_words[at].forms):
        return None
    return _end(phrase, part + 1, all_words, at + 1)


def _fits(wanted: frozenset[str], forms: frozenset[str]) -> bool:
    return any(form == one or (one.endswith("*") and form.startswith(one[:-1])) for one in wanted for form in forms)
