"""Somebody says something about a part of a consultation, answers, or says that it is dealt with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from consult.accounts.actions.log import record
from consult.consultations.models import Consultation
from consult.domain.errors import NotNow, Rejected
from consult.domain.lifecycle import day_of
from consult.extensions import db
from consult.studio.models import Remark, ReviewLink
from consult.studio.queries.parts import Part

if TYPE_CHECKING:
    from consult.accounts.models import Account

#: The longest remark, in characters.
LONGEST_REMARK = 4_000


def remark(consultation: Consultation, part: Part, *, words: str, by: Account, now: datetime) -> Remark:
    """Say something about a part; its words as they are now are kept beside it."""
    _still_discussed(consultation)
    made = _keep(consultation, part, words, now, made_by=by.id)
    record(by, "remark", consultation, now=now, note="remark")
    return made


def remark_with_link(link: ReviewLink, part: Part, *, words: str, signed: str, now: datetime) -> Remark:
    """The same by somebody with the link, with or without a name."""
    return _keep(link.consultation, part, words, now, link_id=link.id, signed=signed.strip())


def answer(to: Remark, *, words: str, by: Account, now: datetime) -> Remark:
    """Answer a remark."""
    _still_discussed(to.consultation)
    made = Remark(
        consultation_id=to.consultation_id,
        answers_id=to.id,
        part=to.part,
        name=to.name,
        words=_said(words),
        made_by=by.id,
        made_on=day_of(now),
    )
    to.answers.append(made)
    db.session.flush()
    record(by, "remark", to.consultation, now=now, note="answer to a remark")
    return made


def close(one: Remark, *, by: Account, now: datetime) -> None:
    """It is dealt with."""
    if not one.open:
        raise NotNow("Somebody has already said that this is dealt with.")
    one.closed_by, one.closed_on = by.id, day_of(now)
    record(by, "remark", one.consultation, now=now, note="remark dealt with")


def open_again(one: Remark, *, by: Account, now: datetime) -> None:
    """It is not dealt with after all."""
    if one.open:
        raise NotNow("This remark is open already.")
    one.closed_by = one.closed_on = None
    record(by, "remark", one.consultation, now=now, note="remark open again")


def _keep(
    consultation: Consultation,
    part: Part,
    words: str,
    now: datetime,
    *,
    made_by: int | None = None,
    link_id: int | None = None,
    signed: str = "",
) -> Remark:
    made = Remark(
        consultation=consultation,
        part=part.kind,
        name=part.name,
        quoted=part.quoted,
        words=_said(words),
        made_by=made_by,
        link_id=link_id,
        signed=signed,
        made_on=day_of(now),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _said(words: str) -> str:
    if not words.strip():
        raise Rejected("words", "Enter your remark")
    return words.strip()


def _still_discussed(consultation: Consultation) -> None:
    if consultation.state == "reported":
        raise NotNow("This consultation is over. Remarks are kept, and no more are taken.")
