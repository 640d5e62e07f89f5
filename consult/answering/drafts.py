"""A draft: what somebody has answered so far, sealed with a key that only they hold."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy import delete as sqlalchemy_delete
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from consult.answering import comeback, seal
from consult.answering.models import Draft
from consult.domain import lifecycle
from consult.domain.answers import Answers, Packed, Values, pack

#: A draft lives this long after its last page; the last sweep after closing takes those that are left.
LIFE = timedelta(days=28)
KEY_BYTES = 32

COLUMNS = Draft.__table__.c

# Built once and of plain columns: putting a statement together costs more than running it, and so does the ORM's part.
_OPEN = select(COLUMNS.sealed).where(
    COLUMNS.id == bindparam("draft"), COLUMNS.consultation_id == bindparam("consultation")
)
_BEGIN = insert(Draft.__table__)
_SAVE = (
    update(Draft.__table__)
    .where(COLUMNS.id == bindparam("draft"))
    .values(sealed=bindparam("now_sealed"), expires_on=bindparam("until"))
)


@dataclass(frozen=True)
class Begun:
    """An open draft in memory.

    `typed` keeps what was written but could not be accepted, by question and input, so that changing the language loses
    nothing; `seen` are the pages continued from. `begun_at` is when, in whole seconds: it stays in the draft, which
    only its holder opens, and goes with it.
    """

    key: bytes
    consultation_id: int
    revision: int
    language: str
    channel: str = "online"
    segment: str = ""
    token_hash: str | None = None
    #: the moment until which they were given more time; it stays in the draft
    until: datetime | None = None
    answers: Answers = field(default_factory=dict)
    typed: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    begun_at: int | None = None
    #: what the team may read today, by the names the check page gives it: changing the language keeps the ticks
    read_today: tuple[str, ...] = ()

    def with_answers(self, answers: dict[str, Values], typed: dict[str, dict[str, list[str]]]) -> Begun:
        """The same draft with other answers; a tick for words that are no longer the same goes."""
        read_today = tuple(
            name
            for name in self.read_today
            if answers.get(name.partition("/")[0]) == self.answers.get(name.partition("/")[0])
        )
        return replace(self, answers=answers, typed=typed, read_today=read_today)


def draft_id(key: bytes) -> bytes:
    """What the row is found by: a hash of the key, from which the key cannot be had."""
    return hashlib.sha256(b"consult draft " + key).digest()


def token(key: bytes) -> str:
    """The form token of this draft: only pages drawn for its holder carry it."""
    return hmac.new(key, b"form token", hashlib.sha256).hexdigest()[:32]


def token_fits(key: bytes, given: str) -> bool:
    """Whether a form was drawn for this draft."""
    return hmac.compare_digest(token(key).encode(), given.encode("utf-8", "replace"))


def shuffle(key: bytes) -> Callable[[str], bytes]:
    """By what the holder's random orders go: theirs alone, the same on every visit, and kept nowhere."""
    return lambda name: hmac.new(key, b"order " + name.encode("utf-8", "replace"), hashlib.sha256).digest()


def cookie_value(key: bytes) -> str:
    """The key as the cookie keeps it."""
    return urlsafe_b64encode(key).decode().rstrip("=")


def key_from_cookie(value: str | None) -> bytes | None:
    """The key in a cookie; None for anything that is not one."""
    if not value or len(value) != 43:
        return None
    try:
        key = urlsafe_b64decode(value.encode("ascii") + b"=")
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def begin(
    session: Session,
    *,
    consultation_id: int,
    revision: int,
    language: str,
    now: datetime,
    channel: str = "online",
    segment: str = "",
    token_hash: str | None = None,
    until: datetime | None = None,
) -> Begun:
    """A new draft in the database and its key; for somebody invited with their part of the list and their ticket."""
    begun = Begun(
        seal.new_key(),
        consultation_id,
        revision,
        language,
        channel,
        segment,
        token_hash,
        until=until,
        begun_at=int(now.timestamp()),
    )
    session.execute(
        _BEGIN,
        {
            "id": draft_id(begun.key),
            "consultation_id": consultation_id,
            "sealed": seal.seal_draft(begun.key, _payload(begun)),
            "expires_on": lifecycle.day_of(now + LIFE),
        },
    )
    return begun


def expiry(now: datetime, closes_at: datetime, *, until: datetime | None = None) -> Any:
    """The day until which an untouched draft can be sent, if closing does not become later; `until`: with more time."""
    last = min(now + LIFE, lifecycle.final_settling_at(max(closes_at, until or closes_at)))
    return lifecycle.day_of(last)


def open_draft(session: Session | Connection, key: bytes, consultation_id: int) -> Begun | None:
    """The draft this key opens, or None when there is none any more."""
    sealed = session.execute(_OPEN, {"draft": draft_id(key), "consultation": consultation_id}).scalar()
    if sealed is None:
        return None
    data = seal.open_draft(key, sealed)
    return Begun(
        key,
        consultation_id,
        revision=data["r"],
        language=data["l"],
        channel=data["c"],
        segment=data["s"],
        token_hash=data.get("t"),
        until=datetime.fromisoformat(data["u"]) if data.get("u") else None,
        answers=Packed(data["a"]),
        typed=data["y"],
        seen=tuple(data["p"]),
        begun_at=data.get("b"),
        read_today=tuple(data.get("w", ())),
    )


def save(session: Session | Connection, begun: Begun, *, now: datetime) -> bool:
    """Seal it again over the old one; False when the draft is gone."""
    done = session.execute(
        _SAVE,
        {
            "draft": draft_id(begun.key),
            "now_sealed": seal.seal_draft(begun.key, _payload(begun)),
            "until": lifecycle.day_of(now + LIFE),
        },
    )
    return done.rowcount == 1  # type: ignore[attr-defined]


def new_number(session: Session, begun: Begun) -> str:
    """A come-back number for this draft; an earlier one stops working."""
    number, look_up, wrapped = comeback.new_number(begun.key)
    session.execute(update(Draft).where(Draft.id == draft_id(begun.key)).values(comeback=look_up, wrapped=wrapped))
    return number


def from_number(session: Session, number: str) -> tuple[bytes, int] | None:
    """The key behind a come-back number and its consultation; None when it opens nothing."""
    stretched = comeback.stretch(number)
    if stretched is None:
        return None
    row = session.execute(
        select(Draft.wrapped, Draft.consultation_id).where(Draft.comeback == stretched.look_up)
    ).first()
    if row is None:
        return None
    key = comeback.unwrap(stretched, row.wrapped)
    return None if key is None else (key, row.consultation_id)


def _payload(begun: Begun) -> dict[str, Any]:
    return {
        "r": begun.revision,
        "l": begun.language,
        "c": begun.channel,
        "s": begun.segment,
        "t": begun.token_hash,
        "u": begun.until.isoformat() if begun.until else None,
        "a": pack(begun.answers),
        "y": begun.typed,
        "p": list(begun.seen),
        "b": begun.begun_at,
        **({"w": list(begun.read_today)} if begun.read_today else {}),
    }


def delete(session: Session, key: bytes, consultation_id: int) -> bool:
    """Throw the draft away on request; False when there was none."""
    done = session.execute(
        sqlalchemy_delete(Draft).where(Draft.id == draft_id(key), Draft.consultation_id == consultation_id)
    )
    return done.rowcount == 1  # type: ignore[attr-defined]
