"""Disclosure control: exact findings go in, figures that give nobody away come out, and an attacker tries them."""

from consult.domain.disclosure.attack import LEAST_VALUES, TOTAL, Place, Relation, feasible, found_out
from consult.domain.disclosure.figures import Figures
from consult.domain.disclosure.profiles import DEFAULT, PROFILES, Profile
from consult.domain.disclosure.relations import relations
from consult.domain.disclosure.release import LEAST_DIFFERENCE, release, while_open

__all__ = [
    "DEFAULT",
    "LEAST_DIFFERENCE",
    "LEAST_VALUES",
    "PROFILES",
    "TOTAL",
    "Figures",
    "Place",
    "Profile",
    "Relation",
    "feasible",
    "found_out",
    "relations",
    "release",
    "while_open",
]
