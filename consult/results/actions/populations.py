"""Tables of populations are brought in, and a consultation is told which of them it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from consult.accounts.actions.log import record
from consult.accounts.models import Account
from consult.consultations.models import Consultation
from consult.domain import lifecycle
from consult.domain.errors import Rejected
from consult.domain.population import AREA, Benchmark
from consult.extensions import db
from consult.results import populations
from consult.results.models import Population, PopulationTable

#: More areas than this are not what one organisation compares with.
MOST_AREAS = 60


def wanted(benchmarks: Sequence[Benchmark], areas: Iterable[str]) -> tuple[Benchmark, ...]:
    """Those of the areas named, by name or code; all of them where none is named. Raises Rejected."""
    names = {name.strip().casefold() for name in areas if name.strip()}
    known = {word.casefold() for one in benchmarks for word in (one.area_code, one.area_name)}
    if unknown := sorted(names - known):
        raise Rejected("areas", f"The file has no area called {', '.join(f'“{name}”' for name in unknown[:5])}")
    chosen = tuple(
        one for one in benchmarks if not names or {one.area_code.casefold(), one.area_name.casefold()} & names
    )
    if len({one.area_code for one in chosen}) > MOST_AREAS:
        count = len({one.area_code for one in chosen})
        raise Rejected("areas", f"The file has {count} areas. Name those you need, at most {MOST_AREAS}.")
    return chosen


def keep_benchmarks(benchmarks: Sequence[Benchmark], *, source: str, by: Account | None, now: datetime) -> int:
    """Keep tables of a population; a newer one of the same area and question takes the place of the older."""
    source = source.strip()
    if not source:
        raise Rejected("source", "Enter where the figures are from")
    for one in benchmarks:
        # A list of places is one table, called after where it is from.
        code, name = (source[:200], source[:200]) if one.question == AREA else (one.area_code[:200], one.area_name)
        there = db.session.scalar(
            select(PopulationTable).where(PopulationTable.area_code == code, PopulationTable.question == one.question)
        )
        table = there or PopulationTable(area_code=code, question=one.question)
        table.area_name, table.source, table.dated = name[:200], source[:200], one.dated[:40]
        table.counts = dict(one.counts)
        table.imported_on, table.imported_by = lifecycle.day_of(now), by.id if by else None
        db.session.add(table)
    db.session.flush()
    record(by, "keep_benchmarks", None, now=now, note=f"{len(benchmarks)} tables of {source}")
    return len(benchmarks)


def remove_benchmarks(*, source: str, by: Account | None, now: datetime) -> None:
    """Remove every table from one source; what is published keeps its own copy."""
    db.session.execute(delete(PopulationTable).where(PopulationTable.source == source))
    record(by, "keep_benchmarks", None, now=now, note=f"removed the tables of {source}")


def choose_population(
    consultation: Consultation, *, areas: Sequence[str], places: str, by: Account | None, now: datetime
) -> None:
    """Say which areas together are the population of a consultation, and which list of places; raises Rejected."""
    known = {code for code, _name in populations.areas()}
    if set(areas) - known:
        raise Rejected("areas", "Choose areas from the list")
    if places and places not in {one.area_code for one in populations.place_tables()}:
        raise Rejected("places", "Choose a list of places")
    chosen = db.session.get(Population, consultation.id) or Population(consultation_id=consultation.id)
    chosen.areas, chosen.places = list(dict.fromkeys(areas)), places
    db.session.add(chosen)
    db.session.flush()
    record(by, "choose_population", consultation, now=now, note=", ".join(areas) or "none")
