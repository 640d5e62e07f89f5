"""Short addresses to share, and how often they were opened; nothing about who, and nothing that reaches an answer."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, String, UniqueConstraint, event, insert, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.consultations.models import Consultation
from consult.extensions import db
from consult.storage import UtcDateTime

#: Whom a short address is for; there is one for everyone.
KINDS = ("everyone", "group", "practice", "place")
EVERYONE = "everyone"

#: Syllables of these letters are said alike by most people and make few words that nobody wants on a poster.
CONSONANTS = "bdfmnrstvw"
VOWELS = "aeiou"
SYLLABLES = 4


class PromotionLink(db.Model):
    """A short address for one consultation, given to a group, a practice or a place."""

    __tablename__ = "promotion_links"
    __table_args__ = (
        UniqueConstraint("consultation_id", "label"),
        CheckConstraint("kind in ('everyone', 'group', 'practice', 'place')", name="kind"),
        CheckConstraint("(kind = 'everyone') = (label = '')", name="label"),
    )

    #: its number, for other tables
    id: Mapped[int] = mapped_column(primary_key=True)
    #: what stands in the address after /go/
    code: Mapped[str] = mapped_column(String(20), unique=True)
    #: where it leads
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    #: everyone, group, practice or place
    kind: Mapped[str] = mapped_column(String(10))
    #: the name of the group, practice or place; empty for everyone
    label: Mapped[str] = mapped_column(String(120), default="")

    consultation: Mapped[Consultation] = relationship()

    @property
    def group_id(self) -> int:
        """The group that asks: permissions ask for it."""
        return self.consultation.group_id


class PromotionOpens(db.Model):
    """How often an address was opened in one hour."""

    __tablename__ = "promotion_opens"
    __table_args__ = (CheckConstraint("opens > 0", name="opens"),)

    #: which address
    link_id: Mapped[int] = mapped_column(ForeignKey("promotion_links.id"), primary_key=True)
    #: the hour, by its first minute
    hour: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    #: how often
    opens: Mapped[int]


def fresh_code(connection: Connection) -> str:
    """A code that can be read out, such as “tavo-semi”, and that no address has yet."""
    while True:
        syllables = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES)]
        code = f"{''.join(syllables[: SYLLABLES // 2])}-{''.join(syllables[SYLLABLES // 2 :])}"
        if connection.scalar(select(PromotionLink.id).where(PromotionLink.code == code)) is None:
            return code


@event.listens_for(Consultation, "after_insert")
def give_everyone_an_address(_mapper: Any, connection: Connection, consultation: Consultation) -> None:
    """Every consultation has its address for everyone from the beginning, however it came to be."""
    connection.execute(
        insert(PromotionLink).values(
            code=fresh_code(connection), consultation_id=consultation.id, kind=EVERYONE, label=""
        )
    )
