"""Closed questions crossed with answers about equality: what is declared, counted in one array, and shown of it."""

from consult.domain.crossing.declared import MOST, Declared, Named
from consult.domain.crossing.reading import Crossed, about_everybody, age_by_sex, equality_question, relations
from consult.domain.crossing.released import LEAST_GROUP, safe, shown
from consult.domain.crossing.shape import FINER, Axis, Shape, grids, increased, shape_of, zeros

__all__ = [
    "FINER",
    "LEAST_GROUP",
    "MOST",
    "Axis",
    "Crossed",
    "Declared",
    "Named",
    "Shape",
    "about_everybody",
    "age_by_sex",
    "equality_question",
    "grids",
    "increased",
    "relations",
    "safe",
    "shape_of",
    "shown",
    "zeros",
]
