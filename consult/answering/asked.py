"""What answering needs to know of a consultation, read with one query; revisions never change and are read once."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Text, bindparam, select, type_coerce
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from consult.consultations.models import Consultation, Revision
from consult.domain.questionnaire import Questionnaire, read
from consult.questions import kind
from consult.questions.reaching import typical
from consult.storage import Json

MOST_KEPT = 64
_revisions: OrderedDict[tuple[int, int], RevisionAsked] = OrderedDict()


@dataclass(frozen=True)
class Asked:
    """A consultation as its respondents meet it."""

    id: int
    slug: str
    title: dict[str, str]
    language: str
    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    paused_at: datetime | None
    withdrawn_at: datetime | None
    extended_until: datetime | None
    format_awaited: bool
    equality: bool
    equality_questions: list[str] | None
    equality_purpose: dict[str, str]
    crossings: dict[str, Any] | None
    what_next: dict[str, str]
    invited_only: bool
    contact_name: str
    contact_email: str
    contact_telephone: str


@dataclass(frozen=True)
class RevisionAsked:
    """A frozen questionnaire with the languages it is offered in."""

    id: int
    questionnaire: Questionnaire
    languages: tuple[str, ...]
    any_required: bool
    #: tells drawings of this revision from those of any other, in any database
    token: tuple[int, int]

    @cached_property
    def minutes(self) -> int:
        """About how many minutes half of the people need at most, rounded up."""
        return max(1, -(-typical(self.questionnaire) // 60))

    @cached_property
    def for_words(self) -> tuple[str, ...]:
        """The keys of the pages that ask for somebody's own words, in their order."""
        return tuple(
            page.key
            for page in self.questionnaire.pages
            if any(kind(question.kind).free and not question.personal for question in page.questions)
        )


CONSULTATIONS = Consultation.__table__.c
REVISIONS = Revision.__table__.c

# Built once and of plain columns: putting a statement together costs more than running it, and so does the ORM's part.
_BY_SLUG = select(
    *[
        type_coerce(column, Text).label(column.name) if isinstance(column.type, Json) else column
        for column in (CONSULTATIONS[name] for name in Asked.__dataclass_fields__)
    ]
).where(CONSULTATIONS.slug == bindparam("slug"))
_READ = [isinstance(CONSULTATIONS[name].type, Json) for name in Asked.__dataclass_fields__]
_NEWEST = (
    select(REVISIONS.id)
    .where(REVISIONS.consultation_id == bindparam("consultation"))
    .order_by(REVISIONS.number.desc())
    .limit(1)
)


def consultation(session: Session | Connection, slug: str) -> Asked | None:
    """The consultation called `slug` if it was ever approved, else None."""
    row = session.execute(_BY_SLUG, {"slug": slug}).first()
    if row is None or row.state not in ("approved", "reported"):
        return None
    return _asked(*row)


@lru_cache(maxsize=MOST_KEPT)
def _asked(*columns: Any) -> Asked:
    """The same row is read once: what is kept as JSON comes as text."""
    values = (
        json.loads(column) if read and column is not None else column
        for column, read in zip(columns, _READ, strict=True)
    )
    return Asked(*values)


def current_revision(session: Session | Connection, consultation_id: int) -> RevisionAsked | None:
    """The questionnaire that new answers begin with."""
    key = session.execute(_NEWEST, {"consultation": consultation_id}).scalar()
    return None if key is None else revision(session, key)


def revision(session: Session | Connection, revision_id: int) -> RevisionAsked:
    """One frozen questionnaire, kept in memory once read."""
    token = (_database(session.engine if isinstance(session, Connection) else session.get_bind().engine), revision_id)
    kept = _revisions.get(token)
    if kept is None:
        row: Any = session.execute(
            select(Revision.definition, Revision.languages).where(Revision.id == revision_id)
        ).one()
        questionnaire = read(row.definition)
        kept = RevisionAsked(
            revision_id,
            questionnaire,
            tuple(row.languages),
            any(
                question.required or any(one.required for one in question.rows) for question in questionnaire.questions
            ),
            token,
        )
        _revisions[token] = kept
        if len(_revisions) > MOST_KEPT:
            _revisions.popitem(last=False)
    return kept


_databases: WeakKeyDictionary[Pool, int] = WeakKeyDictionary()
_numbers = count()


def _database(engine: Engine) -> int:
    """A number for the database that an engine leads to, whatever it is called: its connections are its own."""
    found = _databases.get(engine.pool)
    if found is None:
        found = _databases[engine.pool] = next(_numbers)
    return found
