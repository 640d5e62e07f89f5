"""One row for each response, for staff: the one place that every file of responses takes its rows from.

They are confidential personal-level data, never called anonymous (DESIGN 5). Labels and answers flagged "about you" are
blanked where too few rows share the combination, whatever the format; nothing here knows any format.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain, islice
from typing import Any

from consult.consultations.models import Consultation
from consult.domain.answers import unpack
from consult.domain.journey import walk
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.wording import Wording
from consult.questions import kind
from consult.questions.variables import Holds, Variable, variables
from consult.results import copying, queries

#: Stands in a cell whose question that person was never asked.
NOT_ASKED = "\ufdd1"
#: Cells that are remembered by how they are kept, so that the same answer is looked at once.
MOST_KNOWN = 50_000
#: Between two questions as answers are kept (`consult.domain.answers.pack` without spaces).
BETWEEN = ']],"'

Cell = str | int | float | None
#: The cells of one question, or of the labels.
Cells = tuple[Cell, ...]
#: How a file says the cells of one group, by its place: an answer that comes again is said once.
Said = Callable[[int, Cells], Any]
#: Where cells stand, how they are said, and what they add to a combination.
Piece = tuple[int, Any, int]

LABELS = (
    Variable("revision", Wording("Version of the questionnaire"), Holds.NUMBER, whole=True, least=1),
    Variable("language", Wording("Language of answering"), Holds.TEXT),
    Variable("channel", Wording("Way of answering"), Holds.TEXT),
    Variable("segment", Wording("Part of the invitation list"), Holds.TEXT),
)


def as_they_are(_at: int, cells: Cells) -> Cells:
    """Cells that nobody says in another way."""
    return cells


class Responses:
    """Every settled response of a consultation in the order of random keys, with what few share blanked.

    `groups` are the columns: those of the labels, then those of each question; `rows` gives the cells of each group.
    """

    def __init__(self, consultation: Consultation, *, least: int) -> None:
        self.consultation = consultation
        self.asked = [one for one in queries.questions_asked(consultation) if not kind(one.kind).free]
        self.groups: tuple[tuple[Variable, ...], ...] = (LABELS, *(variables(one) for one in self.asked))
        self._place = {question.key: at for at, question in enumerate(self.asked, 1)}
        self._about = [at for at, question in enumerate(self.asked, 1) if question.about_you]
        self._nothing: list[Cells] = [tuple(None for _ in group) for group in self.groups]
        self._numbers = {one.id: one.number for one in consultation.revisions}
        self._key = secrets.token_bytes(32)
        self._shown = self._shared(least)

    @property
    def columns(self) -> tuple[Variable, ...]:
        """Every column in order."""
        return tuple(chain.from_iterable(self.groups))

    def rows(self, said: Said = as_they_are) -> Iterator[list[Any]]:
        """The cells of every response, group by group; None where there is no answer, or none that may be told."""
        shown, blank = self._shown, self._empty(said)
        for row, combination, _kept in self._scanned(said):
            if combination not in shown:
                self._blank(row, blank)
            yield row

    def rows_with_routes(self, said: Said = as_they_are) -> Iterator[list[Any]]:
        """The same with NOT_ASKED where somebody's way through did not lead past a question, a row or an option.

        Blanked rows have no such marks: which way somebody was led tells what they said.
        """
        asked = {one.id: one.questionnaire() for one in self.consultation.revisions}
        depends = any(page.conditional for one in asked.values() for page in one.pages)
        if not depends and len(asked) == 1:
            # Everybody was asked everything.
            yield from self.rows(said)
            return
        routes = {number: self._routes(one) for number, one in asked.items()}
        scanned = self._scanned(as_they_are)
        while portion := list(islice(scanned, queries.PORTION)):
            wrote = queries.wrote_something([kept[0] for _row, _combination, kept in portion]) if depends else {}
            for row, combination, (number, revision_id, *_labels, day, answers) in portion:
                if combination in self._shown:
                    on = day if isinstance(day, date) else date.fromisoformat(day)
                    routes[revision_id](row, (json.loads(answers), wrote.get(number, ())), on)
                else:
                    self._blank(row, self._nothing)
                yield [said(at, cells) for at, cells in enumerate(row)]

    # Reading

    def _scanned(self, said: Said) -> Iterator[tuple[list[Any], int, tuple[Any, ...]]]:
        """Every response, with a number for its combination of labels and of answers about somebody."""
        known: dict[str, Piece] = {}
        labels: dict[tuple[Any, ...], Piece] = {}
        empty, learn = self._empty(said), self._learn
        for kept in queries.packed_responses(self.consultation):
            _id, revision_id, language, channel, segment, _day, text = kept
            label = (revision_id, language, channel, segment)
            if label not in labels:
                labels[label] = self._label(label, said)
            _first, cells, combination = labels[label]
            row = empty[:]
            row[0] = cells
            try:
                for piece in text[2:-3].split(BETWEEN) if len(text) > 2 else ():
                    at, cells, adds = known.get(piece) or learn(piece, known, said)
                    row[at] = cells
                    combination ^= adds
            except ValueError:
                row[1:] = empty[1:]
                combination = labels[label][2]
                for at, cells, adds in self._slowly(text, said):
                    row[at] = cells
                    combination ^= adds
            yield row, combination, kept

    def _combinations(self) -> Iterator[int]:
        """The combination of every response, without its cells."""
        known: dict[str, Piece] = {}
        labels: dict[tuple[Any, ...], int] = {}
        for _id, *label, _day, text in queries.packed_responses(self.consultation):
            key = tuple(label)
            if key not in labels:
                labels[key] = self._label(key, as_they_are)[2]
            combination = labels[key]
            try:
                for piece in text[2:-3].split(BETWEEN) if len(text) > 2 else ():
                    combination ^= (known.get(piece) or self._learn(piece, known, as_they_are))[2]
            except ValueError:
                combination = labels[key]
                for _at, _cells, adds in self._slowly(text, as_they_are):
                    combination ^= adds
            yield combination

    def _learn(self, piece: str, known: dict[str, Piece], said: Said) -> Piece:
        """One answer as it is kept; raises ValueError where the text was not cut between two answers."""
        if len(known) >= MOST_KNOWN:
            known.clear()
        ((key, rows),) = json.loads('{"' + piece + "]]}").items()
        if key not in self._place:
            raise ValueError("not a question of this file")
        found = known[piece] = self._piece(key, rows, said)
        return found

    def _slowly(self, text: str, said: Said) -> Iterator[Piece]:
        """The answers of a response whose text could not be cut."""
        return (self._piece(key, rows, said) for key, rows in json.loads(text).items() if key in self._place and rows)

    def _piece(self, key: str, rows: Any, said: Said) -> Piece:
        at = self._place[key]
        question = self.asked[at - 1]
        cells = tuple(_plain(one) for one in kind(question.kind).cells(question, unpack({key: rows}).get(key, ())))
        return at, said(at, cells), self._adds(at, cells) if question.about_you else 0

    def _label(self, label: tuple[Any, ...], said: Said) -> Piece:
        revision_id, *others = label
        cells = (self._numbers.get(revision_id), *(one or None for one in others))
        return 0, said(0, cells), self._adds(0, cells)

    def _empty(self, said: Said) -> list[Any]:
        return [said(at, cells) for at, cells in enumerate(self._nothing)]

    def _adds(self, at: int, cells: Cells) -> int:
        """64 random bits for cells in their place: combinations are the same where the same bits came together."""
        if not any(cell is not None for cell in cells):
            return 0
        said = repr((at, cells)).encode()
        return int.from_bytes(hashlib.blake2b(said, key=self._key, digest_size=8).digest(), "big")

    # Blanking

    def _shared(self, least: int) -> frozenset[int]:
        """The combinations that enough rows share; where nothing is about somebody, no answer is read for it."""
        counts: Counter[int] = Counter()
        if self._about:
            counts.update(self._combinations())
        else:
            for one in queries.responses_by_label(self.consultation):
                label = (one.revision_id, one.language, one.channel, one.segment)
                counts[self._label(label, as_they_are)[2]] += one.rows
        return shared(counts, least=least)

    def _blank(self, row: list[Any], blank: list[Any]) -> None:
        row[0] = blank[0]
        for at in self._about:
            row[at] = blank[at]

    # Routes

    def _routes(self, questionnaire: Questionnaire) -> Callable[[list[Cells], copying.Said, date], None]:
        """Marks what was not asked in a row of this version."""
        by_key = questionnaire.question_by_key
        never = [at for at, question in enumerate(self.asked, 1) if question.key not in by_key]
        conditional = any(page.conditional for page in questionnaire.pages)
        absent = {at: tuple(NOT_ASKED for _ in self.groups[at]) for at in range(1, len(self.groups))}

        def mark(row: list[Cells], said: copying.Said, day: date) -> None:
            for at in never:
                row[at] = absent[at]
            if not conditional:
                return
            seen = walk(questionnaire, copying.answered_with(by_key, said), today=day).by_question
            for at, question in enumerate(self.asked, 1):
                mine = seen.get(question.key)
                if mine is not None and question.conditional:
                    row[at] = tuple(
                        NOT_ASKED if cell is None and not _visible(mine, variable) else cell
                        for cell, variable in zip(row[at], self.groups[at], strict=True)
                    )
                elif mine is None and row[at] == self._nothing[at]:
                    row[at] = absent[at]

        return mark


def shared(counts: Mapping[int, int], *, least: int) -> frozenset[int]:
    """The combinations that may be told: held by at least `least`, and leaving no fewer blank rows than that."""
    blank = sum(count for count in counts.values() if count < least)
    shown = {one for one, count in counts.items() if count >= least}
    if 0 < blank < least:
        # Fewer blank rows would themselves be somebody's: the next rarest combinations go with them.
        for one in sorted(shown, key=lambda one: (counts[one], one)):
            if blank >= least:
                break
            shown.discard(one)
            blank += counts[one]
    return frozenset(shown)


def comments(consultation: Consultation) -> Iterator[Cells]:
    """What people wrote: question, row, words; in an order of its own, leading to no response."""
    for _id, question, part, text in queries.packed_comments(consultation):
        yield question, part, text


def _visible(question: Question, variable: Variable) -> bool:
    """Whether the row and the option that a column is about were shown."""
    option = variable.option or (variable.part if not question.rows else "")
    row = variable.part if question.rows else ""
    return (not row or row in question.row_by_key) and (not option or option in question.option_by_key)


def _plain(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
