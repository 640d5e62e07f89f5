"""Tables of populations as they are kept, and what of them stands beside a consultation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.domain.population import AREA
from consult.extensions import db
from consult.results.models import Population, PopulationTable


def tables() -> Sequence[PopulationTable]:
    """Every table there is, by area and question."""
    query = select(PopulationTable).order_by(PopulationTable.area_name, PopulationTable.question)
    return db.session.scalars(query).all()


def areas() -> list[tuple[str, str]]:
    """Every area with a table of people, as code and name, by name."""
    return list(dict.fromkeys((one.area_code, one.area_name) for one in tables() if one.question != AREA))


def place_tables() -> list[PopulationTable]:
    """The lists of places."""
    return [one for one in tables() if one.question == AREA]


def chosen(consultation: Consultation) -> Population | None:
    """What was chosen for a consultation; None where nothing was."""
    return db.session.get(Population, consultation.id)


def population(consultation: Consultation) -> dict[str, Any] | None:
    """Whom a consultation is about, to be kept with a release; None where no population was chosen.

    `name`, and by question `tables`: `counts` by option of all its areas together, and their `sources`.
    A question for which one of the areas has no table is left out: the others alone are not the population.
    """
    which = chosen(consultation)
    if which is None or not (which.areas or which.places):
        return None
    there = [one for one in tables() if one.question != AREA and one.area_code in which.areas]
    found: dict[str, Any] = {}
    for question in dict.fromkeys(one.question for one in there):
        some = [one for one in there if one.question == question]
        if len(some) == len(which.areas):
            found[question] = _together(some)
    places = [one for one in place_tables() if one.area_code == which.places]
    if places:
        found[AREA] = _together(places)
    names = list(dict.fromkeys(one.area_name for one in there))
    return {"areas": names, "tables": found} if found else None


def _together(some: Sequence[PopulationTable]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for one in some:
        counts.update(one.counts)
    sources = list(dict.fromkeys(", ".join(filter(None, (one.source, one.dated))) for one in some))
    return {"counts": dict(counts), "sources": sources}
