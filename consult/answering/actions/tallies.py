"""What a settled batch becomes: rows without order, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from consult.answering import queries
from consult.answering.actions.grouping import Batch
from consult.answering.actions.urgent import COPIED
from consult.answering.models import EqualityCount, Tally
from consult.answering.queries import RESPONSES
from consult.domain.answers import Values, pack, tidy, unpack
from consult.domain.equality import QUESTIONS
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.statistics import ANSWERED, Place, places
from consult.questions import kind
from consult.storage import random_key

TALLIES = Tally.__table__
EQUALITY = EqualityCount.__table__


@dataclass
class Rows:
    """Everything a few batches become, ready to be written."""

    responses: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    personal: list[dict[str, Any]] = field(default_factory=list)
    #: by revision and place
    tallies: Counter[tuple[int, Place]] = field(default_factory=Counter)
    #: by equality question and option
    equality: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: for those who said something about equality: the places of their answers, and that; in memory only
    both: list[tuple[list[Place], Mapping[str, str]]] = field(default_factory=list)


def prepare(
    batches: Iterable[Batch],
    *,
    consultation_id: int,
    questionnaires: Mapping[int, Questionnaire],
    day: date,
    equality: Mapping[int, Mapping[str, str]],
) -> Rows:
    """The rows and counts of some batches; `equality` are the opened equality answers by ballot."""
    rows = Rows()
    for batch in batches:
        questionnaire = questionnaires[batch.label.revision]
        cut_off = {row[1] for ballot in batch.ballots for row in ballot.answers.get(COPIED, ())}
        for ballot in batch.ballots:
            answers = {key: tuple(values) for key, values in unpack(ballot.answers).items()}
            one = Split(questionnaire, answers, today=ballot.sent_on or day)
            response = {
                "id": random_key(),
                "consultation_id": consultation_id,
                "revision_id": batch.label.revision,
                "language": batch.label.language,
                "channel": batch.label.channel,
                "segment": batch.label.segment,
                "day": settling_day(day, ballot),
                "answers": pack(one.closed),
            }
            rows.responses.append(response)
            for question, part, text, linked in one.comments:
                rows.comments.append(
                    {
                        "id": random_key(),
                        "consultation_id": consultation_id,
                        # Words that were copied must not lead to a response, nor by being the only ones cut off.
                        "response_id": response["id"] if linked and question not in cut_off else None,
                        "question": question,
                        "part": part,
                        "text": text,
                        "language": batch.label.language,
                    }
                )
            rows.personal += [
                {
                    "id": random_key(),
                    "consultation_id": consultation_id,
                    "question": key,
                    "answer": pack({key: values})[key],
                }
                for key, values in one.personal.items()
            ]
            rows.tallies.update((batch.label.revision, place) for place in one.places)
            given = equality.get(ballot.ballot, {})
            rows.equality.update(equality_places(given, one.closed))
            if given:
                rows.both.append((one.places, given))
    return rows


def settling_day(day: date, _ballot: object) -> date:
    """The day a response carries: that of its settling, whatever the ballot knows."""
    return day


def equality_places(given: Mapping[str, str], _answers: Mapping[str, Values]) -> list[tuple[str, str]]:
    """What one person's answers about equality add one to: one question at a time, never crossed with an answer."""
    if not given:
        return []
    found = [("", ANSWERED)]
    for key, answer in given.items():
        several = key in QUESTIONS and QUESTIONS[key].several
        found += [(key, option) for option in (answer.split(",") if several else [answer])]
        if several:
            found.append((key, ANSWERED))
    return found


class Split:
    """One set of answers, taken apart into what is kept where."""

    def __init__(self, questionnaire: Questionnaire, answers: Mapping[str, Values], *, today: date) -> None:
        self.closed: dict[str, Values] = {}
        self.personal: dict[str, Values] = {}
        #: question, part, words, and whether they stay linked to the response
        self.comments: list[tuple[str, str, str, bool]] = []
        # In the order of the questionnaire, whatever order they were given in.
        for question in questionnaire.questions:
            values = answers.get(question.key, ())
            if not values:
                continue
            if question.personal:
                self.personal[question.key] = values
                continue
            asked = kind(question.kind)
            self.comments += [(question.key, part, tidy(text), True) for part, text in asked.comments(question, values)]
            if closed := asked.closed(question, values):
                self.closed[question.key] = closed
        for key in answers.keys() - questionnaire.question_by_key.keys():
            # Asked in an earlier version by too few to be told apart: the words stay, on their own.
            self.comments += [(key, value.part, tidy(value.text), False) for value in answers[key] if value.text]
        self.places = [RESPONSES, *places(questionnaire, answers, atoms, today=today)]


def atoms(question: Question, values: Values) -> Iterable[tuple[str, str]]:
    """What is counted of an answer; of a personal one only that there is one."""
    return () if question.personal else kind(question.kind).atoms(question, values)


def add(session: Session, rows: Rows, *, consultation_id: int) -> None:
    """Add the counts to those that are there, always in the same order so that no two sweeps wait for each other."""
    _increase(
        session,
        TALLIES,
        ("consultation_id", "revision_id", "question", "part", "atom"),
        [
            {
                "consultation_id": consultation_id,
                "revision_id": revision,
                "question": question,
                "part": part,
                "atom": atom,
                "count": count,
            }
            for (revision, (question, part, atom)), count in sorted(rows.tallies.items())
        ],
    )
    _increase(
        session,
        EQUALITY,
        ("consultation_id", "question", "option"),
        [
            {"consultation_id": consultation_id, "question": question, "option": option, "count": count}
            for (question, option), count in sorted(rows.equality.items())
        ],
    )


def _increase(session: Session, table: Table, key: Sequence[str], rows: list[dict[str, Any]]) -> None:
    if rows:
        more = queries.insert_unless(session, table)
        more = more.on_conflict_do_update(
            index_elements=list(key), set_={"count": table.c["count"] + more.excluded["count"]}
        )
        session.execute(more, rows)
