"""What the room that keys paper does for this one, filled in by it (docs/decisions/0007, 0020).

Answering knows no batch: it asks whether paper still waits to be keyed, hands over what was noted on forms that are
counted, and lets the room forget what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

#: Stands among packed answers for what was noted about a form; no question is called so.
NOTED = ""


@dataclass(frozen=True)
class Paper:
    """What is done where there is paper."""

    #: whether forms that arrived in time still wait to be keyed, so that a box is not emptied for good
    waits: Callable[[Session, int, datetime], bool]
    #: count what was noted on forms that are being settled, given the packed answers of each
    settled: Callable[[Session, int, Iterable[Mapping[str, Any]]], None]
    #: delete the answers on forms that nobody can count any more
    forget: Callable[[Session, int], None]
    #: delete everything that tells of a consultation's answers
    destroy: Callable[[Session, int], None]
    #: tables that the database is to forget the deleted rows of
    tables: tuple[Table, ...] = ()


#: Without anybody who keys there is no paper.
NONE = Paper(
    waits=lambda _session, _consultation_id, _now: False,
    settled=lambda _session, _consultation_id, _answers: None,
    forget=lambda _session, _consultation_id: None,
    destroy=lambda _session, _consultation_id: None,
)
_place: list[Paper] = [NONE]


def fill(paper: Paper) -> None:
    """Say what is done."""
    _place[:] = [paper]


def paper() -> Paper:
    """What was said."""
    return _place[0]
