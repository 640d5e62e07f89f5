"""Closed questions crossed with answers about equality: what is declared, counted in one array, and shown of it."""

from consult.domain.crossing.declared import MOST, Declared, Named
from consult.domain.crossing.reading import Crossed, age_by_sex, relations
from consult.domain.crossing.released import LEAST_GROUP, safe, shown
from consult.domain.crossing.shape import Axis, Shape, grids, increased, shape_of, zeros

__all__ = [
    "LEAST_GROUP",
    "MOST",
    "Axis",
    "Crossed",
    "Declared",
    "Named",
    "Shape",
    "age_by_sex",
    "grids",
    "increased",
    "relations",
    "safe",
    "shape_of",
    "shown",
    "zeros",
]
