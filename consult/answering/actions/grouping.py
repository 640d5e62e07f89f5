"""Which ballots are settled together: the part of settling that is plain arithmetic."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from consult.answering.actions.drop import Label

#: What is lost when two ways of answering are merged: the version is kept longest, then the part of the list, the
#: language and the channel; first goes that some were to be looked at: fewer than ten are counted like everybody.
WEIGHTS = {"revision": 16, "segment": 8, "language": 4, "channel": 2, "held": 1}
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Opened:
    """A ballot, opened in memory."""

    ballot: int
    generation: int
    receipt: bytes
    label: Label
    #: as `pack` writes them
    answers: dict[str, Any]
    #: whether its holder has passed the equality page, or it has waited at a sweep
    ready: bool
    #: the day it was sent, only where what was asked depends on it; nothing that is kept after settling tells it
    sent_on: date | None = None


@dataclass(frozen=True)
class Batch:
    """Ballots that are settled together under one label: at least the smallest group, unless that is all there is."""

    label: Label
    ballots: Sequence[Opened]


@dataclass(frozen=True)
class Plan:
    """What a sweep is going to do with every ballot it opened."""

    batches: list[Batch]
    staying: list[Opened]


def shuffled(things: Iterable[Thing]) -> list[Thing]:
    """In an order that the system's randomness chose."""
    order = list(things)
    secrets.SystemRandom().shuffle(order)
    return order


def plan(opened: Iterable[Opened], *, least: int) -> Plan:
    """While open: from each group of at least twice the smallest group, settle all but a random smallest group."""
    batches, staying = [], []
    for label, ballots in grouped(shuffled(opened)).items():
        settled, stay = chosen(ballots, least=least)
        staying += stay
        if settled:
            batches.append(Batch(label, settled))
    return Plan(batches, staying)


def last_plan(opened: Iterable[Opened], *, least: int) -> Plan:
    """After closing: settle everything, small groups merged with the nearest."""
    groups = merged(grouped(shuffled(opened)), least=least)
    for label in [label for label, few in groups.items() if label.held and len(few) < least]:
        groups[replace(label, held="")] = groups.pop(label)
    return Plan([Batch(label, ballots) for label, ballots in groups.items()], [])


def chosen(ballots: Sequence[Opened], *, least: int) -> tuple[list[Opened], list[Opened]]:
    """Which of a shuffled group are settled and which stay: what stays must again be enough for a batch."""
    ready = [ballot for ballot in ballots if ballot.ready]
    if len(ready) < 2 * least:
        return [], list(ballots)
    return ready[least:], ready[:least] + [ballot for ballot in ballots if not ballot.ready]


def grouped(ballots: Iterable[Opened]) -> dict[Label, list[Opened]]:
    """By label."""
    groups: dict[Label, list[Opened]] = {}
    for ballot in ballots:
        groups.setdefault(ballot.label, []).append(ballot)
    return groups


def merged(groups: dict[Label, list[Opened]], *, least: int) -> dict[Label, list[Opened]]:
    """No group under `least`, unless all together are fewer.

    A small group is put together with the nearest under a label without what tells them apart. A large neighbour lends
    only as many as are needed, at random, and keeps its own label for the others.
    """
    groups = dict(groups)
    while len(groups) > 1:
        label, few = min(groups.items(), key=lambda item: len(item[1]))
        if len(few) >= least:
            break
        del groups[label]
        near = min(groups, key=lambda other: (distance(label, other), -len(groups[other])))
        common = common_label(label, near)
        neighbours = groups.pop(near)
        needed = least - len(few)
        if common != near and len(neighbours) - needed >= least:
            groups[near] = neighbours[needed:]
            neighbours = neighbours[:needed]
        groups[common] = shuffled([*groups.get(common, ()), *few, *neighbours])
    return groups


def distance(label: Label, other: Label) -> int:
    """How much `other` would lose by being merged with `label`."""
    return sum(
        weight
        for name, weight in WEIGHTS.items()
        if getattr(other, name) != getattr(label, name) and getattr(other, name) != ""
    )


def common_label(label: Label, other: Label) -> Label:
    """What both share; of two versions of the questionnaire the newer."""
    blank = {name: "" for name in WEIGHTS if name != "revision" and getattr(label, name) != getattr(other, name)}
    return replace(label, revision=max(label.revision, other.revision), **blank)


def lots(batches: Iterable[Batch], *, most: int, least: int) -> list[list[Batch]]:
    """The batches in portions of about `most` ballots, one transaction each; no part of a batch is under `least`."""
    portions: list[list[Batch]] = []
    room = 0
    for batch in batches:
        for part in parts(batch, size=max(most, least)):
            if not portions or room < len(part.ballots):
                portions.append([])
                room = most
            portions[-1].append(part)
            room -= len(part.ballots)
    return portions


def parts(batch: Batch, *, size: int) -> list[Batch]:
    """A batch in near-equal parts of at most `size`, each of them more than half of it."""
    count = -(-len(batch.ballots) // size)
    edges = [at * len(batch.ballots) // count for at in range(count + 1)]
    return [Batch(batch.label, batch.ballots[low:high]) for low, high in pairwise(edges)]
