"""What the answers would be if those who answered were as old, and of such sex, as the population: with guard rails.

Weighting mends only the ages and sexes, never that people chose themselves whether to answer (DOMAIN H5). It works on
released groups alone, so it says nothing that they do not, and it is refused rather than stretched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.findings import Table
from consult.domain.statistics import percentage

Pair = tuple[str, str]
#: No weight is under or over these; a group that would need more than `TOO_FAR` is too different to be mended.
LEAST_WEIGHT, MOST_WEIGHT, TOO_FAR = 0.3, 3.0, 5.0
#: The groups there are must make up this much of the population.
LEAST_COVERED = 0.75
#: Fewer people than this, counted as they weigh, say too little.
LEAST_EFFECTIVE = 50
ROUNDS, NEAR = 50, 1e-6


@dataclass(frozen=True)
class Weighted:
    """Whole per cents by option, as answered and weighted, in the same groups of people.

    `effective` is Kish's number of people that a sample without weights would need to say as much, `design` how many
    times more really answered; `covered` is the share of the population that belongs to groups with figures.
    """

    plain: Mapping[str, int]
    weighted: Mapping[str, int]
    people: int
    effective: int
    design: float
    covered: int


@dataclass(frozen=True)
class NotWeighted:
    """Why there are no weighted figures: none, missing, covered, far or few."""

    why: str


def weighted(groups: Mapping[Pair, Table], population: Mapping[Pair, int]) -> Weighted | NotWeighted:
    """Released groups of one question by age and sex, and how many people of each live there.

    Refused where an age or a sex that lives there has no group at all beyond what may be left uncovered, where a group
    would weigh more than five times, and where too little would be left to speak of.
    """
    groups = {pair: table for pair, table in groups.items() if population.get(pair)}
    everybody = sum(population.values())
    if not groups or everybody <= 0:
        return NotWeighted("none")
    if {sex for _age, sex in groups} != {sex for (_age, sex), people in population.items() if people}:
        return NotWeighted("missing")
    lives = {pair: population[pair] for pair in groups}
    covered = sum(lives.values()) / everybody
    if covered < LEAST_COVERED:
        return NotWeighted("covered")
    bases = {pair: table.recount().count for pair, table in groups.items()}
    if not all(bases.values()):
        return NotWeighted("missing")
    people = sum(bases.values())
    raw = {pair: lives[pair] / sum(lives.values()) * people / bases[pair] for pair in groups}
    if max(raw.values()) > TOO_FAR:
        return NotWeighted("far")
    weights = _within_bounds(raw, bases)
    total = sum(weights[pair] * bases[pair] for pair in groups)
    effective = total**2 / sum(weights[pair] ** 2 * bases[pair] for pair in groups)
    if effective < LEAST_EFFECTIVE:
        return NotWeighted("few")
    options = list(dict.fromkeys(cell.key for table in groups.values() for cell in table.cells))

    def share(scale: Mapping[Pair, float]) -> dict[str, int]:
        whole = sum(scale[pair] * bases[pair] for pair in groups)
        shares = {}
        for key in options:
            part = sum(scale[pair] * _about(table, key) for pair, table in groups.items())
            # In thousands, as percentage takes whole people.
            shares[key] = percentage(round(part * 1000), round(whole * 1000)) or 0
        return shares

    return Weighted(
        share(dict.fromkeys(groups, 1.0)),
        share(weights),
        people,
        int(effective),
        people / effective,
        int(100 * covered),
    )


def _about(table: Table, key: str) -> int:
    cell = table.cell_by_key.get(key)
    return 0 if cell is None else cell.about


def _within_bounds(raw: Mapping[Pair, float], bases: Mapping[Pair, int]) -> dict[Pair, float]:
    """Weights between the bounds whose mean over the people is one; what is cut off is spread over the others."""
    people = sum(bases.values())
    weights = dict(raw)
    for _round in range(ROUNDS):
        weights = {pair: min(MOST_WEIGHT, max(LEAST_WEIGHT, one)) for pair, one in weights.items()}
        mean = sum(weights[pair] * bases[pair] for pair in bases) / people
        if abs(mean - 1) < NEAR:
            break
        weights = {pair: one / mean for pair, one in weights.items()}
    return {pair: min(MOST_WEIGHT, max(LEAST_WEIGHT, one)) for pair, one in weights.items()}
