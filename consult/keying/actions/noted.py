"""What was noted on forms, counted when they are settled, and what is deleted with a consultation's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.answering.paper import NOTED
from consult.answering.queries import insert_unless
from consult.keying.models import Batch, KeyedForm, PaperCount

COUNTS = PaperCount.__table__
FORMS = KeyedForm.__table__


def settled(session: Session, consultation_id: int, answers: Iterable[Mapping[str, Any]]) -> None:
    """Add what was noted on the forms of a settled group to the counts."""
    counts = Counter((row[0], row[1]) for packed in answers for row in packed.get(NOTED, ()))
    if not counts:
        return
    more = insert_unless(session, COUNTS)
    more = more.on_conflict_do_update(
        index_elements=["consultation_id", "question", "what"],
        set_={"count": COUNTS.c["count"] + more.excluded["count"]},
    )
    session.execute(
        more,
        [
            {"consultation_id": consultation_id, "question": question, "what": what, "count": count}
            for (question, what), count in sorted(counts.items())
        ],
    )


def forget(session: Session, consultation_id: int) -> None:
    """Delete forms that wait for a second person: after the last sweep nobody can count them, as with drafts."""
    mine = select(Batch.id).where(Batch.consultation_id == consultation_id)
    session.execute(delete(FORMS).where(FORMS.c.batch_id.in_(mine), FORMS.c.stage.in_(("once", "differs"))))


def destroy(session: Session, consultation_id: int) -> None:
    """Delete the answers on forms that wait, and what was counted of others; the batches and their counts stay."""
    forget(session, consultation_id)
    session.execute(delete(COUNTS).where(COUNTS.c.consultation_id == consultation_id))
