"""Counts for staff, and what has been published; all of it from tallies, so that it costs the same at any size."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consult.answering import queries as answering
from consult.answering.models import Box, Comment, ReleasedCrossing, Response, UrgentComment
from consult.consultations.models import Consultation
from consult.domain import crossing, disclosure, findings, lifecycle
from consult.domain.disclosure import Figures
from consult.domain.disclosure.figures import from_json
from consult.domain.equality import BANK, PREFER_NOT
from consult.domain.errors import Missing
from consult.domain.findings import Bars, Finding, Table, Total
from consult.domain.questionnaire import Question, Questionnaire
from consult.domain.statistics import ANSWERED, Tally
from consult.extensions import db
from consult.questions import kind
from consult.results.models import Release

#: Rows read at once where there may be millions.
PORTION = 5_000
#: Numbers of answers left out are told in tens.
ROUGHLY = 10
#: The first key there can be: they are positive.
BEGINNING = 0
#: And the last.
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Exact:
    """The exact counts of everything settled so far: for staff, and for disclosure control."""

    questionnaire: Questionnaire
    responses: int
    findings: tuple[Finding, ...]


def exact(consultation: Consultation) -> Exact | None:
    """The counts as at the last sweep; None while there is no questionnaire."""
    revision = consultation.current
    if revision is None:
        return None
    questionnaire = revision.with_earlier()
    tally = answering.tally(db.session, consultation.id)
    return Exact(questionnaire, answering.responses(db.session, consultation.id), found_in(questionnaire, tally))


def found_in(questionnaire: Questionnaire, tally: Tally) -> tuple[Finding, ...]:
    """The exact findings of these counts, of everybody or of some."""
    found = []
    for question in questionnaire.questions:
        asked = kind(question.kind)
        if not asked.asks or question.personal:
            continue
        finding = asked.finding(question, tally, everyone=findings.asked_of_everybody(questionnaire, question))
        if finding is not None:
            found.append(finding)
    return tuple(found)


def about_everybody(consultation: Consultation) -> tuple[Bars, ...]:
    """The exact answers about equality that are published with the others, under names that no question has.

    The finer ethnic groups are in those of the first question, and too small to stand beside them (DESIGN 5). Who would
    rather not say is told about in no table.
    """
    return tuple(Bars(_who_said(one.table)) for one in equality(consultation) if one.question != crossing.FINER)


def _who_said(table: Table) -> Table:
    """The table of those who said it: where one answer was possible, people who would rather not are not in it."""
    cells, unticked = (tuple(one for one in some if one.key != PREFER_NOT) for some in (table.cells, table.unticked))
    base = table.base if table.unticked else Total(sum(one.about for one in cells))
    name = crossing.about_everybody(table.question)
    return replace(table, question=name, cells=cells, unticked=unticked, base=base)


def equality(consultation: Consultation) -> tuple[Bars, ...]:
    """How many gave each answer about equality, in the order of the questions."""
    counts = answering.equality_counts(db.session, consultation.id)
    return tuple(
        findings.sensitive(
            question.key,
            counts[question.key],
            [*(key for key, _ in question.options), PREFER_NOT],
            answered=counts[question.key][ANSWERED] if question.several else None,
        )
        for question in BANK
        if question.key in counts
    )


# What is published


def releases(consultation: Consultation) -> Sequence[Release]:
    """Everything published of it, oldest first."""
    query = select(Release).where(Release.consultation_id == consultation.id).order_by(Release.number)
    return db.session.scalars(query).all()


def latest(consultation: Consultation) -> Release | None:
    """What everybody sees, or None when nothing is published."""
    query = select(Release).where(Release.consultation_id == consultation.id).order_by(Release.number.desc()).limit(1)
    return db.session.scalar(query)


def published(*, group_id: int | None = None, most: int | None = None) -> Sequence[Release]:
    """What everybody sees of every consultation (of one group), the newest first."""
    newest = (
        select(Release.consultation_id, func.max(Release.number).label("number"))
        .group_by(Release.consultation_id)
        .subquery()
    )
    query = (
        select(Release)
        .join(newest, (Release.consultation_id == newest.c.consultation_id) & (Release.number == newest.c.number))
        .join(Consultation, Consultation.id == Release.consultation_id)
        .options(selectinload(Release.consultation))
        .order_by(Release.published_on.desc(), Release.id.desc())
    )
    if group_id is not None:
        query = query.where(Consultation.group_id == group_id)
    return db.session.scalars(query.limit(most)).all()


def figures(consultation: Consultation, *, profile: str = disclosure.DEFAULT) -> Figures | None:
    """What would be released now; None without a questionnaire. The last release itself where the old figures stand."""
    now = exact(consultation)
    if now is None:
        return None
    earlier = [one.released() for one in releases(consultation)]
    ties = disclosure.relations(now.questionnaire, now.findings)
    every = [*now.findings, *about_everybody(consultation)]
    found = disclosure.release(every, responses=now.responses, profile=profile, relations=ties, earlier=earlier)
    if found in earlier:
        return found
    known = {table.key: table.base.count for one in every for table in one.tables if table.unticked}
    let_out = crossed(consultation)
    return _safe(found, let_out, ties=ties, earlier=earlier, known=known) if let_out else found


#: The attacker takes seconds over six crossed questions: what was tried once is not tried again for the next page.
_tried: OrderedDict[bytes, bool] = OrderedDict()
MOST_TRIED = 16


def _safe(found: Figures, let_out: tuple[Finding, ...], **known: Any) -> Figures:
    """The figures with these crossings where nobody is given away by all of it together; else without."""
    mark = hashlib.sha256(repr((found, let_out, sorted(known.items()))).encode()).digest()
    if mark not in _tried:
        _tried[mark] = bool(crossing.safe(found, let_out, **known).crossed)
        while len(_tried) > MOST_TRIED:
            _tried.popitem(last=False)
    return replace(found, crossed=let_out) if _tried[mark] else found


def crossed_on(consultation: Consultation) -> date | None:
    """The day on which the closing array was opened; None before."""
    row = db.session.get(ReleasedCrossing, consultation.id)
    return None if row is None else row.opened_on


def crossed(consultation: Consultation) -> tuple[Finding, ...]:
    """Questions crossed with equality questions as they were let out at closing; nothing before."""
    row = db.session.get(ReleasedCrossing, consultation.id)
    return () if row is None else tuple(from_json(one) for one in row.grids)


def left_out(consultation: Consultation) -> dict[str, int]:
    """How many answers were left out, by reason, rounded down to ten: what is told with the results."""
    found = answering.left_out(db.session, consultation.id)
    return {reason: people // ROUGHLY * ROUGHLY for reason, people in sorted(found.items()) if people >= ROUGHLY}


@dataclass(frozen=True)
class SetAside:
    """Answers that were set aside on one day for one reason and in one way of answering, in one batch or several."""

    number: int
    batches: tuple[int, ...]
    people: int
    revision_id: int
    language: str
    channel: str
    day: date
    reason: str
    stage: str
    grounds: str


def set_aside(consultation: Consultation) -> list[SetAside]:
    """Everything that was set aside, the newest first."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for batch in answering.set_aside(db.session, consultation.id):
        way = (batch.day, batch.reason, batch.revision_id, batch.language, batch.channel, batch.segment)
        found.setdefault((*way, batch.stage, batch.grounds), []).append(batch)
    return [
        SetAside(
            number=some[0].id,
            batches=tuple(batch.id for batch in some),
            people=sum(batch.people for batch in some),
            **{
                name: getattr(some[0], name)
                for name in ("revision_id", "language", "channel", "day", "reason", "stage", "grounds")
            },
        )
        for some in found.values()
    ]


def counts_set_aside(consultation: Consultation, aside: SetAside) -> tuple[Questionnaire, tuple[Finding, ...]]:
    """The counts of what was set aside, as they would be in the results; none once they are there."""
    questionnaire = next(one for one in consultation.revisions if one.id == aside.revision_id).questionnaire()
    tally = answering.added_by(db.session, aside.batches)
    return questionnaire, found_in(questionnaire, tally) if tally else ()


def people(consultation: Consultation) -> int | None:
    """How many people took part, as published; None where nothing is, or under ten did."""
    release = latest(consultation)
    return None if release is None else release.released().responses


def all_counted(consultation_ids: Collection[int]) -> frozenset[int]:
    """Those of these consultations whose every answer is in the count for good."""
    query = select(Box.consultation_id).where(Box.consultation_id.in_(consultation_ids), Box.stage != "open")
    return frozenset(db.session.scalars(query))


# Comments that somebody asked to be read today


@dataclass(frozen=True)
class Waiting:
    """A comment with what it is about; permissions ask it for its group."""

    comment: UrgentComment
    consultation: Consultation

    @property
    def group_id(self) -> int:
        """Whose team reads it."""
        return self.consultation.group_id

    @property
    def due(self) -> date:
        """By when it is to be read: the next working day."""
        return lifecycle.working_days_after(self.comment.day, 1)


def urgent(groups: Collection[int] | None, *, decided: bool) -> list[Waiting]:
    """Those of some groups (None: of all), the oldest day first, else in no order."""
    query = _URGENT.where(UrgentComment.outcome != "" if decided else UrgentComment.outcome == "")
    if groups is not None:
        query = query.where(Consultation.group_id.in_(groups))
    found = db.session.execute(query.order_by(UrgentComment.day, UrgentComment.id))
    return [Waiting(*row) for row in found]


def urgent_comment(number: int) -> Waiting:
    """One of them; raises Missing."""
    found = db.session.execute(_URGENT.where(UrgentComment.id == number)).first() if number <= LARGEST else None
    if found is None:
        raise Missing("This comment was deleted.")
    return Waiting(*found)


_URGENT = select(UrgentComment, Consultation).join(Consultation, Consultation.id == UrgentComment.consultation_id)


# Rows: confidential


def questions_asked(consultation: Consultation) -> list[Question]:
    """Every question of every version in the newest words, without those about who somebody is."""
    found: dict[str, Question] = {}
    for revision in consultation.revisions:
        found.update(revision.questionnaire().question_by_key)
    return [question for question in found.values() if kind(question.kind).asks and not question.personal]


def responses_by_label(consultation: Consultation) -> Sequence[Any]:
    """How many settled responses (`rows`) carry each combination of labels."""
    labels = (Response.revision_id, Response.language, Response.channel, Response.segment)
    query = select(*labels, func.count().label("rows")).where(Response.consultation_id == consultation.id)
    return db.session.execute(query.group_by(*labels)).all()


def responses(consultation: Consultation) -> Iterator[Any]:
    """Every settled response in the order of its random key, read in portions."""
    columns = (
        Response.id,
        Response.revision_id,
        Response.language,
        Response.channel,
        Response.segment,
        Response.day,
        Response.answers,
    )
    last = BEGINNING
    while True:
        query = select(*columns).where(Response.consultation_id == consultation.id, Response.id > last)
        portion = db.session.execute(query.order_by(Response.id).limit(PORTION)).all()
        yield from portion
        if len(portion) < PORTION:
            return
        last = portion[-1].id


def packed_responses(consultation: Consultation) -> Iterator[tuple[Any, ...]]:
    """The same as they lie in the database: id, revision, language, channel, segment, day, answers as text."""
    columns = (Response.id, Response.revision_id, Response.language, Response.channel, Response.segment, Response.day)
    return _as_they_lie(select(*columns, Response.answers), Response, Response.consultation_id == consultation.id)


def packed_comments(consultation: Consultation) -> Iterator[tuple[Any, ...]]:
    """Everything people wrote, in the order of the comments' own random keys: id, question, part, text."""
    query = select(Comment.id, Comment.question, Comment.part, Comment.text)
    # Through the primary key: the index by question would have every portion sort all of them.
    return _as_they_lie(query, Comment, Comment.consultation_id + 0 == consultation.id)


def _as_they_lie(query: Any, model: type[Response] | type[Comment], mine: Any) -> Iterator[Any]:
    """Rows in the order of their keys, in portions, from the driver's own hand: a fifth of the time for millions."""
    last = BEGINNING
    while True:
        some = query.where(mine, model.id > last).order_by(model.id).limit(PORTION)
        result = db.session.connection().execute(some)
        portion = result.cursor.fetchall() if result.cursor is not None else []
        result.close()
        yield from portion
        if len(portion) < PORTION:
            return
        last = portion[-1][0]


def comments_written(consultation: Consultation) -> int:
    """How many comments there are."""
    return db.session.scalar(select(func.count()).where(Comment.consultation_id == consultation.id)) or 0


def wrote_something(response_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """In which questions and parts these responses have words: never which words."""
    found: dict[int, list[tuple[str, str]]] = {}
    query = select(Comment.response_id, Comment.question, Comment.part).where(Comment.response_id.in_(response_ids))
    for row in db.session.execute(query):
        found.setdefault(row.response_id or 0, []).append((row.question, row.part))
    return found


def some_comments(
    consultation: Consultation, *, question: str = "", after: int = BEGINNING, most: int
) -> Sequence[Any]:
    """Up to `most` comments after this key, to one question or to all; nothing leads from them to a response."""
    query = select(Comment.id, Comment.question, Comment.part, Comment.text).where(
        Comment.consultation_id == consultation.id, Comment.id > after
    )
    if question:
        query = query.where(Comment.question == question)
    return db.session.execute(query.order_by(Comment.id).limit(most)).all()
