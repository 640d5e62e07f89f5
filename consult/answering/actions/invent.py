"""Plausible responses in bulk: sealed, opened, grouped and settled by the code that settles real ones."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import Random
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from consult.answering import seal
from consult.answering.actions import grouping, tallies
from consult.answering.actions.drop import Label
from consult.answering.actions.settle import opened
from consult.answering.actions.tallies import Rows
from consult.domain.answers import Values, pack
from consult.domain.equality import PREFER_NOT, asked
from consult.domain.journey import walk
from consult.domain.questionnaire import Questionnaire, read
from consult.questions import kind
from consult.storage import random_key

#: Responses invented and settled together; fewer than this are not worth another process.
PORTION = 4_000
#: Who answers a consultation in an English county: how often each option of a question is chosen.
USUAL = {
    "age_band": [1, 4, 9, 12, 15, 20, 23, 13, 3],
    "sex": [58, 42],
    "disability_1": [45, 55],
    "disability_2": [25, 45, 30],
    "ethnic_1": [91, 2, 4, 1, 2],
    "carer": [74, 11, 5, 3, 2, 5],
}
#: How often a question that may be left out is answered, and the equality questions are.
ANSWERED, EQUALITY = 0.93, 0.6
#: How many answer in the questionnaire's own language, where there are others.
OWN_LANGUAGE = 0.8


@dataclass(frozen=True)
class Setting:
    """What responses are invented for."""

    consultation_id: int
    revision_id: int
    definition: dict[str, Any]
    languages: tuple[str, ...]
    equality: bool
    least: int
    day: date


def invent(setting: Setting, *, count: int, seed: int) -> Iterator[Rows]:
    """Rows of `count` invented responses, portion by portion; the same seed gives the same answers."""
    wholes, rest = divmod(count, PORTION)
    if wholes and rest < setting.least:
        # A last portion under the smallest group would be recognisable as such.
        wholes, rest = wholes - 1, rest + PORTION
    sizes = [PORTION] * wholes + [rest] * bool(rest)
    jobs = [(setting, size, f"{seed}/{at}") for at, size in enumerate(sizes)]
    if len(jobs) < 2:
        return (portion(*job) for job in jobs)
    return _in_parallel(jobs)


def _in_parallel(jobs: list[tuple[Setting, int, str]]) -> Iterator[Rows]:
    # Not forked: a child would share the database's connection.
    context = multiprocessing.get_context("spawn")
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = [pool.submit(portion, *job) for job in jobs[: 2 * workers]]
        for later in chain(jobs[2 * workers :], [None] * len(waiting)):
            yield waiting.pop(0).result()
            if later is not None:
                waiting.append(pool.submit(portion, *later))


def portion(setting: Setting, count: int, seed: str) -> Rows:
    """Invent, seal, open, group and settle one portion, all in memory."""
    random = Random(seed)
    questionnaire = read(setting.definition)
    private_key = X25519PrivateKey.generate()
    public_key = private_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    about = Random(f"{seed}/about")
    ballots = [_ballot(setting, questionnaire, public_key, random, about) for _ in range(count)]
    plan = grouping.last_plan([opened(private_key, ballot) for ballot in ballots], least=setting.least)
    return tallies.prepare(
        plan.batches,
        consultation_id=setting.consultation_id,
        questionnaires={setting.revision_id: questionnaire},
        day=setting.day,
        equality={ballot.id: seal.open_equality(private_key, ballot.equality) for ballot in ballots}
        if setting.equality
        else {},
    )


def _ballot(
    setting: Setting, questionnaire: Questionnaire, public_key: bytes, random: Random, about: Random
) -> SimpleNamespace:
    own, others = questionnaire.language, [one for one in setting.languages if one != questionnaire.language]
    language = own if not others or random.random() < OWN_LANGUAGE else random.choice(others)
    label = Label(setting.revision_id, language)
    equality = equality_answers(about) if setting.equality and about.random() < EQUALITY else None
    return SimpleNamespace(
        id=random_key(),
        generation=0,
        receipt=b"",
        sealed=seal.seal_ballot(public_key, label.payload(pack(answers(questionnaire, random, today=setting.day)))),
        equality=seal.seal_equality(public_key, equality),
    )


def answers(questionnaire: Questionnaire, random: Random, *, today: date | None = None) -> dict[str, Values]:
    """One plausible set of answers, with nothing that a condition hides."""
    given = {}
    for question in questionnaire.questions:
        asked = kind(question.kind)
        if asked.asks and (question.required or random.random() < ANSWERED):
            values = asked.invent(question, random)
            if values:
                given[question.key] = values
    return dict(walk(questionnaire, given, today=today).answers)


def equality_answers(random: Random) -> dict[str, str]:
    """One plausible set of answers about equality, to the usual questions."""
    given = {}
    for question in asked(None):
        options = [option for option, _words in question.options]
        usual = USUAL.get(question.key, [1] * len(options))
        given[question.key] = PREFER_NOT if random.random() < 0.04 else random.choices(options, usual)[0]
    return given
