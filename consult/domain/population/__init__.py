"""Who lives there, to hold beside who answered: tables of a population, the comparison, and careful weighting."""

from consult.domain.population.comparing import LEAST_TO_FLAG, POINTS_TO_FLAG, Compared, Group, compared
from consult.domain.population.labels import AREA, BY_AGE_AND_SEX, ages, band_of, option_of
from consult.domain.population.reading import BETWEEN, Benchmark, NotUnderstood, Understood, read
from consult.domain.population.weighting import NotWeighted, Weighted, weighted

__all__ = [
    "AREA",
    "BETWEEN",
    "BY_AGE_AND_SEX",
    "LEAST_TO_FLAG",
    "POINTS_TO_FLAG",
    "Benchmark",
    "Compared",
    "Group",
    "NotUnderstood",
    "NotWeighted",
    "Understood",
    "Weighted",
    "ages",
    "band_of",
    "compared",
    "option_of",
    "read",
    "weighted",
]
