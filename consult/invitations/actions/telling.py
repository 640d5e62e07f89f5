"""Asking to be told, stopping, and telling."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from consult.consultations import news
from consult.invitations.models import Subscriber

#: How many messages one run of the sweep sends before it commits.
BATCH = 50

Tell = Callable[[Subscriber, news.News], None]


def ask_to_be_told(session: Session, *, consultation_id: int, email: str, language: str) -> None:
    """Remember the address once; asking twice changes only the language."""
    address = email.strip().lower()
    known = session.scalar(
        select(Subscriber).where(Subscriber.consultation_id == consultation_id, Subscriber.email == address)
    )
    if known is None:
        session.add(
            Subscriber(
                consultation_id=consultation_id, email=address, language=language, told=newest(session, consultation_id)
            )
        )
    else:
        known.language = language
    session.flush()


def newest(session: Session, consultation_id: int) -> int:
    """The number of the last thing published about a consultation; 0 for nothing."""
    return max((one.number for one in news.published(session) if one.consultation_id == consultation_id), default=0)


def stop_token(subscriber_id: int, secret: str) -> str:
    """What the link to stop carries: nobody can make one for somebody else's row."""
    signature = hmac.new(secret.encode(), f"stop telling {subscriber_id}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"{subscriber_id}-{signature}"


def subscriber_of(token: str, secret: str) -> int | None:
    """The row a stop link is for, or None when it was not made by us."""
    number, _, _signature = token.partition("-")
    if not number.isdigit() or len(number) > 19:
        return None
    return int(number) if hmac.compare_digest(stop_token(int(number), secret), token) else None


def stop(session: Session, subscriber_id: int) -> None:
    """Forget the address; harmless when it is gone already."""
    session.execute(delete(Subscriber).where(Subscriber.id == subscriber_id))


def tell(session: Session, send: Tell, *, most: int = BATCH) -> int:
    """Tell up to `most` people of the newest thing they have not been told of; gives how many were told.

    The row is marked first and the mark is kept only if sending did not fail, so a failure is tried again.
    """
    latest: dict[int, news.News] = {}
    for one in news.published(session):
        latest[one.consultation_id] = one
    told = 0
    for consultation_id, one in latest.items():
        waiting = session.scalars(
            select(Subscriber)
            .where(Subscriber.consultation_id == consultation_id, Subscriber.told < one.number)
            .order_by(Subscriber.id)
            .limit(most - told)
        ).all()
        for subscriber in waiting:
            send(subscriber, one)
            session.execute(update(Subscriber).where(Subscriber.id == subscriber.id).values(told=one.number))
            told += 1
        if told >= most:
            break
    return told


def how_many(session: Session, consultation_id: int) -> int:
    """How many asked to be told about one consultation."""
    return (
        session.scalar(
            select(func.count()).select_from(Subscriber).where(Subscriber.consultation_id == consultation_id)
        )
        or 0
    )
