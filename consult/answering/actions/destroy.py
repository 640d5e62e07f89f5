"""A withdrawn consultation whose answers are not kept: nothing of them remains."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult.answering.actions import crossing
from consult.answering.models import (
    Ballot,
    Box,
    Comment,
    Draft,
    EqualityCount,
    Generation,
    PersonalAnswer,
    Quarantine,
    Quarantined,
    ReleasedCrossing,
    Response,
    Tally,
    UrgentComment,
)
from consult.answering.paper import paper


def destroy(session: Session, *, consultation_id: int) -> list[int]:
    """Delete every answer, sealed or settled, and every count; gives the generations whose keys are to be destroyed."""
    boxes, ballots, generations = Box.__table__, Ballot.__table__, Generation.__table__
    mine = list(
        session.execute(select(generations.c.id).where(generations.c.consultation_id == consultation_id)).scalars()
    )
    # The box first: whoever is dropping a ballot just now holds it, and we wait for them.
    session.execute(
        update(boxes).where(boxes.c.consultation_id == consultation_id).values(generation_id=None, stage="rewritten")
    )
    session.execute(delete(ballots).where(ballots.c.generation.in_(mine)))
    for table in (
        Draft,
        Comment,
        Response,
        PersonalAnswer,
        Tally,
        EqualityCount,
        UrgentComment,
        Quarantined,
        Quarantine,
    ):
        rows = table.__table__
        session.execute(delete(rows).where(rows.c.consultation_id == consultation_id))
    crossing.abandon(session, consultation_id)
    released = ReleasedCrossing.__table__
    session.execute(delete(released).where(released.c.consultation_id == consultation_id))
    paper().destroy(session, consultation_id)
    return mine
