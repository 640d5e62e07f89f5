"""Making the columnar copy of a consultation's counted answers out of its rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from flask import current_app

from consult.answering import queries as answering
from consult.answering.actions.tallies import atoms
from consult.consultations.models import Consultation
from consult.domain.answers import Value, Values, unpack
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.statistics import ANSWERED, ASKED, Place, places
from consult.extensions import db
from consult.questions import kind
from consult.results import queries
from consult.results.columns import Writer, kept

#: Stands for words that somebody wrote: what they were is nobody's business here.
WROTE = "…"
PORTION = 5_000


def folder_of(consultation_id: int) -> Path:
    """Where the copy of a consultation lies: beside the database, readable to whoever runs the site alone."""
    instance: Path = current_app.config["CONSULT"].instance
    return instance / "columns" / str(consultation_id)


def due(consultation: Consultation) -> bool:
    """Whether everything is counted, and the copy is not of these responses."""
    if not answering.all_settled(db.session, consultation.id):
        return False
    catalogue = kept(folder_of(consultation.id))
    return catalogue is None or catalogue.responses != answering.responses(db.session, consultation.id)


def copy(consultation: Consultation) -> int:
    """Make the copy anew; gives how many responses are in it."""
    counting = {
        revision.id: (revision.number, _counted(revision.questionnaire())) for revision in consultation.revisions
    }
    with Writer(folder_of(consultation.id)) as writer:
        known: dict[int, dict[Any, dict[int, int]]] = {number: {} for number in counting}
        rows = queries.responses(consultation)
        while portion := list(islice(rows, PORTION)):
            wrote = queries.wrote_something([row.id for row in portion])
            for row in portion:
                number, count = counting[row.revision_id]
                labels = (number, row.language, row.channel, row.segment, row.day)
                said = (row.answers, wrote.get(row.id, ()))
                writer.add(labels, count(said, writer.masks, known[row.revision_id]))
    return writer.written


def forget(consultation_id: int) -> None:
    """Throw the copy away: the answers are gone, or people may answer again."""
    shutil.rmtree(folder_of(consultation_id), ignore_errors=True)


Said = tuple[Mapping[str, Any], Sequence[tuple[str, str]]]
Masks = Callable[[Iterable[Place]], dict[int, int]]
Count = Callable[[Said, Masks, dict[Any, dict[int, int]]], dict[int, int]]


def _counted(questionnaire: Questionnaire) -> Count:
    """How the responses to one version are counted: quickly where everybody was asked the same."""
    asked = [one for one in questionnaire.questions if kind(one.kind).asks and not one.personal]
    if any(page.conditional for page in questionnaire.pages):
        return lambda said, masks, _known: masks(_places(questionnaire, asked, said))
    return lambda said, masks, known: _quickly(asked, said, masks, known)


def _places(questionnaire: Questionnaire, asked: Sequence[Question], said: Said) -> Iterator[Place]:
    mine = {question.key for question in asked}
    given = answered_with(questionnaire.question_by_key, said)
    return (place for place in places(questionnaire, given, atoms) if place[0] in mine)


def answered_with(by_key: Mapping[str, Question], said: Said) -> dict[str, Values]:
    """The answers with a mark in the place of words, where the words were the answer."""
    packed, wrote = said
    given = {key: tuple(values) for key, values in unpack(packed).items()}
    for key, part in wrote:
        if key in by_key and kind(by_key[key].kind).free:
            given[key] = (*given.get(key, ()), Value(part=part, text=WROTE))
    return given


def _quickly(asked: Sequence[Question], said: Said, masks: Masks, known: dict[Any, dict[int, int]]) -> dict[int, int]:
    """The same answer to the same question sets the same bits, so it is looked at once."""
    packed, wrote = said
    words: dict[str, list[str]] = {}
    for key, part in wrote:
        words.setdefault(key, []).append(part)
    found: dict[int, int] = {}
    for question in asked:
        parts = tuple(sorted(words.get(question.key, ())))
        same = (question.key, repr(packed.get(question.key)), parts)
        mask = known.get(same)
        if mask is None:
            one = {question.key: packed[question.key]} if question.key in packed else {}
            given = answered_with({question.key: question}, (one, [(question.key, part) for part in parts]))
            mask = known[same] = masks(_of_question(question, given.get(question.key, ())))
        found.update(mask)
    return found


def _of_question(question: Question, values: Values) -> Iterator[Place]:
    """What `consult.domain.statistics.places` gives for a question that everybody is asked."""
    yield (question.key, "", ASKED)
    for row in question.rows:
        yield (question.key, row.key, ASKED)
    if values:
        yield (question.key, "", ANSWERED)
    for part in {value.part for value in values} - {""}:
        yield (question.key, part, ANSWERED)
    for part, atom in set(atoms(question, values)):
        yield (question.key, part, atom)
