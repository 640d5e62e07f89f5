"""Questions crossed with equality questions: let out once after closing, and put into words for pages."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from flask import current_app
from markupsafe import Markup

from consult.accounts.actions.log import record
from consult.answering import keys
from consult.answering.actions import crossing as closing
from consult.config import Settings
from consult.consultations.models import Consultation, Revision
from consult.domain import crossing, lifecycle
from consult.domain.crossing import Crossed
from consult.domain.disclosure.figures import to_json
from consult.domain.findings import Finding
from consult.domain.lifecycle import Phase
from consult.domain.questionnaire import Questionnaire
from consult.domain.wording import Wording
from consult.extensions import db
from consult.results import actions, drawn, queries
from consult.results.drawn import Shown
from consult.web.page import words

if TYPE_CHECKING:
    from collections.abc import Iterable


def let_out(consultation: Consultation, *, now: datetime) -> bool:
    """Open the closing array, keep what disclosure control lets through, and throw the array away; gives whether.

    Not before everything is counted for good and decided. The array of a withdrawn consultation is thrown away unread,
    and so is one whose key is lost.
    """
    if lifecycle.phase(consultation, now) is Phase.WITHDRAWN:
        closing.abandon(db.session, consultation.id)
        record(None, "discard_crossings", consultation, now=now, note="withdrawn")
        return False
    if actions.why_not_yet(consultation, now, sealed=True) is not None:
        return False
    settings: Settings = current_app.config["CONSULT"]
    try:
        opened = closing.opened(db.session, settings.box_keys, consultation.id)
    except keys.KeyLost:
        # It never comes back to be waited for: what is known one question at a time can be published without it.
        structlog.get_logger().error("the closing key is lost", consultation=consultation.slug)
        day = lifecycle.day_of(now, ZoneInfo(settings.time_zone))
        closing.release(db.session, consultation.id, grids=[], day=day)
        record(None, "discard_crossings", consultation, now=now, note="its key is lost")
        return True
    if opened is None:
        return False
    shape, array = opened
    figures = queries.figures(consultation)
    grids = crossing.shown(crossing.grids(shape, array), figures) if figures is not None else ()
    day = lifecycle.day_of(now, ZoneInfo(settings.time_zone))
    closing.release(db.session, consultation.id, grids=[to_json(grid) for grid in grids], day=day)
    groups = sum(len(grid.tables) for grid in grids)
    record(None, "open_crossings", consultation, now=now, note=f"opened once; {groups} groups may be shown")
    return True


def declared(consultation: Consultation) -> list[tuple[Markup, Markup, bool]]:
    """Which questions are crossed, what for, and whether also for weighting, as they were frozen."""
    revision = consultation.current
    if revision is None or not revision.crossings:
        return []
    asked = revision.questionnaire().question_by_key
    return [
        (words(asked[one.question].text), words(Wording(dict(one.purpose), consultation.language)), one.weighted)
        for one in crossing.Declared.from_json(revision.crossings).named
        if one.question in asked
    ]


def to_weight(revision: Revision | None) -> list[str]:
    """The questions that were declared to be weighted by age and sex, by their keys."""
    given = revision.crossings if revision is not None else None
    return [one.question for one in crossing.Declared.from_json(given).named if one.weighted]


def shown(questionnaire: Questionnaire, grids: Iterable[Finding]) -> list[Shown]:
    """Each crossing under its question and what it is crossed with, a block for each group of people."""
    listed = []
    for question_key, some in groupby(grids, key=lambda grid: Crossed.of(grid).question):
        question = questionnaire.question_by_key.get(question_key)
        if question is None:
            continue
        for grid in some:
            by = Crossed.of(grid).by
            blocks = tuple(drawn.group(question, table, drawn.group_words(by, table.part)) for table in grid.tables)
            withheld = tuple(drawn.group_words(by, part) for part in getattr(grid, "withheld", ()))
            heading = Markup("{} – {}").format(words(question.text), drawn.people_words(by))
            listed.append(
                Shown(f"crossed-{grid.question.replace('&', '-')}", heading, grid.shape, blocks, withheld=withheld)
            )
    return listed
